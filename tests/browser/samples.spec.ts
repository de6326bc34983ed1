import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, open, settled, visit } from '../support/browser.js';
import { expectShows, NUMBERS, openedTrace, shownNumbers, traceOf } from '../support/browser-numbers.js';
import { emailOf, PASSWORD, startApi, type Api } from '../support/harness.js';

/** The product as somebody meets it who has just installed it: empty, then with one of the public samples. */

let uk: Api;
let us: Api;
let browser: Browser;
beforeAll(async () => {
  [uk, us, browser] = await Promise.all([startApi({ bare: true }), startApi({ bare: true }), launchBrowser()]);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await uk?.stop();
  await us?.stop();
});

const bodyOf = async (page: Page): Promise<string> =>
  (await page.locator('main').innerText()).replaceAll('\u00a0', ' ');

/** The rows of a table or list by their first words, each with what else it says. */
const rowsOf = async (page: Page, rows: string, name: string): Promise<Record<string, string>> =>
  Object.fromEntries(
    await page.locator(rows).evaluateAll(
      (found, name) =>
        found.map((row) => {
          const title = row.querySelector(name)!;
          const rest = [...row.children].filter((cell) => cell !== title);
          return [
            title.textContent!.trim(),
            rest.map((cell) => (cell instanceof HTMLElement ? cell.innerText.trim() : '')).join('|'),
          ];
        }),
      name,
    ),
  );
const ledgerOf = (page: Page) => rowsOf(page, '.ledger tbody tr', 'th');
const funnelOf = (page: Page) => rowsOf(page, '.funnel li', '.funnel-step');

/** A figure that is not recorded is `x`, and its name says so in words; 0 would be a statement. */
const expectNotRecorded = async (page: Page, name: string | RegExp): Promise<void> => {
  const numbers = page.locator('main').getByLabel(name);
  const found = await numbers.evaluateAll((all) =>
    all.map((one) => ({ text: one.textContent!.trim(), label: one.getAttribute('aria-label')! })),
  );
  expect(found.length).toBeGreaterThan(0);
  for (const { text, label } of found)
    expect({ label, text, isSaid: label.endsWith('not recorded') }).toEqual({ label, text: 'x', isSaid: true });
};

const checkNumbers = async (api: Api, page: Page, period: string): Promise<void> => {
  const numbers = await shownNumbers(page);
  expect(numbers.length).toBeGreaterThan(15);
  for (const number of numbers) {
    expect(number).toMatchObject({ tag: 'A', href: expect.stringContaining('trace=') });
    expectShows(number, await traceOf(api, number.step, { period }));
  }
  for (const { at, step } of numbers.slice(0, 8)) {
    await page.locator(NUMBERS).nth(at).focus();
    await page.keyboard.press('Enter');
    const trace = await traceOf(api, step, { period });
    const shown = await openedTrace(page);
    expect({ step, value: shown.value }).toEqual({ step, value: trace.value });
    expect(shown.text).toContain(trace.formula.text);
    await page.keyboard.press('Escape');
    await page.locator('#trace-panel').waitFor({ state: 'detached' });
    await page.waitForFunction((step) => document.activeElement?.getAttribute('data-num') === step, step);
  }
};

describe('An empty product', () => {
  test('shows no figure at all, and says what would fill it', async () => {
    await visit(browser, us, 'admin', {}, async (page) => {
      await open(page, '/');
      expect(await shownNumbers(page)).toEqual([]);
      expect(await bodyOf(page)).toContain('Nothing is recorded here yet.');
      expect(await page.getByRole('link', { name: 'Import your own' }).count()).toBe(1);
      const downloaded = page.waitForEvent('download');
      await page.getByRole('link', { name: 'Download the template' }).click();
      expect((await downloaded).suggestedFilename()).toBe('template.xlsx');
    });
  });

  test('leads a newcomer from the password to a traced figure of real data within a minute', async () => {
    await visit(browser, uk, 'anonymous', { expected: [/401/] }, async (page) => {
      const start = performance.now();
      await page.goto('/');
      await page.getByLabel('E-mail').fill(emailOf('admin'));
      await page.getByLabel('Password').fill(PASSWORD);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('button', { name: 'Load UK Government Major Projects' }).click();
      await page.locator('.ledger').waitFor({ timeout: 60_000 });
      await settled(page);
      await page.locator(`${NUMBERS}[data-num="spend"]`).first().click();
      const { value } = await openedTrace(page);
      const seconds = (performance.now() - start) / 1000;
      expect(new URL(page.url()).searchParams.get('period')).toBe('2023-Q1');
      expect(value).toBe((await traceOf(uk, 'spend', { period: '2023-Q1' })).value);
      expect(seconds).toBeLessThan(60);
    });
  }, 90_000);
});

