/** The overview on a small screen, on a wall, and of a quarter that lies ahead. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchBrowser, open, visit } from '../support/browser.js';
import { type Api, startApi } from '../support/harness.js';

let api: Api;
let browser: Browser;
beforeAll(async () => {
  [api, browser] = await Promise.all([startApi({ example: true }), launchBrowser()]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await api?.stop();
});

describe('On a small screen', () => {
  test('actual, plan, differences and status are read without a scroll to the side', async () => {
    await visit(browser, api, 'admin', { width: 360, height: 740 }, async (page) => {
      await open(page, '/');
      const cut = await page.locator(':is(.ledger, .deviations, .scenario-rows) .num').evaluateAll(
        (numbers) =>
          numbers
            .filter((number) => number.checkVisibility())
            .map((number) => number.getBoundingClientRect())
            .filter(({ left, right }) => left < 0 || right > 360).length,
      );
      expect(cut).toBe(0);
      expect(await page.locator('.scenario-row').count()).toBe(8);
      const seen = await page
        .locator('.ledger tbody tr')
        .nth(2)
        .locator('.num')
        .evaluateAll((numbers) => numbers.filter((number) => number.checkVisibility()).length);
      expect(seen).toBe(5);
      expect(await page.locator('.deviations .status').first().isVisible()).toBe(true);
    });
  });
});

describe('On a wall', () => {
  test.each(['1', '2'])('page %s of a screen of 1440×900 is whole', async (at) => {
    await visit(browser, api, 'admin', {}, async (page) => {
      await open(page, `/?present=${at}`);
      await page.locator('.message').waitFor();
      const found = await page.evaluate(() => ({
        height: document.documentElement.scrollHeight,
        cut: [...document.querySelectorAll<HTMLElement>('main .card, main .card *')]
          .filter((element) => element.checkVisibility() && !element.classList.contains('visually-hidden'))
          .filter(
            (element) =>
              element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== 'inline',
          )
          .map(({ className }) => className),
      }));
      expect(found).toEqual({ height: 900, cut: [] });
    });
  });

  test('who leaves it is where they were before', async () => {
    await visit(browser, api, 'admin', {}, async (page) => {
      await open(page, '/');
      const number = page.locator('.ledger .num').first();
      await number.focus();
      const step = await number.getAttribute('data-num');
      await page.keyboard.press('p');
      await page.locator(':root[data-present]').waitFor();
      await page.keyboard.press('Escape');
      await page.locator(':root:not([data-present])').waitFor();
      await page.waitForFunction(() => document.activeElement !== document.body);
      expect(
        await page.evaluate(() => document.activeElement?.getAttribute('data-num') ?? document.activeElement?.id),
      ).toBe(step);
    });
  });
});

describe('A quarter that lies ahead', () => {
  test('says so, is not offered, and its forecasts stay', async () => {
    await visit(browser, api, 'admin', {}, async (page) => {
      await open(page, '/?period=2027-Q2');
      const text = (await page.locator('main').innerText()).replaceAll('\u00a0', ' ');
      expect(text).toContain('2027 Q2 lies ahead: months to come count as planned and cannot be measured yet.');
      expect(text).toMatch(/9\d\.\d % of the whole-life plan is expected/);
      expect(text).toContain('not realised yet');
      expect(await page.locator('[data-scenario="FC"]').count()).toBeGreaterThan(3);
      await open(page, '/');
      const offered = await page
        .locator('.period-picker option')
        .evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value));
      expect(offered[0]).toBe('2026-Q4');
    });
  });
});

test('The files of the charts say that they are of the example', async () => {
  await visit(browser, api, 'admin', {}, async (page) => {
    await open(page, '/');
    const names = await page
      .locator('a[download$=".csv"]')
      .evaluateAll((links) => links.map((link) => link.getAttribute('download')!));
    expect(names.length).toBeGreaterThan(2);
    expect(names.filter((name) => !name.startsWith('example-'))).toEqual([]);
  });
});
