import { describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { open, settled, visit } from '../support/browser.js';
import { goldenStage } from '../support/stage.js';

/** Criterion 25 where one question of a page fails: what was read stays, what was not is named with a way out, and nothing reads as none. */

const stage = goldenStage();
const PERIOD = 'period=2026-Q4';
const REFERENCE = 'req-7f3a';

/** The server fails at these addresses until the answer is called. */
const failing = async (page: Page, address: RegExp): Promise<() => Promise<void>> => {
  const problem = {
    type: 'urn:problem:internal',
    title: 'Internal error',
    status: 500,
    detail: 'The server failed.',
    instance: '/api/v1',
    requestId: REFERENCE,
    errors: [],
  };
  await page.route(address, (request) =>
    request.fulfill({ status: 500, contentType: 'application/problem+json', body: JSON.stringify(problem) }),
  );
  return () => page.unroute(address);
};

const VALUE = /\/api\/v1\/value(\/benefits)?(\?|$)/;
const CHAIN = /\/api\/v1\/chain(\?|$)/;
const GAPS = /\/api\/v1\/chain\/gaps(\?|$)/;

const on = (task: (page: Page) => Promise<void>): Promise<void> =>
  visit(stage.browser, stage.api, 'admin', { expected: [/500/] }, task);

/** The cells of a column, by its header. */
const column = async (page: Page, header: string): Promise<string[]> => {
  const headers = await page.locator('.register-table thead th').allInnerTexts();
  const at = headers.findIndex((text) => text.startsWith(header));
  expect([header, at]).not.toEqual([header, -1]);
  const cells = page.locator(`.register-table tbody tr > :nth-child(${at + 1})`);
  return (await cells.allTextContents()).map((text) => text.trim());
};

/** One failure: its sentence, its reference, and a way to try again that works. */
const expectFailure = async (page: Page, sentence: string, mend: () => Promise<void>): Promise<void> => {
  const failure = page.locator('.failure');
  await failure.first().waitFor();
  expect(await failure.count()).toBe(1);
  expect(await failure.innerText()).toContain(sentence);
  expect(await failure.innerText()).toContain(REFERENCE);
  await mend();
  await failure.getByRole('button', { name: 'Try again' }).click();
  await failure.waitFor({ state: 'detached' });
  await settled(page);
};

describe('A register whose figures cannot be read', () => {
  test.each([
    ['outcomes', GAPS, 'The gaps cannot be shown.', ['Gaps']],
    ['investments', CHAIN, 'The spend to date cannot be shown.', ['Spend']],
    ['capabilities?view=list', CHAIN, 'The spend to date cannot be shown.', ['Spend']],
    ['capabilities?view=list', GAPS, 'The gaps cannot be shown.', ['Gaps']],
  ] as const)(
    '/%s without %s: the list stays, and each cell says why it is empty',
    async (path, address, said, headers) => {
      await on(async (page) => {
        const mend = await failing(page, address);
        await open(page, `/${path}${path.includes('?') ? '&' : '?'}${PERIOD}`);
        await page.locator('.failure').waitFor();
        const { total } = (await stage.api.as('admin').get(`/${path.split('?')[0]}?limit=1`)).body;
        expect(await page.locator('.register-table tbody tr').count()).toBe(Math.min(50, total));
        for (const header of headers)
          for (const text of await column(page, header)) expect(text).toMatch(/^x .* cannot be shown$/);
        await expectFailure(page, said, mend);
        for (const header of headers)
          for (const text of await column(page, header)) expect(text).not.toContain('cannot be shown');
      });
    },
  );

  test('/benefits without its figures: the list stays, and each cell that is computed says why it is empty', async () => {
    await on(async (page) => {
      const mend = await failing(page, VALUE);
      await open(page, `/benefits?${PERIOD}`);
      await page.locator('.failure').waitFor();
      const { total } = (await stage.api.as('admin').get('/benefits?limit=1')).body;
      await page.getByText(`${total} of ${total} shown, without their figures`).waitFor();
      expect(await page.locator('.register-table tbody tr').count()).toBe(total);
      for (const text of await column(page, 'Status')) expect(text).toMatch(/^x.*Status cannot be shown$/);
      expect((await column(page, 'Owner')).join()).not.toContain('cannot be shown');
      await expectFailure(page, 'The figures of the benefits cannot be shown.', mend);
      expect(await page.locator('main').innerText()).not.toContain('cannot be shown');
    });
  });

  test.each([
    ['benefits?status=off_track', VALUE],
    ['capabilities?gap=no_owner', GAPS],
  ] as const)('/%s: what cannot be filtered is not said to be none', async (path, address) => {
    await on(async (page) => {
      const mend = await failing(page, address);
      await open(page, `/${path}&${PERIOD}`);
      await page.locator('.failure').waitFor();
      const text = await page.locator('main').innerText();
      expect(text).not.toMatch(/None of the|\b0 (benefits|capabilities)|0 of 0/);
      expect(await page.locator('main [role=status]').allTextContents()).not.toContain('0 benefits');
      await expectFailure(page, 'cannot be shown. The server failed.', mend);
      expect(await page.locator('.register-table tbody tr').count()).toBeGreaterThan(0);
    });
  });

  test('sorted by a figure that cannot be read, it says no order that it does not have', async () => {
    await on(async (page) => {
      await failing(page, CHAIN);
      await open(page, `/investments?sort=-spend&${PERIOD}`);
      await page.locator('.failure').waitFor();
      const sorted = page.locator('.register-table th[aria-sort=ascending], .register-table th[aria-sort=descending]');
      expect(await sorted.allInnerTexts()).toEqual([expect.stringContaining('Code')]);
    });
  });
});

describe('One panel that cannot be filled leaves the others usable', () => {
  test('the status line of the overview has a reference too', async () => {
    await on(async (page) => {
      const mend = await failing(page, VALUE);
      await open(page, `/?${PERIOD}`);
      const failure = page.getByRole('alert');
      await failure.waitFor();
      expect(await failure.innerText()).toContain(REFERENCE);
      await mend();
      await failure.getByRole('button', { name: 'Try again' }).click();
      await page.getByRole('list', { name: 'Benefits by status' }).waitFor();
    });
  });

  test.each([
    ['the gaps of the chain', '/chain', GAPS, (page: Page) => page.getByRole('treegrid').or(page.getByRole('tree'))],
    ['the picture of the chain', '/chain', /chain\/picture/, (page: Page) => page.locator('.chips')],
    [
      'how a benefit stands',
      '/benefits/BEN-1',
      /benefits\/[^/]+\/summary/,
      (page: Page) => page.getByRole('heading', { name: 'Facts' }),
    ],
    [
      'the profile of a benefit',
      '/benefits/BEN-1',
      /benefits\/[^/]+\/profile/,
      (page: Page) => page.getByRole('heading', { name: 'Facts' }),
    ],
    ['the gaps of a record', '/benefits/BEN-1', GAPS, (page: Page) => page.getByRole('heading', { name: 'Facts' })],
    ['the links of a record', '/initiatives/INI-1', /api\/v1\/links/, (page: Page) => page.locator('#figures')],
    [
      'the events of the audit',
      '/audit',
      /api\/v1\/audit\?/,
      (page: Page) => page.getByLabel('Actor').or(page.locator('.filter-bar')),
    ],
  ] as const)('%s', async (_name, path, address, other) => {
    await on(async (page) => {
      const mend = await failing(page, address);
      await open(page, `${path}?${PERIOD}`);
      const failure = page.locator('.failure');
      await failure.first().waitFor();
      expect(await failure.first().innerText()).toContain(REFERENCE);
      expect(await other(page).first().isVisible()).toBe(true);
      await mend();
      while ((await failure.count()) > 0) {
        const before = await failure.count();
        await failure.first().getByRole('button', { name: 'Try again' }).click();
        await page.waitForFunction((count) => document.querySelectorAll('.failure').length < count, before);
      }
      await settled(page);
    });
  });
});
