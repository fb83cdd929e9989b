import type { FoundName } from './found-name.ts';
import type { KnownNames } from './name-lists.ts';
import { readNameValue } from './read-name-value.ts';
import { columnHeader } from './words.ts';

/** Follows a table line by line: which columns stand under a header that names people. */
export class NameColumns {
  readonly #known: KnownNames;
  #columns: readonly boolean[] = [];

  constructor(known: KnownNames) {
    this.#known = known;
  }

  /** The names in the name columns of this line of cells parted by tabs; a header line gives none and rules the lines below it. */
  read(line: string): readonly FoundName[] {
    const first = line.indexOf('\t');
    if (first === -1) {
      this.#columns = [];
      return [];
    }
    if (
      this.#columns.length === 0 &&
      !/[名者当姓ナ様客人]|氏|Name|NAME|name|よみ|ふり|ヨミ|本人|講師|会員|社員|患者|配偶|家族|相手/.test(line)
    )
      return [];
    const cells = line.split('\t');
    const headers = cells.map((cell) => cell.length <= 16 && columnHeader.test(cell.replaceAll(' ', '')));
    if (headers.includes(true)) {
      this.#columns = headers;
      return [];
    }
    const found: FoundName[] = [];
    let at = 0;
    for (const [index, cell] of cells.entries()) {
      if (this.#columns[index] === true) {
        for (const name of readNameValue(cell, this.#known))
          found.push({ ...name, start: name.start + at, end: name.end + at, evidence: 'column-header' });
      }
      at += cell.length + 1;
    }
    return found;
  }
}
