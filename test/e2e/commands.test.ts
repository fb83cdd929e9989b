import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeSite, startGatewayProcess, type GatewayProcess, type Site } from '../support/gateway-process.ts';
import { queueId, RawClient } from '../support/raw-client.ts';
import { startSink, type Sink } from '../support/smtp-sink.ts';

let site: Site;
let sink: Sink;
let gateway: GatewayProcess;
const approver = 'takahashi@minato-cc.example.jp';

beforeAll(async () => {
  sink = await startSink();
  site = makeSite(sink.address);
  writeFileSync(join(site.folder, 'password'), 'correct horse battery\n');
  gateway = await startGatewayProcess(site);
});
afterAll(async () => {
  await gateway.stop();
  await sink.close();
  site.remove();
});

async function send(id: string): Promise<string> {
  const { envelope } = JSON.parse(readFileSync(join(site.folder, 'mail', `${id}.json`), 'utf8')) as {
    envelope: { from: string; to: string[] };
  };
  const client = await RawClient.open(gateway.smtp);
  const reply = await client.send(envelope.from, envelope.to, readFileSync(join(site.folder, 'mail', `${id}.eml`)));
  client.close();
  return queueId(reply);
}

async function until(condition: () => boolean, seconds = 60): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('it did not happen in time');
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
  }
}

const api = (path: string, token: string, body?: object): Promise<Response> =>
  fetch(`http://${gateway.web.host}:${gateway.web.port}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

test('accounts and tokens are made while the gateway runs; the token alone stands on standard output', () => {
  const added = site.command(
    'users',
    'add',
    approver,
    '--name',
    '高橋 美咲',
    '--role',
    'approver',
    '--password-file',
    join(site.folder, 'password'),
  );
  expect(added).toMatchObject({ code: 0, stdout: '' });
  expect(
    site.command('users', 'add', approver, '--name', 'x', '--role', 'approver', '--password-file', join(site.folder, 'password')).code,
  ).toBe(1);
  expect(
    site.command('users', 'add', 'x@y.jp', '--name', 'x', '--role', 'boss', '--password-file', join(site.folder, 'password')).code,
  ).toBe(2);
  expect(site.command('users', 'list').stdout).toContain(approver);
  expect(site.command('tokens', 'create', '--user', approver, '--role', 'approver').stdout).toMatch(/^\S{20,}\n$/);
});

test('a hold is listed, shown, released by command to chosen recipients, and audited as an operator act', async () => {
  const id = await send('02-namesake');
  await until(() => site.command('holds', 'show', id).code === 0);
  const listed = JSON.parse(site.command('holds', 'list', '--json').stdout) as { id: string; severity: string; reasons: string[] }[];
  expect(listed.find((hold) => hold.id === id)).toMatchObject({ severity: 'high', state: 'held', version: 1 });
  const released = site.command('holds', 'release', id, '--reason', '電話でご本人に宛先を確認しました', '--as', approver);
  expect(released).toMatchObject({ code: 0 });
  expect(site.command('holds', 'release', id, '--reason', '電話でご本人に宛先を確認しました', '--as', approver)).toMatchObject({ code: 1 });
  await until(() => sink.messages.some((message) => message.recipients.includes('hanako.sato77@mail.example.jp')), 70);
  const exported = site
    .command('audit', 'export')
    .stdout.trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { event: { type: string; actor: { kind: string; name: string }; message: string | null } });
  expect(
    exported.some(
      ({ event }) =>
        event.type === 'hold.released' && event.actor.kind === 'operator' && event.actor.name === approver && event.message === id,
    ),
  ).toBe(true);
  expect(site.command('audit', 'verify').stdout).toMatch(/^ok: \d+ records, head [0-9a-f]{64}\n$/);
});

test('nobody releases his own mail, by command either', async () => {
  const { body, to } = { body: readFileSync(join(site.folder, 'mail', '08-wrong-greeting.eml')), to: ['murakami@murakami-p.example.jp'] };
  const client = await RawClient.open(gateway.smtp);
  const id = queueId(await client.send(approver, to, body));
  client.close();
  await until(() => site.command('holds', 'show', id).code === 0);
  const refused = site.command('holds', 'release', id, '--reason', '自分のメールを許可します', '--as', approver);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain('somebody else must');
});

test('the API: bearer tokens only, shapes of a hold, release with recipients and answer', async () => {
  const token = site.command('tokens', 'create', '--user', approver, '--role', 'approver').stdout.trim();
  const id = await send('15-wrong-file');
  await until(() => site.command('holds', 'show', id).code === 0);
  expect((await fetch(`http://${gateway.web.host}:${gateway.web.port}/api/v1/holds`)).status).toBe(401);
  expect(await (await api('/api/v1/holds?state=held', token)).text()).toContain(id);
  const hold = (await (await api(`/api/v1/holds/${id}`, token)).json()) as Record<string, unknown>;
  expect(hold).toMatchObject({
    id,
    state: 'held',
    phase: 'approval',
    severity: 'high',
    from: 'ito@minato-cc.example.jp',
    version: 1,
    recipients: [{ address: 'ogawa@hokushin.example.co.jp', verdict: 'hold' }],
    about: [{ customer: 'H3004', strength: 'strong' }],
  });
  const reason = '先方に確認のうえ送付します。';
  expect((await api(`/api/v1/holds/${id}/release`, token, { reason, version: 1 })).status).toBe(422);
  expect(
    (await api(`/api/v1/holds/${id}/release`, token, { reason, version: 1, recipients: ['ogawa@hokushin.example.co.jp'], answer: 'H3001' }))
      .status,
  ).toBe(422);
  expect(
    (await api(`/api/v1/holds/${id}/release`, token, { reason, version: 1, recipients: ['ogawa@hokushin.example.co.jp'], answer: 'H3004' }))
      .status,
  ).toBe(200);
  expect(
    (await api(`/api/v1/holds/${id}/release`, token, { reason, version: 1, recipients: ['ogawa@hokushin.example.co.jp'], answer: 'H3004' }))
      .status,
  ).toBe(409);
});

