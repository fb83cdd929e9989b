const pairMask = 0xffff;

/**
 * A set of words that knows from a text's next two units how long the words are that may begin there: most places begin none, and to ask costs
 * two look-ups where cutting the text and asking a set takes one for each length.
 */
export class WordSet {
  readonly #words: ReadonlySet<string>;
  /** By first unit: bit 1 when it is a word alone. */
  readonly #single = new Uint8Array(0x10000);
  /** By the first two units, mixed: the lengths of words, as bits. */
  readonly #lengths = new Uint16Array(pairMask + 1);

  constructor(words: Iterable<string>) {
    this.#words = new Set(words);
    for (const word of this.#words) {
      const first = word.charCodeAt(0);
      if (word.length === 1) this.#single[first] = 2;
      else if (word.length > 1)
        this.#lengths[mix(first, word.charCodeAt(1))] = (this.#lengthsOf(word) ?? 0) | (1 << Math.min(word.length, 15));
    }
  }

  get size(): number {
    return this.#words.size;
  }

  has(word: string): boolean {
    return this.#words.has(word);
  }

  /** Bit `n` is set when a word of `n` units may begin at `at`; words of 15 units and more share bit 15. */
  lengthsAt(text: string, at: number): number {
    const first = text.charCodeAt(at);
    return (this.#single[first] ?? 0) | (this.#lengths[mix(first, text.charCodeAt(at + 1))] ?? 0);
  }

  #lengthsOf(word: string): number | undefined {
    return this.#lengths[mix(word.charCodeAt(0), word.charCodeAt(1))];
  }
}

const mix = (first: number, second: number): number => (Math.imul(first, 0x9e3b) ^ Math.imul(second, 0x2c1b)) & pairMask;
