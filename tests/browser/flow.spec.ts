import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { defectsInBothThemes } from '../support/axe.js';
import { launchBrowser, open, settled, visit } from '../support/browser.js';
import { startWith } from '../support/bundles.js';
import type { Api } from '../support/harness.js';

/** 856 incidents delivered in one quarter, 1,843 in the next. */
let api: Api;
let browser: Browser;
beforeAll(async () => {
  [api, browser] = await Promise.all([startWith('servicenow-incidents', 'USD', 1), launchBrowser()]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await api?.stop();
});

const CHARTS = ['flow-cycle-time', 'flow-ageing-work', 'flow-cumulative', 'flow-where-time-goes', 'flow-handoffs'];

describe('The page of flow', () => {
  test('says what the metrics say, draws a dot an item, and leads to the items and to the log of one', async () => {
    await visit(browser, api, 'admin', {}, async (page) => {
      await open(page, '/flow?period=2016-Q1&window=1');
      await page.locator('.message .num').nth(2).waitFor();
      expect(await page.locator('.message').innerText()).toMatch(
        /^85 of 100 items delivered in 2016 Q1 took at most 9\.19 days; 64\.1\s%\sof the time was waiting, most of it in .+\. 106 items are in progress/,
      );
      for (const chart of CHARTS) {
        const figure = page.locator(`figure[data-chart=${chart}]`);
        expect(await figure.locator('.panel-message').innerText()).not.toBe('');
        expect(await figure.locator('.about').first().innerText()).not.toBe('');
        expect(await figure.getByRole('link', { name: 'CSV' }).count()).toBe(1);
        expect(await figure.locator('[role=img]').getAttribute('aria-label')).toMatch(/\w{3,}/);
        expect(await figure.locator('.twin tbody tr').count()).toBeGreaterThan(0);
      }
      expect(await page.locator('.flow-dots').getAttribute('data-marks')).toBe('856');
      expect(await page.locator('[data-chart=flow-cycle-time] .twin tbody tr').count()).toBe(856);
      await page.getByRole('link', { name: 'the slowest' }).click();
      await settled(page);
      expect(await page.locator('.message').innerText()).toBe('129 items delivered');
      await page.locator('tbody a').first().click();
      await settled(page);
      await page.getByRole('heading', { name: 'Log of its stages' }).waitFor();
      expect(await page.locator('tbody tr').count()).toBeGreaterThan(1);
    });
  });

  test('keeps its filters in the address, and says when nothing is there', async () => {
    await visit(browser, api, 'admin', {}, async (page) => {
      await open(page, '/flow?period=2016-Q1&window=1');
      await page.getByRole('combobox', { name: /^Team/ }).selectOption('Group 70');
      await settled(page);
      expect(new URL(page.url()).searchParams.get('team')).toBe('Group 70');
      expect(await page.locator('.flow-dots').getAttribute('data-marks')).not.toBe('856');
      await open(page, '/flow?period=2016-Q1&window=1&team=Nobody');
      expect(await page.getByText('No work of this kind and team moved in this time.').count()).toBe(1);
      await open(page, '/flow?period=2019-Q1&window=1');
      expect(await page.locator('[data-chart=flow-cycle-time]').innerText()).toContain('Nothing was delivered');
    });
  });

  test('of more than 1,500 items draws boxes with counts, and no rule of accessibility is broken, light or dark', async () => {
    await visit(browser, api, 'admin', {}, async (page) => {
      await open(page, '/flow?period=2016-Q2&window=1');
      expect(await page.locator('.flow-dots').count()).toBe(0);
      expect(await page.locator('.flow-box').count()).toBe(
        await page.locator('[data-chart=flow-cycle-time] .twin tbody tr').count(),
      );
      expect(await defectsInBothThemes(page)).toEqual({ light: [], dark: [] });
    });
  });

  test('fits a phone', async () => {
    await visit(browser, api, 'admin', { width: 360, height: 740 }, async (page) => {
      await open(page, '/flow?period=2016-Q1&window=1');
      expect(await page.evaluate(() => document.scrollingElement!.scrollWidth)).toBeLessThanOrEqual(360);
    });
  });
});
