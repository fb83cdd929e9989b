import { createHmac } from 'node:crypto';
import type { CustomerId, Instant } from '../core/index.ts';
import { baseAddress, type Address } from '../message/index.ts';
import type { ReasonCode } from '../policy/index.ts';
import type { Hold } from '../quarantine/index.ts';
import type { Store, StoredMessage } from './ports.ts';

/** An address that people keep letting a customer's data go to: perhaps the customer's own, and the record does not know it. */
export type AddressProposal = {
  /** Keyed hash of customer and address: names the pair in the audit log without the address. */
  readonly id: string;
  readonly customer: CustomerId;
  readonly address: Address;
  /** Different held mails released to it. */
  readonly releases: number;
  /** When the release that made it a proposal was decided. */
  readonly proposedAt: Instant;
  readonly lastAt: Instant;
  readonly releasedBy: readonly string[];
  /** Senders of these mails: they do not decide on it. */
  readonly ownAddresses: readonly string[];
};

/** Reasons that say: this customer's data, that address. */
const telling: ReadonlySet<ReasonCode> = new Set(['wrong_customer', 'unknown_recipient_pii', 'lookalike_address']);
/** Mail about more customers says of no address whose it is. */
const mostCustomers = 3;
const pageSize = 200;

/**
 * Pairs of customer and address with at least `atLeast` released holds of different mails, most often released first. Worked out from what the
 * store holds anyway (records are kept a year): nothing more is written down about anybody.
 */
export async function proposeAddresses(
  store: Pick<Store, 'holds' | 'message'>,
  options: { readonly atLeast: number; readonly key: Uint8Array },
): Promise<readonly AddressProposal[]> {
  const releases: Release[] = [];
  for (let offset = 0; ; offset += pageSize) {
    const holds = await store.holds({ states: ['released'], departments: null, limit: pageSize, offset });
    const messages = await Promise.all(holds.map(({ id }) => store.message(id)));
    for (const [index, hold] of holds.entries()) {
      const message = messages[index] ?? null;
      if (message !== null) releases.push(...releasesOf(hold, message));
    }
    if (holds.length < pageSize) break;
  }
  const pairs = Map.groupBy(releases, ({ customer, address }) => pairId(customer, address, options.key));
  return [...pairs]
    .flatMap(([id, of]) => proposal(id, of, options.atLeast))
    .toSorted((a, b) => b.releases - a.releases || a.proposedAt - b.proposedAt);
}

export const pairId = (customer: CustomerId, address: string, key: Uint8Array): string =>
  createHmac('sha256', key)
    .update(`allow\0${customer}\0${baseAddress(address)}`)
    .digest('hex')
    .slice(0, 12);

type Release = { readonly customer: CustomerId; readonly address: Address; readonly hold: Hold };

function releasesOf(hold: Hold, { inspection }: StoredMessage): readonly Release[] {
  if (inspection === null || inspection.about.length > mostCustomers) return [];
  const sent = new Set(hold.recipients.filter(({ decision }) => decision === 'send').map(({ address }) => address));
  const pairs = inspection.verdict.reasons
    .filter(({ code, customers }) => telling.has(code) && customers.length === 1)
    .flatMap(({ customers, recipients }) =>
      recipients.filter((address) => sent.has(address)).flatMap((address) => customers.map((customer) => ({ customer, address, hold }))),
    );
  return [...new Map(pairs.map((pair) => [`${pair.customer}\0${pair.address}`, pair])).values()];
}

function proposal(id: string, releases: readonly Release[], atLeast: number): readonly AddressProposal[] {
  // One mail in several envelopes was one decision's worth.
  const mails = [...new Map(releases.map((release) => [release.hold.sha256, release])).values()].toSorted(
    (a, b) => decidedAt(a.hold) - decidedAt(b.hold),
  );
  const [first, last, reached] = [mails[0], mails.at(-1), mails[atLeast - 1]];
  if (first === undefined || last === undefined || reached === undefined) return [];
  const deciders = mails.flatMap(({ hold }) => hold.decidedBy ?? []);
  return [
    {
      id,
      customer: first.customer,
      address: first.address,
      releases: mails.length,
      proposedAt: decidedAt(reached.hold),
      lastAt: decidedAt(last.hold),
      releasedBy: [...new Set(deciders)],
      ownAddresses: [...new Set(mails.flatMap(({ hold }) => hold.ownAddresses))],
    },
  ];
}

const decidedAt = ({ decidedAt: at, heldAt }: Hold): Instant => at ?? heldAt;
