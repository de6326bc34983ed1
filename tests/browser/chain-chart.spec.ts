import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { defectsInBothThemes } from '../support/axe.js';
import { launchBrowser, open, visit } from '../support/browser.js';
import { openChain } from '../support/chain-page.js';
import { startApi, type Api } from '../support/harness.js';

/** Criteria 7 and 8 of the design on the chain explorer, and how its picture and its kinds of gaps stand on the page. */

let example: Api;
let golden: Api;
let browser: Browser;
beforeAll(async () => {
  [example, golden, browser] = await Promise.all([
    startApi({ example: true }),
    startApi({ golden: true }),
    launchBrowser(),
  ]);
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await Promise.all([example?.stop(), golden?.stop()]);
});

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}
/** The label of each box: its full name, the lines on which it is written, and the room of both name and amount. */
const labelsOf = (page: Page): Promise<{ name: string; lines: string[]; box: Box }[]> =>
  page.locator('svg [data-box]').evaluateAll((boxes) =>
    boxes.map((box) => {
      const texts = [...box.querySelectorAll('text')];
      const rooms = texts.map((text) => text.getBoundingClientRect());
      return {
        name: box.querySelector('title')!.textContent,
        lines: [...box.querySelectorAll('.sankey-name')].map((line) => line.textContent),
        box: {
          left: Math.min(...rooms.map(({ left }) => left)),
          right: Math.max(...rooms.map(({ right }) => right)),
          top: Math.min(...rooms.map(({ top }) => top)),
          bottom: Math.max(...rooms.map(({ bottom }) => bottom)),
        },
      };
    }),
  );
const joined = (lines: readonly string[]): string => lines.join('').replace(/[\s▲]/g, '');

describe('7. The chart', () => {
  test('is a figure with message, who · what · when, a table of the same and a file', async () => {
    await visit(browser, golden, 'admin', {}, async (page) => {
      await openChain(page, '/chain?period=2026-Q4');
      const figure = page.locator('figure[data-chart=chain]');
      expect(await figure.locator('figcaption .panel-message').innerText()).toMatch(/does not reach a benefit/);
      expect(await figure.locator('figcaption .about').innerText()).toMatch(/ · .* · /);
      const links = await figure.locator('[data-link]').count();
      const bars = await figure.locator('.drawing [data-box] [data-scenario]').count();
      expect(bars).toBeGreaterThan(5);
      // A cell with a number for each mark: the ribbons, and the bars of actual and plan.
      expect(await figure.locator('details td.numeric').count()).toBe(links + bars);
      expect(await figure.locator('details td.numeric a[data-num]').count()).toBe(links + bars);
      const file = page.waitForEvent('download');
      await figure.getByRole('link', { name: 'CSV' }).click();
      const lines = readFileSync(await (await file).path(), 'utf8')
        .trim()
        .split('\n');
      expect(lines[0]).toMatch(/From code,From,To code,To,/);
      const ends = lines.slice(1, links + 1).map((line) => line.split(',')[0]);
      expect(ends.filter((code) => /^INV-|^INI-|^CAP-|^OUT-/.test(code!)).length).toBeGreaterThan(20);
      const cells = lines.slice(1).flatMap((line) => line.trim().split(',').slice(-3));
      expect(cells.filter((cell) => cell !== '')).toHaveLength(links + bars);
      const name = await figure.locator('svg[role=img]').getAttribute('aria-label');
      expect(name).toMatch(/Flow of .* in five columns/);
    });
  });

  test.each([
    [1440, 900],
    [1280, 800],
    [1024, 768],
  ])('writes whole names at %d × %d, and no label lies over another', async (width, height) => {
    await visit(browser, example, 'admin', { width, height }, async (page) => {
      await openChain(page, '/chain');
      const labels = await labelsOf(page);
      expect(labels.filter(({ name, lines }) => joined(lines) !== joined([name]))).toEqual([]);
      expect(labels.filter(({ lines }) => lines.length > 2)).toEqual([]);
      const meets = (a: Box, b: Box): boolean =>
        a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
      const pairs = labels.flatMap((a, at) => labels.slice(at + 1).map((b) => [a, b] as const));
      expect(pairs.filter(([a, b]) => meets(a.box, b.box)).map(([a, b]) => [a.name, b.name])).toEqual([]);
      const frame = (await page.locator('.picture-frame svg').first().boundingBox())!;
      expect(labels.filter(({ box }) => box.right > frame.x + frame.width || box.left < frame.x)).toEqual([]);
    });
  });

  test('stands in the first view of a desk, to its last box', async () => {
    await visit(browser, example, 'admin', { width: 1440, height: 900 }, async (page) => {
      await openChain(page, '/chain');
      const bottoms = await page
        .locator('svg [data-box] rect')
        .evaluateAll((boxes) => boxes.map((box) => box.getBoundingClientRect().bottom));
      expect(Math.max(...bottoms)).toBeLessThanOrEqual(900);
    });
  });

  test('lights no way through a record that does not exist', async () => {
    await visit(browser, example, 'admin', {}, async (page) => {
      await openChain(page, '/chain?node=initiative:EX-INI-999');
      await page.getByText('No such record is in this scope.').waitFor();
      expect(await page.locator('.sankey-selected, .sankey-lit').count()).toBe(0);
    });
  });
});

