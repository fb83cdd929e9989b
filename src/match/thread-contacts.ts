import { baseAddress, domainOf } from '../message/index.ts';
import type { Row } from './customer-index.ts';
import type { Item } from './items.ts';
import { areRelated } from './relations.ts';
import { isExternal, type Party } from './resolve-recipients.ts';
import type { Scene } from './scene.ts';

/** Company contacts whose work data is no evidence (POLICY.md): to anybody, or to those whom a quoted mail of theirs went to. */
export type ThreadContacts = {
  readonly toAll: ReadonlySet<Row>;
  isKnownTo(party: Party, row: Row): boolean;
};

/** Of a company's contact: a birth date, or a mail address of his own at home (freemail, carriers) that he does not write from here. */
export function privacyOf({ visible, quoted, lists }: Scene): (item: Item) => boolean {
  const used = new Set([...visible.map(({ base }) => base), ...quoted.map(({ author }) => baseAddress(author))]);
  return ({ detection: { type, canonical } }) =>
    type === 'birth_date' || (type === 'email' && lists.mailDomains.has(domainOf(canonical)) && !used.has(canonical));
}

export function contactsOfThread(scene: Scene): ThreadContacts {
  const { customers, parties, visible, quoted, items } = scene;
  const isPrivate = privacyOf(scene);
  const worksOnly = (row: Row): boolean =>
    customers.keys(row).company !== 0 && !items.some((item) => item.rows.includes(row) && isPrivate(item));
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
