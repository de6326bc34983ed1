import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, visit } from '../support/browser.js';
import { lockThrough, newBenefit, save, stored } from '../support/entries.js';
import {
  editedCells,
  focusedName,
  goTo,
  liveWords,
  openSheet,
  selectedCells,
  writesOf,
} from '../support/entry-page.js';
import { startApi, type Api } from '../support/harness.js';

/** The keys of a spreadsheet, each pressed as a person presses it. Nothing is saved, so all tests have the same rows. */

let api: Api;
let browser: Browser;
/** Three rows, one below the other: the first has 10, 20 and 30 from May to July 2026, the others nothing. */
let one: string;
let two: string;
let three: string;
const REPORTED = ['2026-05', '2026-06', '2026-07'];

beforeAll(async () => {
  [api, browser] = await Promise.all([startApi(), launchBrowser()]);
  [one, two, three] = [await newBenefit(api), await newBenefit(api), await newBenefit(api)];
  const items = REPORTED.map((month, at) => ({ benefit: one, month, realised: String((at + 1) * 10) }));
  expect((await save(api, items)).status).toBe(200);
}, 120_000);
afterEach(() => lockThrough(api, null));
afterAll(async () => {
  await browser?.close();
  await api?.stop();
});

const onSheet = async (task: (page: Page) => Promise<void>): Promise<void> => {
  await visit(browser, api, 'pm-dig', {}, async (page, { context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await openSheet(page, 'from=2026-03&to=2026-10');
    const writes = writesOf(page);
    await task(page);
    expect(writes).toEqual([]);
  });
  expect((await stored(api, one)).map((month) => month['realised'])).toEqual(['10.00', '20.00', '30.00']);
};

const press = async (page: Page, ...chords: string[]): Promise<void> => {
  for (const chord of chords) await page.keyboard.press(chord);
};

/** Keys with Ctrl that the page took for itself, so that the browser does not do its own: Ctrl+R would load anew. */
const watchTaken = (page: Page): Promise<void> =>
  page.evaluate(() =>
    addEventListener('keydown', ({ key, ctrlKey, defaultPrevented }) => {
      if (ctrlKey && defaultPrevented) document.body.dataset['taken'] = `${document.body.dataset['taken'] ?? ''}${key}`;
    }),
  );
const taken = (page: Page): Promise<string | undefined> => page.evaluate(() => document.body.dataset['taken']);

const onClipboard = async (page: Page): Promise<string[][]> => {
  const text = await page.evaluate(() => navigator.clipboard.readText());
  return text.split(/\r?\n/).map((line) => line.split('\t'));
};

describe('Fill', () => {
  test('Ctrl+D fills the first row of the selection into the rest, and one Ctrl+Z takes it back', () =>
    onSheet(async (page) => {
      await watchTaken(page);
      await goTo(page, one, 'May 2026');
      await press(page, 'Shift+ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowRight', 'Control+d');
      expect(await editedCells(page)).toEqual([
        `${two} May 2026: 10`,
        `${two} June 2026: 20`,
        `${three} May 2026: 10`,
        `${three} June 2026: 20`,
      ]);
      expect(await taken(page)).toBe('d');
      await press(page, 'Control+z');
      expect(await editedCells(page)).toEqual([]);
    }));

  test('Ctrl+D in one row fills from the row above, and in the first row nothing', () =>
    onSheet(async (page) => {
      await goTo(page, two, 'July 2026');
      await press(page, 'Control+d');
      expect(await editedCells(page)).toEqual([`${two} July 2026: 30`]);
      await goTo(page, one, 'May 2026');
      await press(page, 'Control+d');
      expect(await editedCells(page)).toEqual([`${two} July 2026: 30`]);
    }));

  test('Ctrl+R fills the first column into the rest, of one column from the left, where what is staged counts', () =>
    onSheet(async (page) => {
      await watchTaken(page);
      await goTo(page, one, 'May 2026');
      await press(page, 'Shift+ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowDown', 'Control+r');
      // The second row is as empty as it was.
      expect(await editedCells(page)).toEqual([`${one} June 2026: 10`, `${one} July 2026: 10`]);
      await goTo(page, one, 'August 2026');
      await press(page, 'Control+r');
      expect(await editedCells(page)).toEqual([
        `${one} June 2026: 10`,
        `${one} July 2026: 10`,
        `${one} August 2026: 10`,
      ]);
      expect(await taken(page)).toBe('rr');
      await goTo(page, two, 'March 2026');
      await press(page, 'Control+r');
      expect(await editedCells(page)).toHaveLength(3);
    }));
});

describe('Writing in a cell', () => {
  test('F2 opens what stands there, the arrows move in it, and Enter keeps it and goes down', () =>
    onSheet(async (page) => {
      await goTo(page, one, 'May 2026');
      await press(page, 'F2');
      const input = page.locator('[role=gridcell] input');
      expect(await input.inputValue()).toBe('10');
      await press(page, 'ArrowLeft');
      await page.keyboard.type('5');
      expect(await input.inputValue()).toBe('150');
      await press(page, 'Enter');
      expect(await editedCells(page)).toEqual([`${one} May 2026: 150`]);
      expect(await focusedName(page)).toContain(`${two} `);
      expect(await focusedName(page)).toContain(', May 2026, ');
    }));

  test('Escape leaves the cell as it was, and so does F2 without a change', () =>
    onSheet(async (page) => {
      await goTo(page, one, 'June 2026');
      await press(page, 'F2');
      await page.keyboard.type('7');
      await press(page, 'Escape');
      expect(await editedCells(page)).toEqual([]);
      expect(await focusedName(page)).toContain(', June 2026, USD, 20, ');
      await press(page, 'F2', 'Enter');
      expect(await editedCells(page)).toEqual([]);
    }));

  test('typing writes over what stands there, and an arrow keeps it and goes on', () =>
    onSheet(async (page) => {
      await goTo(page, one, 'June 2026');
      await page.keyboard.type('25');
      await press(page, 'ArrowRight');
      expect(await editedCells(page)).toEqual([`${one} June 2026: 25`]);
      expect(await focusedName(page)).toContain(', July 2026, ');
    }));

  test.each(['Delete', 'Backspace'])('%s empties all that is selected, in one step', (key) =>
    onSheet(async (page) => {
      await goTo(page, one, 'May 2026');
      await press(page, 'Shift+ArrowRight', key);
      expect(await editedCells(page)).toEqual([`${one} May 2026: `, `${one} June 2026: `]);
      expect(await focusedName(page)).toContain(', June 2026, USD, empty, edited');
      await press(page, 'Control+z');
      expect(await editedCells(page)).toEqual([]);
    }),
  );

  test('a locked month is left by Delete and by fill, and that is said', async () => {
    await lockThrough(api, '2026-05');
    await onSheet(async (page) => {
      await goTo(page, one, 'May 2026');
      await press(page, 'Shift+ArrowRight', 'Delete');
      expect(await editedCells(page)).toEqual([`${one} June 2026: `]);
      expect(await liveWords(page)).toBe('1 cell cannot be written and was left');
      await press(page, 'Control+z');
      await goTo(page, one, 'May 2026');
      await press(page, 'Shift+ArrowRight', 'Shift+ArrowDown', 'Control+d');
      expect(await editedCells(page)).toEqual([`${two} June 2026: 20`]);
      expect(await liveWords(page)).toBe('1 cell cannot be written and was left');
    });
  });
});

describe('The clipboard', () => {
  test('Ctrl+C takes what is selected and changes nothing; Ctrl+V puts it elsewhere in its shape', () =>
    onSheet(async (page) => {
      await goTo(page, one, 'May 2026');
      await press(page, 'Shift+ArrowRight', 'Shift+ArrowDown', 'Control+c');
      expect(await onClipboard(page)).toEqual([
        ['10', '20'],
        ['', ''],
      ]);
      expect(await editedCells(page)).toEqual([]);
      await goTo(page, two, 'September 2026');
      await press(page, 'Control+v');
      await page.getByText('4 cells pasted').first().waitFor();
      expect(await editedCells(page)).toEqual([`${two} September 2026: 10`, `${two} October 2026: 20`]);
    }));

  test('Ctrl+X takes it and empties where it was, in one step, and Ctrl+V puts it elsewhere', () =>
    onSheet(async (page) => {
      await goTo(page, one, 'June 2026');
      await press(page, 'Shift+ArrowRight', 'Control+x');
      expect(await onClipboard(page)).toEqual([['20', '30']]);
      expect(await editedCells(page)).toEqual([`${one} June 2026: `, `${one} July 2026: `]);
      await goTo(page, three, 'March 2026');
      await press(page, 'Control+v');
      await page.getByText('2 cells pasted').first().waitFor();
      expect(await editedCells(page)).toEqual([
        `${one} June 2026: `,
        `${one} July 2026: `,
        `${three} March 2026: 20`,
        `${three} April 2026: 30`,
      ]);
      await press(page, 'Control+z', 'Control+z');
      expect(await editedCells(page)).toEqual([]);
    }));
});

describe('The selection', () => {
  test('Shift with an arrow, Home or End moves one corner and leaves the other; Escape gives the one cell back', () =>
    onSheet(async (page) => {
      const cells = (...months: string[]) =>
        [one, two].flatMap((code) => months.map((month) => `${code} ${month} 2026`));
      await goTo(page, two, 'June 2026');
      expect(await selectedCells(page)).toEqual([`${two} June 2026`]);
      await press(page, 'Shift+ArrowUp', 'Shift+ArrowLeft');
      expect(await selectedCells(page)).toEqual(cells('May', 'June'));
      expect(await focusedName(page)).toContain(', May 2026, ');
      await press(page, 'Shift+ArrowRight', 'Shift+ArrowRight');
      expect(await selectedCells(page)).toEqual(cells('June', 'July'));
      await press(page, 'Shift+End');
      expect(await selectedCells(page)).toEqual(cells('June', 'July', 'August', 'September', 'October'));
      await press(page, 'Shift+Home');
      expect(await selectedCells(page)).toEqual(cells('March', 'April', 'May', 'June'));
      await press(page, 'Control+Shift+ArrowRight', 'Shift+ArrowDown');
      expect(await selectedCells(page)).toEqual(
        ['June', 'July', 'August', 'September', 'October'].map((month) => `${two} ${month} 2026`),
      );
      await press(page, 'Escape');
      expect(await selectedCells(page)).toEqual([`${two} October 2026`]);
      // Without Shift it goes on as one cell.
      await press(page, 'Shift+ArrowLeft', 'ArrowDown');
      expect(await selectedCells(page)).toEqual([`${three} September 2026`]);
      await press(page, 'Control+a');
      expect(await selectedCells(page)).toHaveLength(3 * 8);
    }));
});
