import type { Instant, SmtpReply } from '../core/index.ts';
import type { Address } from '../message/index.ts';

/** Where one recipient of one message stands. The last six are final (invariant I3). */
export type RecipientStatus =
  | { readonly status: 'waiting' } // not inspected yet
  | { readonly status: 'held' }
  /** `since`: when it was first queued for the next hop; a mail held for days has its five days of delivery still before it. */
  | { readonly status: 'pending'; readonly attempts: number; readonly nextAttempt: Instant; readonly since?: Instant }
  | { readonly status: 'relayed'; readonly at: Instant; readonly reply: SmtpReply }
  | { readonly status: 'bounced'; readonly at: Instant; readonly reply: SmtpReply }
  | { readonly status: 'returned' | 'removed' | 'cancelled' | 'expired'; readonly at: Instant };

export type Recipient = { readonly address: Address; readonly state: RecipientStatus };

/** What the next hop said of one recipient; 4yz is tried again, 5yz bounces. */
export type RecipientResult = { readonly address: Address; readonly reply: SmtpReply };
