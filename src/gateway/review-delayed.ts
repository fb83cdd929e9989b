import type { AuditEvent } from '../audit/index.ts';
import { err, ok, type Instant, type MessageId, type Organisation, type Result } from '../core/index.ts';
import { delayedRecipients, endRecipients, isFinished, nextAttemptOf, recallDelayed } from '../delivery/index.ts';
import type { Address } from '../message/index.ts';
import type { Reason } from '../policy/index.ts';
import { isOwnMail, openHold, type Hold } from '../quarantine/index.ts';
import { earlier, ownAddresses } from './carry-out.ts';
import { cancelNotice, holdNotice } from './notices.ts';
import type { Change, Clock, Store, StoredMessage } from './ports.ts';
import { actorOf, departmentsOf, type Decider, type Refusal } from './review-contract.ts';
import { routeApproval, type Route } from './route-approval.ts';
import type { GatewaySettings } from './settings.ts';
import type { User } from './users.ts';

/** A mail that a policy has wait, as far as it still waits. */
export type DelayedMail = {
  readonly message: StoredMessage;
  readonly recipients: readonly Address[];
  /** When the first of them gets it. */
  readonly goesAt: Instant;
  /** The policies that have it wait. */
  readonly reasons: readonly Reason[];
  readonly isOwn: boolean;
  readonly mayStop: boolean;
};
/** `held`: it waits for a decision now. `cancelled`: its sender took it back; it goes back to him. */
export type Stopped = { readonly outcome: 'held'; readonly hold: Hold } | { readonly outcome: 'cancelled' };

/** Mail that waits because of a policy, the same for web and API. */
export type DelayReview = {
  /** Soonest first. Approvers see theirs, auditors and administrators all, everybody their own. */
  list(user: User): Promise<readonly DelayedMail[]>;
  /**
   * Stops what still waits. Stopping is always safe, so administrators may too; what becomes of the mail is then decided as of any hold. Who
   * sent it takes it back instead: he decides nothing about his own mail (I8) but not to send it.
   */
  stop(id: MessageId, decider: Decider, reason: string): Promise<Result<Stopped, Refusal>>;
};

export type DelayReviewDeps = {
  readonly store: Store;
  readonly clock: Clock;
  readonly organisation: () => Organisation;
  readonly settings: GatewaySettings;
};

const mostListed = 1000;
const weight = { high: 3, medium: 2, low: 1 } as const;
/** Something else may change when the mail is due (a cleared recipient's retry) between reading and writing. */
const mostTries = 3;

export function createDelayReview(deps: DelayReviewDeps): DelayReview {
  return {
    async list(user) {
      const now = deps.clock.now();
      const messages = await deps.store.messages({ origin: 'smtp', delayedBeyond: now, limit: mostListed, offset: 0 });
      const seen = await Promise.all(messages.map((message) => seenBy(user, message, deps, now)));
      return seen.flatMap((mail) => (mail === null || mail.recipients.length === 0 ? [] : [mail])).toSorted((a, b) => a.goesAt - b.goesAt);
    },
    async stop(id, decider, reason) {
      for (let tries = 1; ; tries += 1) {
        const result = await stop(deps, id, decider, reason);
        if (result !== 'changed') return result;
        if (tries === mostTries) return refuse(deps, id, decider, 'too_late');
      }
    },
  };
}

/** Null: not for this user's eyes, or no policy has it wait. */
async function seenBy(user: User, message: StoredMessage, deps: DelayReviewDeps, now: Instant): Promise<DelayedMail | null> {
  const { inspection, spooled, recipients } = message;
  const reasons = (inspection?.verdict.reasons ?? []).filter(({ action, mode }) => action === 'delay' && mode === 'enforce');
  if (message.origin !== 'smtp' || inspection === null || inspection.verdict.delayMinutes === null) return null;
  const { mailFrom, session } = spooled.envelope;
  const senders = [mailFrom, session.authUser].flatMap((address) => address?.toLowerCase() ?? []);
  const isOwn = isOwnMail({ ownAddresses: senders }, user.email);
  const departments = departmentsOf(user);
  const isTheirs = departments === null || isIn(await routeOf(reasons, senders, deps), departments, user);
  if (!isOwn && !isTheirs) return null;
  const delayed = delayedRecipients(recipients, now);
  const goesAt = nextAttemptOf(recipients.filter(({ address }) => delayed.includes(address))) ?? now;
  return { message, recipients: delayed, goesAt, reasons, isOwn, mayStop: isOwn || user.role === 'approver' || user.role === 'admin' };
}

const routeOf = (reasons: readonly Reason[], senders: readonly string[], { organisation, store }: DelayReviewDeps): Promise<Route> =>
  routeApproval(reasons.find(({ approver }) => approver !== null)?.approver ?? null, senders, organisation(), store);

const isIn = (route: Route, departments: readonly string[], user: User): boolean =>
  departments.includes(route.department) || (user.role === 'approver' && route.approver === user.email);

