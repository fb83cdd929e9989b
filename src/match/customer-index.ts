import type { CustomerId } from '../core/index.ts';
import { canonicalCustomerId } from '../detect/index.ts';
import type { CustomerLabel } from './customer.ts';
import { labelSeparator } from './index-chunk.ts';
import { at, columns, columnsOf, kindOf, type Field } from './index-columns.ts';
import { pairOf } from './index-fields.ts';
import { idGroup, readAbout, readHeader, type IndexAbout, type IndexHeader, type IndexKeys, type Section } from './index-layout.ts';
import { KeyedHasher } from './keyed-hash.ts';
import { findNames, type NameHit } from './probe-names.ts';
import { openLabels, type SealedFile } from './sealed-labels.ts';

export type { Field } from './index-columns.ts';

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
};

export type CustomerIndex = {
  /** Changes with the table and nothing else. */
  readonly version: string;
  /** Shapes of the ids, as regular expressions; empty when they have none in common. */
  readonly idShapes: readonly string[];
  count(): number;
  /**
   * The records that bear a value, at most `mostBearers` of them. Nothing for values that records are only compared by (surname, room, birth
   * date, postal code, client): thousands share each; see `keys`.
   */
  rows(field: Field, canonical: string): readonly Row[];
  /** Records of a surname (kanji or kana) at a company, both canonical. */
  rowsAtCompany(surname: string, company: string): readonly Row[];
  /** Records of a surname, at most `mostBearers`. Reads a key of every row (10 ms for ten million): for rare questions. */
  rowsOfSurname(surname: string): readonly Row[];
  hash(field: Field, canonical: string): number;
  keys(row: Row): RecordKeys;
  idOf(row: Row): CustomerId;
  /** The sealed label, opened. */
  label(customer: CustomerId): CustomerLabel | null;
  addressesOf(row: Row): readonly string[];
  /** Full names of customers anywhere in a normalized text, whatever stands around them; see `findNames`. */
  probeNames(text: string): readonly NameHit[];
};

/** A value that more records share identifies none of them: a switchboard's number, `none@example.jp`. */
export const mostBearers = 4096;

/** A sealed file that is held in memory. */
export const inMemory = (bytes: Uint8Array): SealedFile => ({
  size: bytes.length,
  // A copy: ciphers take no shared memory.
  read: (offset, length) => Buffer.from(bytes.subarray(offset, offset + length)),
});

/**
 * An index file in memory, which may be shared by threads: nothing is copied, nothing made per row. The bytes must have been checked
 * (`findDamage`). `labels`: read only when a label or an address is asked for, which throws when they are gone or damaged.
 */
export function openCustomerIndex(buffer: ArrayBufferLike, keys: IndexKeys, labels: SealedFile): CustomerIndex {
  const table = new IndexTable(buffer, keys);
  let opened: ((row: Row) => string) | null = null;
  const labelOf = (row: Row): readonly string[] => {
    opened ??= openLabels(keys.labels, labels);
    return opened(row).split(labelSeparator);
  };
  return {
    version: table.about.version,
    idShapes: table.about.idShapes,
    count: () => table.header.rows,
    rows: (field, canonical) => table.rows(field, canonical),
    rowsAtCompany: (surname, company) => table.rows('surname_company', pairOf(surname, company)),
    rowsOfSurname: (surname) => table.rowsOfSurname(surname),
    hash: (field, canonical) => table.hash(field, canonical),
    keys: (row) => table.keys(row),
    idOf: (row) => table.idOf(row),
    label(customer) {
      const rows = table.rows('id', canonicalCustomerId(customer));
      const row = rows.find((candidate) => table.idOf(candidate) === customer);
      if (row === undefined) return null;
      const [name = '', company = '', client = ''] = labelOf(row);
      return { customer, name, company, client };
    },
    addressesOf: (row) =>
      labelOf(row)
        .slice(3)
        .filter((address) => address !== ''),
    probeNames: (text) => findNames(text, table.filter, (name) => table.rows('name', name)),
  };
}

const none = new Uint32Array();
const noBytes = new Uint8Array();

