import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
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

/** Criteria 1 to 7 and 24 of the design, on the overview: with the example, the golden tables and real data. */

let example: Api;
let golden: Api;
let uk: Api;
let browser: Browser;
beforeAll(async () => {
  [example, golden, uk, browser] = await Promise.all([
    startApi({ example: true }),
    startApi(),
    startApi({ bare: true }),
    launchBrowser(),
  ]);
  await loadTables(golden, GOLDEN_TABLES);
  expect((await uk.as('admin').post('/samples/uk-major-projects')).status).toBe(201);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await Promise.all([example?.stop(), golden?.stop(), uk?.stop()]);
});

interface Case {
  name: string;
  api: () => Api;
  path: string;
  period: string;
}
const CASES: Case[] = [
  { name: 'the example', api: () => example, path: '/', period: '2026-Q3' },
  { name: 'the golden tables', api: () => golden, path: '/?period=2026-Q4', period: '2026-Q4' },
  { name: 'UK major projects', api: () => uk, path: '/?period=2023-Q4', period: '2023-Q4' },
];

const closed = (page: Page): Promise<void> => page.locator('#trace-panel').waitFor({ state: 'detached' });

describe.each(CASES)('1. One screen, with $name', ({ api, path }) => {
  test('fits 1440×900, and all of its rows are seen', async () => {
    await visit(browser, api(), 'admin', {}, async (page) => {
      await open(page, path);
      expect(await page.evaluate(() => document.scrollingElement!.scrollHeight)).toBeLessThanOrEqual(900);
      for (const row of [1, 2, 3, 4]) {
        const box = (await page.locator(`#overview-row-${row}`).boundingBox())!;
        expect({ row, isSeen: box.height > 60 && box.y >= 0 && box.y + box.height <= 900 }).toEqual({
          row,
          isSeen: true,
        });
      }
    });
  });

  test('has no text below 18 px in present mode, where the arrow keys walk through its two pages', async () => {
    await visit(browser, api(), 'admin', { width: 1920, height: 1080 }, async (page) => {
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
          rows: [1, 2, 3, 4].filter((row) => document.getElementById(`overview-row-${row}`)!.checkVisibility()),
          height: document.scrollingElement!.scrollHeight,
        }));
        expect(found).toEqual({ small: [], rows: pageNumber === 1 ? [1, 2, 3] : [1, 4], height: 1080 });
      }
    });
  });
});

