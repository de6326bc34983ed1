import { describe, expect, test } from '@jest/globals';
import { open, settled, visit } from '../support/browser.js';
import {
  distinct,
  expectShows,
  focusedNumber,
  NUMBERS,
  openedRecords,
  openedTrace,
  recordsOf,
  rememberedTraces,
  sameDecimal,
  shownNumbers,
  traceClosed,
  traceOf,
} from '../support/browser-numbers.js';
import { overviewStage } from '../support/stage.js';

/** Criteria 1 to 3 and 24 of the design, on the overview: one screen of numbers that trace and lead back. */

const { stage, CASES } = overviewStage();

describe.each(CASES)('1. One screen, with $name', ({ api, path }) => {
  test('fits 1440×900, and all of its rows are seen', async () => {
    await visit(stage.browser, api(), 'admin', {}, async (page) => {
      await open(page, path);
      expect(await page.evaluate(() => document.scrollingElement!.scrollHeight)).toBeLessThanOrEqual(900);
      await page.locator('.needs-part:nth-child(3) a, .needs-part a').first().waitFor();
      for (const [row, least] of [60, 60, 60, 60, 50].map((height, at) => [at + 1, height] as const)) {
        const box = (await page.locator(`#overview-row-${row}`).boundingBox())!;
        expect({ row, isSeen: box.height > least && box.y >= 0 && box.y + box.height <= 900 }).toEqual({
          row,
          isSeen: true,
        });
      }
    });
  });

  test('has no text below 18 px in present mode, where the arrow keys walk through its two pages', async () => {
    await visit(stage.browser, api(), 'admin', { width: 1920, height: 1080 }, async (page) => {
      await open(page, `${path}${path.includes('?') ? '&' : '?'}present=1`);
      for (const pageNumber of [1, 2]) {
        if (pageNumber === 2) {
          await page.keyboard.press('ArrowRight');
          await page.waitForURL('**present=2**');
        }
        await page.waitForFunction((at) => document.documentElement.dataset['present'] === at, String(pageNumber));
        const found = await page.evaluate(() => ({
          small: [...document.querySelectorAll('main *')]
            .filter(
              (element) =>
                [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent!.trim() !== '') &&
                element.checkVisibility() &&
                element.closest('.visually-hidden') === null &&
                Number.parseFloat(getComputedStyle(element).fontSize) < 18,
            )
            .map((element) => element.outerHTML.slice(0, 100)),
          rows: [1, 2, 3, 4, 5].filter((row) => document.getElementById(`overview-row-${row}`)!.checkVisibility()),
          height: document.scrollingElement!.scrollHeight,
        }));
        expect(found).toEqual({ small: [], rows: pageNumber === 1 ? [1, 2, 3] : [1, 4, 5], height: 1080 });
      }
    });
  });
});

