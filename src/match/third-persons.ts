import type { Location } from '../extract/index.ts';
import { baseAddress, type Address } from '../message/index.ts';
import type { ThirdPersonFacts } from './facts.ts';
import { mostCandidates } from './find-bearers.ts';
import type { Person } from './group-persons.ts';
import { isOfService } from './index-fields.ts';
import type { Item } from './items.ts';
import type { Party } from './resolve-recipients.ts';
import type { Scene } from './scene.ts';
import { hasSeen } from './seen-before.ts';
import { privacyOf, type Privacy } from './thread-contacts.ts';
import type { IsSelf } from './unknown-self.ts';

/**
 * Those of `persons` whose data an unknown recipient would learn (POLICY.md, unknown_recipient_pii). What he wrote or was sent himself, by the addresses of a quoted header,
 * is no news to him (D-115).
 * `slips`: recipients that are slips.
 */
export function thirdPersons(
  party: Party,
  persons: readonly Person[],
  scene: Scene,
  slips: ReadonlySet<string>,
  isSelf: IsSelf,
): ThirdPersonFacts[] {
  const consumers = new Set(scene.visible.filter((other) => isConsumer(other, scene)).map((other) => other.base));
  const contacts = new Set(scene.visible.map((other) => other.base).filter((base) => !consumers.has(base)));
  const authors = new Set(
    scene.quoted
      .filter(({ others }) => others.some((address) => baseAddress(address) === party.base))
      .map(({ author }) => baseAddress(author)),
  );
  const privacy = privacyOf(scene);
  return persons.flatMap((person) => {
    // Everybody who gets the mail sees a consumer's address beside his name, whatever else of his stands in it.
    const attributes = person.foreign.filter(({ detection }) => detection.type !== 'email' || !consumers.has(detection.canonical));
    const news = slips.has(party.address) ? attributes : attributes.filter((item) => !hasSeen(party, item, scene));
    if (!person.isFullName || news.length === 0) return [];
    const emails = attributes.filter((item) => item.detection.type === 'email').map((item) => item.detection.canonical);
    const isAtHome = news.some(privacy.isHomeMail);
    if (
      !isAtHome &&
      emails.some(
        (email) =>
          contacts.has(email) ||
          authors.has(email) ||
          (!isOfService(party.domain, scene.lists.mailDomains) && email.endsWith(`@${party.domain}`)),
      )
    )
      return [];
    if (isColleagueAtWork(person, news, scene, privacy)) return [];
    if (!slips.has(party.address) && isSelf(party, [person.name])) return [];
    const rows = person.names.flatMap((name) => name.rows);
    const items = [...person.names, ...news];
    return [
      {
        recipient: party.address as Address,
        customers: scene.customers.idsOf([...new Set(rows)].slice(0, mostCandidates)),
        types: [...new Set(items.map((item) => item.detection.type))],
        places: items.map((item): Location => item.location),
      },
    ];
  });
}

/** A customer whose record names no company: his phone and address are his own, not his work's. */
const isConsumer = ({ kind, rows }: Party, { customers }: Scene): boolean =>
  kind === 'customer' && rows.every((row) => customers.keys(row).company === 0);

/** A company's contact who gets the mail too, with no more than his record's phone, address and mail address. */
function isColleagueAtWork({ names }: Person, attributes: readonly Item[], { visible, customers }: Scene, { isPrivate }: Privacy): boolean {
  const named = new Set(names.flatMap(({ rows }) => rows));
  const own = visible.flatMap(({ kind, rows }) => (kind === 'customer' ? rows : [])).find((row) => named.has(row));
  if (own === undefined || customers.keys(own).company === 0) return false;
  return attributes.every((item) => item.rows.includes(own) && !isPrivate(item, own));
}
