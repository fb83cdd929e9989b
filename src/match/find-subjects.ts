import { canonicalName, type DetectionLists, type EntityType } from '../detect/index.ts';
import type { Location, TextSegment } from '../extract/index.ts';
import type { Strength } from './customer.ts';
import type { CustomerIndex, Row } from './customer-index.ts';
import { companiesWith, keysOfCompanies } from './company-words.ts';
import { canonicalCompany, surnameOf } from './index-fields.ts';
import type { Item } from './items.ts';

/** A customer whom the content is about: one record, or several that the content cannot tell apart. */
export type Subject = {
  readonly rows: readonly Row[];
  readonly strength: Strength;
  readonly types: readonly EntityType[];
  readonly places: readonly Location[];
  /** Named by an attachment's file name or addressee line. */
  readonly isAddressee: boolean;
  /** Stands only in quoted history. */
  readonly onlyQuoted: boolean;
  readonly items: readonly Item[];
};

const identifying = new Set(['customer_id', 'email', 'phone']);
const corroborating = new Set(['customer_id', 'email', 'phone', 'address', 'birth_date']);

/** POLICY.md, "Whom it is about". Greetings and our own data are no evidence; `ignored` rows are not either (visible recipients' own contact data). */
export function findSubjects(
  items: readonly Item[],
  segments: readonly TextSegment[],
  customers: CustomerIndex,
  lists: DetectionLists,
  ignored: ReadonlySet<Row>,
): readonly Subject[] {
  const evidence = items.filter(
    (item) =>
      item.rows.length > 0 &&
      !item.isOwnHeader &&
      !(item.isOurs && item.detection.type !== 'person_name') &&
      !(item.greeting && item.detection.type === 'person_name'),
  );
  // Names bring thousands of rows, what corroborates them few.
  const fieldsOf = new Map<Row, Item[]>();
  for (const item of evidence)
    if (corroborating.has(item.detection.type)) for (const row of item.rows) if (!ignored.has(row)) push(fieldsOf, row, item);
  const subjects: Subject[] = [];
  const claimed = new Set<Item>();
  for (const items of groupBy(
    evidence.filter((item) => item.detection.type === 'person_name'),
    (item) => item.detection.canonical,
  ).values())
    subjects.push(...subjectsOfName(items, { fieldsOf, ignored, claimed }, segments, customers));
  for (const items of groupBy(
    evidence.filter((item) => identifying.has(item.detection.type) && !claimed.has(item)),
    (item) => `${item.detection.type}:${item.detection.canonical}`,
  ).values()) {
    const rows = (items[0]?.rows ?? []).filter((row) => !ignored.has(row));
    // A phone that several records share says as much of each; with a name found for one of them it is that one's.
    if (rows.length === 0 || subjects.some((subject) => subject.strength === 'strong' && subject.rows.some((row) => rows.includes(row))))
      continue;
    subjects.push(makeSubject(rows, 'strong', items));
  }
  return mergeSame([
    ...subjects,
    ...bySurnameAndCompany(items, segments, customers, lists, ignored, subjects),
    ...byCompanyAddressed(segments, customers, ignored, subjects),
  ]);
}

const strengths: readonly Strength[] = ['weak', 'medium', 'strong'];

/** One subject for the same records: a name and its reading, a name here and a phone there. */
function mergeSame(subjects: readonly Subject[]): readonly Subject[] {
  // Only lists of one sum can be the same: of the long ones hardly any is written out.
  const sums = new Map(subjects.map((subject) => [subject, subject.rows.reduce((sum, row) => sum + row, 0)]));
  const bySum = Map.groupBy(sums.values(), (sum) => sum);
  const keyOf = (subject: Subject): string => {
    const sum = sums.get(subject) ?? 0;
    return bySum.get(sum)?.length === 1 ? `sum ${sum}` : subject.rows.toSorted((a, b) => a - b).join();
  };
  return [...groupBy(subjects, keyOf).values()].map((same) => {
    const [first] = same;
    return same.length === 1 && first !== undefined ? first : mergedSubject(same);
  });
}

