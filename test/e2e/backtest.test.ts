import { appendFileSync, cpSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeSite, startGatewayProcess, type Site } from '../support/gateway-process.ts';
import { queueId, RawClient } from '../support/raw-client.ts';
import { startSink } from '../support/smtp-sink.ts';

let site: Site;
let mails: string;
let sound: string;
beforeAll(() => {
  site = makeSite('capture');
  mails = join(site.folder, 'mail');
  sound = join(site.folder, 'sound.jsonl');
  const run = site.command('backtest', mails, '--json');
  expect(run).toMatchObject({ code: 0, stderr: '' });
  writeFileSync(sound, run.stdout);
});
afterAll(() => site.remove());

type Reason = { readonly code: string; readonly policy: string };
type Line = {
  readonly id: string;
  readonly verdict?: string;
  readonly reasons?: readonly Reason[];
  readonly envelope?: string;
  readonly unread?: string;
  readonly failed?: string;
};
type Output = {
  readonly code: number;
  readonly lines: readonly Line[];
  readonly summary: Record<string, unknown>;
  readonly stderr: string;
};
const backtest = (...args: string[]): Output => backtestAt(site, ...args);
function backtestAt(at: Site, ...args: string[]): Output {
  const { code, stdout, stderr } = at.command('backtest', ...args, '--json');
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line & { summary?: Record<string, unknown> });
  return { code, lines: lines.slice(0, -1), summary: lines.at(-1)?.summary ?? {}, stderr };
}

const verdicts = ({ lines }: Output): Record<string, string> =>
  Object.fromEntries(lines.map(({ id, verdict, unread }) => [id, verdict ?? unread ?? '']));
const ids = (): string[] =>
  readdirSync(mails)
    .filter((name) => name.endsWith('.eml'))
    .map((name) => name.slice(0, -4));

test('the JSON of a folder: a line a mail in order whatever the threads, the summary last', () => {
  const one = backtest(mails, '--threads', '1');
  const two = backtest(mails, '--threads', '3');
  expect(two.lines.map(({ id }) => id)).toEqual(ids());
  expect(verdicts(one)).toEqual(verdicts(two));
  expect(two.summary).toMatchObject({
    messages: 15,
    held: 9,
    hold_recall: 1,
    false_hold_rate: 0,
    envelopes: { sidecar: 15, header: 0, record: 0 },
    rule_set: expect.any(String) as string,
    policy_set: expect.any(String) as string,
  });
  expect(two.summary['by_rule']).toContainEqual({ code: 'wrong_customer', policy: 'wrong-customer', high: 3, medium: 0, low: 0 });
  expect(readFileSync(sound, 'utf8')).not.toContain('"text":');
  expect(site.command('backtest', mails, '--json', '--reveal').stdout).toContain('"text":');
});

test('the same mails as an mbox and as a Maildir get the verdicts they have as files', () => {
  const byFile = verdicts(backtest(mails));
  // Envelopes come from X-Envelope-*, as an archiving server writes them.
  const archived = ids().map((id) => {
    const { envelope } = JSON.parse(readFileSync(join(mails, `${id}.json`), 'utf8')) as { envelope: { from: string; to: string[] } };
    const head = `X-Envelope-From: <${envelope.from}>\n${envelope.to.map((to) => `X-Envelope-To: <${to}>\n`).join('')}`;
    return { id, mail: `${head}${readFileSync(join(mails, `${id}.eml`), 'latin1').replaceAll('\r\n', '\n')}` };
  });
  const mbox = join(site.folder, 'sent.mbox');
  const maildir = join(site.folder, 'Maildir');
  for (const name of ['cur', 'new', 'tmp']) mkdirSync(join(maildir, name), { recursive: true });
  for (const [index, { id, mail }] of archived.entries()) {
    appendFileSync(mbox, `From a@example.jp Tue Nov 24 10:00:00 2026\n${mail.replaceAll(/^(>*From )/gm, '>$1')}\n`, 'latin1');
    writeFileSync(join(maildir, index % 2 === 0 ? `cur/${id}:2,S` : `new/${id}`), mail, 'latin1');
  }
  const fromMbox = backtest(mbox);
  expect(fromMbox.lines.map(({ verdict }) => verdict)).toEqual(Object.values(byFile));
  expect(fromMbox.lines[0]).toMatchObject({ id: 'sent.mbox#1', envelope: 'header' });
  expect(fromMbox.summary).toMatchObject({ messages: 15, labelled: 0, hold_recall: null, envelopes: { header: 15 } });
  expect(verdicts(backtest(maildir))).toEqual(byFile);
  expect(site.command('backtest', mbox).stdout).toContain('15 mails without sidecar: envelope taken from the header');
});

