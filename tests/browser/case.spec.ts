import { describe, expect, test } from '@jest/globals';
import { defectsInBothThemes } from '../support/axe.js';
import { open, settled, visit } from '../support/browser.js';
import {
  distinct,
  expectShows,
  openedRecords,
  openedTrace,
  rememberedTraces,
  shownNumbers,
} from '../support/browser-numbers.js';
import { FINE, look } from '../support/layout.js';
import { goldenStage } from '../support/stage.js';

/** The investment case on the record's page, on the golden tables. */

const PAGE = '/investments/INV-2?period=2025-Q4';
const stage = goldenStage();
const traced = rememberedTraces(() => stage.api, { period: '2025-Q4' });

describe('The investment case', () => {
  test('shows each figure as its trace has it, in the table, the drawing and what moves it', async () => {
    await visit(stage.browser, stage.api, 'admin', {}, async (page) => {
      await open(page, PAGE);
      await page.locator('.case-table').waitFor();
      const numbers = (await shownNumbers(page)).filter(({ step }) => step.startsWith('case.'));
      const kinds = new Set(numbers.map(({ step }) => step.split(':')[0]));
      for (const figure of ['npv', 'irr', 'roi', 'payback', 'value', 'cost', 'cumulative', 'driver_low', 'driver_high'])
        expect([...kinds]).toContain(`case.${figure}`);
      for (const number of distinct(numbers)) expectShows(number, await traced(number.step));
      // What has no value says why.
      expect(await page.locator('.case-table tbody tr', { hasText: 'Payback' }).innerText()).toMatch(
        /never[\s\S]*not yet/,
      );
      expect(await page.locator('.case-table tbody tr', { hasText: 'Internal rate' }).innerText()).toContain(
        'never changes its sign',
      );
    });
  });

  test('is drawn month by month: actual, then forecast, each before its plan; and says the same as a table', async () => {
    await visit(stage.browser, stage.api, 'admin', {}, async (page) => {
      await open(page, PAGE);
      const chart = page.locator('[data-chart="cumulative-net"]');
      const { months } = (await stage.api.as('admin').get('/investments/INV-2/case?period=2025-Q4')).body;
      const count = (scenario: string) =>
        months.filter((month: { scenario: string }) => month.scenario === scenario).length;
      await chart.locator('.cumulative [data-scenario="FC"]').first().waitFor();
      for (const scenario of ['AC', 'FC'])
        expect(await chart.locator(`.cumulative [data-scenario="${scenario}"]`).count()).toBe(count(scenario));
      expect(await chart.locator('.cumulative [data-scenario="PL"]').count()).toBe(months.length);
      await chart.getByText('Show as table').click();
      expect(await chart.locator('.twin tbody tr').count()).toBe(months.length);
      const numbers = (await shownNumbers(page)).filter(({ step }) => step.startsWith('case.cumulative'));
      expect(numbers.length).toBe(2 * months.length);
      for (const number of [numbers[0]!, numbers.at(-1)!]) expectShows(number, await traced(number.step));
    });
  });

  test('another rate stands in the address, is said, and can be taken back', async () => {
    await visit(stage.browser, stage.api, 'admin', {}, async (page) => {
      await open(page, PAGE);
      const field = page.getByLabel('Discount rate, % a year');
      await field.fill('ten');
      await page.keyboard.press('Enter');
      expect(await page.locator('.case .field-error').innerText()).toContain('Write a percentage');
      await field.fill('10');
      await page.keyboard.press('Enter');
      await page.waitForURL('**rate=0.1**');
      await page.getByText('What if: discounted at').waitFor();
      await settled(page);
      // The NPV of the second program at 10 %: −97 553.842841221.
      const npv = page.locator('.case-table tbody tr').first().locator('td').nth(1).locator('.num');
      expect(await npv.getAttribute('data-num')).toContain('rate=0.1');
      await npv.click();
      expect((await openedTrace(page)).value).toBe('-97553.84');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: /^Back to 8/ }).click();
      await page.waitForURL((url) => !url.search.includes('rate='));
    });
  });

  test('leads from a number to its records, which add up to it', async () => {
    await visit(stage.browser, stage.api, 'admin', {}, async (page) => {
      await open(page, PAGE);
      await page.locator('.case-table tbody tr').first().locator('.num').first().click();
      const { value } = await openedTrace(page);
      await page.getByRole('link', { name: /^View \d+ records$/ }).click();
      const footer = await (await openedRecords(page)).innerText();
      expect(footer.replaceAll(/[,\s]/g, '').replace('−', '-')).toContain(value!);
    });
  });

  test('says what later months are forecast to bring, as claimed; why it is not calibrated is said in words, not as 0', async () => {
    await visit(stage.browser, stage.api, 'admin', {}, async (page) => {
      await open(page, PAGE);
      await page.locator('.case-forecasts').waitFor();
      const { forecast } = (await stage.api.as('admin').get('/investments/INV-2/case?period=2025-Q4')).body;
      const rows = page.locator('.case-forecasts tbody tr');
      expect(await rows.count()).toBe(forecast.benefits.length);
      const numbers = (await shownNumbers(page)).filter(({ step }) => /^case\..*_forecast/.test(step));
      expect(numbers.length).toBe(2 * (forecast.benefits.length + (forecast.benefits.length > 1 ? 1 : 0)));
      for (const number of numbers) expectShows(number, await traced(number.step));
      for (const cell of await rows.locator('td:last-child').allInnerTexts())
        expect(cell).toMatch(/^x\s+(Fewer than 8 months|The benefit has no type|No later month)/);
    });
  });

  test('without a cost says that there is no case', async () => {
    await visit(stage.browser, stage.api, 'admin', {}, async (page) => {
      await open(page, `${PAGE}&portfolio=DIG`);
      await page.getByText('No case: no cost is recorded.').waitFor();
      expect(await page.locator('.case-table').count()).toBe(0);
    });
  });

  test.each([
    [1440, 900],
    [1024, 768],
    [360, 740],
  ])(
    'fits %i × %i, without defects in light and dark',
    async (width, height) => {
      await visit(stage.browser, stage.api, 'admin', { width, height }, async (page) => {
        await open(page, PAGE);
        await page.locator('.case-table').waitFor();
        expect(await look(page)).toEqual(FINE);
        expect(await defectsInBothThemes(page)).toEqual({ light: [], dark: [] });
      });
    },
    120_000,
  );
});
