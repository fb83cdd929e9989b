import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeSite, startGatewayProcess, type GatewayProcess, type Site } from '../support/gateway-process.ts';
import { queueId, RawClient } from '../support/raw-client.ts';
import { startSink, type Sink } from '../support/smtp-sink.ts';

let site: Site;
let sink: Sink;
let gateway: GatewayProcess;

/** A site's own kind of number, which is held once the policy names its type. */
const rule = (pattern: string): string => `id: policy-number
version: 1
title: { ja: 契約証番号, en: Policy number }
entity: policy_number
maturity: stable
patterns:
  - { name: plain, regex: '${pattern}', boundary: alnum, confidence: 0.9 }
examples:
  match: [KS-123456, '番号 KS-234567', (KS-345678)]
  no_match: [KS-1234567, AKS-123456, KS-12]
`;
const policy = `id: sensitive-pii
extends: sensitive-pii
add:
  when: { types: [policy_number] }
`;

beforeAll(async () => {
  sink = await startSink();
  site = makeSite(sink.address, 'rules: { dirs: [site-rules] }\n');
  for (const folder of ['detectors/policy-number', 'policies/sensitive-pii'])
    mkdirSync(join(site.folder, 'site-rules', folder), { recursive: true });
  gateway = await startGatewayProcess(site);
});
afterAll(async () => {
  await gateway.stop();
  await sink.close();
  site.remove();
});

async function until(condition: () => boolean | Promise<boolean>, seconds = 60): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`it did not happen in time; the log:\n${gateway.log()}`);
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
  }
}

const count = (text: string): number => gateway.log().split(text).length - 1;

/** Does something and waits until the log says `text` once more. */
async function expecting(text: string, act: () => void): Promise<void> {
  const before = count(text);
  act();
  await until(() => count(text) > before);
}

/** Sends a mail about KS-778899 and says what became of it. */
async function verdictOf(mark: string): Promise<'held' | 'delivered'> {
  const client = await RawClient.open(gateway.smtp);
  const body = `From: <ito@minato-cc.example.jp>\r\nTo: <info@kikaku-office.example.com>\r\nSubject: ${mark}\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${mark}: KS-778899\r\n`;
  const id = queueId(await client.send('ito@minato-cc.example.jp', ['info@kikaku-office.example.com'], Buffer.from(body)));
  client.close();
  const decided = new RegExp(`"event":"message.decided","id":"${id}",.*"held":(true|false)`);
  await until(() => decided.test(gateway.log()));
  return decided.exec(gateway.log())?.[1] === 'true' ? 'held' : 'delivered';
}

const metrics = async (): Promise<string> => (await fetch(`http://${gateway.web.host}:${gateway.web.port}/metrics`)).text();
const ready = async (): Promise<string> => (await fetch(`http://${gateway.web.host}:${gateway.web.port}/readyz`)).text();
const write = (path: string, text: string): void => writeFileSync(join(site.folder, 'site-rules', path), text);
/** As editors save: beside the file, then renamed over it. */
const replace = (path: string, text: string): void => {
  write(`${path}.tmp`, text);
  renameSync(join(site.folder, 'site-rules', `${path}.tmp`), join(site.folder, 'site-rules', path));
};

test('a new rule holds by itself what passed before, without a restart', async () => {
  expect(await verdictOf('before')).toBe('delivered');
  const pid = gateway.pid;
  await expecting('reloaded by itself', () => {
    write('detectors/policy-number/rule.yaml', rule('KS-[0-9]{6}'));
    write('policies/sensitive-pii/policy.yaml', policy);
  });
  expect(await verdictOf('after')).toBe('held');
  expect(gateway.pid).toBe(pid);
  expect(gateway.log()).toMatch(/reloaded by itself: .*; added detectors\/policy-number; changed policies\/sensitive-pii\n/);
  expect(gateway.log()).toMatch(/"event":"rules\.reloaded",.*"added":1,"changed":1,"removed":0/);
  expect(site.command('audit', 'export').stdout).toContain('"type":"rules.loaded"');
  await until(() => sink.messages.some(({ body }) => body.includes('before: KS-778899')));
  expect(sink.messages.some(({ body }) => body.includes('after: KS-778899'))).toBe(false);
});

