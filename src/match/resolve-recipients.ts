import type { Organisation, Partner } from '../core/index.ts';
import { canonicalName, type DetectionLists } from '../detect/index.ts';
import { baseAddress, domainOf, isSubdomain } from '../message/index.ts';
import type { RecipientKind } from './customer.ts';
import type { CustomerIndex, Row } from './customer-index.ts';
import { isOfService, isShared } from './index-fields.ts';

/** What one address is (POLICY.md, "Whom it goes to"). `rows`: the records it is registered in, or whose company's domain it has. */
export type Party = {
  readonly address: string;
  readonly base: string;
  readonly domain: string;
  readonly kind: RecipientKind;
  readonly rows: readonly Row[];
  readonly partner: Partner | null;
  /** Name shown beside the address in To or Cc; '' when there is none. */
  readonly displayName: string;
  /** The same, canonical. */
  readonly shownName: string;
};

export type PartyContext = { readonly organisation: Organisation; readonly customers: CustomerIndex; readonly lists: DetectionLists };

/** The first kind that fits, in the order internal, partner all, customer, partner none, customer by domain, unknown. */
export function resolveParty(address: string, displayName: string, { organisation, customers, lists }: PartyContext): Party {
  const base = baseAddress(address);
  const domain = domainOf(address);
  const shownName = displayName === '' ? '' : canonicalName(displayName);
  const party = (kind: RecipientKind, rows: readonly Row[], partner: Partner | null = null): Party => ({
    address,
    base,
    domain,
    kind,
    rows,
    partner,
    displayName,
    shownName,
  });
  if (isInternal(domain, organisation)) return party('internal', []);
  const partner = organisation.partners.find((candidate) => isPartner(candidate, base, domain)) ?? null;
  const registered = customers.rows('email', base);
  if (partner?.mayReceive === 'all') return party('partner', registered, partner);
  if (registered.length > 0) return party('customer', registered, partner);
  if (partner !== null) return party('partner_none', [], partner);
  const byDomain =
    isOfService(domain, lists.mailDomains) || isShared(domain, organisation.sharedDomains) ? [] : rowsOfDomain(domain, customers);
  return byDomain.length > 0 ? party('customer_domain', byDomain) : party('unknown', []);
}

export const isInternal = (domain: string, organisation: Organisation): boolean =>
  organisation.internalDomains.some((own) => isSubdomain(domain, own));

const isPartner = (partner: Partner, base: string, domain: string): boolean =>
  'address' in partner.matches
    ? baseAddress(partner.matches.address) === base
    : isSubdomain(domain, `.${partner.matches.domain.replace(/^\./, '')}`);

/** Records of the company whose domain this is, or a sub-domain of. */
function rowsOfDomain(domain: string, customers: CustomerIndex): readonly Row[] {
  const labels = domain.split('.');
  for (let from = 0; from < labels.length - 1; from += 1) {
    const rows = customers.rows('domain', labels.slice(from).join('.'));
    if (rows.length > 0) return rows;
  }
  return [];
}

/** "External" in POLICY.md: every kind but internal and partner all. */
export const isExternal = (party: Party): boolean => party.kind !== 'internal' && party.kind !== 'partner';
