import type { EntityType } from '../detect/index.ts';
import { domainOf } from '../message/index.ts';
import type { Row } from './customer-index.ts';
import type { Facts } from './facts.ts';
import type { Scene } from './scene.ts';
import type { Person } from './group-persons.ts';
import type { Item } from './items.ts';

/** How many distinct persons' data the content holds (POLICY.md, bulk_pii): named ones with an attribute, or a list of addresses or phones. */
export function measureBulk(scene: Scene): Facts['bulk'] {
  const recipients = new Set(scene.visible.map((party) => party.base));
  const thread = new Set(scene.quoted.flatMap(({ author, others }) => [author, ...others]));
  const counts = (item: Item): boolean =>
    !item.isOwnHeader &&
    !item.isOurs &&
    item.detection.confidence >= 0.5 &&
    !(item.detection.type === 'email' && (recipients.has(item.detection.canonical) || thread.has(item.detection.canonical)));
  const readers = recipientsAmong(scene);
  const persons = scene.persons.filter((person) => person.name !== '' && !readers.has(person) && person.foreign.some(counts));
  const isOfReader = (item: Item): boolean => {
    const person = scene.personOf.get(item);
    return person !== undefined && readers.has(person);
  };
  const lists = (['email', 'phone', 'address'] as const).map((type) =>
    scene.items.filter((item) => item.detection.type === type && counts(item) && !isOfReader(item)),
  );
  const [longest] = lists.map((list) => ({ list, count: distinct(list) })).toSorted((a, b) => b.count - a.count);
  const most = longest?.count ?? 0;
  const named = persons.flatMap((person) => [...person.names, ...person.attributes]);
  const count = persons.reduce((sum, person) => sum + bearersOf(person.attributes.filter(counts)), 0);
  const items = count >= most ? named : (longest?.list ?? []);
  return {
    persons: Math.max(count, most),
    types: [...new Set(items.map((item): EntityType => item.detection.type))],
    places: items.slice(0, 50).map((item) => item.location),
    customers: scene.customers.idsOf(firstRows(items, 100)),
    ofOwnCompany: isOwnCompany(items, scene),
  };
}

/** The records that the items speak for, at most so many. A postal code is thousands of people's. */
function firstRows(items: readonly Item[], most: number): readonly Row[] {
  const rows = new Set<Row>();
  for (const item of items) {
    if (item.detection.type === 'postal_code') continue;
    for (const row of item.rows) {
      if (rows.size === most) return [...rows];
      rows.add(row);
    }
  }
  return [...rows];
}

/** Those who get the list: by record, or by the name beside the address. */
function recipientsAmong({ persons, visible }: Scene): ReadonlySet<Person> {
  const customers = visible.filter(({ kind }) => kind === 'customer');
  const rows = new Set(customers.flatMap((party) => party.rows));
  const shown = new Set(visible.map(({ shownName }) => shownName));
  const shownOfOthers = new Set(visible.filter(({ kind }) => kind !== 'customer').map(({ shownName }) => shownName));
  const gets = ({ name, names }: Person): boolean => {
    // Of a customer whose name is in records these decide, not what stands beside the address.
    const isRecorded = names.some((item) => item.rows.length > 0);
    if (name !== '' && (isRecorded ? shownOfOthers : shown).has(name)) return true;
    return isRecorded && rows.size > 0 && names.some((item) => item.rows.some((row) => rows.has(row)));
  };
  return new Set(persons.filter(gets));
}

/** Namesakes that are compared with each other; more of one name are taken for as many as these. */
const mostNamesakes = 64;

/**
 * How many persons of one name the rows of tables are about: a row is another person's when each kind of data that both rows have differs.
 * Data outside tables adds nobody.
 */
function bearersOf(attributes: readonly Item[]): number {
  const rows = new Map<string, Map<string, Set<string>>>();
  for (const { inTable, unit, detection } of attributes) {
    if (!inTable) continue;
    const row = rows.get(unit) ?? new Map<string, Set<string>>();
    rows.set(unit, row);
    row.set(detection.type, (row.get(detection.type) ?? new Set()).add(detection.canonical));
  }
  const persons: Map<string, Set<string>>[] = [];
  for (const row of rows.values()) {
    const same = persons.find((person) => isSamePerson(person, row));
    if (same === undefined) {
      if (persons.length < mostNamesakes) persons.push(row);
    } else for (const [type, values] of row) same.set(type, new Set([...(same.get(type) ?? []), ...values]));
  }
  return Math.max(1, persons.length);
}

function isSamePerson(person: ReadonlyMap<string, ReadonlySet<string>>, row: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  const shared = [...row].filter(([type]) => person.has(type));
  return shared.length === 0 || shared.some(([type, values]) => [...values].some((value) => person.get(type)?.has(value) === true));
}

const distinct = (items: readonly Item[]): number => new Set(items.map((item) => item.detection.canonical)).size;

/** All mail addresses of the list are of the recipients' own domain. */
function isOwnCompany(items: readonly Item[], scene: Scene): boolean {
  const domains = new Set(scene.parties.map((party) => party.domain));
  const emails = items.filter((item) => item.detection.type === 'email');
  return emails.length > 0 && emails.every((item) => domains.has(domainOf(item.detection.canonical)));
}
