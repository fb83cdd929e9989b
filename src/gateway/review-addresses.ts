import { err, instant, isoTime, ok, type Instant, type Result } from '../core/index.ts';
import { isOwnMail } from '../quarantine/index.ts';
import type { AllowList, AllowListEntry, Clock, Store } from './ports.ts';
import { pairId, proposeAddresses, type AddressProposal } from './propose-addresses.ts';
import { actorOf, type Decider } from './review-contract.ts';
import type { Role, User } from './users.ts';

/** Where an address stands: proposed, or decided as the list says. */
export type AddressStanding = 'open' | AllowListEntry['decision'];
export type DecidedAddress = AllowListEntry & { readonly id: string };
export type AddressBook = {
  /** Proposed and not decided, most often released first. */
  readonly open: readonly AddressProposal[];
  /** Newest decision first. */
  readonly decided: readonly DecidedAddress[];
  /** Rows of the list that count for nothing because they are wrong. */
  readonly problems: ReturnType<AllowList['read']>['problems'];
};

/** Why nothing changes. `by` and `at` name the decision that stands, null where there is none. */
export type AddressRefusal = {
  readonly code: 'not_found' | 'not_allowed' | 'own_mail' | 'already_decided' | 'reason_required' | 'list_failed';
  readonly by: string | null;
  readonly at: Instant | null;
};
/** `standing`: what the decider saw; null: whatever stands now. */
export type AddressRequest = {
  readonly decision: AllowListEntry['decision'];
  readonly reason: string;
  readonly standing: AddressStanding | null;
};
/** `inForce` false: this process could not take it over; the next reload does. */
export type AddressDecided = { readonly entry: AllowListEntry; readonly inForce: boolean };

/** Decisions on proposed addresses, the same for web, API and command line. Each checks role, own mail and what stands itself. */
export type AddressReview = {
  mayView(user: User): boolean;
  mayDecide(decider: Decider): boolean;
  /** For those who `mayView`; the caller asks. */
  read(): Promise<Result<AddressBook, AddressRefusal>>;
  decide(id: string, decider: Decider, request: AddressRequest): Promise<Result<AddressDecided, AddressRefusal>>;
  /** The accepted addresses as CSV; audited. */
  export(decider: Decider): Promise<Result<string, AddressRefusal>>;
};

export type AddressReviewDeps = {
  readonly store: Pick<Store, 'holds' | 'message' | 'appendAudit'>;
  readonly clock: Clock;
  readonly list: AllowList;
  /** Names pairs of customer and address in the audit log. */
  readonly key: Uint8Array;
  readonly proposeAfter: () => number;
  /** Puts the accepted addresses in force in this process; rejects when it cannot. Null where nothing inspects. */
  readonly putInForce: ((accepted: readonly AllowListEntry[]) => Promise<void>) | null;
};

const viewers: ReadonlySet<Role> = new Set(['admin', 'policy_admin', 'auditor']);
/** Who released a mail does not also change what counts as registered: in the pages that is left to who looks after the customer data. */
const deciders: ReadonlySet<Role> = new Set(['admin', 'policy_admin']);

export function createAddressReview(deps: AddressReviewDeps): AddressReview {
  // One after another: two clicks are one decision.
  let last: Promise<unknown> = Promise.resolve();
  const mayDecide = ({ via, user }: Decider): boolean => deciders.has(user.role) || (via === 'operator' && user.role === 'approver');
  const mayView = (user: User): boolean => viewers.has(user.role);
  const whenReadable = async <T>(use: () => Promise<T>): Promise<Result<T, AddressRefusal>> => {
    try {
      deps.list.read();
    } catch {
      return err(refusal('list_failed'));
    }
    return ok(await use());
  };
  return {
    mayView,
    mayDecide,
    read: () => whenReadable(() => readBook(deps)),
    decide(id, decider, request) {
      const turn = last.then(async (): Promise<Result<AddressDecided, AddressRefusal>> => {
        if (!mayDecide(decider)) return err(refusal('not_allowed'));
        const book = await whenReadable(() => readBook(deps));
        return book.ok ? decide(deps, book.value, id, decider, request) : book;
      });
      last = turn.catch(() => undefined);
      return turn;
    },
    export: async (decider) => {
      if (!mayView(decider.user)) return err(refusal('not_allowed'));
      return whenReadable(async () => {
        const accepted = acceptedOf(deps.list);
        await deps.store.appendAudit(
          [{ type: 'address.exported', actor: actorOf(decider), message: null, details: { addresses: accepted.length } }],
          deps.clock.now(),
        );
        return deps.list.csv(accepted);
      });
    },
  };
}

