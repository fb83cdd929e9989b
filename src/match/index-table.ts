import type { CustomerId } from '../core/index.ts';
import { canonicalCustomerId } from '../detect/index.ts';
import { toKatakana } from '../normalize/index.ts';
import { at, columns, columnsOf, keyedColumnsOf, kindOf, type Field } from './index-columns.ts';
import { idGroup, readAbout, readHeader, type IndexAbout, type IndexHeader, type IndexKeys, type Section } from './index-layout.ts';
import { KeyedHasher } from './keyed-hash.ts';
import { bucketOfPair, mostOfRareName, pairColumn, type ComparedField } from './namesake-pairs.ts';
import { rowAt } from './order-buckets.ts';
import type { NameFilter } from './probe-names.ts';
import { RowKeys, type RecordKeys, type Row, type WantedKeys } from './row-keys.ts';

/** A value that more records share identifies none of them: a switchboard's number, `none@example.jp`. */
export const mostBearers = 4096;
/** Bearers of one name that are compared one by one; a name that more have is no name. */
const mostCompared = 65_536;

/** Few rows have a wanted key: most are told by a byte of this many, without asking the set. */
const maskSize = 1024;

const isKana = (name: string): boolean => /^[\u3041-\u3096\u30A1-\u30FC]+$/.test(name);

const none = new Uint32Array();
const noBytes = new Uint8Array();

/** The file's sections as typed arrays over the shared bytes. */
export class IndexTable {
  readonly header: IndexHeader;
  readonly about: IndexAbout;
  readonly #hasher: KeyedHasher;
  readonly #keys: readonly Uint32Array[];
  readonly #directories: readonly Uint32Array[];
  readonly #rows: readonly Uint8Array[];
  readonly #ids: Uint8Array;
  readonly #id = Buffer.alloc(256);
  readonly #groups: Uint32Array;
  readonly #landlines: Uint8Array;
  readonly #words: Uint32Array;
  readonly filter: NameFilter;

  constructor(buffer: ArrayBufferLike, keys: IndexKeys) {
    this.#hasher = new KeyedHasher(keys.hash);
    this.header = readHeader(new Uint8Array(buffer));
    const bytesOf = (section: Section, column = 0): Uint8Array => {
      const place = this.header.places.find((entry) => entry.section === section && entry.column === column);
      return place === undefined ? noBytes : new Uint8Array(buffer, place.offset, place.length);
    };
    const wordsOf = (section: Section, column = 0): Uint32Array => {
      const bytes = bytesOf(section, column);
      return bytes.length === 0 ? none : new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
    };
    this.#keys = columns.map((_, column) => wordsOf('keys', column));
    // With those of the namesake pairs behind them.
    const places = [...columns.keys(), pairColumn];
    this.#directories = places.map((column) => wordsOf('directory', column));
    this.#rows = places.map((column) => bytesOf('rows', column));
    this.#ids = bytesOf('ids');
    this.#groups = wordsOf('id_groups');
    this.#landlines = bytesOf('landlines');
    this.#words = wordsOf('words');
    this.filter = { hashKey: keys.hash, pairs: bytesOf('pairs'), names: wordsOf('names') };
    this.about = readAbout(new Uint8Array(buffer));
  }

  /** 32 bits, never 0; comparable with the keys of a row. */
  hash(field: Field, canonical: string): number {
    if (canonical === '') return 0;
    this.#hasher.hash(kindOf[field], canonical);
    return this.#hasher.low || 1;
  }

