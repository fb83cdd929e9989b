import { afterEach, expect, test } from 'vitest';
import { createInspectorThreads, type InspectorThreads } from '../../src/adapters/inspector-threads/index.ts';
import type { Log, Metrics } from '../../src/gateway/index.ts';
import type { Inspection } from '../../src/inspect/index.ts';
import type { Envelope } from '../../src/message/index.ts';

const entry = new URL('../support/misbehaving-worker.mjs', import.meta.url);
const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const metrics: Metrics = { count: () => undefined, observe: () => undefined };
const envelope = { id: '01J00000000000000000000000' } as unknown as Envelope;
const failed = { failed: true } as unknown as Inspection;
const mail = (text: string): Uint8Array => new TextEncoder().encode(text);

let inspector: InspectorThreads;
afterEach(() => inspector.close());

const start = (source: unknown = {}): InspectorThreads => {
  inspector = createInspectorThreads({ entry, source, threads: 1, seconds: 0.5, memoryMb: 32, failed: () => failed, log: silent, metrics });
  return inspector;
};

test('an inspection comes back from the thread', async () => {
  expect(await start().inspect(envelope, mail('ok'))).toMatchObject({ kind: 'inspect', bytes: 2 });
});

test.each([
  ['throws', 't'],
  ['hangs', 'h'],
  ['eats memory', 'm'],
  ['exits', 'x'],
])('I4: an inspection that %s ends as a hold, and the next one works', async (_, letter) => {
  const threads = start();
  const [bad, good] = await Promise.all([threads.inspect(envelope, mail(letter)), threads.inspect(envelope, mail('ok'))]);
  expect(bad).toBe(failed);
  expect(good).toMatchObject({ bytes: 2 });
});

test('a mail that comes right after one that overran waits for a living thread', async () => {
  const threads = start();
  expect(await threads.inspect(envelope, mail('h'))).toBe(failed);
  expect(await threads.inspect(envelope, mail('ok'))).toMatchObject({ bytes: 2 });
});

test('what begins an inspection waits until a thread is free for it', async () => {
  const threads = start();
  const begun: string[] = [];
  const begin = (name: string) => (): Promise<void> => {
    begun.push(name);
    return Promise.resolve();
  };
  const hanging = threads.inspect(envelope, mail('h'), begin('first'));
  const waiting = threads.inspect(envelope, mail('ok'), begin('second'));
  await threads.started();
  await new Promise((resolve) => {
    setTimeout(resolve, 100);
  });
  expect(begun).toEqual(['first']);
  expect(await hanging).toBe(failed);
  expect(await waiting).toMatchObject({ bytes: 2 });
  expect(begun).toEqual(['first', 'second']);
});

test('an inspection that cannot begin is refused, and the thread goes on', async () => {
  const threads = start();
  await expect(threads.inspect(envelope, mail('ok'), () => Promise.reject(new Error('no store')))).rejects.toThrow('no store');
  expect(await threads.inspect(envelope, mail('ok'))).toMatchObject({ bytes: 2 });
});

test('an examination that fails is null, never a rejection', async () => {
  expect(await start().examine(envelope, mail('t'))).toBeNull();
});

test('the caller keeps its bytes, a pooled Buffer too', async () => {
  const body = Buffer.from('ok');
  await start().inspect(envelope, body);
  expect(body.length).toBe(2);
});

test('threads that cannot start say so', async () => {
  await expect(start({ neverStarts: true }).started()).rejects.toThrow('do not start');
});

test('a reload takes over only when the new threads work', async () => {
  const threads = start({ version: 1 });
  await threads.started();
  await expect(threads.reload({ neverStarts: true })).rejects.toThrow('do not start');
  expect(await threads.inspect(envelope, mail('ok'))).toMatchObject({ version: 1 });
  await threads.reload({ version: 2 });
  expect(await threads.inspect(envelope, mail('ok'))).toMatchObject({ version: 2 });
});
