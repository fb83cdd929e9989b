import type { Instant } from '../core/index.ts';
import type { Address } from '../message/index.ts';
import type { Recipient, RecipientStatus } from './recipient.ts';

/**
 * Queues the waiting and held recipients that `send` names (null: all of them) for the next hop, due at `now` (later than now: delayed). Others
 * stay as they are, so that a recipient the policy or a person did not clear never gets near the wire (invariant I11).
 */
export function planDelivery(recipients: readonly Recipient[], send: readonly Address[] | null, now: Instant): readonly Recipient[] {
  const cleared = send === null ? null : new Set(send);
  return change(recipients, (recipient) =>
    isUndecided(recipient) && (cleared === null || cleared.has(recipient.address))
      ? { status: 'pending', attempts: 0, nextAttempt: now, since: now }
      : recipient.state,
  );
}

/** Marks the waiting recipients that `held` names (null: all) as held. */
export function holdRecipients(recipients: readonly Recipient[], held: readonly Address[] | null): readonly Recipient[] {
  const named = held === null ? null : new Set(held);
  return change(recipients, ({ address, state }) =>
    state.status === 'waiting' && (named === null || named.has(address)) ? { status: 'held' } : state,
  );
}

/** The recipients whose mail waits for its time: queued for later than `now` and never tried. */
export function delayedRecipients(recipients: readonly Recipient[], now: Instant): readonly Address[] {
  return recipients
    .filter(({ state }) => state.status === 'pending' && state.attempts === 0 && state.nextAttempt > now)
    .map(({ address }) => address);
}

/** Takes the delayed recipients back from the queue: they are held. */
export function recallDelayed(recipients: readonly Recipient[], now: Instant): readonly Recipient[] {
  const delayed = new Set(delayedRecipients(recipients, now));
  return change(recipients, ({ address, state }) => (delayed.has(address) ? { status: 'held' } : state));
}

/** Ends the waiting and held recipients that `named` names (null: all of them): nothing was sent to them and nothing will be. */
export function endRecipients(
  recipients: readonly Recipient[],
  status: 'returned' | 'removed' | 'cancelled' | 'expired',
  now: Instant,
  named: readonly Address[] | null = null,
): readonly Recipient[] {
  const ended = named === null ? null : new Set(named);
  return change(recipients, (recipient) =>
    isUndecided(recipient) && (ended === null || ended.has(recipient.address)) ? { status, at: now } : recipient.state,
  );
}

/** The recipients to hand to the next hop at `now`. */
export function dueRecipients(recipients: readonly Recipient[], now: Instant): readonly Address[] {
  return recipients.filter(({ state }) => state.status === 'pending' && state.nextAttempt <= now).map(({ address }) => address);
}

/** When the next pending recipient is due; null when none is pending. */
export function nextAttemptOf(recipients: readonly Recipient[]): Instant | null {
  let next: Instant | null = null;
  for (const { state } of recipients) {
    if (state.status === 'pending' && (next === null || state.nextAttempt < next)) next = state.nextAttempt;
  }
  return next;
}

/** Whether every recipient has come to one of its six ends (invariant I3). */
export function isFinished(recipients: readonly Recipient[]): boolean {
  return recipients.every((recipient) => !isUndecided(recipient) && recipient.state.status !== 'pending');
}

const isUndecided = ({ state }: Recipient): boolean => state.status === 'waiting' || state.status === 'held';

const change = (recipients: readonly Recipient[], next: (recipient: Recipient) => RecipientStatus): readonly Recipient[] =>
  recipients.map((recipient) => ({ address: recipient.address, state: next(recipient) }));
