import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { LAYERS } from '../../server/contract/chain.js';
import { launchBrowser, open, settled, visit } from '../support/browser.js';
import { expectShows, openedTrace, shownNumbers, traceOf } from '../support/browser-numbers.js';
import { boxesOf, itemsOf, manyRecords, openAllChips, openChain, pictureOf } from '../support/chain-page.js';
import { startApi, type Api, type Person } from '../support/harness.js';

/** Criteria 9, 10 and 11 of the design on the chain explorer: with the example, the golden tables and a chain of many records. */

let example: Api;
let golden: Api;
let many: Api;
let browser: Browser;
beforeAll(async () => {
  [example, golden, many, browser] = await Promise.all([
    startApi({ example: true }),
    startApi({ golden: true }),
    startApi({ bare: true }),
    launchBrowser(),
  ]);
  expect((await many.as('admin').upload('/imports', manyRecords())).status).toBe(201);
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await Promise.all([example?.stop(), golden?.stop(), many?.stop()]);
});

interface Case {
  name: string;
  api: () => Api;
  period: string;
  people: readonly Person[];
}
const EVERYBODY: readonly Person[] = ['admin', 'cio', 'pm-dig'];
const CASES: Case[] = [
  { name: 'the example', api: () => example, period: '2026-Q3', people: EVERYBODY },
  { name: 'the golden tables', api: () => golden, period: '2026-Q4', people: EVERYBODY },
  { name: 'more than 40 records', api: () => many, period: '2026-Q1', people: ['admin'] },
];

/** Every box of the drawing has exactly one item in the outline. */
const expectOneItemEach = async (page: Page): Promise<void> => {
  const items = await itemsOf(page);
  const boxes = await boxesOf(page);
  expect(boxes.length).toBeGreaterThan(5);
  expect(boxes.map((box) => [box, items.filter((item) => item === box).length])).toEqual(boxes.map((box) => [box, 1]));
};

describe.each(CASES)('10. Chain equivalence, with $name', ({ api, period }) => {
  test('each box has exactly one matching path in the outline, in both directions, which f and b switch', async () => {
    await visit(browser, api(), 'admin', {}, async (page) => {
      await openChain(page, `/chain?period=${period}`);
      const picture = await pictureOf(api(), `period=${period}`);
      expect(await boxesOf(page)).toEqual(picture.nodes.map(({ id }) => id));
      await expectOneItemEach(page);
      await page.locator('[role=treeitem][tabindex="0"]').focus();
      await page.keyboard.press('b');
      await page.getByRole('tree', { name: 'From benefits to investments' }).waitFor();
      expect(new URL(page.url()).searchParams.get('direction')).toBe('backward');
      await expectOneItemEach(page);
      await page.keyboard.press('f');
      await page.getByRole('tree', { name: 'From investments to benefits' }).waitFor();
      expect(new URL(page.url()).searchParams.get('direction')).toBeNull();
    });
  });

  test('items expose their level, and whether they are open', async () => {
    await visit(browser, api(), 'admin', {}, async (page) => {
      await openChain(page, `/chain?period=${period}`);
      const items = await page.getByRole('treeitem').evaluateAll((found) =>
        found.map((item) => ({
          level: Number(item.getAttribute('aria-level')),
          position: Number(item.getAttribute('aria-posinset')),
          size: Number(item.getAttribute('aria-setsize')),
          expanded: item.getAttribute('aria-expanded'),
          name: item.getAttribute('aria-label') ?? '',
        })),
      );
      for (const [at, { level, position, size, expanded, name }] of items.entries()) {
        expect(name.length).toBeGreaterThan(5);
        expect(level).toBeGreaterThanOrEqual(1);
        expect(position >= 1 && position <= size).toBe(true);
        const isAbove = (items[at + 1]?.level ?? 0) > level;
        if (isAbove) expect(expanded).toBe('true');
        else expect(expanded).not.toBe('true');
      }
      const shut = page.locator('[role=treeitem][aria-expanded=false]').first();
      await shut.focus();
      const name = (await shut.getAttribute('aria-label'))!;
      await page.keyboard.press('ArrowRight');
      expect(await page.getByRole('treeitem', { name, exact: true, expanded: true }).count()).toBeGreaterThan(0);
    });
  });

  test('every link joins adjacent layers', async () => {
    await visit(browser, api(), 'admin', {}, async (page) => {
      await openChain(page, `/chain?period=${period}`);
      const ends = await page
        .locator('svg [data-link]')
        .evaluateAll((links) => links.map((link) => [link.getAttribute('data-from')!, link.getAttribute('data-to')!]));
      expect(ends.length).toBeGreaterThan(3);
      const layerOf = (id: string): number =>
        LAYERS.findIndex((layer) => id.startsWith(`${layer}:`) || id === `gap:${layer}` || id === `smaller:${layer}`);
      for (const [from, to] of ends) expect([from, to, layerOf(to!) - layerOf(from!)]).toEqual([from, to, 1]);
    });
  });
});

