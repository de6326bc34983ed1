import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, visit } from '../support/browser.js';
import { startApi, type Api } from '../support/harness.js';
import {
  addTable,
  bring,
  check,
  checkAgain,
  commit,
  countsByTable,
  columnRow,
  giveValue,
  goOn,
  matchColumn,
  matchOnly,
  message,
  onlyWhereFilled,
  openReading,
  totals,
} from '../support/wizard.js';

/** As the publisher gives it out: 244 projects, 19 columns, amounts in millions of pounds, texts where a value is withheld. */
const RAW = readFileSync('tests/data/raw/GMPP_AR_Data_March_2023.csv');
const FILE = 'GMPP_AR_Data_March_2023.csv';

const ID = 'GMPP ID Number';
const CATEGORY = 'Annual Report Category';
const START = 'Project - Start Date (Latest Approved Start Date)';
const END = 'Project - End Date (Latest Approved End Date)';
const YEAR = 'Financial Year Forecast (£m) (including Non-Government Costs)';
const WHOLE = 'TOTAL Baseline Whole Life Costs (£m) (including Non-Government Costs)';
const CODES = {
  'Government Transformation and Service Delivery': 'GTSD',
  'Infrastructure and Construction': 'INFRA',
  'Military Capability': 'MIL',
};

let api: Api;
let browser: Browser;
beforeAll(async () => {
  [api, browser] = await Promise.all([startApi({ bare: true }), launchBrowser()]);
  await api.sql(`update settings set reporting_currency = 'GBP', fiscal_year_start_month = 4, version = version + 1`);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await api?.stop();
});

const WITHOUT = 'whatever is no date';

/** The names of the four categories as codes. */
const writeCodes = async (page: Page): Promise<void> => {
  await openReading(page, CATEGORY);
  const more = columnRow(page, CATEGORY).getByRole('button', { name: 'Replace some of the 4 values' });
  if ((await more.count()) > 0) await more.click();
  for (const [name, code] of Object.entries(CODES)) await page.getByLabel(`for ${name}`).fill(code);
};

const matchInvestments = async (page: Page): Promise<void> => {
  await matchOnly(page, {
    [ID]: 'Code',
    'Project Name': 'Name',
    'Description / Aims': 'Description',
    Department: 'Org unit code',
    [CATEGORY]: 'Portfolio code',
    [START]: 'Start month',
    [END]: 'End month',
  });
  await writeCodes(page);
  for (const header of [START, END]) {
    await openReading(page, header);
    await columnRow(page, header).getByLabel(WITHOUT).check();
  }
  await giveValue(page, 'Status', 'active');
  await giveValue(page, 'Currency', 'GBP');
};

/** A list of what a column names: each value is a record, taken once. */
const matchList = async (page: Page, header: string): Promise<void> => {
  await matchOnly(page, { [header]: 'Code' });
  await page.getByRole('button', { name: `Another field, too, for ${header}` }).click();
  await matchColumn(page, header, 'Name', 1);
  await page.getByText('All rows are meant').click();
  await page.getByLabel('Several rows may name the same record').check();
};

const matchCosts = async (page: Page, amounts: string, figure: string): Promise<void> => {
  await matchOnly(page, {
    [ID]: 'Investment code',
    [amounts]: figure,
    ...(figure === 'Planned' ? { [START]: 'Month' } : {}),
  });
  await giveValue(page, 'Kind', 'capex');
  if (figure === 'Actual') await giveValue(page, 'Month', '2022-04');
  await openReading(page, amounts);
  expect(await columnRow(page, amounts).getByLabel('The numbers are').inputValue()).toBe('1000000');
  await onlyWhereFilled(page, amounts);
  await page.getByRole('button', { name: 'Not where it says any of these' }).click();
};

describe('UK government major projects, as published', () => {
  test('go through the wizard by hand: projects, departments, categories and costs equal the reference figures', async () => {
    await visit(browser, api, 'admin', {}, async (page) => {
      await bring(page, FILE, RAW);
      expect(await page.getByRole('heading', { name: 'Investments', exact: true }).count()).toBe(1);
      await matchInvestments(page);
      await addTable(page, 'Org units');
      await matchList(page, 'Department');
      await addTable(page, 'Portfolios');
      await matchList(page, CATEGORY);
      await writeCodes(page);
      await addTable(page, 'Investment costs');
      await matchCosts(page, WHOLE, 'Planned');
      await addTable(page, 'Investment costs');
      await matchCosts(page, YEAR, 'Actual');

      // What was matched is there again after a reload.
      const address = page.url();
      await page.reload();
      await page.getByRole('heading', { name: 'Investment costs 2', exact: true }).waitFor();
      expect(page.url()).toBe(address);

      expect(await check(page)).toBe('244 rows: 243 without an error, 1 with errors.');
      const line = page.locator('.problem-lines tbody tr').first();
      expect(await line.innerText()).toMatch(/178[\s\S]*End month[\s\S]*2023-01-20/);
      await line.getByRole('button', { name: 'Row 178, End month: blank' }).click();
      expect(await checkAgain(page)).toBe('244 rows, no error.');
      await goOn(page);
      expect(await countsByTable(page)).toEqual({
        org_units: ['21', '21', '0', '0', '0'],
        portfolios: ['4', '4', '0', '0', '0'],
        investments: ['244', '244', '0', '0', '0'],
        investment_costs: ['395', '395', '0', '0', '0'],
      });
      expect(await totals(page)).toEqual({
        'Costs, planned (PL)': ['0', '471,818,000,000'],
        'Costs, actual (AC)': ['0', '41,507,930,000'],
      });
      expect(await api.sql('select count(*)::integer as n from investments')).toEqual([{ n: 0 }]);
      await commit(page);
      expect(await message(page)).toBe('Imported: 664 rows new.');
    });
    expect(
      await api.sql(
        `select count(planned)::integer as planned, count(actual)::integer as actual, trim_scale(sum(planned))::text as plan,
           trim_scale(sum(actual))::text as spent from investment_costs`,
      ),
    ).toEqual([{ planned: 193, actual: 207, plan: '471818000000', spent: '41507930000' }]);
    expect(
      await api.sql(
        `select trim_scale(sum(c.actual))::text as spent from portfolios p join investments i on i.portfolio_id = p.id
           join investment_costs c on c.investment_id = i.id where p.code = 'INFRA'`,
      ),
    ).toEqual([{ spent: '10036340000' }]);
  });
});
