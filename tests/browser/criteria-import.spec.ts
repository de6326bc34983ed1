import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { readAll, removeUploads, upload as uploadOf } from '../../server/imports/reading/test-uploads.js';
import { launchBrowser, open, settled, visit } from '../support/browser.js';
import { startApi, type Api } from '../support/harness.js';
import { bring, check, commit, counts, goOn, matched, matchOnly, message, onlyTable } from '../support/wizard.js';

let api: Api;
let browser: Browser;
let before: { spend: string; costs: number };
beforeAll(async () => {
  [api, browser] = await Promise.all([startApi({ golden: true }), launchBrowser()]);
  before = { spend: await spend(), costs: await costs() };
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await api?.stop();
  await removeUploads();
});

const spend = async (): Promise<string> => (await api.as('admin').get('/trace/spend?period=2026-Q4')).body.value;
const costs = async (): Promise<number> =>
  Number((await api.sql<{ n: string }>('select count(*) as n from investment_costs'))[0]!.n);

/** Rows as the file counts them: the header is row 1. */
const BAD_CODES = [12, 22, 32, 42];
const BAD_NUMBERS = [52, 62, 72];

/** 100 rows as somebody else keeps them; 7 of them cannot be imported. */
const hundredRows = (): string => {
  const lines = ['Project;When;Cost type;Spent'];
  for (let row = 2; row <= 101; row += 1) {
    const month = `${2010 + Math.floor((row - 2) / 12)}-${String(((row - 2) % 12) + 1).padStart(2, '0')}`;
    const project = BAD_CODES.includes(row) ? 'INV-999' : 'INV-1';
    lines.push(`${project};${month};opex;${BAD_NUMBERS.includes(row) ? 'ten' : '10.50'}`);
  }
  return `${lines.join('\n')}\n`;
};

const matchAll = async (page: Parameters<typeof matched>[0]): Promise<void> => {
  await onlyTable(page, 'Investment costs');
  const wanted: Record<string, string> = {
    Project: 'Investment code',
    When: 'Month',
    'Cost type': 'Kind',
    Spent: 'Actual',
  };
  await matchOnly(page, wanted);
  expect(await matched(page)).toEqual(wanted);
};

describe('16. Import', () => {
  test('a file with 100 rows and 7 bad rows shows 93/7, errors grouped and row-numbered as in the file', async () => {
    await visit(browser, api, 'admin', {}, async (page) => {
      await bring(page, 'spending 2010-2018.csv', hundredRows());
      await matchAll(page);
      expect(await check(page)).toBe('100 rows: 93 without an error, 7 with errors.');
      const groups = await page.locator('.problem-group').allInnerTexts();
      expect(groups).toHaveLength(2);
      expect(groups[0]).toContain('4 rows: There is no investment with this code');
      expect(groups[0]).toContain('row 12, 22, 32, 42');
      expect(groups[0]).toContain('“INV-999”');
      expect(groups[1]).toContain('3 rows: This is not a number');
      expect(groups[1]).toContain('row 52, 62, 72');
      expect(groups[1]).toContain('“ten”');
      const rows = await page.locator('.problem-lines tbody th').allInnerTexts();
      expect(rows.map(Number)).toEqual([...BAD_CODES, ...BAD_NUMBERS]);
      expect({ spend: await spend(), costs: await costs() }).toEqual(before);
    });
  });

  test('commit writes 93; the rejects download has an Error column', async () => {
    await visit(browser, api, 'admin', {}, async (page) => {
      await bring(page, 'spending 2010-2018.csv', hundredRows());
      await matchAll(page);
      await check(page);
      await goOn(page);
      expect(await counts(page)).toEqual(['100', '93', '0', '0', '7']);
      expect(await page.getByRole('region', { name: 'Totals before and after' }).first().innerText()).toMatch(/actual/);
      expect(await costs()).toBe(before.costs);
      await commit(page);
      expect(await message(page)).toBe('Imported: 93 rows new, 7 left out.');
      expect(await costs()).toBe(before.costs + 93);
      expect(Number(await spend()) - Number(before.spend)).toBeCloseTo(93 * 10.5, 2);

      const downloaded = page.waitForEvent('download');
      await page.getByRole('link', { name: 'Download the 7 rows left out' }).click();
      const file = await (await downloaded).path();
      const [table] = await readAll([await uploadOf('rejects.zip', readFileSync(file))]);
      expect(table!.columns.at(-1)).toBe('Error');
      expect(table!.rows).toHaveLength(7);
      for (const row of table!.rows) expect(String(row.cells.at(-1))).toMatch(/INV-999|ten/);
    });
  });

  test('re-import reports 0 changes', async () => {
    await visit(browser, api, 'admin', {}, async (page) => {
      await bring(page, 'spending 2010-2018.csv', hundredRows());
      await matchAll(page);
      await check(page);
      await goOn(page);
      expect(await counts(page)).toEqual(['100', '0', '0', '93', '7']);
      expect(await page.locator('main').innerText()).toContain('0 changes');
      expect(await page.getByRole('button', { name: /^Import / }).count()).toBe(0);
    });
  });

  test('undo restores previous totals', async () => {
    await visit(browser, api, 'admin', {}, async (page) => {
      await open(page, '/import/history');
      await page.locator('tbody tr', { hasText: 'Imported' }).first().getByRole('link').click();
      await settled(page);
      await page.getByRole('button', { name: 'Revert this import' }).click();
      await page.getByRole('alertdialog').getByRole('button', { name: 'Revert', exact: true }).click();
      await page.locator('.message', { hasText: 'everything is as it was before this import' }).waitFor();
      expect(await spend()).toBe(before.spend);
      await open(page, '/?period=2026-Q4&trace=spend');
      await page.locator(`[data-trace-value="${before.spend}"]`).waitFor();
    });
  });
});
