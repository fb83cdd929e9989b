import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { clockSystem } from '../../src/adapters/clock-system/index.ts';
import { GatewayError } from '../../src/core/index.ts';
import type { Log, Metrics } from '../../src/gateway/index.ts';
import type { Envelope } from '../../src/message/index.ts';
import { createSmtpServer, type SmtpServer } from '../../src/smtpd/index.ts';
import type { Address } from '../support/gateway-process.ts';
import { RawClient } from '../support/raw-client.ts';

const log: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const metrics: Metrics = { count: () => undefined, observe: () => undefined };
let accepted: { readonly envelope: Envelope; readonly body: Buffer }[];
let failure: Error | null;
let server: SmtpServer;
let address: Address;

async function start(
  networks = ['127.0.0.0/8'],
  limits = { messageBytes: 400_000, recipients: 5, connections: 50, connectionsPerClient: 20 },
): Promise<void> {
  server = createSmtpServer(
    { listen: { host: '127.0.0.1', port: 0 }, hostname: 'gw.example.jp', trustedNetworks: networks, tls: null, limits },
    {
      accept(envelope, body) {
        if (failure !== null) return Promise.reject(failure);
        accepted.push({ envelope, body: Buffer.from(body) });
        return Promise.resolve({ envelope, size: body.length, sha256: '' });
      },
    },
    log,
    metrics,
    clockSystem,
  );
  address = await server.listen();
}
beforeEach(async () => {
  accepted = [];
  failure = null;
  await start();
});
afterEach(() => server.close());

const send = async (body: string | Buffer): Promise<{ code: number; text: string }> => {
  const client = await RawClient.open(address);
  const reply = await client.send('a@example.jp', ['b@example.com'], Buffer.from(body));
  client.close();
  return reply;
};

test('I1: the answer names the queue id, after the mail was accepted', async () => {
  const reply = await send('Subject: x\r\n\r\nhello\r\n');
  expect(reply).toEqual({ code: 250, text: `2.0.0 Ok: queued as ${accepted[0]?.envelope.id}` });
});

test('dots are unstuffed and nothing else is changed, wherever the input is cut', async () => {
  const wire = 'EHLO x\r\nMAIL FROM:<a@example.jp>\r\nRCPT TO:<b@example.com>\r\nDATA\r\n';
  const data = 'A: b\r\n\r\n..dot\r\n...\r\nend\r\n.\r\n';
  for (let cut = 1; cut < data.length; cut += 1) {
    const client = await RawClient.open(address);
    for (const line of wire.trim().split('\r\n').slice(1)) await client.command(line);
    client.write(data.slice(0, cut));
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    client.write(data.slice(cut));
    expect((await client.reply()).code).toBe(250);
    client.close();
  }
  expect(new Set(accepted.map(({ body }) => body.toString()))).toEqual(new Set(['A: b\r\n\r\n.dot\r\n..\r\nend\r\n']));
});

describe('smuggling: only CRLF.CRLF ends DATA, and bare CR, bare LF and NUL are refused', () => {
  test.each(['\n.\n', '\n.\r\n', '\r.\r', '\r.\r\n', '\r\n.\n', '\r\n.\r', '\n.\r', '\r.\n', '\r\n\0.\r\n', '\0'])('%j', async (ending) => {
    const smuggled = `Subject: x\r\n\r\nfirst${ending}MAIL FROM:<evil@example.jp>\r\nRCPT TO:<victim@example.com>\r\nDATA\r\nSubject: smuggled\r\n\r\nsecond\r\n`;
    expect(await send(smuggled)).toMatchObject({ code: 550, text: expect.stringMatching(/^5\.5\.2 /) as string });
    expect(accepted).toEqual([]);
  });
});

test.each([
  ['a line of 100,001 octets', `A: b\r\n\r\n${'x'.repeat(100_001)}\r\n`, 550, '5.6.0'],
  ['a header block over 256 KB', `${'A: bbbbbbbbbb\r\n'.repeat(20_000)}\r\nx\r\n`, 552, '5.3.4'],
  ['51 Received lines', `${'Received: x\r\n'.repeat(51)}\r\nx\r\n`, 554, '5.4.6'],
  ['a mail over the limit', `A: b\r\n\r\n${'xxxxxxxxxxxxxxx\r\n'.repeat(30_000)}`, 552, '5.3.4'],
])('%s is refused', async (_, body, code, enhanced) => {
  expect(await send(body)).toMatchObject({ code, text: expect.stringContaining(enhanced) as string });
  expect(accepted).toEqual([]);
});

