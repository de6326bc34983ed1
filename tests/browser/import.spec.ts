import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { readAll, removeUploads, upload as uploadOf } from '../../server/imports/reading/test-uploads.js';
import { launchBrowser, open, settled, visit } from '../support/browser.js';
import { startApi, type Api } from '../support/harness.js';
import { digestWithoutAudit, importStatus, until, whileWritersWait } from '../support/imports.js';

let api: Api;
let browser: Browser;
beforeAll(async () => {
  [api, browser] = await Promise.all([startApi({ golden: true }), launchBrowser()]);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await api?.stop();
  await removeUploads();
});

const spend = async (): Promise<string> => (await api.as('admin').get('/trace/spend?period=2026-Q4')).body.value;
const costs = async (): Promise<number> =>
  Number((await api.sql<{ n: string }>('select count(*) as n from investment_costs'))[0]!.n);

/** 100 rows of cost in months of their own; rows 12, 22, 32 and 42 name no investment, rows 52, 62 and 72 hold no number. */
const BAD_CODES = [12, 22, 32, 42];
const BAD_NUMBERS = [52, 62, 72];
const hundredRows = (): string => {
  const lines = ['investment_code,month,kind,planned,actual'];
  for (let row = 2; row <= 101; row += 1) {
    const month = `${2010 + Math.floor((row - 2) / 12)}-${String(((row - 2) % 12) + 1).padStart(2, '0')}`;
    const code = BAD_CODES.includes(row) ? 'INV-999' : 'INV-1';
    lines.push(`${code},${month},opex,20.00,${BAD_NUMBERS.includes(row) ? 'ten' : '10.00'}`);
  }
  return `${lines.join('\n')}\n`;
};

/** A check that finds problems answers 422 with its report, and the browser logs that. */
const REJECTED = [/422.*\/imports\?/];

const csv = (name: string, content: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(content) });

const choose = async (page: Page, name: string, content: string): Promise<void> => {
  await page.locator('input[type=file]').setInputFiles(csv(name, content));
  await page.getByRole('button', { name: 'Check 1 file' }).waitFor();
};

const check = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Check 1 file' }).click();
  await page.getByRole('heading', { name: 'Check', exact: true }).waitFor();
};

/** The next import is sent another content than the one that was checked, as if its file had been saved meanwhile. */
const changeBeforeCommit = (page: Page, was: string, is: string): Promise<unknown> =>
  page.route(
    '**/api/v1/imports?dryRun=false*',
    (route) => route.continue({ postData: route.request().postData()!.replace(was, is) }),
    { times: 1 },
  );

/** The footer of the table of counts: rows, new, changed, unchanged, left out. */
const counts = async (page: Page): Promise<string[]> =>
  (await page.locator('.counts tfoot td').allInnerTexts()).map((text) => text.trim());
const message = (page: Page): Promise<string> => page.locator('.message').innerText();
const mainText = (page: Page): Promise<string> => page.locator('main').innerText();

