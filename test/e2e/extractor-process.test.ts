import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { createExtractorProcess } from '../../src/adapters/extractor-process/index.ts';

const entry = new URL('../../src/extract-child.ts', import.meta.url);
const misbehaving = new URL('../support/misbehaving-extractor.mjs', import.meta.url);
const document = (name: string): Buffer => readFileSync(new URL(`../corpus/documents/${name}`, import.meta.url));

let extractor: ReturnType<typeof createExtractorProcess>;
afterEach(() => extractor.close());

test('documents are read in the child, one after the other, each its own answer', async () => {
  extractor = createExtractorProcess({ entry, maxOldSpaceMb: 256, deadlineMs: 20_000 });
  const [pdf, xlsx, broken] = await Promise.all([
    extractor.read('pdf', document('dev-a-002.pdf')),
    extractor.read('xlsx', document('dev-a-015.xlsx')),
    extractor.read('docx', Buffer.from('no zip')),
  ]);
  expect(JSON.stringify(pdf)).toContain('井上 陽菜');
  expect(JSON.stringify(xlsx)).toContain('佐藤 幸一');
  expect(broken).toEqual({ ok: false, reason: 'corrupt' });
});

test('a child that hangs is killed at the deadline, and its late words never answer for another document', async () => {
  extractor = createExtractorProcess({ entry: misbehaving, maxOldSpaceMb: 64, deadlineMs: 3000 });
  const first = extractor.read('pdf', Buffer.from('hang'));
  const second = extractor.read('pdf', Buffer.from('second'));
  expect(await first).toEqual({ ok: false, reason: 'timed_out' });
  expect(JSON.stringify(await second)).toContain('second');
});

test('a child that dies or eats memory costs its own document only', async () => {
  extractor = createExtractorProcess({ entry: misbehaving, maxOldSpaceMb: 32, deadlineMs: 20_000 });
  expect(await extractor.read('pdf', Buffer.from('exit'))).toEqual({ ok: false, reason: 'corrupt' });
  expect(await extractor.read('pdf', Buffer.from('memory'))).toEqual({ ok: false, reason: 'corrupt' });
  expect(JSON.stringify(await extractor.read('pdf', Buffer.from('fine')))).toContain('fine');
});

test('closing answers at once what waits', async () => {
  extractor = createExtractorProcess({ entry: misbehaving, maxOldSpaceMb: 64, deadlineMs: 20_000 });
  const waiting = [extractor.read('pdf', Buffer.from('hang')), extractor.read('pdf', Buffer.from('second'))];
  const started = performance.now();
  await extractor.close();
  expect(await Promise.all(waiting)).toEqual([
    { ok: false, reason: 'timed_out' },
    { ok: false, reason: 'timed_out' },
  ]);
  expect(performance.now() - started).toBeLessThan(1000);
});
