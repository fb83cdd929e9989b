import { createHash } from 'node:crypto';
import { chain, chainStart, type AuditEvent, type AuditRecord } from '../../src/audit/index.ts';
import { GatewayError, type Instant, type MessageId } from '../../src/core/index.ts';
import { planDelivery } from '../../src/delivery/index.ts';
import type { Change, HoldQuery, NewMessage, Session, Store, StoredMessage, Token, User } from '../../src/gateway/index.ts';
import type { SpooledMessage } from '../../src/message/index.ts';
import type { Hold } from '../../src/quarantine/index.ts';

type Entry = { message: StoredMessage; body: Uint8Array | null; finishedAt: Instant | null };

/** The Store port in memory, for tests of the gateway: it passes the same contract suite as the real one. `fail` makes the next writes fail. */
export class MemoryStore implements Store {
  readonly #messages = new Map<MessageId, Entry>();
  readonly #holds = new Map<MessageId, Hold>();
  readonly #audit: AuditRecord[] = [];
  readonly #users = new Map<string, User>();
  readonly #sessions = new Map<string, Session>();
  readonly #tokens = new Map<string, Token>();
  #failure: GatewayError | null = null;

  /** Every write rejects with `error` until it is set to null. */
  fail(error: GatewayError | null): void {
    this.#failure = error;
  }

