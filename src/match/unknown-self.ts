import { canonicalKana } from '../detect/index.ts';
import type { CustomerIndex, Row } from './customer-index.ts';
import type { Party } from './resolve-recipients.ts';
import type { Scene } from './scene.ts';

/** Whether these full names are the party's own. */
export type IsSelf = (party: Party, names: readonly string[]) => boolean;

/** POLICY.md, "The unknown self": the recipient is the person when greeting or display name say so and all personal data is that person's, or when a block with the data holds the recipient's address. */
export function readSelves(scene: Scene): IsSelf {
  const bearers = scene.persons.filter((person) => person.isFullName && person.foreign.length > 0);
  const known = new Map<Party, { readonly called: ReadonlySet<string>; readonly units: ReadonlySet<string> }>();
  return (party, names) => {
    const self = known.get(party) ?? { called: selfNames(party, scene), units: unitsOf(party, scene) };
    known.set(party, self);
    if (names.some((name) => self.called.has(name)) && bearers.every((person) => names.includes(person.name))) return true;
    if (self.units.size === 0) return false;
    return scene.persons.some((person) => names.includes(person.name) && [...person.units].some((unit) => self.units.has(unit)));
  };
}

/** Full names that greeting and display name give an unknown recipient. Who is greeted and gets the mail himself is no other recipient. */
export function selfNames(party: Party, scene: Scene): ReadonlySet<string> {
  const greeted = scene.greetings
    .filter(({ isFull, name }) => isFull && !scene.visible.some((other) => other.base !== party.base && isCalled(other, name, scene)))
    .map(({ name }) => name);
  return new Set([...greeted, party.shownName, canonicalKana(party.displayName)].filter((name) => name !== ''));
}

/** By the header, or by his own record. */
const isCalled = ({ kind, shownName, rows }: Party, name: string, { customers }: Scene): boolean =>
  shownName === name || (kind === 'customer' && rows.some((row) => isNameOf(name, row, customers)));

/** In kanji or in kana. */
export function isNameOf(name: string, row: Row, customers: CustomerIndex): boolean {
  const keys = customers.keys(row);
  return keys.name === customers.hash('name', name) || keys.kana === customers.hash('kana', canonicalKana(name));
}

/** Paragraphs and rows that hold the recipient's own address: a form, a signature. */
function unitsOf(party: Party, scene: Scene): ReadonlySet<string> {
  const own = scene.items.filter(
    (item) => item.detection.type === 'email' && !item.isOwnHeader && !item.inTable && item.detection.canonical === party.base,
  );
  return new Set(own.map((item) => item.unit));
}