describe('2. Every number traces, 3. and the way leads back', () => {
  test.each(CASES)(
    'each number of $name is a link that shows the figure of its trace',
    async ({ api, path, period }) => {
      await visit(stage.browser, api(), 'admin', {}, async (page) => {
        await open(page, path);
        const numbers = await shownNumbers(page);
        expect(numbers.length).toBeGreaterThan(25);
        const traced = rememberedTraces(api, { period });
        for (const number of numbers) {
          expect(number).toMatchObject({ tag: 'A', href: expect.stringContaining('trace=') });
          expectShows(number, await traced(number.step));
        }
      });
    },
  );

  test('Enter opens formula, version and records, whose total equals the number; Esc and Back return to it', async () => {
    await visit(stage.browser, stage.example, 'admin', {}, async (page) => {
      await open(page, '/');
      // Figures that other tables show too are walked through in overview.spec.ts.
      const walked = distinct(await shownNumbers(page)).filter(({ step }) =>
        /^(variance|un|expected|realised|due|measured|non_financial|node\.|outlook|evidenced)/.test(step),
      );
      expect(walked.length).toBeGreaterThan(20);
      for (const number of walked) {
        const trace = await traceOf(stage.example, number.step, { period: '2026-Q3' });
        await page.locator(NUMBERS).nth(number.at).focus();
        await page.keyboard.press('Enter');
        const shown = await openedTrace(page);
        expect({ step: number.step, value: shown.value }).toEqual({ step: number.step, value: trace.value });
        expect(shown.text).toContain(trace.formula.text);
        expect(shown.text).toContain(`version ${trace.formula.version}`);
        if (trace.records.count > 0) {
          await settled(page);
          await page.locator('#trace-panel a', { hasText: /^View [\d,]+ records?/ }).press('Enter');
          const total = (await openedRecords(page)).locator('td.numeric').first();
          await settled(page);
          const printed = (await total.innerText()).trim();
          const records = await recordsOf(stage.example, number.step, { period: '2026-Q3' });
          expect({ step: number.step, printed, isSame: sameDecimal(printed, records.total.amount) }).toMatchObject({
            isSame: true,
          });
          // Of a share the records add up to the numerator, which is its first input.
          const target = records.unit === trace.unit ? trace.value : trace.inputs[0]!.value;
          expect({ step: number.step, total: Number(records.total.amount) }).toEqual({
            step: number.step,
            total: Number(target),
          });
          await page.goBack();
          await openedTrace(page);
          await page.waitForFunction((step) => document.activeElement?.getAttribute('data-num') === step, number.step);
        }
        await page.keyboard.press('Escape');
        await traceClosed(page);
        await page.waitForFunction((numbers) => document.activeElement?.matches(numbers), NUMBERS);
        expect((await focusedNumber(page)).step).toBe(number.step);
      }
      await page.locator(`${NUMBERS}[data-num="expected"]:visible`).first().press('Enter');
      const before = await openedTrace(page);
      await page.reload();
      await settled(page);
      expect(await openedTrace(page)).toEqual(before);
    });
  }, 240_000);
});

describe('24. Numbers', () => {
  test.each(CASES)(
    'of $name have one unit a column, U+2212 as minus, signs on differences, and digits of one width',
    async ({ api, path }) => {
      await visit(stage.browser, api(), 'admin', {}, async (page) => {
        await open(page, path);
        const found = await page.evaluate(() => {
          const numbers = [...document.querySelectorAll<HTMLElement>('main [data-num]')];
          const unitOf = (label: string) =>
            /\d\s((?:(?:k|m|bn)\s)?[A-Z]{3})(?=,|$)/.exec(label)?.[1]?.replaceAll(/\s/g, ' ');
          const ledger = [...document.querySelectorAll<HTMLElement>('.ledger tbody [data-num]')];
          return {
            units: [...new Set(ledger.map((number) => unitOf(number.getAttribute('aria-label')!)).filter(Boolean))],
            header: document.querySelector('.ledger thead .unit')!.textContent!.trim().replaceAll(/\s/g, ' '),
            hyphens: numbers.map(({ textContent }) => textContent!).filter((text) => /-\d/.test(text)),
            loose: numbers.filter((number) => !getComputedStyle(number).fontVariantNumeric.includes('tabular-nums'))
              .length,
            unsigned: [...document.querySelectorAll('main span[data-impact]')]
              .map(({ textContent }) => textContent!.trim())
              .filter((text) => !/^([▲▼] )?([+\u2212>]|0$|0\.0 %$|x$)/.test(text)),
            cut: [...document.querySelectorAll('main th, main .columns-period')].filter(({ textContent }) =>
              /…$/.test(textContent!.trim()),
            ).length,
            roundedParts: ['proof-funnel', 'spend-by-layer'].every((name) =>
              document.querySelector(`[data-chart="${name}"] .about`)!.textContent!.includes('rounded'),
            ),
          };
        });
        expect(found.units).toHaveLength(1);
        expect(found.units[0]).toBe(found.header);
        expect(found).toMatchObject({ hyphens: [], loose: 0, unsigned: [], cut: 0, roundedParts: true });
      });
    },
  );

  test('are traced in full precision', async () => {
    await visit(stage.browser, stage.example, 'admin', {}, async (page) => {
      await open(page, '/?trace=realised');
      const { value, text } = await openedTrace(page);
      const [whole, decimals] = value!.split('.');
      expect(text).toContain(`${Number(whole).toLocaleString('en-GB')}.${decimals}`);
    });
  });
});
