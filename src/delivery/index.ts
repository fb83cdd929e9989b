// Queued mail as a state machine: per-recipient status, back-off, give-up, bounces (RFC 3464). Pure.
export type { Recipient, RecipientResult, RecipientStatus } from './recipient.ts';
