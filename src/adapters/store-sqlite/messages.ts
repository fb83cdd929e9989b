import { GatewayError, type Instant, type MessageId } from '../../core/index.ts';
import { planDelivery, type Recipient } from '../../delivery/index.ts';
import type { Change, MessageQuery, NewMessage, Origin, Stage, StoredMessage } from '../../gateway/index.ts';
import type { Inspection } from '../../inspect/index.ts';
import type { Envelope, SpooledMessage } from '../../message/index.ts';
import { appendAudit } from './audit-log.ts';
import { sha256, type BodyVault } from './body-vault.ts';
import type { Database, Row } from './database.ts';
import { putHold } from './holds.ts';

/** Rows of the messages table and what changes with them. Every function runs inside the caller's transaction. */
export class Messages {
  readonly #db: Database;
  readonly #vault: BodyVault;

  constructor(db: Database, vault: BodyVault) {
    this.#db = db;
    this.#vault = vault;
  }

  accept({ envelope, body, origin }: NewMessage, at: Instant): SpooledMessage {
    const spooled = { envelope, size: body.length, sha256: sha256(body) };
    const waiting: readonly Recipient[] = envelope.rcptTo.map((address) => ({ address, state: { status: 'waiting' } }));
    const isNotice = origin === 'notice';
    const row = this.#db.get(
      `INSERT INTO messages (id, origin, stage, envelope, mail_from, received_at, size, sha256, recipients, due_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING n`,
      envelope.id,
      origin,
      isNotice ? 'deliver' : 'inspect',
      JSON.stringify(envelope),
      envelope.mailFrom?.toLowerCase() ?? null,
      envelope.receivedAt,
      spooled.size,
      spooled.sha256,
      JSON.stringify(isNotice ? planDelivery(waiting, null, at) : waiting),
      at,
    );
    this.#vault.put(Number(row?.['n']), envelope.id, body);
    const details = { size: spooled.size, recipients: envelope.rcptTo.length };
    const actor = { kind: 'system', name: 'gateway' } as const;
    appendAudit(this.#db, [{ type: 'message.accepted', actor, message: envelope.id, details }], at);
    return spooled;
  }

  /** False (and the caller rolls back) when the hold, or the time at which it is due, is no longer the one that was changed. */
  apply(id: MessageId, change: Change, at: Instant): boolean {
    const row = this.#db.get('SELECT * FROM messages WHERE id = ?', id);
    if (row === null) throw new GatewayError('STORE_FAILED', { cause: new Error('no such message') });
    const n = Number(row['n']);
    if (change.expectedDueAt !== undefined && (row['due_at'] ?? null) !== change.expectedDueAt) return false;
    if (change.hold !== undefined && !putHold(this.#db, n, change.hold.next, change.hold.expectedVersion)) return false;
    const stage = change.stage ?? (row['stage'] as Stage);
    this.#db.run(
      'UPDATE messages SET stage = ?, due_at = ?, recipients = ?, inspection = ?, inspections = ?, finished_at = ? WHERE n = ?',
      stage,
      change.dueAt === undefined ? (row['due_at'] ?? null) : change.dueAt,
      change.recipients === undefined ? (row['recipients'] ?? null) : JSON.stringify(change.recipients),
      change.inspection === undefined ? (row['inspection'] ?? null) : JSON.stringify(change.inspection),
      change.inspections ?? Number(row['inspections']),
      stage === 'done' ? (row['finished_at'] ?? at) : null,
      n,
    );
    for (const notice of change.notices ?? []) this.accept(notice, at);
    appendAudit(this.#db, change.audit ?? [], at);
    return true;
  }

  get(id: MessageId): StoredMessage | null {
    const row = this.#db.get('SELECT * FROM messages WHERE id = ?', id);
    return row === null ? null : toMessage(row);
  }

  /** Newest first. `from` compares without case. */
  list(query: MessageQuery): readonly StoredMessage[] {
    const parts = ['true'];
    const values: (string | number)[] = [];
    const add = (condition: string, value: string | number | undefined): void => {
      if (value === undefined) return;
      parts.push(condition);
      values.push(value);
    };
    add('stage = ?', query.stage);
    add('origin = ?', query.origin);
    add('mail_from = ?', query.from?.toLowerCase());
    add('received_at >= ?', query.since);
    add('id < ?', query.before);
    add(
      "stage IN ('deliver', 'held') AND json_extract(inspection, '$.verdict.delayMinutes') IS NOT NULL AND due_at > ?",
      query.delayedBeyond,
    );
    // In this order only unfinished mail is looked at; by id, every mail ever taken might be.
    const order = query.delayedBeyond === undefined ? 'id DESC' : 'due_at, n';
    const sql = `SELECT * FROM messages WHERE ${parts.join(' AND ')} ORDER BY ${order} LIMIT ? OFFSET ?`;
    return this.#db.all(sql, ...values, query.limit, query.offset).map(toMessage);
  }

  due(now: Instant, limit: number): readonly MessageId[] {
    const rows = this.#db.all('SELECT id FROM messages WHERE due_at IS NOT NULL AND due_at <= ? ORDER BY due_at, n LIMIT ?', now, limit);
    return rows.map((row) => row['id'] as MessageId);
  }

  eraseBodies(before: Instant, limit: number): number {
    const rows = this.#db.all(
      'SELECT n, id FROM messages WHERE has_body = 1 AND finished_at IS NOT NULL AND finished_at < ? ORDER BY finished_at LIMIT ?',
      before,
      limit,
    );
    for (const row of rows) {
      this.#vault.erase(Number(row['n']), row['id'] as MessageId);
      this.#db.run('UPDATE messages SET has_body = 0 WHERE n = ?', row['n'] ?? null);
    }
    return rows.length;
  }
}

const toMessage = (row: Row): StoredMessage => ({
  id: row['id'] as MessageId,
  origin: row['origin'] as Origin,
  spooled: { envelope: JSON.parse(row['envelope'] as string) as Envelope, size: row['size'] as number, sha256: row['sha256'] as string },
  stage: row['stage'] as Stage,
  recipients: JSON.parse(row['recipients'] as string) as readonly Recipient[],
  inspection: row['inspection'] === null ? null : (JSON.parse(row['inspection'] as string) as Inspection),
  dueAt: row['due_at'] as Instant | null,
  inspections: row['inspections'] as number,
});
