import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../web/support.ts';
import { makeSite, startGatewayProcess, type GatewayProcess, type Site } from '../support/gateway-process.ts';
import { queueId, RawClient } from '../support/raw-client.ts';
import { startSink, type Sink } from '../support/smtp-sink.ts';

let site: Site;
let sink: Sink;
let gateway: GatewayProcess;
let browser: Browser;
const password = 'correct horse battery';

beforeEach(async () => {
  sink = await startSink();
  site = makeSite(sink.address);
  writeFileSync(join(site.folder, 'password'), `${password}\n`);
  const added = site.command(
    'users',
    'add',
    'takahashi@minato-cc.example.jp',
    '--name',
    '高橋 美咲',
    '--role',
    'approver',
    '--password-file',
    join(site.folder, 'password'),
  );
  expect(added.stderr).toContain('added');
  gateway = await startGatewayProcess(site);
  browser = await launchChromium();
});
afterEach(async () => {
  await browser.close();
  await gateway.stop();
  await sink.close();
  site.remove();
});

const sample = (id: string): { readonly body: Buffer; readonly from: string; readonly to: readonly string[] } => {
  const sidecar = JSON.parse(readFileSync(join(site.folder, 'mail', `${id}.json`), 'utf8')) as { envelope: { from: string; to: string[] } };
  return { body: readFileSync(join(site.folder, 'mail', `${id}.eml`)), ...sidecar.envelope };
};
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

async function send(id: string): Promise<string> {
  const client = await RawClient.open(gateway.smtp);
  const { from, to, body } = sample(id);
  const reply = await client.send(from, to, body);
  client.close();
  expect(reply).toMatchObject({ code: 250 });
  return queueId(reply);
}

async function until(condition: () => boolean | Promise<boolean>, seconds = 60): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('it did not happen in time');
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
  }
}

const isHeld = (id: string): boolean => site.command('holds', 'show', id).code === 0;
const url = (path: string): string => `http://${gateway.web.host}:${gateway.web.port}${path}`;

async function logIn(page: Page): Promise<void> {
  await page.goto(url('/login'));
  await page.fill('input[name=email]', 'takahashi@minato-cc.example.jp');
  await page.fill('input[name=password]', password);
  await page.click('main button[type=submit]');
  await page.waitForURL('**/holds');
}

test('I6: a clean mail goes straight through, byte for byte', async () => {
  await send('01-own-data');
  await until(() => sink.messages.length === 1);
  const received = sink.messages[0]!;
  expect(received.recipients).toEqual(['hanako.sato@mail.example.jp']);
  const trace = /^Received: [^\r\n]*\r\n(?:[ \t][^\r\n]*\r\n)*/.exec(received.body.toString('latin1'))?.[0] ?? '';
  expect(trace).toContain('sekisho.example.jp');
  expect(sha256(received.body.subarray(trace.length))).toBe(sha256(sample('01-own-data').body));
});

test('a missend is held, shown with its evidence, released in the browser, and arrives byte for byte', async () => {
  const id = await send('02-namesake');
  await until(() => isHeld(id));
  expect(sink.messages.filter((message) => message.recipients.includes('hanako.sato77@mail.example.jp'))).toEqual([]);

  const page = await (await browser.newContext({ locale: 'ja-JP', viewport: { width: 1280, height: 900 } })).newPage();
  await logIn(page);
  await page.click(`a[href*="/holds/${id}"]`);
  const heading = await page.textContent('h1');
  expect(heading).toContain('佐藤 花子');
  const text = (await page.textContent('main')) ?? '';
  expect(text).toContain('佐藤 華子');
  expect(await page.content()).not.toContain('090-5550-1114'); // masked values are not even in the HTML
  await page.check(`input[type=radio][name="decision:hanako.sato77@mail.example.jp"][value=send]`, { force: true });
  await page
    .selectOption('select[name=answer]', 'C1042')
    .catch(() => page.check('input[type=radio][name=answer][value=C1042]', { force: true }));
  await page.fill('form textarea[name=reason] >> nth=-1', '電話でご本人に宛先を確認しました。');
  await page.click('button[name=action][value=release], form[action$="/release"] button[type=submit]');
  await page.waitForSelector('text=取り消');
  expect(sink.messages.some((message) => message.recipients.includes('hanako.sato77@mail.example.jp'))).toBe(false);

  await until(() => sink.messages.some((message) => message.recipients.includes('hanako.sato77@mail.example.jp')), 60);
  const received = sink.messages.find((message) => message.recipients.includes('hanako.sato77@mail.example.jp'))!;
  const trace = /^Received: [^\r\n]*\r\n(?:[ \t][^\r\n]*\r\n)*/.exec(received.body.toString('latin1'))?.[0] ?? '';
  expect(sha256(received.body.subarray(trace.length))).toBe(sha256(sample('02-namesake').body));
  expect(site.command('audit', 'verify').code).toBe(0);
});

test('a returned mail comes back to its sender with the reason and goes to nobody else', async () => {
  const id = await send('08-wrong-greeting');
  await until(() => isHeld(id));
  const returned = site.command('holds', 'return', id, '--reason', '宛名が違います', '--as', 'takahashi@minato-cc.example.jp');
  expect(returned.code).toBe(0);
  await until(
    () =>
      sink.messages.some(
        (message) => message.recipients.includes('ito@minato-cc.example.jp') && message.body.includes(sample('08-wrong-greeting').body),
      ),
    90,
  );
  expect(sink.messages.some((message) => message.recipients.includes('murakami@murakami-p.example.jp'))).toBe(false);
});
