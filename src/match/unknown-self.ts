import { canonicalKana, canonicalName } from '../detect/index.ts';
import { foreignAttributes } from './group-persons.ts';
import type { Party } from './resolve-recipients.ts';
import type { Scene } from './scene.ts';

/** POLICY.md, "The unknown self": the recipient is the person when greeting or display name say so and all personal data is that person's, or when a block with the data holds the recipient's address. */
export function isSelf(party: Party, names: readonly string[], scene: Scene): boolean {
  const called = selfNames(party, scene);
  const others = scene.persons.filter(
    (person) => person.isFullName && foreignAttributes(person).length > 0 && !names.includes(person.name),
  );
  if (names.some((name) => called.has(name)) && others.length === 0) return true;
  const units = unitsOf(party, scene);
  return scene.persons.some((person) => names.includes(person.name) && [...person.units].some((unit) => units.has(unit)));
}

/** Full names that greeting and display name give an unknown recipient. */
export function selfNames(party: Party, scene: Scene): ReadonlySet<string> {
  const greeted = scene.greetings.filter((greeting) => greeting.isFull).map((greeting) => greeting.name);
  return new Set([...greeted, canonicalName(party.displayName), canonicalKana(party.displayName)].filter((name) => name !== ''));
}

/** Paragraphs and rows that hold the recipient's own address: a form, a signature. */
function unitsOf(party: Party, scene: Scene): ReadonlySet<string> {
  const own = scene.items.filter(
    (item) => item.detection.type === 'email' && !item.isOwnHeader && !item.inTable && item.detection.canonical === party.base,
  );
  return new Set(own.map((item) => item.unit));
}
