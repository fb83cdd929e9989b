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

/** Both arrays lie in memory that threads share. */
export type WordTableData = {
  /** Two integers a slot: a hash, and the class bits of the word that has it. */
  readonly slots: Uint32Array;
  /** Which pairs of units, and behind those which units alone, a surname may begin with: bits. */
  readonly surnameStarts: Uint8Array;
};

/** So many bits for pairs; a bit for each unit alone follows. */
const pairBits = 1 << 18;
const surnameBits = wordClasses.commonSurname | wordClasses.surname;

/**
 * Words → their classes, as an open hash table over 32-bit rolling hashes in flat arrays. A wrong hit has the chance (words / 2³²), about one
 * look-up in 7,000: it is a feature among sixty, never a decision.
 */
export class WordTable {
  readonly #slots: Uint32Array;
  readonly #surnameStarts: Uint8Array;
  readonly #mask: number;

  constructor({ slots, surnameStarts }: WordTableData) {
    this.#slots = slots;
    this.#surnameStarts = surnameStarts;
    this.#mask = slots.length / 2 - 1;
  }

  /**
   * `[class bits, word]` in any order → the table; every beginning of a word is entered too, so that a search knows when to stop.
   * `count`: how many words there are at most, which fixes the table's size.
   */
  static build(words: Iterable<readonly [number, string]>, count: number): WordTableData {
    let size = 1024;
    while (size < count * entriesPerWord) size *= 2;
    const slots = new Uint32Array(new SharedArrayBuffer(size * 8));
    const surnameStarts = new Uint8Array(new SharedArrayBuffer((pairBits + 0x10000) >> 3));
    for (const [classes, word] of words) {
      let hash = firstHash;
      const length = Math.min(word.length, longestWord);
      for (let index = 0; index < length; index += 1) {
        hash = step(hash, word.charCodeAt(index));
        let slot = (hash & (size - 1)) << 1;
        while (slots[slot] !== emptySlot && slots[slot] !== hash) slot = (slot + 2) & (2 * size - 1);
        slots[slot] = hash;
        slots[slot + 1] = (slots[slot + 1] ?? 0) | (index === word.length - 1 ? classes : hasLonger);
      }
      if ((classes & surnameBits) !== 0 && word !== '') {
        const bit = word.length === 1 ? pairBits + word.charCodeAt(0) : pairBit(word.charCodeAt(0), word.charCodeAt(1));
        surnameStarts[bit >> 3] = (surnameStarts[bit >> 3] ?? 0) | (1 << (bit & 7));
      }
    }
    return { slots, surnameStarts };
  }

  /** False where no surname begins: most places, told without a look into the table, which lies far away in memory. */
  mayBeginSurname(text: string, at: number): boolean {
    const first = text.charCodeAt(at);
    const pair = pairBit(first, text.charCodeAt(at + 1));
    const starts = this.#surnameStarts;
    return (
      ((starts[pair >> 3] as number) & (1 << (pair & 7))) !== 0 || ((starts[(pairBits + first) >> 3] as number) & (1 << (first & 7))) !== 0
    );
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
    const slots = this.#slots;
    let slot = (hash & this.#mask) << 1;
    for (;;) {
      const key = slots[slot] as number;
      if (key === hash) return slots[slot + 1] as number;
      if (key === emptySlot) return 0;
      slot = (slot + 2) & (slots.length - 1);
    }
  }
}

const pairBit = (first: number, second: number): number => (Math.imul(first, 0x9e3b) ^ Math.imul(second, 0x2c1b)) & (pairBits - 1);

/** One more character of a word: the state is the hash, and never the value that marks an empty slot. */
function step(hash: number, unit: number): number {
  let mixed = Math.imul(hash ^ unit, 0x01000193);
  mixed ^= mixed >>> 15;
  mixed = Math.imul(mixed, 0x2c1b3c6d);
  mixed = (mixed ^ (mixed >>> 13)) >>> 0;
  return mixed === emptySlot ? 1 : mixed;
}
