import { GatewayError, type FailureCode } from '../../core/index.ts';
import type { BodyVault } from './body-vault.ts';
import type { Database } from './database.ts';
import { writes, type Handlers, type Reply, type Request } from './protocol.ts';

/**
 * Answers every request of `batch`. Reads first and at once: they are concurrent with the writes beside them, so either order is right,
 * and they need not wait for the disk. Then all writes share one transaction and one sync, and are answered only after its commit;
 * each has a savepoint, so that one that fails takes no other with it.
 */
export function answerBatch(
  db: Database,
  vault: BodyVault,
  handlers: Handlers,
  batch: readonly Request[],
  answer: (reply: Reply) => void,
): void {
  const writing = batch.filter((request) => writes.has(request.method));
  for (const request of batch) {
    if (request.method === 'close' || writes.has(request.method)) continue;
    answer(attempt(request.seq, () => call(handlers, request)));
  }
  if (writing.length === 0) return;
  const replies = commitTogether(db, vault, handlers, writing);
  // Erased keys must not stay readable in the log, and "erased" is not said before. A reader may be in the way: then the next erasure's
  // checkpoint does it.
  if (writing.some((request) => request.method === 'eraseBodies')) attempt(0, () => db.checkpoint());
  for (const reply of replies) answer(reply);
}

function commitTogether(db: Database, vault: BodyVault, handlers: Handlers, writing: readonly Request[]): readonly Reply[] {
  const start = vault.mark();
  try {
    db.exec('BEGIN IMMEDIATE');
    const replies = writing.map((request) => inSavepoint(db, vault, handlers, request));
    db.exec('COMMIT');
    vault.committed();
    return replies;
  } catch (error) {
    // Nothing of the batch is stored: each sender is told to try again.
    if (db.inTransaction) db.exec('ROLLBACK');
    vault.rollBack(start);
    return writing.map(({ seq }) => failed(seq, error));
  }
}

/** Throws only when the whole transaction is lost. */
function inSavepoint(db: Database, vault: BodyVault, handlers: Handlers, request: Request): Reply {
  const mark = vault.mark();
  db.exec('SAVEPOINT request');
  const reply = attempt(request.seq, () => call(handlers, request));
  // `apply` answers false when somebody else was first: then nothing of it may stay.
  if (!reply.ok || (request.method === 'apply' && reply.value === false)) {
    // A full disk or an I/O error can end the transaction by itself, and what came before is gone with it.
    if (!db.inTransaction) throw new GatewayError(reply.ok ? 'STORE_FAILED' : reply.code, { cause: reply });
    db.exec('ROLLBACK TO request');
    vault.rollBack(mark);
  }
  db.exec('RELEASE request');
  return reply;
}

function call(handlers: Handlers, request: Request): unknown {
  if (request.method === 'close') return null;
  // The client's types pair method and arguments; that does not survive the way through the port.
  const handler = handlers[request.method] as (...args: readonly unknown[]) => unknown;
  return handler(...request.args);
}

function attempt(seq: number, run: () => unknown): Reply {
  try {
    return { seq, ok: true, value: run() ?? null };
  } catch (error) {
    return failed(seq, error);
  }
}

const failed = (seq: number, error: unknown): Reply => ({
  seq,
  ok: false,
  code: failureCode(error),
  why: error instanceof Error ? (error.cause instanceof Error ? error.cause.message : error.message) : 'unknown failure',
});

/** https://www.sqlite.org/rescode.html: the low byte is the primary code. */
const sqliteFull = 13;

export function failureCode(error: unknown): FailureCode {
  if (error instanceof GatewayError) return error.code;
  if (!(error instanceof Error)) return 'STORE_FAILED';
  if ('errcode' in error && typeof error.errcode === 'number' && (error.errcode & 0xff) === sqliteFull) return 'SPOOL_FULL';
  return 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT') ? 'SPOOL_FULL' : 'STORE_FAILED';
}
