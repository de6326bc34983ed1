import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, open, settled, visit } from '../support/browser.js';
import { openedTrace, traceOf } from '../support/browser-numbers.js';
import { emailOf, PASSWORD, startApi, type Api } from '../support/harness.js';
import { GOLDEN_TABLES, loadTables } from '../support/load-tables.js';

let api: Api;
let browser: Browser;
beforeAll(async () => {
  [api, browser] = await Promise.all([startApi(), launchBrowser()]);
  await loadTables(api, GOLDEN_TABLES);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await api?.stop();
});

interface Focused {
  tag: string;
  text: string;
  id: string;
  number: string | null;
  /** Whether a ring is drawn, and whether nothing lies over the middle of the element. */
  isMarked: boolean;
  isUncovered: boolean;
}

const focused = (page: Page): Promise<Focused> =>
  page.evaluate(() => {
    const element = document.activeElement as HTMLElement;
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    return {
      tag: element.tagName,
      text: (element.getAttribute('aria-label') ?? element.textContent ?? '').trim(),
      id: element.id,
      number: element.getAttribute('data-num'),
      isMarked:
        (style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none',
      isUncovered: top !== null && (element.contains(top) || top.contains(element)),
    };
  });

/** Presses Tab until the focus is where it shall be; at each stop it must be seen. */
const tabTo = async (page: Page, isThere: (at: Focused) => boolean, key = 'Tab'): Promise<Focused> => {
  const passed: string[] = [];
  for (let presses = 0; presses < 120; presses += 1) {
    await page.keyboard.press(key);
    const at = await focused(page);
    if (at.tag !== 'BODY') {
      expect({ ...at, isMarked: true, isUncovered: true }).toEqual(at);
      if (isThere(at)) return at;
    }
    passed.push(at.text.slice(0, 20) || at.tag);
  }
  throw new Error(`Not reached by ${key}: passed ${passed.join(' | ')}`);
};

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
      expect((await focused(page)).id).toBe('content');
      const number = await tabTo(page, ({ number }) => number === 'confirmed');
      await page.keyboard.press('Enter');
      const { value } = await openedTrace(page);
      expect(value).toBe((await traceOf(api, 'confirmed', { period: '2026-Q4' })).value);
      expect((await focused(page)).tag).toBe('H2');

      await tabTo(page, ({ text }) => /^View \d+ records$/.test(text));
      await page.keyboard.press('Enter');
      await page.waitForURL('**/records?**');
      await page.locator('tfoot').waitFor();
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
      await tabTo(page, ({ text }) => text.startsWith('Show all'));
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
      await page.getByRole('heading', { name: '2 Check' }).waitFor();
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
});
