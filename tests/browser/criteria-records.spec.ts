import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { defectsInBothThemes } from '../support/axe.js';
import { launchBrowser, open, settled, visit } from '../support/browser.js';
import { openedRecords, openedTrace } from '../support/browser-numbers.js';
import { arrived, focusStop, type FocusStop } from '../support/focus.js';
import { startApi, type Api } from '../support/harness.js';
import { FINE, look } from '../support/layout.js';

let api: Api;
let browser: Browser;
beforeAll(async () => {
  [api, browser] = await Promise.all([startApi({ golden: true }), launchBrowser()]);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await api?.stop();
});

const PERIOD = 'period=2026-Q4';

/** Presses Tab until the focus is where it shall be; at each stop it must be seen. */
const tabTo = async (page: Page, isThere: (at: FocusStop) => boolean): Promise<FocusStop> => {
  for (let presses = 0; presses < 200; presses += 1) {
    await page.keyboard.press('Tab');
    const at = await focusStop(page);
    if (at.tag === 'BODY') continue;
    expect({ ...at, isMarked: true, isUncovered: true }).toEqual(at);
    if (isThere(at)) return at;
  }
  throw new Error('Not reached by Tab');
};

describe('Criterion 9: keyboard only', () => {
  test('overview → number → formula → records → record → audit', async () => {
    await visit(browser, api, 'admin', {}, async (page) => {
      await open(page, `/?${PERIOD}`);
      await tabTo(page, ({ number }) => number === 'confirmed');
      await page.keyboard.press('Enter');
      await openedTrace(page);
      await tabTo(page, ({ text }) => /^View \d+ records$/.test(text));
      await page.keyboard.press('Enter');
      await openedRecords(page);
      await tabTo(page, ({ text }) => /^BEN-\d+$/.test(text));
      const code = (await focusStop(page)).text;
      await page.keyboard.press('Enter');
      await page.waitForURL(`**/benefits/${code}?**#values`);
      await settled(page);
      // Each month is a number that can be opened: the page has a key for what stands behind them.
      await page.locator('.record-history').waitFor();
      await settled(page);
      await arrived(page);
      await page.keyboard.press('7');
      await page.waitForFunction(() => document.activeElement?.id === 'benefit-section-7');
      await tabTo(page, ({ text }) => text === 'import');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/audit?**seq=**');
      await settled(page);
      expect(await page.locator('.event-facts').innerText()).toContain('265 created');
    });
  });

  test('a register is filtered, sorted and opened', async () => {
    await visit(browser, api, 'admin', {}, async (page) => {
      await open(page, `/benefits?${PERIOD}`);
      await page.keyboard.press('/');
      await page.waitForFunction(() => document.activeElement?.getAttribute('type') === 'search');
      await page.keyboard.type('BEN-1');
      await page.waitForURL('**q=BEN-1**');
      await settled(page);
      expect(await page.locator('.benefit-line').count()).toBe(8);
      await tabTo(page, ({ text }) => text.startsWith('Name'));
      await page.keyboard.press('Enter');
      await page.waitForURL(/sort=-?name/);
      await settled(page);
      // The lines are a grid, and one stop of the Tab key.
      await tabTo(page, ({ number }) => number?.startsWith('listed.') ?? false);
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Home');
      for (let lines = 0; lines < 8 && (await focusStop(page)).text !== 'Benefit 12'; lines += 1)
        await page.keyboard.press('ArrowDown');
      expect((await focusStop(page)).text).toBe('Benefit 12');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/benefits/BEN-12**');
    });
  });

  test('a record is changed and a link is made', async () => {
    await visit(browser, api, 'admin', {}, async (page) => {
      await open(page, `/capabilities/CAP-3?${PERIOD}`);
      await page.keyboard.press('e');
      await page.waitForURL('**/capabilities/CAP-3/edit**');
      await page.locator('#field-name').waitFor();
      await tabTo(page, ({ id }) => id === 'field-name');
      await page.keyboard.press('Control+a');
      await page.keyboard.type('By keyboard');
      await tabTo(page, ({ text }) => text === 'Save');
      await page.keyboard.press('Enter');
      await page.locator('.message', { hasText: 'CAP-3 By keyboard' }).waitFor();

      await open(page, '/links/new?from=investment:INV-1');
      await tabTo(page, ({ id }) => id === 'field-toCode');
      await page.keyboard.type('INI-9');
      await page.getByRole('option', { name: /^INI-9/ }).waitFor();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await tabTo(page, ({ id }) => id === 'field-allocation');
      await page.keyboard.type('0');
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/links\/[0-9a-f-]{36}/);
    });
  });
});

