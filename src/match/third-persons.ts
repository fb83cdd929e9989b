import type { CustomerId } from '../core/index.ts';
import type { Location } from '../extract/index.ts';
import { baseAddress, type Address } from '../message/index.ts';
import type { ThirdPersonFacts } from './facts.ts';
import { mostCandidates } from './find-bearers.ts';
import type { Person } from './group-persons.ts';
import type { Party } from './resolve-recipients.ts';
import type { Scene } from './scene.ts';
import type { IsSelf } from './unknown-self.ts';

/** Those of `persons` whose data an unknown recipient would learn (POLICY.md, unknown_recipient_pii). `slips`: recipients that are slips. */
export function thirdPersons(
  party: Party,
  persons: readonly Person[],
  scene: Scene,
  slips: ReadonlySet<string>,
  isSelf: IsSelf,
): ThirdPersonFacts[] {
  const contacts = new Set(scene.visible.map((other) => other.base));
  const authors = new Set(
    scene.quoted
      .filter(({ others }) => others.some((address) => baseAddress(address) === party.base))
      .map(({ author }) => baseAddress(author)),
  );
  return persons.flatMap((person) => {
    const attributes = person.foreign;
    if (!person.isFullName || attributes.length === 0) return [];
    const emails = attributes.filter((item) => item.detection.type === 'email').map((item) => item.detection.canonical);
    if (
      emails.some(
        (email) =>
          contacts.has(email) || authors.has(email) || (!scene.lists.mailDomains.has(party.domain) && email.endsWith(`@${party.domain}`)),
      )
    )
      return [];
    if (!slips.has(party.address) && isSelf(party, [person.name])) return [];
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
