/** What a word of the lexicon may be; a word may be several things (東 is a surname and a common noun). */
export const wordClasses = {
  commonSurname: 1,
  surname: 2,
  givenName: 4,
  surelyGivenName: 8,
  foreignName: 16,
  place: 32,
  organisation: 64,
  noun: 128,
  otherWord: 256,
  surnameReading: 512,
  givenReading: 1024,
  honorific: 2048,
} as const;

/** Longer words tell nothing more: what matters is where a name begins and ends. */
export const longestWord = 8;
const hasLonger = 0x8000;
const firstHash = 0x811c9dc5;
const emptySlot = 0;
/** Words and their beginnings, with room to spare: Japanese words share few beginnings. */
const entriesPerWord = 2.6;

/**
 * Words → their classes, as an open hash table over 32-bit rolling hashes in two flat arrays that threads can share. A wrong hit has
 * the chance (words / 2³²), about one look-up in 7,000: it is a feature among sixty, never a decision.
 */
export class WordTable {
  readonly #keys: Uint32Array;
  readonly #values: Uint16Array;
  readonly #mask: number;

  constructor(keys: Uint32Array, values: Uint16Array) {
    this.#keys = keys;
    this.#values = values;
    this.#mask = keys.length - 1;
  }

  /**
   * `[class bits, word]` in any order → the table; every beginning of a word is entered too, so that a search knows when to stop.
   * `count`: how many words there are at most, which fixes the table's size.
   */
  static build(words: Iterable<readonly [number, string]>, count: number): { readonly keys: Uint32Array; readonly values: Uint16Array } {
    let size = 1024;
    while (size < count * entriesPerWord) size *= 2;
    const keys = new Uint32Array(size);
    const values = new Uint16Array(size);
    for (const [classes, word] of words) {
      let hash = firstHash;
      const length = Math.min(word.length, longestWord);
      for (let index = 0; index < length; index += 1) {
        hash = step(hash, word.charCodeAt(index));
        let slot = hash & (size - 1);
        while (keys[slot] !== emptySlot && keys[slot] !== hash) slot = (slot + 1) & (size - 1);
        keys[slot] = hash;
        values[slot] = (values[slot] ?? 0) | (index === word.length - 1 ? classes : hasLonger);
      }
    }
    return { keys, values };
  }

  /** The class bits of the words that begin at `at`, by length: `found[length]`; `found[0]` is the longest length. */
  readWords(units: Uint16Array, at: number, end: number, found: Uint16Array): void {
    let hash = firstHash;
    let longest = 0;
    const stop = Math.min(end, at + longestWord);
    for (let index = at; index < stop; index += 1) {
      hash = step(hash, units[index] ?? 0);
      const value = this.#find(hash);
      const classes = value & ~hasLonger;
      found[index - at + 1] = classes;
      if (classes !== 0) longest = index - at + 1;
      if ((value & hasLonger) === 0) break;
    }
    found[0] = longest;
  }

  /** The length of the longest word of one of `classes` that begins at `at`; 0 when there is none. */
  longestOf(text: string, at: number, end: number, classes: number): number {
    let hash = firstHash;
    let longest = 0;
    const stop = Math.min(end, at + longestWord);
    for (let index = at; index < stop; index += 1) {
      hash = step(hash, text.charCodeAt(index));
      const value = this.#find(hash);
      if ((value & classes) !== 0) longest = index - at + 1;
      if ((value & hasLonger) === 0) break;
    }
    return longest;
  }

  /** As bits, the lengths of the words that begin at `at` and are of one of `classes` and of none of `others`. */
  lengthsOf(text: string, at: number, classes: number, others: number): number {
    let hash = firstHash;
    let lengths = 0;
    const stop = Math.min(text.length, at + longestWord);
    for (let index = at; index < stop; index += 1) {
      hash = step(hash, text.charCodeAt(index));
      const value = this.#find(hash);
      if ((value & classes) !== 0 && (value & others) === 0) lengths |= 1 << (index - at + 1);
      if ((value & hasLonger) === 0) break;
    }
    return lengths;
  }

  #find(hash: number): number {
    let slot = hash & this.#mask;
    for (;;) {
      const key = this.#keys[slot];
      if (key === hash) return this.#values[slot] ?? 0;
      if (key === emptySlot) return 0;
      slot = (slot + 1) & this.#mask;
    }
  }
}

/** One more character of a word: the state is the hash, and never the value that marks an empty slot. */
function step(hash: number, unit: number): number {
  let mixed = Math.imul(hash ^ unit, 0x01000193);
  mixed ^= mixed >>> 15;
  mixed = Math.imul(mixed, 0x2c1b3c6d);
  mixed = (mixed ^ (mixed >>> 13)) >>> 0;
  return mixed === emptySlot ? 1 : mixed;
}
