import type { AuditEvent } from '../audit/index.ts';
import { err, ok, type MessageId, type Result } from '../core/index.ts';
import { decideHold, isOwnMail, type Hold, type HoldAction } from '../quarantine/index.ts';
import type { Clock, Inspector, Store, StoredMessage } from './ports.ts';
import { actorOf, departmentsOf, type Decider, type HoldView, type Refusal, type Review } from './review-contract.ts';
import type { User } from './users.ts';

export type ReviewDeps = {
  readonly store: Store;
  readonly clock: Clock;
  /** Null on the command line: nothing is examined there. */
  readonly inspector: Inspector | null;
};

/** Decisions on holds over a store. The gateway, wherever it runs, carries them out when their undo window is over. */
export function createReview(deps: ReviewDeps): Review {
  return {
    view: (id, decider) => view(deps, id, decider),
    release: (id, decider, request) =>
      decide(deps, id, decider, 'hold.released', request.reason, (hold, message) => {
        const rightAnswers = answersOf(message);
        // The command line has no question to ask: who has a shell on the gateway answers for himself, by name, in the audit log.
        const operator = decider.via === 'operator';
        const all = hold.recipients.map(({ address }) => address);
        return {
          kind: 'release',
          by: decider.user.email,
          reason: request.reason,
          version: request.version,
          recipients: request.recipients ?? (operator ? all : null),
          answer: request.answer ?? (operator ? (rightAnswers[0] ?? 'many') : null),
          rightAnswers,
        };
      }),
    returnToSender: (id, decider, request) =>
      decide(deps, id, decider, 'hold.returned', request.reason, () => ({
        kind: 'return',
        by: decider.user.email,
        reason: request.reason,
        version: request.version,
      })),
    undo: (id, decider) => decide(deps, id, decider, 'hold.undone', '', () => ({ kind: 'undo', by: decider.user.email })),
    departmentsOf,
  };
}

const maySee = (user: User, hold: Hold): boolean => {
  const departments = departmentsOf(user);
  return departments === null || departments.includes(hold.department) || isApproverOf(user, hold) || isOwnMail(hold, user.email);
};

const mayDecide = (user: User, hold: Hold): boolean =>
  user.role === 'approver' &&
  (user.department === null || (hold.approver === null ? user.department === hold.department : isApproverOf(user, hold)));

const isApproverOf = (user: User, hold: Hold): boolean => user.role === 'approver' && hold.approver === user.email;

/** The customers that the content is about, for the question whose data it is; `many` when there are several, or none by name. */
function answersOf(message: StoredMessage): readonly string[] {
  const about = (message.inspection?.about ?? []).filter(({ strength }) => strength !== 'weak').map(({ customer }) => customer);
  return about.length === 1 ? about : ['many', ...about];
}

const refusal = (code: Refusal['code']): Refusal => ({ code, by: null, at: null });

async function view(deps: ReviewDeps, id: MessageId, decider: Decider): Promise<Result<HoldView, Refusal>> {
  const [hold, message] = await Promise.all([deps.store.hold(id), deps.store.message(id)]);
  if (hold === null || message === null || !maySee(decider.user, hold)) return err(refusal('not_found'));
  const isOwn = isOwnMail(hold, decider.user.email);
  const seesBody = isOwn || mayDecide(decider.user, hold);
  const examination = seesBody && deps.inspector !== null ? await examine(deps, message) : null;
  await deps.store.appendAudit(
    [{ type: 'hold.viewed', actor: actorOf(decider), message: id, details: { body: examination !== null } }],
    deps.clock.now(),
  );
  const history = await deps.store.audit({ after: 0, limit: 500, message: id });
  return ok({ hold, message, examination, isOwn, mayDecide: !isOwn && hold.state === 'held' && mayDecide(decider.user, hold), history });
}

async function examine(deps: ReviewDeps, message: StoredMessage): Promise<HoldView['examination']> {
  try {
    return (await deps.inspector?.examine(message.spooled.envelope, await deps.store.body(message.id))) ?? null;
  } catch {
    return null; // erased or damaged: the page says that only the record is left
  }
}

async function decide(
  deps: ReviewDeps,
  id: MessageId,
  decider: Decider,
  type: AuditEvent['type'],
  reason: string,
  actionOf: (hold: Hold, message: StoredMessage) => HoldAction,
): Promise<Result<Hold, Refusal>> {
  const [hold, message] = await Promise.all([deps.store.hold(id), deps.store.message(id)]);
  if (hold === null || message === null || !maySee(decider.user, hold)) return err(refusal('not_found'));
  const now = deps.clock.now();
  const actor = actorOf(decider);
  const refuse = async (why: Refusal): Promise<Result<Hold, Refusal>> => {
    await deps.store.appendAudit([{ type: 'hold.refused', actor, message: id, details: { code: why.code, tried: type } }], now);
    return err(why);
  };
  if (isOwnMail(hold, decider.user.email)) return refuse(refusal('own_mail'));
  if (!mayDecide(decider.user, hold)) return refuse(refusal('not_allowed'));
  const next = decideHold(hold, actionOf(hold, message), now);
  if (!next.ok) return refuse(next.error);
  const details = {
    reason,
    via: decider.via,
    sent: next.value.recipients.filter((recipient) => recipient.decision === 'send').length,
    state: next.value.state,
  };
  const written = await deps.store.apply(
    id,
    {
      hold: { next: next.value, expectedVersion: hold.version },
      dueAt: next.value.settlesAt ?? next.value.expiresAt,
      audit: [{ type, actor, message: id, details }],
    },
    now,
  );
  if (written) return ok(next.value);
  const winner = await deps.store.hold(id);
  return refuse({
    code: winner?.state === 'held' ? 'stale_version' : 'already_decided',
    by: winner?.decidedBy ?? null,
    at: winner?.decidedAt ?? null,
  });
}
