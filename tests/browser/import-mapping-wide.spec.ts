import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, open, visit } from '../support/browser.js';
import { startApi, type Api } from '../support/harness.js';
import {
  atStep,
  bring,
  check,
  commit,
  counts,
  goOn,
  matchOnly,
  message,
  onlyTable,
  totals,
} from '../support/wizard.js';

let api: Api;
let browser: Browser;
beforeAll(async () => {
  [api, browser] = await Promise.all([startApi({ golden: true }), launchBrowser()]);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await api?.stop();
});

const rows = (...lines: string[][]): string => lines.map((cells) => cells.join('\t')).join('\r\n');
const FIRST = rows(
  ['Benefit', 'Jan 2027', 'Feb 2027', 'Mar 2027'],
  ['BEN-1', '1.5', '2.5', '3'],
  ['BEN-2', '10', '', '12.25'],
);
const SECOND = rows(['Benefit', 'Jan 2027', 'Feb 2027', 'Mar 2027', 'Apr 2027'], ['BEN-1', '1.5', '2.75', '3', '4']);

const paste = async (page: Page, cells: string): Promise<void> => {
  await open(page, '/import');
  await page.getByText('Or paste cells from a spreadsheet').click();
  await page.getByLabel('Cells with their column names in the first row').fill(cells);
  await page.getByRole('button', { name: 'Use these cells' }).click();
  await page.getByRole('listitem').filter({ hasText: 'Pasted cells.csv' }).waitFor();
  await page.getByRole('button', { name: 'Match the columns' }).click();
  await atStep(page, 'Match');
};

const outlook = () =>
  api.sql(
    `select b.code, to_char(v.month, 'YYYY-MM') as month, trim_scale(v.forecast)::text as forecast
     from benefit_values v join benefits b on b.id = v.benefit_id
     where v.month >= '2027-01-01' and v.month < '2027-05-01' and v.forecast is not null and b.code in ('BEN-1', 'BEN-2')
     order by 1, 2`,
  );

describe('A sheet with a column for each month', () => {
  test('is pasted into the values of benefits: the months are listed, with what they hold and at which scale', async () => {
    await visit(browser, api, 'admin', {}, async (page) => {
      await paste(page, FIRST);
      await page.getByRole('heading', { name: 'Benefit values', exact: true }).waitFor();
      expect(await page.getByRole('radio', { name: 'A column for each month' }).isChecked()).toBe(true);
      const months = page.getByRole('group', { name: 'Columns that are months' });
      expect(await months.locator('li .match-header').allInnerTexts()).toEqual(['Jan 2027', 'Feb 2027', 'Mar 2027']);
      await months.getByLabel('They hold').selectOption('forecast');
      await months.getByLabel('The numbers are').selectOption('1000');
      expect(await months.getByLabel('What Feb 2027 holds').inputValue()).toBe('forecast');
      const preview = page.getByRole('region', { name: 'Benefit values: the first rows' });
      await preview.getByText('2500', { exact: true }).waitFor();
      expect(await preview.locator('tbody tr').first().innerText()).toMatch(/BEN-1[\s\S]*1500[\s\S]*2500[\s\S]*3000/);

      await page.getByLabel('Save this mapping for next time as').fill('Outlook by month');
      await page.getByRole('button', { name: 'Save the mapping' }).click();
      await page.getByText('Saved. It is offered when a sheet with these columns comes again.').waitFor();
      expect(await check(page)).toBe('2 rows, no error.');
      await goOn(page);
      expect(await counts(page)).toEqual(['5', '5', '0', '0', '0']);
      expect(Object.keys(await totals(page))).toContain('Benefits, forecast (FC)');
      await commit(page);
      expect(await message(page)).toBe('Imported: 5 rows new.');
      expect(await page.locator('main').innerText()).toContain('“Outlook by month”');
    });
    expect(await outlook()).toEqual([
      { code: 'BEN-1', month: '2027-01', forecast: '1500' },
      { code: 'BEN-1', month: '2027-02', forecast: '2500' },
      { code: 'BEN-1', month: '2027-03', forecast: '3000' },
      { code: 'BEN-2', month: '2027-01', forecast: '10000' },
      { code: 'BEN-2', month: '2027-03', forecast: '12250' },
    ]);
  });

  test('is matched by the saved mapping the second time, with the month that is new', async () => {
    await visit(browser, api, 'admin', {}, async (page) => {
      await paste(page, SECOND);
      const offer = page.getByRole('region', { name: 'Matched before' });
      expect(await offer.innerText()).toContain('New months: Apr 2027.');
      await offer.getByRole('button', { name: 'Use “Outlook by month”' }).click();
      await offer.getByText('“Outlook by month” is in use.').waitFor();
      expect(await page.getByLabel('They hold').inputValue()).toBe('forecast');
      expect(await page.locator('.match-why').first().innerText()).toBe('Saved mapping “Outlook by month”');
      expect(await check(page)).toBe('1 row, no error.');
      await goOn(page);
      expect(await counts(page)).toEqual(['4', '1', '1', '2', '0']);
      const changes = page.getByRole('region', { name: 'Changes', exact: true });
      expect(await changes.locator('tbody tr').first().innerText()).toMatch(
        /BEN-1 2027-02[\s\S]*Forecast[\s\S]*2,500[\s\S]*2,750/,
      );
      await commit(page);
    });
    expect((await outlook()).filter(({ code }) => code === 'BEN-1').map(({ forecast }) => forecast)).toEqual([
      '1500',
      '2750',
      '3000',
      '4000',
    ]);
  });
});

