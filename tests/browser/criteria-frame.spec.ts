import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { defectsInBothThemes } from '../support/axe.js';
import { launchBrowser, open, settled, visit, type View } from '../support/browser.js';
import { openedTrace } from '../support/browser-numbers.js';
import { unseenStops } from '../support/focus.js';
import { startApi, type Api } from '../support/harness.js';
import { FINE, look, moving, resized } from '../support/layout.js';
import { PERIOD, routeIds, ROUTES, type Route, type RouteIds } from '../support/routes.js';

/** Criteria 1 (present mode), 8, 9, 23 and 25 of the design, on every page. Times are measured by `tests/benchmark/interface.bench.ts`. */

let api: Api;
let browser: Browser;
let ids: RouteIds;
beforeAll(async () => {
  [api, browser] = await Promise.all([startApi({ golden: true }), launchBrowser()]);
  ids = await routeIds(api);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await api?.stop();
});

const openRoute = async (page: Page, { path, person }: Route): Promise<void> => {
  if (person !== 'anonymous') await open(page, path(ids));
  else {
    await page.goto(path(ids));
    await page.locator('h1').waitFor();
  }
  if (path(ids).includes('trace=')) await openedTrace(page);
};

const on = (route: Route, view: View, task: (page: Page) => Promise<void>): Promise<void> =>
  visit(browser, api, route.person, view, async (page) => {
    await openRoute(page, route);
    await task(page);
  });

describe('On every page', () => {
  test.each([...ROUTES])(
    '8, 9, 25 on “$name”: no violation of WCAG 2.2 AA in light and dark; the focus is seen wherever it goes; all fits 320 px and 200 % zoom; nothing moves that should not',
    async (route) => {
      await on(route, {}, async (page) => {
        const found = {
          axe: await defectsInBothThemes(page),
          moves: await movesFor(page),
          widths: await looksAt(page),
          focus: await unseenOn(page),
        };
        expect(found).toEqual({ axe: { light: [], dark: [] }, moves: [], widths: FINE_EVERYWHERE, focus: [] });
      });
    },
    60_000,
  );
});

const movesFor = async (page: Page): Promise<string[]> => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  return moving(page);
};

/** 1440 at 200 % is 720 CSS pixels; 1280 at 400 % is 320, the narrowest that must work. */
const SIZES = [
  [720, 450],
  [360, 740],
  [320, 640],
] as const;
const FINE_EVERYWHERE = SIZES.map(([width]) => ({ width, ...FINE }));

const looksAt = async (page: Page): Promise<unknown[]> => {
  const found: unknown[] = [];
  for (const [width, height] of SIZES) {
    await resized(page, width, height);
    found.push({ width, ...(await look(page)) });
  }
  return found;
};

/** Down and up a window that is so low that the page has to scroll. */
const unseenOn = async (page: Page): Promise<unknown[]> => {
  await resized(page, 1280, 600);
  return [...(await unseenStops(page, 'Tab', 60)), ...(await unseenStops(page, 'Shift+Tab', 40))];
};

describe('25: Where the system forces its own colours', () => {
  test.each(ROUTES.filter(({ name }) => /^(overview|chain|chain of a record)$/.test(name)))(
    'the marks of “$name” are visible',
    async (route) => {
      await on(route, { forcedColors: 'active' }, async (page) => {
        const marks = await page
          .locator('main svg :is(rect, path, circle):not(defs *, pattern *, clipPath *)')
          .evaluateAll((found) => {
            const isSeen = (colour: string) => colour !== 'none' && !/rgba\(.*, 0\)|transparent/.test(colour);
            const canvas = getComputedStyle(document.body).backgroundColor;
            return found
              .filter(
                (mark) => mark.checkVisibility() && (mark as SVGGraphicsElement).getBoundingClientRect().width > 0,
              )
              .map((mark) => {
                const { fill, stroke, strokeWidth } = getComputedStyle(mark);
                return {
                  mark: mark.outerHTML.slice(0, 120),
                  fill,
                  seen:
                    (isSeen(fill) && fill !== canvas) ||
                    (isSeen(stroke) && stroke !== canvas && Number.parseFloat(strokeWidth) > 0),
                };
              });
          });
        expect(marks.length).toBeGreaterThan(5);
        expect(marks.filter(({ seen }) => !seen)).toEqual([]);
      });
    },
  );
});

describe('25: A panel that cannot be filled', () => {
  test('leaves the others usable, and shows a retry and a reference id', async () => {
    await visit(browser, api, 'admin', { expected: [/500/] }, async (page) => {
      const address = '**/api/v1/overview/profile?*';
      const problem = {
        type: 'urn:problem:internal',
        title: 'Internal error',
        status: 500,
        detail: 'The server failed.',
        instance: '/api/v1/overview/profile',
        requestId: 'req-7f3a',
        errors: [],
      };
      await page.route(address, (request) =>
        request.fulfill({ status: 500, contentType: 'application/problem+json', body: JSON.stringify(problem) }),
      );
      await open(page, `/?period=${PERIOD}`);
      const failure = page.locator('.failure');
      await failure.waitFor();
      expect(await failure.count()).toBe(1);
      expect(await failure.innerText()).toContain('req-7f3a');
      await page.locator('main [data-num=realised]').first().click();
      await openedTrace(page);
      await page.keyboard.press('Escape');
      await page.unroute(address);
      await failure.getByRole('button', { name: 'Try again' }).click();
      await failure.waitFor({ state: 'detached' });
    });
  });
});

