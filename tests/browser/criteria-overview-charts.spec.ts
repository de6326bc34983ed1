import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { open, settled, visit } from '../support/browser.js';
import { startApi, type Api } from '../support/harness.js';
import { overviewAt } from '../support/overviews.js';
import { overviewStage } from '../support/stage.js';

/** Criteria 4 to 7 of the design, on the overview: fills, direction, greyscale and the shell of each drawing. */

const { stage, CASES } = overviewStage();

interface DrawnMark {
  html: string;
  scenario: string | null;
  fill: string;
  stroke: string;
}

/** All that is drawn on the page but the icons of statuses and signals, which have a notation of their own. */
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
      .filter((mark) => mark.closest('.status, .variation, defs, pattern, clipPath') === null)
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
      await visit(stage.browser, stage.example, 'admin', { colorScheme: scheme }, async (page) => {
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
    await visit(stage.browser, stage.golden, 'admin', {}, async (page) => {
      await open(page, '/?period=2026-Q4');
      const found = await varianceOf(page, 'Invested');
      expect(found).toMatchObject({ impact: 'unfavourable', tone: 'bad' });
      expect(found.name).toMatch(/\+.*, unfavourable$/);
    });
  });

  test('a cost below its plan is favourable where all of it is reported, in attribute, colour and name', async () => {
    const api = await startApi({ bare: true });
    try {
      const reply = await api.as('admin').upload('/imports?dryRun=false', [
        { name: 'investments.csv', content: 'code,name\nINV-1,Claims\n' },
        {
          name: 'investment_costs.csv',
          content: 'investment_code,month,kind,planned,actual\nINV-1,2026-04,opex,100,70\nINV-1,2026-05,opex,100,90\n',
        },
      ]);
      expect(reply.body.problems).toEqual([]);
      await visit(stage.browser, api, 'admin', {}, async (page) => {
        await open(page, '/?period=2026-Q2');
        const found = await varianceOf(page, 'Invested');
        expect(found).toMatchObject({ impact: 'favourable', tone: 'good' });
        expect(found.name).toMatch(/\u2212.*, favourable$/);
      });
    } finally {
      await api.stop();
    }
  });

  test('where costs are not all reported, less than planned is neutral, and it is said how many are not', async () => {
    await visit(stage.browser, stage.uk, 'admin', {}, async (page) => {
      await open(page, '/?period=2023-Q4');
      const cost = await varianceOf(page, 'Invested');
      expect(cost).toMatchObject({ impact: 'neutral', tone: 'none' });
      expect(cost.name).toMatch(/\u2212[\d.]+ bn GBP$/);
      expect(await page.locator('main .about').first().innerText()).toMatch(/⚠ \d+ planned costs have no actual/);
    });
  });

  test('a benefit below its plan is unfavourable', async () => {
    await visit(stage.browser, stage.example, 'admin', {}, async (page) => {
      await open(page, '/');
      const benefit = await varianceOf(page, 'Benefit realised');
      expect(benefit).toMatchObject({ impact: 'unfavourable', tone: 'bad' });
      expect(benefit.name).toMatch(/\u2212.*, unfavourable$/);
    });
  });
});

describe('6. Greyscale', () => {
  test('no status and no judgement is told by colour alone', async () => {
    await visit(stage.browser, stage.example, 'admin', {}, async (page) => {
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
          // ▲ is good and ▼ is bad, whichever way the number goes; the number itself is signed.
          unsigned: differences
            .filter(({ dataset }) => dataset['impact'] !== 'neutral')
            .filter(({ textContent, dataset }) =>
              dataset['impact'] === 'favourable'
                ? !/^▲ [+\u2212]/.test(textContent!.trim())
                : !/^▼ [+\u2212]/.test(textContent!.trim()),
            )
            .map(({ textContent }) => textContent),
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

/** Cells of the deviations' table that are not nothing, and what is drawn of them: a bar for each difference from the current plan. */
const deviationsAt = async (api: Api, period: string): Promise<{ cells: number; marks: number }> => {
  const { worst, best } = (await overviewAt(api, `period=${period}`, 'admin')).deviations;
  const rows = [...worst, ...best];
  const count = (figures: readonly { value: string | null }[], pattern: RegExp): number =>
    figures.filter(({ value }) => value !== null && pattern.test(value)).length;
  const told = rows.flatMap((row) => [
    ...[row.realised, row.planned, row.variance, row.varianceShare],
    ...[row.baselinePlanned, row.baselineVariance],
  ]);
  const bars = rows.map(({ variance }) => variance);
  return { cells: count(told, /[1-9]/), marks: count(bars, /[1-9]/) };
};

describe('7. Chart shell', () => {
  test.each(CASES)(
    'with $name each drawing has its message, its subject, its table and its file',
    async ({ api, path, period }) => {
      const deviations = await deviationsAt(api(), period);
      await visit(stage.browser, api(), 'admin', {}, async (page) => {
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
            // Of the metrics the bar is the value, where that is not nothing, and the mark its target, also where that is 0.
            measured:
              [...figure.querySelectorAll('.twin td:nth-child(4)')].filter((cell) => /[1-9]/.test(cell.textContent!))
                .length +
              [...figure.querySelectorAll('.twin td:nth-child(5)')].filter((cell) => /\d/.test(cell.textContent!))
                .length,
            rows: figure.querySelectorAll('.twin tbody tr').length,
            csv: figure.querySelector('a[download$=".csv"]')?.getAttribute('href') ?? '',
          })),
        );
        expect(figures.map(({ name }) => name)).toEqual(
          api() === stage.uk
            ? ['proof-funnel', 'benefit-profile', 'spend-by-layer', 'metric-families']
            : ['proof-funnel', 'benefit-profile', 'largest-deviations', 'spend-by-layer', 'metric-families'],
        );
        for (const { name, tag, message, about, marks, cells, measured, rows, csv } of figures) {
          expect({ name, tag, message }).toEqual({ name, tag: 'FIGURE', message: true });
          // Who, what and in which unit, and when.
          expect(about.split(' · ').length).toBeGreaterThanOrEqual(3);
          // Each metric has a unit of its own, beside its number.
          expect(about).toMatch(name === 'metric-families' ? /AC in .* vs PL$/ : /(EUR|USD|GBP)/);
          // Metrics that are all 0 and have no targets have no length to be seen.
          expect(marks > 0).toBe(name !== 'metric-families' || measured > 0);
          // The table of the deviations says more than is drawn; of all others each cell is a mark.
          if (name === 'largest-deviations') expect({ cells, marks }).toEqual(deviations);
          else expect({ name, cells: name === 'metric-families' ? measured : cells }).toEqual({ name, cells: marks });
          const lines = decodeURIComponent(csv.slice(csv.indexOf(',') + 1)).split('\r\n');
          expect({ name, lines: lines.length }).toEqual({ name, lines: rows + 1 });
        }
      });
    },
  );

  test('the file holds raw numbers, and the table takes the place of the drawing', async () => {
    await visit(stage.browser, stage.example, 'admin', {}, async (page) => {
      await open(page, '/');
      const figure = page.locator('[data-chart="spend-by-layer"]');
      const downloaded = page.waitForEvent('download');
      await figure.getByRole('link', { name: 'CSV' }).click();
      const lines = readFileSync(await (await downloaded).path(), 'utf8').split('\r\n');
      const spend = (await stage.example.as('admin').get('/trace/spend?period=2026-Q3')).body.value;
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