describe('2. Every number traces, 3. and the way leads back', () => {
  test.each(CASES)(
    'each number of $name is a link that shows the figure of its trace',
    async ({ api, path, period }) => {
      await visit(browser, api(), 'admin', {}, async (page) => {
        await open(page, path);
        const numbers = await shownNumbers(page);
        expect(numbers.length).toBeGreaterThan(25);
        const traces = new Map<string, Awaited<ReturnType<typeof traceOf>>>();
        for (const number of numbers) {
          expect(number).toMatchObject({ tag: 'A', href: expect.stringContaining('trace=') });
          if (!traces.has(number.step)) traces.set(number.step, await traceOf(api(), number.step, { period }));
          expectShows(number, traces.get(number.step)!);
        }
      });
    },
  );

  test('Enter opens formula, version and records, whose total equals the number; Esc and Back return to it', async () => {
    await visit(browser, example, 'admin', {}, async (page) => {
      await open(page, '/');
      // Figures that other tables show too are walked through in overview.spec.ts.
      const walked = distinct(await shownNumbers(page)).filter(({ step }) =>
        /^(variance|un|expected|realised|due|measured|non_financial|node\.|outlook|evidenced)/.test(step),
      );
      expect(walked.length).toBeGreaterThan(20);
      for (const number of walked) {
        const trace = await traceOf(example, number.step, { period: '2026-Q3' });
        await page.locator(NUMBERS).nth(number.at).focus();
        await page.keyboard.press('Enter');
        const shown = await openedTrace(page);
        expect({ step: number.step, value: shown.value }).toEqual({ step: number.step, value: trace.value });
        expect(shown.text).toContain(trace.formula.text);
        expect(shown.text).toContain(`version ${trace.formula.version}`);
        if (trace.records.count > 0) {
          await settled(page);
          await page.locator('#trace-panel a', { hasText: /^View [\d,]+ records?/ }).press('Enter');
          await page.waitForURL('**/records?**');
          const total = page.locator('tfoot td.numeric').first();
          await total.waitFor();
          await settled(page);
          const printed = (await total.innerText()).trim();
          const records = await recordsOf(example, number.step, { period: '2026-Q3' });
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
        await closed(page);
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

interface DrawnMark {
  html: string;
  scenario: string | null;
  fill: string;
  stroke: string;
}

/** All that is drawn on the page but the icons of statuses, which have a notation of their own. */
const marksOf = (page: Page): Promise<{ marks: DrawnMark[]; ac: string; card: string }> =>
  page.evaluate(() => {
    const resolved = (token: string) => {
      const probe = document.createElement('i');
      probe.style.color = `var(${token})`;
      document.body.append(probe);
      const { color } = getComputedStyle(probe);
      probe.remove();
      return color;
    };
    const marks = [...document.querySelectorAll('main svg :is(rect, path, polygon, circle)')]
      .filter((mark) => mark.closest('.status, defs, pattern, clipPath') === null)
      .map((mark) => {
        const { fill, stroke } = getComputedStyle(mark);
        return { html: mark.outerHTML.slice(0, 120), scenario: mark.getAttribute('data-scenario'), fill, stroke };
      });
    return { marks, ac: resolved('--ac'), card: resolved('--card') };
  });

describe('4. Scenario fills', () => {
  test.each(['light', 'dark'] as const)(
    'actual is solid, plan hollow, forecast hatched, and nothing else is, in %s',
    async (scheme) => {
      await visit(browser, example, 'admin', { colorScheme: scheme }, async (page) => {
        for (const path of ['/', '/?profile=cumulative&nature=cashable']) {
          await open(page, path);
          await page.locator('[data-chart="benefit-profile"] [data-scenario="FC"]').first().waitFor();
          const { marks, ac, card } = await marksOf(page);
          const isHatched = ({ fill }: DrawnMark) => fill.startsWith('url(');
          const isHollow = ({ fill, stroke }: DrawnMark) => (fill === 'none' || fill === card) && stroke !== 'none';
          const count = (scenario: string) => marks.filter((mark) => mark.scenario === scenario).length;
          expect(count('AC')).toBeGreaterThan(20);
          expect(count('PL')).toBeGreaterThan(8);
          expect(count('FC')).toBeGreaterThan(3);
          const wrong = marks.filter((mark) => {
            if (mark.scenario === 'PL') return !isHollow(mark);
            if (mark.scenario === 'FC') return !/^url\("?[^)]*#hatch/.test(mark.fill);
            if (mark.scenario === 'AC') return mark.fill !== ac;
            return isHatched(mark) || isHollow(mark);
          });
          expect(wrong).toEqual([]);
          // Each hatch that is pointed to exists.
          expect(
            await page.evaluate(() =>
              [...document.querySelectorAll('[data-scenario="FC"]')].every(
                (mark) => document.querySelector(/url\((#[^)]+)\)/.exec(mark.getAttribute('fill')!)![1]!) !== null,
              ),
            ),
          ).toBe(true);
        }
      });
    },
  );
});

/** The element of a difference in a row of the ledger: what it means, its colour, and the name of its number. */
const varianceOf = (page: Page, row: string) =>
  page
    .locator('.ledger tbody tr', { hasText: row })
    .locator('span[data-impact]')
    .first()
    .evaluate((element) => {
      const probe = (token: string) => {
        const at = document.createElement('i');
        at.style.color = `var(${token})`;
        document.body.append(at);
        const { color } = getComputedStyle(at);
        at.remove();
        return color;
      };
      const { color } = getComputedStyle(element);
      return {
        impact: element.getAttribute('data-impact'),
        tone: color === probe('--bad') ? 'bad' : color === probe('--good') ? 'good' : 'none',
        name: element.querySelector('a')!.getAttribute('aria-label')!,
      };
    });

describe('5. Direction', () => {
  test('a cost above its plan is unfavourable, in attribute, colour and name', async () => {
    await visit(browser, golden, 'admin', {}, async (page) => {
      await open(page, '/?period=2026-Q4');
      const found = await varianceOf(page, 'Invested');
      expect(found).toMatchObject({ impact: 'unfavourable', tone: 'bad' });
      expect(found.name).toMatch(/\+.*, unfavourable$/);
    });
  });

  test('a cost below its plan is favourable, and a benefit below its plan is not', async () => {
    await visit(browser, uk, 'admin', {}, async (page) => {
      await open(page, '/?period=2023-Q4');
      const cost = await varianceOf(page, 'Invested');
      expect(cost).toMatchObject({ impact: 'favourable', tone: 'good' });
      expect(cost.name).toMatch(/\u2212.*, favourable$/);
    });
    await visit(browser, example, 'admin', {}, async (page) => {
      await open(page, '/');
      const benefit = await varianceOf(page, 'Benefit realised');
      expect(benefit).toMatchObject({ impact: 'unfavourable', tone: 'bad' });
      expect(benefit.name).toMatch(/\u2212.*, unfavourable$/);
    });
  });
});

describe('6. Greyscale', () => {
  test('no status and no judgement is told by colour alone', async () => {
    await visit(browser, example, 'admin', {}, async (page) => {
      await open(page, '/');
      const found = await page.evaluate(() => {
        const statuses = [...document.querySelectorAll('main .status')];
        const differences = [...document.querySelectorAll<HTMLElement>('main span[data-impact]')].filter((element) =>
          element.checkVisibility(),
        );
        const marks = [...document.querySelectorAll('main [data-variance]')];
        return {
          statuses: new Set(statuses.map(({ textContent }) => textContent)).size,
          silent: statuses.filter(
            (status) => (status.textContent ?? '').trim() === '' || status.querySelector('svg > *') === null,
          ).length,
          shapes: new Set(statuses.map((status) => status.querySelector('svg > *')!.outerHTML)).size,
          unsigned: differences
            .filter(({ dataset }) => dataset['impact'] !== 'neutral')
            .map(({ textContent }) => textContent!.trim())
            .filter((text) => !/^(▲ \+|▼ \u2212)/.test(text)),
          differences: differences.length,
          // A bar or pin has its signed number beside it: in the same row, or in the same drawing.
          alone: marks.filter(
            (mark) => !/[+\u2212]\d/.test((mark.closest('tr') ?? mark.closest('.columns'))?.textContent ?? ''),
          ).length,
        };
      });
      expect(found).toMatchObject({ statuses: 5, shapes: 5, silent: 0, unsigned: [], alone: 0 });
      expect(found.differences).toBeGreaterThan(15);
    });
  });
});

describe('7. Chart shell', () => {
  test.each(CASES)(
    'with $name each drawing has its message, its subject, its table and its file',
    async ({ api, path }) => {
      await visit(browser, api(), 'admin', {}, async (page) => {
        await open(page, path);
        const figures = await page.locator('[data-chart]').evaluateAll((found) =>
          found.map((figure) => ({
            name: figure.getAttribute('data-chart')!,
            tag: figure.tagName,
            message: (figure.querySelector('figcaption .panel-message')?.textContent ?? '').length > 15,
            about: figure.querySelector('figcaption .about')?.textContent ?? '',
            // What is nothing has no length to be seen, and what is not recorded no mark.
            marks: [
              ...figure.querySelectorAll<SVGGraphicsElement>(
                '.drawing :is([data-scenario], [data-gap], rect[data-variance], g[data-variance])',
              ),
            ].filter((mark) => mark.getBBox().width > 0 && mark.getBBox().height > 0).length,
            cells: [...figure.querySelectorAll('.twin tbody td')].filter(({ textContent }) =>
              /[1-9]/.test(textContent!),
            ).length,
            rows: figure.querySelectorAll('.twin tbody tr').length,
            csv: figure.querySelector('a[download$=".csv"]')?.getAttribute('href') ?? '',
          })),
        );
        expect(figures.map(({ name }) => name)).toEqual(
          api() === uk
            ? ['proof-funnel', 'benefit-profile', 'spend-by-layer']
            : ['proof-funnel', 'benefit-profile', 'largest-deviations', 'spend-by-layer'],
        );
        for (const { name, tag, message, about, marks, cells, rows, csv } of figures) {
          expect({ name, tag, message }).toEqual({ name, tag: 'FIGURE', message: true });
          // Who, what and in which unit, and when.
          expect(about.split(' · ').length).toBeGreaterThanOrEqual(3);
          expect(about).toMatch(/(EUR|USD|GBP)/);
          expect(marks).toBeGreaterThan(0);
          // The table of the deviations says more than is drawn; of all others each cell is a mark.
          if (name === 'largest-deviations') expect(cells).toBe(marks * 2);
          else expect({ name, cells }).toEqual({ name, cells: marks });
          const lines = decodeURIComponent(csv.slice(csv.indexOf(',') + 1)).split('\r\n');
          expect({ name, lines: lines.length }).toEqual({ name, lines: rows + 1 });
        }
      });
    },
  );

  test('the file holds raw numbers, and the table takes the place of the drawing', async () => {
    await visit(browser, example, 'admin', {}, async (page) => {
      await open(page, '/');
      const figure = page.locator('[data-chart="spend-by-layer"]');
      const downloaded = page.waitForEvent('download');
      await figure.getByRole('link', { name: 'CSV' }).click();
      const lines = readFileSync(await (await downloaded).path(), 'utf8').split('\r\n');
      const spend = (await example.as('admin').get('/trace/spend?period=2026-Q3')).body.value;
      expect(lines[1]).toContain(spend);
      expect(await figure.locator('.drawing').isVisible()).toBe(true);
      await figure.getByText('Show as table').click();
      await figure.locator('.twin table').waitFor();
      expect(await figure.locator('.drawing').isVisible()).toBe(false);
      await page.reload();
      await settled(page);
      expect(await figure.locator('.twin table').isVisible()).toBe(true);
    });
  });
});

describe('24. Numbers', () => {
  test.each(CASES)(
    'of $name have one unit a column, U+2212 as minus, signs on differences, and digits of one width',
    async ({ api, path }) => {
      await visit(browser, api(), 'admin', {}, async (page) => {
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
    await visit(browser, example, 'admin', {}, async (page) => {
      await open(page, '/?trace=realised');
      const { value, text } = await openedTrace(page);
      const [whole, decimals] = value!.split('.');
      expect(text).toContain(`${Number(whole).toLocaleString('en-GB')}.${decimals}`);
    });
  });
});
