import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { Trace } from '../../server/contract/trace.js';
import { launchBrowser, open, settled, visit } from '../support/browser.js';
import {
  distinct,
  expectShows,
  focusedNumber,
  NUMBERS,
  openedTrace,
  recordsOf,
  sameDecimal,
  shownNumbers,
  traceOf,
} from '../support/browser-numbers.js';
import { startApi, type Api } from '../support/harness.js';
import { GOLDEN_TABLES, loadTables } from '../support/load-tables.js';

/** The overview on the golden tables, whose figures a second implementation worked out. */

const PERIOD = { period: '2026-Q4' };
const ADDRESS = '/?period=2026-Q4';

let api: Api;
let browser: Browser;
beforeAll(async () => {
  [api, browser] = await Promise.all([startApi(), launchBrowser()]);
  await loadTables(api, GOLDEN_TABLES);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await api?.stop();
});

/** Asked once a figure: nothing changes in these tests. */
const traces = new Map<string, Promise<Trace>>();
const traced = (step: string): Promise<Trace> => {
  if (!traces.has(step)) traces.set(step, traceOf(api, step, PERIOD));
  return traces.get(step)!;
};

const closed = (page: Page): Promise<void> => page.locator('#trace-panel').waitFor({ state: 'detached' });

describe('Every number of the overview', () => {
  test('is a link, and shows what the server computed', async () => {
    await visit(browser, api, 'admin', {}, async (page) => {
      await open(page, ADDRESS);
      const numbers = await shownNumbers(page);
      expect(numbers.length).toBeGreaterThan(40);
      for (const number of numbers) {
        expect(number).toMatchObject({ tag: 'A', href: expect.stringContaining('trace=') });
        expectShows(number, await traced(number.step));
      }
      // No figure stands beside the links: what is no link has no digits but in labels, headings of periods and counts of rows.
      const loose = await page.locator('.ledger tbody td.numeric').evaluateAll((cells) =>
        cells.map((cell) => ({
          text: cell.textContent,
          isLink: cell.querySelector('a[data-num], [data-impact]') !== null,
        })),
      );
      expect(loose.filter(({ text, isLink }) => /\d/.test(text ?? '') && !isLink)).toEqual([]);
    });
  });

  test('opens its formula by Enter, and Esc returns the focus to the same number', async () => {
    await visit(browser, api, 'admin', {}, async (page) => {
      await open(page, ADDRESS);
      for (const number of await shownNumbers(page)) {
        await page.locator(NUMBERS).nth(number.at).focus();
        await page.keyboard.press('Enter');
        const shown = await openedTrace(page);
        const trace = await traced(number.step);
        expect({ step: number.step, value: shown.value }).toEqual({ step: number.step, value: trace.value });
        expect(shown.text).toContain(trace.formula.text);
        expect(shown.text).toContain(trace.formula.expression);
        expect(shown.text).toContain(`version ${trace.formula.version}`);
        expect(shown.text).toMatch(
          trace.records.count === 0
            ? /No record is behind this figure/
            : new RegExp(`View ${trace.records.count.toLocaleString('en-GB')} records?`),
        );
        await page.keyboard.press('Escape');
        await closed(page);
        await page.waitForFunction((numbers) => document.activeElement?.matches(numbers), NUMBERS);
        expect(await focusedNumber(page)).toEqual({ at: number.at, step: number.step });
      }
    });
  }, 240_000);

  test('leads to the records that add up to it, and Back returns to the number', async () => {
    await visit(browser, api, 'admin', {}, async (page) => {
      await open(page, ADDRESS);
      for (const number of distinct(await shownNumbers(page))) {
        const trace = await traced(number.step);
        if (trace.records.count === 0) continue;
        await page.locator(NUMBERS).nth(number.at).focus();
        await page.keyboard.press('Enter');
        await openedTrace(page);
        // The panel is drawn again when its last answer is in; a key pressed before that would find no focus.
        await settled(page);
        await page.locator('#trace-panel a', { hasText: /^View / }).press('Enter');
        await page.waitForURL('**/records?**');
        const total = page.locator('tfoot td.numeric').first();
        await total.waitFor();
        await settled(page);
        const printed = (await total.innerText()).trim();
        const records = await recordsOf(api, number.step, PERIOD);
        const isSame =
          trace.unit === 'share' && records.unit === 'share'
            ? Math.abs(Number.parseFloat(printed) / 100 - Number(records.total.amount)) < 1e-9
            : sameDecimal(printed, records.total.amount);
        expect({ step: number.step, printed, isSame }).toEqual({ step: number.step, printed, isSame: true });
        // Of a share the records add up to the numerator, which is its first input.
        const target = records.unit === trace.unit ? trace.value : trace.inputs[0]!.value;
        expect({ step: number.step, total: Number(records.total.amount) }).toEqual({
          step: number.step,
          total: Number(target),
        });
        await page.goBack();
        await openedTrace(page);
        await page.waitForFunction((step) => document.activeElement?.getAttribute('data-num') === step, number.step);
        await page.keyboard.press('Escape');
        await closed(page);
        await page.waitForFunction((step) => document.activeElement?.getAttribute('data-num') === step, number.step);
      }
    });
  }, 240_000);
});