  async accept(message: NewMessage, at: Instant): Promise<SpooledMessage> {
    this.#check();
    if (this.#messages.has(message.envelope.id)) throw new GatewayError('STORE_FAILED');
    return this.#accept(message, at);
  }

  async body(id: MessageId): Promise<Uint8Array> {
    const body = this.#messages.get(id)?.body ?? null;
    if (body === null) throw new GatewayError('BODY_GONE');
    return new Uint8Array(body);
  }

  async message(id: MessageId): Promise<StoredMessage | null> {
    return this.#messages.get(id)?.message ?? null;
  }

  async messages(query: Parameters<Store['messages']>[0]): Promise<readonly StoredMessage[]> {
    const from = query.from?.toLowerCase();
    return [...this.#messages.values()]
      .map((entry) => entry.message)
      .filter(({ id, stage, origin, inspection, dueAt, spooled: { envelope } }) => {
        if (query.before !== undefined && id >= query.before) return false;
        if (query.stage !== undefined && stage !== query.stage) return false;
        if (query.delayedBeyond !== undefined) {
          if ((stage !== 'deliver' && stage !== 'held') || (inspection?.verdict.delayMinutes ?? null) === null) return false;
          if (dueAt === null || dueAt <= query.delayedBeyond) return false;
        }
        if (query.origin !== undefined && origin !== query.origin) return false;
        if (from !== undefined && envelope.mailFrom?.toLowerCase() !== from) return false;
        return query.since === undefined || envelope.receivedAt >= query.since;
      })
      .toSorted((a, b) => (query.delayedBeyond === undefined ? (a.id < b.id ? 1 : -1) : (a.dueAt ?? 0) - (b.dueAt ?? 0)))
      .slice(query.offset, query.offset + query.limit);
  }

  async due(now: Instant, limit: number): Promise<readonly MessageId[]> {
    return [...this.#messages.values()]
      .map((entry) => entry.message)
      .filter((message) => message.dueAt !== null && message.dueAt <= now)
      .toSorted((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0))
      .slice(0, limit)
      .map((message) => message.id);
  }

  async apply(id: MessageId, change: Change, at: Instant): Promise<boolean> {
    this.#check();
    const entry = this.#messages.get(id);
    if (entry === undefined) throw new GatewayError('STORE_FAILED');
    if (change.expectedDueAt !== undefined && entry.message.dueAt !== change.expectedDueAt) return false;
    if (change.hold !== undefined && (this.#holds.get(id)?.version ?? null) !== change.hold.expectedVersion) return false;
    const ids = (change.notices ?? []).map((notice) => notice.envelope.id);
    if (new Set(ids).size < ids.length || ids.some((notice) => this.#messages.has(notice))) throw new GatewayError('STORE_FAILED');
    const { stage, dueAt, recipients, inspection, inspections } = change;
    const before = entry.message;
    entry.message = structuredClone({
      ...before,
      stage: stage ?? before.stage,
      dueAt: dueAt === undefined ? before.dueAt : dueAt,
      recipients: recipients ?? before.recipients,
      inspection: inspection ?? before.inspection,
      inspections: inspections ?? before.inspections,
    });
    entry.finishedAt = entry.message.stage === 'done' ? (entry.finishedAt ?? at) : null;
    if (change.hold !== undefined) this.#holds.set(id, structuredClone(change.hold.next));
    for (const notice of change.notices ?? []) this.#accept(notice, at);
    this.#append(change.audit ?? [], at);
    return true;
  }

  async eraseBodies(before: Instant, limit: number): Promise<number> {
    this.#check();
    const erasable = [...this.#messages.values()]
      .filter(({ body, finishedAt }) => body !== null && finishedAt !== null && finishedAt < before)
      .toSorted((a, b) => (a.finishedAt ?? 0) - (b.finishedAt ?? 0))
      .slice(0, limit);
    for (const entry of erasable) entry.body = null;
    return erasable.length;
  }

  async hold(id: MessageId): Promise<Hold | null> {
    return this.#holds.get(id) ?? null;
  }

  async holds(query: HoldQuery): Promise<readonly Hold[]> {
    return this.#select(query)
      .toSorted((a, b) => a.dueAt - b.dueAt || (a.id < b.id ? -1 : 1))
      .slice(query.offset, query.offset + query.limit);
  }

  async countHolds(query: Omit<HoldQuery, 'limit' | 'offset'>): Promise<number> {
    return this.#select(query).length;
  }

  async appendAudit(events: readonly AuditEvent[], at: Instant): Promise<void> {
    this.#check();
    this.#append(events, at);
  }

  async audit(query: Parameters<Store['audit']>[0]): Promise<readonly AuditRecord[]> {
    const records = this.#audit.filter(
      (record) => record.seq > query.after && (query.message === undefined || record.event.message === query.message),
    );
    return (query.newestFirst === true ? records.toReversed() : records).slice(0, query.limit);
  }

  async addUser(user: Parameters<Store['addUser']>[0], at: Instant): Promise<'added' | 'exists'> {
    this.#check();
    const email = user.email.toLowerCase();
    if (this.#users.has(email)) return 'exists';
    this.#users.set(email, { ...user, email, disabled: false, failedLogins: 0, lockedUntil: null, createdAt: at });
    return 'added';
  }

  async user(email: string): Promise<User | null> {
    return this.#users.get(email.toLowerCase()) ?? null;
  }

  async users(): Promise<readonly User[]> {
    return [...this.#users.values()].toSorted((a, b) => (a.email < b.email ? -1 : 1));
  }

  async updateUser(email: string, change: Parameters<Store['updateUser']>[1]): Promise<boolean> {
    this.#check();
    const user = this.#users.get(email.toLowerCase());
    if (user === undefined) return false;
    const next = { ...user, ...change };
    this.#users.set(user.email, next);
    if (next.disabled || change.passwordHash !== undefined) {
      for (const map of [this.#sessions, this.#tokens]) for (const [key, { email }] of map) if (email === user.email) map.delete(key);
    }
    return true;
  }

  async addSession(session: Session): Promise<void> {
    this.#check();
    this.#sessions.set(session.idHash, { ...session, email: this.#known(session.email).email });
  }

  async session(idHash: string): Promise<Session | null> {
    return this.#ofEnabled(this.#sessions.get(idHash));
  }

  async touchSession(idHash: string, seenAt: Instant): Promise<void> {
    this.#check();
    const session = this.#sessions.get(idHash);
    if (session !== undefined && session.seenAt < seenAt) this.#sessions.set(idHash, { ...session, seenAt });
  }

  async removeSession(idHash: string): Promise<void> {
    this.#check();
    this.#sessions.delete(idHash);
  }

  async addToken(token: Parameters<Store['addToken']>[0], at: Instant): Promise<void> {
    this.#check();
    this.#tokens.set(token.hash, { ...token, email: this.#known(token.email).email, createdAt: at });
  }

  async token(hash: string): Promise<Token | null> {
    return this.#ofEnabled(this.#tokens.get(hash));
  }

  async stats(now: Instant): ReturnType<Store['stats']> {
    const all = [...this.#messages.values()];
    const count = (stage: string): number => all.filter((entry) => entry.message.stage === stage).length;
    const due = all.flatMap(({ message: { dueAt } }) => (dueAt === null ? [] : [dueAt as number]));
    return {
      waiting: count('inspect'),
      queued: count('deliver'),
      held: count('held'),
      oldestDueSeconds: due.length === 0 ? 0 : Math.max(0, (now - Math.min(...due)) / 1000),
      bytesOnDisk: all.reduce((sum, { body }) => sum + (body?.length ?? 0), 0),
      freeBytes: 1e12,
    };
  }

  async close(): Promise<void> {
    this.#failure = new GatewayError('STORE_FAILED');
  }

  #check(): void {
    if (this.#failure !== null) throw this.#failure;
  }

  #accept({ envelope, body, origin }: NewMessage, at: Instant): SpooledMessage {
    const spooled = { envelope: structuredClone(envelope), size: body.length, sha256: createHash('sha256').update(body).digest('hex') };
    const waiting = envelope.rcptTo.map((address) => ({ address, state: { status: 'waiting' } as const }));
    const [stage, recipients] =
      origin === 'notice' ? (['deliver', planDelivery(waiting, null, at)] as const) : (['inspect', waiting] as const);
    const message = { id: envelope.id, origin, spooled, stage, recipients, inspection: null, dueAt: at, inspections: 0 };
    this.#messages.set(envelope.id, { message, body: new Uint8Array(body), finishedAt: null });
    const details = { size: body.length, recipients: envelope.rcptTo.length };
    this.#append([{ type: 'message.accepted', actor: { kind: 'system', name: 'gateway' }, message: envelope.id, details }], at);
    return spooled;
  }

  #append(events: readonly AuditEvent[], at: Instant): void {
    for (const event of events) this.#audit.push(chain(this.#audit.at(-1) ?? chainStart, at, structuredClone(event)));
  }

  #select(query: Omit<HoldQuery, 'limit' | 'offset'>): Hold[] {
    const owner = query.ownedBy?.toLowerCase();
    return [...this.#holds.values()].filter((hold) => {
      if (query.states !== undefined && !query.states.includes(hold.state)) return false;
      if (
        query.departments !== null &&
        !query.departments.includes(hold.department) &&
        (hold.approver === null || hold.approver !== query.approver)
      )
        return false;
      return owner === undefined || hold.ownAddresses.includes(owner);
    });
  }

  #known(email: string): User {
    const user = this.#users.get(email.toLowerCase());
    if (user === undefined) throw new GatewayError('STORE_FAILED');
    return user;
  }

  #ofEnabled<T extends { readonly email: string }>(found: T | undefined): T | null {
    return found === undefined || this.#users.get(found.email)?.disabled === true ? null : found;
  }
}
