import type { Detection } from '../detect/index.ts';
import { toKatakana } from '../normalize/index.ts';
import type { CustomerIndex, Row, WantedKeys } from './customer-index.ts';

/**
 * A name that more records bear says nothing until another value of the mail points to one of them: of those that are pointed to, all are
 * found; of the others, a few stand for all.
 */
export const mostNamesakes = 50;
/** Candidates that are named for something that cannot tell them apart. */
export const mostCandidates = 20;

/** Most names have neither hiragana nor anything else that `toKatakana` changes. */
const isKatakana = /^[\u3005\u30A1-\u30FC\u4E00-\u9FFF]*$/;
const readingOf = (canonical: string): string => (isKatakana.test(canonical) ? canonical : toKatakana(canonical));

/** The records that bear a name, as name or as reading; null when they are more than `mostNamesakes`. */
export function bearersOf({ canonical }: Detection, customers: CustomerIndex): readonly Row[] | null {
  const named = customers.rows('name', canonical, mostNamesakes + 1);
  if (named.length > mostNamesakes) return null;
  const read = customers.rows('kana', readingOf(canonical), mostNamesakes + 1);
  const rows = read.length === 0 ? named : [...new Set([...named, ...read])];
  return rows.length > mostNamesakes ? null : rows;
}

/** Rows by their name and by their reading. */
export type RowsByName = { readonly names: ReadonlyMap<number, readonly Row[]>; readonly readings: ReadonlyMap<number, readonly Row[]> };

export function byName(rows: Iterable<Row>, customers: CustomerIndex): RowsByName {
  const named: { row: Row; name: number; kana: number }[] = [];
  for (const row of new Set(rows)) {
    const { name, kana } = customers.keys(row);
    named.push({ row, name, kana });
  }
  const grouped = (key: 'name' | 'kana'): ReadonlyMap<number, readonly Row[]> => {
    const groups = new Map<number, Row[]>();
    for (const entry of named) {
      const group = groups.get(entry[key]);
      if (group === undefined) groups.set(entry[key], [entry.row]);
      else group.push(entry.row);
    }
    return groups;
  };
  return { names: grouped('name'), readings: grouped('kana') };
}

/** Of the many bearers of a name: those among `known`, those with a wanted key, and a few more, in this order. */
export function pointedBearers({ canonical }: Detection, known: RowsByName, wanted: WantedKeys, customers: CustomerIndex): readonly Row[] {
  const kana = readingOf(canonical);
  return [
    ...new Set([
      ...(known.names.get(customers.hash('name', canonical)) ?? []),
      ...(known.readings.get(customers.hash('kana', kana)) ?? []),
      ...customers.bearersWith('name', canonical, wanted),
      ...customers.bearersWith('kana', kana, wanted),
      ...customers.rows('name', canonical, mostCandidates),
      ...customers.rows('kana', kana, mostCandidates),
    ]),
  ];
}

/** What a relation of these records must have in common with one of them (`areRelated`). */
export function keysOfRelations(rows: readonly Row[], customers: CustomerIndex): WantedKeys {
  const [company, domain, email, address, phone] = Array.from({ length: 5 }, () => new Set<number>());
  for (const row of rows) {
    const keys = customers.keys(row);
    company?.add(keys.company);
    address?.add(keys.address);
    if (keys.company === 0) phone?.add(keys.landline);
    for (const value of keys.domains) domain?.add(value);
    for (const value of keys.emails) email?.add(value);
  }
  const wanted = [
    ['company', company],
    ['domain', domain],
    ['email', email],
    ['address', address],
    ['phone', phone],
  ] as const;
  // 0 is the key of an empty field.
  for (const [, values] of wanted) values?.delete(0);
  return new Map(wanted.map(([field, values]) => [field, values ?? new Set<number>()]));
}