async function stop(deps: DelayReviewDeps, id: MessageId, decider: Decider, reason: string): Promise<Result<Stopped, Refusal> | 'changed'> {
  const now = deps.clock.now();
  const message = await deps.store.message(id);
  const mail = message === null ? null : await seenBy(decider.user, message, deps, now);
  if (message === null || mail === null) return err(refusal('not_found'));
  if (!mail.mayStop) return refuse(deps, id, decider, 'not_allowed');
  if (mail.recipients.length === 0) return refuse(deps, id, decider, 'too_late');
  const hold = await deps.store.hold(id);
  if (hold !== null && hold.settlesAt !== null) return refuse(deps, id, decider, 'already_decided', hold);
  let body: Uint8Array;
  try {
    body = await deps.store.body(id);
  } catch {
    return refuse(deps, id, decider, 'body_gone');
  }
  const change = mail.isOwn ? cancelled(mail, hold, body, deps, now) : await held(mail, hold, body, deps, now);
  const outcome = change.hold === undefined ? 'cancelled' : 'held';
  const details = { reason: reason.trim(), via: decider.via, recipients: mail.recipients.length, outcome };
  const audit: readonly AuditEvent[] = [{ type: 'message.stopped', actor: actorOf(decider), message: id, details }];
  const written = await deps.store.apply(id, { ...change, expectedDueAt: message.dueAt, audit }, now);
  if (!written) return 'changed';
  return ok(change.hold === undefined ? { outcome: 'cancelled' } : { outcome: 'held', hold: change.hold.next });
}

function cancelled(mail: DelayedMail, hold: Hold | null, body: Uint8Array, deps: DelayReviewDeps, now: Instant): Change {
  const { message } = mail;
  const { mailFrom } = message.spooled.envelope;
  const recipients = endRecipients(recallDelayed(message.recipients, now), 'cancelled', now, mail.recipients);
  const told = { id: message.id, settings: deps.settings, now, recipients: mail.recipients.length, original: body };
  return {
    stage: hold?.state === 'held' ? 'held' : isFinished(recipients) ? 'done' : 'deliver',
    dueAt: earlier(nextAttemptOf(recipients), hold?.state === 'held' ? hold.expiresAt : null),
    recipients,
    notices: mailFrom === null ? [] : [cancelNotice({ ...told, to: mailFrom })],
  };
}

async function held(mail: DelayedMail, earlierHold: Hold | null, body: Uint8Array, deps: DelayReviewDeps, now: Instant): Promise<Change> {
  const { message } = mail;
  const recipients = recallDelayed(message.recipients, now);
  const next = await holdOf(mail, earlierHold, body, deps, now);
  const told = holdNotice(next, deps.settings, now);
  return {
    stage: 'held',
    dueAt: earlier(nextAttemptOf(recipients), next.expiresAt),
    recipients,
    hold: { next, expectedVersion: earlierHold?.version ?? null },
    notices: told === null ? [] : [told],
  };
}

/**
 * The hold of what was stopped. With `policy.split` others of the mail may be held already: while nobody has decided on them, these join them; a
 * hold that has ended begins anew for these alone.
 */
async function holdOf(mail: DelayedMail, before: Hold | null, body: Uint8Array, deps: DelayReviewDeps, now: Instant): Promise<Hold> {
  const { message, reasons } = mail;
  const stopped = mail.recipients.map((address) => ({ address, verdict: 'delay', decision: null }) as const);
  const codes = reasons.map(({ code }) => code);
  if (before?.state === 'held')
    return {
      ...before,
      recipients: [...before.recipients, ...stopped],
      reasons: [...new Set([...before.reasons, ...codes])],
      version: before.version + 1,
    };
  const { verdict } = message.inspection ?? {};
  if (verdict === undefined) throw new Error('a delayed mail has been inspected');
  const owners = ownAddresses(message.spooled.envelope, body);
  const [worst] = reasons.map(({ severity }) => severity).toSorted((a, b) => weight[b] - weight[a]);
  const opened = openHold({
    verdict: { ...verdict, severity: worst ?? 'medium', phase: 'approval' },
    message: message.spooled,
    ...(await routeOf(reasons, owners, deps)),
    ownAddresses: owners,
    heldAt: now,
    split: false,
  });
  return { ...opened, reasons: [...new Set(codes)], recipients: stopped, version: (before?.version ?? 0) + 1 };
}

const refusal = (code: Refusal['code'], hold: Hold | null = null): Refusal => ({
  code,
  by: hold?.decidedBy ?? null,
  at: hold?.decidedAt ?? null,
});

async function refuse(
  deps: DelayReviewDeps,
  id: MessageId,
  decider: Decider,
  code: Refusal['code'],
  hold: Hold | null = null,
): Promise<Result<Stopped, Refusal>> {
  const details = { code, tried: 'message.stopped' };
  await deps.store.appendAudit([{ type: 'hold.refused', actor: actorOf(decider), message: id, details }], deps.clock.now());
  return err(refusal(code, hold));
}
