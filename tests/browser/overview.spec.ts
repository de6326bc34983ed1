import { describe, expect, test } from '@jest/globals';
import { open, settled, visit } from '../support/browser.js';
import {
  distinct,
  expectShows,
  rememberedTraces,
  sameDecimal,
  shownNumbers,
  traceOf,
} from '../support/browser-numbers.js';
import { goldenStage } from '../support/stage.js';

/** The overview on the golden tables: scope, profile, failures, keys, and what a role sees. */

const ADDRESS = '/?period=2026-Q4';
const stage = goldenStage();
const traced = rememberedTraces(() => stage.api, { period: '2026-Q4' });

describe('Scope and period', () => {
  test('stand in the address and change every figure', async () => {
    await visit(stage.browser, stage.api, 'admin', {}, async (page) => {
      await open(page, ADDRESS);
      await page.getByRole('combobox', { name: 'Period' }).selectOption('2025-Q4');
      await page.waitForURL('**period=2025-Q4**');
      await settled(page);
      await page.getByRole('combobox', { name: 'Scope' }).selectOption('portfolio:DIG');
      await page.waitForURL('**portfolio=DIG**');
      await settled(page);
      const scope = { period: '2025-Q4', portfolio: 'DIG' };
      for (const number of distinct(await shownNumbers(page)))
        expectShows(number, await traceOf(stage.api, number.step, scope));
      await page.goBack();
      await page.goBack();
      await page.waitForURL(`**${ADDRESS}`);
    });
  });
});

describe('The profile of benefits', () => {
  test('is chosen in the address: per quarter or added up, of which nature', async () => {
    await visit(stage.browser, stage.api, 'admin', {}, async (page) => {
      await open(page, ADDRESS);
      await page.getByRole('radio', { name: 'Cumulative' }).click();
      await page.waitForURL('**profile=cumulative**');
      await page.getByRole('radio', { name: 'Cashable', exact: true }).click();
      await page.waitForURL('**nature=cashable**');
      await settled(page);
      const query = 'period=2026-Q4&nature=cashable';
      const { quarters } = (await stage.api.as('admin').get(`/overview/profile?${query}`)).body;
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
    await visit(stage.browser, stage.api, 'admin', {}, async (page) => {
      await open(page, ADDRESS);
      await page.locator('.columns [data-scenario="PL"]').first().waitFor();
      const { quarters } = (await stage.api.as('admin').get('/overview/profile?period=2026-Q4')).body;
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
    await visit(stage.browser, stage.api, 'admin', { expected }, async (page) => {
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

  test('is walked through by the keys 1 to 5, and leads from lost spend to the gap in the chain, from a family to its metrics', async () => {
    await visit(stage.browser, stage.api, 'admin', {}, async (page) => {
      await open(page, ADDRESS);
      for (const row of ['1', '2', '3', '4', '5']) {
        await page.keyboard.press(row);
        expect(await page.evaluate(() => document.activeElement?.id)).toBe(`overview-row-${row}`);
      }
      const families = page.locator('.families tbody th a');
      expect(await families.first().getAttribute('href')).toBe('/metrics?period=2026-Q4#alignment');
      expect(await page.locator('.reach .reach-gap').first().getAttribute('href')).toMatch(/^\/chain\?.*gap=/);
    });
  });

  test('says what waits for a decision, which signs are there and what is due as the screens say it that it leads to', async () => {
    const cio = stage.api.as('cio');
    const { open: waiting, openCount } = (await cio.get('/decision-log/board?period=2026-Q4')).body;
    const { items } = (await cio.get('/signs?period=2026-Q4')).body;
    const { due, overdue } = (await cio.get('/entry?period=2026-Q4&limit=1')).body.counts;
    expect([openCount > 0, due > 0]).toEqual([true, true]);
    await visit(stage.browser, stage.api, 'cio', {}, async (page) => {
      await open(page, ADDRESS);
      const needs = page.locator('#overview-row-5');
      await needs.getByText('none published').waitFor();
      const decisions = needs.locator('.needs-decision');
      await decisions.first().waitFor();
      expect(await decisions.evaluateAll((links) => links.map((link) => link.getAttribute('href')))).toEqual(
        waiting.slice(0, 3).map(({ code }: { code: string }) => `/decisions/${code}?period=2026-Q4`),
      );
      const present = items.filter(({ state }: { state: string }) => state === 'present').length;
      const text = (await needs.innerText()).replaceAll(/\s+/g, ' ');
      expect(text).toContain(`Signs ${present} of 8 present`);
      expect(text).toContain(`Data ${due} due${overdue > 0 ? `, ${overdue} overdue` : ''}`);
      await needs.getByRole('link', { name: /due/ }).click();
      await page.waitForURL('**/enter?**');
      await page.getByText(overdue === due ? `${due} values are overdue` : `${due} values due by`).waitFor();
    });
  });

  test('speaks to a stakeholder of benefits, not of money that was spent', async () => {
    await visit(stage.browser, stage.api, 'stakeholder-bu1', {}, async (page) => {
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
