import type { FoundName } from './found-name.ts';
import { WordStarts } from './word-starts.ts';

const longestName = 24;
const shortestName = 3;

/** Names found for sure, to be found wherever else they stand in the mail, with or without spaces. */
export class SureNames {
  readonly #names: ReadonlySet<string>;
  readonly #starts = new WordStarts();
  readonly #longest: number;

  constructor(names: ReadonlySet<string>) {
    this.#names = names;
    let longest = 0;
    for (const name of names) {
      if (name !== '') this.#starts.add(name);
      longest = Math.max(longest, Math.min(name.length, longestName));
    }
    this.#longest = longest;
  }

  /** Cost follows the text's length, however many names there are. `mayStart`: where one may begin; nearly every kana begins some name's reading. */
  findAgain(text: string, mayStart: (text: string, at: number) => boolean = anywhere): readonly FoundName[] {
    const found: FoundName[] = [];
    if (this.#names.size === 0) return found;
    for (let at = 0; at < text.length; at += 1) {
      if (!this.#starts.mayBegin(text, at) || !mayStart(text, at)) continue;
      const end = endOfName(text, at, this.#longest, this.#names);
      if (end !== -1) found.push({ start: at, end, confidence: 0.9, evidence: 'seen-elsewhere', full: true, strong: false });
    }
    return found;
  }
}

const anywhere = (): boolean => true;

/** The end of the longest sure name that begins at `at`, spaces and ・ inside it passed over; -1 when there is none. */
function endOfName(text: string, at: number, longest: number, sure: ReadonlySet<string>): number {
  let name = '';
  let end = -1;
  for (let index = at; index < text.length && name.length < longest; index += 1) {
    const character = text.charAt(index);
    if (character === '\n') break;
    if (character === ' ' || character === '・') continue;
    name += character.toUpperCase();
    if (name.length >= shortestName && sure.has(name)) end = index + 1;
  }
  return end;
}
