import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { makeSite, startGatewayProcess, type GatewayProcess, type Site } from '../support/gateway-process.ts';
import { queueId, RawClient } from '../support/raw-client.ts';
import { startSink, type Sink } from '../support/smtp-sink.ts';
import { launchChromium } from '../web/support.ts';

const password = 'correct horse battery';
const approver = 'takahashi@minato-cc.example.jp';
const admin = 'kanri@minato-cc.example.jp';
const nakamura = 'nakamura@minato-cc.example.jp';
/** Of 総務部, whose mail waits. */
const watanabe = 'watanabe@minato-cc.example.jp';
const fresh = 'hanako.new@mail.example.net';
const suzuki = 'i.suzuki@mail.example.jp';
const aboutHanako = 'ご担当者様 会員番号 C1042 の佐藤 花子様（090-5550-1114）の件です。';

let site: Site;
let sink: Sink;
let gateway: GatewayProcess;
let browser: Browser;
let base: string;

beforeAll(async () => {
  sink = await startSink();
  // Without a watch on files: what the page puts in force is in force by that alone.
  site = makeSite(sink.address, 'rules: { dirs: [site-rules], watch: false }\n');
  mkdirSync(join(site.folder, 'site-rules/policies/soumu-waits'), { recursive: true });
  writeFileSync(
    join(site.folder, 'site-rules/policies/soumu-waits/policy.yaml'),
    `id: soumu-waits
version: 1
title: { ja: 総務部の社外メール, en: Mail of general affairs }
reason: site.soumu_waits
severity: low
action: delay
delay_minutes: 60
when: { department: [総務部] }
examples:
  - { facts: {}, fires: false }
  - { facts: { recipients: [] }, fires: false }
`,
  );
  writeFileSync(join(site.folder, 'password'), `${password}\n`);
  for (const [email, role] of [
    [approver, 'approver'],
    [admin, 'admin'],
    [watanabe, 'sender'],
  ] as const)
    expect(
      site.command('users', 'add', email, '--name', '試験 花子', '--role', role, '--password-file', join(site.folder, 'password')).code,
    ).toBe(0);
  gateway = await startGatewayProcess(site);
  base = `http://${gateway.web.host}:${gateway.web.port}`;
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  await gateway.stop();
  await sink.close();
  site.remove();
});

async function until(condition: () => boolean | Promise<boolean>, seconds = 90): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`it did not happen in time; the log:\n${gateway.log()}`);
    await new Promise((resolve) => {
      setTimeout(resolve, 200);
    });
  }
}
async function send(from: string, to: string, text: string): Promise<string> {
  const head = `From: <${from}>\r\nTo: <${to}>\r\nSubject: test\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n`;
  const client = await RawClient.open(gateway.smtp);
  const reply = await client.send(from, [to], Buffer.from(`${head}${text}\r\n`));
  client.close();
  return queueId(reply);
}
const logged = (event: string, id: string): boolean =>
  gateway
    .log()
    .split('\n')
    .some((line) => line.includes(`"${event}"`) && line.includes(id));
const relayed = (mark: string): readonly string[] =>
  sink.messages.filter(({ body, from }) => from !== '' && body.includes(mark)).flatMap(({ recipients }) => [...recipients]);

