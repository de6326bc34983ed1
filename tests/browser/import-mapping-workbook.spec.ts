import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import writeXlsxFile from 'write-excel-file/node';
import { launchBrowser, open, visit } from '../support/browser.js';
import { startApi, type Api } from '../support/harness.js';
import { atStep, bring } from '../support/wizard.js';

let api: Api;
let browser: Browser;
beforeAll(async () => {
  [api, browser] = await Promise.all([startApi(), launchBrowser()]);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await api?.stop();
});

const text = (value: string) => ({ value, type: String });
const sheet = (name: string, ...rows: string[][]) => ({ sheet: name, data: rows.map((row) => row.map(text)) });
const OURS = sheet('priorities', ['code', 'name'], ['PX-1', 'From a workbook']);
const THEIRS = sheet('Projects 2027', ['Project no', 'Project title'], ['P-1', 'Claims automation']);
const OTHERS = sheet('Departments', ['Department', 'Head'], ['BU9', 'Ada']);

const choose = async (page: Page, ...sheets: ReturnType<typeof sheet>[]): Promise<void> => {
  await open(page, '/import');
  await page.locator('input[type=file]').setInputFiles({
    name: 'all.xlsx',
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    buffer: await writeXlsxFile(sheets).toBuffer(),
  });
  await page.getByRole('button', { name: 'Check 1 file' }).click();
};

describe('A workbook', () => {
  test('of our own tables goes straight to its check', async () => {
    await visit(browser, api, 'admin', {}, async (page) => {
      await choose(page, OURS);
      await page.getByText('No problem found. 1 row would be written.').waitFor();
    });
  });

  test('of somebody else is matched, one sheet after the other', async () => {
    await visit(browser, api, 'admin', {}, async (page) => {
      await choose(page, THEIRS, OTHERS);
      await atStep(page, 'Match');
      await page.getByRole('combobox', { name: 'Sheet', exact: true }).selectOption('Departments');
      await page.locator('.about', { hasText: 'all.xlsx · Departments · 1 row' }).waitFor();
      expect(new URL(page.url()).searchParams.get('sheet')).toBe('Departments');
    });
  });

  test('with both says which sheets are ours, and leaves the choice', async () => {
    await visit(browser, api, 'admin', {}, async (page) => {
      await choose(page, OURS, THEIRS);
      const mixed = page.getByRole('region', { name: 'Some sheets are tables of ours' });
      await mixed.waitFor();
      expect(await mixed.innerText()).toContain(
        'priorities is a table of ours. The columns of Projects 2027 are not ours',
      );
      await mixed.getByRole('button', { name: 'Match Projects 2027' }).click();
      await atStep(page, 'Match');
      expect(await page.locator('.about').innerText()).toContain('Projects 2027');
    });
  });
});

describe('The names of the columns', () => {
  test('may stand in another row than it seems', async () => {
    await visit(browser, api, 'admin', {}, async (page) => {
      await bring(page, 'odd.csv', 'Project no,Project title\nP-0,Zero\nProject no,Project title\nP-1,One\n');
      await page.getByLabel('Row with the column names').fill('3');
      await page.getByRole('button', { name: 'Read again from row 3' }).click();
      await page.getByText('2 columns, 1 row below').waitFor();
    });
  });
});
