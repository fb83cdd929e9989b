import { at, keyedColumnsOf, kindOf, type Field } from './index-columns.ts';

// Whether any bearer of a common name has a certain birth date, company or address: a Bloom filter over pairs of name and value, whose bits for
// one pair lie in one cache line (see name-filter.ts). Thousands bear such a name, and reading a key of each is a cache miss a row; the filter
// answers with one, and only where it says yes the bearers are looked at. Rare names are not in it.

/** More bearers make a name common. Builder and reader must agree. */
export const mostOfRareName = 50;
/** What bearers are compared in. */
const compared = ['company', 'domain', 'email', 'address', 'phone', 'birth_date'] as const satisfies readonly Field[];
const isCompared: ReadonlySet<Field> = new Set(compared);
const comparedColumns = compared.flatMap((field) => keyedColumnsOf[field].map((column) => ({ column, kind: kindOf[field] })));

/** Keys of rows, by column: 0 where a row has no value. */
type Keys = { readonly rows: number; readonly lows: readonly Uint32Array[] };

/** One pair in a thousand that is not there is taken for one that is. */
const bitsPerPair = 16;
const bitsSet = 6;
const blockBytes = 64;
const counterBits = 22;

/** How many rows have a name, by the upper bits of its key, up to 255: no fewer than bear it, more where names fall together. */
export type NameCounts = Uint8Array;

export function countNames(chunks: readonly Keys[]): NameCounts {
  const counts = new Uint8Array(1 << counterBits);
  for (const { lows } of chunks)
    for (const name of lows[at.name] ?? []) {
      const slot = name >>> (32 - counterBits);
      const count = counts[slot] ?? 0;
      if (name !== 0 && count < 255) counts[slot] = count + 1;
    }
  return counts;
}

/** Bytes of the filter for these rows; 0 when no name is common. */
export function namesakeBytes(chunks: readonly Keys[], counts: NameCounts): number {
  let pairs = 0;
  eachPair(chunks, counts, () => (pairs += 1));
  return Math.ceil((pairs * bitsPerPair) / 8 / blockBytes) * blockBytes;
}

export function addNamesakes(filter: Uint32Array, chunks: readonly Keys[], counts: NameCounts): void {
  eachPair(chunks, counts, (name, kind, value) => {
    const block = blockOf(filter, name, kind, value);
    let bits = bitsOf(name, kind, value);
    for (let count = 0; count < bitsSet; count += 1) {
      const word = block + ((bits >>> 5) & 15);
      filter[word] = (filter[word] ?? 0) | (1 << (bits & 31));
      bits = nextBits(bits);
    }
  });
}

/** Those of the values that a bearer of the name may have: all of them, for what is not in the filter. */
export function valuesOfNamesakes(filter: Uint32Array, name: number, field: Field, values: ReadonlySet<number>): ReadonlySet<number> {
  if (!isCompared.has(field)) return values;
  return new Set([...values].filter((value) => mayHave(filter, name, kindOf[field], value)));
}

function mayHave(filter: Uint32Array, name: number, kind: number, value: number): boolean {
  const block = blockOf(filter, name, kind, value);
  let bits = bitsOf(name, kind, value);
  for (let count = 0; count < bitsSet; count += 1) {
    if (((filter[block + ((bits >>> 5) & 15)] ?? 0) & (1 << (bits & 31))) === 0) return false;
    bits = nextBits(bits);
  }
  return true;
}

function eachPair(chunks: readonly Keys[], counts: NameCounts, take: (name: number, kind: number, value: number) => void): void {
  for (const { rows, lows } of chunks) {
    const names = lows[at.name];
    if (names === undefined) continue;
    for (let row = 0; row < rows; row += 1) {
      const name = names[row] ?? 0;
      if (name === 0 || (counts[name >>> (32 - counterBits)] ?? 0) <= mostOfRareName) continue;
      for (const { column, kind } of comparedColumns) {
        const value = lows[column]?.[row] ?? 0;
        if (value !== 0) take(name, kind, value);
      }
    }
  }
}

/** The first word of a pair's block. */
const blockOf = (filter: Uint32Array, name: number, kind: number, value: number): number =>
  Math.floor((mixed(Math.imul(name, 0x9e3779b1) ^ (value + kind)) / 0x1_0000_0000) * (filter.length / 16)) * 16;

const bitsOf = (name: number, kind: number, value: number): number => mixed(Math.imul(value, 0x85ebca6b) ^ (name - kind));
const nextBits = (bits: number): number => mixed(bits + 0x9e3779b9);

/** Every bit of the result depends on every bit of the input (the finalizer of MurmurHash3). */
function mixed(input: number): number {
  let hash = Math.imul(input ^ (input >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
