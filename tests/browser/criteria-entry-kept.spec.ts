import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { defectsInBothThemes } from '../support/axe.js';
import { launchBrowser, settled, visit } from '../support/browser.js';
import { openedTrace } from '../support/browser-numbers.js';
import { lockThrough, newBenefit, save, stored } from '../support/entries.js';
import { editedCells, focusedName, goTo, inGrid, openSheet, paste } from '../support/entry-page.js';
import { emailOf, startApi, type Api } from '../support/harness.js';
import { FINE, look } from '../support/layout.js';

let api: Api;
let browser: Browser;
beforeAll(async () => {
  [api, browser] = await Promise.all([startApi(), launchBrowser()]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await api?.stop();
});
afterEach(() => lockThrough(api, null));

const MONTHS = 'from=2026-03&to=2026-10';
const sheetOf = (code: string) => `${MONTHS}&q=${code}`;
const acceptDialogs = (page: Page) => page.on('dialog', (dialog) => void dialog.accept());
const CONFLICT = { expected: [/412/] };

describe('Criterion 15: undo, drafts, conflict', () => {
  test('one Ctrl+Z reverts a whole paste, and Ctrl+Y brings it back', async () => {
    const code = await newBenefit(api);
    await visit(browser, api, 'pm-dig', {}, async (page) => {
      await openSheet(page, sheetOf(code));
      await goTo(page, code, 'May 2026');
      await page.keyboard.type('5');
      await page.keyboard.press('Tab');
      await goTo(page, code, 'May 2026');
      await paste(page, '1\t2\t3\t4\n');
      expect(await editedCells(page)).toHaveLength(4);
      await page.keyboard.press('Control+z');
      expect(await editedCells(page)).toEqual([`${code} May 2026: 5`]);
      await page.keyboard.press('Control+y');
      expect(await editedCells(page)).toHaveLength(4);
    });
  });

  test('reload restores what is not saved, text that cannot be read among it, and for nobody else', async () => {
    const code = await newBenefit(api);
    await visit(browser, api, 'pm-dig', {}, async (page, { context }) => {
      acceptDialogs(page);
      await openSheet(page, sheetOf(code));
      await goTo(page, code, 'May 2026');
      await paste(page, '1\tNA\n');
      await page.reload();
      await settled(page);
      await page.getByText(/^2 changes of .* restored\. Nothing of it is saved yet\.$/).waitFor();
      expect(await editedCells(page)).toEqual([`${code} May 2026: 1`, `${code} June 2026: NA`]);
      // Another person at the same browser.
      const [name = '', value = ''] = (await api.cookieOf('admin')).split('=');
      await context.addCookies([{ name, value, url: api.origin }]);
      const other = await context.newPage();
      await openSheet(other, `${sheetOf(code)}&show=all`);
      expect(await editedCells(other)).toEqual([]);
    });
  });

  test('a session that ends keeps the draft', async () => {
    const code = await newBenefit(api);
    await visit(browser, api, 'pm-dig', { expected: [/401/] }, async (page, { context }) => {
      await openSheet(page, sheetOf(code));
      await goTo(page, code, 'May 2026');
      await paste(page, '1\n');
      const cookies = await context.cookies();
      await context.clearCookies();
      await page.keyboard.press('Control+s');
      await page.getByText('Your session has ended. What you entered is kept').waitFor();
      await context.addCookies(cookies);
      await page.getByRole('button', { name: 'Save 1' }).click();
      await page.getByText('1 value of 1 benefit saved').waitFor();
    });
  });

  test('leaving warns', async () => {
    const code = await newBenefit(api);
    await visit(browser, api, 'pm-dig', {}, async (page) => {
      const asked: string[] = [];
      await openSheet(page, sheetOf(code));
      await goTo(page, code, 'May 2026');
      await page.keyboard.type('7');
      await page.keyboard.press('Enter');
      await page.getByRole('link', { name: 'Chain', exact: true }).click();
      await page.getByRole('alertdialog', { name: 'Leave without saving?' }).waitFor();
      await page.getByRole('button', { name: 'Stay' }).click();
      expect(new URL(page.url()).pathname).toBe('/enter');
      page.on('dialog', (dialog) => {
        asked.push(dialog.type());
        void dialog.accept();
      });
      await page.reload();
      expect(asked).toEqual(['beforeunload']);
    });
  });

  test.each([
    ['Keep mine', '12.00'],
    ['Take theirs', '11.00'],
  ])(
    'a concurrent change shows both values and its author before anything is written over: %s',
    async (choice, kept) => {
      const code = await newBenefit(api);
      await save(api, [{ benefit: code, month: '2026-05', forecast: '10' }]);
      await visit(browser, api, 'pm-dig', CONFLICT, async (page) => {
        acceptDialogs(page);
        await openSheet(page, `${sheetOf(code)}&as=FC`);
        await goTo(page, code, 'May 2026');
        await page.keyboard.type('12');
        await page.keyboard.press('Enter');
        await save(api, [{ benefit: code, month: '2026-05', forecast: '11', version: 1 }], {}, 'admin');
        await page.keyboard.press('Control+s');
        const dialog = page.getByRole('alertdialog', { name: 'Saved by someone else meanwhile' });
        await dialog.waitFor();
        const cell = dialog.getByRole('group', { name: `Row 1 (${code}), May 2026, forecast` });
        expect(await cell.locator('dd').allInnerTexts()).toEqual(['11 USD', '12 USD', '10 USD']);
        expect((await cell.locator('dt').allInnerTexts())[0]).toContain(emailOf('admin'));
        expect((await stored(api, code))[0]).toMatchObject({ forecast: '11.00', version: 2 });
        await cell.getByRole('button', { name: choice }).click();
        await dialog.waitFor({ state: 'detached' });
        if (choice === 'Keep mine') {
          await page.getByRole('button', { name: 'Save 1' }).click();
          await page.getByText('1 value of 1 benefit saved').waitFor();
        } else expect(await editedCells(page)).toEqual([]);
      });
      expect((await stored(api, code))[0]).toMatchObject({ forecast: kept });
    },
  );

  test('where only another value of the month changed there is nothing to choose', async () => {
    const code = await newBenefit(api);
    await save(api, [{ benefit: code, month: '2026-05', forecast: '10' }]);
    await visit(browser, api, 'pm-dig', CONFLICT, async (page) => {
      await openSheet(page, sheetOf(code));
      await goTo(page, code, 'May 2026');
      await page.keyboard.type('12');
      await page.keyboard.press('Enter');
      await save(api, [{ benefit: code, month: '2026-05', forecast: '11', version: 1 }], {}, 'admin');
      await page.keyboard.press('Control+s');
      await page.getByText('1 value of 1 benefit saved').waitFor();
    });
    expect((await stored(api, code))[0]).toMatchObject({ forecast: '11.00', realised: '12.00' });
  });
});

describe('A locked month', () => {
  test('explains itself at Enter, and is restated with a reason only; the receipt takes it back', async () => {
    const code = await newBenefit(api);
    await save(api, [{ benefit: code, month: '2026-05', realised: '10' }]);
    await lockThrough(api, '2026-06');
    await visit(browser, api, 'pm-dig', {}, async (page) => {
      await openSheet(page, sheetOf(code));
      await goTo(page, code, 'May 2026');
      const before = `${code} ${code.replace(/^BEN-0*/, 'Benefit ')}, May 2026, USD, 10, provisional, locked`;
      expect(await focusedName(page)).toBe(before);
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Restate with a reason' }).click();
      await inGrid(page);
      await page.keyboard.type('12');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Control+s');
      const lack = page.getByRole('link', { name: 'Reason: a saved or locked value changes. Say why.' });
      await lack.click();
      await page.keyboard.type('counted twice');
      await page.keyboard.press('Control+s');
      await page.getByText('1 value of 1 benefit saved').waitFor();
      expect((await stored(api, code))[0]).toMatchObject({ realised: '12.00' });
      await page.getByRole('button', { name: 'Undo this entry', exact: true }).click();
      await page.getByText('Undone: 1 value is as before.').waitFor();
      await page.getByRole('gridcell', { name: before, exact: true }).waitFor();
      expect(await page.getByRole('button', { name: 'Undo this entry' }).count()).toBe(0);
    });
    // Not forgotten: taken back by a revision of its own.
    expect(await stored(api, code)).toMatchObject([{ month: '2026-05', realised: '10.00', version: 3 }]);
  });
});

describe('Criterion 9: keyboard only', () => {
  test('enter, paste and save three values, and trace one', async () => {
    const code = await newBenefit(api);
    await visit(browser, api, 'pm-dig', {}, async (page) => {
      await openSheet(page, sheetOf(code));
      for (let presses = 0; presses < 60; presses += 1) {
        await page.keyboard.press('Tab');
        if ((await page.evaluate(() => document.activeElement?.getAttribute('role'))) === 'gridcell') break;
      }
      await page.keyboard.press('Home');
      await page.keyboard.press('Control+Home');
      expect(await focusedName(page)).toContain(', March 2026, ');
      await page.keyboard.type('1.5');
      await page.keyboard.press('Tab');
      await paste(page, '2\t3\n');
      await page.keyboard.press('Control+s');
      await page.getByText('3 values of 1 benefit saved').waitFor();
      expect(await focusedName(page)).toContain(', April 2026, ');
      await page.keyboard.press('Alt+Enter');
      // The month itself, as it is stored now.
      await page.getByRole('heading', { name: new RegExp(`Realised value of ${code} .*, 2026-04$`) }).waitFor();
      expect((await openedTrace(page)).value).toBe('2.00');
      await page.keyboard.press('Escape');
      await inGrid(page);
      expect(await focusedName(page)).toContain(', April 2026, ');
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).not.toBe('gridcell');
    });
    expect((await stored(api, code)).map((month) => month['realised'])).toEqual(['1.50', '2.00', '3.00']);
  });
});

describe('The page as a whole', () => {
  test('axe finds nothing in light and dark, with problems, warnings and changes on it; nothing overlaps at any width', async () => {
    const code = await newBenefit(api);
    await save(api, [{ benefit: code, month: '2026-03', planned: '9', realised: '10' }]);
    for (const width of [1440, 1024, 360])
      await visit(browser, api, 'pm-dig', { width }, async (page) => {
        acceptDialogs(page);
        if (width > 700) {
          await openSheet(page, MONTHS);
          await goTo(page, code, 'May 2026');
          await paste(page, '1000\tNA\n');
        } else {
          await page.goto(`/enter?${sheetOf(code)}`);
          await settled(page);
          await page.locator('.entry-list-head').click();
          await page.getByLabel('May 2026').fill('NA');
          await page.getByLabel('May 2026').blur();
          await page.getByText("'NA' is not a number.").first().waitFor();
        }
        expect(await defectsInBothThemes(page)).toEqual({ light: [], dark: [] });
        expect(await look(page)).toEqual(FINE);
      });
  }, 120_000);
});