test('a file with errors leaves the old rules and customers in force; a mended one takes over', async () => {
  const customers = join(site.folder, 'customers.csv');
  const before = readFileSync(customers, 'utf8');
  writeFileSync(customers, 'nonsense\n');
  gateway.hangUp();
  await until(() => gateway.log().includes('stay in force'));
  const id = await send('02-namesake');
  await until(() => site.command('holds', 'show', id).code === 0);
  writeFileSync(customers, before);
  gateway.hangUp();
  await until(() => gateway.log().includes('reloaded'));
});

test('scan and backtest speak the JSON that scripts rely on', () => {
  const scanned = site.command(
    'scan',
    join(site.folder, 'mail', '02-namesake.eml'),
    '--from',
    'nakamura@minato-cc.example.jp',
    '--to',
    'hanako.sato77@mail.example.jp',
    '--json',
  );
  expect(scanned.code).toBe(0);
  const report = JSON.parse(scanned.stdout) as {
    verdict: string;
    reasons: { code: string; message: { ja: string } }[];
    findings: object[];
  };
  expect(report.verdict).toBe('hold');
  expect(report.reasons[0]).toMatchObject({
    code: 'wrong_customer',
    severity: 'high',
    recipients: ['hanako.sato77@mail.example.jp'],
    customers: ['C1042'],
  });
  expect(report.findings[0]).not.toHaveProperty('text');
  const lines = site
    .command('backtest', join(site.folder, 'mail'), '--json')
    .stdout.trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { id?: string; summary?: object });
  expect(lines.at(-1)?.summary).toMatchObject({ hold_recall: 1, false_hold_rate: 0 });
  expect(lines).toHaveLength(16);
  expect(site.command('scan', 'nowhere.eml', '--from', 'a@b.jp', '--to', 'c@d.jp').code).toBe(3);
  expect(site.command('scan', 'nowhere.eml', '--from', 'a@b.jp').code).toBe(2);
});

test('I5: no text of any mail stands in log, metrics or audit', async () => {
  const canary = 'KANARIA7391';
  const body = Buffer.from(
    `From: "${canary} 花子" <${canary}@minato-cc.example.jp>\r\nTo: "${canary}" <info@kikaku-office.example.com>\r\nSubject: ${canary}\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n氏名 大西 琴音 ${canary}\r\n電話 090-5550-7733\r\n--x\r\nContent-Type: text/plain; name="${canary}.txt"\r\nContent-Disposition: attachment; filename="${canary}.txt"\r\n\r\n${canary}\r\n--x--\r\n`,
  );
  const client = await RawClient.open(gateway.smtp);
  const id = queueId(await client.send('ito@minato-cc.example.jp', ['info@kikaku-office.example.com'], body));
  client.close();
  await until(() => site.command('holds', 'show', id).code === 0);
  expect(site.command('holds', 'return', id, '--reason', '宛先の確認をお願いします', '--as', approver).code).toBe(0);
  await until(
    () => sink.messages.some((message) => message.body.includes(canary) && message.recipients.includes('ito@minato-cc.example.jp')),
    70,
  );
  const metrics = await (await fetch(`http://${gateway.web.host}:${gateway.web.port}/metrics`)).text();
  expect(metrics).toContain('sekisho_messages_held_total');
  for (const text of [
    gateway.log(),
    metrics,
    site.command('audit', 'export').stdout,
    site.command('holds', 'list', '--state', 'all', '--json').stdout,
  ])
    expect(text).not.toContain(canary);
  expect(sink.messages.filter((message) => message.recipients.includes('info@kikaku-office.example.com'))).toEqual([]);
});
