import { describe, expect, test } from '@jest/globals';
import { FAMILIES } from '../../server/contract/metric.js';
import { open, settled, visit } from '../support/browser.js';
import {
  distinct,
  expectShows,
  focusedNumber,
  NUMBERS,
  openedTrace,
  recordsOf,
  rememberedTraces,
  sameDecimal,
  shownNumbers,
  traceClosed,
  traceOf,
} from '../support/browser-numbers.js';
import { goldenStage } from '../support/stage.js';

/** The numbers of the overview and their traces, on the golden tables, whose figures a second implementation worked out. */

const PERIOD = { period: '2026-Q4' };
const ADDRESS = '/?period=2026-Q4';
const stage = goldenStage();
const traced = rememberedTraces(() => stage.api, PERIOD);

describe('Every number of the overview', () => {
  test('is a link, and shows what the server computed', async () => {
    await visit(stage.browser, stage.api, 'admin', {}, async (page) => {
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
    await visit(stage.browser, stage.api, 'admin', {}, async (page) => {
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
        await traceClosed(page);
        await page.waitForFunction((numbers) => document.activeElement?.matches(numbers), NUMBERS);
        expect(await focusedNumber(page)).toEqual({ at: number.at, step: number.step });
      }
    });
  }, 240_000);

  test('leads to the records that add up to it, and Back returns to the number', async () => {
    await visit(stage.browser, stage.api, 'admin', {}, async (page) => {
      await open(page, ADDRESS);
      for (const number of distinct(await shownNumbers(page))) {
        const trace = await traced(number.step);
        // Records of a metric need not add up to it; `tests/golden/metrics.spec.ts` folds them.
        if (trace.records.count === 0 || FAMILIES.some(({ id }) => number.step.startsWith(`${id}.`))) continue;
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
        const records = await recordsOf(stage.api, number.step, PERIOD);
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
        await traceClosed(page);
        await page.waitForFunction((step) => document.activeElement?.getAttribute('data-num') === step, number.step);
      }
    });
  }, 240_000);
});

describe('The trace of a number', () => {
  test('stands in the address: reloading opens it again', async () => {
    await visit(stage.browser, stage.api, 'admin', {}, async (page) => {
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
    await visit(stage.browser, stage.api, 'admin', {}, async (page) => {
      await open(page, ADDRESS);
      await page.locator(`${NUMBERS}[data-num="variance_share.realised"]:visible`).first().click();
      await openedTrace(page);
      const input = page.locator('#trace-panel .trace-inputs a[data-num]').first();
      const step = await input.getAttribute('data-num');
      await input.click();
      await page.waitForURL(/trace=variance_share.realised(~|%7E)/);
      const trace = await traceOf(stage.api, step!, PERIOD);
      await page.waitForFunction(
        (value) => document.querySelector('[data-trace-value]')?.getAttribute('data-trace-value') === value,
        trace.value,
      );
      await page.keyboard.press('Escape');
      await page.waitForURL((url) => url.searchParams.get('trace') === 'variance_share.realised');
      await page.waitForFunction((at) => document.activeElement?.getAttribute('data-num') === at, step);
      await page.keyboard.press('Escape');
      await traceClosed(page);
      await page.waitForFunction(() => document.activeElement?.getAttribute('data-num') === 'variance_share.realised');
    });
  });

  test('can be copied as a link', async () => {
    await visit(stage.browser, stage.api, 'admin', {}, async (page, { context }) => {
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
    await visit(stage.browser, stage.api, 'admin', {}, async (page) => {
      await open(page, `${ADDRESS}&trace=nothing_of_the_kind`);
      await page.getByText('The address names no figure that exists.').waitFor();
      expect((await shownNumbers(page)).length).toBeGreaterThan(40);
    });
  });
});
