import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchBrowser, open, visit } from '../support/browser.js';
import { startApi, type Api } from '../support/harness.js';
import { bring, check, matchOnly, onlyTable, resultOfCheck } from '../support/wizard.js';

let api: Api;
let browser: Browser;
beforeAll(async () => {
  [api, browser] = await Promise.all([startApi({ golden: true }), launchBrowser()]);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await api?.stop();
});

describe('What a sheet does not say, or says in two ways', () => {
  test('months of a forecast are no actual cost: a person says what they hold', async () => {
    await visit(browser, api, 'admin', {}, async (page) => {
      await bring(
        page,
        'outlook.csv',
        'Project;Type;Forecast 2031-01;Forecast 2031-02\nINV-1;opex;5;6\nINV-1;capex;7;8\n',
      );
      await onlyTable(page, 'Investment costs');
      await matchOnly(page, { Project: 'Investment code', Type: 'Kind' });
      await page.getByRole('radio', { name: 'A column for each month' }).check();
      const months = page.getByRole('group', { name: 'Columns that are months' });
      await months
        .getByText('“Forecast 2031-01” and 1 more are of a forecast. Investment costs have only planned and actual')
        .waitFor();
      expect(await months.getByLabel('What Forecast 2031-01 holds').inputValue()).toBe('');
      await page.getByText('Investment costs: say what the columns that are months hold.').waitFor();
      await months.getByLabel('They hold').selectOption('planned');
      expect(await months.getByLabel('What Forecast 2031-02 holds').inputValue()).toBe('planned');
      expect(await check(page)).toBe('2 rows, no error.');
    });
  });

  test('dates that contradict each other are asked about, and the others are seen before anything is written', async () => {
    await visit(browser, api, 'admin', {}, async (page) => {
      await bring(
        page,
        'bookings.csv',
        'Project;Booked on;Type;Spent\nINV-1;13/01/2031;opex;5\nINV-1;02/28/2031;opex;6\nINV-1;03/31/2031;opex;7\nINV-99;14/01/2031;opex;8\n',
      );
      await onlyTable(page, 'Investment costs');
      await matchOnly(page, { Project: 'Investment code', 'Booked on': 'Month', Type: 'Kind', Spent: 'Actual' });
      const question = page.getByRole('group', {
        name: '“13/01/2031” and “02/28/2031” contradict each other (Booked on)',
      });
      expect(await question.innerText()).toMatch(
        /The day stands first\s+2 cells cannot be read so: their rows are refused[\s\S]*The month stands first\s+2 cells/,
      );
      await question.getByRole('radio', { name: /The day stands first/ }).check();
      const preview = page.getByRole('region', { name: 'Investment costs: the first rows' });
      await preview.getByText('cannot be read').first().waitFor();
      const first = preview.locator('tbody tr');
      expect(await first.first().innerText()).toMatch(/2031-01/);
      expect(await first.nth(1).innerText()).toContain('"02/28/2031" is no month with the day first.');

      expect(await check(page)).toBe('4 rows: 1 without an error, 3 with errors.');
      const counts = page.getByRole('region', { name: 'Rows by table' });
      expect((await counts.locator('tbody tr td').allInnerTexts()).map((text) => text.trim())).toEqual([
        '4',
        '1',
        '0',
        '0',
        '3',
      ]);
      const downloaded = page.waitForEvent('download');
      await page.getByRole('link', { name: 'Download the 3 rows with errors' }).click();
      expect((await downloaded).suggestedFilename()).toMatch(/^rejects-.*\.zip$/);
      expect(await api.sql(`select 1 from investment_costs where month >= '2031-01-01'`)).toEqual([]);
    });
  });

  test('a scale that only a part of the sheet says is asked for the rest', async () => {
    await visit(browser, api, 'admin', {}, async (page) => {
      await bring(page, 'plan.csv', 'Benefit;Jan 2031 (k$);Feb 2031;Mar 2031\nBEN-1;1.5;2.5;4\nBEN-808;1;2;3\n');
      await onlyTable(page, 'Benefit values');
      const question = page.getByRole('group', {
        name: '“Jan 2031 (k$)” says a scale, Feb 2031, Mar 2031 say none',
      });
      expect(await question.innerText()).toMatch(/“2.5” is 2,500 in thousands[\s\S]*“2.5” is 2.5 as it is/);
      const preview = page.getByRole('region', { name: 'Benefit values: the first rows' });
      await preview.getByText('Choose the scale.').first().waitFor({ state: 'attached' });
      await question.getByRole('radio', { name: /in thousands/ }).check();
      expect(await page.getByLabel('The numbers are').inputValue()).toBe('');
      await preview.getByText('4000', { exact: true }).waitFor();
      expect(await preview.locator('tbody tr').first().innerText()).toMatch(/1500[\s\S]*2500[\s\S]*4000/);

      // One row of the file, three months of a benefit that is not there.
      expect(await check(page)).toBe('2 rows: 1 without an error, 1 with errors.');
      await page.getByRole('heading', { name: '1 row: There is no benefit with this code (3 cells)' }).waitFor();
      await page.getByRole('button', { name: 'Leave this row out' }).click();
      await page.getByRole('button', { name: 'Check again' }).click();
      await page.getByRole('button', { name: 'Go on', exact: true }).waitFor();
      expect(await resultOfCheck(page)).toBe('1 row, no error.');
      expect(await page.getByRole('link', { name: /^Download the/ }).count()).toBe(0);
    });
  });
});

test('Saved mappings are renamed and, after asking, deleted', async () => {
  await visit(browser, api, 'admin', {}, async (page) => {
    await bring(page, 'plan.csv', 'Benefit;Jan 2031\nBEN-1;1.5\nBEN-2;2.5\n');
    await page.getByLabel('Save this mapping for next time as').fill('Monthly plan');
    await page.getByRole('button', { name: 'Save the mapping' }).click();
    await page.getByText('Saved. It is offered when').waitFor();
    await open(page, '/import');
    const saved = page.getByRole('region', { name: 'Your saved mappings' });
    await saved.getByRole('button', { name: 'Rename Monthly plan' }).click();
    const rename = page.getByRole('alertdialog', { name: 'Rename “Monthly plan”' });
    await rename.getByLabel('Name').fill('Plan of each month');
    await rename.getByRole('button', { name: 'Save' }).click();
    await saved.getByText('Plan of each month').first().waitFor();
    await saved.getByRole('button', { name: 'Delete Plan of each month' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await saved.waitFor({ state: 'detached' });
  });
  expect(await api.sql('select name from import_mappings where archived_at is null')).toEqual([]);
});
