import { allMatches } from '../all-matches.ts';
import type { Evidence } from '../detection.ts';

/** A name in normalised text. `full`: surname and given name; `strong`: a cue says it is a name, so it may be looked for elsewhere in the mail. */
export type FoundName = {
  readonly start: number;
  readonly end: number;
  readonly confidence: number;
  readonly evidence: Evidence;
  readonly full: boolean;
  readonly strong: boolean;
};

/** A name that a word or shape beside it gives away. */
export const cued = (start: number, end: number, confidence: number, full: boolean): FoundName => ({
  start,
  end,
  confidence,
  evidence: 'context-word',
  full,
  strong: full,
});

/** The first group of every match that `isName` accepts; two words are a full name. */
export function takeAll(line: string, pattern: RegExp, found: FoundName[], confidence: number, isName: (text: string) => boolean): void {
  for (const match of allMatches(line, pattern)) {
    const name = match[1] ?? '';
    const start = match.index + match[0].lastIndexOf(name);
    if (isName(name)) found.push(cued(start, start + name.length, confidence, name.includes(' ')));
  }
}
