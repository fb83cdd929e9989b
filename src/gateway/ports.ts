import type { Actor, AuditEvent, AuditRecord } from '../audit/index.ts';
import type { CustomerId, Instant, MessageId, RuleId } from '../core/index.ts';
import type { Recipient, RecipientResult } from '../delivery/index.ts';
import type { Examination, Inspection } from '../inspect/index.ts';
import type { CustomerLabel } from '../match/index.ts';
import type { Address, Envelope, SpooledMessage } from '../message/index.ts';
import type { Disposition } from '../policy/index.ts';
import type { Hold, HoldState } from '../quarantine/index.ts';
import type { NewToken, NewUser, Session, Token, User } from './users.ts';

export type Clock = { now(): Instant };

/** What a log line may hold. A plain `string` is not in it, so a subject or a name does not compile. */
export type Loggable = number | boolean | null | MessageId | RuleId | Disposition | HoldState;
/** One line a call; `event` names a kind of `events.ts`. Errors are logged by code and our own stack frames only. */
export type Log = {
  info(event: `${string}.${string}`, fields: { readonly [field: string]: Loggable }): void;
  warn(event: `${string}.${string}`, fields: { readonly [field: string]: Loggable }): void;
  error(event: `${string}.${string}`, fields: { readonly [field: string]: Loggable }, cause?: unknown): void;
};

/** Counters and gauges with labels of low cardinality. */
export type Metrics = {
  count(name: MetricName, labels?: { readonly [label: string]: string }, by?: number): void;
  observe(name: 'inspection_seconds' | 'delivery_seconds' | 'accept_seconds', seconds: number): void;
};
export type MetricName =
  | 'messages_accepted'
  | 'messages_rejected'
  | 'messages_delivered'
  | 'messages_held'
  | 'messages_returned'
  | 'policy_actions'
  | 'recipients_relayed'
  | 'recipients_deferred'
  | 'recipients_bounced'
  | 'inspections_failed'
  | 'reloads'
  | 'holds_decided';

/** `smtp`: taken from a client, inspected. `notice`: made by the gateway (bounce, notice, return), relayed without inspection. */
export type Origin = 'smtp' | 'notice';
export type NewMessage = { readonly envelope: Envelope; readonly body: Uint8Array; readonly origin: Origin };

/** Where the message as a whole stands; `advance` does what its stage asks for. */
export type Stage = 'inspect' | 'held' | 'deliver' | 'done';
export type StoredMessage = {
  readonly id: MessageId;
  readonly origin: Origin;
  readonly spooled: SpooledMessage;
  readonly stage: Stage;
  readonly recipients: readonly Recipient[];
  readonly inspection: Inspection | null;
  /** When `advance` should look at it next. */
  readonly dueAt: Instant | null;
  /** Fruitless inspections so far (a crash in the middle counts). */
  readonly inspections: number;
};

/** One transaction's worth of change to one message: all of it is on stable storage when the promise resolves, or none. */
export type Change = {
  readonly stage?: Stage;
  readonly dueAt?: Instant | null;
  /** Nothing is written unless the message is still due then: who sends it and who stops it do not both do so. */
  readonly expectedDueAt?: Instant | null;
  readonly recipients?: readonly Recipient[];
  readonly inspection?: Inspection;
  readonly inspections?: number;
  /** Insert or replace the hold. `expectedVersion` null: it must not exist yet; else its version must still be that, or nothing is written. */
  readonly hold?: { readonly next: Hold; readonly expectedVersion: number | null };
  readonly notices?: readonly NewMessage[];
  readonly audit?: readonly AuditEvent[];
};

export type HoldQuery = {
  readonly states?: readonly HoldState[];
  /** Only holds of these departments ('' = senders without one); null: all. */
  readonly departments: readonly string[] | null;
  /** Also holds that are this approver's, whatever their department. */
  readonly approver?: string;
  /** Only holds whose ownAddresses hold this address. */
  readonly ownedBy?: string;
  readonly limit: number;
  readonly offset: number;
};
export type MessageQuery = {
  readonly stage?: Stage;
  readonly origin?: Origin;
  readonly from?: string;
  readonly since?: Instant;
  /** Only mail that a policy has wait beyond this moment, soonest first. */
  readonly delayedBeyond?: Instant;
  /** Older than this one: how to page through all of them, where an offset would count from the newest each time. */
  readonly before?: MessageId;
  readonly limit: number;
  readonly offset: number;
};
export type AuditQuery = { readonly after: number; readonly limit: number; readonly message?: MessageId; readonly newestFirst?: boolean };

