import { hash2, hash3 } from './feature-hash.ts';

/** So many characters before and behind the one that is described. */
export const gramReach = 3;
const ones = 2 * gramReach + 1;
const twos = 2 * gramReach;
const threes = 2 * gramReach - 1;
const fours = 2 * gramReach - 2;

/**
 * The runs of one to four characters around a character, by where they stand. What one run says of each of its neighbours lies side by side in
 * the weights, eight rows or a cache line for a run: it is hashed once and fetched once, not once for each of seven neighbours.
 */
export class Grams {
  readonly #ones: Int32Array;
  readonly #twos: Int32Array;
  readonly #threes: Int32Array;
  readonly #fours: Int32Array;

  constructor(longest: number) {
    this.#ones = new Int32Array(longest);
    this.#twos = new Int32Array(longest);
    this.#threes = new Int32Array(longest);
    this.#fours = new Int32Array(longest);
  }

  /** Reads the runs that begin in `units[from, to)`; three more units stand behind. */
  read(units: Uint16Array, from: number, to: number): void {
    for (let at = from; at < to; at += 1) {
      const pair = (units[at] as number) | ((units[at + 1] as number) << 16);
      const third = units[at + 2] as number;
      this.#ones[at] = hash2(1, units[at] as number, 0) << 3;
      this.#twos[at] = hash2(2, pair, 0) << 3;
      this.#threes[at] = hash2(3, pair, third) << 3;
      this.#fours[at] = hash3(4, pair, third, units[at + 3] as number) << 2;
    }
  }

  /** Writes the ids for the character at `at` into `ids` from `next` on; returns where they end. */
  describe(at: number, ids: Int32Array, next: number): number {
    const first = at - gramReach;
    let place = next;
    for (let slot = 0; slot < ones; slot += 1) ids[place++] = (this.#ones[first + slot] as number) + slot;
    for (let slot = 0; slot < twos; slot += 1) ids[place++] = (this.#twos[first + slot] as number) + slot;
    for (let slot = 0; slot < threes; slot += 1) ids[place++] = (this.#threes[first + slot] as number) + slot;
    for (let slot = 0; slot < fours; slot += 1) ids[place++] = (this.#fours[first + slot] as number) + slot;
    return place;
  }
}
