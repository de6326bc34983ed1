import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchBrowser, open, settled, visit } from '../support/browser.js';
import { openedRecords, openedTrace, traceOf } from '../support/browser-numbers.js';
import { focusStop, unseenStops } from '../support/focus.js';
import { emailOf, PASSWORD, startApi, type Api } from '../support/harness.js';
import { tabTo } from '../support/keys.js';

let api: Api;
let browser: Browser;
beforeAll(async () => {
  [api, browser] = await Promise.all([startApi({ golden: true }), launchBrowser()]);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await api?.stop();
});

describe('Without a mouse', () => {
  test('one signs in, opens a number, its records, and comes back to it', async () => {
    await visit(browser, api, 'anonymous', { expected: [/401/] }, async (page) => {
      await page.goto('/?period=2026-Q4');
      await page.waitForURL('**/sign-in?**');
      await page.waitForFunction(() => document.activeElement?.id === 'email');
      await page.keyboard.type(emailOf('admin'));
      await page.keyboard.press('Tab');
      await page.keyboard.type(PASSWORD);
      await page.keyboard.press('Enter');
      await page.locator('.ledger').waitFor();
      await settled(page);

      await tabTo(page, ({ text }) => text === 'Skip to content');
      await page.keyboard.press('Enter');
      expect((await focusStop(page)).id).toBe('content');
      const number = await tabTo(page, ({ number }) => number === 'confirmed');
      await page.keyboard.press('Enter');
      const { value } = await openedTrace(page);
      expect(value).toBe((await traceOf(api, 'confirmed', { period: '2026-Q4' })).value);
      expect((await focusStop(page)).tag).toBe('H2');

      await tabTo(page, ({ text }) => /^View \d+ records$/.test(text));
      await page.keyboard.press('Enter');
      // Gone back to before the page is there, nothing was left.
      await openedRecords(page);
      await page.goBack();
      await openedTrace(page);
      await page.waitForFunction(() => document.activeElement?.getAttribute('data-num') === 'confirmed');
      await page.keyboard.press('Escape');
      await page.locator('#trace-panel').waitFor({ state: 'detached' });
      await page.waitForFunction((step) => document.activeElement?.getAttribute('data-num') === step, number.number);
    });
  });

  test('every stop of the overview is seen, and none is a trap', async () => {
    await visit(browser, api, 'admin', {}, async (page) => {
      await open(page, '/?period=2026-Q4');
      expect(await unseenStops(page, 'Tab', 300)).toEqual([]);
      expect((await focusStop(page)).tag).toBe('BODY');
      await tabTo(page, ({ text }) => text === 'Skip to content', 'Shift+Tab');
    });
  });

  test('a table is sorted, and the twin of a drawing opened', async () => {
    await visit(browser, api, 'admin', {}, async (page) => {
      await open(page, '/records?period=2026-Q4&of=realised');
      await tabTo(page, ({ text }) => text.startsWith('Amount'));
      await page.keyboard.press('Enter');
      const sorted = page.locator('th[aria-sort="descending"]');
      expect(await sorted.innerText()).toContain('Amount');
      const amounts = (await page.locator('tbody tr td.numeric:nth-of-type(3)').allInnerTexts()).map((text) =>
        Number(text.replaceAll(',', '').replace('\u2212', '-')),
      );
      expect(amounts.length).toBeGreaterThan(50);
      expect(amounts).toEqual([...amounts].sort((a, b) => b - a));
      await open(page, '/?period=2026-Q4');
      await tabTo(page, ({ tag }) => tag === 'SUMMARY');
      await page.keyboard.press('Enter');
      await page.locator('details[open] tbody').waitFor();
    });
  });

  test('one imports a file, reads its report and reverts it', async () => {
    await visit(browser, api, 'admin', {}, async (page) => {
      // Listened for from the start: Playwright takes a moment to get between the page and the window of the system.
      const chooser = page.waitForEvent('filechooser', { timeout: 30_000 });
      await open(page, '/');
      await tabTo(page, ({ text, tag }) => tag === 'A' && text === 'Import');
      await page.keyboard.press('Enter');
      // After a change of page the focus stands at its start.
      await page.waitForFunction(() => location.pathname === '/import' && document.activeElement?.id === 'content');
      await tabTo(page, ({ text }) => text === 'Choose files');
      await page.keyboard.press('Enter');
      await (
        await chooser
      ).setFiles({
        name: 'priorities.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from('code,name\nPR-K,By keyboard\n'),
      });
      await tabTo(page, ({ text }) => text === 'Check 1 file');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Check', exact: true }).waitFor();
      await tabTo(page, ({ text }) => text === 'Import 1 row');
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/import\/[0-9a-f-]{36}/);
      await settled(page);
      await tabTo(page, ({ text }) => text === 'Revert this import');
      await page.keyboard.press('Enter');
      await page.getByRole('alertdialog').waitFor();
      await tabTo(page, ({ text }) => text === 'Revert');
      await page.keyboard.press('Enter');
      await page.locator('.message', { hasText: 'everything is as it was' }).waitFor();
      await page.waitForFunction(() => document.activeElement?.id === 'content');
    });
  });

  test('the menus open, are walked, and give the focus back', async () => {
    await visit(browser, api, 'admin', {}, async (page) => {
      await open(page, '/export');
      await tabTo(page, ({ text }) => /^Display|^Theme|^Appearance/i.test(text));
      await page.keyboard.press('Enter');
      await page.getByRole('menu').waitFor();
      const dark = page.getByRole('menuitemradio', { name: 'Dark' });
      for (let presses = 0; presses < 10; presses += 1) {
        if (await dark.evaluate((item) => item === document.activeElement)) break;
        await page.keyboard.press('ArrowDown');
      }
      await page.keyboard.press('Enter');
      await page.waitForFunction(() => document.documentElement.dataset['theme'] === 'dark');
      await page.keyboard.press('Escape');
      await page.getByRole('menu').waitFor({ state: 'detached' });
      await page.waitForFunction(() => document.activeElement?.closest('.bar-end') !== null);
      await page.reload();
      expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark');
    });
  });

  test('two keys lead to a page, one to the period before, and none acts while one writes', async () => {
    await visit(browser, api, 'admin', {}, async (page) => {
      await open(page, '/?period=2026-Q4');
      await page.keyboard.press('[');
      await page.waitForURL('**period=2026-Q3**');
      await page.keyboard.press(']');
      await page.waitForURL('**period=2026-Q4**');
      // The quarter under way is the last one: no key leads to one that lies ahead.
      await page.keyboard.press(']');
      expect(new URL(page.url()).searchParams.get('period')).toBe('2026-Q4');
      await page.keyboard.press('g');
      await page.keyboard.press('r');
      await page.waitForURL('**/benefits?**');
      // The address changes before the page does: until then the key would lead to the filter of the page that is left.
      await page.getByRole('heading', { level: 1, name: 'Benefits' }).waitFor();
      await settled(page);
      expect(await page.locator('.rail [aria-current=page]').allInnerTexts()).toEqual(['Benefits']);
      await page.keyboard.press('/');
      await page.waitForFunction(() => document.activeElement?.matches('main input') === true);
      await page.keyboard.type('go?[');
      expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).value)).toBe('go?[');
      expect(new URL(page.url()).pathname).toBe('/benefits');
      expect(await page.getByRole('dialog').count()).toBe(0);
    });
  });

  test('a page that comes does not take the focus from what was chosen on it already', async () => {
    await visit(browser, api, 'admin', {}, async (page) => {
      await open(page, '/export');
      // As fast as a person never is: in the moment in which the filter is there.
      await page.evaluate(() => {
        new MutationObserver((_, observer) => {
          const filter = document.querySelector<HTMLElement>('.benefit-filters input');
          if (filter === null) return;
          observer.disconnect();
          filter.focus();
        }).observe(document.body, { childList: true, subtree: true });
      });
      await page.keyboard.press('g');
      await page.keyboard.press('r');
      await page.getByRole('heading', { level: 1, name: 'Benefits' }).waitFor();
      await settled(page);
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      expect(await page.evaluate(() => document.activeElement?.matches('.benefit-filters input'))).toBe(true);
    });
  });

  test('what is typed before the palette is there stands in its field, and is no key of the page', async () => {
    await visit(browser, api, 'admin', {}, async (page) => {
      let come = (): void => undefined;
      const late = new Promise<void>((done) => (come = done));
      await page.route('**/assets/dialogs*.js', async (request) => {
        await late;
        await request.continue();
      });
      await open(page, '/export?period=2026-Q4');
      await page.keyboard.press('Control+k');
      await page.keyboard.type('go benx');
      expect(await page.getByRole('dialog').count()).toBe(0);
      await page.keyboard.press('Backspace');
      come();
      const field = page.getByRole('textbox', { name: 'Page, record or action' });
      await field.waitFor();
      expect(await field.inputValue()).toBe('go ben');
      await page.keyboard.type('e');
      expect(await field.inputValue()).toBe('go bene');
      expect(new URL(page.url()).pathname).toBe('/export');
    });
  });

  test('the palette finds a record by its code, opens it, remembers it, and gives the focus back', async () => {
    await visit(browser, api, 'admin', {}, async (page) => {
      await open(page, '/export?period=2026-Q4');
      const help = page.getByRole('button', { name: 'Help' });
      await help.focus();
      await page.keyboard.press('Control+k');
      const palette = page.getByRole('dialog', { name: 'Search and commands' });
      await palette.waitFor();
      await page.keyboard.type('nothing has this name');
      await palette.getByText('No page, record or action is called').waitFor();
      await page.keyboard.press('Escape');
      await palette.waitFor({ state: 'detached' });
      await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'Help');

      await page.keyboard.press('Control+k');
      await palette.waitFor();
      await page.keyboard.type('ben-12');
      await palette.getByRole('option', { name: /BEN-12, benefit/ }).waitFor();
      await page.keyboard.press('Enter');
      await page.waitForURL('**/benefits/BEN-12?period=2026-Q4');
      await settled(page);
      await page.waitForFunction(() => document.activeElement?.id === 'content');
      await page.keyboard.press('Control+k');
      await palette
        .getByRole('group', { name: 'Recent' })
        .getByRole('option', { name: /BEN-12/ })
        .waitFor();
      await api.as('admin').post('/indicators', { code: 'CALLS', name: 'Calls answered', unit: 'calls' });
      await page.keyboard.type('calls answ');
      await palette.getByRole('option', { name: /CALLS/ }).waitFor();
      await page.keyboard.press('Enter');
      await page.waitForURL('**/indicators?period=2026-Q4&show=CALLS');
      await settled(page);
      await page.keyboard.press('Control+k');
      await page.keyboard.type('dark th');
      await palette.getByRole('option', { name: 'Dark theme' }).waitFor();
      await page.keyboard.press('Enter');
      await page.waitForFunction(() => document.documentElement.dataset['theme'] === 'dark');
    });
  });

  test('the help lists the keys that do something on the page', async () => {
    await visit(browser, api, 'admin', {}, async (page) => {
      await open(page, '/export');
      await page.keyboard.press('?');
      const help = page.getByRole('dialog', { name: 'Help' });
      await help.waitFor();
      const text = (await help.innerText()).replaceAll(/\s+/g, ' ');
      for (const words of [
        'g o Overview',
        'Ctrl K Search and commands',
        'p Present this page',
        'AC Actual',
        'x not available',
      ])
        expect(text).toContain(words);
      await page.keyboard.press('Escape');
      await help.waitFor({ state: 'detached' });
      expect(new URL(page.url()).pathname).toBe('/export');
    });
  });
});