test('a broken rule leaves the old set in force and says where it is broken; mended, it comes into force', async () => {
  await expecting('not reloaded', () => replace('detectors/policy-number/rule.yaml', rule('KS-(?<!A)[0-9]{6}')));
  expect(gateway.log()).toMatch(
    /not reloaded, the old rules, staff and customers stay in force: \S+policy-number\/rule\.yaml:7:27 RE2: .*no look-around/,
  );
  expect(await metrics()).toContain('sekisho_rules_reload_failed 1');
  expect(await ready()).toMatch(/^ready\nrules: /);
  expect(site.command('doctor').stdout).toMatch(/rules +bad .*policy-number\/rule\.yaml:7:27/);
  expect(await verdictOf('broken')).toBe('held');
  await expecting('reloaded by itself', () => replace('detectors/policy-number/rule.yaml', rule('KT-[0-9]{6}').replaceAll('KS-', 'KT-')));
  expect(await verdictOf('mended')).toBe('delivered');
  expect(await metrics()).toContain('sekisho_rules_reload_failed 0');
  expect(await ready()).toBe('ready');
});

test('a policy whose file gets another name stays in force, and the log says why', async () => {
  await expecting('reloaded by itself', () => replace('detectors/policy-number/rule.yaml', rule('KS-[0-9]{6}')));
  const [named, renamed] = ['policy.yaml', 'policy.yml'].map((name) => join(site.folder, 'site-rules/policies/sensitive-pii', name));
  if (named === undefined || renamed === undefined) throw new Error('unreachable');
  await expecting('not reloaded', () => renameSync(named, renamed));
  expect(gateway.log()).toMatch(/not reloaded, .*: \S+policy\.yml is not read; name it `policy\.yaml`/);
  expect(await verdictOf('renamed')).toBe('held');
  await expecting('reloaded by itself', () => renameSync(renamed, named));
  expect(await verdictOf('named again')).toBe('held');
});

test('staff and customers come into force by themselves; a table that lost most of its rows does not', async () => {
  const customers = join(site.folder, 'customers.csv');
  const text = readFileSync(customers, 'utf8');
  await expecting('not taken over by itself', () => writeFileSync(customers, text.split('\n').slice(0, 3).join('\n')));
  await expecting('reloaded by itself', () => writeFileSync(customers, text));
  await expecting('reloaded by itself', () =>
    writeFileSync(join(site.folder, 'staff.csv'), `${readFileSync(join(site.folder, 'staff.csv'), 'utf8')}\n`),
  );
});

test('SIGHUP reads sekisho.yaml too: a disabled rule rests, an unknown id is named with its place', async () => {
  const config = readFileSync(site.config, 'utf8');
  await expecting('reloaded by itself', () => replace('detectors/policy-number/rule.yaml', rule('KS-[0-9]{6}')));
  expect(await verdictOf('again')).toBe('held');
  writeFileSync(site.config, config.replace('dirs: [site-rules]', 'dirs: [site-rules], disable: [policy-nunber]'));
  await expecting('not reloaded', () => gateway.hangUp());
  expect(gateway.log()).toMatch(/sekisho\.yaml:\d+:\d+ there is no rule `policy-nunber` to disable; did you mean `policy-number`\?/);
  writeFileSync(site.config, config.replace('dirs: [site-rules]', 'dirs: [site-rules], disable: [policy-number], watch: false'));
  await expecting('reloaded at SIGHUP', () => gateway.hangUp());
  expect(await verdictOf('disabled')).toBe('delivered');
  // No longer watched: a change waits for SIGHUP.
  const reloads = count('reloaded');
  replace('detectors/policy-number/rule.yaml', 'id: [');
  await new Promise((resolve) => {
    setTimeout(resolve, 1500);
  });
  expect(count('reloaded')).toBe(reloads);
});