  has(field: Field): boolean {
    return columnsOf[field].some((column) => this.#holds(column));
  }

  rows(field: Field, canonical: string, most: number): readonly Row[] {
    const found: Row[] = [];
    const low = this.has(field) ? this.hash(field, canonical) : 0;
    if (low === 0) return found;
    const high = this.#hasher.high;
    const isSame = this.#comparison(field, canonical);
    for (const column of columnsOf[field]) {
      const rows = this.#rows[column] ?? noBytes;
      if (rows.length === 0) continue;
      const keys = this.#keys[column] ?? none;
      const isOrdered = columns[column]?.ordered === true;
      const { from, end } = isOrdered ? this.#run(column, high, low, most - found.length) : this.#bucket(column, high);
      for (let place = from; place < end && found.length < most; place += 1) {
        const row = rowAt(rows, place);
        if (isOrdered || (isSame === null ? keys[row] === low : isSame(row, column))) found.push(row);
      }
    }
    return found;
  }

  /** Whether a record has this full name, or this reading where it is one. */
  isNamed(name: string): boolean {
    return this.rows('name', name, 1).length > 0 || (isKana(name) && this.rows('kana', toKatakana(name), 1).length > 0);
  }

  /** Those bearers of a name or reading of whom a compared value is among the wanted ones. */
  bearersWith(field: 'name' | 'kana', canonical: string, wanted: WantedKeys): readonly Row[] {
    const low = this.hash(field, canonical);
    const high = this.#hasher.high;
    const column = at[field];
    if (low === 0 || !this.#holds(column)) return [];
    const pairs = this.#directories[pairColumn] ?? none;
    const { from, end } = this.#run(column, high, low, pairs.length > 0 ? mostOfRareName + 1 : mostCompared);
    const found = new Set<Row>();
    if (pairs.length > 0 && end - from > mostOfRareName) {
      for (const [compared, values] of wanted) {
        const inBuckets = [...values].flatMap((value) => this.#rowsOfPair(column, low, compared, value));
        const bearers = inBuckets.toSorted((a, b) => a - b);
        if (bearers.length > 0) this.#compare(bearers, compared, values, found);
      }
      return [...found];
    }
    const bearers = new Uint32Array(end - from);
    for (let index = 0; index < bearers.length; index += 1) bearers[index] = rowAt(this.#rows[column] ?? noBytes, from + index);
    for (const [compared, values] of wanted) this.#compare(bearers, compared, values, found);
    return [...found];
  }

  /** Adds those rows to `found` that have one of the values: each column is read once, a cache miss a row. */
  #compare(rows: Uint32Array | readonly Row[], field: Field, values: ReadonlySet<number>, found: Set<Row>): void {
    if (values.size === 0) return;
    // Not worth it for few rows.
    const size = rows.length > mostOfRareName ? maskSize : 1;
    const likely = new Uint8Array(size);
    for (const value of values) likely[value % size] = 1;
    for (const keys of keyedColumnsOf[field].map((place) => this.#keys[place] ?? none)) {
      if (keys.length === 0) continue;
      for (const row of rows) {
        const key = keys[row] ?? 0;
        if (likely[key % size] === 1 && values.has(key)) found.add(row);
      }
    }
  }

  /** The bearers of a common name in the bucket of name and value, which they need not have. */
  #rowsOfPair(column: number, name: number, field: ComparedField, value: number): readonly Row[] {
    const pairs = this.#directories[pairColumn] ?? none;
    const bucket = bucketOfPair(pairs, name, field, value);
    const [rows, names] = [this.#rows[pairColumn] ?? noBytes, this.#keys[column] ?? none];
    const found: Row[] = [];
    for (let place = pairs[bucket] ?? 0; place < (pairs[bucket + 1] ?? 0); place += 1) {
      const row = rowAt(rows, place);
      if (names[row] === name) found.push(row);
    }
    return found;
  }

  #holds(column: number): boolean {
    return (this.#rows[column] ?? noBytes).length > 0;
  }

  #bucket(column: number, high: number): { readonly from: number; readonly end: number } {
    const directory = this.#directories[column] ?? none;
    const bucket = high >>> Math.clz32(directory.length - 2);
    return { from: directory[bucket] ?? 0, end: directory[bucket + 1] ?? 0 };
  }

  /** The rows of an ordered column's bucket that have one key, at most so many: they lie together. */
  #run(column: number, high: number, low: number, most: number): { readonly from: number; readonly end: number } {
    const [keys, rows] = [this.#keys[column] ?? none, this.#rows[column] ?? noBytes];
    const { from, end } = this.#bucket(column, high);
    const firstOver = (limit: number, begin: number, end: number): number => {
      let [first, last] = [begin, end];
      while (first < last) {
        const middle = (first + last) >>> 1;
        if ((keys[rowAt(rows, middle)] ?? 0) < limit) first = middle + 1;
        else last = middle;
      }
      return first;
    };
    const first = firstOver(low, from, end);
    return { from: first, end: firstOver(low + 1, first, Math.min(end, first + most)) };
  }

  rowsOfSurname(surname: string): readonly Row[] {
    const found: Row[] = [];
    const wanted = this.hash('surname', surname);
    if (wanted === 0) return found;
    for (const column of [at.surname, at.surnameKana]) {
      const keys = this.#keys[column] ?? none;
      for (let row = keys.indexOf(wanted); row !== -1 && found.length < mostBearers; row = keys.indexOf(wanted, row + 1)) found.push(row);
    }
    return found;
  }

  /** Whether a row of the right bucket really bears a value that has no keys of its own; null for others, which are told by these. */
  #comparison(field: Field, canonical: string): ((row: Row, column: number) => boolean) | null {
    if (field === 'id') return (row) => canonicalCustomerId(this.idOf(row)) === canonical;
    if (field === 'surname_company') {
      const [surname = '', company = ''] = canonical.split('\u0000');
      const [ofSurname, ofCompany] = [this.hash('surname', surname), this.hash('company', company)];
      return (row, column) =>
        this.#keys[column === at.surnameCompany ? at.surname : at.surnameKana]?.[row] === ofSurname &&
        this.#keys[at.company]?.[row] === ofCompany;
    }
    return null;
  }

  keys(row: Row): RecordKeys {
    return new RowKeys(this.#keys, this.#landlines, this.#wordsOf, row);
  }

  /** The words of a foreign name: pairs of row and key, in order of the rows; few rows have any. */
  readonly #wordsOf = (row: Row): readonly number[] => {
    const words = this.#words;
    let [first, last] = [0, words.length / 2];
    while (first < last) {
      const middle = (first + last) >>> 1;
      if ((words[middle * 2] ?? 0) < row) first = middle + 1;
      else last = middle;
    }
    const found: number[] = [];
    for (; words[first * 2] === row; first += 1) found.push(words[first * 2 + 1] ?? 0);
    return found;
  };

  idOf(row: Row): CustomerId {
    let place = this.#groups[Math.floor(row / idGroup)] ?? 0;
    for (let skip = row % idGroup; skip > 0; skip -= 1) place += (this.#ids[place] ?? 0) + 1;
    const length = this.#ids[place] ?? 0;
    // A copy, in one buffer for all: decoders take no shared memory.
    for (let index = 0; index < length; index += 1) this.#id[index] = this.#ids[place + 1 + index] ?? 0;
    return this.#id.toString('utf8', 0, length) as CustomerId;
  }
}
