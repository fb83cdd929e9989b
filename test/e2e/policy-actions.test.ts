import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { makeSite, startGatewayProcess, type GatewayProcess, type Site } from '../support/gateway-process.ts';
import { queueId, RawClient } from '../support/raw-client.ts';
import { startSink, type Sink } from '../support/smtp-sink.ts';

const approver = 'takahashi@minato-cc.example.jp';
const hanako = 'hanako.sato@mail.example.jp';
const suzuki = 'i.suzuki@mail.example.jp';
const aboutHanako = '会員番号 C1042 の佐藤 花子様（090-5550-1114）の件です。';

const policies = [
  { id: 'my-number-outside', reason: 'site.my_number_outside', severity: 'high', action: 'reject', when: { types: ['my_number'] } },
  { id: 'soumu-waits', reason: 'site.soumu_waits', severity: 'low', action: 'delay', delay_minutes: 60, when: { department: ['総務部'] } },
  { id: 'board-mail', reason: 'site.board_mail', severity: 'low', action: 'tag', when: { sender_group: ['board'] } },
  {
    id: 'tell-boss',
    reason: 'site.tell_boss',
    severity: 'low',
    action: 'notify',
    approver: 'sender_manager',
    when: { recipient_domain: ['hayate-unyu.example.co.jp'] },
  },
  {
    id: 'hayate-may',
    reason: 'site.hayate_may',
    severity: 'low',
    action: 'deliver',
    when: { recipient: 'partner_none', recipient_domain: ['hayate-unyu.example.co.jp'], reasons: ['wrong_customer'] },
  },
];

function writePolicies(folder: string): void {
  for (const policy of policies) {
    mkdirSync(join(folder, 'site-rules/policies', policy.id), { recursive: true });
    const examples = [
      { facts: {}, fires: false },
      { facts: { recipients: [] }, fires: false },
    ];
    const text = stringify({ version: 1, title: { ja: `ルール ${policy.id}`, en: `Policy ${policy.id}` }, examples, ...policy });
    writeFileSync(join(folder, 'site-rules/policies', policy.id, 'policy.yaml'), text);
  }
}

let sink: Sink;
let site: Site;
let gateway: GatewayProcess;
let token: string;

beforeAll(async () => {
  sink = await startSink();
  site = makeSite(sink.address, 'rules: { dirs: [site-rules] }\npolicy: { split: true }\n');
  writePolicies(site.folder);
  const groups = '  groups: { board: [watanabe@minato-cc.example.jp, はるか電力デスク] }\n';
  writeFileSync(site.config, readFileSync(site.config, 'utf8').replace('  staff: staff.csv\n', `  staff: staff.csv\n${groups}`));
  gateway = await startGatewayProcess(site);
  writeFileSync(join(site.folder, 'password'), 'correct horse battery\n');
  const add = (email: string, role: string) =>
    site.command('users', 'add', email, '--name', 'x', '--role', role, '--password-file', join(site.folder, 'password'));
  expect(add(approver, 'approver').code).toBe(0);
  expect(add('audit@minato-cc.example.jp', 'auditor').code).toBe(0);
  token = site.command('tokens', 'create', '--user', 'audit@minato-cc.example.jp', '--role', 'auditor').stdout.trim();
});
afterAll(async () => {
  await gateway.stop();
  await sink.close();
  site.remove();
});

async function until(condition: () => boolean, seconds = 60): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('it did not happen in time');
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
  }
}

/** Sends a mail of this text by SMTP; the sink sees `mark` in what goes on. */
async function send(from: string, to: readonly string[], text: string, through = gateway): Promise<string> {
  const head = `From: <${from}>\r\nTo: ${to.map((address) => `<${address}>`).join(', ')}\r\nSubject: test\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n`;
  const client = await RawClient.open(through.smtp);
  const reply = await client.send(from, to, Buffer.from(`${head}${text}\r\n`));
  client.close();
  return queueId(reply);
}

const relayed = (mark: string) =>
  sink.messages.filter(({ body, from }) => from !== '' && body.includes(mark)).flatMap(({ recipients }) => recipients);
const noticesTo = (address: string) => sink.messages.filter(({ from, recipients }) => from === '' && recipients.includes(address));
const textOf = (body: Buffer): string =>
  Buffer.from(/base64\r\n\r\n([A-Za-z0-9+/=\r\n]+)/.exec(body.toString('latin1'))?.[1] ?? '', 'base64').toString('utf8');