type Look = { readonly width?: number; readonly script?: boolean };
async function logIn(email: string, { width = 1280, script = true }: Look = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, javaScriptEnabled: script, acceptDownloads: true });
  const page = await context.newPage();
  await page.goto(`${base}/login`);
  await page.fill('input[name=email]', email);
  await page.fill('input[name=password]', password);
  await page.click('main button[type=submit]');
  await page.waitForURL((url) => url.pathname !== '/login');
  return page;
}
/** For whoever looks at the pages: SCREENSHOTS names a folder. */
async function look(page: Page, name: string): Promise<void> {
  const folder = process.env['SCREENSHOTS'];
  for (const width of [320, 390, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    expect([name, width, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([name, width, width]);
    if (folder !== undefined) await page.screenshot({ path: join(folder, `${name}-${width}.png`), fullPage: true });
  }
}

test('an address proposed by two releases is accepted by keyboard, and the next mail to it goes out', async () => {
  const held = [await send(nakamura, fresh, `${aboutHanako} mark-one`), await send(nakamura, fresh, `${aboutHanako} mark-two`)];
  await until(() => held.every((id) => logged('message.decided', id)));
  const boss = await logIn(approver);
  expect(await boss.locator('nav a[href="/addresses"]').count()).toBe(0);
  for (const id of held) {
    await boss.goto(`${base}/holds/${id}`);
    await boss.check(`input[name="decision:${fresh}"][value=send]`, { force: true });
    await boss.check('input[name=answer][value=C1042]');
    await boss.fill('#why-release', 'ご本人の新しいアドレスと電話で確認');
    await boss.click('form[action$="/release"] button[type=submit]');
    await boss.waitForSelector('form[action$="/undo"]');
  }
  const page = await logIn(admin, { script: false });
  await page.click('nav a[href="/addresses"]');
  expect(await page.textContent('main')).toContain('登録の提案はありません。');
  await look(page, 'addresses-empty');
  await until(() => relayed('mark-two').length > 0);
  await page.reload();
  const text = (await page.textContent('.proposals')) ?? '';
  for (const part of ['佐藤 花子さん（••••1042）', fresh, '許可 2回', approver]) expect(text).toContain(part);
  await look(page, 'addresses-open');
  await page.focus('.proposals textarea');
  await page.keyboard.type('登録の電話番号で本人に確認');
  // Enter writes a line; it is the button that decides.
  await page.keyboard.press('Enter');
  expect(page.url()).toBe(`${base}/addresses`);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/addresses?done=accepted');
  expect(await page.textContent('[role=status]')).toContain('次のメールから登録済み');
  await look(page, 'addresses-accepted');
  await send(nakamura, fresh, `${aboutHanako} mark-three`);
  await until(() => relayed('mark-three').length > 0);
  expect(relayed('mark-three')).toEqual([fresh]);
  const list = readFileSync(join(site.folder, 'var/allow/allow-list.csv'), 'utf8');
  expect(list).toMatch(new RegExp(`accepted,C1042,${fresh},2,[^\n]*,${approver},${admin},登録の電話番号で本人に確認\n$`));
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('a[href="/addresses/export"]')]);
  expect(download.suggestedFilename()).toBe('allow-list.csv');
  expect(readFileSync(await download.path(), 'utf8')).toBe(list);
  await page.click('.decided summary');
  await page.fill('.decided textarea', '本人から変更の連絡');
  await page.click('.decided button');
  await page.waitForURL('**/addresses?done=dismissed');
  const fourth = await send(nakamura, fresh, `${aboutHanako} mark-four`);
  await until(() => logged('message.decided', fourth));
  await boss.goto(`${base}/holds/${fourth}`);
  expect(await boss.textContent('h1')).toContain('佐藤 花子さん');
  expect(relayed('mark-four')).toEqual([]);
  await page.context().close();
  await boss.context().close();
});

test('mail that a policy delays: an approver stops it and returns it, its sender takes the other back', async () => {
  const stopped = await send(watanabe, suzuki, '鈴木様 お世話になります。 mark-stopped');
  const withdrawn = await send(watanabe, suzuki, '鈴木様 お世話になります。 mark-withdrawn');
  await until(() => [stopped, withdrawn].every((id) => logged('message.decided', id)));
  const page = await logIn(approver);
  await page.click('.tabs a[href="/holds?tab=delayed"]');
  expect(await page.locator('article').count()).toBe(2);
  expect(await page.textContent('main')).toContain('総務部の社外メール');
  await look(page, 'delayed');
  await page.focus(`form[action="/delayed/${stopped}/stop"] button`);
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/holds/${stopped}?stopped=1`);
  expect(await page.textContent('[role=status]')).toContain('送信を止めました。');
  await look(page, 'delayed-stopped');
  await page.fill('#why', '宛先を確かめてください');
  await page.click('form[action$="/return"] button[type=submit]');
  await page.waitForSelector('form[action$="/undo"]');
  const own = await logIn(watanabe, { script: false });
  await own.goto(`${base}/mine`);
  await look(own, 'delayed-own');
  await own.click(`form[action="/delayed/${withdrawn}/stop"] button`);
  await own.waitForURL('**/mine?taken_back=1');
  await until(() => logged('hold.settled', stopped));
  const back = (): number =>
    sink.messages.filter(({ from, body }) => from === '' && /mark-(?:stopped|withdrawn)/.test(body.toString())).length;
  await until(() => back() === 2);
  expect([...relayed('mark-stopped'), ...relayed('mark-withdrawn')]).toEqual([]);
  const audit = site.command('audit', 'export').stdout;
  for (const part of ['"outcome":"held"', '"outcome":"cancelled"', '"address.accepted"', '"address.dismissed"', '"address.exported"'])
    expect(audit).toContain(part);
  expect(site.command('audit', 'verify').code).toBe(0);
  // What people decided is the answer to these records.
  const records = site.command('backtest', '--records', '--json');
  expect(records.code).toBe(0);
  const summary = JSON.parse(records.stdout.trim().split('\n').at(-1) ?? '{}') as { summary: object };
  expect(summary.summary).toMatchObject({
    messages: 6,
    labelled: 3,
    labels: { decision: 3, sidecar: 0 },
    confusion: { hold: { hold: 0, deliver: 1 }, deliver: { hold: 2, deliver: 0 } },
  });
  expect(records.stdout).toContain(`"id":"${stopped}"`);
});
