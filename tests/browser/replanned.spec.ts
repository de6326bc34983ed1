/** What a plan made anew leaves to be seen: on the overview, in the register, in the chain. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchBrowser, open, settled, visit } from '../support/browser.js';
import { type Api, startApi } from '../support/harness.js';
import { enterReplanned } from '../support/replanned.js';

let api: Api;
let browser: Browser;
beforeAll(async () => {
  [api, browser] = await Promise.all([startApi(), launchBrowser()]);
  await enterReplanned(api);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await api?.stop();
});

const PERIOD = 'period=2026-Q1';
const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f\s]+/g, ' ').trim();

describe('the largest deviations', () => {
  test('show each difference against both plans, and mark what was planned anew', async () => {
    await visit(browser, api, 'cio', {}, async (page) => {
      await open(page, `/?${PERIOD}`);
      await settled(page);
      const rows = page.locator('.deviations tbody tr');
      expect(await rows.count()).toBe(5);
      const hidden = rows.filter({ hasText: 'Benefit hidden' });
      expect((await hidden.innerText()).replaceAll(/\s+/g, ' ')).toMatch(/0 .*re-planned ▼ −150 On track/);
      expect(await hidden.getByText('re-planned').count()).toBe(1);
      expect(await rows.filter({ hasText: 'Benefit good' }).getByText('re-planned').count()).toBe(0);
      const figure = page.locator('.deviations-figure');
      expect(plain(await figure.locator('.panel-message').innerText())).toBe(
        'Benefit hidden is furthest below BL: ▼ −150 USD',
      );
      expect(plain(await figure.locator('.about').innerText())).toContain('↻ re-planned');
      await hidden
        .getByRole('link', { name: /^Benefit hidden, against baseline plan, −150 USD, unfavourable/ })
        .click();
      await page.locator('#trace-panel').getByText('realised − baseline planned').waitFor();
    });
  });

  test.each([
    [1440, 900],
    [1280, 800],
    [1024, 768],
    [360, 740],
  ])('fit %s×%s without a scroll to the side', async (width, height) => {
    await visit(browser, api, 'cio', { width, height }, async (page) => {
      await open(page, `/?${PERIOD}`);
      await settled(page);
      const region = page.locator('.deviations.table-region');
      await region.waitFor();
      expect(await region.evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0);
      expect(await region.getByRole('link', { name: /against baseline plan/ }).count()).toBe(5);
    });
  });
});