/** The transactional store: message, envelope, state, hold, audit, users. The truth; everything else can be lost. */
export type Store = {
  /** Resolves once body, envelope and state are on stable storage (I1). Throws GatewayError SPOOL_FULL or STORE_FAILED, and then nothing is stored. */
  accept(message: NewMessage, at: Instant): Promise<SpooledMessage>;
  /** The bytes as accepted. Throws GatewayError BODY_GONE, or BODY_DAMAGED when they no longer have the stored SHA-256. */
  body(id: MessageId): Promise<Uint8Array>;
  message(id: MessageId): Promise<StoredMessage | null>;
  messages(query: MessageQuery): Promise<readonly StoredMessage[]>;
  /** Ids whose dueAt is not after `now`, oldest first. */
  due(now: Instant, limit: number): Promise<readonly MessageId[]>;
  /** False when `change.hold.expectedVersion` or `change.expectedDueAt` no longer fits (somebody else was first): nothing is written then. */
  apply(id: MessageId, change: Change, at: Instant): Promise<boolean>;
  /** Erases the bodies (their keys) of finished messages decided before `before`; returns how many. */
  eraseBodies(before: Instant, limit: number): Promise<number>;

  hold(id: MessageId): Promise<Hold | null>;
  holds(query: HoldQuery): Promise<readonly Hold[]>;
  countHolds(query: Omit<HoldQuery, 'limit' | 'offset'>): Promise<number>;

  appendAudit(events: readonly AuditEvent[], at: Instant): Promise<void>;
  audit(query: AuditQuery): Promise<readonly AuditRecord[]>;

  addUser(user: NewUser, at: Instant): Promise<'added' | 'exists'>;
  user(email: string): Promise<User | null>;
  users(): Promise<readonly User[]>;
  /** False when there is no such user. Disabling or changing the password ends the user's sessions and tokens in the same transaction. */
  updateUser(
    email: string,
    change: {
      readonly passwordHash?: string;
      readonly disabled?: boolean;
      readonly failedLogins?: number;
      readonly lockedUntil?: Instant | null;
    },
    at: Instant,
  ): Promise<boolean>;
  addSession(session: Session): Promise<void>;
  /** By SHA-256 (hex) of the cookie's secret; null when unknown or removed. */
  session(idHash: string): Promise<Session | null>;
  touchSession(idHash: string, seenAt: Instant): Promise<void>;
  removeSession(idHash: string): Promise<void>;
  addToken(token: NewToken, at: Instant): Promise<void>;
  token(hash: string): Promise<Token | null>;

  /** Counts by stage and hold state, sizes, oldest due: for health, metrics and doctor. */
  stats(now: Instant): Promise<StoreStats>;
  close(): Promise<void>;
};
export type StoreStats = {
  readonly waiting: number;
  readonly queued: number;
  readonly held: number;
  readonly oldestDueSeconds: number;
  readonly bytesOnDisk: number;
  readonly freeBytes: number;
};

/** A timetable, never the only place a message is: the sweeper refills it from `Store.due`. Idempotent on the id. */
export type Scheduler = {
  /** Runs `run(id)` at or soon after `when`; a second call for the same id keeps the earlier time. The same id never runs twice at once. */
  at(id: MessageId, when: Instant): void;
  start(run: (id: MessageId) => Promise<void>): void;
  /** No new runs; resolves when the running ones have ended. */
  stop(): Promise<void>;
};

/** Bytes + envelope → verdict. A throw, time-out or crash inside comes back as an inspection with `inspection_failed` (I4). */
export type Inspector = {
  /** `begin` runs when the mail's turn has come, just before anything looks at it; rejects only when `begin` does. */
  inspect(envelope: Envelope, body: Uint8Array, begin?: () => Promise<void>): Promise<Inspection>;
  /** The inspection that stands for one that could not be done: it holds. */
  failed(envelope: Envelope): Inspection;
  /** The mail with its text and findings, for a hold page; null when it cannot be examined (time-out, crash). */
  examine(envelope: Envelope, body: Uint8Array): Promise<Examination | null>;
  close(): Promise<void>;
};

export type Transmission = {
  readonly id: MessageId;
  readonly mailFrom: Address | null;
  readonly recipients: readonly [Address, ...Address[]];
  readonly body: Uint8Array;
  readonly smtpUtf8: boolean;
  readonly eightBit: boolean;
};
/** Hands bytes to the next hop. One result a recipient; throws GatewayError NEXT_HOP_UNREACHABLE when nothing was handed over. */
export type NextHopClient = { send(transmission: Transmission): Promise<readonly RecipientResult[]>; close(): Promise<void> };

/** Sealed labels of the customer index, opened only for a page or a command that shows them. */
export type CustomerLabels = {
  label(customer: CustomerId): CustomerLabel | null;
  count(): number;
  /** When the customer data were last changed; null without any. */
  loadedAt(): Instant | null;
  /** Older data are pointed out on every hold. */
  readonly maxAgeSeconds: number;
};

/** One decision on an address: whose it is, who said so and why. Times in ISO 8601. */
export type AllowListEntry = {
  readonly decidedAt: string;
  readonly decision: 'accepted' | 'dismissed';
  readonly customer: CustomerId;
  readonly address: Address;
  /** Held mails that were released to it. */
  readonly releases: number;
  readonly proposedAt: string;
  /** Accounts that released them, joined by spaces. */
  readonly releasedBy: string;
  readonly decidedBy: string;
  readonly reason: string;
};

/** The list of decided addresses, a file that is only ever added to. Both `read` and `append` throw when it cannot be read or written. */
export type AllowList = {
  /** Of each customer and address the entry that counts, and the rows that count for nothing because they are wrong. */
  read(): {
    readonly entries: readonly AllowListEntry[];
    readonly problems: readonly { readonly line: number; readonly message: string }[];
  };
  /** On the disk when it returns. */
  append(entry: AllowListEntry): void;
  /** Entries as a file of the same columns, for the owner of the customer data. */
  csv(entries: readonly AllowListEntry[]): string;
};

export type { Actor };
