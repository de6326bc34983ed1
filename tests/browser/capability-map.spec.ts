/** Capabilities and efficiency on the example enterprise: the map walked and assessed, people counted, need against money, duplicates judged. */
import { describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { defectsInBothThemes } from '../support/axe.js';
import { open, settled, visit } from '../support/browser.js';
import { FINE, look } from '../support/layout.js';
import { exampleStage } from '../support/stage.js';

const PERIOD = '2026-Q3';
const MAP = `/capabilities?period=${PERIOD}`;
const stage = exampleStage();

const focused = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => (document.activeElement as HTMLElement).dataset['capability']);

interface OnMap {
  code: string;
  name: string;
  parent: string | null;
  level: string | null;
}
const items = async (): Promise<OnMap[]> =>
  (await stage.example.as('cio').get(`/capability-map?period=${PERIOD}`)).body.items;

describe('the map of capabilities', () => {
  test('is walked by arrows that follow the nesting, and says each box in full', async () => {
    const all = await items();
    const tops = all.filter(({ parent }) => parent === null);
    const holds = tops.find(({ code }) => all.some(({ parent }) => parent === code));
    await visit(stage.browser, stage.example, 'cio', {}, async (page) => {
      await open(page, MAP);
      const boxes = page.locator('.cap-boxes').first();
      expect(await boxes.locator('[data-capability]').count()).toBe(all.length);
      expect(await boxes.locator('[data-capability][tabindex="0"]').count()).toBe(1);
      await boxes.locator('[data-capability][tabindex="0"]').focus();
      expect(await focused(page)).toBe(tops[0]!.code);
      await page.keyboard.press('ArrowRight');
      expect(await focused(page)).toBe(tops[1]!.code);
      await page.keyboard.press('Home');
      if (holds) {
        await boxes.locator(`[data-capability="${holds.code}"]`).focus();
        await page.keyboard.press('ArrowDown');
        expect(all.find(({ code }) => code === holds.code)!.code).toBe(
          all.find(({ parent }) => parent === holds.code)!.parent,
        );
        expect(await focused(page)).toBe(all.find(({ parent }) => parent === holds.code)!.code);
        await page.keyboard.press('ArrowUp');
        expect(await focused(page)).toBe(holds.code);
      }
      const name = await boxes.locator('[data-capability]').first().getAttribute('aria-label');
      expect(name).toMatch(
        /, (strategic|supporting|importance not stated), (maturity [\d.]+ of 5|not assessed), .*spend .* initiatives?$/,
      );
      await boxes.locator('[data-capability]').first().focus();
      await page.keyboard.press('Enter');
      await page.waitForURL(`**/capabilities/${tops[0]!.code}?**`);
    });
  });

  test('compares need and money from the widest mismatch on; in a portfolio it tells money only', async () => {
    await visit(stage.browser, stage.example, 'cio', {}, async (page) => {
      await open(page, MAP);
      const lists = page.locator('.cap-mismatch .cap-lines');
      for (let at = 0; at < (await lists.count()); at += 1) {
        const shares = await lists
          .nth(at)
          .locator('li')
          .evaluateAll((lines) =>
            lines.map((line) =>
              [...line.querySelectorAll('[data-num]')].map((num) => Number.parseFloat(num.textContent ?? '0') || 0),
            ),
          );
        const apart = shares.map(([need = 0, spend = 0]) => Math.abs(need - spend));
        // Printed with one decimal: neighbours may differ by a rounding.
        apart.slice(1).forEach((next, index) => expect(next).toBeLessThanOrEqual(apart[index]! + 0.11));
      }
      await page.locator('.page-header .message [data-num]').first().click();
      await page.getByRole('complementary').getByText('Strategic capabilities').first().waitFor();
      await page.keyboard.press('Escape');
      await open(page, `${MAP}&portfolio=EX-PF-CORE`);
      await page.getByText('How strong they are lies in no portfolio').waitFor();
      expect(await page.locator('.cap-level, .cap-line-bar').count()).toBe(0);
      expect(await page.getByLabel('Colour by').locator('option').allTextContents()).toEqual(['Spend', 'Benefit']);
    });
  });

  test('changes when a capability is assessed; a count is added, and either is taken back', async () => {
    const before = (await items()).find(({ level }) => level !== null)!;
    await visit(stage.browser, stage.example, 'admin', {}, async (page) => {
      await open(page, `/capabilities/${before.code}?period=${PERIOD}`);
      await page.getByText('Spend on skills that reaches it').waitFor();
      await page.getByRole('button', { name: 'Assess it' }).click();
      await page.getByLabel('Assessed on (required)').fill('2026-09-30');
      await page.getByRole('radio', { name: /^4 Measured/ }).check();
      await page.getByLabel('Met of the next level').selectOption('9 of 10 parts');
      await page.getByLabel('Evidence (required)').fill('Review of the year');
      await page.getByRole('button', { name: 'Add assessment' }).click();
      await page.locator('.field-error', { hasText: 'criteria of level 5' }).waitFor();
      await page.getByLabel('Which criteria are met').fill('Improved from measures in all teams but one');
      await page.getByRole('button', { name: 'Add assessment' }).click();
      await page.getByRole('cell', { name: /^Measured: .*all teams but one$/ }).waitFor();
      const history = page.locator(`figure[data-chart="maturity-${before.code}"]`);
      await history.locator('figcaption', { hasText: 'to 4.9' }).waitFor();
      await history.getByText('Show as table').click();
      expect(await history.locator('.twin tbody tr').count()).toBeGreaterThan(1);
      expect((await items()).find(({ code }) => code === before.code)!.level).toBe('4.9');

      await page.getByRole('button', { name: 'Add a competency' }).click();
      await page.getByLabel('Code (required)').fill('CMP-NEW');
      await page.getByLabel('Name (required)').fill('Testers');
      await page.getByLabel('Counted on (required)').fill('2026-09-30');
      await page.getByLabel('Required, FTE (required)').fill('4');
      await page.getByLabel('Available, FTE (required)').fill('3.5');
      await page.getByRole('button', { name: 'Add count' }).click();
      await page.getByRole('rowheader', { name: /Testers/ }).waitFor();
      await page.getByRole('button', { name: /^Take back the count of Testers/ }).click();
      await page.getByRole('button', { name: 'Take it back' }).click();
      await page.getByRole('rowheader', { name: /Testers/ }).waitFor({ state: 'detached' });
      await page.getByRole('button', { name: /^Take back the assessment of 30 Sep 2026/ }).click();
      await page.getByRole('button', { name: 'Take it back' }).click();
      await page
        .getByRole('button', { name: /^Take back the assessment of 30 Sep 2026/ })
        .waitFor({ state: 'detached' });
      expect((await items()).find(({ code }) => code === before.code)!.level).toBe(before.level);
      expect(await defectsInBothThemes(page)).toEqual({ light: [], dark: [] });
    });
  });
});

