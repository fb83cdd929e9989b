import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { BodyVault } from '../../src/adapters/store-sqlite/body-vault.ts';
import { Database } from '../../src/adapters/store-sqlite/database.ts';
import { answerBatch, failureCode } from '../../src/adapters/store-sqlite/group-commit.ts';
import { createHandlers } from '../../src/adapters/store-sqlite/handlers.ts';
import { masterKey } from '../../src/adapters/store-sqlite/master-key.ts';
import type { Reply, Request } from '../../src/adapters/store-sqlite/protocol.ts';
import { verifyChain } from '../../src/audit/index.ts';
import { GatewayError } from '../../src/core/index.ts';
import { newMessage, start } from '../support/store-samples.ts';

it('I1: each answer is given only after its mail is committed, and a batch is one transaction', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'sekisho-commit-'));
  const db = new Database(dir, 100);
  const other = new DatabaseSync(join(dir, 'sekisho.db'));
  try {
    // FULL (2): a commit returns after the log is synced. kill -9 cannot show this, only power loss would.
    expect(db.get('PRAGMA synchronous')?.['synchronous']).toBe(2);
    expect(db.get('PRAGMA journal_mode')?.['journal_mode']).toBe('wal');
    const vault = new BodyVault(dir, db, masterKey(dir, db));
    const handlers = createHandlers(db, vault, { dir, minFreeBytes: 0, lockWaitMs: 100 });
    const batch = Array.from({ length: 7 }, (_, seq): Request => ({ seq, method: 'accept', args: [newMessage(), start] }));
    // What another process sees when the answer is given is what is committed.
    const seen: unknown[] = [];
    answerBatch(db, vault, handlers, batch, (reply) =>
      seen.push([reply.ok, other.prepare('SELECT count(*) AS n FROM messages').get()?.['n']]),
    );
    expect(seen).toEqual(Array.from({ length: 7 }, () => [true, 7]));
  } finally {
    other.close();
    db.close();
    await rm(dir, { recursive: true });
  }
});

it('answers a batch whose commit fails with a failure for each, and stores none of it', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'sekisho-commit-'));
  const db = new Database(dir, 100);
  try {
    const vault = new BodyVault(dir, db, masterKey(dir, db));
    const handlers = createHandlers(db, vault, { dir, minFreeBytes: 0, lockWaitMs: 100 });
    // A deferred foreign key is checked by COMMIT itself: the plainest way to make it fail.
    const dangling = { ...handlers, touchSession: () => db.exec("INSERT INTO hold_owners (address, n) VALUES ('x', 99)") };
    const large = newMessage({ body: randomBytes(300_000) });
    const batch: Request[] = [
      { seq: 1, method: 'accept', args: [large, start] },
      { seq: 2, method: 'touchSession', args: [] },
    ];
    const deferring = {
      ...dangling,
      accept: (...args: Parameters<typeof handlers.accept>) => (db.exec('PRAGMA defer_foreign_keys = ON'), handlers.accept(...args)),
    };
    const replies: Reply[] = [];
    answerBatch(db, vault, deferring, batch, (reply) => replies.push(reply));
    expect(replies.map((reply) => [reply.seq, reply.ok ? null : reply.code])).toEqual([
      [1, 'STORE_FAILED'],
      [2, 'STORE_FAILED'],
    ]);
    expect(handlers.message(large.envelope.id)).toBeNull();
    expect((await readdir(join(dir, 'bodies'), { recursive: true })).some((name) => name.includes(large.envelope.id))).toBe(false);
    answerBatch(db, vault, handlers, batch.slice(0, 1), (reply) => replies.push(reply));
    expect(replies[2]?.ok).toBe(true);
  } finally {
    db.close();
    await rm(dir, { recursive: true });
  }
});

it('a database that can grow no more refuses mail for now, keeps what it promised and leaves no files of the rest', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'sekisho-full-'));
  const db = new Database(dir, 100);
  try {
    const vault = new BodyVault(dir, db, masterKey(dir, db));
    const handlers = createHandlers(db, vault, { dir, minFreeBytes: 0, lockWaitMs: 100 });
    db.exec('PRAGMA max_page_count = 150'); // 600 KB: SQLite's own way to be out of space
    const sizes = [20_000, 300_000, 5000, 100_000];
    const messages = Array.from({ length: 80 }, (_, index) => newMessage({ body: randomBytes(sizes[index % sizes.length] ?? 0) }));
    const replies: Reply[] = [];
    for (let first = 0; first < messages.length; first += 5) {
      const batch = messages
        .slice(first, first + 5)
        .map((message, index): Request => ({ seq: first + index, method: 'accept', args: [message, start] }));
      answerBatch(db, vault, handlers, batch, (reply) => replies.push(reply));
    }
    expect(replies).toHaveLength(messages.length);
    const kept = messages.filter((_, seq) => replies.find((reply) => reply.seq === seq)?.ok === true);
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.length).toBeLessThan(messages.length);
    expect(new Set(replies.flatMap((reply) => (reply.ok ? [] : [reply.code])))).toEqual(new Set(['SPOOL_FULL']));
    for (const { envelope, body } of kept) expect(Buffer.from(handlers.body(envelope.id)).equals(Buffer.from(body))).toBe(true);
    expect(handlers.messages({ limit: 100, offset: 0 })).toHaveLength(kept.length);
    expect(verifyChain(handlers.audit({ after: 0, limit: 100 }))).toEqual({ ok: true });
    const files = (await readdir(join(dir, 'bodies'), { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    expect(files.map((file) => file.name).toSorted()).toEqual(
      kept
        .filter(({ body }) => body.length === 300_000)
        .map(({ envelope }) => envelope.id as string)
        .toSorted(),
    );
  } finally {
    db.close();
    await rm(dir, { recursive: true });
  }
});

it.each([
  [Object.assign(new Error('full'), { errcode: 13 }), 'SPOOL_FULL'],
  [Object.assign(new Error('no space'), { code: 'ENOSPC' }), 'SPOOL_FULL'],
  [Object.assign(new Error('quota'), { code: 'EDQUOT' }), 'SPOOL_FULL'],
  [Object.assign(new Error('I/O error'), { errcode: 10 | (4 << 8) }), 'STORE_FAILED'],
  [Object.assign(new Error('sync failed'), { code: 'EIO' }), 'STORE_FAILED'],
  [new GatewayError('BODY_GONE'), 'BODY_GONE'],
  ['thrown text', 'STORE_FAILED'],
])('%s becomes %s', (error, code) => {
  expect(failureCode(error)).toBe(code);
});
