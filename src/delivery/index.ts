// Queued mail as a state machine: per-recipient status, back-off, give-up, bounces (RFC 3464). Pure.
export { buildBounce, type Bounce } from './build-bounce.ts';
export {
  delayedRecipients,
  dueRecipients,
  endRecipients,
  holdRecipients,
  isFinished,
  nextAttemptOf,
  planDelivery,
  recallDelayed,
} from './plan-delivery.ts';
export { recordResults } from './record-results.ts';
export type { Recipient, RecipientResult, RecipientStatus } from './recipient.ts';
