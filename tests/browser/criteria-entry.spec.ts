import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchBrowser, visit } from '../support/browser.js';
import { newBenefit, stored } from '../support/entries.js';
import {
  cellOf,
  editedCells,
  focusedName,
  goTo,
  inGrid,
  liveWords,
  openSheet,
  paste,
  writesOf,
} from '../support/entry-page.js';
import { startApi, type Api } from '../support/harness.js';
import { download } from '../support/imports.js';
import { sheetsOf } from '../support/workbook.js';

let api: Api;
let browser: Browser;
let codes: string[];
beforeAll(async () => {
  [api, browser] = await Promise.all([startApi(), launchBrowser()]);
  codes = [];
  for (let at = 0; at < 4; at += 1) codes.push(await newBenefit(api, { name: `Measure ${at + 1}` }));
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await api?.stop();
});

const MONTHS = 'from=2026-03&to=2026-10';

describe('Criterion 12: the shape of a paste', () => {
  test('a 3×4 TSV with CRLF and a final newline changes exactly 12 cells, and the row below is untouched', async () => {
    await visit(browser, api, 'pm-dig', {}, async (page) => {
      await openSheet(page, MONTHS);
      await goTo(page, codes[0]!, 'May 2026');
      await paste(page, '1\t2\t3\t4\r\n5\t6\t7\t8\r\n9\t10\t11\t12\r\n');
      const months = ['May', 'June', 'July', 'August'];
      const wanted = [0, 1, 2].flatMap((row) =>
        months.map((month, col) => `${codes[row]} ${month} 2026: ${row * 4 + col + 1}`),
      );
      expect(await editedCells(page)).toEqual(wanted);
      expect(await page.locator('.entry-bar-words').innerText()).toMatch(/^12 changes in 3 rows/);
      expect(await liveWords(page)).toBe('12 cells pasted');
      expect(await cellOf(page, codes[3]!, 'May 2026').innerText()).toBe('');
      page.on('dialog', (dialog) => void dialog.accept());
    });
  });

  test('a quoted cell that holds a tab and a newline lands in one cell', async () => {
    await visit(browser, api, 'pm-dig', {}, async (page) => {
      await openSheet(page, MONTHS);
      await goTo(page, codes[0]!, 'May 2026');
      await paste(page, '"one\ttwo\r\nthree"\t7\r\n');
      expect(await editedCells(page)).toEqual([`${codes[0]} May 2026: one\ttwo\r\nthree`, `${codes[0]} June 2026: 7`]);
    });
  });

  test('what lies beyond the edge is reported with its count, and wraps nowhere', async () => {
    await visit(browser, api, 'pm-dig', {}, async (page) => {
      await openSheet(page, MONTHS);
      await goTo(page, codes[3]!, 'September 2026');
      await paste(page, '1\t2\t31\n4\t5\t6\n');
      expect(await editedCells(page)).toEqual([`${codes[3]} September 2026: 1`, `${codes[3]} October 2026: 2`]);
      expect(await liveWords(page)).toBe('2 cells pasted, 4 did not fit');
      expect(await page.getByTestId('entry-pasted').innerText()).toContain('4 cells did not fit: 31, 4, 5, 6.');
    });
  });

  test('one value fills what is selected, a header of these months is left out, and what is not mine is skipped', async () => {
    const foreign = await newBenefit(api, { name: 'Of another portfolio', portfolioCode: 'CORE' });
    await visit(browser, api, 'pm-dig', {}, async (page) => {
      await openSheet(page, `${MONTHS}&show=all`);
      await goTo(page, codes[2]!, 'May 2026');
      await page.keyboard.press('Shift+ArrowRight');
      await page.keyboard.press('Shift+ArrowDown');
      await paste(page, '7');
      expect(await editedCells(page)).toHaveLength(4);
      await page.keyboard.press('Control+z');
      await goTo(page, codes[3]!, 'May 2026');
      await paste(page, 'May 2026\tJune 2026\n1\t2\n3\t4\n');
      expect(await editedCells(page)).toEqual([`${codes[3]} May 2026: 1`, `${codes[3]} June 2026: 2`]);
      expect(await liveWords(page)).toBe('2 cells pasted, 2 skipped');
      expect(await page.getByTestId('entry-pasted').innerText()).toContain(
        `${foreign}, May 2026 is not yours to write`,
      );
    });
  });
});

