import { describe, expect, test } from '@jest/globals';
import { open, settled, visit } from '../support/browser.js';
import {
  expectShows,
  NUMBERS,
  openedRecords,
  openedTrace,
  recordsOf,
  rememberedTraces,
  sameDecimal,
  shownNumbers,
} from '../support/browser-numbers.js';
import { goldenStage } from '../support/stage.js';

/** Criterion 2 on the register of benefits: every number, one after another, down to the footer of its records. */

const stage = goldenStage();
const PAGE = { period: '2026-Q4' };

/** `−1,234.5 points` for -1234.46: rounded in its last digit at most. */
const printsRounded = (text: string, exact: string): boolean => {
  const digits = /[\u2212+]?\d[\d,]*(?:\.(\d+))?/.exec(text);
  const printed = Number(digits?.[0].replaceAll(',', '').replace('\u2212', '-'));
  return Math.abs(printed - Number(exact)) <= 0.5 * 10 ** -(digits?.[1]?.length ?? 0) + 1e-9;
};

describe('2. Every number of /benefits', () => {
  test('opens its trace, and its records add up to it', async () => {
    const traced = rememberedTraces(() => stage.api, PAGE);
    await visit(stage.browser, stage.api, 'admin', {}, async (page) => {
      const path = `/benefits?period=${PAGE.period}`;
      await open(page, path);
      const numbers = await shownNumbers(page);
      expect(numbers.length).toBeGreaterThan(40);
      for (const number of numbers) {
        const trace = await traced(number.step);
        // Amounts of benefits in a unit of their own have no suffix.
        if (['count', 'share'].includes(trace.unit) || /^[A-Z]{3}$/.test(trace.unit)) expectShows(number, trace);
        else expect(printsRounded(number.text, trace.value!)).toBe(true);
        await page.locator(NUMBERS).nth(number.at).press('Enter');
        const shown = await openedTrace(page);
        expect([number.step, shown.value]).toEqual([number.step, trace.value]);
        expect(shown.text).toContain(trace.formula.text);
        expect(trace.records.count).toBeGreaterThan(0);
        await page.locator('#trace-panel a', { hasText: /^View [\d,]+ records?/ }).press('Enter');
        const total = (await openedRecords(page)).locator('td.numeric').first();
        await settled(page);
        const footer = (await total.innerText()).trim();
        const records = await recordsOf(stage.api, number.step, PAGE);
        // Of a share the records add up to its numerator, which is its first input.
        const wanted = trace.unit === 'share' ? trace.inputs[0]!.value! : trace.value!;
        expect([number.step, footer, sameDecimal(footer, wanted)]).toEqual([number.step, footer, true]);
        expect([number.step, sameDecimal(footer, records.total.amount)]).toEqual([number.step, true]);
        await page.goBack();
        await openedTrace(page);
        await page.keyboard.press('Escape');
        await page.locator('#trace-panel').waitFor({ state: 'detached' });
      }
    });
  }, 400_000);
});

describe('2. Every share', () => {
  const SHARES = ['realisation_rate', 'measured_rate', 'coverage', 'traced_spend_share', 'expected_share'] as const;

  test.each(SHARES)('%s is its numerator ÷ its denominator, as its trace shows both', async (figure) => {
    const trace = await rememberedTraces(() => stage.api, PAGE)(figure);
    const [numerator, denominator] = trace.inputs.map(({ value }) => Number(value));
    expect(Number(trace.value)).toBeCloseTo(numerator! / denominator!, 7);
    const { total, title } = await recordsOf(stage.api, figure, PAGE);
    expect(Number(total.amount)).toBe(numerator);
    expect(title).not.toBe('');
  });
});
