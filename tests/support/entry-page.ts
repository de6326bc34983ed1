import type { Locator, Page } from 'playwright-core';
import { open } from './browser.js';

/** The entry grid as a person meets it. */

export const openSheet = async (page: Page, query = ''): Promise<void> => {
  await open(page, `/enter?${query}`);
  await page.locator('[role=grid]').waitFor();
};

/** A cell by its measure and its month in words: `August 2026`. */
export const cellOf = (page: Page, code: string, month: string): Locator =>
  page.locator(`[role=gridcell][aria-label^="${code} "][aria-label*=", ${month}, "]`);

/** What a person needs to see of a cell to click it where it stands: a script's click scrolls to what nobody sees. */
export const IN_SIGHT = { isInSheet: true, isBesideFrozen: true, isOnTop: true };

/** @returns whether it lies within the sheet's frame, right of the columns that stay, and under nothing else */
export const sightOf = (cell: Locator): Promise<typeof IN_SIGHT> =>
  cell.evaluate((element) => {
    const box = element.getBoundingClientRect();
    const sheet = element.closest('.entry-scroll')!.getBoundingClientRect();
    const frozen = element.parentElement!.querySelector('.entry-frozen')!.getBoundingClientRect();
    return {
      isInSheet:
        box.left >= sheet.left && box.right <= sheet.right && box.top >= sheet.top && box.bottom <= sheet.bottom,
      isBesideFrozen: box.left >= frozen.right - 1,
      isOnTop: element.contains(document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)),
    };
  });

/** Clicks a cell, so that it has the focus and is all that is selected. */
export const goTo = (page: Page, code: string, month: string): Promise<void> => cellOf(page, code, month).click();

/** What Ctrl+V does with this text on the clipboard, where the focus is. */
export const paste = (page: Page, text: string): Promise<void> =>
  page.evaluate((plain) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', plain);
    clipboardData.setData('text/html', '<table><tr><td>not this</td></tr></table>');
    document.activeElement!.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    );
  }, text);

/** Cells that are changed and not saved, as `code month: text`. */
export const editedCells = (page: Page): Promise<string[]> =>
  page.locator('[role=gridcell][data-edited]').evaluateAll((cells) =>
    cells.map((cell) => {
      const [measure = '', month = ''] = (cell.getAttribute('aria-label') ?? '').split(', ');
      return `${measure.split(' ')[0]} ${month}: ${cell.querySelector('.entry-text')?.textContent}`;
    }),
  );

/** What is selected, row by row, as `code month`. */
export const selectedCells = (page: Page): Promise<string[]> =>
  page.locator('[role=gridcell][aria-selected=true]').evaluateAll((cells) =>
    cells.map((cell) => {
      const [measure = '', month = ''] = (cell.getAttribute('aria-label') ?? '').split(', ');
      return `${measure.split(' ')[0]} ${month}`;
    }),
  );

/** What stands in the cell that has the focus. */
export const focusedName = (page: Page): Promise<string | null> =>
  page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? null);

export const liveWords = (page: Page): Promise<string> => page.getByTestId('entry-live').innerText();

/** Requests that would change something, from now on. */
export const writesOf = (page: Page): string[] => {
  const writes: string[] = [];
  page.on('request', (request) => {
    if (request.method() !== 'GET') writes.push(`${request.method()} ${new URL(request.url()).pathname}`);
  });
  return writes;
};

/** Waits until the focus is in a cell again: a dialog hands it back once it is gone. */
export const inGrid = async (page: Page): Promise<void> => {
  await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'gridcell');
};