describe('Kinds of gaps', () => {
  const rowsOf = async (page: Page): Promise<number> => {
    const tops = await page
      .locator('.chips:not(.chips-ruler) > :is(.chip-box, .chips-more)')
      .evaluateAll((chips) => chips.map((chip) => Math.round(chip.getBoundingClientRect().top)));
    return new Set(tops).size;
  };

  test.each([
    [1440, 900, 2],
    [1024, 768, 2],
    [360, 740, 3],
  ])('take few rows at %d × %d; the rest is opened and closed by keyboard', async (width, height, rows) => {
    await visit(browser, example, 'admin', { width, height }, async (page) => {
      await open(page, '/chain');
      const found = (await example.as('admin').get('/chain/gaps?limit=1&period=2026-Q3')).body.counts.filter(
        ({ count }: { count: number }) => count > 0,
      );
      expect(await rowsOf(page)).toBeLessThanOrEqual(rows);
      const shown = await page.locator('button.chip[data-gap]').count();
      const more = page.locator('button.chips-more');
      expect(await more.getAttribute('aria-expanded')).toBe('false');
      expect(Number.parseInt(await more.innerText(), 10)).toBe(found.length - shown);
      await more.focus();
      await page.keyboard.press('Enter');
      expect(await more.getAttribute('aria-expanded')).toBe('true');
      expect(await page.locator('button.chip[data-gap]').count()).toBe(found.length);
      await page.keyboard.press('Enter');
      expect(await page.locator('button.chip[data-gap]').count()).toBe(shown);
      expect(await more.evaluate((button) => button === document.activeElement)).toBe(true);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    });
  });

  test('keep the chosen one in sight', async () => {
    await visit(browser, example, 'admin', {}, async (page) => {
      await open(page, '/chain?gap=benefit_without_plan');
      const chosen = page.locator('button.chip[data-gap=benefit_without_plan]');
      expect(await chosen.getAttribute('aria-pressed')).toBe('true');
      expect(await page.locator('button.chips-more[aria-expanded=false]').count()).toBe(1);
      expect(await rowsOf(page)).toBeLessThanOrEqual(2);
    });
  });
});

test('The outline names an owner in short, and in full to whoever asks', async () => {
  await visit(browser, example, 'admin', {}, async (page) => {
    await open(page, '/chain');
    const owner = page.locator('.outline-row .owner').first();
    const [short, full] = [await owner.innerText(), (await owner.getAttribute('title'))!];
    expect(full).toMatch(/@/);
    expect(short).toBe(full.split('@')[0]);
    expect(await page.getByRole('treeitem').first().getAttribute('aria-label')).toContain(`owner ${full}`);
  });
});

test('A filter that leaves nothing to draw is taken back, and the drawing returns', async () => {
  await visit(browser, golden, 'admin', {}, async (page) => {
    await open(page, '/chain?period=2026-Q4&gap=benefit_without_outcome');
    await page.getByText('there is nothing to draw').waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.locator('svg [data-box]').first().waitFor();
  });
});

