import { hasName, hasPair, longestName, RollingHash, shortestName } from './name-filter.ts';

/** A customer's full name at `[start, end)` of the text, and the records that bear it. */
export type NameHit = { readonly start: number; readonly end: number; readonly rows: readonly number[] };
export type NameFilter = { readonly hashKey: Uint8Array; readonly pairs: Uint8Array; readonly names: Uint32Array };

/** One table of character hashes for each filter, made when the first text is searched. */
const tables = new WeakMap<NameFilter, RollingHash>();

/**
 * Every full name of three to seven characters that the index holds, wherever it stands in `text`: no cue, no dictionary, no word boundary.
 * `text` is normalized (`normalize`); one space or ・ inside a name is skipped. Of names that overlap, the longest from the leftmost start. A
 * hit alone says little: unrelated text holds a name of a million customers every ten kilobytes; weigh it with the record's other data.
 */
export function findNames(text: string, filter: NameFilter, rowsOf: (name: string) => readonly number[]): readonly NameHit[] {
  if (filter.names.length === 0) return [];
  const rolling = tables.get(filter) ?? new RollingHash(filter.hashKey);
  tables.set(filter, rolling);
  const hits: NameHit[] = [];
  for (let start = 0; start + shortestName <= text.length; start += 1) {
    if (!canBeInName(text.charCodeAt(start))) continue;
    const hit = longestAt(text, start, filter, rolling, rowsOf);
    if (hit === null) continue;
    hits.push(hit);
    start = hit.end - 1;
  }
  return hits;
}

function longestAt(
  text: string,
  start: number,
  { pairs, names }: NameFilter,
  rolling: RollingHash,
  rowsOf: (name: string) => readonly number[],
): NameHit | null {
  let best: NameHit | null = null;
  let hash = 0;
  let gap = -1;
  let length = 0;
  for (let at = start; at < text.length && length < longestName; at += 1) {
    const unit = text.charCodeAt(at);
    if (isGap(unit) && gap === -1 && length > 0) {
      gap = at;
      continue;
    }
    if (!canBeInName(unit)) break;
    hash = rolling.next(hash, unit);
    length += 1;
    if (length === 2 && !hasPair(pairs, hash || 1)) return null;
    if (length < shortestName || !hasName(names, hash || 1)) continue;
    const name = gap === -1 ? text.slice(start, at + 1) : text.slice(start, gap) + text.slice(gap + 1, at + 1);
    const rows = rowsOf(name);
    if (rows.length > 0) best = { start, end: at + 1, rows };
  }
  return best;
}

/** Kanji and their repetition marks, kana. */
const canBeInName = (unit: number): boolean =>
  (unit >= 0x4e00 && unit <= 0x9fff) || (unit >= 0x3041 && unit <= 0x30fa) || unit === 0x30fc || unit === 0x3005 || unit === 0x3006;

/** A space (U+3000 is one in normalized text) or ・. */
const isGap = (unit: number): boolean => unit === 0x20 || unit === 0x30fb;