describe('The trace of a number', () => {
  test('stands in the address: reloading opens it again', async () => {
    await visit(browser, api, 'admin', {}, async (page) => {
      await open(page, ADDRESS);
      await page.locator(`${NUMBERS}[data-num="confirmed"]:visible`).first().click();
      const before = await openedTrace(page);
      expect(new URL(page.url()).searchParams.get('trace')).toBe('confirmed');
      await page.reload();
      await settled(page);
      expect(await openedTrace(page)).toEqual(before);
    });
  });

  test('goes down from input to input, and Esc steps back one at a time', async () => {
    await visit(browser, api, 'admin', {}, async (page) => {
      await open(page, ADDRESS);
      await page.locator(`${NUMBERS}[data-num="variance_share.realised"]:visible`).first().click();
      await openedTrace(page);
      const input = page.locator('#trace-panel .trace-inputs a[data-num]').first();
      const step = await input.getAttribute('data-num');
      await input.click();
      await page.waitForURL(/trace=variance_share.realised(~|%7E)/);
      const trace = await traceOf(api, step!, PERIOD);
      await page.waitForFunction(
        (value) => document.querySelector('[data-trace-value]')?.getAttribute('data-trace-value') === value,
        trace.value,
      );
      await page.keyboard.press('Escape');
      await page.waitForURL((url) => url.searchParams.get('trace') === 'variance_share.realised');
      await page.waitForFunction((at) => document.activeElement?.getAttribute('data-num') === at, step);
      await page.keyboard.press('Escape');
      await closed(page);
      await page.waitForFunction(() => document.activeElement?.getAttribute('data-num') === 'variance_share.realised');
    });
  });

  test('can be copied as a link', async () => {
    await visit(browser, api, 'admin', {}, async (page, { context }) => {
      await context.grantPermissions(['clipboard-read', 'clipboard-write']);
      await open(page, `${ADDRESS}&trace=spend`);
      await openedTrace(page);
      await page.getByRole('button', { name: /copy.*link/i }).click();
      await page
        .getByText(/copied/i)
        .first()
        .waitFor();
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());
    });
  });

  test('of a figure that does not exist says so, and the page stays', async () => {
    await visit(browser, api, 'admin', {}, async (page) => {
      await open(page, `${ADDRESS}&trace=nothing_of_the_kind`);
      await page.getByText('The address names no figure that exists.').waitFor();
      expect((await shownNumbers(page)).length).toBeGreaterThan(40);
    });
  });
});

describe('Scope and period', () => {
  test('stand in the address and change every figure', async () => {
    await visit(browser, api, 'admin', {}, async (page) => {
      await open(page, ADDRESS);
      await page.getByRole('combobox', { name: 'Period' }).selectOption('2025-Q4');
      await page.waitForURL('**period=2025-Q4**');
      await settled(page);
      await page.getByRole('combobox', { name: 'Scope' }).selectOption('portfolio:DIG');
      await page.waitForURL('**portfolio=DIG**');
      await settled(page);
      const scope = { period: '2025-Q4', portfolio: 'DIG' };
      for (const number of distinct(await shownNumbers(page)))
        expectShows(number, await traceOf(api, number.step, scope));
      await page.goBack();
      await page.goBack();
      await page.waitForURL(`**${ADDRESS}`);
    });
  });
});

