import type { TextSegment } from '../extract/index.ts';
import { variantKanji } from './variant-kanji.ts';
import type { NormalizedText, OffsetMap } from './normalized-text.ts';

/** What happens to one UTF-16 code unit; every other value is the code unit that replaces it. */
const removed = 0xffff;
const runStart = 0xfffe;

/** Soft hyphen, zero-width, joiners, bidirectional controls, Hangul fillers, variation selectors, interlinear marks: first and last code units. */
const invisible = [
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x61c, 0x61c],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x206f],
  [0x3164, 0x3164],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff9, 0xfffb],
] as const;
/** Combines with the character before it: marks, half-width (semi-)voiced marks, Hangul vowels and finals. */
const trailing = /[\p{M}\uFF9E\uFF9F\u1160-\u11FF]/u;
/** NFKC sorts the marks of one character in quadratic time; Unicode's stream-safe text (UAX #15, section 13) has at most 30. */
const longestRun = 30;
/** Circled and parenthesised list numbers: '①090-…' must not become '1090-…'. */
const listNumber = /[\u2460-\u249B\u24EA-\u24FF\u2776-\u2793\u3251-\u325F\u32B1-\u32BF]/u;
/** Strokes people type as hyphens in numbers and block numbers; ー and 一-like strokes are words elsewhere. */
const strokes = '\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043\u2500\u2501\u30FC\uFE58\u02D7\u2E3A\u30A0';

const carriageReturn = 0x0d;
const lineFeed = 0x0a;
const hyphen = 0x2d;
const space = 0x20;
/** The first half of U+E0000–U+E03FF: tags and the variation selectors of kanji. */
const supplementSelector = 0xdb40;
const { units, expansions } = buildTable();
const isTrailing = flagTrailing();
const isStroke = new Uint8Array(0x10000);
for (const stroke of strokes) isStroke[stroke.charCodeAt(0)] = 1;

/** What belongs to the run of the character before it; invisible units too, or one between ﾊ and ﾞ would keep them apart. */
function flagTrailing(): Uint8Array {
  const flags = new Uint8Array(0x10000);
  for (let unit = 0x80; unit < 0x10000; unit += 1) {
    if (units[unit] === removed || unit === supplementSelector || trailing.test(String.fromCharCode(unit))) flags[unit] = 1;
  }
  return flags;
}

/** The replacement of every BMP code unit, so that ordinary text costs one look-up a character (String.normalize gives no offsets). */
function buildTable(): { readonly units: Uint16Array; readonly expansions: ReadonlyMap<number, string> } {
  const units = new Uint16Array(0x10000);
  const expansions = new Map<number, string>();
  for (let unit = 0; unit < 0x10000; unit += 1) {
    const character = String.fromCharCode(unit);
    const spelled = spell(character);
    if ((unit >= 0xd800 && unit <= 0xdfff) || unit === carriageReturn) units[unit] = runStart;
    else if (invisible.some(([first, last]) => unit >= first && unit <= last)) units[unit] = removed;
    else if (spelled.length === 1 && !listNumber.test(character)) units[unit] = spelled.charCodeAt(0);
    else {
      units[unit] = runStart;
      expansions.set(unit, spelled);
    }
  }
  return { units, expansions };
}

/** NFKC and variant folding of one character or of a base with its marks. */
function spell(run: string): string {
  let spelled = '';
  for (const character of run.normalize('NFKC')) spelled += variantKanji.get(character) ?? character;
  return spelled;
}

/**
 * One spelling of `text`: NFKC, old and variant kanji folded, invisible characters removed, any stroke between letters or digits as '-',
 * lines ended by LF alone.
 * `map[i]` is the offset in `text` of normalized unit `i` and never falls; `map[length]` is `text.length`.
 * A character that becomes several (㈱) gives all of them its own offset.
 */
export function normalize(text: string): { readonly text: string; readonly map: OffsetMap } {
  // The regex engine finds the first unit that is not ASCII, or a CR, at memory speed; the map of other text is the identity.
  const from = text.search(/[^\0-\f\x0E-\x7F]/u);
  if (from === -1 || isSpelledSo(text, from)) return { text, map: identity(text.length) };
  return new Normalizer(text).run();
}

/** The text of `normalize` alone: values are compared by the million, and none of them needs a map back. */
export function respell(text: string): string {
  const from = text.search(/[^\0-\f\x0E-\x7F]/u);
  return from === -1 || isSpelledSo(text, from) ? text : new Normalizer(text).run().text;
}

/** Most Japanese words are as they should be. */
function isSpelledSo(text: string, from: number): boolean {
  for (let at = from; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (units[unit] !== unit || isStroke[unit] === 1 || isTrailing[unit] === 1) return false;
  }
  return true;
}

