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

/** The attributes that are personal data of somebody else: of our own staff only private ones, since work contacts are for handing out. */
export const foreignAttributes = (person: Person): readonly Item[] =>
  person.attributes.filter((item) => isAttribute(item) && !item.isOurs && (!person.isOurs || privateTypes.has(item.detection.type)));

/** Persons by name, each with the attributes nearest to it: the name before them in the unit, else the first one behind. */
export function groupPersons(items: readonly Item[]): readonly Person[] {
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
  const byRow = new Map(
    items
      .filter((item) => item.isFullName && !item.isOwnHeader)
      .flatMap((item) => item.rows.map((row) => [row, item.detection.canonical] as const)),
  );
  const recordOwner = (item: Item): string | undefined => item.rows.map((row) => byRow.get(row)).find((name) => name !== undefined);
  for (const [unit, members] of units) {
    const inOrder = members.toSorted((a, b) => a.at - b.at);
    const names = inOrder.filter((item) => item.detection.type === 'person_name' && item.detection.confidence >= 0.5);
    for (const name of names) {
      const person = entry(name.detection.canonical);
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
  return [...byName].map(([key, { names, attributes, units: own }]) => ({
    name: key.startsWith('\u0000') ? '' : key,
    isFullName: names.some((item) => item.isFullName),
    isOurs: names.some((item) => item.isOurs),
    names,
    attributes,
    units: key.startsWith('\u0000') ? new Set([key.slice(1)]) : own,
  }));
}
