/** Plain words to look for in lower-case text. */
export type WordList = {
  readonly isEmpty: boolean;
  isIn(text: string): boolean;
  /** The first of the words that stands in `text`, for a person who asks why; null when none does. */
  firstIn(text: string): string | null;
  /** The same for the beginning, behind ご, お, ■ and their like. */
  isAtStart(text: string): boolean;
  /** Where the last of the words ends in `text`; -1 when none is there. */
  lastEnd(text: string): number;
};

/** The words by their first unit: a step of the search is one look at a bit, and words are compared only where one may begin. */
export function toWordList(words: readonly string[]): WordList {
  if (words.length === 0) return { isEmpty: true, isIn: () => false, firstIn: () => null, isAtStart: () => false, lastEnd: () => -1 };
  const longestFirst = [...new Set(words)].toSorted((a, b) => b.length - a.length);
  const byFirst = Map.groupBy(longestFirst, (word) => word.charCodeAt(0));
  const begins = new Int32Array(0x10000 >> 5);
  for (const unit of byFirst.keys()) begins[unit >> 5] = (begins[unit >> 5] ?? 0) | (1 << (unit & 31));

  /** The longest word at the first place from `from` on where one stands: where it begins is `place.at`. */
  const place = { at: 0 };
  const find = (text: string, from: number): string | null => {
    for (let at = from; at < text.length; at += 1) {
      const unit = text.charCodeAt(at);
      if ((((begins[unit >> 5] ?? 0) >>> (unit & 31)) & 1) === 0) continue;
      for (const word of byFirst.get(unit) ?? []) {
        if (!text.startsWith(word, at)) continue;
        place.at = at;
        return word;
      }
    }
    return null;
  };
  const first = new RegExp(`^[^\\p{L}\\p{N}]*[ごお]?(?:${longestFirst.map(escaped).join('|')})`, 'u');
  return {
    isEmpty: false,
    isIn: (text) => find(text, 0) !== null,
    firstIn: (text) => find(text, 0),
    isAtStart: (text) => first.test(text),
    lastEnd: (text) => {
      let end = -1;
      for (let word = find(text, 0); word !== null; word = find(text, end)) end = place.at + word.length;
      return end;
    },
  };
}

const escaped = (word: string): string => word.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
