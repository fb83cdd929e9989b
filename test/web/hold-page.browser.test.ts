import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import type { MessageId } from '../../src/core/index.ts';
import { makeWebSite, password, recipient, secrets, type WebSite } from '../support/web-site.ts';
import { launchChromium } from './support.ts';

let browser: Browser;
let site: WebSite;
let base: string;
let id: MessageId;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());
beforeEach(async () => {
  site = makeWebSite();
  await site.addUser('approver@example.co.jp', 'approver');
  id = await site.hold();
  const { host, port } = await site.web.listen();
  base = `http://${host}:${port}`;
  return () => site.web.close();
});

type Options = { readonly width?: number; readonly height?: number; readonly script?: boolean; readonly dark?: boolean };
async function logIn({ width = 1280, height = 800, script = true, dark = false }: Options = {}): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width, height },
    javaScriptEnabled: script,
    colorScheme: dark ? 'dark' : 'light',
  });
  const page = await context.newPage();
  await page.goto(`${base}/login`);
  await page.fill('input[name=email]', 'approver@example.co.jp');
  await page.fill('input[name=password]', password);
  await page.click('main button[type=submit]');
  await page.waitForURL('**/holds');
  return page;
}
const bottomOf = async (page: Page, selector: string): Promise<number> => {
  const box = await page.locator(selector).first().boundingBox();
  return (box?.y ?? Number.POSITIVE_INFINITY) + (box?.height ?? 0);
};

for (const script of [true, false])
  test(`an approver reads, releases and takes it back, ${script ? 'with' : 'without'} scripts`, async () => {
    const page = await logIn({ script });
    const problems: string[] = [];
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    await page.click(`a[href="/holds/${id}"]`);
    expect(await page.textContent('h1')).toContain('佐藤 花子さん');
    await page.check(`input[name="decision:${recipient}"][value=send]`, { force: true });
    await page.check('input[name=answer][value=C1042]');
    await page.fill('#why-release', '電話でご本人に宛先を確認しました。');
    await page.click('form[action$="/release"] button[type=submit]');
    await page.waitForSelector('form[action$="/undo"]');
    expect((await site.store.hold(id))?.state).toBe('releasing');
    await page.click('form[action$="/undo"] button');
    await page.waitForSelector('form[action$="/return"]');
    expect((await site.store.hold(id))?.state).toBe('held');
    expect(problems).toEqual([]);
    await page.context().close();
  });

test('the sentence, both parties and the recommended button stand on the first screen', async () => {
  const desk = await logIn();
  await desk.goto(`${base}/holds/${id}`);
  for (const selector of ['h1', '.who:first-child', '.who:last-child', 'form[action$="/return"] button[type=submit]'])
    expect(await bottomOf(desk, selector)).toBeLessThan(700);
  const phone = await logIn({ width: 390, height: 844 });
  await phone.goto(`${base}/holds/${id}`);
  for (const selector of ['h1', '.who:first-child .name', '.who:last-child .name'])
    expect(await bottomOf(phone, selector)).toBeLessThan(780);
  for (const width of [320, 390, 760, 1280]) {
    await phone.setViewportSize({ width, height: 844 });
    for (const path of ['/holds', `/holds/${id}`, '/history', '/mine']) {
      await phone.goto(base + path);
      expect([path, width, await phone.evaluate('document.documentElement.scrollWidth')]).toEqual([path, width, width]);
    }
  }
});

test('hostile mail runs nothing and shows no masked value, in either theme', async () => {
  const script = '<script>document.title="owned"</script><img src=x onerror="document.title=\'owned\'">';
  id = await site.hold({ text: `${script}\n${secrets[0]}`, subject: script, fileName: `${script}.xlsx` });
  for (const dark of [false, true]) {
    const page = await logIn({ dark });
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(`${base}/holds/${id}`);
    expect(await page.title()).not.toContain('owned');
    expect(await page.locator('main img, main script').count()).toBe(0);
    expect(await page.content()).not.toContain(secrets[0]);
    expect(asked.toSorted()).toEqual(['/assets/sekisho.css', '/assets/sekisho.js', `/holds/${id}`]);
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe(dark ? 'rgb(16, 21, 28)' : 'rgb(243, 245, 248)');
  }
});

test('no key decides, not even with everything filled in', async () => {
  const page = await logIn();
  await page.goto(`${base}/holds/${id}`);
  await page.fill('#why-release', '電話でご本人に宛先を確認しました。');
  await page.check('input[name=answer][value=C1042]');
  await page.check(`input[name="decision:${recipient}"][value=send]`, { force: true });
  for (const key of ['Enter', 'Escape', 'Enter']) await page.keyboard.press(key);
  await page.locator('input[name=answer][value=C1042]').focus();
  await page.keyboard.press('Enter');
  await page.locator('h1').click();
  for (const key of ['a', 'Enter', 'r', 'Enter']) await page.keyboard.press(key);
  await page.waitForTimeout(300);
  expect((await site.store.hold(id))?.state).toBe('held');
  expect(page.url()).toBe(`${base}/holds/${id}`);
});
