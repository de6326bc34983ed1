/** The ranking of priorities: ordered by mouse and by keys alone, with its reasons, in conflict, when one leaves, and drawn over the quarters. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { priorityOrder, type PriorityOrder } from '../../server/contract/priority.js';
import { defectsInBothThemes } from '../support/axe.js';
import { launchBrowser, open, settled, visit } from '../support/browser.js';
import { startApi, type Api } from '../support/harness.js';

const NAMES: Record<string, string> = {
  CLAIMS: 'Settle claims',
  GROWTH: 'Grow abroad',
  DATA: 'Decide on data',
  LEAN: 'Run lean',
};
const PATH = '/priorities?period=2026-Q3';

let api: Api;
let browser: Browser;
beforeAll(async () => {
  [api, browser] = await Promise.all([startApi(), launchBrowser()]);
  for (const [code, name] of Object.entries(NAMES))
    expect((await api.as('admin').post('/priorities', { code, name })).status).toBe(201);
  await saved('2026-Q1', 'At first', 'CLAIMS', 'GROWTH', 'DATA', 'LEAN');
  await saved('2026-Q2', 'In April', 'CLAIMS', 'DATA', 'GROWTH', 'LEAN');
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await api?.stop();
});

const read = async (period: string): Promise<PriorityOrder> =>
  priorityOrder.parse((await api.as('admin').get(`/priority-order?period=${period}`)).body);
/** Saves an order without the browser, as somebody else does. */
const saved = async (period: string, why: string, ...codes: string[]): Promise<void> => {
  const { version } = await read(period);
  const items = codes.map((code) => ({ code, rationale: `${why}: ${code}` }));
  expect((await api.as('admin').put(`/priority-order/${period}`, { version, items })).status).toBe(200);
};

const rowOf = (page: Page, code: string): Locator => page.locator('.ranking-row', { hasText: NAMES[code]! });
const inOrder = async (page: Page, ...codes: string[]): Promise<void> => {
  const wanted = codes.map((code) => NAMES[code]!).join();
  await page.waitForFunction(
    (names) => [...document.querySelectorAll('.ranking-rank + span')].map((name) => name.textContent).join() === names,
    wanted,
  );
};
/** Rank and word of each line. */
const shown = async (page: Page): Promise<string[]> => {
  const [ranks, words] = await Promise.all(
    ['.ranking-rank', '.ranking-moved'].map((part) => page.locator(part).allInnerTexts()),
  );
  return ranks!.map((rank, at) => `${rank} ${words![at]}`);
};
const why = (page: Page, code: string): Locator => page.getByLabel(`Why ${NAMES[code]} stands here, required`);
const say = async (page: Page, word: string, ...codes: string[]): Promise<void> => {
  for (const code of codes) await why(page, code).fill(`${word}: ${code}`);
};
const save = (page: Page): Promise<void> => page.getByRole('button', { name: 'Save the ranking' }).click();
const isSaid = (page: Page, words: string): Promise<void> =>
  page.locator('[role="status"]').filter({ hasText: words }).waitFor({ state: 'attached' });
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { activeElement: element } = document;
    return `${element?.className ?? ''} ${element?.getAttribute('aria-label') ?? ''}`;
  });

/** Presses a key until the focus lies on what is looked for. */
const pressUntil = async (page: Page, key: string, wanted: RegExp): Promise<void> => {
  for (let times = 0; times < 80; times += 1) {
    if (wanted.test(await focused(page))) return;
    await page.keyboard.press(key);
    await page.waitForTimeout(40);
  }
  throw new Error(`${key} does not lead to ${wanted}; the focus lies on ${await focused(page)}`);
};

