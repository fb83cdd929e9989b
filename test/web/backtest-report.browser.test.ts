import type { Page } from 'playwright-core';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { makeSite } from '../support/gateway-process.ts';
import { launchChromium } from './support.ts';

// As text: types of the DOM are none of this project's.
const background = (page: Page): Promise<string> => page.evaluate<string>('getComputedStyle(document.body).backgroundColor');

test('the report of a back-test in a real browser: without script, in both languages and schemes, on a phone and on paper', async () => {
  const site = makeSite('capture');
  const file = join(site.folder, 'report.html');
  expect(site.command('backtest', join(site.folder, 'mail'), '--html', file).code).toBe(0);
  const browser = await launchChromium();
  for (const [colorScheme, width] of [
    ['light', 1280],
    ['dark', 390],
  ] as const) {
    const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 }, javaScriptEnabled: false });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('request', (request) => complaints.push(...(request.url().startsWith('file:') ? [] : [request.url()])));
    await page.goto(pathToFileURL(file).href);
    const box = await page.locator('html').boundingBox();
    expect(box?.width).toBeLessThanOrEqual(width);
    expect(await page.getByText('保留の理由').isVisible()).toBe(true);
    expect(await page.getByText('Held by reason').isVisible()).toBe(false);
    await page.locator('#lang-en').check();
    expect(await page.getByText('保留の理由').isVisible()).toBe(false);
    expect(await page.getByText('Held by reason').isVisible()).toBe(true);
    expect(await background(page)).toBe(colorScheme === 'light' ? 'rgb(243, 245, 248)' : 'rgb(16, 21, 28)');
    await page.emulateMedia({ media: 'print' });
    expect(await background(page)).toBe('rgb(255, 255, 255)');
    expect(complaints).toEqual([]);
    await context.close();
  }
  await browser.close();
  site.remove();
});
