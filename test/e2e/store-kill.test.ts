import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { openStore } from '../../src/adapters/store-sqlite/index.ts';
import { verifyChain, type AuditRecord } from '../../src/audit/index.ts';
import { parseMessageId, type MessageId } from '../../src/core/index.ts';
import type { Store } from '../../src/gateway/index.ts';

const child = fileURLToPath(new URL('../support/accepting-child.ts', import.meta.url));

/** What the child promised before it was killed, `milliseconds` after its first promise. */
async function acceptUntilKilled(dir: string, milliseconds: number): Promise<Map<MessageId, string>> {
  const accepting = spawn(process.execPath, [child, dir], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  const started = new Promise<void>((resolve, reject) => {
    accepting.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      resolve();
    });
    accepting.once('exit', () => reject(new Error('the child ended by itself')));
  });
  const ended = new Promise((resolve) => accepting.once('close', resolve));
  await started;
  await sleep(milliseconds);
  accepting.kill('SIGKILL');
  await ended;
  const promised = new Map<MessageId, string>();
  for (const line of output.split('\n').slice(0, -1)) {
    const [text = '', sha256 = ''] = line.split(' ');
    const id = parseMessageId(text);
    if (id !== null) promised.set(id, sha256);
  }
  return promised;
}

async function wholeChain(store: Store): Promise<readonly AuditRecord[]> {
  const all: AuditRecord[] = [];
  for (;;) {
    const page = await store.audit({ after: all.length, limit: 5000 });
    if (page.length === 0) return all;
    all.push(...page);
  }
}

it('I1: what was accepted before kill -9 is all there, unchanged, ten times over', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'sekisho-kill-'));
  const promised = new Map<MessageId, string>();
  try {
    for (let round = 0; round < 10; round += 1) {
      const news = await acceptUntilKilled(dir, Math.random() * 600);
      expect(news.size).toBeGreaterThan(0);
      for (const [id, sha256] of news) promised.set(id, sha256);
      const store = await openStore({ dir });
      // Everything of this round, and of earlier rounds too: a later recovery must not harm it.
      for (const [id, sha256] of round === 9 ? promised : news) {
        expect(
          createHash('sha256')
            .update(await store.body(id))
            .digest('hex'),
        ).toBe(sha256);
        expect((await store.message(id))?.stage).toBe('inspect');
      }
      const chain = await wholeChain(store);
      expect(verifyChain(chain)).toEqual({ ok: true });
      expect(chain.length).toBeGreaterThanOrEqual(promised.size);
      await store.close();
    }
  } finally {
    await rm(dir, { recursive: true });
  }
});