test('50 Received lines pass', async () => expect((await send(`${'Received: x\r\n'.repeat(50)}\r\nx\r\n`)).code).toBe(250));

test.each([
  ['MAIL FROM:<a@example.jp> FOO=BAR', 555],
  ['MAIL FROM:<a@example.jp> SIZE=99999999', 552],
  ['MAIL FROM:<@relay.example:a@example.jp>', 550],
  ['MAIL FROM:<a b@example.jp>', 501],
  ['MAIL FROM:<>', 250],
  ['VRFY root', 500],
  ['AUTH PLAIN AGEAYg==', 500],
  ['XYZZY', 500],
])('%s is answered %i', async (command, code) => {
  const client = await RawClient.open(address);
  expect((await client.command(command)).code).toBe(code);
  client.close();
});

test.each([
  ['<b@example.com>', 250],
  ['<a..b.@docomo.ne.jp>', 250],
  ['<"a b"@example.com>', 501],
  ['<a%c@example.com>', 550],
  ['<a!c@example.com>', 550],
  ['<@relay.example:b@example.com>', 550],
  ['<b@[127.0.0.1]>', 550],
  ['<postmaster>', 550],
  ['<太郎@example.com>', 553],
])('RCPT TO:%s is answered %i', async (path, code) => {
  const client = await RawClient.open(address);
  await client.command('MAIL FROM:<a@example.jp>');
  expect((await client.command(`RCPT TO:${Buffer.from(path).toString('latin1')}`)).code).toBe(code);
  client.close();
});

test('one recipient too many is put off', async () => {
  const client = await RawClient.open(address);
  await client.command('MAIL FROM:<a@example.jp>');
  for (let count = 0; count < 5; count += 1) expect((await client.command(`RCPT TO:<b${count}@example.com>`)).code).toBe(250);
  expect(await client.command('RCPT TO:<b5@example.com>')).toMatchObject({ code: 452, text: expect.stringContaining('4.5.3') as string });
  client.close();
});

test('BDAT is not offered, and what follows it is never read as commands', async () => {
  const client = await RawClient.open(address);
  await client.command('MAIL FROM:<a@example.jp>');
  await client.command('RCPT TO:<b@example.com>');
  expect((await client.command('BDAT 20 LAST')).code).toBe(502);
  await expect(client.command('NOOP')).rejects.toThrow('closed');
});

test('I9: an unknown failure is 451, a known one its own reply', async () => {
  failure = new Error('something');
  expect(await send('A: b\r\n\r\nx\r\n')).toMatchObject({ code: 451, text: expect.stringMatching(/^4\.3\.0 /) as string });
  failure = new GatewayError('SPOOL_FULL');
  expect(await send('A: b\r\n\r\nx\r\n')).toMatchObject({ code: 452, text: expect.stringMatching(/^4\.3\.1 /) as string });
});

test('a network that is not trusted may not relay', async () => {
  await server.close();
  await start(['192.0.2.0/24']);
  await expect(RawClient.open(address)).rejects.toThrow('closed');
});

test('a client that goes away in DATA leaves nothing behind', async () => {
  const socket = connect(address.port, address.host);
  socket.on('error', () => undefined);
  await new Promise((resolve) => {
    socket.once('data', resolve);
  });
  socket.write('EHLO x\r\nMAIL FROM:<a@example.jp>\r\nRCPT TO:<b@example.com>\r\nDATA\r\nSubject: half\r\n');
  await new Promise((resolve) => {
    setTimeout(resolve, 100);
  });
  socket.destroy();
  await new Promise((resolve) => {
    setTimeout(resolve, 100);
  });
  expect(accepted).toEqual([]);
  expect((await send('A: b\r\n\r\nx\r\n')).code).toBe(250);
});
