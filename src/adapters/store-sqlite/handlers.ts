import { join } from 'node:path';
import { statSync } from 'node:fs';
import { GatewayError, type Instant } from '../../core/index.ts';
import type { StoreStats } from '../../gateway/index.ts';
import { appendAudit, readAudit } from './audit-log.ts';
import type { BodyVault } from './body-vault.ts';
import type { Database } from './database.ts';
import { countHolds, readHold, readHolds } from './holds.ts';
import { Messages } from './messages.ts';
import type { Handlers, WorkerOptions } from './protocol.ts';
import * as users from './users.ts';

/** The Store port over one connection; the writing ones run inside a transaction that `answerBatch` opens. */
export function createHandlers(db: Database, vault: BodyVault, options: WorkerOptions): Handlers {
  const messages = new Messages(db, vault);
  return {
    accept(message, at) {
      if (vault.freeBytes() - message.body.length < options.minFreeBytes) throw new GatewayError('SPOOL_FULL');
      return messages.accept(message, at);
    },
    body: (id) => vault.get(id),
    message: (id) => messages.get(id),
    messages: (query) => messages.list(query),
    due: (now, limit) => messages.due(now, limit),
    apply: (id, change, at) => messages.apply(id, change, at),
    eraseBodies: (before, limit) => messages.eraseBodies(before, limit),
    hold: (id) => readHold(db, id),
    holds: (query) => readHolds(db, query),
    countHolds: (query) => countHolds(db, query),
    appendAudit: (events, at) => appendAudit(db, events, at),
    audit: (query) => readAudit(db, query),
    addUser: (user, at) => users.addUser(db, user, at),
    user: (email) => users.readUser(db, email),
    users: () => users.readUsers(db),
    updateUser: (email, change) => users.updateUser(db, email, change),
    addSession: (session) => users.addSession(db, session),
    session: (idHash) => users.readSession(db, idHash),
    touchSession: (idHash, seenAt) => users.touchSession(db, idHash, seenAt),
    removeSession: (idHash) => users.removeSession(db, idHash),
    addToken: (token, at) => users.addToken(db, token, at),
    token: (hash) => users.readToken(db, hash),
    stats: (now) => readStats(db, vault, options.dir, now),
  };
}

function readStats(db: Database, vault: BodyVault, dir: string, now: Instant): StoreStats {
  const count = (stage: string): number => Number(db.get('SELECT count(*) AS n FROM messages WHERE stage = ?', stage)?.['n']);
  const oldest = db.get('SELECT min(due_at) AS due FROM messages WHERE due_at IS NOT NULL')?.['due'] ?? null;
  const inFiles = db.get('SELECT coalesce(sum(file_bytes), 0) AS bytes FROM bodies WHERE file_bytes > 0')?.['bytes'];
  const inDatabase = ['sekisho.db', 'sekisho.db-wal'].map((name) => statSync(join(dir, name), { throwIfNoEntry: false })?.size ?? 0);
  return {
    waiting: count('inspect'),
    queued: count('deliver'),
    held: count('held'),
    oldestDueSeconds: oldest === null ? 0 : Math.max(0, (now - Number(oldest)) / 1000),
    bytesOnDisk: inDatabase.reduce((sum, size) => sum + size, Number(inFiles)),
    freeBytes: vault.freeBytes(),
  };
}