describe('8. Nothing stands in the way of anyone', () => {
  test.each([
    ['picture', '/chain?period=2026-Q4'],
    ['paths', '/chain?period=2026-Q4&view=paths'],
    ['gap and facts', '/chain?period=2026-Q4&gap=benefit_without_baseline&node=initiative:INI-4'],
    ['one record, backwards', '/chain/outcome/OUT-5?period=2026-Q4&direction=backward'],
    ['nothing left', '/chain?period=2026-Q4&min=999999999'],
  ])('on “%s”', async (_, path) => {
    await visit(browser, golden, 'admin', {}, async (page) => {
      await open(page, path);
      expect(await defectsInBothThemes(page)).toEqual({ light: [], dark: [] });
    });
  });

  test('a phone reads the outline, and nothing moves sideways', async () => {
    await visit(browser, example, 'admin', { width: 360, height: 740 }, async (page) => {
      await open(page, '/chain');
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
      expect(await page.getByRole('treeitem').count()).toBeGreaterThan(12);
      expect(await page.locator('svg [data-box]').count()).toBe(0);
    });
  });
});

describe('4. Scenario fills', () => {
  test.each(['light', 'dark'] as const)('actual is solid, plan hollow, and nothing else is, in %s', async (scheme) => {
    await visit(browser, example, 'admin', { colorScheme: scheme }, async (page) => {
      await openChain(page, '/chain?period=2026-Q3');
      const marks = await page.evaluate(() => {
        const resolved = (token: string) => {
          const probe = document.createElement('i');
          probe.style.color = `var(${token})`;
          document.body.append(probe);
          const { color } = getComputedStyle(probe);
          probe.remove();
          return color;
        };
        const [ac, card] = [resolved('--ac'), resolved('--card')];
        return [...document.querySelectorAll('.drawing svg rect, .coverage svg rect')].map((mark) => {
          const { fill } = getComputedStyle(mark);
          const scenario = mark.getAttribute('data-scenario');
          return { scenario, isSolid: fill === ac, isHollow: fill === 'none' || fill === card, fill };
        });
      });
      expect(marks.filter(({ scenario }) => scenario === 'AC').length).toBeGreaterThan(8);
      expect(marks.filter(({ scenario }) => scenario === 'PL').length).toBeGreaterThan(3);
      const wrong = marks.filter(({ scenario, isSolid, isHollow, fill }) =>
        scenario === 'AC' ? !isSolid : scenario === 'PL' ? !isHollow : isHollow || fill.startsWith('url('),
      );
      expect(wrong).toEqual([]);
    });
  });
});

describe('What is chosen', () => {
  test('turns dark as far as it goes: a stream that is its only in part has a dark band in it', async () => {
    await visit(browser, example, 'admin', {}, async (page) => {
      await openChain(page, '/chain?period=2026-Q3&node=initiative:EX-INI-07');
      await page.locator('[data-part]').first().waitFor({ state: 'attached' });
      const whole = await page.locator('path.sankey-lit[data-link]').count();
      const parts = await page.locator('[data-part]').evaluateAll((bands) =>
        bands.map((band) => ({
          band: Number(band.getAttribute('stroke-width')),
          stream: Number(band.previousElementSibling!.getAttribute('stroke-width')),
        })),
      );
      expect(parts.length + whole).toBeGreaterThan(3);
      for (const { band, stream } of parts) expect(band).toBeLessThanOrEqual(stream);
      expect(parts.some(({ band, stream }) => band < stream)).toBe(true);
    });
  });
});

describe('What is open', () => {
  test('stands in the address: reloading opens the same rows, and the page of the paths', async () => {
    await visit(browser, example, 'admin', {}, async (page) => {
      await openChain(page, '/chain?period=2026-Q3&depth=1');
      const items = page.getByRole('treeitem');
      const before = await items.count();
      await items.first().focus();
      await page.keyboard.press('ArrowRight');
      await page.waitForURL(/turned=/);
      const open = await items.count();
      expect(open).toBeGreaterThan(before);
      await page.reload();
      await openChain(page, page.url().slice(example.origin.length));
      expect(await items.count()).toBe(open);
      await items.first().focus();
      await page.keyboard.press('ArrowLeft');
      await page.waitForURL((url) => !url.searchParams.has('turned'));
      expect(await items.count()).toBe(before);
    });
  });
});
