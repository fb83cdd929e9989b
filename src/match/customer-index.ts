import type { CustomerId } from '../core/index.ts';
import { canonicalCustomerId } from '../detect/index.ts';
import type { CustomerLabel } from './customer.ts';
import { labelSeparator } from './index-chunk.ts';
import type { Field } from './index-columns.ts';
import { canonicalCompany, pairOf } from './index-fields.ts';
import type { IndexKeys } from './index-layout.ts';
import { IndexTable, mostBearers } from './index-table.ts';
import type { RecordKeys, Row, WantedKeys } from './row-keys.ts';
import { findNames, type NameHit } from './probe-names.ts';
import { openLabels, type SealedFile } from './sealed-labels.ts';

export type { Field } from './index-columns.ts';
export type { RecordKeys, Row, WantedKeys } from './row-keys.ts';

export type CustomerIndex = {
  /** Changes with the table and nothing else. */
  readonly version: string;
  /** Shapes of the ids, as regular expressions; empty when they have none in common. */
  readonly idShapes: readonly string[];
  count(): number;
  /** Whether any record has a value in this field. */
  has(field: Field): boolean;
  /**
   * The records that bear a value, at most `most` (`mostBearers` by default) of them. Nothing for values that records are only compared by
   * (surname, room, birth date, postal code, client): thousands share each; see `keys`.
   */
  rows(field: Field, canonical: string, most?: number): readonly Row[];
  /** Of the bearers of a common name or reading those that have one of the `wanted` keys. */
  bearersWith(field: 'name' | 'kana', canonical: string, wanted: WantedKeys): readonly Row[];
  /** Records of a surname (kanji or kana) at a company, both canonical. */
  rowsAtCompany(surname: string, company: string): readonly Row[];
  /** Records of a surname, at most `mostBearers`. Reads a key of every row (10 ms for ten million): for rare questions. */
  rowsOfSurname(surname: string): readonly Row[];
  /** Other records of the row's company, at most `most`; none where it has no company. Opens a sealed label. */
  colleaguesOf(row: Row, most: number): readonly Row[];
  hash(field: Field, canonical: string): number;
  keys(row: Row): RecordKeys;
  /** One key of each of the rows, 0 where it is empty. */
  keysOf(field: 'birth_date' | 'postal_code', rows: readonly Row[]): Uint32Array;
  idOf(row: Row): CustomerId;
  idsOf(rows: readonly Row[]): readonly CustomerId[];
  /** The sealed label, opened. */
  label(customer: CustomerId): CustomerLabel | null;
  addressesOf(row: Row): readonly string[];
  /** Full names of customers anywhere in a normalized text, whatever stands around them; see `findNames`. */
  probeNames(text: string): readonly NameHit[];
};

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
    has: (field) => table.has(field),
    rows: (field, canonical, most = mostBearers) => table.rows(field, canonical, most),
    bearersWith: (field, canonical, wanted) => table.bearersWith(field, canonical, wanted),
    rowsAtCompany: (surname, company) => table.rows('surname_company', pairOf(surname, company), mostBearers),
    rowsOfSurname: (surname) => table.rowsOfSurname(surname),
    colleaguesOf(row, most) {
      if (table.keys(row).company === 0) return [];
      const [, company = ''] = labelOf(row);
      return table
        .rows('company', canonicalCompany(company), most + 1)
        .filter((other) => other !== row)
        .slice(0, most);
    },
    hash: (field, canonical) => table.hash(field, canonical),
    keys: (row) => table.keys(row),
    keysOf: (field, rows) => table.keysOf(field, rows),
    idOf: (row) => table.idOf(row),
    idsOf: (rows) => table.idsOf(rows),
    label(customer) {
      const rows = table.rows('id', canonicalCustomerId(customer), mostBearers);
      const row = rows.find((candidate) => table.idOf(candidate) === customer);
      if (row === undefined) return null;
      const [name = '', company = '', client = ''] = labelOf(row);
      return { customer, name, company, client };
    },
    addressesOf: (row) =>
      labelOf(row)
        .slice(3)
        .filter((address) => address !== ''),
    probeNames: (text) => findNames(text, table.filter, (name) => table.isNamed(name)),
  };
}
