import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { open, settled, visit } from '../support/browser.js';
import { openedTrace } from '../support/browser-numbers.js';
import { goldenStage } from '../support/stage.js';

/** What is copied means the same tomorrow, and what is shown is shown again after a reload. */

const stage = goldenStage();

const copied = async (page: Page, name: string): Promise<string> => {
  await page.getByRole('button', { name }).click();
  await page
    .getByText(/copied\.?$/)
    .first()
    .waitFor();
  return page.evaluate(() => navigator.clipboard.readText());
};

describe('What is copied', () => {
  test.each([
    ['/', ''],
    ['/?portfolio=DIG', 'DIG'],
  ])(
    'from %s states the period and the scope, so that it shows the same once pages open elsewhere',
    async (path, portfolio) => {
      await visit(stage.browser, stage.api, 'admin', {}, async (page, { context }) => {
        await context.grantPermissions(['clipboard-read', 'clipboard-write']);
        await open(page, path);
        const period = await page.locator('.period-picker select').inputValue();
        await page.locator('main [data-num=realised]').first().click();
        const { value } = await openedTrace(page);
        expect(new URL(page.url()).searchParams.get('period')).toBeNull();
        const link = await copied(page, 'Copy link');
        const citation = await copied(page, 'Copy value with citation');
        expect(citation).toContain(link);
        const { searchParams } = new URL(link);
        expect(Object.fromEntries(searchParams)).toEqual({
          period,
          trace: 'realised',
          ...(portfolio && { portfolio }),
        });

        // The day moves on: pages open at another quarter.
        await page.route('**/api/v1/settings', async (request) => {
          const reply = await request.fetch();
          await request.fulfill({ response: reply, json: { ...(await reply.json()), openPeriod: '2027-Q2' } });
        });
        await page.goto(link);
        await settled(page);
        expect((await openedTrace(page)).value).toBe(value);
        await open(page, '/');
        expect(await page.locator('.period-picker select').inputValue()).toBe('2027-Q2');
        await page.unrouteAll({ behavior: 'ignoreErrors' });
      });
    },
  );
});

describe('How much of a list is shown', () => {
  // More events than stand on one page.
  beforeAll(async () => {
    for (let at = 0; at < 60; at += 1)
      expect(
        (await stage.api.as('admin').post('/priorities', { code: `P-${at}`, name: `Priority ${at}` })).status,
      ).toBe(201);
  });

  test.each([
    ['a register', '/links?period=2026-Q4', 'links', 50],
    ['the audit', '/audit', 'audit', 50],
    [
      'the records of a number',
      '/records?of=planned:span=life&period=2026-Q4',
      'trace/planned/records?span=life&period=2026-Q4',
      200,
    ],
  ])('in %s stands in the address', async (_name, path, source, step) => {
    const reply = (await stage.api.as('admin').get(`/${source}${source.includes('?') ? '&' : '?'}limit=1`)).body;
    const total: number = typeof reply.total === 'number' ? reply.total : reply.total.count;
    expect(total).toBeGreaterThan(step);
    await visit(stage.browser, stage.api, 'admin', {}, async (page) => {
      await open(page, path);
      const rows = page.locator('main tbody tr');
      expect(await rows.count()).toBe(step);
      await page.getByRole('button', { name: /^Show / }).click();
      const isShown = () =>
        page.waitForFunction(
          (wanted) => document.querySelectorAll('main tbody tr').length === wanted,
          Math.min(total, step * 2),
        );
      await isShown();
      expect(new URL(page.url()).searchParams.get('rows')).toBe(String(step * 2));
      await page.reload();
      await isShown();
    });
  });

  test('begins anew with another filter', async () => {
    await visit(stage.browser, stage.api, 'admin', {}, async (page) => {
      await open(page, '/links?rows=100');
      await page.getByLabel('From code').fill('INI');
      await page.waitForURL(/from=INI/);
      expect(new URL(page.url()).searchParams.get('rows')).toBeNull();
    });
  });
});