describe('Criterion 3: return path', () => {
  test.each([
    ['a register', `/benefits?${PERIOD}`],
    ['a record', `/benefits/BEN-4?${PERIOD}`],
  ])('from %s: Esc restores focus, Back does the same, reloading reopens the panel', async (_name, path) => {
    await visit(browser, api, 'admin', {}, async (page) => {
      await open(page, path);
      const number = page.locator('main [data-num="node.realised:type=benefit:ref=BEN-4"]').first();
      const isBack = () =>
        page.waitForFunction(
          () => document.activeElement?.getAttribute('data-num') === 'node.realised:type=benefit:ref=BEN-4',
        );
      await number.focus();
      await page.keyboard.press('Enter');
      await openedTrace(page);
      await page.keyboard.press('Escape');
      await page.locator('#trace-panel').waitFor({ state: 'detached' });
      await isBack();
      await page.keyboard.press('Enter');
      await openedTrace(page);
      await page.getByRole('link', { name: /^View \d+ records?$/ }).click();
      // Until the page is there nothing was left, and the focus is where it was.
      await openedRecords(page);
      await page.goBack();
      await openedTrace(page);
      await isBack();
      await page.reload();
      await openedTrace(page);
      await isBack();
    });
  });
});

interface Screen {
  name: string;
  path: () => string;
  then?: (page: Page) => Promise<unknown>;
}

const SCREENS: Screen[] = [
  // The registers themselves, links and forms are looked at in `criteria-frame.spec.ts`.
  { name: 'a register filtered to nothing', path: () => '/outcomes?q=none' },
  { name: 'a benefit', path: () => `/benefits/BEN-10?${PERIOD}` },
  {
    name: 'the form of a month',
    path: () => `/investments/INV-1?${PERIOD}`,
    then: (page) => page.getByRole('button', { name: 'Add a month' }).click(),
  },
  {
    name: 'a form with errors',
    path: () => '/benefits/new',
    then: async (page) => {
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.locator('.error-summary').waitFor();
    },
  },
  {
    name: 'the form of a link',
    path: () => '/links/new?from=initiative:INI-6',
    then: async (page) => {
      await page.getByRole('group', { name: 'Cost of INI-6, all links' }).waitFor();
      await page.getByRole('combobox', { name: 'To' }).fill('CAP');
      await page.getByRole('option', { name: /^CAP-1/ }).waitFor();
      // While choices are open React Aria hides the rest from assistive technology, and Tab closes them: axe takes that for a trap.
      await page.keyboard.press('Tab');
    },
  },
  {
    name: 'the question before a record is archived',
    path: () => '/capabilities/CAP-1',
    then: async (page) => {
      await page.getByRole('button', { name: 'Archive' }).click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  {
    name: 'the audit, verified',
    path: () => '/audit',
    then: async (page) => {
      await page.getByRole('button', { name: 'Verify the chain' }).click();
      await page.getByText(/^● ?Untouched/).waitFor();
    },
  },
  { name: 'one event', path: () => '/audit?seq=1' },
];

describe('Criterion 8: nothing stands in the way of anyone, in light and in dark colours', () => {
  test.each(SCREENS)('on $name', async ({ path, then }) => {
    await visit(browser, api, 'admin', {}, async (page) => {
      await open(page, path());
      await then?.(page);
      expect(await defectsInBothThemes(page)).toEqual({ light: [], dark: [] });
    });
  });
});

describe('Criterion 25: no loss', () => {
  test.each([
    ['320 px', { width: 320, height: 640 }],
    ['200 % zoom', { width: 1280, height: 900, zoom: 2 }],
  ])(
    'at %s every screen reflows',
    async (_name, view) => {
      await visit(browser, api, 'admin', view, async (page) => {
        for (const { path, then } of SCREENS) {
          await open(page, path());
          await then?.(page);
          expect({ path: path(), ...(await look(page)) }).toEqual({ path: path(), ...FINE });
        }
      });
    },
    120_000,
  );
});

describe('Criterion 24: numbers', () => {
  test('no header ends in “…”, and each column of amounts says its unit once', async () => {
    await visit(browser, api, 'admin', {}, async (page) => {
      for (const path of ['investments', 'benefits']) {
        await open(page, `/${path}?${PERIOD}`);
        const headers = await page.locator('thead th').allInnerTexts();
        expect(headers.filter((text) => /…|\.\.\./.test(text))).toEqual([]);
        expect(headers.filter((text) => text.includes('USD'))).toHaveLength(path === 'benefits' ? 5 : 1);
      }
    });
  });
});