export const acceptedOf = (list: AllowList): readonly AllowListEntry[] =>
  list.read().entries.filter(({ decision }) => decision === 'accepted');

type FullBook = AddressBook & { /** Decided or not. */ readonly proposals: readonly AddressProposal[] };

async function readBook(deps: AddressReviewDeps): Promise<FullBook> {
  const { entries, problems } = deps.list.read();
  const decided = entries.map((entry) => ({ ...entry, id: pairId(entry.customer, entry.address, deps.key) }));
  const known = new Set(decided.map(({ id }) => id));
  const proposals = await proposeAddresses(deps.store, { atLeast: deps.proposeAfter(), key: deps.key });
  return {
    open: proposals.filter(({ id }) => !known.has(id)),
    decided: decided.toSorted((a, b) => (a.decidedAt < b.decidedAt ? 1 : -1)),
    problems,
    proposals,
  };
}

async function decide(
  deps: AddressReviewDeps,
  book: FullBook,
  id: string,
  decider: Decider,
  { decision, reason, standing }: AddressRequest,
): Promise<Result<AddressDecided, AddressRefusal>> {
  const earlier = book.decided.find((one) => one.id === id) ?? null;
  const pair = book.open.find((one) => one.id === id) ?? earlier;
  if (pair === null) return err(refusal('not_found'));
  // As with holds (I8): whoever sent the mails does not say that they went to the right place.
  const { ownAddresses } = book.proposals.find((one) => one.id === id) ?? { ownAddresses: [] };
  if (isOwnMail({ ownAddresses }, decider.user.email)) return err(refusal('own_mail'));
  const stands = earlier?.decision ?? 'open';
  if (stands === decision || (standing !== null && standing !== stands)) return err(refusal('already_decided', earlier));
  if (reason.trim() === '') return err(refusal('reason_required'));
  const now = deps.clock.now();
  const entry: AllowListEntry = {
    decidedAt: isoTime(now),
    decision,
    customer: pair.customer,
    address: pair.address,
    releases: pair.releases,
    proposedAt: typeof pair.proposedAt === 'string' ? pair.proposedAt : isoTime(pair.proposedAt),
    releasedBy: typeof pair.releasedBy === 'string' ? pair.releasedBy : pair.releasedBy.join(' '),
    decidedBy: decider.user.email,
    reason: reason.trim(),
  };
  try {
    deps.list.append(entry);
  } catch {
    return err(refusal('list_failed'));
  }
  const details = { proposal: id, customer: entry.customer, releases: entry.releases, reason: entry.reason };
  await deps.store.appendAudit([{ type: `address.${decision}`, actor: actorOf(decider), message: null, details }], now);
  return ok({ entry, inForce: await putInForce(deps) });
}

async function putInForce({ list, putInForce: put }: AddressReviewDeps): Promise<boolean> {
  if (put === null) return false;
  try {
    await put(acceptedOf(list));
    return true;
  } catch {
    return false;
  }
}

function refusal(code: AddressRefusal['code'], standing: AllowListEntry | null = null): AddressRefusal {
  const at = standing === null ? Number.NaN : Date.parse(standing.decidedAt);
  return { code, by: standing?.decidedBy ?? null, at: Number.isNaN(at) ? null : instant(at) };
}