describe('The profile of benefits', () => {
  test('is chosen in the address: per quarter or added up, of which nature', async () => {
    await visit(browser, api, 'admin', {}, async (page) => {
      await open(page, ADDRESS);
      await page.getByRole('radio', { name: 'Cumulative' }).click();
      await page.waitForURL('**profile=cumulative**');
      await page.getByRole('radio', { name: 'Cashable', exact: true }).click();
      await page.waitForURL('**nature=cashable**');
      await settled(page);
      const query = 'period=2026-Q4&nature=cashable';
      const { quarters } = (await api.as('admin').get(`/overview/profile?${query}`)).body;
      const cells = page.locator('[data-chart="benefit-profile"] .twin tbody tr');
      expect(await cells.count()).toBe(quarters.length);
      const last = await cells.last().locator('td').nth(1).textContent();
      expect(sameDecimal(last!, quarters.at(-1).cumulative.planned.value)).toBe(true);
      for (const number of await shownNumbers(page)) expectShows(number, await traced(number.step));
      await page.reload();
      await settled(page);
      expect(await page.getByRole('radio', { name: 'Cumulative' }).isChecked()).toBe(true);
      expect(await page.getByRole('radio', { name: 'Cashable', exact: true }).isChecked()).toBe(true);
    });
  });

  test('has one unit equally long in values and differences, and labels that stand above their columns', async () => {
    await visit(browser, api, 'admin', {}, async (page) => {
      await open(page, ADDRESS);
      await page.locator('.columns [data-scenario="PL"]').first().waitFor();
      const { quarters } = (await api.as('admin').get('/overview/profile?period=2026-Q4')).body;
      const drawn = await page.evaluate(() => {
        const heights = (selector: string) =>
          [...document.querySelectorAll(`.columns ${selector}`)].map((mark) => mark.getBoundingClientRect().height);
        const labels = [...document.querySelectorAll<HTMLElement>('.columns .columns-label:not(.columns-period)')];
        const marks = [...document.querySelectorAll('.columns [data-scenario]')].map((mark) =>
          mark.getBoundingClientRect(),
        );
        return {
          planned: heights('[data-scenario="PL"]'),
          differences: heights('[data-variance]'),
          crossed: labels.filter((label) => {
            const box = label.getBoundingClientRect();
            return marks.some(
              ({ left, right, top, bottom }) =>
                left < box.left + box.width / 2 &&
                right > box.left + box.width / 2 &&
                top < box.bottom - 3 &&
                bottom > box.bottom,
            );
          }).length,
        };
      });
      type Part = 'planned' | 'variance';
      type Quarter = { quarter: Record<Part, { value: string | null }> };
      // What is not recorded, or nothing, has no length.
      const sizes = (part: Part) =>
        (quarters as Quarter[]).map(({ quarter }) => Math.abs(Number(quarter[part].value))).filter((size) => size > 0);
      const perUnit = (heights: readonly number[], part: Part) => {
        expect(heights).toHaveLength(sizes(part).length);
        return sizes(part).map((size, at) => heights[at]! / size);
      };
      const lengths = [
        ...perUnit(
          drawn.planned.map((height) => height - 1),
          'planned',
        ),
        ...perUnit(drawn.differences, 'variance'),
      ];
      expect(lengths.length).toBeGreaterThan(6);
      const [first] = lengths;
      for (const length of lengths) expect(Math.abs(length / first! - 1)).toBeLessThan(0.1);
      expect(drawn.crossed).toBe(0);
    });
  });
});

describe('The overview', () => {
  test('without one of its answers shows the others, says what is missing, and tries again', async () => {
    const expected = [/503/, /overview\/profile/];
    await visit(browser, api, 'admin', { expected }, async (page) => {
      let isDown = true;
      await page.route('**/api/v1/overview/profile?**', (route) =>
        isDown
          ? route.fulfill({
              status: 503,
              contentType: 'application/problem+json',
              body: JSON.stringify({
                type: 'urn:problem:unavailable',
                title: 'Unavailable',
                status: 503,
                detail: 'The database cannot be reached.',
                instance: '/api/v1/overview/profile',
                requestId: 'test-reference',
                errors: [],
              }),
            })
          : route.continue(),
      );
      await page.goto(ADDRESS);
      const failure = page.getByRole('alert').filter({ hasText: 'The benefit profile cannot be shown.' });
      await failure.waitFor({ timeout: 20_000 });
      expect(await failure.innerText()).toContain('test-reference');
      await page.locator('.ledger tbody tr').first().waitFor();
      await page.locator('[data-chart="spend-by-layer"]').waitFor();
      isDown = false;
      await failure.getByRole('button', { name: 'Try again' }).click();
      await page.locator('[data-chart="benefit-profile"]').waitFor();
    });
  });

  test('is walked through by the keys 1 to 4, and leads from a gap to the chain', async () => {
    await visit(browser, api, 'admin', {}, async (page) => {
      await open(page, ADDRESS);
      for (const row of ['1', '2', '3', '4']) {
        await page.keyboard.press(row);
        expect(await page.evaluate(() => document.activeElement?.id)).toBe(`overview-row-${row}`);
      }
      const gaps = page.locator('.gaps .gap-link');
      expect(await gaps.first().getAttribute('href')).toMatch(/^\/chain\?.*gap=/);
      expect(await page.locator('.reach .reach-gap').first().getAttribute('href')).toMatch(/^\/chain\?.*gap=/);
    });
  });

  test('speaks to a stakeholder of benefits, not of money that was spent', async () => {
    await visit(browser, api, 'stakeholder-bu1', {}, async (page) => {
      await open(page, ADDRESS);
      expect(await page.locator('.ledger tbody th').allInnerTexts()).toEqual(
        expect.not.arrayContaining([expect.stringMatching(/Invested|reaches/)]),
      );
      expect(await page.locator('.message').innerText()).not.toMatch(/spend|spent|cost/);
      expect(await page.locator('#overview-row-4').count()).toBe(0);
      expect(await page.evaluate(() => document.scrollingElement!.scrollHeight)).toBeLessThanOrEqual(900);
    });
  });
});