/** A segment with its text normalized, made once for all detectors. */
export function normalizeSegment(source: TextSegment): NormalizedText {
  const { text, map } = normalize(source.text);
  return { text, map, source };
}

function identity(length: number): OffsetMap {
  const map = new Uint32Array(length + 1);
  for (let index = 0; index <= length; index += 1) map[index] = index;
  return map;
}

class Normalizer {
  readonly #text: string;
  #out: Uint16Array;
  #map: Uint32Array;
  #length = 0;
  #sawStroke = false;

  constructor(text: string) {
    this.#text = text;
    this.#out = new Uint16Array(text.length + 64);
    this.#map = new Uint32Array(text.length + 65);
  }

  run(): { readonly text: string; readonly map: OffsetMap } {
    const text = this.#text;
    const end = text.length;
    let at = 0;
    while (at < end) {
      const unit = text.charCodeAt(at);
      const spelled = units[unit] ?? unit;
      if (spelled === removed) at += 1;
      else if (spelled === runStart || (at + 1 < end && isTrailing[text.charCodeAt(at + 1)] === 1)) at = this.#takeRun(at);
      else {
        this.#push(spelled, at);
        at += 1;
      }
    }
    if (this.#sawStroke) foldStrokes(this.#out, this.#length);
    const map = this.#map.slice(0, this.#length + 1);
    map[this.#length] = end;
    return { text: Buffer.from(this.#out.buffer, 0, this.#length * 2).toString('utf16le'), map };
  }

  /** A character of two units, one that expands, or a base with the marks after it. Returns where the next one starts. */
  #takeRun(start: number): number {
    const text = this.#text;
    const code = text.codePointAt(start) ?? 0;
    if (code === carriageReturn) return this.#takeLineEnd(start);
    let end = start + (code > 0xffff ? 2 : 1);
    if (code >= 0xe0000 && code <= 0xe0fff) return end; // tags and variation selectors
    let run = text.slice(start, end);
    const last = Math.min(text.length, end + longestRun);
    while (end < last) {
      const next = text.charCodeAt(end);
      if (isTrailing[next] !== 1) break;
      if (next === supplementSelector) end += 1;
      else if (units[next] !== removed) run += text.charAt(end);
      end += 1;
    }
    const expansion = run.length === 1 ? expansions.get(code) : undefined;
    this.#pushAll(expansion === undefined ? spell(run) : this.#spellListNumber(expansion, start, end), start);
    return end;
  }

  /** CR LF and CR alone end a line as LF does: no detector need think of them. */
  #takeLineEnd(start: number): number {
    this.#push(lineFeed, start);
    return this.#text.charCodeAt(start + 1) === lineFeed ? start + 2 : start + 1;
  }

  #spellListNumber(expansion: string, start: number, end: number): string {
    const character = this.#text.charAt(start);
    if (!listNumber.test(character)) return expansion;
    return isDigitLike(this.#text.charCodeAt(start - 1)) || isDigitLike(this.#text.charCodeAt(end)) ? character : expansion;
  }

  #pushAll(spelled: string, offset: number): void {
    for (let index = 0; index < spelled.length; index += 1) this.#push(spelled.charCodeAt(index), offset);
  }

  #push(unit: number, offset: number): void {
    if (this.#length === this.#out.length) this.#grow();
    if (isStroke[unit] === 1) this.#sawStroke = true;
    this.#out[this.#length] = unit;
    this.#map[this.#length] = offset;
    this.#length += 1;
  }

  #grow(): void {
    const capacity = this.#out.length * 2;
    const out = new Uint16Array(capacity);
    const map = new Uint32Array(capacity + 1);
    out.set(this.#out);
    map.set(this.#map);
    this.#out = out;
    this.#map = map;
  }
}

/** A stroke becomes '-' between letters, digits or brackets, with or without one space on each side, and stays itself in words (サーバー). */
function foldStrokes(out: Uint16Array, length: number): void {
  for (let at = 1; at + 1 < length; at += 1) {
    if (isStroke[out[at] ?? 0] !== 1) continue;
    const left = out[at - 1] === space ? out[at - 2] : out[at - 1];
    const right = out[at + 1] === space ? out[at + 2] : out[at + 1];
    if (joinsNumber(left, 0x29) && joinsNumber(right, 0x28)) out[at] = hyphen;
  }
}

/** A digit, an ASCII letter, or the bracket that may close (left) or open (right) a part of a phone number. */
function joinsNumber(unit: number | undefined, bracket: number): boolean {
  if (unit === undefined) return false;
  const lower = unit | 0x20;
  return (unit >= 0x30 && unit <= 0x39) || (lower >= 0x61 && lower <= 0x7a) || unit === bracket;
}

function isDigitLike(unit: number): boolean {
  const spelled = units[unit];
  return spelled !== undefined && spelled >= 0x30 && spelled <= 0x39;
}