describe('A file with 100 rows of which 7 are bad', () => {
  let before: { spend: string; costs: number };

  test('is checked without writing: nothing would be imported, and both kinds of problem are named with their rows', async () => {
    before = { spend: await spend(), costs: await costs() };
    await visit(browser, api, 'admin', { expected: REJECTED }, async (page) => {
      await open(page, '/import');
      await choose(page, 'investment_costs.csv', hundredRows());
      await check(page);
      expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-labelledby'))).toBe('check-title');
      expect(await mainText(page)).toContain('7 problems found. As it is, nothing would be imported.');
      const groups = await page.locator('.problem-group').allInnerTexts();
      expect(groups).toHaveLength(2);
      expect(groups[0]).toContain('4 rows in investment_costs, column investment_code');
      expect(groups[1]).toContain('3 rows in investment_costs, column actual');
      for (const row of BAD_CODES) expect(groups[0]).toMatch(new RegExp(`\\b${row}\\b`));
      for (const row of BAD_NUMBERS) expect(groups[1]).toMatch(new RegExp(`\\b${row}\\b`));
      expect(await page.getByRole('button', { name: /^Import / }).count()).toBe(0);
      expect({ spend: await spend(), costs: await costs() }).toEqual(before);
    });
  });

  test('imports its 93 good rows when the bad ones are skipped, and gives those back with an Error column', async () => {
    await visit(browser, api, 'admin', { expected: REJECTED }, async (page) => {
      await open(page, '/import');
      await choose(page, 'investment_costs.csv', hundredRows());
      await check(page);
      await page.getByRole('button', { name: 'Check again, skipping rows with problems' }).click();
      await page.getByText('7 problems found. 93 rows would be written, the rows with problems left out.').waitFor();
      expect(await counts(page)).toEqual(['100', '93', '0', '0', '7']);
      expect(await costs()).toBe(before.costs);
      await page.getByLabel('Reason (optional)').fill('Billed late');
      await page.getByRole('button', { name: 'Import 93 rows' }).click();
      await page.waitForURL(/\/import\/[0-9a-f-]{36}$/);
      await settled(page);
      expect(await message(page)).toBe('Imported: 93 rows new, 7 left out.');
      expect(await costs()).toBe(before.costs + 93);
      expect(Number(await spend()) - Number(before.spend)).toBeCloseTo(930, 2);
      const downloaded = page.waitForEvent('download');
      await page.getByRole('link', { name: 'Download the 7 rows left out' }).click();
      const file = await (await downloaded).path();
      const [table] = await readAll([await uploadOf('rejects.zip', readFileSync(file))]);
      expect(table!.columns.at(-1)).toBe('Error');
      expect(table!.rows).toHaveLength(7);
      await open(page, '/import');
      await choose(page, 'investment_costs.csv', hundredRows());
      await check(page);
      expect(await mainText(page)).toContain('by admin@tests.example, with the reason “Billed late”.');
      for (const row of table!.rows) expect(String(row.cells.at(-1))).toMatch(/INV-999|ten/);
    });
  });

  test('imported again changes nothing', async () => {
    await visit(browser, api, 'admin', {}, async (page) => {
      await open(page, '/import');
      await choose(page, 'investment_costs.csv', hundredRows());
      await page.getByLabel('Skip rows with problems').check();
      await check(page);
      expect(await counts(page)).toEqual(['100', '0', '0', '93', '7']);
      expect(await mainText(page)).toContain('There is nothing to import without a problem.');
    });
  });

  test('is reverted from the history, and every total is as before', async () => {
    await visit(browser, api, 'admin', {}, async (page) => {
      await open(page, '/import/history');
      const row = page.locator('tbody tr', { hasText: 'Imported' }).first();
      expect(await row.innerText()).toMatch(/investment_costs\.csv[\s\S]*admin[\s\S]*Imported[\s\S]*93/);
      await row.getByRole('link').click();
      await settled(page);
      await page.getByRole('button', { name: 'Revert this import' }).click();
      const dialog = page.getByRole('alertdialog', { name: 'Revert this import?' });
      await dialog.waitFor();
      expect(await dialog.innerText()).toContain('93 records that it made are archived');
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      await page.waitForFunction(() => document.activeElement?.textContent === 'Revert this import');
      await page.keyboard.press('Enter');
      await dialog.getByLabel('Reason (optional)').fill('Billed twice');
      await dialog.getByRole('button', { name: 'Revert', exact: true }).click();
      await page.locator('.message', { hasText: 'everything is as it was before this import' }).waitFor();
      expect(await page.getByRole('button', { name: 'Revert this import' }).count()).toBe(0);
      expect(await spend()).toBe(before.spend);
      expect((await api.as('admin').get('/audit?objectType=import&limit=1')).body.items[0].reason).toBe('Billed twice');
      await open(page, '/import/history');
      expect(await page.locator('tbody tr', { hasText: 'Reverted' }).innerText()).toContain('investment_costs.csv');
      await open(page, '/?period=2026-Q4&trace=spend');
      await page.locator(`[data-trace-value="${before.spend}"]`).waitFor();
    });
  });
});

describe('A number that can be read in two ways', () => {
  test.each([
    ['1.234 is 1234: the decimal sign is a comma', '1234.00'],
    ['1.234 has three decimals: the decimal sign is a point', '1.234'],
  ])('is asked about once, and “%s” is what is imported', async (answer, stored) => {
    await visit(browser, api, 'admin', { expected: REJECTED }, async (page) => {
      await open(page, '/import');
      await choose(
        page,
        'investment_costs.csv',
        'investment_code,month,kind,planned,actual\nINV-1,2031-01,opex,,1.234\n',
      );
      await check(page);
      expect(await mainText(page)).toContain('1 number can be read in two ways, and the file does not show which.');
      await page.getByRole('button', { name: answer }).click();
      await page.getByRole('button', { name: 'Import 1 row', exact: true }).click();
      await page.waitForURL(/\/import\/[0-9a-f-]{36}$/);
      const rows = await api.sql<{ actual: string }>(
        `select actual::text from investment_costs where month = '2031-01-01'`,
      );
      expect(rows.map(({ actual }) => Number(actual))).toEqual([Number(stored)]);
    });
  });
});