const mergedSubject = (same: readonly Subject[]): Subject => ({
  rows: same[0]?.rows ?? [],
  strength: same.reduce<Strength>(
    (best, { strength }) => (strengths.indexOf(strength) > strengths.indexOf(best) ? strength : best),
    'weak',
  ),
  types: [...new Set(same.flatMap(({ types }) => types))],
  places: same.flatMap(({ places }) => places),
  isAddressee: same.some(({ isAddressee }) => isAddressee),
  onlyQuoted: same.every(({ onlyQuoted }) => onlyQuoted),
  items: [...new Set(same.flatMap(({ items }) => items))],
});

/** What a mail says of records: the corroborating items of each, those that say nothing, and the items that a name has taken as its own. */
type Evidence = {
  readonly fieldsOf: ReadonlyMap<Row, readonly Item[]>;
  readonly ignored: ReadonlySet<Row>;
  readonly claimed: Set<Item>;
};

/** The records of one name: those that most else in the mail speaks for; all of them when nothing does. */
function subjectsOfName(
  items: readonly Item[],
  { fieldsOf, ignored, claimed }: Evidence,
  segments: readonly TextSegment[],
  customers: CustomerIndex,
): Subject[] {
  // Items of one name share their rows, mostly in one list.
  const lists = [...new Set(items.map((item) => item.rows))];
  const bearers = lists.length === 1 && lists[0] !== undefined ? lists[0] : [...new Set(lists.flat())];
  const rows = bearers.filter((row) => !ignored.has(row));
  if (rows.length === 0) return [];
  const companies = keysOfCompanies(items, segments, customers);
  // Of a common name's rows hardly any is spoken for.
  const spokenFor = companies.size > 0 ? rows : rows.filter((row) => fieldsOf.has(row));
  const support = spokenFor.map((row) => {
    const fields = (fieldsOf.get(row) ?? []).filter((item) => supports(item, items));
    const company = companies.size === 0 ? 0 : customers.keys(row).company;
    const atCompany = company !== 0 && companies.has(company);
    return { row, fields, atCompany, weight: kinds(fields) + (atCompany ? 1 : 0) };
  });
  const most = support.reduce((best, { weight }) => Math.max(best, weight), 0);
  const best = most === 0 ? [] : support.filter(({ weight }) => weight === most);
  const bestRows = most === 0 ? rows : best.map(({ row }) => row);
  const extra = [...new Set(best.flatMap(({ fields }) => fields))];
  const isAddressee = items.some((item) => isAddresseeLine(item, segments));
  // Staff who are customers too: their name alone is their work.
  if (most === 0 && items.every((item) => item.isOurs)) return [];
  // Nothing tells him from a recipient of his name: it is the recipient.
  if (most === 0 && rows.length < bearers.length) return [];
  for (const item of extra) claimed.add(item);
  const strength: Strength = most > 0 ? 'strong' : 'medium';
  if (strength === 'medium' && rows.length > 1 && !isAddressee) return [{ ...makeSubject(rows, 'weak', items), isAddressee }];
  const subject = makeSubject(bestRows, strength, [...items, ...extra]);
  const types = best.some(({ atCompany }) => atCompany) ? [...subject.types, 'company'] : subject.types;
  return [{ ...subject, types, isAddressee: isAddressee && bestRows.length === 1 }];
}

const kinds = (items: readonly Item[]): number => new Set(items.map((item) => item.detection.type)).size;

/** Whether a field speaks for a name: an identifying one anywhere in the mail, any other in the name's own paragraph, row or document. */
function supports(item: Item, names: readonly Item[]): boolean {
  if (identifying.has(item.detection.type)) return true;
  return names.some((name) => name.detection.segment === item.detection.segment) || !item.inTable;
}

