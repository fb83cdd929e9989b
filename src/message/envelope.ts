import type { Brand, Instant, MessageId } from '../core/index.ts';

/** An RFC 5321 mailbox in its one normal form (`parseMailbox`): the same string for policy, store and wire. */
export type Address = Brand<string, 'Address'>;

/** The RFC 5321 envelope, with what the SMTP session proved about it. */
export type Envelope = {
  readonly id: MessageId;
  readonly receivedAt: Instant;
  readonly mailFrom: Address | null; // null is the null reverse-path, RFC 5321 §4.5.5
  readonly rcptTo: readonly [Address, ...Address[]];
  readonly smtpUtf8: boolean;
  readonly eightBit: boolean;
  readonly session: {
    readonly clientIp: string;
    readonly helo: string;
    readonly authUser: string | null;
    readonly tls: boolean;
  };
};

/** An envelope whose body is on stable storage; `sha256` (hex) is checked again before relaying. */
export type SpooledMessage = { readonly envelope: Envelope; readonly size: number; readonly sha256: string };
