import type { CustomerId, Instant, MessageId } from '../core/index.ts';

/** Who did it: a person by account e-mail, a local operator on the command line, or the gateway itself. */
export type Actor = { readonly kind: 'user' | 'operator' | 'system'; readonly name: string };

/** What happened. `details` holds ids, counts, codes and written reasons of staff: never text, subject or file name of a mail. */
export type AuditEvent = {
  readonly type:
    | 'message.accepted'
    | 'message.delivered'
    | 'message.held'
    | 'message.rejected'
    | 'message.delayed'
    | 'message.stopped'
    | 'message.removed'
    | 'delivery.relayed'
    | 'delivery.deferred'
    | 'delivery.bounced'
    | 'hold.viewed'
    | 'hold.revealed'
    | 'hold.released'
    | 'hold.returned'
    | 'hold.undone'
    | 'hold.settled'
    | 'hold.expired'
    | 'hold.refused'
    | 'hold.asked'
    | 'hold.cancelled'
    | 'user.added'
    | 'user.disabled'
    | 'user.password_changed'
    | 'user.logged_in'
    | 'user.login_failed'
    | 'user.logged_out'
    | 'token.created'
    | 'address.accepted'
    | 'address.dismissed'
    | 'address.exported'
    | 'rules.loaded'
    | 'customers.loaded'
    | 'gateway.started'
    | 'gateway.stopped'
    | 'audit.exported';
  readonly actor: Actor;
  readonly message: MessageId | null;
  readonly details: { readonly [key: string]: string | number | boolean | null | readonly string[] | readonly CustomerId[] };
};

/** Append-only and hash-chained: `hash = sha256(previous + canonical JSON of the rest)`, hex. `seq` counts from 1. */
export type AuditRecord = {
  readonly seq: number;
  readonly at: Instant;
  readonly event: AuditEvent;
  readonly previous: string;
  readonly hash: string;
};
