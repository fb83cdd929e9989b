import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeSite, startGatewayProcess, type GatewayProcess, type Site } from '../support/gateway-process.ts';
import { queueId, RawClient } from '../support/raw-client.ts';
import { startSink, type Sink } from '../support/smtp-sink.ts';

const entry = fileURLToPath(new URL('../../bin/sekisho.mjs', import.meta.url));
let site: Site;
let sink: Sink;
let gateway: GatewayProcess;

beforeAll(async () => {
  sink = await startSink();
  site = makeSite(sink.address);
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
    await sleep(50);
  }
}

const count = (text: string): number => gateway.log().split(text).length - 1;
const inFolder = (name: string): string => join(site.folder, name);
const sampleRows = (): string => readFileSync(inFolder('customers.csv'), 'utf8').trimEnd();

/** Sends Watanabe's data to Suzuki, both in no table at first, and says what became of the mail. */
async function verdict(): Promise<'held' | 'delivered'> {
  const client = await RawClient.open(gateway.smtp);
  const text = '鈴木様\r\n\r\n渡瀬 美咲様 (K9001) の件、電話 03-5550-9901 までお願いします。\r\n';
  const body = `From: <ito@minato-cc.example.jp>\r\nTo: <suzuki.k9002@mail.example.jp>\r\nSubject: K\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${text}`;
  const id = queueId(await client.send('ito@minato-cc.example.jp', ['suzuki.k9002@mail.example.jp'], Buffer.from(body)));
  client.close();
  const decided = new RegExp(`"event":"message.decided","id":"${id}",.*"held":(true|false)`);
  await until(() => decided.test(gateway.log()));
  return decided.exec(gateway.log())?.[1] === 'true' ? 'held' : 'delivered';
}

const newRows = [
  'K9001,渡瀬 美咲,ワタセ ミサキ,,watase.k9001@mail.example.jp,,03-5550-9901,,,,,,',
  'K9002,鈴木 健,スズキ ケン,,suzuki.k9002@mail.example.jp,,03-5550-9902,,,,,,',
].join('\n');

test('an import comes into force in a running gateway, in all its threads', async () => {
  const header = readFileSync(inFolder('customers.csv'), 'utf8').split('\n')[0];
  expect(header).toBe('customer_id,name,name_kana,company,email,email2,phone,mobile,postal_code,address,birth_date,owner,client');
  writeFileSync(inFolder('crm.csv'), `${sampleRows()}\n${newRows}\n,無名,,,,,,,,,,,\n`);
  const before = count('reloaded by itself');
  const imported = site.command('customers', 'import', inFolder('crm.csv'), '--json', '--report', inFolder('report.csv'));
  expect(imported.code).toBe(0);
  expect(JSON.parse(imported.stdout)).toMatchObject({ imported: true, refused: 1, problem_count: 1 });
  expect(readFileSync(inFolder('report.csv'), 'utf8')).toMatch(/^line,column,message\n\d+,0,"no customer_id; the row is skipped"\n$/);
  await until(() => count('reloaded by itself') > before);
  // One after another, so that each thread has its turn.
  for (let mail = 0; mail < 4; mail += 1) expect(await verdict()).toBe('held');
  expect(site.command('audit', 'export').stdout).toContain('"type":"customers.loaded"');
});

test('status and lookup tell of the table in force', () => {
  const status = JSON.parse(site.command('customers', 'status', '--json').stdout) as { records: number; filled: { name: number } };
  expect(status).toMatchObject({ kind: 'import', file: inFolder('crm.csv'), stale: false, problem_count: 1 });
  expect(status.filled.name).toBe(status.records);
  for (const text of ['K9001', 'Watase.K9001@mail.example.jp', '０３（５５５０）９９０１', '渡瀬美咲', 'わたせ みさき']) {
    const { code, stdout } = site.command('customers', 'lookup', text);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      count: 1,
      found: [{ customer: 'K9001', name: '渡瀬 美咲', emails: ['watase.k9001@mail.example.jp'] }],
    });
  }
  expect(site.command('customers', 'lookup', 'K9999').code).toBe(1);
});

