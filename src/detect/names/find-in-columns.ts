import type { FoundName } from './found-name.ts';
import type { KnownNames } from './name-lists.ts';
import { readNameValue } from './read-name-value.ts';
import { columnHeader } from './words.ts';

const surnameHeader = /^(?:姓|氏|苗字|名字|セイ|せい|surname|last ?name|family ?name)$/i;
const givenHeader = /^(?:名|名前|メイ|めい|given ?name|first ?name)$/i;
const partOfName = /^ ?(?:[\p{Script=Han}々ヶ\p{Script=Hiragana}\p{Script=Katakana}ー]{1,7}|[A-Za-z'’-]{2,20}) ?$/u;

/** Follows a table line by line: which columns stand under a header that names people. */
export class NameColumns {
  readonly #known: KnownNames;
  #columns: readonly boolean[] = [];
  #missed = false;
  /** Columns of surnames with the given names in the next one. */
  #parted: readonly boolean[] = [];

  constructor(known: KnownNames) {
    this.#known = known;
  }

  /** The names in the name columns of this line of cells parted by tabs; a header line gives none and rules the lines below it. */
  read(line: string): readonly FoundName[] {
    const first = line.indexOf('\t');
    if (first === -1) {
      // In a PDF a long value fills its column: one row without a gap does not end the table.
      if (this.#missed || line.trim() === '') this.#columns = [];
      this.#missed = true;
      return [];
    }
    this.#missed = false;
    if (
      this.#columns.length === 0 &&
      !/[名者当姓ナ様客人]|氏|Name|NAME|セイ|name|よみ|ふり|ヨミ|本人|講師|会員|社員|患者|配偶|家族|相手/.test(line)
    )
      return [];
    const cells = line.split('\t');
    const headers = cells.map((cell) => cell.length <= 16 && columnHeader.test(cell.replaceAll(' ', '')));
    if (headers.includes(true)) {
      this.#columns = headers;
      this.#parted = cells.map((cell, index) => surnameHeader.test(cell.trim()) && givenHeader.test((cells[index + 1] ?? '').trim()));
      return [];
    }
    const found: FoundName[] = [];
    let at = 0;
    for (const [index, cell] of cells.entries()) {
      const given = cells[index + 1] ?? '';
      if (this.#parted[index] === true && partOfName.test(cell) && partOfName.test(given))
        found.push({
          start: at,
          end: at + cell.length + 1 + given.length,
          confidence: 0.93,
          evidence: 'column-header',
          full: true,
          strong: true,
        });
      else if (this.#columns[index] === true && !(this.#parted[index - 1] === true && partOfName.test(cell))) {
        for (const name of readNameValue(cell, this.#known))
          found.push({ ...name, start: name.start + at, end: name.end + at, evidence: 'column-header' });
      }
      at += cell.length + 1;
    }
    return found;
  }
}
