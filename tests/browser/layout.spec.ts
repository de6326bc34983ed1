import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchBrowser, open, visit } from '../support/browser.js';
import { openedTrace } from '../support/browser-numbers.js';
import { startApi, type Api } from '../support/harness.js';
import { FINE, look, moving, resized } from '../support/layout.js';

let golden: Api;
let uk: Api;
let imported: string;
let browser: Browser;
beforeAll(async () => {
  [golden, uk, browser] = await Promise.all([startApi({ golden: true }), startApi({ bare: true }), launchBrowser()]);
  imported = (await golden.as('admin').get('/imports')).body.items[0].id;
  expect((await uk.as('admin').post('/samples/uk-major-projects')).status).toBe(201);
}, 90_000);
afterAll(async () => {
  await browser?.close();
  await Promise.all([golden?.stop(), uk?.stop()]);
});

interface Screen {
  name: string;
  api: () => Api;
  path: () => string;
}
const SCREENS: Screen[] = [
  { name: 'overview of the golden tables', api: () => golden, path: () => '/?period=2026-Q4' },
  { name: 'overview of UK major projects', api: () => uk, path: () => '/?period=2023-Q4' },
  { name: 'trace', api: () => uk, path: () => '/?period=2023-Q4&trace=spend' },
  { name: 'records', api: () => uk, path: () => '/records?period=2023-Q4&of=spend' },
  { name: 'import', api: () => golden, path: () => '/import' },
  { name: 'import history', api: () => golden, path: () => '/import/history' },
  { name: 'import report', api: () => golden, path: () => `/import/${imported}` },
  { name: 'export', api: () => golden, path: () => '/export' },
];

/** 1440 at 200 % is 720 CSS pixels; 1280 at 400 % is 320, the narrowest that must work. */
const WIDTHS = [
  { width: 1440, height: 900 },
  { width: 1280, height: 800 },
  { width: 1024, height: 768 },
  { width: 768, height: 1024 },
  { width: 1440, height: 900, zoom: 2 },
  { width: 390, height: 844 },
  { width: 360, height: 640 },
  { width: 320, height: 640 },
];

describe.each(SCREENS)('The page “$name”', ({ api, path }) => {
  test('fits every width from 320 px, and 200 % zoom, without scrolling sideways; no text is below 12 px; minus is minus', async () => {
    await visit(browser, api(), 'admin', {}, async (page) => {
      await open(page, path());
      if (path().includes('trace=')) await openedTrace(page);
      for (const { width, height, zoom = 1 } of WIDTHS) {
        await resized(page, width / zoom, height / zoom);
        expect({ width, zoom, ...(await look(page)) }).toEqual({ width, zoom, ...FINE });
      }
    });
  });
});

describe('The bar', () => {
  test.each([1440, 1280, 1024, 768, 360, 320])('has nothing over or beside something else at %d px', async (width) => {
    await visit(browser, golden, 'admin', { width, height: 740 }, async (page) => {
      await open(page, '/?period=2026-Q4');
      const boxes = await page
        .locator('.topbar :is(a, button, select, .as-of, .data-state)')
        .evaluateAll((parts) =>
          parts
            .filter((part) => part.checkVisibility())
            .map((part) => ({ part: part.outerHTML.slice(0, 60), ...part.getBoundingClientRect().toJSON() })),
        );
      expect(boxes.length).toBeGreaterThan(7);
      const overlaps = boxes.flatMap((a, at) =>
        boxes
          .slice(at + 1)
          .filter((b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1)
          .map((b) => `${a.part} | ${b.part}`),
      );
      expect(overlaps).toEqual([]);
      expect(boxes.filter(({ left, right }) => left < 0 || right > width)).toEqual([]);
      const bar = await page.locator('.topbar').boundingBox();
      if (width >= 768) expect(bar?.height).toBe(48);
    });
  });
});

describe('The overview', () => {
  test('of 2026 Q4 fits one screen of 1440×900', async () => {
    await visit(browser, golden, 'admin', {}, async (page) => {
      await open(page, '/?period=2026-Q4');
      expect(await page.evaluate(() => document.scrollingElement!.scrollHeight)).toBeLessThanOrEqual(900);
    });
  });

  test('has no text cut off and no header that ends in an ellipsis', async () => {
    await visit(browser, uk, 'admin', {}, async (page) => {
      await open(page, '/?period=2023-Q4');
      const cut = await page.evaluate(() =>
        [...document.querySelectorAll('main *')]
          .filter((element) => {
            const { textOverflow, overflowX } = getComputedStyle(element);
            return (
              textOverflow === 'ellipsis' ||
              (overflowX === 'hidden' &&
                element.scrollWidth > element.clientWidth + 1 &&
                !element.closest('.visually-hidden, svg'))
            );
          })
          .map((element) => element.outerHTML.slice(0, 80)),
      );
      expect(cut).toEqual([]);
      for (const header of await page.locator('th').allInnerTexts()) expect(header).not.toMatch(/…$/);
    });
  });

  test('prints its figures in digits of one width', async () => {
    await visit(browser, golden, 'admin', {}, async (page) => {
      await open(page, '/?period=2026-Q4');
      const loose = await page
        .locator('main [data-num]')
        .evaluateAll((found) =>
          found
            .filter((number) => !getComputedStyle(number).fontVariantNumeric.includes('tabular-nums'))
            .map((number) => number.outerHTML),
        );
      expect(loose).toEqual([]);
    });
  });

  test('moves nothing for those who want less motion', async () => {
    await visit(browser, golden, 'admin', { reducedMotion: 'reduce' }, async (page) => {
      await open(page, '/?period=2026-Q4&trace=spend');
      await openedTrace(page);
      expect(await moving(page)).toEqual([]);
    });
  });

  test('keeps its bars visible where the system forces its own colours', async () => {
    await visit(browser, golden, 'admin', { forcedColors: 'active' }, async (page) => {
      await open(page, '/?period=2026-Q4');
      const marks = await page.locator('main svg rect, main svg path').evaluateAll((found) => {
        const card = getComputedStyle(document.querySelector('.card')!).backgroundColor;
        const isSeen = (colour: string) =>
          colour !== 'none' && colour !== card && !/rgba\(.*, 0\)|transparent/.test(colour);
        return found
          .filter((mark) => (mark as SVGGraphicsElement).getBoundingClientRect().width > 0)
          .map((mark) => {
            const { fill, stroke, strokeWidth } = getComputedStyle(mark);
            return {
              mark: mark.outerHTML.slice(0, 90),
              seen: isSeen(fill) || (isSeen(stroke) && Number.parseFloat(strokeWidth) > 0),
            };
          });
      });
      expect(marks.length).toBeGreaterThan(10);
      expect(marks.filter(({ seen }) => !seen)).toEqual([]);
    });
  });
});
