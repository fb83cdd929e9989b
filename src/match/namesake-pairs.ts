import { at, columns, keyedColumnsOf, kindOf, type Field } from './index-columns.ts';
import { bucketOf, directoryLength, writeDirectory, writeEntries, type EachRow } from './row-buckets.ts';

// The bearers of common names and readings by name and one more value. Thousands bear such a name, and which of them has the mail's birth date or the
// recipient's address was read from each: a cache miss a row. Here they lie in buckets by both, as records lie by one value in a column. Rare names
// are left out: their bearers are looked at.

/** More bearers make a name common. Builder and reader must agree. */
export const mostOfRareName = 50;
/** Names and readings: their hashes have nothing in common. */
const named = [at.name, at.kana] as const;
/** The place behind the columns: a directory and rows like theirs. */
export const pairColumn = columns.length;
/** What bearers are told apart by. */
const compared = ['company', 'domain', 'email', 'address', 'phone', 'birth_date'] as const satisfies readonly Field[];
export type ComparedField = (typeof compared)[number];
const comparedColumns = compared.flatMap((field) => keyedColumnsOf[field].map((column) => ({ column, kind: kindOf[field] })));

/** Keys of rows, by column: 0 where a row has no value. */
type Keys = { readonly rows: number; readonly lows: readonly Uint32Array[] };

const counterBits = 23;

/** Finds the pairs in rows to be indexed, and writes their sections. */
export class NamesakePairs {
  readonly #chunks: readonly Keys[];
  /** How many rows have a name, by the upper bits of its key, up to 255: no fewer than bear it, more where names fall together. */
  readonly #bearers = new Uint8Array(1 << counterBits);
  readonly count: number;

  constructor(chunks: readonly Keys[]) {
    this.#chunks = chunks;
    for (const { lows } of chunks)
      for (const column of named)
        for (const name of lows[column] ?? []) {
          const slot = name >>> (32 - counterBits);
          const count = this.#bearers[slot] ?? 0;
          if (name !== 0 && count < 255) this.#bearers[slot] = count + 1;
        }
    let count = 0;
    this.#eachPair(() => (count += 1));
    this.count = count;
  }

  get directoryLength(): number {
    return directoryLength(this.count);
  }

  writeDirectory(directory: Uint32Array): void {
    writeDirectory(directory, this.#eachPair);
  }

  writeRows(rows: Uint32Array): void {
    const directory = new Uint32Array(this.directoryLength);
    this.writeDirectory(directory);
    writeEntries(rows, directory, this.#eachPair);
  }

  readonly #eachPair: EachRow = (take) => {
    let first = 0;
    for (const { rows, lows } of this.#chunks) {
      for (let row = 0; row < rows; row += 1)
        for (const nameColumn of named) {
          const name = lows[nameColumn]?.[row] ?? 0;
          if (name === 0 || (this.#bearers[name >>> (32 - counterBits)] ?? 0) <= mostOfRareName) continue;
          for (const { column, kind } of comparedColumns) {
            const value = lows[column]?.[row] ?? 0;
            if (value === 0) continue;
            const hash = hashOfPair(name, kind, value);
            take(hash, first + row, lowOf(hash));
          }
        }
      first += rows;
    }
  };
}

/** Where a name and a value, given by their keys, lie in a directory, and what tells their rows from others there (`tagOf`). */
export function placeOfPair(
  directory: Uint32Array,
  name: number,
  field: Field,
  value: number,
): { readonly bucket: number; readonly low: number } {
  const hash = hashOfPair(name, kindOf[field], value);
  return { bucket: bucketOf(hash, directory), low: lowOf(hash) };
}

/** The bits that chose no bucket, on top. */
const lowOf = (hash: number): number => hash << 24;

/** Keys are hashes already: mixed so that every bit of both counts (the finalizer of MurmurHash3). */
function hashOfPair(name: number, kind: number, value: number): number {
  let hash = Math.imul(name, 0x9e3779b1) ^ (value + kind);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