describe('Criterion 13: what cannot be read', () => {
  test('NA stays visible and is marked, a focused summary leads to its cell, nothing is sent before Save, and Save 11 valid saves 11', async () => {
    await visit(browser, api, 'pm-dig', {}, async (page) => {
      const writes = writesOf(page);
      await openSheet(page, MONTHS);
      await goTo(page, codes[0]!, 'May 2026');
      await paste(page, '1\t2\t3\t4\r\n5\t6\t7\tNA\r\n9\t10\t11\t12\r\n');
      const invalid = cellOf(page, codes[1]!, 'August 2026');
      expect(await invalid.locator('.entry-text').innerText()).toBe('NA');
      expect(await invalid.getAttribute('aria-invalid')).toBe('true');
      expect(await liveWords(page)).toBe('12 cells pasted, 1 problem');
      const focused = await page.evaluate(
        () => document.activeElement?.matches('.entry-problems') && document.activeElement.textContent,
      );
      const sentence = `Row 2 (${codes[1]}), Aug 2026: 'NA' is not a number. Enter a number or leave empty.`;
      expect(focused).toContain(sentence);
      await page.getByRole('link', { name: sentence }).click();
      expect(await focusedName(page)).toBe(
        `${codes[1]} Measure 2, August 2026, USD, NA, edited, problem: 'NA' is not a number. Enter a number or leave empty.`,
      );
      expect(writes).toEqual([]);
      await page.getByRole('button', { name: 'Save 11 valid' }).click();
      await page.getByText('11 values of 3 benefits saved').waitFor();
      expect(writes).toEqual(['PUT /api/v1/entry']);
      expect(await editedCells(page)).toEqual([`${codes[1]} August 2026: NA`]);
    });
    const realised = await Promise.all(codes.slice(0, 3).map((code) => stored(api, code)));
    expect(realised.flat().map((month) => month['realised'])).toEqual(
      ['1', '2', '3', '4', '5', '6', '7', '9', '10', '11', '12'].map((value) => `${value}.00`),
    );
  });
});

describe('Criterion 14: the numbers of a locale', () => {
  test('with de-DE 1.234,5 is 1234.5, 1.234 opens one choice with both readings, and what is shown has a decimal comma', async () => {
    const code = await newBenefit(api, { name: 'Nach Land' });
    await visit(browser, api, 'pm-dig', { locale: 'de-DE' }, async (german) => {
      await openSheet(german, `${MONTHS}&q=${code}`);
      await goTo(german, code, 'May 2026');
      await paste(german, '1.234,5\t1.234');
      // The first cell shows the notation of both: there is nothing to ask.
      expect(await german.getByRole('alertdialog').count()).toBe(0);
      expect(await editedCells(german)).toEqual([`${code} May 2026: 1.234,5`, `${code} June 2026: 1.234`]);
      await german.keyboard.press('Control+z');
      await paste(german, '1.234\t2.500\n');
      const question = german.getByRole('alertdialog', { name: 'How is 1.234 meant?' });
      await question.waitFor();
      expect(await question.getByRole('button').allInnerTexts()).toEqual([
        '1.234 (decimal comma)',
        '1,234 (decimal point)',
        'Do not paste',
      ]);
      expect(await editedCells(german)).toEqual([]);
      await question.getByRole('button', { name: '1,234 (decimal point)' }).click();
      await inGrid(german);
      expect(await editedCells(german)).toEqual([`${code} May 2026: 1,234`, `${code} June 2026: 2,5`]);
      await german.keyboard.press('Control+z');
      // One value would fill both cells that are still selected.
      await goTo(german, code, 'May 2026');
      await paste(german, '1.234,5\n');
      await german.keyboard.press('Control+s');
      await german.getByText('1 value of 1 benefit saved').waitFor();
      expect(await cellOf(german, code, 'May 2026').locator('.entry-text').innerText()).toBe('1.234,5');
    });
    expect((await stored(api, code)).map((month) => month['realised'])).toEqual(['1234.50']);
    // A cell of type n, which is the default, holds the number itself.
    const sheets = await sheetsOf(await download(api, '/exports/data.xlsx'));
    expect(sheets.some((xml) => /<c r="[A-Z]+\d+"(?![^>]* t="(?!n"))[^>]*><v>1234\.50?<\/v>/.test(xml))).toBe(true);
    expect(sheets.some((xml) => /t="[^"]+"[^>]*>(<v>|<is><t>)1234[.,]5/.test(xml.replaceAll(' t="n"', '')))).toBe(
      false,
    );
  });
});