/** The name in a file name, or before 様 or 御中 at the end of a line of an attachment. */
function isAddresseeLine(item: Item, segments: readonly TextSegment[]): boolean {
  if (item.location.in === 'file-name') return true;
  if (item.location.in === 'body' || item.location.in === 'header') return false;
  const behind = (segments[item.detection.segment]?.text ?? '').slice(item.detection.end, item.detection.end + 6).normalize('NFKC');
  return /^\s?(?:様|殿|御中)/.test(behind);
}

/** 佐藤 of a company that one record with this surname belongs to, on one line or the line after the company. */
function bySurnameAndCompany(
  items: readonly Item[],
  segments: readonly TextSegment[],
  customers: CustomerIndex,
  lists: DetectionLists,
  ignored: ReadonlySet<Row>,
  subjects: readonly Subject[],
): readonly Subject[] {
  const found: Subject[] = [];
  if (!customers.has('surname_company')) return found;
  for (const item of items) {
    if (
      item.detection.type !== 'person_name' ||
      item.rows.length > 0 ||
      item.isOwnHeader ||
      item.greeting ||
      item.isOurs ||
      item.isFullName
    )
      continue;
    const surname = surnameOf(item.text, lists) || canonicalName(item.text);
    const companies = new Set(companiesWith(item, segments));
    const rows = new Set([...companies].flatMap((company) => customers.rowsAtCompany(canonicalName(surname), company)));
    const matching = [...rows].filter((row) => !ignored.has(row));
    if (matching.length === 1 && !subjects.some((subject) => subject.rows.includes(matching[0] ?? -1)))
      found.push({ ...makeSubject(matching, 'medium', [item]), isAddressee: isAddresseeLine(item, segments) });
  }
  return found;
}

const heading = /^[^\S\n]*([^\n]{2,40}?)[^\S\n]*御中[^\S\n]*$/gm;
/** How far into a document its addressee stands. */
const headLength = 1500;

/** The company to which an attachment is addressed (「佐用製菓 御中」, 見積書_佐用製菓御中.pdf) and in which no person of it is named. */
function byCompanyAddressed(
  segments: readonly TextSegment[],
  customers: CustomerIndex,
  ignored: ReadonlySet<Row>,
  subjects: readonly Subject[],
): readonly Subject[] {
  const found = new Map<string, Subject>();
  for (const { text, location } of segments) {
    if (location.in === 'body' || location.in === 'header' || location.in === 'metadata') continue;
    const head =
      location.in === 'file-name' ? text.replace(/\.[A-Za-z0-9]{1,5}$/, '').replaceAll(/[_\-・]/g, '\n') : text.slice(0, headLength);
    for (const [, addressee = ''] of head.normalize('NFKC').matchAll(heading)) {
      const company = companyAt(addressee, customers);
      const rows = company === '' ? [] : customers.rows('company', company).filter((row) => !ignored.has(row));
      if (rows.length === 0 || subjects.some((subject) => subject.rows.some((row) => rows.includes(row)))) continue;
      found.set(company, {
        ...makeSubject(rows, 'medium', []),
        types: ['company'],
        places: [location],
        isAddressee: true,
        onlyQuoted: false,
      });
    }
  }
  return [...found.values()];
}

/** The company of a line that may name a department behind it: 佐用製菓 製造部. */
function companyAt(addressee: string, customers: CustomerIndex): string {
  const words = addressee.split(/[\s]+/);
  for (let length = words.length; length > 0; length -= 1) {
    const company = canonicalCompany(words.slice(0, length).join(''));
    if (company.length >= 2 && customers.rows('company', company).length > 0) return company;
  }
  return '';
}

function makeSubject(rows: readonly Row[], strength: Strength, items: readonly Item[]): Subject {
  return {
    rows,
    strength,
    types: [...new Set(items.map((item) => item.detection.type))],
    places: items.map((item) => item.location),
    isAddressee: false,
    onlyQuoted: items.every((item) => item.quoted),
    items,
  };
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

function groupBy<K, V>(values: readonly V[], keyOf: (value: V) => K): ReadonlyMap<K, readonly V[]> {
  const groups = new Map<K, V[]>();
  for (const value of values) push(groups, keyOf(value), value);
  return groups;
}
