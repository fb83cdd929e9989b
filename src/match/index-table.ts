import type { CustomerId } from '../core/index.ts';
import { canonicalCustomerId } from '../detect/index.ts';
import { toKatakana } from '../normalize/index.ts';
import { at, columns, columnsOf, keyedColumnsOf, kindOf, type Field } from './index-columns.ts';
import { idGroup, readAbout, readHeader, type IndexAbout, type IndexHeader, type IndexKeys, type Section } from './index-layout.ts';
import { KeyedHasher } from './keyed-hash.ts';
import { mostOfRareName, pairColumn, placeOfPair, type ComparedField } from './namesake-pairs.ts';
import type { NameFilter } from './probe-names.ts';
import { bucketOf, rowIn, tagIn, tagOf } from './row-buckets.ts';
import { keyAt, noKeys, RowKeys, type KeyColumn, type RecordKeys, type Row, type WantedKeys } from './row-keys.ts';

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
  readonly #keys: readonly KeyColumn[];
  readonly #directories: readonly Uint32Array[];
  readonly #rows: readonly Uint32Array[];
  readonly #fields: ReadonlySet<Field>;
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
    const records = this.header.places.filter(({ section }) => section === 'records');
    const words = new Uint32Array(buffer, records[0]?.offset ?? 0, records.length * this.header.rows);
    this.#keys = columns.map((_, column): KeyColumn => {
      const first = records.findIndex((entry) => entry.column === column);
      if (first !== -1) return { words, first, step: records.length };
      const own = wordsOf('keys', column);
      return own.length === 0 ? noKeys : { words: own, first: 0, step: 1 };
    });
    // With those of the namesake pairs behind them.
    const places = [...columns.keys(), pairColumn];
    this.#directories = places.map((column) => wordsOf('directory', column));
    this.#rows = places.map((column) => wordsOf('rows', column));
    const isFilled = (column: number): boolean => this.#holds(column) || this.#keys[column] !== noKeys;
    this.#fields = new Set(columns.flatMap(({ field }, column) => (isFilled(column) ? [field] : [])));
    this.#ids = bytesOf('ids');
    this.#groups = wordsOf('id_groups');
    this.#landlines = bytesOf('landlines');
    this.#words = wordsOf('words');
    this.filter = { hashKey: keys.hash, pairs: bytesOf('pairs'), longer: bytesOf('longer'), names: wordsOf('names') };
    this.about = readAbout(new Uint8Array(buffer));
  }

  /** 32 bits, never 0; comparable with the keys of a row. */
  hash(field: Field, canonical: string): number {
    if (canonical === '') return 0;
    this.#hasher.hash(kindOf[field], canonical);
    return this.#hasher.low || 1;
  }

  has(field: Field): boolean {
    return this.#fields.has(field);
  }

  rows(field: Field, canonical: string, most: number): readonly Row[] {
    const found: Row[] = [];
    const low = this.has(field) ? this.hash(field, canonical) : 0;
    if (low === 0) return found;
    const high = this.#hasher.high;
    const isSame = this.#comparison(field, canonical);
    const tag = tagOf(low);
    for (const column of columnsOf[field]) {
      const rows = this.#rows[column] ?? none;
      if (rows.length === 0) continue;
      const keys = this.#keys[column] ?? noKeys;
      const isOrdered = columns[column]?.ordered === true;
      const { from, end } = isOrdered ? this.#run(column, high, low, most - found.length) : this.#bucket(column, high);
      for (let place = from; place < end && found.length < most; place += 1) {
        const entry = rows[place] ?? 0;
        if (tagIn(entry) !== tag) continue;
        const row = rowIn(entry);
        if (isOrdered || (isSame === null ? keyAt(keys, row) === low : isSame(row, column))) found.push(row);
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
        const bearers = this.#rowsOfPairs(column, low, compared, values).toSorted((a, b) => a - b);
        if (bearers.length > 0) this.#compare(bearers, compared, values, found);
      }
      return [...found];
    }
    const bearers = new Uint32Array(end - from);
    for (let index = 0; index < bearers.length; index += 1) bearers[index] = rowIn(this.#rows[column]?.[from + index] ?? 0);
    for (const [compared, values] of wanted) this.#compare(bearers, compared, values, found);
    return [...found];
  }

  /** Adds those rows to `found` that have one of the values: a cache miss a row. */
  #compare(rows: Uint32Array | readonly Row[], field: Field, values: ReadonlySet<number>, found: Set<Row>): void {
    if (values.size === 0) return;
    // Not worth it for few rows.
    const size = rows.length > mostOfRareName ? maskSize : 1;
    const likely = new Uint8Array(size);
    for (const value of values) likely[value % size] = 1;
    for (const keys of keyedColumnsOf[field].map((place) => this.#keys[place] ?? noKeys)) {
      if (keys === noKeys) continue;
      for (const row of rows) {
        const key = keyAt(keys, row);
        if (likely[key % size] === 1 && values.has(key)) found.add(row);
      }
    }
  }

  /** The bearers of a common name in the buckets of name and each value, which they need not have. */
  #rowsOfPairs(column: number, name: number, field: ComparedField, values: ReadonlySet<number>): Row[] {
    const pairs = this.#directories[pairColumn] ?? none;
    const [rows, names] = [this.#rows[pairColumn] ?? none, this.#keys[column] ?? noKeys];
    const places = Array.from(values, (value) => placeOfPair(pairs, name, field, value));
    const froms = places.map(({ bucket }) => pairs[bucket] ?? 0);
    const ends = places.map(({ bucket }) => pairs[bucket + 1] ?? 0);
    const found: Row[] = [];
    // The first rows of all buckets, then the second ones: the processor waits for the memory of all buckets at once.
    for (let step = 0, isOver = false; !isOver; step += 1) {
      isOver = true;
      for (let index = 0; index < places.length; index += 1) {
        const place = (froms[index] ?? 0) + step;
        if (place >= (ends[index] ?? 0)) continue;
        isOver = false;
        const entry = rows[place] ?? 0;
        if (tagIn(entry) === tagOf(places[index]?.low ?? 0) && keyAt(names, rowIn(entry)) === name) found.push(rowIn(entry));
      }
    }
    return found;
  }

  #holds(column: number): boolean {
    return (this.#rows[column] ?? none).length > 0;
  }

  #bucket(column: number, high: number): { readonly from: number; readonly end: number } {
    const directory = this.#directories[column] ?? none;
    const bucket = bucketOf(high, directory);
    return { from: directory[bucket] ?? 0, end: directory[bucket + 1] ?? 0 };
  }

  /** The rows of an ordered column's bucket that have one key, at most so many: they lie together. */
  #run(column: number, high: number, low: number, most: number): { readonly from: number; readonly end: number } {
    const [keys, rows] = [this.#keys[column] ?? noKeys, this.#rows[column] ?? none];
    const bucket = this.#bucket(column, high);
    const tag = tagOf(low);
    // The tag is the upper part of the key: most other keys are told by it, and records are looked at only among those that have it.
    const isBefore = (place: number, limit: number): boolean => {
      const entry = rows[place] ?? 0;
      return tagIn(entry) === tag ? keyAt(keys, rowIn(entry)) < limit : tagIn(entry) < tag;
    };
    const isOver = (place: number): boolean => !isBefore(place, low + 1);
    const from = firstPlace(bucket.from, bucket.end, (place) => tagIn(rows[place] ?? 0) >= tag);
    if (from === bucket.end || tagIn(rows[from] ?? 0) !== tag) return { from, end: from };
    const first = isBefore(from, low) ? firstPlace(from + 1, bucket.end, (place) => !isBefore(place, low)) : from;
    const last = Math.min(bucket.end, first + most);
    return { from: first, end: last > first && !isOver(last - 1) ? last : firstPlace(first, last, isOver) };
  }

  rowsOfSurname(surname: string): readonly Row[] {
    const found: Row[] = [];
    const wanted = this.hash('surname', surname);
    if (wanted === 0) return found;
    for (const column of [at.surname, at.surnameKana]) {
      const keys = this.#keys[column]?.words ?? none;
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
        this.#key(column === at.surnameCompany ? at.surname : at.surnameKana, row) === ofSurname &&
        this.#key(at.company, row) === ofCompany;
    }
    return null;
  }

  #key(column: number, row: Row): number {
    return keyAt(this.#keys[column] ?? noKeys, row);
  }

  /** One key of each of many rows: nothing stands between the reads, so that the processor waits for many at once. */
  keysOf(field: 'birth_date' | 'postal_code', rows: readonly Row[]): Uint32Array {
    const keys = this.#keys[keyedColumnsOf[field][0] ?? -1] ?? noKeys;
    const found = new Uint32Array(rows.length);
    for (let index = 0; index < rows.length; index += 1) found[index] = keyAt(keys, rows[index] ?? 0);
    return found;
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
    const group = this.#groups[Math.floor(row / idGroup)] ?? 0;
    return this.#idIn(group, this.#ids[group] ?? 0, row);
  }

  /** The same of many rows. How long each id is is read first for all: the processor waits for many of them at once. */
  idsOf(rows: readonly Row[]): readonly CustomerId[] {
    const groups = new Uint32Array(rows.length);
    const lengths = new Uint8Array(rows.length);
    for (let index = 0; index < rows.length; index += 1) groups[index] = this.#groups[Math.floor((rows[index] ?? 0) / idGroup)] ?? 0;
    for (let index = 0; index < rows.length; index += 1) lengths[index] = this.#ids[groups[index] ?? 0] ?? 0;
    return rows.map((row, index) => this.#idIn(groups[index] ?? 0, lengths[index] ?? 0, row));
  }

  /** `common`: the length of all ids of the group, or 0. */
  #idIn(group: number, common: number, row: Row): CustomerId {
    const ids = this.#ids;
    let [length, place] = [common, group + 1 + common * (row % idGroup)];
    if (length === 0) {
      for (let skip = row % idGroup; skip > 0; skip -= 1) place += (ids[place] ?? 0) + 1;
      length = ids[place] ?? 0;
      place += 1;
    }
    // A copy, in one buffer for all: decoders take no shared memory.
    for (let index = 0; index < length; index += 1) this.#id[index] = ids[place + index] ?? 0;
    return this.#id.toString('utf8', 0, length) as CustomerId;
  }
}

/** The first place of `[from, end)` for which `holds`, which holds for all behind it too; `end` when it holds for none. */
function firstPlace(from: number, end: number, holds: (place: number) => boolean): number {
  let [first, last] = [from, end];
  while (first < last) {
    const middle = (first + last) >>> 1;
    if (holds(middle)) last = middle;
    else first = middle + 1;
  }
  return first;
}
