import type { CustomerId } from '../core/index.ts';
import type { Location } from '../extract/index.ts';
import { baseAddress, type Address } from '../message/index.ts';
import type { ThirdPersonFacts } from './facts.ts';
import { mostCandidates } from './find-bearers.ts';
import { foreignAttributes } from './group-persons.ts';
import type { Party } from './resolve-recipients.ts';
import type { Scene } from './scene.ts';
import { isSelf } from './unknown-self.ts';

/** Persons whose data an unknown recipient would learn (POLICY.md, unknown_recipient_pii). */
export function thirdPersons(party: Party, scene: Scene, slips: ReadonlySet<string>): ThirdPersonFacts[] {
  const contacts = new Set(scene.visible.map((other) => other.base));
  const authors = new Set(
    scene.quoted
      .filter(({ others }) => others.some((address) => baseAddress(address) === party.base))
      .map(({ author }) => baseAddress(author)),
  );
  return scene.persons.flatMap((person) => {
    const attributes = foreignAttributes(person);
    if (!person.isFullName || attributes.length === 0) return [];
    const emails = attributes.filter((item) => item.detection.type === 'email').map((item) => item.detection.canonical);
    if (
      emails.some(
        (email) =>
          contacts.has(email) || authors.has(email) || (!scene.lists.mailDomains.has(party.domain) && email.endsWith(`@${party.domain}`)),
      )
    )
      return [];
    if (!slips.has(party.address) && isSelf(party, [person.name], scene)) return [];
    const rows = person.names.flatMap((name) => name.rows);
    const items = [...person.names, ...attributes];
    return [
      {
        recipient: party.address as Address,
        customers: [...new Set(rows)].slice(0, mostCandidates).map((row): CustomerId => scene.customers.idOf(row)),
        types: [...new Set(items.map((item) => item.detection.type))],
        places: items.map((item): Location => item.location),
      },
    ];
  });
}