describe('The overview of UK major projects', () => {
  const PERIOD = '2023-Q4';

  test('shows what the server computed, number by number', async () => {
    await visit(browser, uk, 'admin', {}, async (page) => {
      await open(page, `/?period=${PERIOD}`);
      await checkNumbers(uk, page, PERIOD);
    });
  });

  test('says that nothing is recorded where the source knows no value, and never 0', async () => {
    await visit(browser, uk, 'admin', {}, async (page) => {
      await open(page, `/?period=${PERIOD}`);
      const ledger = await ledgerOf(page);
      const funnel = await funnelOf(page);
      for (const said of [
        ledger['Benefit realised']!.split('|')[0],
        ledger['of which evidenced'],
        ledger['Non-financial on track number'],
      ])
        expect(said).not.toMatch(/\d/);
      expect(funnel['Planned']).toMatch(/\d/);
      for (const step of ['Realised', 'Confirmed', 'Traced']) expect(funnel[step]!.split('|')[0]).toBe('x');
      for (const name of [
        /^Benefit realised, actual/,
        /^of which evidenced, actual/,
        /^Non-financial benefits on track, actual/,
        /^Realised to date/,
        /^Confirmed to date/,
        /^Traced to date/,
      ])
        await expectNotRecorded(page, name);
      const text = await bodyOf(page);
      expect(text).toContain('no realised value is recorded');
      expect(text).toContain('No capability exists in the data');
    });
  });

  test('names its fiscal quarter and its currency as the sample sets them', async () => {
    await visit(browser, uk, 'admin', {}, async (page) => {
      await open(page, `/?period=${PERIOD}`);
      const text = await bodyOf(page);
      expect(text).toContain('FY2023 Q4');
      expect(text).toContain('31 Mar 2023');
      expect(text).toContain('bn GBP');
      expect(text).not.toMatch(/USD|£|\$/);
    });
  });
});

describe('The overview of US federal IT', () => {
  const PERIOD = '2016-Q1';

  test('opens after one click, and shows what the server computed', async () => {
    await visit(browser, us, 'admin', {}, async (page) => {
      await open(page, '/');
      await page.getByRole('button', { name: 'Load US federal IT investments and priority goals' }).click();
      await page.locator('.ledger').waitFor({ timeout: 60_000 });
      await settled(page);
      expect(new URL(page.url()).searchParams.get('period')).toBe(PERIOD);
      await checkNumbers(us, page, PERIOD);
    });
  }, 90_000);

  test('says that no benefit is recorded, and shows no benefit as 0', async () => {
    await visit(browser, us, 'admin', {}, async (page) => {
      await open(page, `/?period=${PERIOD}`);
      const ledger = await ledgerOf(page);
      for (const row of ['Benefit realised', 'of which evidenced', 'Benefit, whole life AC+FC'])
        expect({ row, said: ledger[row] }).toEqual({ row, said: expect.not.stringMatching(/\d/) });
      for (const name of [
        /^Benefit realised, (actual|planned)/,
        /^of which evidenced, actual/,
        /^Benefit, whole life, /,
      ])
        await expectNotRecorded(page, name);
      const text = await bodyOf(page);
      expect(text).toContain('No money benefit has a planned or realised value to date.');
      expect(text).toContain('No money benefit has a planned, forecast or realised value in these quarters.');
      expect(text).toContain('No initiative exists in the data');
    });
  });
});
