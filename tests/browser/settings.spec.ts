import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { defects } from '../support/axe.js';
import { launchBrowser, open, visit } from '../support/browser.js';
import { startApi, type Api } from '../support/harness.js';

let api: Api;
let browser: Browser;

beforeAll(async () => {
  [browser, api] = await Promise.all([launchBrowser(), startApi()]);
}, 180_000);
afterAll(async () => {
  await browser.close();
  await api.stop();
});

const stored = async () => (await api.as('admin').get('/settings')).body;

describe('Settings', () => {
  test('an administrator changes by which rules values are due, locked and judged', () =>
    visit(browser, api, 'admin', {}, async (page) => {
      await open(page, '/settings');
      expect(await page.locator('.message').innerText()).toBe(
        'Values are due on day 15 of the next month; no month is locked.',
      );
      await page.getByLabel('Locked through').fill('2026-06');
      await page.getByLabel('Day on which values are due').fill('20');
      await page.getByLabel('At risk from').fill('75');
      await page.getByText('Saving judges all benefits anew').waitFor();
      await page.getByLabel('Discount rate').fill('7.5');
      await page.getByLabel('Reason (optional)').fill('Agreed with finance.');
      await page.getByRole('button', { name: 'Save settings' }).click();
      await page.getByText('months to Jun 2026 are locked').waitFor();
      expect(await stored()).toMatchObject({
        lockedThrough: '2026-06',
        valuesDueDay: 20,
        atRiskFrom: '0.7500',
        discountRate: '0.0750',
      });
      const [event] = (await api.as('admin').get('/audit?limit=1')).body.items;
      expect([event.objectType, event.reason]).toEqual(['settings', 'Agreed with finance.']);
      await page.getByText('All is saved.').waitFor();
      expect(await defects(page)).toEqual([]);
    }));

  test('what cannot be is said beside its field, and nothing is saved', () =>
    visit(browser, api, 'admin', {}, async (page) => {
      const before = await stored();
      await open(page, '/settings');
      await page.getByLabel('Day on which values are due').fill('31');
      await page.getByRole('button', { name: 'Save settings' }).click();
      await page.getByRole('alert').waitFor();
      await page
        .getByRole('alert')
        .getByRole('link', { name: /1 to 28/ })
        .click();
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('setting-valuesDueDay');
      expect(await stored()).toEqual(before);
      await page.getByRole('button', { name: 'Undo my changes' }).click();
      await page.getByText('All is saved.').waitFor();
    }));

  test('what somebody else changed meanwhile is not overwritten unseen', () =>
    visit(browser, api, 'admin', { expected: [/412/] }, async (page) => {
      await open(page, '/settings');
      await page.getByLabel('Day on which values are due').fill('10');
      const { headers } = await api.as('admin').get('/settings');
      await api.as('admin').patch('/settings', { valuesDueDay: 12 }, { 'if-match': headers.get('etag')! });
      await page.getByRole('button', { name: 'Save settings' }).click();
      await page.getByText('Someone else changed the settings meanwhile').waitFor();
      expect((await stored()).valuesDueDay).toBe(12);
      await page.getByRole('button', { name: 'Undo my changes' }).click();
    }));

  test('are not for others, who find no way to them', () =>
    visit(browser, api, 'finance', {}, async (page) => {
      await open(page, '/settings');
      await page.getByText('Settings are changed by administrators.').waitFor();
      expect(await page.getByRole('link', { name: 'Settings' }).count()).toBe(0);
    }));

  test('fit a phone, in the dark', () =>
    visit(browser, api, 'admin', { width: 360, height: 740, colorScheme: 'dark' }, async (page) => {
      await open(page, '/settings');
      expect(await defects(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    }));
});
