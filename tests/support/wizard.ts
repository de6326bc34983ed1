import { expect } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { open, settled } from './browser.js';

/** The steps of bringing one's own spreadsheet, as a person goes through them. */

export const csvFile = (name: string, content: string | Buffer) => ({
  name,
  mimeType: 'text/csv',
  buffer: typeof content === 'string' ? Buffer.from(content) : content,
});

export const atStep = (page: Page, step: string): Promise<void> =>
  page.locator('h2.step-heading', { hasText: step }).waitFor();

/** Chooses a file and goes on to the matching of its columns. */
export const bring = async (page: Page, name: string, content: string | Buffer): Promise<void> => {
  await open(page, '/import');
  await page.locator('input[type=file]').setInputFiles(csvFile(name, content));
  await page.getByRole('button', { name: 'Match the columns' }).click();
  await atStep(page, 'Match');
};

/** Adds one of our tables to those that the rows fill; it is open then. */
export const addTable = async (page: Page, label: string): Promise<void> => {
  const sections = page.locator('section.target');
  const before = await sections.count();
  await page.getByLabel(/^Each row (is|also holds)$/).selectOption({ label });
  await page.getByRole('button', { name: 'Add this table' }).click();
  await sections.nth(before).locator('button[aria-expanded=true]').waitFor();
};

export const fieldFor = (page: Page, header: string) =>
  page.getByRole('combobox', { name: `Field for ${header}`, exact: true });

/** Of the list that is open; the choices of a select have no such attribute. */
const optionOf = (page: Page, label: string) =>
  page.locator('[role=option]').filter({ has: page.getByText(label, { exact: true }) });

const isShown = (locator: Locator): Promise<boolean> =>
  locator.waitFor({ timeout: 3_000 }).then(
    () => true,
    () => false,
  );

/** Says which of our fields a column fills: by typing its name, and taking it. */
export const matchColumn = async (page: Page, header: string, label: string, place = 0): Promise<void> => {
  const field = fieldFor(page, header).nth(place);
  await field.click();
  await field.fill(label);
  // A list that closes while the page is drawn anew opens with the next key.
  for (let tries = 0; tries < 5 && !(await isShown(optionOf(page, label))); tries += 1) {
    await field.fill('');
    await field.fill(label);
  }
  await optionOf(page, label).click();
  // The field empties while it takes over what was chosen.
  for (let tries = 0; tries < 40 && (await field.inputValue()) !== label; tries += 1) await page.waitForTimeout(50);
  expect(await field.inputValue()).toBe(label);
};

/** What each column in sight fills, by its header. */
export const matched = (page: Page): Promise<Record<string, string>> =>
  page
    .locator('.match-table > tbody > tr')
    .evaluateAll((rows) =>
      Object.fromEntries(
        rows.map((row) => [
          (row.querySelector('.match-header')?.textContent ?? '').trim(),
          row.querySelector<HTMLInputElement>('input[role=combobox]')?.value ?? '',
        ]),
      ),
    );

/** Goes on to the check, and waits for its result. */
export const check = async (page: Page): Promise<string> => {
  await page.getByRole('button', { name: /^Check [\d,]+ rows?$/ }).click();
  await atStep(page, 'Check');
  return resultOfCheck(page);
};

export const resultOfCheck = (page: Page): Promise<string> =>
  page.getByRole('region', { name: 'Result of the check' }).locator('.panel-message').innerText();

export const checkAgain = async (page: Page): Promise<string> => {
  await page.getByRole('button', { name: 'Check again' }).click();
  await page.getByRole('button', { name: /^Go on/ }).waitFor();
  return resultOfCheck(page);
};

export const goOn = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: /^Go on/ }).click();
  await atStep(page, 'Confirm');
};

/** The footer of the table of counts: rows, new, changed, unchanged, left out. */
export const counts = async (page: Page): Promise<string[]> =>
  (await page.locator('.counts tfoot td').allInnerTexts()).map((text) => text.trim());

