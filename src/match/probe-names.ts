import {
  hasLonger,
  hasName,
  hasPair,
  isPrefix,
  kanaUnit,
  kindOfUnit,
  longestName,
  longestReading,
  mixed,
  RollingHash,
  shortestName,
} from './name-filter.ts';

/** A customer's full name, or its reading, at `[start, end)` of the text. */
export type NameHit = { readonly start: number; readonly end: number };
export type NameFilter = {
  readonly hashKey: Uint8Array;
  readonly pairs: Uint8Array;
  readonly longer: Uint8Array;
  readonly names: Uint32Array;
};

/** One table of character hashes for each filter, made when the first text is searched. */
const tables = new WeakMap<NameFilter, RollingHash>();

/**
 * Every full name of three to seven characters that the index holds, and every reading of three to twelve kana, wherever it stands in `text`: no
 * cue, no dictionary, no word boundary. `text` is normalized (`normalize`). Inside a name one gap is skipped (up to four spaces, or ・), or one
 * between any two characters, as headings and forms write names (能 見  理). Of names that overlap, the longest from the leftmost start. A hit
 * alone says little: unrelated text holds a name of a million customers every ten kilobytes; weigh it with the record's other data.
 */
export function findNames(text: string, filter: NameFilter, isNamed: (name: string) => boolean): readonly NameHit[] {
  if (filter.names.length === 0 || text.length < shortestName) return [];
  const rolling = tables.get(filter) ?? new RollingHash(filter.hashKey);
  tables.set(filter, rolling);
  const hits: NameHit[] = [];
  const { characters } = rolling;
  const { pairs } = filter;
  // Most places are told by two characters, or three of kana: each is looked up once, and nothing is called.
  let second = text.charCodeAt(0);
  let secondKind = kindOfUnit[second] ?? 0;
  let third = text.charCodeAt(1);
  let thirdKind = kindOfUnit[third] ?? 0;
  for (let start = 0; start + shortestName <= text.length; start += 1) {
    const firstKind = secondKind;
    const hash = mixed(characters[second] ?? 0);
    second = third;
    secondKind = thirdKind;
    third = text.charCodeAt(start + 2);
    thirdKind = kindOfUnit[third] ?? 0;
    if (firstKind === 0) continue;
    if (secondKind === 0) {
      if (second !== space && second !== middleDot) continue;
    } else {
      const two = mixed((hash + (characters[second] ?? 0)) | 0);
      if (firstKind !== kanaUnit || secondKind !== kanaUnit) {
        if (!hasPair(pairs, two || 1)) continue;
      } else if (thirdKind === 0) {
        if (third !== space && third !== middleDot) continue;
      } else if (!hasPair(pairs, mixed((two + (characters[third] ?? 0)) | 0) || 1)) continue;
    }
    const end = longestAt(text, start, filter, rolling, isNamed);
    if (end === -1) continue;
    hits.push({ start, end });
    start = end - 1;
    // NaN, beyond the text, would make every one of them a floating-point number.
    if (end + 1 >= text.length) break;
    second = text.charCodeAt(end);
    secondKind = kindOfUnit[second] ?? 0;
    third = text.charCodeAt(end + 1);
    thirdKind = kindOfUnit[third] ?? 0;
  }
  return hits;
}

/** Where the longest name from `start` ends, or -1. */
function longestAt(
  text: string,
  start: number,
  { pairs, longer, names }: NameFilter,
  rolling: RollingHash,
  isNamed: (name: string) => boolean,
): number {
  let best = -1;
  let begun = 0;
  let [hash, length, kana] = [0, 0, 0];
  let [gaps, narrowest] = [0, longestGap + 1];
  for (let at = start; at < text.length && length < longestReading; at += 1) {
    let unit = text.charCodeAt(at);
    if ((unit === space || unit === middleDot) && length > 0) {
      const gap = gapAt(text, at);
      gaps += 1;
      narrowest = Math.min(narrowest, gap);
      at += gap;
      unit = text.charCodeAt(at);
    }
    // One gap stands between surname and given name; more only where every character is apart.
    if (gaps > 1 && gaps < length) break;
    const kind = kindOfUnit[unit] ?? 0;
    if (kind === 0) break;
    hash = rolling.next(hash, unit);
    length += 1;
    if (kind === kanaUnit) kana += 1;
    if (length > longestName && kana < length) break;
    if (begun === 0 && isPrefix(length, kana)) {
      if (!hasPair(pairs, hash || 1)) break;
      begun = length;
    } else if (begun !== 0 && length === begun + 1 && !hasLonger(longer, hash || 1)) break;
    if (length < shortestName || !hasName(names, hash || 1)) continue;
    if (gaps > 1 && isInSpacedRun(text, start, at + 1, narrowest)) continue;
    if (isNamed(text.slice(start, at + 1).replaceAll(/[ ・]/g, ''))) best = at + 1;
  }
  return best;
}

const longestGap = 4;
/** U+3000 is one too: normalized text has no other. */
const space = 0x20;
const middleDot = 0x30fb;

/** How long the gap at `at` is: 0 when none stands there, or one that is too long. */
function gapAt(text: string, at: number): number {
  if (text.charCodeAt(at) === middleDot) return 1;
  let length = 0;
  while (text.charCodeAt(at + length) === space) length += 1;
  return length <= longestGap ? length : 0;
}

/**
 * Whether characters written apart go on, no farther apart, before or behind: a line that is written so as a whole, in which any three make a
 * name. An honorific or 印 may follow.
 */
function isInSpacedRun(text: string, start: number, end: number, narrowest: number): boolean {
  let before = start;
  while (before > 0 && text.charCodeAt(before - 1) === space) before -= 1;
  if (start - before > 0 && start - before <= narrowest && canBeInName(text.charCodeAt(before - 1))) return true;
  const gap = gapAt(text, end);
  return (
    gap > 0 && gap <= narrowest && canBeInName(text.charCodeAt(end + gap)) && !/^[様殿氏印先]/.test(text.slice(end + gap, end + gap + 1))
  );
}

/** NaN, beyond the text, is nothing. */
const canBeInName = (unit: number): boolean => (kindOfUnit[unit] ?? 0) !== 0;