type Message = { readonly id: string; readonly verdict: string; readonly tags: readonly string[]; readonly exceptions: readonly string[] };
async function messageOf(id: string): Promise<Message | undefined> {
  const answer = await fetch(`http://${gateway.web.host}:${gateway.web.port}/api/v1/messages?limit=100`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return ((await answer.json()) as { messages: readonly Message[] }).messages.find((message) => message.id === id);
}

/** 12 digits with the check digit of 番号法施行令 (総務省令 85 §5). */
function myNumber(first: string): string {
  const weigh = (digit: string, place: number): number => Number(digit) * (place <= 6 ? place + 1 : place - 5);
  const sum = Array.from(first)
    .toReversed()
    .reduce((total, digit, index) => total + weigh(digit, index + 1), 0);
  return `${first}${sum % 11 <= 1 ? 0 : 11 - (sum % 11)}`;
}

test('reject: the mail goes back to its sender with the reason, and nowhere else', async () => {
  const from = 'nakamura@minato-cc.example.jp';
  const id = await send(from, [suzuki], `鈴木様 マイナンバーは ${myNumber('21436587092')} です。 mark-reject`);
  await until(() => noticesTo(from).some(({ body }) => textOf(body).includes(id)));
  const back = noticesTo(from).find(({ body }) => textOf(body).includes(id));
  expect(textOf(back?.body ?? Buffer.from(''))).toMatch(/理由：ルール my-number-outside[\s\S]*Reason: Policy my-number-outside/);
  expect(back?.body.includes('mark-reject')).toBe(true);
  expect(relayed('mark-reject')).toEqual([]);
  expect(await messageOf(id)).toMatchObject({ verdict: 'reject' });
  expect(site.command('audit', 'export').stdout).toContain('"message.rejected"');
});

test('delay: waits in the queue with its time, a general retry leaves it, `queue remove` stops it', async () => {
  const from = 'watanabe@minato-cc.example.jp';
  const stopped = await send(from, [suzuki], '鈴木様 お世話になります。 mark-stopped');
  const hurried = await send(from, [suzuki], '鈴木様 お世話になります。 mark-hurried');
  const show = (id: string) => JSON.parse(site.command('queue', 'show', id).stdout) as { stage: string; next_at: string };
  // Commands block this process, and the sink with it: what comes to the sink is waited for before them.
  await until(() => [stopped, hurried].every((id) => noticesTo(from).some(({ body }) => textOf(body).includes(id))));
  const minutes = (Date.parse(show(stopped).next_at) - Date.now()) / 60_000;
  expect(minutes).toBeGreaterThan(55);
  expect(minutes).toBeLessThanOrEqual(60);
  const before = show(stopped).next_at;
  expect(site.command('queue', 'retry').code).toBe(0);
  expect(show(stopped).next_at).toBe(before);
  expect(site.command('queue', 'remove', stopped).code).toBe(0);
  expect(site.command('queue', 'retry', hurried).code).toBe(0);
  await until(() => relayed('mark-hurried').length > 0);
  expect(relayed('mark-stopped')).toEqual([]);
  expect(show(stopped).stage).toBe('done');
});

test('tag and group, notice and exception', async () => {
  const from = 'ito@minato-cc.example.jp';
  const tagged = await send(from, [suzuki], '鈴木様 お世話になります。 mark-tag');
  await until(() => relayed('mark-tag').length > 0);
  expect(await messageOf(tagged)).toMatchObject({ verdict: 'deliver', tags: ['site.board_mail'] });
  const excepted = await send(
    'nakamura@minato-cc.example.jp',
    ['desk@hayate-unyu.example.co.jp'],
    `ご担当者様 ${aboutHanako} mark-exception`,
  );
  await until(() => relayed('mark-exception').length > 0);
  expect(await messageOf(excepted)).toMatchObject({ verdict: 'deliver', exceptions: ['hayate-may'] });
  await until(() => noticesTo(approver).some(({ body }) => textOf(body).includes(excepted)));
  const metrics = await (
    await fetch(`http://${gateway.web.host}:${gateway.web.port}/metrics`, { headers: { authorization: `Bearer ${token}` } })
  ).text();
  expect(metrics).toMatch(/sekisho_policy_actions_total\{action="tag",reason="site\.board_mail"\} \d/);
});

test('policy.split: the clear recipient gets it, the other is held', async () => {
  const id = await send('nakamura@minato-cc.example.jp', [hanako, suzuki], `佐藤様、鈴木様 ${aboutHanako} mark-split`);
  await until(() => relayed('mark-split').length > 0);
  expect(relayed('mark-split')).toEqual([hanako]);
  const hold = JSON.parse(site.command('holds', 'show', id).stdout) as { recipients: readonly { address: string }[] };
  expect(hold.recipients.map(({ address }) => address)).toEqual([suzuki]);
});

test('mode: monitor delivers and records what would have been; policy.unscannable: deliver', async () => {
  const other = makeSite(sink.address, 'mode: monitor\nrules: { dirs: [site-rules] }\npolicy: { unscannable: deliver }\n');
  writePolicies(other.folder);
  writeFileSync(
    other.config,
    readFileSync(other.config, 'utf8').replace('  staff: staff.csv\n', '  staff: staff.csv\n  groups: { board: [] }\n'),
  );
  const watched = await startGatewayProcess(other);
  try {
    const id = await send(
      'nakamura@minato-cc.example.jp',
      [suzuki],
      `鈴木様 ${aboutHanako} マイナンバーは ${myNumber('21436587092')} です。 mark-monitor`,
      watched,
    );
    await until(() => relayed('mark-monitor').length > 0);
    expect(relayed('mark-monitor')).toEqual([suzuki]);
    const records = other
      .command('audit', 'export')
      .stdout.split('\n')
      .filter((line) => line.includes(id) && line.includes('message.delivered'));
    expect(records).toHaveLength(1);
    expect(records[0]).toMatch(/"verdict":"reject"/);
    expect(records[0]).toMatch(/wrong_customer/);
    const zip = readFileSync(join(other.folder, 'mail/06-encrypted-zip.eml'));
    const client = await RawClient.open(watched.smtp);
    const unread = queueId(await client.send('ito@minato-cc.example.jp', ['inoue@maruyama-soko.example.co.jp'], zip));
    client.close();
    const delivered = () =>
      other
        .command('audit', 'export')
        .stdout.split('\n')
        .find((line) => line.includes(unread) && line.includes('message.delivered'));
    await until(() => delivered() !== undefined);
    expect(delivered()).toMatch(/"verdict":"deliver"/);
  } finally {
    await watched.stop();
    other.remove();
  }
});
