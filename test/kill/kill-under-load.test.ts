import { createHash } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { makeSite, startGatewayProcess, type Site } from '../support/gateway-process.ts';
import { queueId, RawClient } from '../support/raw-client.ts';
import { startSink, type Sink } from '../support/smtp-sink.ts';

let site: Site | null = null;
let sink: Sink | null = null;
afterEach(async () => {
  await sink?.close();
  site?.remove();
});

/** 20 in `npm test`, more in `npm run test:chaos`. */
const rounds = Number(process.env['SEKISHO_KILLS'] ?? 20);
const senders = 4;
const customer = 'hanako.sato@mail.example.jp';
const stranger = 'info@kikaku-office.example.com';

/** Half of the mails are harmless, half are missends that must be held. */
function makeMail(mark: string, missend: boolean): Uint8Array {
  const data = missend ? '氏名 大西 琴音\r\n電話 090-5550-7733\r\n生年月日 1979年4月2日\r\n' : 'よろしくお願いいたします。\r\n';
  return new TextEncoder().encode(
    `From: <tanaka@minato-cc.example.jp>\r\nTo: <${missend ? stranger : customer}>\r\nSubject: test\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\nX-Mark: ${mark}\r\n\r\n${data}`,
  );
}

test(
  `I1, I3: kill -9 under load, ${rounds} times: no mail answered 250 is lost, no held mail leaves`,
  async () => {
    sink = await startSink();
    site = makeSite(sink.address);
    const acknowledged = new Map<string, { readonly mark: string; readonly missend: boolean; readonly sha256: string }>();
    for (let round = 0; round < rounds; round += 1) {
      const gateway = await startGatewayProcess(site);
      const load = { stopped: false };
      const clients = Array.from({ length: senders }, async (_, sender) => {
        try {
          const client = await RawClient.open(gateway.smtp);
          for (let count = 0; !load.stopped; count += 1) {
            const missend = count % 2 === 1;
            const mark = `${round}-${sender}-${count}`;
            const body = makeMail(mark, missend);
            const reply = await client.send('tanaka@minato-cc.example.jp', [missend ? stranger : customer], body);
            if (reply.code === 250)
              acknowledged.set(queueId(reply), { mark, missend, sha256: createHash('sha256').update(body).digest('hex') });
          }
        } catch {
          // The connection ended with the process: what was not answered is the client's to send again.
        }
      });
      await new Promise((resolve) => {
        setTimeout(resolve, 150 + Math.random() * 700);
      });
      await gateway.kill();
      load.stopped = true;
      await Promise.all(clients);
    }
    expect(acknowledged.size).toBeGreaterThan(rounds);

    const gateway = await startGatewayProcess(site);
    const deliveredIds = (): Set<string> =>
      new Set(sink?.messages.map((message) => /^X-Mark: (\S+)/m.exec(message.body.toString('latin1'))?.[1] ?? ''));
    const expected = [...acknowledged.values()].filter(({ missend }) => !missend);
    const deadline = Date.now() + 120_000;
    while (Date.now() < deadline && !expected.every(({ mark }) => deliveredIds().has(mark))) {
      await new Promise((resolve) => {
        setTimeout(resolve, 200);
      });
    }
    const heldIds = new Set((JSON.parse(site.command('holds', 'list', '--json').stdout) as { id: string }[]).map(({ id }) => id));
    const delivered = deliveredIds();
    const lost = [...acknowledged].filter(([id, { mark, missend }]) => (missend ? !heldIds.has(id) : !delivered.has(mark)));
    expect(lost).toEqual([]);
    expect(sink.messages.filter((message) => message.recipients.includes(stranger))).toEqual([]);
    const damaged = [...acknowledged.values()].filter(({ mark, missend, sha256 }) => {
      if (missend) return false;
      const body =
        sink?.messages.find((message) => message.body.toString('latin1').includes(`X-Mark: ${mark}\r\n`))?.body ?? Buffer.alloc(0);
      return createHash('sha256').update(belowTraceHeaders(body)).digest('hex') !== sha256;
    });
    expect(damaged).toEqual([]);
    expect(site.command('audit', 'verify').code).toBe(0);
    expect(await gateway.stop()).toBe(0);
  },
  180_000 + rounds * 30_000,
);

/** The mail as it came to the gateway: without the Received field that it prepends. */
function belowTraceHeaders(body: Buffer): Buffer {
  const end = /^Received:[^\r\n]*\r\n(?:[ \t][^\r\n]*\r\n)*/.exec(body.toString('latin1'))?.[0].length ?? 0;
  return body.subarray(end);
}