test('one bad mail stops nothing: it is named, counted, and the exit code says that something needs mending', () => {
  const folder = join(site.folder, 'mixed');
  cpSync(mails, folder, { recursive: true });
  writeFileSync(join(folder, '02-namesake.json'), '{"envelope":{"from":');
  writeFileSync(join(folder, '03-hidden-sheet.json'), '{"envelope":{"from":"a@example.jp","to":["no address"]}}');
  writeFileSync(join(folder, 'nobody.eml'), 'From: a@example.jp\n\nno recipient\n');
  const run = backtest(folder);
  expect(run.code).toBe(1);
  expect(verdicts(run)).toMatchObject({
    '02-namesake': 'bad_sidecar',
    '03-hidden-sheet': 'bad_envelope',
    nobody: 'no_recipient',
    '15-wrong-file': 'hold',
  });
  expect(run.summary).toMatchObject({ messages: 13, unread: { bad_sidecar: 1, bad_envelope: 1, no_recipient: 1 } });
  expect(run.stderr).toContain('02-namesake: left out: the sidecar is not {"envelope"');
  expect(run.stderr).toContain('2 mail(s) could not be inspected');
  expect(site.command('backtest', join(site.folder, 'nowhere')).code).toBe(3);
});

test('an inspection that overruns its time is held as in the gateway, and the run goes on', () => {
  const hasty = makeSite('capture', 'inspection: { seconds: 0.001 }\n');
  const folder = join(site.folder, 'two');
  mkdirSync(folder);
  for (const id of ['01-own-data', '15-wrong-file'])
    for (const end of ['eml', 'json']) cpSync(join(mails, `${id}.${end}`), join(folder, `${id}.${end}`));
  const run = backtestAt(hasty, folder);
  hasty.remove();
  expect(run.lines).toMatchObject([
    { id: '01-own-data', verdict: 'hold', reasons: [{ code: 'inspection_failed' }], failed: 'timed_out' },
    { id: '15-wrong-file', verdict: 'hold', failed: 'timed_out' },
  ]);
  expect(run.summary).toMatchObject({ messages: 2, inspection_failed: 2 });
});

test('against an earlier report: the same rules pass, rules that lose a known missend end with exit 1 and say by which rule', () => {
  expect(backtest(mails, '--against', sound)).toMatchObject({
    code: 0,
    summary: { changes: { in_both: 15, newly_missed: [], worse: [] } },
  });
  const rules = join(site.folder, 'weaker');
  mkdirSync(join(rules, 'policies/wrong-customer'), { recursive: true });
  writeFileSync(
    join(rules, 'policies/wrong-customer/policy.yaml'),
    'id: wrong-customer\nextends: wrong-customer\nversion: 2\naction: monitor\n',
  );
  const worse = backtest(mails, '--rules', rules, '--against', sound);
  expect(worse.code).toBe(1);
  const changes = worse.summary['changes'] as {
    newly_missed: string[];
    by_rule: object[];
    earlier: { policy_set: string };
    now: { policy_set: string };
  };
  expect(changes.newly_missed).toEqual(['15-wrong-file']);
  expect(changes.by_rule).toEqual([{ code: 'wrong_customer', policy: 'wrong-customer', newly_held: 0, newly_passed: 1 }]);
  expect(changes.earlier.policy_set).not.toBe(changes.now.policy_set);
  expect(worse.stderr).toContain('1 known missend(s) are no longer caught; hold recall dropped from 1 to 0.8889');
  const report = join(site.folder, 'worse.jsonl');
  writeFileSync(report, site.command('backtest', mails, '--rules', rules, '--json').stdout);
  expect(backtest(mails, '--against', report)).toMatchObject({
    code: 0,
    summary: { changes: { newly_caught: ['15-wrong-file'] } },
  });
  writeFileSync(report, 'no report\n');
  expect(site.command('backtest', mails, '--against', report)).toMatchObject({ code: 3 });
});

test('the page: customers and subjects stand in it only with --reveal, and only its owner may read it', () => {
  const page = join(site.folder, 'report.html');
  expect(site.command('backtest', mails, '--html', page).code).toBe(0);
  expect(statSync(page).mode & 0o777).toBe(0o600);
  expect(readFileSync(page, 'utf8')).toContain('02-namesake');
  expect(readFileSync(page, 'utf8')).toContain('C1042');
  expect(readFileSync(page, 'utf8')).not.toContain('花子');
  expect(site.command('backtest', mails, '--html', page, '--reveal').code).toBe(0);
  expect(readFileSync(page, 'utf8')).toContain('花子');
});

