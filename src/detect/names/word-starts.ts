const firstMask = 0xfff;
const pairMask = 0x3fff;
const space = 0x20;
const middleDot = 0x30fb;

/** How a set of words begins: two looks tell of nearly every place in a text that none of them stands there. May say yes for nothing. */
export class WordStarts {
  readonly #firsts = new Uint8Array(firstMask + 1);
  /** First units of words of one unit. */
  readonly #alone = new Uint8Array(firstMask + 1);
  readonly #pairs = new Uint8Array(pairMask + 1);

  /** Capital letters of the word stand for small ones too. */
  add(word: string): void {
    for (const first of spellingsOf(word.charCodeAt(0))) {
      this.#firsts[first & firstMask] = 1;
      if (word.length === 1) this.#alone[first & firstMask] = 1;
      else for (const second of spellingsOf(word.charCodeAt(1))) this.#pairs[mix(first, second)] = 1;
    }
  }

  /** Spaces and ・ may stand behind the first unit. */
  mayBegin(text: string, at: number): boolean {
    const first = text.charCodeAt(at);
    if (this.#firsts[first & firstMask] === 0) return false;
    if (this.#alone[first & firstMask] === 1) return true;
    let next = at + 1;
    while (text.charCodeAt(next) === space || text.charCodeAt(next) === middleDot) next += 1;
    return this.#pairs[mix(first, text.charCodeAt(next))] === 1;
  }
}

const spellingsOf = (unit: number): readonly number[] => [unit, String.fromCharCode(unit).toLowerCase().charCodeAt(0)];
const mix = (first: number, second: number): number => (Math.imul(first, 0x9e3b) ^ Math.imul(second, 0x2c1b)) & pairMask;