describe('The ranking', () => {
  test('is ordered by drag and by keyboard alone, asks for reasons, and meets what somebody else saved', async () => {
    await visit(browser, api, 'cio', { expected: [/412.*\/priority-order\/2026-Q3/] }, async (page) => {
      await open(page, PATH);
      await inOrder(page, 'CLAIMS', 'DATA', 'GROWTH', 'LEAN');
      // Nothing is ranked yet, and no order is shown as if it were.
      await page.getByText('Not ranked yet; the latest ranking is that of').waitFor();
      expect(await shown(page)).toEqual(['\u2013 was 1', '\u2013 was 2', '\u2013 was 3', '\u2013 was 4']);
      await page.getByRole('button', { name: /^As in / }).click();
      const [from, to] = [
        (await rowOf(page, 'LEAN').locator('.ranking-grip').boundingBox())!,
        (await rowOf(page, 'CLAIMS').boundingBox())!,
      ];
      await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
      await page.mouse.down();
      await page.mouse.move(to.x + 60, to.y + to.height, { steps: 8 });
      await page.mouse.move(to.x + 60, to.y + 3, { steps: 4 });
      await page.mouse.up();
      await inOrder(page, 'LEAN', 'CLAIMS', 'DATA', 'GROWTH');
      await isSaid(page, 'Run lean is now 1 of 4.');

      // By keys alone, from the top of the page: into the list, down to the row, its grip, and to the first place.
      await page.locator('#content').focus();
      await pressUntil(page, 'Tab', /ranking-row/);
      await page.keyboard.press('Home');
      await pressUntil(page, 'ArrowDown', /ranking-row.* Grow abroad/);
      await pressUntil(page, 'Tab', /ranking-grip/);
      await page.keyboard.press('Enter');
      await page.waitForFunction(() => /^Insert/.test(document.activeElement?.getAttribute('aria-label') ?? ''));
      await pressUntil(page, 'ArrowUp', /Insert before Run lean/);
      await page.keyboard.press('Enter');
      await inOrder(page, 'GROWTH', 'LEAN', 'CLAIMS', 'DATA');

      await save(page);
      const missing = page.locator('.field-error');
      await missing.filter({ hasText: 'Say why for Grow abroad, Run lean, Settle claims, Decide on data' }).waitFor();
      expect(await page.locator('.ranking-why[aria-invalid="true"]').count()).toBe(4);
      await say(page, 'In July', 'GROWTH', 'LEAN', 'CLAIMS', 'DATA');
      await save(page);
      await isSaid(page, 'The ranking is saved.');
      await page.locator('.message').filter({ hasText: '4 of 4 ranks changed since' }).waitFor();
      expect((await read('2026-Q3')).items.map(({ rationale }) => rationale)).toEqual(
        ['GROWTH', 'LEAN', 'CLAIMS', 'DATA'].map((code) => `In July: ${code}`),
      );
      await settled(page);

      // What is begun stays when somebody else saved and the page fetches anew.
      await page.getByRole('button', { name: 'Move Decide on data up' }).click();
      await inOrder(page, 'GROWTH', 'LEAN', 'DATA', 'CLAIMS');
      await saved('2026-Q3', 'Theirs', 'LEAN', 'GROWTH', 'CLAIMS', 'DATA');
      const fetched = page.waitForResponse((reply) => /\/priority-order\?/.test(reply.url()));
      await page.evaluate(() => {
        const real = Date.now.bind(Date);
        Date.now = () => real() + 120_000;
        dispatchEvent(new Event('visibilitychange'));
      });
      await fetched;
      await settled(page);
      await inOrder(page, 'GROWTH', 'LEAN', 'DATA', 'CLAIMS');
      // The reasons that are stored were told of other ranks.
      await save(page);
      await missing.filter({ hasText: 'changed again for Decide on data, Settle claims' }).waitFor();
      await say(page, 'Mine', 'DATA', 'CLAIMS');
      await save(page);
      const conflict = page.getByRole('alert', { name: 'Somebody else changed this ranking' });
      await conflict.getByText('Run lean: theirs rank 1 (“Theirs: LEAN”), yours rank 2 (“In July: LEAN”)').waitFor();
      await conflict.getByRole('button', { name: 'Keep mine on top of theirs' }).click();
      await conflict.waitFor({ state: 'detached' });
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('ranking-head');
      await inOrder(page, 'GROWTH', 'LEAN', 'DATA', 'CLAIMS');
      await say(page, 'Mine', 'GROWTH', 'LEAN');
      await save(page);
      await isSaid(page, 'The ranking is saved.');
      expect((await read('2026-Q3')).items.map(({ code, rank, rationale }) => [code, rank, rationale])).toEqual(
        ['GROWTH', 'LEAN', 'DATA', 'CLAIMS'].map((code, at) => [code, at + 1, `Mine: ${code}`]),
      );
    });
  });

  test('asks before another quarter loses what was ordered; its chart tells what its table tells', async () => {
    await visit(browser, api, 'cio', {}, async (page) => {
      await open(page, PATH);
      const order = await page.locator('.ranking-rank + span').allInnerTexts();
      await page.getByRole('button', { name: `Move ${order[1]} up` }).click();
      const question = page.getByRole('alertdialog', { name: 'Leave without saving?' });
      // In a row only the arrows and their like are the list's: keys of the page do what they do elsewhere.
      await page.locator('.ranking-row').first().focus();
      await page.keyboard.press('PageDown');
      expect(await focused(page)).toContain(order[1]!);
      await page.keyboard.press(']');
      await question.getByRole('button', { name: 'Stay' }).click();
      await question.waitFor({ state: 'detached' });
      expect(new URL(page.url()).searchParams.get('period')).toBe('2026-Q3');
      expect((await page.locator('.ranking-rank + span').allInnerTexts())[0]).toBe(order[1]);
      await page.getByRole('link', { name: /^Next quarter/ }).click();
      await question.getByRole('button', { name: 'Leave' }).click();
      await page.waitForURL(/period=2026-Q4/);
      await settled(page);

      // Nothing was typed here: the way back asks nothing.
      await page.getByRole('link', { name: /^Previous quarter/ }).click();
      await page.waitForURL(/period=2026-Q3/);
      await settled(page);
      expect(await page.locator('.ranking-rank + span').allInnerTexts()).toEqual(order);
      const chart = page.locator('figure[data-chart="priority-ranks"]');
      expect(await chart.locator('[role=img]').getAttribute('aria-label')).toMatch(/kept one rank/);
      // The table takes the place of the drawing.
      await chart.locator('.mark-rank-dot').first().waitFor();
      const dots = await chart.locator('.mark-rank-dot').count();
      await chart.getByText('Show as table').click();
      expect(await chart.locator('.twin tbody tr').count()).toBe(4);
      const ranks = (await chart.locator('.twin tbody td').allInnerTexts()).filter((text) => /^\d+$/.test(text.trim()));
      expect(ranks).toHaveLength(dots);
    });
  });

  test('leaves a priority without a rank, and asks nothing of what stayed', async () => {
    await visit(browser, api, 'cio', {}, async (page) => {
      await open(page, '/priorities?period=2026-Q4');
      await page.getByRole('button', { name: /^As in / }).click();
      const names = await page.locator('.ranking-rank + span').allInnerTexts();
      await page.getByRole('button', { name: `Move ${names[3]} down` }).click();
      await isSaid(page, `${names[3]} is not ranked now.`);
      expect(await shown(page)).toEqual(['1 as before', '2 as before', '3 as before', '\u2013 was 4']);
      await save(page);
      await isSaid(page, 'The ranking is saved.');
      expect((await read('2026-Q4')).items.map(({ name, rank }) => [name, rank])).toEqual(
        names.map((name, at) => [name, at === 3 ? null : at + 1]),
      );
      await page.getByRole('button', { name: 'Rank all as listed' }).click();
      expect(await shown(page)).toEqual(['1 as before', '2 as before', '3 as before', '4 as before']);
      await page.getByRole('button', { name: 'Undo changes' }).click();
    });
  });

  test('has no defect in either theme, fits 320 pixels, and is only read by whoever does not rank', async () => {
    await visit(browser, api, 'cio', {}, async (page) => {
      await open(page, PATH);
      expect(await defectsInBothThemes(page)).toEqual({ light: [], dark: [] });
      await page.setViewportSize({ width: 320, height: 700 });
      await settled(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    });
    await visit(browser, api, 'pm-dig', {}, async (page) => {
      await open(page, PATH);
      await page.getByText('The CIO ranks priorities; you can read them.').waitFor();
      expect(await page.locator('.ranking-grip, .ranking input, .ranking-buttons').count()).toBe(0);
    });
  });
});