/** The file's sections as typed arrays over the shared bytes. */
class IndexTable {
  readonly header: IndexHeader;
  readonly about: IndexAbout;
  readonly #hasher: KeyedHasher;
  readonly #keys: readonly Uint32Array[];
  readonly #directories: readonly Uint32Array[];
  readonly #rows: readonly Uint8Array[];
  readonly #ids: Uint8Array;
  readonly #groups: Uint32Array;
  readonly #landlines: Uint8Array;
  readonly filter: Parameters<typeof findNames>[1];

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
    this.#directories = columns.map((_, column) => wordsOf('directory', column));
    this.#rows = columns.map((_, column) => bytesOf('rows', column));
    this.#ids = bytesOf('ids');
    this.#groups = wordsOf('id_groups');
    this.#landlines = bytesOf('landlines');
    this.filter = { hashKey: keys.hash, pairs: bytesOf('pairs'), names: wordsOf('names') };
    this.about = readAbout(new Uint8Array(buffer));
  }

  /** 32 bits, never 0; comparable with the keys of a row. */
  hash(field: Field, canonical: string): number {
    if (canonical === '') return 0;
    this.#hasher.hash(kindOf[field], canonical);
    return this.#hasher.low || 1;
  }

  rows(field: Field, canonical: string): readonly Row[] {
    const found: Row[] = [];
    const low = this.hash(field, canonical);
    if (low === 0) return found;
    const high = this.#hasher.high;
    const isSame = this.#comparison(field, canonical, low);
    for (const column of columnsOf[field]) {
      const directory = this.#directories[column] ?? none;
      const rows = this.#rows[column] ?? noBytes;
      if (rows.length === 0) continue;
      const bucket = high >>> Math.clz32(directory.length - 2);
      const end = directory[bucket + 1] ?? 0;
      for (let place = directory[bucket] ?? 0; place < end && found.length < mostBearers; place += 1) {
        const row = (rows[place * 3] ?? 0) | ((rows[place * 3 + 1] ?? 0) << 8) | ((rows[place * 3 + 2] ?? 0) << 16);
        if (isSame(row, column)) found.push(row);
      }
    }
    return found;
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

  /** Whether a row of the right bucket really bears the value: by the other half of its hash; ids by themselves. */
  #comparison(field: Field, canonical: string, low: number): (row: Row, column: number) => boolean {
    if (field === 'id') return (row) => canonicalCustomerId(this.idOf(row)) === canonical;
    if (field === 'surname_company') {
      const [surname = '', company = ''] = canonical.split('\u0000');
      const [ofSurname, ofCompany] = [this.hash('surname', surname), this.hash('company', company)];
      return (row, column) =>
        this.#keys[column === at.surnameCompany ? at.surname : at.surnameKana]?.[row] === ofSurname &&
        this.#keys[at.company]?.[row] === ofCompany;
    }
    return (row, column) => this.#keys[column]?.[row] === low;
  }

  keys(row: Row): RecordKeys {
    return new RowKeys(this.#keys, this.#landlines, row);
  }

  idOf(row: Row): CustomerId {
    let place = this.#groups[Math.floor(row / idGroup)] ?? 0;
    for (let skip = row % idGroup; skip > 0; skip -= 1) place += (this.#ids[place] ?? 0) + 1;
    // A copy: decoders take no shared memory.
    return Buffer.from(this.#ids.subarray(place + 1, place + 1 + (this.#ids[place] ?? 0))).toString('utf8') as CustomerId;
  }
}

/**
 * Reads a column when it is asked for: in a table of millions each is a cache miss, and a common name brings thousands of rows of which two
 * columns are looked at.
 */
class RowKeys implements RecordKeys {
  readonly #keys: readonly Uint32Array[];
  readonly #landlines: Uint8Array;
  readonly #row: Row;

  constructor(keys: readonly Uint32Array[], landlines: Uint8Array, row: Row) {
    this.#keys = keys;
    this.#landlines = landlines;
    this.#row = row;
  }

  #key(column: number): number {
    return this.#keys[column]?.[this.#row] ?? 0;
  }

  #pair(first: number, second: number): readonly number[] {
    return [this.#key(first), this.#key(second)].filter((value) => value !== 0);
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
}
