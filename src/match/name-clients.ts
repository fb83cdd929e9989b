import type { CustomerId } from '../core/index.ts';
import type { CustomerLabel } from './customer.ts';
import { mostCandidates } from './find-bearers.ts';
import { resolveParty } from './resolve-recipients.ts';
import type { MatchContext } from './scene.ts';

/** Clients that an address belongs to, as the customer data or `partners` write them, each once; empty where none is known. Opens sealed labels. */
export function clientsOf(
  address: string,
  context: MatchContext,
  label: (customer: CustomerId) => CustomerLabel | null,
): readonly string[] {
  const { partner, rows } = resolveParty(address, '', context);
  if (partner !== null && partner.client !== null) return [partner.client];
  const clients = context.customers.idsOf(rows.slice(0, mostCandidates)).map((customer) => label(customer)?.client ?? '');
  return [...new Set(clients)].filter((client) => client !== '');
}
