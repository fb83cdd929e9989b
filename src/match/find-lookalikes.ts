import type { Organisation } from '../core/index.ts';
import { domainOf, parseMailbox, type Address } from '../message/index.ts';
import type { CustomerIndex, Row } from './customer-index.ts';
import type { LookalikeFacts } from './facts.ts';
import { mostCandidates } from './find-bearers.ts';
import { editDistance, isNearDomain, lookalikesOf, mendedEnding, slipsOf } from './near-miss.ts';
import type { Party, PartyContext } from './resolve-recipients.ts';

/**
 * Records that greeting, display name or content names: by full name, or by no more than a surname. Of a name that many bear `rows` holds some;
 * all who bear one of the `names` (canonical) are named.
 */
export type NamedRecords = { readonly rows: ReadonlySet<Row>; readonly names: ReadonlySet<string>; readonly surnames: ReadonlySet<string> };

/** Unknown recipients that look like a slip for an address or domain we know (POLICY.md, lookalike_address). `namedIn`: asked when there are any. */
export function findLookalikes(parties: readonly Party[], namedIn: () => NamedRecords, context: PartyContext): readonly LookalikeFacts[] {
  const unknown = parties.filter(({ kind }) => kind === 'unknown');
  if (unknown.length === 0) return [];
  const named = namedIn();
  return unknown.flatMap((party) => {
    const found = byDomain(party, named, context) ?? byLocalPart(party, named, context);
    return found === null ? [] : [found];
  });
}

function byDomain(party: Party, named: NamedRecords, { organisation, customers, lists }: PartyContext): LookalikeFacts | null {
  const known = [...knownDomains(organisation), ...lists.mailDomains];
  if (known.includes(party.domain)) return null;
  const near = known.find((domain) => isNearDomain(party.domain, domain));
  if (near !== undefined) return lookalike(party, registered(party, near, named, customers), near, customers);
  const rows = rowsNearDomain(party.domain, customers);
  if (rows.length > 0) return lookalike(party, rows, null, customers);
  const mended = mendedEnding(party.domain);
  return mended === null ? null : lookalike(party, [], mended, customers);
}

function knownDomains(organisation: Organisation): string[] {
  const partners = organisation.partners.map((partner) =>
    'domain' in partner.matches ? partner.matches.domain : domainOf(partner.matches.address),
  );
  return [...organisation.internalDomains, ...partners].map((domain) => domain.replace(/^\./, '').toLowerCase());
}

/** By customer table: an unknown domain is written to again and again, and 1,500 look-ups are a quarter of a short mail's inspection. */
const remembered = new WeakMap<CustomerIndex, Map<string, readonly Row[]>>();
const mostRemembered = 10_000;

function rowsNearDomain(domain: string, customers: CustomerIndex): readonly Row[] {
  const known = remembered.get(customers) ?? new Map<string, readonly Row[]>();
  remembered.set(customers, known);
  const before = known.get(domain);
  if (before !== undefined) return before;
  const rows = findRowsNear(domain, customers);
  if (known.size >= mostRemembered) known.clear();
  known.set(domain, rows);
  return rows;
}

/** Records of companies whose domain is one edit away. The index holds hashes, so every slip is looked up, some 1,500; few are any record's. */
const findRowsNear = (domain: string, customers: CustomerIndex): readonly Row[] =>
  domain.length < 6
    ? []
    : [...slipsOf(domain), ...lookalikesOf(domain)].flatMap((known) => {
        const rows = customers.rows('domain', known);
        return rows.length > 0 && isNearDomain(domain, known) ? rows : [];
      });

/** The registered addresses at `domain` with the same local part: what was probably meant. */
function registered(party: Party, domain: string, named: NamedRecords, customers: CustomerIndex): readonly Row[] {
  const local = party.base.slice(0, party.base.lastIndexOf('@'));
  const same = customers.rows('email', `${local}@${domain}`);
  if (same.length > 0) return same;
  const bears = (row: Row): boolean => customers.addressesOf(row).some((address) => domainOf(address) === domain);
  const first = [...named.rows].find(bears) ?? [...named.surnames].flatMap((surname) => customers.rowsOfSurname(surname)).find(bears);
  return first === undefined ? [] : [first];
}

/** A freemail address one slip from a record's that the mail names, or two from that of a record named in full. */
function byLocalPart(party: Party, named: NamedRecords, { customers, lists }: PartyContext): LookalikeFacts | null {
  if (!lists.mailDomains.has(party.domain) || (named.rows.size === 0 && named.surnames.size === 0)) return null;
  const local = party.base.slice(0, party.base.lastIndexOf('@'));
  const surnames = new Set([...named.surnames].map((surname) => customers.hash('surname', surname)));
  const names = new Set([...named.names].map((name) => customers.hash('name', name)));
  const isNamed = (row: Row): boolean => {
    const { name, surname, surnameKana } = customers.keys(row);
    return named.rows.has(row) || names.has(name) || surnames.has(surname) || surnames.has(surnameKana);
  };
  const isNear = (row: Row): boolean =>
    customers
      .addressesOf(row)
      .some(
        (address) =>
          domainOf(address) === party.domain && editDistance(address.slice(0, address.lastIndexOf('@')).toLowerCase(), local, 2) <= 2,
      );
  const slips = slipsOf(local).flatMap((slip) => customers.rows('email', `${slip}@${party.domain}`));
  const near = new Set([...slips.filter(isNamed), ...[...named.rows].slice(0, mostOpened).filter(isNear)]);
  return near.size === 0 ? null : lookalike(party, [...near], null, customers);
}

/** Sealed addresses that are opened to compare one recipient with. */
export const mostOpened = 200;

function lookalike(party: Party, rows: readonly Row[], domain: string | null, customers: CustomerIndex): LookalikeFacts {
  const local = party.address.slice(0, party.address.lastIndexOf('@'));
  const first = rows[0];
  const registeredAddress =
    first === undefined ? null : (customers.addressesOf(first).find((address) => domain === null || domainOf(address) === domain) ?? null);
  const suggestion = registeredAddress ?? (domain === null ? null : `${local}@${domain}`);
  return {
    recipient: party.address as Address,
    suggestion: suggestion === null ? null : parseMailbox(suggestion),
    customers: customers.idsOf(rows.slice(0, mostCandidates)),
  };
}
