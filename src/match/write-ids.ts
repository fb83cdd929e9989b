import type { IndexChunk } from './index-chunk.ts';
import { idGroup } from './index-layout.ts';

type Ids = Pick<IndexChunk, 'rows' | 'ids' | 'idEnds'>;
type Group = {
  readonly ids: readonly Uint8Array[];
  /** Of each, or 0 when they differ. */ readonly length: number;
  readonly bytes: number;
};

export function countIdBytes(chunks: readonly Ids[]): number {
  let sum = 0;
  for (const { bytes } of groupsOf(chunks)) sum += bytes;
  return sum;
}

export function writeIds(bytes: Uint8Array, chunks: readonly Ids[]): void {
  let at = 0;
  for (const { ids, length } of groupsOf(chunks)) {
    bytes[at] = length;
    at += 1;
    for (const id of ids) {
      if (length === 0) {
        bytes[at] = id.length;
        at += 1;
      }
      bytes.set(id, at);
      at += id.length;
    }
  }
}

/** Where each group begins. */
export function writeIdGroups(places: Uint32Array, chunks: readonly Ids[]): void {
  let [at, group] = [0, 0];
  for (const { bytes } of groupsOf(chunks)) {
    places[group] = at;
    group += 1;
    at += bytes;
  }
}

/** `idGroup` ids at a time, over the ends of chunks; the last group may have fewer. */
function* groupsOf(chunks: readonly Ids[]): Generator<Group> {
  let ids: Uint8Array[] = [];
  for (const chunk of chunks)
    for (let row = 0; row < chunk.rows; row += 1) {
      ids.push(chunk.ids.subarray(row === 0 ? 0 : chunk.idEnds[row - 1], chunk.idEnds[row]));
      if (ids.length < idGroup) continue;
      yield groupOf(ids);
      ids = [];
    }
  if (ids.length > 0) yield groupOf(ids);
}

function groupOf(ids: readonly Uint8Array[]): Group {
  const first = ids[0]?.length ?? 0;
  const length = first <= 255 && ids.every((id) => id.length === first) ? first : 0;
  const text = ids.reduce((sum, id) => sum + id.length, 0);
  return { ids, length, bytes: 1 + text + (length === 0 ? ids.length : 0) };
}
