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

/** The words as one alternation: plain words cannot backtrack, so V8's own engine is safe, and it is ten times quicker than one `includes` a word. */
export function toWordList(words: readonly string[]): WordList {
  if (words.length === 0) return { isEmpty: true, isIn: () => false, firstIn: () => null, isAtStart: () => false, lastEnd: () => -1 };
  const longestFirst = [...new Set(words)].toSorted((a, b) => b.length - a.length);
  const source = longestFirst.map((word) => word.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`)).join('|');
  const any = new RegExp(source);
  const first = new RegExp(`^[^\\p{L}\\p{N}]*[ごお]?(?:${source})`, 'u');
  const every = new RegExp(source, 'g');
  return {
    isEmpty: false,
    isIn: (text) => text !== '' && any.test(text),
    firstIn: (text) => any.exec(text)?.[0] ?? null,
    isAtStart: (text) => first.test(text),
    lastEnd: (text) => {
      let end = -1;
      for (const match of text.matchAll(every)) end = match.index + match[0].length;
      return end;
    },
  };
}
