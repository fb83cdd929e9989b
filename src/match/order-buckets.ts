/**
 * Puts the rows of each bucket in order of their keys, then of their numbers. `rows`: three bytes each, in order of their numbers. `ends`: where
 * each bucket ends. `keys`: by row number.
 */
export function orderBuckets(rows: Uint8Array, ends: Uint32Array, keys: Uint32Array): void {
  let from = 0;
  for (const end of ends) {
    if (end - from > 1) orderBucket(rows, from, end, keys);
    from = Math.max(from, end);
  }
}

function orderBucket(rows: Uint8Array, from: number, end: number, keys: Uint32Array): void {
  const bucket: number[] = [];
  let inOrder = true;
  for (let place = from; place < end; place += 1) {
    const row = rowAt(rows, place);
    inOrder &&= bucket.length === 0 || (keys[bucket.at(-1) ?? 0] ?? 0) <= (keys[row] ?? 0);
    bucket.push(row);
  }
  if (inOrder) return;
  bucket.sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0) || a - b);
  for (const [index, row] of bucket.entries()) {
    const at = (from + index) * 3;
    rows[at] = row & 0xff;
    rows[at + 1] = (row >>> 8) & 0xff;
    rows[at + 2] = row >>> 16;
  }
}

/** The row number at a place of a `rows` section. */
export const rowAt = (rows: Uint8Array, place: number): number =>
  (rows[place * 3] ?? 0) | ((rows[place * 3 + 1] ?? 0) << 8) | ((rows[place * 3 + 2] ?? 0) << 16);
