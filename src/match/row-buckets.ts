// Rows by a hash: a directory of where each bucket begins, chosen by the upper bits, and the rows themselves, four bytes each: three of the row's
// number, one of the hash's other half. A bucket is one or two cache lines, and that byte tells nearly every row that is not meant without a look at
// its record: in a table of millions each look is a cache miss.

/** Gives the hash that chooses the bucket, the row, and 32 other bits of which the upper eight stay. Twice the same, in order of the rows. */
export type EachRow = (take: (hash: number, row: number, low: number) => void) => void;

/** Eight to sixteen rows lie in a bucket; more where many rows share one hash. */
const bucketBits = (count: number): number => Math.max(1, Math.ceil(Math.log2(Math.max(1, count / 16))));
export const directoryLength = (count: number): number => (1 << bucketBits(count)) + 1;

export const bucketOf = (hash: number, directory: Uint32Array): number => hash >>> Math.clz32(directory.length - 2);
export const rowIn = (entry: number): number => entry & 0xff_ffff;
export const tagIn = (entry: number): number => entry >>> 24;
export const tagOf = (low: number): number => low >>> 24;

/** Where each bucket begins: counted, then summed. */
export function writeDirectory(directory: Uint32Array, eachRow: EachRow): void {
  const shift = Math.clz32(directory.length - 2);
  eachRow((hash) => {
    const bucket = (hash >>> shift) + 1;
    directory[bucket] = (directory[bucket] ?? 0) + 1;
  });
  for (let bucket = 1; bucket < directory.length; bucket += 1) directory[bucket] = (directory[bucket] ?? 0) + (directory[bucket - 1] ?? 0);
}

/** Rows by bucket, within it by number. */
export function writeEntries(entries: Uint32Array, directory: Uint32Array, eachRow: EachRow): void {
  const next = directory.slice();
  const shift = Math.clz32(directory.length - 2);
  eachRow((hash, row, low) => {
    const bucket = hash >>> shift;
    const place = next[bucket] ?? 0;
    next[bucket] = place + 1;
    entries[place] = row | (low & ~0xff_ffff);
  });
}

/** Puts the rows of each bucket in order of their keys, then of their numbers, in which they are. `keys`: by row number. */
export function orderEntries(entries: Uint32Array, directory: Uint32Array, keys: Uint32Array): void {
  for (let bucket = 0; bucket + 1 < directory.length; bucket += 1) {
    const [from, end] = [directory[bucket] ?? 0, directory[bucket + 1] ?? 0];
    if (end - from > 1) orderBucket(entries, from, end, keys);
  }
}

function orderBucket(entries: Uint32Array, from: number, end: number, keys: Uint32Array): void {
  const byKey = new Map<number, number[]>();
  for (let place = from; place < end; place += 1) {
    const entry = entries[place] ?? 0;
    const key = keys[rowIn(entry)] ?? 0;
    const same = byKey.get(key);
    if (same === undefined) byKey.set(key, [entry]);
    else same.push(entry);
  }
  let place = from;
  for (const key of [...byKey.keys()].toSorted((a, b) => a - b))
    for (const entry of byKey.get(key) ?? []) {
      entries[place] = entry;
      place += 1;
    }
}
