import type { TextSegment } from '../extract/index.ts';
import type { Row } from './customer-index.ts';
import type { Item } from './items.ts';

/** A named person in the content and the data that stands with the name, in the same table row or paragraph. */
export type Person = {
  /** Canonical name; '' for data that no name stands with. */
  readonly name: string;
  readonly isFullName: boolean;
  readonly isOurs: boolean;
  readonly names: readonly Item[];
  readonly attributes: readonly Item[];
  readonly units: ReadonlySet<string>;
  /** The attributes that are personal data of somebody else: of our own staff only private ones, since work contacts are for handing out. */
  readonly foreign: readonly Item[];
};

const attributeTypes = new Set([
  'phone',
  'email',
  'address',
  'birth_date',
  'customer_id',
  'my_number',
  'credit_card',
  'bank_account',
  'drivers_license',
  'passport',
  'health_insurance',
  'residence_card',
  'pension_number',
]);
export const isAttribute = (item: Item): boolean => attributeTypes.has(item.detection.type) && item.detection.confidence >= 0.5;

const privateTypes = new Set([
  'address',
  'birth_date',
  'my_number',
  'credit_card',
  'bank_account',
  'drivers_license',
  'passport',
  'health_insurance',
  'residence_card',
  'pension_number',
]);

/**
 * A mail address of ours beside a name, outside tables, is a colleague's signature: whoever stands in no staff file yet. Not below one of somebody
 * else's: From: his own address, To: ours.
 */
function isSignedAsOurs(attributes: readonly Item[]): boolean {
  const emails = attributes.filter((item) => item.detection.type === 'email');
  return emails.some((item) => item.isOurs && !item.inTable) && emails.every((item) => item.isOurs);
}

export const isPrivate = (item: Item): boolean => privateTypes.has(item.detection.type);

/** Persons by name, each with the attributes nearest to it: the name before them in the unit, else the first one behind. A reading is no second name. */
export function groupPersons(items: readonly Item[], segments: readonly TextSegment[]): readonly Person[] {
  const byName = new Map<string, { names: Item[]; attributes: Item[]; units: Set<string> }>();
  const entry = (name: string): { names: Item[]; attributes: Item[]; units: Set<string> } => {
    const known = byName.get(name);
    if (known !== undefined) return known;
    const fresh = { names: [], attributes: [], units: new Set<string>() };
    byName.set(name, fresh);
    return fresh;
  };
  const units = new Map<string, Item[]>();
  for (const item of items) {
    if (item.isOwnHeader) continue;
    const unit = units.get(item.unit);
    if (unit === undefined) units.set(item.unit, [item]);
    else unit.push(item);
  }
  // An attribute that stands in one record with a name of the mail is that person's, wherever it stands.
  const bearerOf = bearersByRow(items);
  const recordOwner = (item: Item): string | undefined => item.rows.map((row) => bearerOf.get(row)).find((name) => name !== undefined);
  for (const [unit, members] of units) {
    const inOrder = members.toSorted((a, b) => a.at - b.at);
    const every = inOrder.filter((item) => item.detection.type === 'person_name' && item.detection.confidence >= 0.5);
    const written = writtenNames(every, segments);
    const names = every.filter((name) => written.get(name) === name);
    for (const name of every) {
      const person = entry(written.get(name)?.detection.canonical ?? name.detection.canonical);
      person.names.push(name);
      person.units.add(unit);
    }
    for (const attribute of inOrder.filter(isAttribute)) {
      const owner =
        names.findLast((name) => name.at <= attribute.at && name.isFullName) ??
        names.findLast((name) => name.at <= attribute.at) ??
        names[0];
      entry(recordOwner(attribute) ?? owner?.detection.canonical ?? `\u0000${unit}`).attributes.push(attribute);
    }
  }
  return [...byName].map(([key, { names, attributes, units: own }]) => {
    const isOurs = names.some((item) => item.isOurs) || isSignedAsOurs(attributes);
    return {
      name: key.startsWith('\u0000') ? '' : key,
      isFullName: names.some((item) => item.isFullName),
      isOurs,
      names,
      attributes,
      units: key.startsWith('\u0000') ? new Set([key.slice(1)]) : own,
      foreign: attributes.filter((item) => isAttribute(item) && !item.isOurs && (!isOurs || isPrivate(item))),
    };
  });
}

/** Of the records that attributes speak for, the full name in the mail that each bears; in kanji rather than its reading. */
function bearersByRow(items: readonly Item[]): ReadonlyMap<Row, string> {
  const rows = new Set(items.filter(isAttribute).flatMap((item) => item.rows));
  const bearers = new Map<Row, string>();
  if (rows.size === 0) return bearers;
  const names = items.filter((item) => item.isFullName && !item.isOwnHeader);
  const isReading = new Set(names.filter((item) => isKana(item.text)));
  for (const item of [...names.filter((name) => isReading.has(name)), ...names.filter((name) => !isReading.has(name))])
    for (const row of item.rows) if (rows.has(row)) bearers.set(row, item.detection.canonical);
  return bearers;
}

const isKana = (text: string): boolean => /^[\u3041-\u3096\u30A1-\u30FC\uFF66-\uFF9F\s・]+$/u.test(text);
const label = /(?:ふりがな|フリガナ|ﾌﾘｶﾞﾅ|よみ|ヨミ|読み|カナ)/;

/** Each name of a unit → itself, or the name in kanji whose reading it is: 三角 遼（みすみ りょう）, a line or column フリガナ beside one. */
function writtenNames(names: readonly Item[], segments: readonly TextSegment[]): ReadonlyMap<Item, Item> {
  const whole = names.filter((name) => name.isFullName && !isKana(name.text));
  return new Map(
    names.map((name) => {
      if (!isKana(name.text)) return [name, name];
      const before = whole.findLast((other) => other.at < name.at && isReading(name, other, segments));
      return [name, before ?? whole.find((other) => other.at > name.at && isReading(name, other, segments)) ?? name];
    }),
  );
}

function isReading(kana: Item, name: Item, segments: readonly TextSegment[]): boolean {
  if (kana.inTable) return true;
  const text = segments[kana.detection.segment]?.text ?? '';
  const [first, second] = kana.at < name.at ? [kana, name] : [name, kana];
  const between = text.slice(first.detection.end, second.at);
  const head = text.slice(text.lastIndexOf('\n', kana.at - 1) + 1, kana.at);
  return between.length <= 60 && (/^\s*[（(［[]\s*$/.test(between) || label.test(head) || label.test(between));
}
