import { later, type Instant, type SmtpReply } from '../core/index.ts';
import { nextAttemptOf } from './plan-delivery.ts';
import type { Recipient, RecipientResult, RecipientStatus } from './recipient.ts';

const firstRetrySeconds = 60;
const longestRetrySeconds = 4 * 3600;
/** RFC 5321 §4.5.4.1: "the give-up time generally needs to be at least 4-5 days". */
const giveUpSeconds = 5 * 24 * 3600;
/** RFC 3463 §3.5: X.4.7, delivery time expired. */
const gaveUp: SmtpReply = { code: 554, enhanced: '5.4.7', text: 'Delivery time expired' };

/**
 * What the next hop said, entered. 2yz → relayed, 5yz → bounced, all else → tried again after 1, 2, 4 … minutes up to 4 hours,
 * ± 25 % by `jitter` (0 to 1, so that mails deferred together do not come back together), until five days are over → bounced.
 * A recipient without a result stays as it is; a result for one that is not pending changes nothing.
 */
export function recordResults(
  recipients: readonly Recipient[],
  results: readonly RecipientResult[],
  now: Instant,
  jitter: number,
): {
  readonly recipients: readonly Recipient[];
  /** When the next of the pending recipients is due; null when none is pending. */
  readonly nextAttempt: Instant | null;
  /** Those that bounced just now, for `buildBounce`. */
  readonly bounced: readonly Recipient[];
} {
  const replies = new Map(results.map((result) => [result.address, result.reply]));
  const bounced: Recipient[] = [];
  const after = recipients.map((recipient) => {
    const reply = replies.get(recipient.address);
    if (reply === undefined || recipient.state.status !== 'pending') return recipient;
    const next: Recipient = { address: recipient.address, state: answered(recipient.state, reply, now, jitter) };
    if (next.state.status === 'bounced') bounced.push(next);
    return next;
  });
  return { recipients: after, nextAttempt: nextAttemptOf(after), bounced };
}

function answered(
  pending: Extract<RecipientStatus, { status: 'pending' }>,
  reply: SmtpReply,
  now: Instant,
  jitter: number,
): RecipientStatus {
  if (reply.code >= 200 && reply.code < 300) return { status: 'relayed', at: now, reply };
  if (reply.code >= 500 && reply.code < 600) return { status: 'bounced', at: now, reply };
  const since = pending.since ?? now;
  if (now - since >= giveUpSeconds * 1000)
    return { status: 'bounced', at: now, reply: { ...gaveUp, text: `${gaveUp.text}: ${reply.code} ${reply.text}` } };
  const attempts = pending.attempts + 1;
  return { status: 'pending', attempts, nextAttempt: later(now, retrySeconds(attempts, jitter)), since };
}

/** Whole seconds until the next try after `attempts` fruitless ones. */
function retrySeconds(attempts: number, jitter: number): number {
  // 2 ** 20 minutes is past the longest wait: the exponent is capped so that it stays a finite number.
  const wait = Math.min(longestRetrySeconds, firstRetrySeconds * 2 ** Math.min(attempts - 1, 20));
  return Math.round(Math.min(longestRetrySeconds, wait * (0.75 + 0.5 * Math.min(1, Math.max(0, jitter)))));
}
