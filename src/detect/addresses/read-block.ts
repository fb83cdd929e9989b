import { isDigit, isNumeral } from './fold-place.ts';
import { kanjiNumber } from './kanji-number.ts';

/** The numbers of an address: `[start, end)` of the text, and each number in Arabic digits with the sign before it (イ12, 西5). */
export type Block = {
  readonly start: number;
  readonly end: number;
  readonly parts: readonly string[];
  /** 番, 番地, 号, 地割, 線: nothing but an address counts that way. */
  readonly hasUnit: boolean;
  readonly hasChome: boolean;
  readonly endsInLandShare: boolean;
};

type Read = { readonly value: string; readonly end: number; readonly isKanji: boolean };

const firstLetters =
  'イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地人';
const isLetter = new Set(firstLetters);
/** 西5線北20号1番地2-303 has six; a chain without end would make the search quadratic. */
const mostParts = 8;
/** What may stand between two numbers, or behind the last. 番町, 3番線, 5号車, 2号館, 203号室 count something else. */
const unit =
  /[ ]?(?:(?<chome>丁目|丁(?=[ ]?[0-9一二三四五六七八九十]))|(?<lot>番外地|番地|街区|番(?![町丁線目手組館台所号外出]))|(?<house>号(?![室棟館線機車店艦台外]))|(?<share>地割)|(?<line>線(?![をでにはの]))|条)/y;
const hyphen = /[ ]?-[ ]?/y;
const joint = /[ ]?[のノ之][ ]?(?=[0-9一二三四五六七八九十])/y;
const direction = /[東西南北](?=[0-9一二三四五六七八九十])/y;
/** A number that these follow is a floor, a room, a date, an amount. */
const foreign = /[ ]?(?:号室|号棟|号館|階|F(?![A-Za-z])|棟|室)|[.:/][0-9]|,[0-9]{3}(?![0-9-])/y;

/** The block numbers at `at`, in digits or kanji: `3-23-1`, `四丁目12番7号`, `210番地の3`, `イ12`, `西5線北20号1`, `無番地`. Null when there are none. */
export function readBlock(text: string, at: number): Block | null {
  if (text.startsWith('無番地', at) || text.startsWith('番外地', at)) {
    return { start: at, end: at + 3, parts: [text.slice(at, at + 3)], hasUnit: true, hasChome: false, endsInLandShare: false };
  }
  const first = readNumber(text, at);
  // A leading zero begins a phone number; a kanji numeral without its unit is a word.
  if (first === null || first.value.startsWith('0')) return null;
  const parts = [first.value];
  let end = first.end;
  let hasUnit = false;
  let hasChome = false;
  let endsInLandShare = false;
  let isProven = !first.isKanji;
  while (parts.length < mostParts) {
    const link = readLink(text, end);
    if (link === null) break;
    if (link.isUnit) {
      end = link.end;
      hasUnit ||= link.kind !== 'chome';
      hasChome ||= link.kind === 'chome';
      isProven = true;
    }
    endsInLandShare = link.kind === 'share';
    const next = readNext(text, link);
    if (next === null) break;
    parts.push(next.value);
    end = next.end;
    isProven = true;
    endsInLandShare = false;
  }
  return isProven ? { start: at, end, parts, hasUnit, hasChome, endsInLandShare } : null;
}

type Link = { readonly kind: 'chome' | 'lot' | 'house' | 'share' | 'line' | 'joint'; readonly isUnit: boolean; readonly end: number };

function readLink(text: string, at: number): Link | null {
  unit.lastIndex = at;
  const groups = unit.exec(text)?.groups;
  if (groups !== undefined) {
    const kind = (['chome', 'lot', 'house', 'share'] as const).find((name) => groups[name] !== undefined) ?? 'line';
    return { kind, isUnit: true, end: unit.lastIndex };
  }
  for (const pattern of [hyphen, joint]) {
    pattern.lastIndex = at;
    if (pattern.test(text)) return { kind: 'joint', isUnit: false, end: pattern.lastIndex };
  }
  return null;
}

/** The number that follows a link; a space before it only where no room number can be meant. */
function readNext(text: string, link: Link): Read | null {
  let at = link.end;
  for (const pattern of link.isUnit ? [hyphen, joint] : []) {
    pattern.lastIndex = at;
    if (!pattern.test(text)) continue;
    const joined = readNumber(text, pattern.lastIndex);
    if (joined !== null) return joined;
  }
  if (link.kind === 'house') return null;
  const isSpaced = link.isUnit && text.charCodeAt(at) === 0x20;
  if (isSpaced) at += 1;
  direction.lastIndex = at;
  const sign = link.kind === 'line' && direction.test(text) ? text.charAt(at) : '';
  const number = readNumber(text, at + sign.length);
  if (number === null) return null;
  if (isSpaced && link.kind !== 'chome' && !/^[ ]?(?:号|-|番)/.test(text.slice(number.end, number.end + 2))) return null;
  return { ...number, value: sign + number.value };
}

/** A number of at most five digits, with the イロハ or 甲乙 letter before it. */
function readNumber(text: string, at: number): Read | null {
  let from = at;
  if (text.charAt(from) === '第') from += 1;
  const letter = isLetter.has(text.charAt(from)) ? text.charAt(from) : '';
  if (letter !== '') from += /^[-のノ]/.test(text.slice(from + 1, from + 2)) ? 2 : 1;
  const isKanji = isNumeral(text.charCodeAt(from));
  let end = from;
  while (end - from < 7 && (isKanji ? isNumeral(text.charCodeAt(end)) : isDigit(text.charCodeAt(end)))) end += 1;
  if (end === from || end - from > 5) return null;
  foreign.lastIndex = end;
  if (foreign.test(text)) return null;
  const written = text.slice(from, end);
  const value = isKanji
    ? String(kanjiNumber(written))
    : /^0[0-9]/.test(written) && parseableZero(written)
      ? String(Number(written))
      : written;
  return { value: letter + value, end, isKanji };
}

/** 2-07-03 is written with zeros here and there; a longer number with a zero in front belongs to a phone. */
const parseableZero = (written: string): boolean => written.length === 2;
