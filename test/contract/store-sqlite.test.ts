import { randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../src/adapters/store-sqlite/index.ts';
import { verifyChain } from '../../src/audit/index.ts';
import { later } from '../../src/core/index.ts';
import type { Store } from '../../src/gateway/index.ts';
import { newMessage, start } from '../support/store-samples.ts';

let dir: string;
const opened: Store[] = [];
const open = async (options: { readonly minFreeBytes?: number; readonly lockWaitMs?: number } = {}): Promise<Store> => {
  const store = await openStore({ dir, ...options });
  opened.push(store);
  return store;
};
const stored = async (): Promise<string[]> =>
  (await readdir(dir, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
const database = (work: (db: DatabaseSync) => void): void => {
  const db = new DatabaseSync(join(dir, 'sekisho.db'));
  work(db);
  db.close();
};

beforeEach(async () => {
  dir = join(await mkdtemp(join(tmpdir(), 'sekisho-sqlite-')), 'var');
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((store) => store.close()));
  await rm(join(dir, '..'), { recursive: true });
});

describe('the master key', () => {
  it('is made once, readable by its owner alone', async () => {
    await Promise.all([open(), open(), open()]);
    expect((await stat(join(dir, 'master.key'))).mode & 0o777).toBe(0o600);
    expect((await stat(join(dir, 'sekisho.db'))).mode & 0o777).toBe(0o600);
    expect((await stat(dir)).mode & 0o777).toBe(0o700);
    expect((await readdir(dir)).filter((name) => name.startsWith('master.key'))).toEqual(['master.key']);
  });

  it('is refused when others can read it, when it is lost, another or no key', async () => {
    await (await open()).close();
    const path = join(dir, 'master.key');
    await chmod(path, 0o640);
    await expect(openStore({ dir })).rejects.toThrow('can be read by others');
    await unlink(path);
    await expect(openStore({ dir })).rejects.toThrow('is missing');
    await writeFile(path, 'ab'.repeat(32), { mode: 0o600 });
    await expect(openStore({ dir })).rejects.toThrow('is not the key that this store was made with');
    await writeFile(path, 'short');
    await expect(openStore({ dir })).rejects.toThrow('does not hold a key');
  });
});

describe('bodies on disk', () => {
  it.each([2000, 300_000])('hold nothing readable of a mail of %d bytes', async (size) => {
    const store = await open();
    const body = Buffer.alloc(size, 'canary-7f3a-');
    await store.accept(newMessage({ body }), start);
    for (const path of await stored()) expect((await readFile(path)).includes('canary-7f3a-')).toBe(false);
  });

  it('are reported damaged when a bit flips, in the row and in the file', async () => {
    const store = await open();
    const small = newMessage({ body: randomBytes(2000) });
    const large = newMessage({ body: randomBytes(300_000) });
    await store.accept(small, start);
    await store.accept(large, start);
    database((db) => db.exec("UPDATE bodies SET content = CAST(content || x'00' AS BLOB) WHERE content IS NOT NULL"));
    await expect(store.body(small.envelope.id)).rejects.toMatchObject({ code: 'BODY_DAMAGED' });
    const path = (await stored()).find((name) => name.endsWith(large.envelope.id)) ?? '';
    const bytes = await readFile(path);
    bytes.writeUInt8(bytes.readUInt8(150_000) ^ 1, 150_000);
    await writeFile(path, bytes);
    await expect(store.body(large.envelope.id)).rejects.toMatchObject({ code: 'BODY_DAMAGED' });
    await unlink(path);
    await expect(store.body(large.envelope.id)).rejects.toMatchObject({ code: 'BODY_DAMAGED' });
  });

  it('are reported damaged when the stored SHA-256 is another, or a body was moved to another mail', async () => {
    const store = await open();
    const [first, second] = [newMessage({ body: Buffer.from('first') }), newMessage({ body: Buffer.from('other') })];
    await store.accept(first, start);
    await store.accept(second, start);
    database((db) =>
      db.exec(
        'UPDATE bodies SET sealed_key = (SELECT sealed_key FROM bodies WHERE n = 1), content = (SELECT content FROM bodies WHERE n = 1)',
      ),
    );
    await expect(store.body(second.envelope.id)).rejects.toMatchObject({ code: 'BODY_DAMAGED' });
    expect(Buffer.from(await store.body(first.envelope.id)).toString()).toBe('first');
    database((db) => db.exec("UPDATE messages SET sha256 = 'ab'"));
    await expect(store.body(first.envelope.id)).rejects.toMatchObject({ code: 'BODY_DAMAGED' });
  });

  it('leave neither key nor bytes behind when erased', async () => {
    const store = await open();
    const message = newMessage({ body: randomBytes(300_000) });
    await store.accept(message, start);
    let key = Buffer.alloc(0);
    database((db) => (key = Buffer.from(db.prepare('SELECT sealed_key FROM bodies').get()?.['sealed_key'] as Uint8Array)));
    expect(key.length).toBeGreaterThan(32);
    await store.apply(message.envelope.id, { stage: 'done', dueAt: null }, start);
    expect(await store.eraseBodies(later(start, 1), 10)).toBe(1);
    for (const path of await stored()) expect((await readFile(path)).includes(key)).toBe(false);
    expect((await stored()).some((name) => name.endsWith(message.envelope.id))).toBe(false);
  });

  it('without a row are removed at the next opening, those with one stay', async () => {
    const store = await open();
    const kept = newMessage({ body: randomBytes(300_000) });
    await store.accept(kept, start);
    const group = join(dir, 'bodies', 'zz');
    await mkdir(group, { recursive: true });
    await writeFile(join(group, newMessage().envelope.id), 'left by a crash');
    const again = await open();
    expect(await readdir(group)).toEqual([]);
    expect(await again.body(kept.envelope.id)).toHaveLength(300_000);
  });

  it('of a refused request are removed again', async () => {
    const store = await open();
    const message = newMessage();
    await store.accept(message, start);
    const before = await stored();
    const notices = [newMessage({ origin: 'notice', body: randomBytes(300_000) }), message];
    await expect(store.apply(message.envelope.id, { notices }, start)).rejects.toMatchObject({ code: 'STORE_FAILED' });
    expect((await stored()).toSorted()).toEqual(before.toSorted());
  });
});

describe('the folder', () => {
  it('refuses a store that a newer program wrote', async () => {
    await (await open()).close();
    database((db) => db.exec('PRAGMA user_version = 99'));
    await expect(openStore({ dir })).rejects.toThrow('schema version 99');
  });

  it('refuses a file that is no store', async () => {
    await mkdir(dir, { recursive: true });
    await writeFile(join(dir, 'sekisho.db'), Buffer.alloc(8192, 'no database'));
    await expect(openStore({ dir })).rejects.toThrow('not a database');
  });

  it('refuses mail but not decisions when the disk is nearly full', async () => {
    const message = newMessage();
    await (await open()).accept(message, start);
    const full = await open({ minFreeBytes: 1e15 });
    await expect(full.accept(newMessage(), start)).rejects.toMatchObject({ code: 'SPOOL_FULL', reply: { code: 452 } });
    expect(await full.apply(message.envelope.id, { stage: 'done' }, start)).toBe(true);
  });

  it('serves several writers at once: none fails, one chain', async () => {
    const stores = await Promise.all([open(), open(), open()]);
    await Promise.all(stores.flatMap((store) => Array.from({ length: 60 }, () => store.accept(newMessage(), start))));
    const records = (await stores[0]?.audit({ after: 0, limit: 1000 })) ?? [];
    expect(records).toHaveLength(180);
    expect(verifyChain(records)).toEqual({ ok: true });
  });

  it('fails a whole batch when the store is locked for too long, and works again afterwards', async () => {
    const store = await open({ lockWaitMs: 100 });
    const db = new DatabaseSync(join(dir, 'sekisho.db'));
    db.exec('BEGIN IMMEDIATE');
    const message = newMessage({ body: randomBytes(300_000) });
    await expect(store.accept(message, start)).rejects.toMatchObject({ code: 'STORE_FAILED', temporary: true });
    db.exec('ROLLBACK');
    db.close();
    await store.accept(message, start);
    expect(await store.body(message.envelope.id)).toHaveLength(300_000);
  });
});