export const commit = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: /^Import [\d,]+ rows?$/ }).click();
  await page.waitForURL(/\/import\/[0-9a-f-]{36}/);
  await settled(page);
};

export const message = (page: Page): Promise<string> => page.locator('.message').innerText();

/** The row of a column of the file. */
export const columnRow = (page: Page, header: string) =>
  page
    .locator('.match-table > tbody > tr')
    .filter({ has: page.locator('th.match-column').getByText(header, { exact: true }) });

/** Opens how a column is read, where it is folded. */
export const openReading = async (page: Page, header: string): Promise<void> => {
  const reading = columnRow(page, header).locator('details.reading').first();
  if ((await reading.getAttribute('open')) === null) await reading.locator('summary').click();
};

/** One value for all rows, in a field that the file has no column for. */
export const giveValue = async (page: Page, label: string, value: string): Promise<void> => {
  const constants = page.getByRole('group', { name: 'The same value in every row' });
  const field = constants.getByLabel(new RegExp(`^${label}( \\(required\\))?$`));
  if ((await field.count()) === 0) {
    await constants.getByLabel('A field that the file has no column for').selectOption({ label });
    await constants.getByRole('button', { name: 'Give it a value' }).click();
  }
  if ((await field.evaluate((element) => element.tagName)) === 'SELECT') await field.selectOption(value);
  else await field.fill(value);
};

/** All columns of the file, also those that nothing uses yet. */
export const showAllColumns = async (page: Page): Promise<void> => {
  const more = page.getByRole('button', { name: /^Show \d+ more columns?$/ });
  if ((await more.count()) > 0) await more.click();
};

/** Brings the columns of the open table to what they shall be: what is not named is not used. */
export const matchOnly = async (page: Page, wanted: Readonly<Record<string, string>>): Promise<void> => {
  await showAllColumns(page);
  for (const [header, label] of Object.entries(await matched(page)))
    if (label !== 'Not used' && wanted[header] === undefined) await matchColumn(page, header, 'Not used');
  const now = await matched(page);
  for (const [header, label] of Object.entries(wanted))
    if (now[header] !== label) await matchColumn(page, header, label);
};

/** Says that only rows are meant where a column is filled. */
export const onlyWhereFilled = async (page: Page, header: string): Promise<void> => {
  const closed = page.getByText('All rows are meant');
  if ((await closed.count()) > 0) await closed.click();
  await page.getByLabel('Only rows where a column says so').selectOption({ label: header });
  await page.getByRole('button', { name: 'Add the condition' }).click();
};

/** The rows of each table in the counts of the confirmation: table, rows, new, changed, unchanged, left out. */
export const countsByTable = async (page: Page): Promise<Record<string, string[]>> => {
  const found: Record<string, string[]> = {};
  for (const row of await page.getByRole('region', { name: 'Rows by table' }).locator('tbody tr').all())
    found[(await row.locator('th').innerText()).trim()] = await row.locator('td').allInnerTexts();
  return found;
};

/** The totals of the confirmation: `Costs, actual (AC)` → before and after. */
export const totals = async (page: Page): Promise<Record<string, string[]>> => {
  const found: Record<string, string[]> = {};
  for (const row of await page.getByRole('region', { name: 'Totals before and after' }).locator('tbody tr').all())
    found[(await row.locator('th').innerText()).trim()] = (await row.locator('td.numeric').allInnerTexts()).map(
      (text) => text.trim(),
    );
  return found;
};

/** The rows fill this table and no other, whatever was suggested. */
export const onlyTable = async (page: Page, label: string): Promise<void> => {
  if ((await page.getByRole('heading', { name: label, exact: true }).count()) > 0) return;
  const others = page.getByRole('button', { name: /^Remove / });
  while ((await others.count()) > 0) await others.first().click();
  await addTable(page, label);
};
