import { at } from './index-columns.ts';
import type { ComparedField } from './namesake-pairs.ts';

/** A record by its place in the table, from 0. */
export type Row = number;

/** Keyed hashes of one record: enough to say who is related to whom, nothing that can be read. 0: the field is empty. */
export type RecordKeys = {
  readonly name: number;
  readonly kana: number;
  readonly surname: number;
  /** The surname in kana, when it differs. */
  readonly surnameKana: number;
  readonly company: number;
  readonly address: number;
  readonly room: number;
  readonly landline: number;
  readonly birthDate: number;
  readonly postalCode: number;
  readonly client: number;
  readonly domains: readonly number[];
  readonly emails: readonly number[];
  /** Every word of a foreign name and of its reading, as surnames: which of them people are greeted by cannot be told. */
  readonly words: readonly number[];
};

/** Keys by field, to compare records with. */
export type WantedKeys = ReadonlyMap<ComparedField, ReadonlySet<number>>;

/** The keys of one column: of row `n`, `words[first + n * step]`. */
export type KeyColumn = { readonly words: Uint32Array; readonly first: number; readonly step: number };
/** Of a column that no record has a value in. */
export const noKeys: KeyColumn = { words: new Uint32Array(), first: 0, step: 1 };
export const keyAt = ({ words, first, step }: KeyColumn, row: Row): number => words[first + row * step] ?? 0;

const nothing: readonly number[] = [];

/** Reads a key when it is asked for: in a table of millions a record is a cache miss, and of most of them nothing is asked. */
export class RowKeys implements RecordKeys {
  readonly #keys: readonly KeyColumn[];
  readonly #landlines: Uint8Array;
  readonly #words: (row: Row) => readonly number[];
  readonly #row: Row;

  constructor(keys: readonly KeyColumn[], landlines: Uint8Array, words: (row: Row) => readonly number[], row: Row) {
    this.#keys = keys;
    this.#landlines = landlines;
    this.#words = words;
    this.#row = row;
  }

  #key(column: number): number {
    return keyAt(this.#keys[column] ?? noKeys, this.#row);
  }

  #pair(first: number, second: number): readonly number[] {
    const [one, other] = [this.#key(first), this.#key(second)];
    if (other === 0) return one === 0 ? nothing : [one];
    return one === 0 ? [other] : [one, other];
  }

  get name(): number {
    return this.#key(at.name);
  }

  get kana(): number {
    return this.#key(at.kana);
  }

  get surname(): number {
    return this.#key(at.surname);
  }

  get surnameKana(): number {
    return this.#key(at.surnameKana);
  }

  get company(): number {
    return this.#key(at.company);
  }

  get address(): number {
    return this.#key(at.address);
  }

  get room(): number {
    return this.#key(at.room);
  }

  get landline(): number {
    return ((this.#landlines[this.#row >>> 3] ?? 0) & (1 << (this.#row & 7))) === 0 ? 0 : this.#key(at.phone);
  }

  get birthDate(): number {
    return this.#key(at.birthDate);
  }

  get postalCode(): number {
    return this.#key(at.postalCode);
  }

  get client(): number {
    return this.#key(at.client);
  }

  get domains(): readonly number[] {
    return this.#pair(at.domain, at.domain2);
  }

  get emails(): readonly number[] {
    return this.#pair(at.email, at.email2);
  }

  get words(): readonly number[] {
    return this.#words(this.#row);
  }
}