describe('Files', () => {
  test('can be dropped, and removed again; what is no table is named at once', async () => {
    await visit(browser, api, 'admin', {}, async (page) => {
      await open(page, '/import');
      const drop = async (names: readonly string[]) => {
        const transfer = await page.evaluateHandle((names) => {
          const data = new DataTransfer();
          for (const name of names) data.items.add(new File(['code,name\nPX,Priority\n'], name, { type: 'text/csv' }));
          return data;
        }, names);
        await page.dispatchEvent('.drop-zone', 'drop', { dataTransfer: transfer });
      };
      await drop(['priorities.csv', 'holiday.csv', 'picture.png']);
      const list = page.getByRole('list', { name: 'Chosen files' });
      expect(await list.getByRole('listitem').allInnerTexts()).toEqual([
        expect.stringMatching(/^priorities\.csv/),
        expect.stringMatching(/^holiday\.csv[\s\S]*no table of this name/),
        expect.stringMatching(/^picture\.png[\s\S]*not a workbook, zip or CSV file/),
      ]);
      await page.getByRole('button', { name: 'Remove holiday.csv' }).click();
      await page.getByRole('button', { name: 'Remove picture.png' }).click();
      await check(page);
      expect(await mainText(page)).toContain('No problem found. 1 row would be written.');
    });
  });

  test('that cannot be read are refused with a sentence', async () => {
    await visit(browser, api, 'admin', { expected: [/422.*\/import-sources/] }, async (page) => {
      await open(page, '/import');
      await page.locator('input[type=file]').setInputFiles({
        name: 'broken.xlsx',
        mimeType: 'application/zip',
        buffer: Buffer.from('PK\u0003\u0004 but no workbook'),
      });
      await page.getByRole('button', { name: 'Check 1 file' }).click();
      await page.getByText('broken.xlsx is damaged or incomplete').waitFor();
      expect(await mainText(page)).not.toMatch(/undefined|\[object|at \//);
    });
  });
});

describe('An import that is cancelled', () => {
  beforeEach(async () =>
    until(
      async () =>
        Number((await api.sql<{ n: string }>(`select count(*) as n from imports where status = 'running'`))[0]!.n) ===
        0,
    ),
  );

  test('while it runs leaves nothing behind', async () => {
    const stored = await digestWithoutAudit(api);
    await visit(browser, api, 'admin', { expected: [/409/] }, async (page) => {
      await open(page, '/import');
      await choose(
        page,
        'investment_costs.csv',
        'investment_code,month,kind,planned,actual\nINV-1,2032-01,opex,1.00,2.00\n',
      );
      await check(page);
      await whileWritersWait(api, async () => {
        const sent = page.waitForRequest((request) => request.url().includes('dryRun=false'));
        await page.getByRole('button', { name: 'Import 1 row', exact: true }).click();
        const id = new URL((await sent).url()).searchParams.get('id')!;
        await page.getByRole('heading', { name: 'Importing' }).waitFor();
        await until(async () => (await importStatus(api, id)) === 'running');
        await page.getByRole('button', { name: 'Cancel' }).click();
        await until(async () => (await importStatus(api, id)) === 'cancelled');
      });
      await page.getByRole('button', { name: 'Check 1 file' }).waitFor();
    });
    expect(await digestWithoutAudit(api)).toEqual(stored);
  });
});

describe('The export', () => {
  test('downloads the data and the template, and the data imports again unchanged', async () => {
    await visit(browser, api, 'admin', {}, async (page) => {
      await open(page, '/export');
      const fetched: Record<string, Buffer> = {};
      for (const name of ['data.xlsx', 'data.zip', 'template.xlsx']) {
        const downloaded = page.waitForEvent('download');
        await page.getByRole('link', { name: `Download ${name}` }).click();
        const download = await downloaded;
        expect(download.suggestedFilename()).toBe(name);
        fetched[name] = readFileSync(await download.path());
        expect(fetched[name].subarray(0, 2).toString()).toBe('PK');
      }
      await open(page, '/import');
      await page
        .locator('input[type=file]')
        .setInputFiles({ name: 'data.zip', mimeType: 'application/zip', buffer: fetched['data.zip']! });
      await check(page);
      expect(await mainText(page)).toContain('Nothing would change.');
    });
  });
});

test('a file that changed after its check is not imported: the page says so, and checks what it is now', async () => {
  const name = async () => (await api.sql(`select name from priorities where code = 'SINCE'`))[0]?.['name'];
  await visit(browser, api, 'admin', { expected: [/412.*\/imports\?/] }, async (page) => {
    await open(page, '/import');
    await choose(page, 'priorities.csv', 'code,name\nSINCE,Checked\n');
    await check(page);
    await changeBeforeCommit(page, 'Checked', 'Changed');
    await page.getByRole('button', { name: 'Import 1 row' }).click();
    const refusal = page.locator('.failure[role=alert]');
    await refusal.waitFor();
    expect(await refusal.innerText()).toContain('The files are not the ones that were checked');
    expect(await page.getByRole('button', { name: /^Import / }).count()).toBe(0);
    expect(await name()).toBeUndefined();
    await refusal.getByRole('button', { name: 'Check again' }).click();
    await page.getByRole('button', { name: 'Import 1 row' }).click();
    await page.waitForURL(/\/import\/[0-9a-f-]{36}$/);
    expect(await name()).toBe('Checked');
  });
});
