import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createCaptureNextHop } from '../../src/adapters/next-hop-capture/index.ts';
import { createSmtpNextHop } from '../../src/adapters/next-hop-smtp/index.ts';
import type { NextHopClient, Transmission } from '../../src/gateway/index.ts';
import { startSink, type Sink } from '../support/smtp-sink.ts';

let sink: Sink;
let hop: NextHopClient;
beforeEach(async () => {
  sink = await startSink();
  hop = createSmtpNextHop({ ...sink.address, tls: 'none', hostname: 'gw.example.jp', log: null });
});
afterEach(async () => {
  await hop.close();
  await sink.close();
});

const to = (body: string | Buffer, recipients: readonly string[] = ['a@example.com'], from: string | null = 's@example.jp'): Transmission =>
  ({
    id: '01J00000000000000000000000',
    mailFrom: from,
    recipients,
    body: Buffer.from(body),
    smtpUtf8: false,
    eightBit: true,
  }) as unknown as Transmission;
const codes = async (transmission: Transmission): Promise<number[]> => (await hop.send(transmission)).map(({ reply }) => reply.code);
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

test.each([
  ['dots', 'A: b\r\n\r\n.\r\n..\r\n.x\r\nend\r\n'],
  ['raw Japanese bytes', Buffer.from([0x41, 0x3a, 0x20, 0x8d, 0xb2, 0x0d, 0x0a, 0x0d, 0x0a, 0x93, 0xa1, 0x0d, 0x0a])],
  ['a long line', `A: b\r\n\r\n${'x'.repeat(90_000)}\r\n`],
])('I6: %s arrive byte for byte', async (_, body) => {
  expect(await codes(to(body))).toEqual([250]);
  expect(sha256(sink.messages[0]?.body ?? Buffer.alloc(0))).toBe(sha256(Buffer.from(body)));
});

test('the recipients on the wire are those given, and each has its own answer', async () => {
  sink.script = (command) => (command.includes('b@') ? '550 5.1.1 no such user' : command.includes('c@') ? '451 4.2.1 later' : null);
  const results = await hop.send(to('A: b\r\n\r\nx\r\n', ['a@example.com', 'b@example.com', 'c@example.com', 'a..b.@docomo.ne.jp']));
  expect(results.map(({ address, reply }) => [address, reply.code, reply.enhanced])).toEqual([
    ['a@example.com', 250, '2.0.0'],
    ['b@example.com', 550, '5.1.1'],
    ['c@example.com', 451, '4.2.1'],
    ['a..b.@docomo.ne.jp', 250, '2.0.0'],
  ]);
  expect(sink.messages[0]?.recipients).toEqual(['a@example.com', 'a..b.@docomo.ne.jp']);
});

test('a refused mail, a put-off mail, all recipients refused', async () => {
  sink.script = (command) => (command === '.' ? '554 5.7.1 no' : null);
  expect(await codes(to('A: b\r\n\r\nx\r\n'))).toEqual([554]);
  sink.script = (command) => (command.startsWith('MAIL') ? '451 4.3.0 later' : null);
  expect(await codes(to('A: b\r\n\r\nx\r\n'))).toEqual([451]);
  sink.script = (command) => (command.startsWith('RCPT') ? '550 5.1.1 no' : null);
  expect(await codes(to('A: b\r\n\r\nx\r\n', ['a@example.com', 'b@example.com']))).toEqual([550, 550]);
});

test('nobody there: nothing was handed over, and it says so', async () => {
  await sink.close();
  await expect(hop.send(to('A: b\r\n\r\nx\r\n'))).rejects.toMatchObject({ code: 'NEXT_HOP_UNREACHABLE', temporary: true });
  sink = await startSink();
});

test('the answer to the final dot is lost: tried again later, never at once', async () => {
  let dots = 0;
  sink.script = (command) => {
    if (command !== '.') return null;
    dots += 1;
    return dots === 2 ? 'close' : null;
  };
  expect(await codes(to('A: b\r\n\r\nfirst\r\n'))).toEqual([250]);
  expect(await codes(to('A: b\r\n\r\nsecond\r\n'))).toEqual([451]); // on the connection kept from the first
  expect(dots).toBe(2);
  expect(await codes(to('A: b\r\n\r\nthird\r\n'))).toEqual([250]);
});

test('captured mail lies there whole, with its envelope', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'sekisho-capture-'));
  const capture = createCaptureNextHop({ dir });
  await capture.send(to('A: b\r\n\r\nx\r\n', ['a@example.com'], null));
  expect(readdirSync(dir).toSorted((a, b) => a.localeCompare(b))).toEqual([
    '01J00000000000000000000000.eml',
    '01J00000000000000000000000.json',
  ]);
  expect(JSON.parse(readFileSync(join(dir, '01J00000000000000000000000.json'), 'utf8'))).toEqual({
    envelope: { from: '', to: ['a@example.com'] },
  });
});