test('schedules are judged by the time at which each mail was sent, not by the clock of the run', () => {
  const rules = join(site.folder, 'night');
  mkdirSync(join(rules, 'policies/night-mail'), { recursive: true });
  const examples = `[{ facts: { receivedAt: "2026-11-25T23:15+09:00" }, fires: true }, { facts: { receivedAt: "2026-11-25T12:15+09:00" }, fires: false }]`;
  writeFileSync(
    join(rules, 'policies/night-mail/policy.yaml'),
    `id: night-mail\nversion: 1\ntitle: { ja: 深夜, en: Night }\nreason: site.night_mail\nseverity: low\naction: hold\nwhen: { schedule: { hours: { from: "22:00", to: "06:00" } } }\nexamples: ${examples}\n`,
  );
  const folder = join(site.folder, 'dated');
  mkdirSync(folder);
  const mail = (...head: string[]): string =>
    ['From: ito@minato-cc.example.jp', 'To: i.suzuki@mail.example.jp', ...head, '', 'x', ''].join('\n');
  const received = (date: string): string => `Received: from a by b; ${date}`;
  writeFileSync(join(folder, 'day.eml'), mail('Date: Wed, 25 Nov 2026 12:15:00 +0900'));
  writeFileSync(join(folder, 'night.eml'), mail('Date: Wed, 25 Nov 2026 15:15:00 +0000'));
  writeFileSync(
    join(folder, 'stamped.eml'),
    mail(received('Thu, 26 Nov 2026 12:00:00 +0900'), received('Wed, 25 Nov 2026 23:15:00 +0900')),
  );
  for (const [name, hour] of [
    ['noon', 3],
    ['midnight', 15],
  ] as const) {
    writeFileSync(join(folder, `${name}.eml`), mail());
    utimesSync(join(folder, `${name}.eml`), new Date(Date.UTC(2026, 10, 25, hour)), new Date(Date.UTC(2026, 10, 25, hour)));
  }
  writeFileSync(
    join(folder, 'z.mbox'),
    `From a@example.jp Wed Nov 25 03:00:00 2026\n${mail()}\nFrom a@example.jp Wed Nov 25 15:00:00 2026\n${mail()}`,
  );
  const run = backtest(folder, '--rules', rules);
  expect(verdicts(run)).toEqual({
    day: 'deliver',
    midnight: 'hold',
    night: 'hold',
    noon: 'deliver',
    stamped: 'hold',
    'z.mbox#1': 'deliver',
    'z.mbox#2': 'hold',
  });
  expect(run.lines[0]).toMatchObject({ id: 'day', received_at: '2026-11-25T03:15:00.000Z', clock: 'header' });
  expect(run.summary).toMatchObject({ clocks: { header: 3, archive: 4, record: 0, now: 0 } });
  expect(site.command('backtest', folder, '--rules', rules).stdout).toContain('4 mails without a date in their header');
});

test('options that do not go together are refused', () => {
  for (const args of [
    [],
    [mails, '--records'],
    [mails, '--since', '2026-11-01'],
    ['--records', '--reveal'],
    ['--records', '--since', 'soon'],
    [mails, '--threads', '0'],
  ])
    expect({ args, ...site.command('backtest', ...args) }).toMatchObject({ args, code: 2, stdout: '' });
});

test('monitor mode: what was delivered and would have been held is in the report of the records', async () => {
  const sink = await startSink();
  const monitored = makeSite(sink.address, 'mode: monitor\n');
  const gateway = await startGatewayProcess(monitored);
  const client = await RawClient.open(gateway.smtp);
  const sent: string[] = [];
  for (const id of ['01-own-data', '02-namesake', '06-encrypted-zip']) {
    const { envelope } = JSON.parse(readFileSync(join(mails, `${id}.json`), 'utf8')) as { envelope: { from: string; to: string[] } };
    sent.push(queueId(await client.send(envelope.from, envelope.to, readFileSync(join(mails, `${id}.eml`)))));
  }
  client.close();
  const deadline = Date.now() + 60_000;
  while (sink.messages.length < 3 && Date.now() < deadline) {
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
  }
  expect(sink.messages).toHaveLength(3);
  const page = join(monitored.folder, 'records.html');
  const run = monitored.command('backtest', '--records', '--json', '--since', '2026-01-01', '--html', page);
  expect(run).toMatchObject({ code: 0, stderr: '' });
  const lines = run.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line & { summary?: object });
  expect(lines.slice(0, -1).map(({ id, verdict, envelope }) => ({ id, verdict, envelope }))).toEqual([
    { id: sent[2], verdict: 'hold', envelope: 'record' },
    { id: sent[1], verdict: 'hold', envelope: 'record' },
    { id: sent[0], verdict: 'deliver', envelope: 'record' },
  ]);
  expect(lines.at(-1)?.summary).toMatchObject({ messages: 3, held: 2, envelopes: { record: 3 }, by_severity: { high: 1, medium: 1 } });
  expect(readFileSync(page, 'utf8')).toContain(sent[1]);
  expect(monitored.command('backtest', '--records', '--since', '2100-01-01').stdout).toContain('0 recorded mails');
  await gateway.stop();
  await sink.close();
  monitored.remove();
});