describe('10. More than 40 boxes', () => {
  test('yield a box of the smaller ones with their number and amount, which the outline expands too', async () => {
    await visit(browser, many, 'admin', {}, async (page) => {
      await openChain(page, '/chain?period=2026-Q1');
      expect((await boxesOf(page)).length).toBeLessThanOrEqual(45);
      const smaller = (await pictureOf(many, 'period=2026-Q1')).nodes.find(({ id }) => id === 'smaller:initiative')!;
      const drawn = (await page.locator('[data-box="smaller:initiative"] text').allTextContents()).join(' ');
      expect(drawn).toMatch(new RegExp(`^${smaller.records} smaller initiatives \\([\\d.,]+\\)$`));
      const item = page.locator('[role=treeitem][data-node="smaller:initiative"]');
      await item.focus();
      await page.keyboard.press('Enter');
      await page.locator('[data-box="smaller:initiative"]').waitFor({ state: 'detached' });
      await settled(page);
      expect((await boxesOf(page)).filter((id) => id.startsWith('initiative:'))).toHaveLength(24);
      await expectOneItemEach(page);
      await page.getByRole('button', { name: /Draw the smaller of 24 initiatives together/ }).click();
      await page.locator('[data-box="smaller:initiative"]').waitFor();
      await page.locator('[data-box="smaller:initiative"] rect').click();
      await page.waitForURL(/expand=initiative/);
    });
  });
});

describe.each(CASES)('11. Gaps reconcile, with $name', ({ api, period, people }) => {
  test.each([...people])('at each stage traced and gap are what was invested, as %s', async (who) => {
    await visit(browser, api(), who, {}, async (page) => {
      await openChain(page, `/chain?period=${period}`);
      const numbers = await shownNumbers(page);
      const exact = async (step: string): Promise<number> => {
        // Sentences say what is lost without a sign; the bar takes it away.
        const shown = numbers.find(
          (number) => number.step === step && (!step.startsWith('lost.') || number.text.startsWith('▼')),
        );
        if (!shown) return 0;
        const trace = await traceOf(api(), step, { period });
        expectShows(shown, trace);
        return Number(trace.value);
      };
      // A hundredth of the unit in which the page prints: k, m or bn.
      const unit = { k: 1e3, m: 1e6, bn: 1e9 }[
        /([\d.,]+)\s(k|m|bn)\s[A-Z]{3}$/.exec(numbers.find(({ step }) => step === 'reached.investment')!.label)?.[2] ??
          ''
      ];
      const least = 0.01 * (unit ?? 1);
      const invested = await exact('reached.investment');
      expect(invested).toBeGreaterThan(0);
      let lost = 0;
      for (const [at, layer] of LAYERS.entries()) {
        const stage = page.locator(`[data-stage=${layer}]`);
        expect(await stage.count()).toBe(1);
        // The bar says what each stage loses, the outline what all stages before it have lost.
        if (at > 0) lost += await exact(`lost.${LAYERS[at - 1]}`);
        const gap = layer === 'investment' ? 0 : await exact(`unreached.${layer}`);
        const traced = await exact(`reached.${layer}`);
        expect(Math.abs(traced + lost - invested)).toBeLessThanOrEqual(least);
        expect(Math.abs(traced + gap - invested)).toBeLessThanOrEqual(least);
      }
    });
  });

  test('each chip counts the rows that it lists, and each row has a way to repair it', async () => {
    await visit(browser, api(), 'admin', {}, async (page) => {
      await openChain(page, `/chain?period=${period}`);
      await openAllChips(page);
      const kinds = await page
        .locator('.chip[data-gap]')
        .evaluateAll((chips) => chips.map((chip) => chip.getAttribute('data-gap')!));
      expect(kinds.length).toBeGreaterThan(2);
      for (const kind of kinds) {
        const chip = page.locator(`.chip[data-gap=${kind}]`);
        await chip.click();
        await page.locator('.gap-records tbody tr').first().waitFor();
        await settled(page);
        expect(await chip.getAttribute('aria-pressed')).toBe('true');
        const counted = Number(await page.locator(`.chip-box [data-num="gap:kind=${kind}"]`).innerText());
        const rows = page.locator('.gap-records tbody tr');
        expect([kind, await rows.count()]).toEqual([kind, counted]);
        expect([kind, await rows.locator('td.fix-cell').locator('a[href], form [type=submit]').count()]).toEqual([
          kind,
          counted,
        ]);
        const href = await rows
          .first()
          .locator('a.fix')
          .getAttribute('href', { timeout: 500 })
          .catch(() => null);
        expect(href !== null || kind === 'no_owner').toBe(true);
      }
    });
  });
});