describe('efficiency', () => {
  test('pairs are judged to be different, and judged again; a mark is taken back where it stands', async () => {
    await visit(stage.browser, stage.example, 'admin', {}, async (page) => {
      await open(page, `/efficiency?period=${PERIOD}`);
      const judge = page.getByRole('button', { name: /^Judge \S+ and \S+$/ }).first();
      const label = (await judge.getAttribute('aria-label'))!;
      await judge.click();
      await page.getByLabel('What is it? (required)').selectOption('different');
      await page.getByLabel('Why (required)').fill('Other customers');
      await page.getByRole('button', { name: 'Save the verdict' }).click();
      await page.getByText('Judged to be different').click();
      await page.getByRole('button', { name: `${label} again`, exact: true }).click();
      const again = page.getByRole('button', { name: label, exact: true });
      await again.click();
      await page.getByLabel('What is it? (required)').selectOption({ index: 1 });
      await page.getByLabel('Why (required)').fill('The same forms');
      await page.getByRole('button', { name: 'Save the verdict' }).click();
      await page.getByText('The same forms').waitFor();
      const marked = page.getByRole('listitem').filter({ hasText: 'The same forms' });
      await marked.getByRole('button', { name: /^Take back the mark that \S+ duplicates \S+$/ }).click();
      await page.getByRole('button', { name: 'Take it back' }).click();
      await page.getByText('The same forms').waitFor({ state: 'detached' });
      await again.waitFor();
      await settled(page);
      const sums = await page
        .locator('.page [data-num]')
        .evaluateAll((all) => all.filter((num) => /-\d/.test(num.textContent ?? '')).map((num) => num.textContent));
      expect(sums).toEqual([]);
      expect(await page.getByText('The amounts are their cost to date, ').count()).toBe(1);
      // Of an initiative that others pay, the amount is 0 there, and it is said why.
      await open(page, `/efficiency?period=${PERIOD}&portfolio=EX-PF-CORE`);
      await page.getByText(/The amounts are their cost to date from the money of .+ only, /).waitFor();
    });
  });
});

test.each([MAP, `/capabilities/EX-CAP-01?period=${PERIOD}`, `/efficiency?period=${PERIOD}`])(
  '%s fits a phone',
  async (path) => {
    await visit(stage.browser, stage.example, 'cio', { width: 360, height: 740 }, async (page) => {
      await open(page, path);
      expect(await look(page)).toEqual(FINE);
    });
  },
);