describe('25: Single-key shortcuts', () => {
  test('can be switched off, and then do nothing; Ctrl K and Esc still work', async () => {
    await visit(browser, api, 'admin', {}, async (page) => {
      await open(page, `/?period=${PERIOD}`);
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Help' }).waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });

      await page.getByRole('button', { name: 'Display' }).click();
      await page.getByRole('menuitemradio', { name: 'Do nothing' }).click();
      await page.keyboard.press('Escape');
      await page.getByRole('menu').waitFor({ state: 'detached' });
      await page.reload();
      await settled(page);
      const before = page.url();
      for (const key of ['?', '[', ']', 'p', 't', '/', 'g', 'e', 'e', 'g', 'o']) await page.keyboard.press(key);
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      expect(page.url()).toBe(before);
      expect(await page.getByRole('dialog').count()).toBe(0);
      expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BODY');
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog', { name: 'Search and commands' }).waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    });
  });
});

describe('23: A refetch', () => {
  const WITH_DATA = ROUTES.filter(({ name }) =>
    /^(overview|trace|chain|records behind|investments|benefits|links)/.test(name),
  );

  test.each(WITH_DATA)('of “$name” never puts a skeleton in the place of data', async (route) => {
    await on(route, {}, async (page) => {
      // Answers come late, so that what stands there meanwhile can be seen.
      await page.route('**/api/v1/**', async (request) => {
        await new Promise((done) => setTimeout(done, 400));
        // The page may be gone by then.
        await request.continue().catch(() => undefined);
      });
      const state = () =>
        page.evaluate(() => ({
          numbers: document.querySelectorAll('main [data-num], #trace-panel [data-num]').length,
          skeletons: document.querySelectorAll('.skeleton').length,
          rows: document.querySelectorAll('main tbody tr, main [role=treeitem], main [role=row]').length,
        }));
      const before = await state();
      const requested = page.waitForRequest(/\/api\/v1\//, { timeout: 5_000 }).catch(() => null);
      await page.getByRole('link', { name: /^Previous quarter/ }).click();
      await page.waitForURL('**period=2026-Q3**');
      if ((await requested) !== null) {
        await page.waitForTimeout(100);
        const meanwhile = await state();
        expect(meanwhile.skeletons).toBe(0);
        expect(meanwhile.numbers).toBeGreaterThanOrEqual(before.numbers);
        expect(meanwhile.rows).toBeGreaterThanOrEqual(before.rows);
      }
      await page.unrouteAll({ behavior: 'ignoreErrors' });
    });
  });

  test('is not needed by the palette: its parts are there before it is opened', async () => {
    await visit(browser, api, 'admin', {}, async (page) => {
      await open(page, `/export?period=${PERIOD}`);
      await page.waitForFunction(() =>
        performance.getEntriesByType('resource').some(({ name }) => /\/assets\/dialogs-[^/]*\.js$/.test(name)),
      );
      await page.waitForLoadState('networkidle');
      const scripts: string[] = [];
      page.on('request', (request) => {
        if (request.resourceType() === 'script') scripts.push(request.url());
      });
      await page.keyboard.press('Control+k');
      await page.getByRole('option', { name: /^Overview/ }).waitFor();
      expect(scripts).toEqual([]);
    });
  });
});

describe('1: Present mode', () => {
  test('shows the page alone, every text at 18 px or more on 1920×1080, and turns its pages by the arrow keys', async () => {
    await visit(browser, api, 'admin', { width: 1920, height: 1080 }, async (page) => {
      await open(page, `/?period=${PERIOD}&present=1`);
      for (const chrome of ['.topbar', '.rail']) expect(await page.locator(chrome).isVisible()).toBe(false);
      const small = () =>
        page.evaluate(() => {
          const found: string[] = [];
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const element = node.parentElement!;
            if (node.textContent!.trim() === '' || !element.checkVisibility()) continue;
            if (element.closest('.visually-hidden, noscript')) continue;
            const size = Number.parseFloat(getComputedStyle(element).fontSize);
            if (size < 18) found.push(`${size} ${element.className} ${node.textContent!.slice(0, 30)}`);
          }
          return found;
        });
      expect(await small()).toEqual([]);
      const shown = () => page.locator('[data-present-page]:visible').evaluateAll((all) => all.map(({ id }) => id));
      const first = await shown();
      expect(first.length).toBeGreaterThan(0);
      await page.keyboard.press('ArrowRight');
      await page.waitForURL('**present=2**');
      expect(await small()).toEqual([]);
      const second = await shown();
      expect(second.length).toBeGreaterThan(0);
      expect(first.filter((id) => second.includes(id))).toEqual([]);
      await page.keyboard.press('ArrowLeft');
      await page.waitForURL('**present=1**');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Escape');
      await page.waitForURL((url) => !url.searchParams.has('present'));
      await page.locator('.topbar').waitFor();
    });
  });
});