test('11. The repair of a row opens the form of that very record, and returns here', async () => {
  await visit(browser, golden, 'admin', {}, async (page) => {
    await open(page, '/chain?period=2026-Q4&gap=benefit_without_outcome');
    const fix = page.locator('.gap-records a.fix').first();
    const row = await page.locator('.gap-records tbody tr').first().locator('td').first().innerText();
    const url = new URL((await fix.getAttribute('href'))!, golden.origin);
    expect([url.pathname, url.searchParams.get('to')]).toEqual(['/links/new', `benefit:${row}`]);
    expect(url.searchParams.get('return')).toContain('/chain?');
    await fix.click();
    await page.waitForURL(/\/links\/new/);
    await page.locator('#content h1').waitFor();
  });
});

describe('9. By keyboard alone', () => {
  test('a chain is traced, turned, listed as paths, filtered by a gap, and given an owner', async () => {
    await visit(browser, golden, 'admin', {}, async (page) => {
      await openChain(page, '/chain?period=2026-Q4');
      const focused = () => page.locator(':focus');
      const press = async (key: string, until: () => Promise<boolean>): Promise<void> => {
        for (let times = 0; times < 80 && !(await until()); times += 1) await page.keyboard.press(key);
        expect(await until()).toBe(true);
      };
      const isRole = (role: string) => async () =>
        (await focused()
          .getAttribute('role')
          .catch(() => null)) === role;
      await press('Tab', isRole('treeitem'));
      await page.keyboard.press('Home');
      await page.keyboard.press('ArrowDown');
      expect(await focused().getAttribute('aria-level')).toBe('2');
      await page.keyboard.press('Enter');
      await page.locator('#node-title:focus').waitFor();
      expect(new URL(page.url()).searchParams.get('node')).toMatch(/^initiative:/);
      const isNumber = async () => ((await focused().getAttribute('data-num')) ?? '').startsWith('node.cost');
      await press('Tab', isNumber);
      await page.keyboard.press('Enter');
      await openedTrace(page);
      await page.keyboard.press('Escape');
      await page.locator('#trace-panel').waitFor({ state: 'detached' });
      expect(await page.locator('#node-title').count()).toBe(1);
      await page.locator('[data-num^="node.cost"]:focus').waitFor();
      await page.keyboard.press('Escape');
      await page.locator('#node-title').waitFor({ state: 'detached' });
      expect(await isRole('treeitem')()).toBe(true);
      await page.keyboard.press('b');
      await page.getByRole('tree', { name: 'From benefits to investments' }).waitFor();
      expect(await isRole('treeitem')()).toBe(true);
      await page.keyboard.press('f');
      await page.keyboard.press('Control+Enter');
      await page.locator('.paths tbody tr').first().waitFor();
      const isChip = async () => (await focused().getAttribute('data-gap')) === 'no_owner';
      await press('Shift+Tab', async () => (await focused().getAttribute('aria-expanded')) === 'false');
      await page.keyboard.press('Enter');
      await press('Shift+Tab', isChip);
      await page.keyboard.press('Enter');
      const rows = page.locator('.gap-records tbody tr');
      await rows.first().waitFor();
      const before = await rows.count();
      expect(await page.locator('.in-view [role=status]').innerText()).toMatch(/, 1 filter$/);
      await press('Tab', async () => (await focused().getAttribute('type')) === 'email');
      await page.keyboard.type('nobody');
      await page.keyboard.press('Enter');
      await page
        .getByRole('alert')
        .getByText(/e-mail address/)
        .waitFor();
      await page.keyboard.type('@company.example');
      await press('Tab', async () => (await focused().getAttribute('aria-expanded')) === 'false');
      await page.keyboard.press('Enter');
      await page.keyboard.type('She took it over');
      await page.keyboard.press('Enter');
      await page.getByText(/is now owned by nobody@company.example/).waitFor();
      await settled(page);
      expect(await rows.count()).toBe(before - 1);
      expect((await golden.as('admin').get('/audit?limit=1')).body.items[0].reason).toBe('She took it over');
      expect(await page.locator('.chip-box [data-num="gap:kind=no_owner"]').innerText()).toBe(String(before - 1));
    });
  });
});