describe('What can be read in two ways', () => {
  const FILE =
    'Project;Booked on;Type;Budget;Spent\nINV-1;03/04/2031;opex;1.234;5.678\nINV-1;05/06/2031;opex;2.345;6.789\n';

  const matchBookings = async (page: Page): Promise<void> => {
    await onlyTable(page, 'Investment costs');
    await matchOnly(page, {
      Project: 'Investment code',
      'Booked on': 'Month',
      Type: 'Kind',
      Budget: 'Planned',
      Spent: 'Actual',
    });
  };

  test('is asked once for all columns that are written so, with both readings, before anything is checked', async () => {
    await visit(browser, api, 'admin', {}, async (page) => {
      await bring(page, 'bookings.csv', FILE);
      await matchBookings(page);
      const decimal = page.getByRole('group', { name: /can be read in two ways \(Budget, Spent\)/ });
      expect(await decimal.getByRole('radio').count()).toBe(2);
      const order = page.getByRole('group', { name: /^“03\/04\/2031” can be read in two ways \(Booked on\)/ });
      expect(await order.innerText()).toMatch(
        /2031-04-03[\s\S]*the day stands first[\s\S]*2031-03-04[\s\S]*the month stands first/,
      );

      // Nothing goes on before both are answered: what is open is said, and leads to the question.
      await page.getByRole('button', { name: 'Check 2 rows' }).click();
      const summary = page.getByRole('alert').filter({ hasText: 'Before the check' });
      await summary.waitFor();
      expect(await page.evaluate(() => document.activeElement?.className)).toBe('error-summary');
      await summary.getByRole('link', { name: /03\/04\/2031/ }).click();
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('question-date_order');

      await order.getByRole('radio', { name: /the day stands first/ }).check();
      await decimal.getByRole('radio', { name: /the decimal sign is a comma/ }).check();
      await summary.waitFor({ state: 'detached' });
      expect(await check(page)).toBe('2 rows, no error.');
      await goOn(page);
      await commit(page);
    });
    expect(
      await api.sql(
        `select to_char(month, 'YYYY-MM') as month, trim_scale(planned)::text as planned, trim_scale(actual)::text as actual
         from investment_costs where month >= '2031-01-01' order by 1`,
      ),
    ).toEqual([
      { month: '2031-04', planned: '1234', actual: '5678' },
      { month: '2031-06', planned: '2345', actual: '6789' },
    ]);
  });

  test('is not asked where the file shows it', async () => {
    await visit(browser, api, 'admin', {}, async (page) => {
      await bring(page, 'bookings.csv', `${FILE}INV-1;31/12/2031;opex;1.234,50;2,00\n`);
      await matchBookings(page);
      expect(await page.getByRole('heading', { name: 'How is it written?' }).count()).toBe(0);
      const preview = page.getByRole('region', { name: 'Investment costs: the first rows' });
      await preview.getByText('2031-04', { exact: true }).first().waitFor();
      expect(await preview.locator('tbody tr').first().innerText()).toMatch(/2031-04[\s\S]*1234/);
    });
  });
});

describe('Files that were sent', () => {
  test('are kept through a reload, and asked for again once they have expired', async () => {
    await visit(
      browser,
      api,
      'admin',
      { expected: [/404.*import-sources/, /404 \(Not Found\).*import-sources/] },
      async (page) => {
        await bring(page, 'bookings.csv', 'Project,Note\nINV-1,one\n');
        await page.reload();
        await atStep(page, 'Match');
        await page.goto('/enter/import?step=match&source=00000000-0000-7000-8000-000000000000');
        await page.getByText('These files are not kept any more.').waitFor();
        expect(new URL(page.url()).pathname).toBe('/import');
        await page.getByRole('link', { name: 'Choose the files again' }).click();
        await page.getByRole('button', { name: 'Choose files' }).waitFor();
      },
    );
  });
});
