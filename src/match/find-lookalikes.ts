import type { Organisation } from '../core/index.ts';
import { domainOf, parseMailbox, type Address } from '../message/index.ts';
import type { CustomerIndex, Row } from './customer-index.ts';
import type { LookalikeFacts } from './facts.ts';
import { deletionVariants, editDistance, hasBrokenEnding, isNearDomain } from './near-miss.ts';
import type { Party, PartyContext } from './resolve-recipients.ts';

/** Unknown recipients that look like a slip for an address or domain we know (POLICY.md, lookalike_address). `named`: records that greeting, display name or content name. */
export function findLookalikes(parties: readonly Party[], named: ReadonlySet<Row>, context: PartyContext): readonly LookalikeFacts[] {
  return parties.flatMap((party) => {
    if (party.kind !== 'unknown') return [];
    const found = byDomain(party, named, context) ?? byLocalPart(party, named, context);
    return found === null ? [] : [found];
  });
}

function byDomain(party: Party, named: ReadonlySet<Row>, { organisation, customers, lists }: PartyContext): LookalikeFacts | null {
  const known = [...knownDomains(organisation), ...lists.mailDomains];
  if (known.includes(party.domain)) return null;
  const near = known.find((domain) => isNearDomain(party.domain, domain));
  if (near !== undefined) return lookalike(party, registered(party, near, named, customers), near, customers);
  const rows = rowsNearDomain(party.domain, customers);
  if (rows.length > 0) return lookalike(party, rows, null, customers);
  return hasBrokenEnding(party.domain) ? lookalike(party, [], party.domain.replace(/[^.]+$/, 'jp'), customers) : null;
}

function knownDomains(organisation: Organisation): string[] {
  const partners = organisation.partners.map((partner) =>
    'domain' in partner.matches ? partner.matches.domain : domainOf(partner.matches.address),
  );
  return [...organisation.internalDomains, ...partners].map((domain) => domain.replace(/^\./, '').toLowerCase());
}

/** Records of companies whose domain is one edit away: both sides' one-deletion variants meet in the index. */
function rowsNearDomain(domain: string, customers: CustomerIndex): readonly Row[] {
  if (domain.length < 6) return [];
  const rows = new Set(deletionVariants(domain).flatMap((variant) => customers.rows('domain_near', variant)));
  // Meeting variants may be two edits apart; the address itself, opened, decides.
  return [...rows].filter((row) => customers.addressesOf(row).some((address) => isNearDomain(domain, domainOf(address))));
}

/** The registered addresses at `domain` with the same local part: what was probably meant. */
function registered(party: Party, domain: string, named: ReadonlySet<Row>, customers: CustomerIndex): readonly Row[] {
  const local = party.base.slice(0, party.base.lastIndexOf('@'));
  const same = customers.rows('email', `${local}@${domain}`);
  return same.length > 0
    ? same
    : [...named].filter((row) => customers.addressesOf(row).some((address) => domainOf(address) === domain)).slice(0, 1);
}

function byLocalPart(party: Party, named: ReadonlySet<Row>, { customers, lists }: PartyContext): LookalikeFacts | null {
  if (!lists.mailDomains.has(party.domain)) return null;
  const local = party.base.slice(0, party.base.lastIndexOf('@'));
  const rows = new Set(deletionVariants(local).flatMap((variant) => customers.rows('email_near', `${variant}@${party.domain}`)));
  const near = [...rows].filter(
    (row) =>
      named.has(row) &&
      customers
        .addressesOf(row)
        .some(
          (address) =>
            domainOf(address) === party.domain && editDistance(address.slice(0, address.lastIndexOf('@')).toLowerCase(), local, 2) <= 2,
        ),
  );
  return near.length === 0 ? null : lookalike(party, near, null, customers);
}

function lookalike(party: Party, rows: readonly Row[], domain: string | null, customers: CustomerIndex): LookalikeFacts {
  const local = party.address.slice(0, party.address.lastIndexOf('@'));
  const first = rows[0];
  const registeredAddress =
    first === undefined ? null : (customers.addressesOf(first).find((address) => domain === null || domainOf(address) === domain) ?? null);
  const suggestion = registeredAddress ?? (domain === null ? null : `${local}@${domain}`);
  return {
    recipient: party.address as Address,
    suggestion: suggestion === null ? null : parseMailbox(suggestion),
    customers: rows.map((row) => customers.idOf(row)),
  };
}
