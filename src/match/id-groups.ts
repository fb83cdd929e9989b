import type { IndexChunk } from './index-chunk.ts';
import { idGroup } from './index-layout.ts';

type Ids = Pick<IndexChunk, 'rows' | 'ids' | 'idEnds'>;

/** Writes the ids of chunks in groups (see `idGroup`), which go on over the ends of chunks; the last may have fewer ids. */
export class IdGroups {
  readonly #chunks: readonly Ids[];
  /** By group: the length of all its ids, or 0 when they differ. */
  readonly #common: Uint8Array;
  readonly bytes: number;

  constructor(chunks: readonly Ids[]) {
    this.#chunks = chunks;
    const common = new Uint8Array(Math.ceil(chunks.reduce((sum, { rows }) => sum + rows, 0) / idGroup));
    this.#common = common;
    this.#eachId((length, place, group) => {
      if (place === 0) common[group] = length;
      else if (common[group] !== length) common[group] = 0;
    });
    let bytes = common.length;
    this.#eachId((length, _, group) => (bytes += length + (common[group] === 0 ? 1 : 0)));
    this.bytes = bytes;
  }

  write(bytes: Uint8Array): void {
    let at = 0;
    this.#eachId((length, place, group, { ids }, begin) => {
      const common = this.#common[group] ?? 0;
      if (place === 0) {
        bytes[at] = common;
        at += 1;
      }
      if (common === 0) {
        bytes[at] = length;
        at += 1;
      }
      for (let index = 0; index < length; index += 1) bytes[at + index] = ids[begin + index] ?? 0;
      at += length;
    });
  }

  /** Where each group begins. */
  writePlaces(places: Uint32Array): void {
    let at = 0;
    this.#eachId((length, place, group) => {
      if (place === 0) {
        places[group] = at;
        at += 1;
      }
      at += length + (this.#common[group] === 0 ? 1 : 0);
    });
  }

  /** `place`: within its group. `begin`: in the chunk's ids. */
  #eachId(take: (length: number, place: number, group: number, chunk: Ids, begin: number) => void): void {
    let first = 0;
    for (const chunk of this.#chunks) {
      let begin = 0;
      for (let row = 0; row < chunk.rows; row += 1) {
        const end = chunk.idEnds[row] ?? 0;
        take(end - begin, (first + row) % idGroup, Math.floor((first + row) / idGroup), chunk, begin);
        begin = end;
      }
      first += chunk.rows;
    }
  }
}
