import type { AuditEvent } from '../audit/index.ts';
import type { Instant } from '../core/index.ts';
import { dueRecipients, endRecipients, isFinished, nextAttemptOf, planDelivery } from '../delivery/index.ts';
import { decideHold, type Hold } from '../quarantine/index.ts';
import { expiryNotice, returnNotice } from './notices.ts';
import type { Change, Clock, Log, Metrics, NewMessage, Store, StoredMessage } from './ports.ts';
import type { GatewaySettings } from './settings.ts';

export type SettleDeps = {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly settings: GatewaySettings;
};

const system = { kind: 'system', name: 'sekisho' } as const;

/**
 * Carries out what is due on a held message: a decision whose undo window is over, or expiry. Nothing of a hold moves at any other time.
 * Returns when it is due next; null when that is not known any more (somebody else was first, the sweep will tell).
 */
export async function settleHold(message: StoredMessage, deps: SettleDeps): Promise<Instant | null> {
  const hold = await deps.store.hold(message.id);
  if (hold === null) return null;
  const now = deps.clock.now();
  if (hold.state === 'held' && now < hold.expiresAt) return waitUntil(message, hold.expiresAt, deps, now);
  if (hold.settlesAt !== null && now < hold.settlesAt) return waitUntil(message, hold.settlesAt, deps, now);
  const next = decideHold(hold, { kind: hold.state === 'held' ? 'expire' : 'settle' }, now);
  if (!next.ok) return null;
  const change = await changeFor(message, next.value, deps, now);
  const written = await deps.store.apply(message.id, { ...change, hold: { next: next.value, expectedVersion: hold.version } }, now);
  if (!written) return null;
  deps.metrics.count('holds_decided', { decision: next.value.state });
  deps.log.info('hold.settled', { id: message.id, state: next.value.state });
  return change.dueAt ?? null;
}

async function waitUntil(message: StoredMessage, when: Instant, deps: SettleDeps, now: Instant): Promise<Instant> {
  // With some recipients cleared, theirs may be due before anything happens to the hold.
  const delivery = nextAttemptOf(message.recipients);
  const due = delivery !== null && delivery < when ? delivery : when;
  if (message.dueAt !== due) await deps.store.apply(message.id, { dueAt: due }, now);
  return due;
}

async function changeFor(message: StoredMessage, hold: Hold, deps: SettleDeps, now: Instant): Promise<Change> {
  const audit: AuditEvent[] = [
    {
      type: hold.state === 'expired' ? 'hold.expired' : 'hold.settled',
      actor: system,
      message: message.id,
      details: { state: hold.state },
    },
  ];
  if (hold.state === 'released') {
    const sent = hold.recipients.filter((recipient) => recipient.decision === 'send').map(({ address }) => address);
    const recipients = endRecipients(planDelivery(message.recipients, sent, now), 'removed', now);
    const finished = isFinished(recipients);
    return { stage: finished ? 'done' : 'deliver', dueAt: finished ? null : now, recipients, audit };
  }
  const ended = hold.state === 'expired' ? 'expired' : hold.state === 'cancelled' ? 'cancelled' : 'returned';
  const recipients = endRecipients(message.recipients, ended, now);
  const finished = isFinished(recipients);
  return {
    stage: finished ? 'done' : 'deliver',
    dueAt: finished ? null : nextAttemptOf(recipients),
    recipients,
    audit,
    notices: await noticesFor(message, hold, deps, now),
  };
}

async function noticesFor(message: StoredMessage, hold: Hold, deps: SettleDeps, now: Instant): Promise<NewMessage[]> {
  if (hold.from === null) return [];
  const original = await deps.store.body(message.id);
  const made =
    hold.state === 'expired' ? expiryNotice(hold, original, deps.settings, now) : returnNotice(hold, original, deps.settings, now);
  return made === null ? [] : [made];
}

/** Whether a held message (policy.split) has cleared recipients to deliver now. */
export const hasClearedRecipients = (message: StoredMessage, now: Instant): boolean => dueRecipients(message.recipients, now).length > 0;
