import { firstHash, mixed, nextHash, type FoldedPlace } from './fold-place.ts';

/** A town that a folded place begins with: its length in units, its offset behind it in the text, and what the table knows of it. */
export type TownMatch = { readonly length: number; readonly end: number; readonly value: number };

const slots = 1 << 19;

/**
 * Towns by owner (a municipality, a city of wards, or everybody), without an object for each of the 250,000 entries: names stay in one
 * text, an open-addressing table points into it (5 MB in all; a Map of strings takes 30).
 */
export class TownTable {
  readonly #names: Uint16Array;
  readonly #offsets = new Uint32Array(slots);
  readonly #owners = new Uint16Array(slots);
  readonly #values = new Uint16Array(slots);
  readonly #lengths = new Uint8Array(slots);

  /** `names`: the text that `add`'s offsets point into. */
  constructor(names: Uint16Array) {
    this.#names = names;
  }

  /** Adds the name `[start, end)` for each owner; `merge` decides what is kept when the owner has it already. */
  add(owner: number, start: number, end: number, value: number, merge: (old: number) => number): void {
    let hash = firstHash(owner);
    for (let at = start; at < end; at += 1) hash = nextHash(hash, this.#names[at] ?? 0);
    let slot = mixed(hash) & (slots - 1);
    while (this.#lengths[slot] !== 0) {
      if (this.#owners[slot] === owner && this.#isSame(slot, start, end)) {
        this.#values[slot] = merge(this.#values[slot] ?? 0);
        return;
      }
      slot = (slot + 1) & (slots - 1);
    }
    this.#offsets[slot] = start;
    this.#lengths[slot] = end - start;
    this.#owners[slot] = owner;
    this.#values[slot] = value;
  }

  /** The longest town of `owner` that the place begins with. */
  longest(owner: number, { units, ends }: FoldedPlace): TownMatch | null {
    let hash = firstHash(owner);
    let best: TownMatch | null = null;
    for (let index = 0; index < units.length; index += 1) {
      hash = nextHash(hash, units[index] ?? 0);
      const end = ends[index] ?? -1;
      if (end === -1) continue;
      const slot = this.#find(owner, mixed(hash), units, index + 1);
      if (slot !== -1) best = { length: index + 1, end, value: this.#values[slot] ?? 0 };
    }
    return best;
  }

  #find(owner: number, hash: number, units: readonly number[], length: number): number {
    for (let slot = hash & (slots - 1); this.#lengths[slot] !== 0; slot = (slot + 1) & (slots - 1)) {
      if (this.#owners[slot] !== owner || this.#lengths[slot] !== length) continue;
      const offset = this.#offsets[slot] ?? 0;
      let same = 0;
      while (same < length && this.#names[offset + same] === units[same]) same += 1;
      if (same === length) return slot;
    }
    return -1;
  }

  #isSame(slot: number, start: number, end: number): boolean {
    const offset = this.#offsets[slot] ?? 0;
    if (this.#lengths[slot] !== end - start) return false;
    for (let at = start; at < end; at += 1) if (this.#names[at] !== this.#names[offset + at - start]) return false;
    return true;
  }
}
