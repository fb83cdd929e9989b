import { kanjiNumber } from './kanji-number.ts';

/**
 * A place name in the one spelling that all its spellings share: numerals in Arabic digits (北二十四条 = 北24条), ヶ = ケ = が, ノ = の = 之,
 * without 大字 and 字. `ends[i]` is the offset in the text behind unit `i`, or -1 inside a number.
 */
export type FoldedPlace = { readonly units: readonly number[]; readonly ends: readonly number[] };

/** Signs that writers of addresses do not tell apart; old and variant kanji are folded before, by `normalize`. */
const alike = ['ケヶヵがガ', 'ノの之', 'ツっッつ', 'へヘ', '船舟', '莵菟', '鯵鰺', '諌諫', '頴穎', '砺礪', '蛎蠣', '靭靱', '鴬鶯', '塚塚'];
const isName = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ーヶ々〆・A-Za-z]/u;

/** By UTF-16 unit: what it is spelled as, or 0 for a unit that no place name holds. */
const spelling = buildSpelling();
const oaza = '大'.charCodeAt(0);
const koaza = '小'.charCodeAt(0);
const aza = '字'.charCodeAt(0);

function buildSpelling(): Uint16Array {
  const table = new Uint16Array(0x10000);
  for (let unit = 0x30; unit < 0x10000; unit += 1) {
    // Halves of characters beyond the BMP (𡈽) are taken as they are.
    if ((unit >= 0xd800 && unit <= 0xdfff) || isName.test(String.fromCharCode(unit))) table[unit] = unit;
  }
  for (const [standard = '', ...others] of alike) for (const other of others) table[other.charCodeAt(0)] = standard.charCodeAt(0);
  return table;
}

const numeral = new Uint8Array(0x10000);
for (const character of '〇一二三四五六七八九十百') numeral[character.charCodeAt(0)] = 1;
export const isNumeral = (unit: number): boolean => numeral[unit] === 1;
export const isDigit = (unit: number): boolean => unit >= 0x30 && unit <= 0x39;

/** Folds normalized text from `at` until the name ends (space, hyphen, punctuation) or `most` units are read. */
export function foldPlace(text: string, at: number, most: number): FoldedPlace {
  const units: number[] = [];
  const ends: number[] = [];
  let next = at;
  while (units.length < most && next < text.length) {
    const unit = text.charCodeAt(next);
    if (isDigit(unit) || numeral[unit] === 1) {
      const end = endOfNumber(text, next);
      pushNumber(text.slice(next, end), end, units, ends);
      next = end;
      continue;
    }
    const spelled = spelling[unit] ?? 0;
    if (spelled === 0) break;
    if (unit === aza) next += 1;
    else if ((unit === oaza || unit === koaza) && text.charCodeAt(next + 1) === aza) next += 2;
    else {
      next += 1;
      units.push(spelled);
      ends.push(next);
    }
  }
  return { units, ends };
}

/** Where the run of digits, or of kanji numerals, that begins at `at` ends. */
function endOfNumber(text: string, at: number): number {
  const isKanji = numeral[text.charCodeAt(at)] === 1;
  let end = at + 1;
  while (end - at < 6 && (isKanji ? numeral[text.charCodeAt(end)] === 1 : isDigit(text.charCodeAt(end)))) end += 1;
  return end;
}

function pushNumber(written: string, end: number, units: number[], ends: number[]): void {
  const number = numeral[written.charCodeAt(0)] === 1 ? String(kanjiNumber(written)) : written;
  for (let index = 0; index < number.length; index += 1) {
    units.push(number.charCodeAt(index));
    ends.push(index === number.length - 1 ? end : -1);
  }
}

/** The folded name as text. */
export function foldedName(text: string): string {
  return String.fromCharCode(...foldPlace(text, 0, 64).units);
}

/** 32-bit hash of units, one step at a time (FNV-1a); finish with `mixed`. */
export const firstHash = (seed: number): number => Math.imul(seed ^ 0x811c9dc5, 0x01000193);
export const nextHash = (hash: number, unit: number): number => Math.imul(hash ^ unit, 0x01000193);
export const mixed = (hash: number): number => {
  const once = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (once ^ (once >>> 13)) >>> 0;
};