test('a shrunken, an empty and a broken file leave the table in force and end with 1; the first is taken when that is said', () => {
  writeFileSync(inFolder('half.csv'), sampleRows().split('\n').slice(0, 8).join('\n'));
  writeFileSync(inFolder('empty.csv'), '');
  writeFileSync(inFolder('broken.csv'), 'customer_id,name\n"C1,x\n');
  for (const name of ['half', 'empty', 'broken']) {
    const { code, stderr } = site.command('customers', 'import', inFolder(`${name}.csv`));
    expect(code).toBe(1);
    expect(stderr).toContain('the table in force stays');
  }
  expect(site.command('customers', 'lookup', 'K9001').code).toBe(0);
  expect(site.command('customers', 'import', inFolder('missing.csv')).code).toBe(3);
  expect(site.command('customers', 'import', inFolder('half.csv'), '--accept-shrink').code).toBe(0);
  expect(site.command('customers', 'lookup', 'K9001').code).toBe(1);
});

test('customers.file, changed after the import, is in force again', async () => {
  await sleep(1100);
  const before = count('reloaded');
  writeFileSync(inFolder('customers.csv'), `${sampleRows()}\n${newRows}\n`);
  await until(() => count('reloaded') > before);
  expect(JSON.parse(site.command('customers', 'status', '--json').stdout)).toMatchObject({ kind: 'file' });
  expect(await verdict()).toBe('held');
});

test('old data are warned about: status, doctor, readyz', async () => {
  const old = new Date(Date.now() - 30 * 3_600_000);
  utimesSync(inFolder('crm.csv'), old, old);
  const before = count('reloaded by itself');
  expect(site.command('customers', 'import', inFolder('crm.csv')).code).toBe(0);
  await until(() => count('reloaded by itself') > before);
  expect(site.command('customers', 'status').stderr).toMatch(/the data are 30 hours old \(limit 24\): holds carry a warning/);
  expect(site.command('doctor').stdout).toMatch(/customers +warning +\d+ customers of .*30\.\d hours old/);
  const ready = await (await fetch(`http://${gateway.web.host}:${gateway.web.port}/readyz`)).text();
  expect(ready).toContain('customers: the data are 30 hours old');
});

test('killed at any moment, an import leaves a table that is whole: the old one or the new', async () => {
  const rows = Array.from({ length: 60_000 }, (_, row) => `Z${String(row).padStart(6, '0')},佐藤 花子${row},,,,,03-5550-9901,,,,,,\n`).join(
    '',
  );
  writeFileSync(inFolder('large.csv'), `${sampleRows()}\n${rows}`);
  const records = (): number => (JSON.parse(site.command('customers', 'status', '--json').stdout) as { records: number }).records;
  const old = records();
  const full = sampleRows().split('\n').length - 1 + 60_000;
  const seen = new Set<string>();
  const sizes = (): string => {
    const folder = inFolder('var/customers');
    return readdirSync(folder)
      .map((name) => `${name} ${statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0}`)
      .join();
  };
  // Counted from its first write: how long a start takes depends on the machine.
  for (const delay of [0, 40, 150, 400, 1000]) {
    const before = sizes();
    const child = spawn(process.execPath, [entry, 'customers', 'import', inFolder('large.csv'), '-c', site.config], { stdio: 'ignore' });
    const ended = new Promise((resolve) => {
      child.once('exit', resolve);
    });
    while (sizes() === before && child.exitCode === null) await sleep(2);
    await sleep(delay);
    child.kill('SIGKILL');
    await ended;
    expect([old, full]).toContain(records());
    seen.add(readdirSync(inFolder('var/customers')).join());
  }
  // Some were killed while they wrote.
  expect(seen.size).toBeGreaterThan(1);
  expect(site.command('customers', 'import', inFolder('large.csv')).code).toBe(0);
  expect(records()).toBe(full);
  // The table in force and the one before it.
  const left = readdirSync(inFolder('var/customers'));
  expect(left.filter((name) => name.endsWith('.index')).length).toBeLessThanOrEqual(2);
  expect(left.every((name) => statSync(inFolder(join('var/customers', name))).size > 0)).toBe(true);
});
