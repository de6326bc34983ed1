import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { open, settled } from './browser.js';

/** The steps of bringing one's own spreadsheet, as a person goes through them. */

export const csvFile = (name: string, content: string | Buffer) => ({
  name,
  mimeType: 'text/csv',
  buffer: typeof content === 'string' ? Buffer.from(content) : content,
});

const atStep = (page: Page, step: string): Promise<void> =>
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
  await page.getByLabel(/^Each row (is|also holds)$/).selectOption({ label });
  await page.getByRole('button', { name: 'Add this table' }).click();
  await page
    .getByRole('button', { name: `Fold ${label}` })
    .first()
    .waitFor();
};

export const fieldFor = (page: Page, header: string) =>
  page.getByRole('combobox', { name: `Field for ${header}`, exact: true });

const optionOf = (page: Page, label: string) =>
  page.getByRole('option').filter({ has: page.getByText(label, { exact: true }) });

/** Says which of our fields a column fills: by typing its name, and taking it. */
export const matchColumn = async (page: Page, header: string, label: string, place = 0): Promise<void> => {
  const field = fieldFor(page, header).nth(place);
  await field.click();
  await field.fill(label);
  await optionOf(page, label).click();
  expect(await field.inputValue()).toBe(label);
};

/** What each column in sight fills, by its header. */
export const matched = async (page: Page): Promise<Record<string, string>> => {
  const found: Record<string, string> = {};
  for (const row of await page.locator('.match-table tbody tr').all()) {
    const header = (await row.locator('th .match-header').innerText()).trim();
    found[header] = await row.getByRole('combobox').first().inputValue();
  }
  return found;
};

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
