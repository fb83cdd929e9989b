import { baseAddress, domainOf } from '../message/index.ts';
import type { Row } from './customer-index.ts';
import { readHomes } from './employees-at-home.ts';
import type { Item } from './items.ts';
import { areRelated } from './relations.ts';
import { isExternal, type Party } from './resolve-recipients.ts';
import type { Scene } from './scene.ts';
import { mailsAbove } from './seen-before.ts';

/** Company contacts whose work data is no evidence (POLICY.md): to anybody, or to those whom a quoted mail of theirs went to. */
export type ThreadContacts = {
  readonly toAll: ReadonlySet<Row>;
  isKnownTo(party: Party, row: Row): boolean;
};

/** What of a company's contact is his own and not his work's. */
export type Privacy = {
  /** A mail address at home (freemail, carriers) that nobody writes from here. */
  readonly isHomeMail: (item: Item) => boolean;
  /** That, a birth date, or where the firm lists its people at home their address, and their phone but in a mail of their own. */
  readonly isPrivate: (item: Item, row: Row) => boolean;
};

export function privacyOf(scene: Scene): Privacy {
  const { visible, quoted, lists, customers } = scene;
  const used = new Set([...visible.map(({ base }) => base), ...quoted.map(({ author }) => baseAddress(author))]);
  const isListedAtHome = readHomes(customers);
  const isHomeMail = ({ detection: { type, canonical } }: Item): boolean =>
    type === 'email' && lists.mailDomains.has(domainOf(canonical)) && !used.has(canonical);
  const isSwitchboard = ({ rows }: Item, row: Row): boolean =>
    rows.some((other) => customers.keys(other).address !== customers.keys(row).address);
  const isPrivate = (item: Item, row: Row): boolean => {
    const { type } = item.detection;
    if (type === 'birth_date' || isHomeMail(item)) return true;
    if (type === 'address') return isListedAtHome(row);
    return type === 'phone' && !isSwitchboard(item, row) && !isSignedBy(row, item, scene) && isListedAtHome(row);
  };
  return { isHomeMail, isPrivate };
}

/** In a quoted mail that he wrote, from an address of his record. */
function isSignedBy(row: Row, item: Item, scene: Scene): boolean {
  const [mail] = item.quoted ? mailsAbove(item, scene) : [];
  return mail !== undefined && mail.author !== '' && scene.customers.rows('email', baseAddress(mail.author)).includes(row);
}

export function contactsOfThread(scene: Scene): ThreadContacts {
  const { customers, parties, visible, quoted, items } = scene;
  const { isPrivate } = privacyOf(scene);
  const worksOnly = (row: Row): boolean =>
    customers.keys(row).company !== 0 && !items.some((item) => item.rows.includes(row) && isPrivate(item, row));
  const contactsAt = (address: string): readonly Row[] => customers.rows('email', address).filter(worksOnly);
  const told = new Map<string, Set<Row>>();
  for (const { author, others } of quoted) {
    const rows = contactsAt(baseAddress(author));
    for (const address of rows.length === 0 ? [] : others.map(baseAddress)) {
      const known = told.get(address) ?? new Set();
      for (const row of rows) known.add(row);
      told.set(address, known);
    }
  }
  const isKnownTo = (party: Party, row: Row): boolean => told.get(party.base)?.has(row) === true;
  const outside = parties.filter(isExternal);
  const mayLearn = (party: Party, row: Row): boolean => isKnownTo(party, row) || party.rows.some((own) => areRelated(own, row, customers));
  const authors = [...new Set([...told.values()].flatMap((rows) => [...rows]))].filter(
    (row) => parties.some((party) => isKnownTo(party, row)) && outside.every((party) => mayLearn(party, row)),
  );
  return { toAll: new Set([...visible.flatMap(({ base }) => contactsAt(base)), ...authors]), isKnownTo };
}
