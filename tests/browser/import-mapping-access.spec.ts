import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { defectsInBothThemes } from '../support/axe.js';
import { launchBrowser, open, visit } from '../support/browser.js';
import { startApi, type Api } from '../support/harness.js';
import { tabTo } from '../support/keys.js';
import { FINE, look } from '../support/layout.js';
import { atStep, bring, check, goOn, matchOnly, onlyTable } from '../support/wizard.js';

let api: Api;
let browser: Browser;
beforeAll(async () => {
  [api, browser] = await Promise.all([startApi({ golden: true }), launchBrowser()]);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await api?.stop();
});

/** Something of everything: words to choose, texts for no value, a scale, two readings, codes that are not there. */
const FILE = [
  'Project ID;Title;State;Start;Budget (m)',
  'P-1;Claims automation;In flight;03/04/2025;1.234',
  'P-2;Quotes;In flight;05/06/2025;2.345',
  'P-3;Portal;Parked;07/08/2025;NA',
  ';No code;Active;09/10/2025;3.456',
].join('\n');

const matchProjects = async (page: Page): Promise<void> => {
  await onlyTable(page, 'Investments');
  await matchOnly(page, { 'Project ID': 'Code', Title: 'Name', State: 'Status', Start: 'Start month' });
};

const toCheck = async (page: Page): Promise<void> => {
  await matchProjects(page);
  await page.getByRole('radio', { name: /the day stands first/ }).check();
  expect(await check(page)).toBe('4 rows: 0 without an error, 4 with errors.');
};

const toConfirm = async (page: Page): Promise<void> => {
  await matchProjects(page);
  await page.getByRole('radio', { name: /the day stands first/ }).check();
  await page.getByLabel('Status for In flight').selectOption('active');
  await page.getByLabel('Status for Parked').selectOption('stopped');
  expect(await check(page)).toBe('4 rows: 3 without an error, 1 with errors.');
  await goOn(page);
};

const STATES: [string, (page: Page) => Promise<void>][] = [
  ['Match', matchProjects],
  ['Check', toCheck],
  ['Confirm', toConfirm],
];

describe.each(STATES)('The step “%s”', (_name, reach) => {
  test('has no defect that axe finds, in light and in dark', async () => {
    await visit(browser, api, 'admin', {}, async (page) => {
      await bring(page, 'projects.csv', FILE);
      await reach(page);
      expect(await defectsInBothThemes(page)).toEqual({ light: [], dark: [] });
    });
  });

  test.each([
    [360, 740],
    [1024, 768],
  ])('fits a window of %d × %d', async (width, height) => {
    await visit(browser, api, 'admin', { width, height }, async (page) => {
      await bring(page, 'projects.csv', FILE);
      await reach(page);
      expect(await look(page)).toEqual(FINE);
    });
  });
});

describe('Without a mouse', () => {
  test('cells are pasted, matched, checked, imported and taken back; each step takes the focus at its heading', async () => {
    await visit(browser, api, 'admin', {}, async (page) => {
      await open(page, '/import');
      await tabTo(page, ({ text, tag }) => tag === 'SUMMARY' && text.startsWith('Or paste cells'));
      await page.keyboard.press('Enter');
      await tabTo(page, ({ tag }) => tag === 'TEXTAREA');
      await page.keyboard.insertText('Ref\tWhat it is\tNotes\nKEY-1\tBy keyboard\tone\nKEY-2\tBy keys, too\ttwo\n');
      await tabTo(page, ({ text }) => text === 'Use these cells');
      await page.keyboard.press('Enter');
      await tabTo(page, ({ text }) => text === 'Match the columns');
      await page.keyboard.press('Enter');
      await atStep(page, 'Match');
      await page.waitForFunction(() => document.activeElement?.textContent === 'Match');

      // Whatever was suggested is taken away; the table is chosen by its name.
      for (let left = await page.getByRole('button', { name: /^Remove / }).count(); left > 0; left -= 1) {
        await tabTo(page, ({ text }) => text.startsWith('Remove '));
        await page.keyboard.press('Enter');
      }
      await page.locator('#which-table').focus();
      await page.keyboard.type('Priorities');
      await tabTo(page, ({ text }) => text === 'Add this table');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Fold Priorities' }).waitFor();
      for (const [header, field] of [
        ['Ref', 'Code'],
        ['What it is', 'Name'],
        ['Notes', 'Description'],
      ]) {
        // The first one lies above the button that added the table, each other one below the one before.
        await tabTo(page, ({ text }) => text === `Field for ${header}`, header === 'Ref' ? 'Shift+Tab' : 'Tab');
        await page.keyboard.press('Control+a');
        await page.keyboard.type(field!);
        await page.keyboard.press('ArrowDown');
        await page.keyboard.press('Enter');
        await page.keyboard.press('Escape');
      }
      await tabTo(page, ({ text }) => text === 'Check 2 rows');
      await page.keyboard.press('Enter');
      await atStep(page, 'Check');
      await page.getByRole('button', { name: 'Go on' }).waitFor();
      await tabTo(page, ({ text }) => text === 'Go on');
      await page.keyboard.press('Enter');
      await atStep(page, 'Confirm');
      await page.waitForFunction(() => document.activeElement?.textContent === 'Confirm');
      await tabTo(page, ({ text }) => text === 'Import 2 rows');
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/import\/[0-9a-f-]{36}/);
      await page.locator('.message', { hasText: 'Imported: 2 rows new.' }).waitFor();
      expect(await api.sql(`select name, description from priorities where code like 'KEY-%' order by code`)).toEqual([
        { name: 'By keyboard', description: 'one' },
        { name: 'By keys, too', description: 'two' },
      ]);
      await tabTo(page, ({ text }) => text === 'Revert this import');
      await page.keyboard.press('Enter');
      await page.getByRole('alertdialog').waitFor();
      await tabTo(page, ({ text }) => text === 'Revert');
      await page.keyboard.press('Enter');
      await page.locator('.message', { hasText: 'everything is as it was before this import' }).waitFor();
    });
  });
});
