import type { Locator, Page } from 'playwright-core';
import { open, settled } from './browser.js';
import { newBenefit, save } from './entries.js';
import type { Api } from './harness.js';

/** The work list of finance as a person meets it. */

export const openWorkList = (page: Page, query = ''): Promise<void> => open(page, `/confirm?${query}`);

/** The checkbox of one value; `month` as printed: `Mar 2026`. */
export const boxOf = (page: Page, code: string, month: string): Locator =>
  page.getByRole('checkbox', { name: new RegExp(`^${code}, ${month}, `) });

/** The row, or on a small screen the card, of one value. */
export const rowOf = (page: Page, code: string, month: string): Locator =>
  page.locator('.confirm-table tbody tr, .confirm-card').filter({ has: boxOf(page, code, month) });

/** Presses the button of the bar that judges what is chosen, then the one of the dialog. */
export const confirmChosen = async (page: Page): Promise<void> => {
  await page
    .locator('.confirm-bar')
    .getByRole('button', { name: /^Confirm/ })
    .click();
  await page
    .getByRole('alertdialog')
    .getByRole('button', { name: /^Confirm/ })
    .click();
};

export const rejectChosen = async (page: Page, note: string): Promise<void> => {
  await page.locator('.confirm-bar').getByRole('button', { name: 'Reject with a note' }).click();
  await page.getByRole('alertdialog').getByRole('textbox').fill(note);
  await page
    .getByRole('alertdialog')
    .getByRole('button', { name: /^Reject/ })
    .click();
};

/** What was done, as the page says it. */
export const receiptOf = async (page: Page): Promise<string> => {
  const receipt = page.locator('.confirm-receipt p');
  await receipt.waitFor();
  await settled(page);
  return (await receipt.innerText()).trim();
};

/** A benefit with realised values, the first in August 2026, one month for each amount, reported by the manager of DIG. */
export const claimed = async (
  api: Api,
  amounts: readonly string[],
  more: Record<string, unknown> = {},
): Promise<string> => {
  const code = await newBenefit(api, more);
  const items = amounts.map((realised, at) => ({
    benefit: code,
    month: `2026-${String(8 - at).padStart(2, '0')}`,
    planned: '10',
    realised,
    evidence: 'Ledger 4711',
  }));
  const reply = await save(api, items);
  if (reply.status !== 200) throw new Error(reply.text);
  return code;
};
