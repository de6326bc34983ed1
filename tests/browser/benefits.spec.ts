import { describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { BenefitList } from '../../server/contract/register.js';
import { defects } from '../support/axe.js';
import { open, settled, visit } from '../support/browser.js';
import { goldenStage } from '../support/stage.js';

/** The register of benefits: its filters are in the address, its classes add up their lines, and views keep what one looks at. */

const stage = goldenStage();
const PERIOD = 'period=2026-Q4';
const read = async (question = ''): Promise<BenefitList> =>
  (await stage.api.as('admin').get(`/value/benefits?${PERIOD}${question}`)).body;
const lines = (page: Page) => page.locator('.benefit-line');
const codesOf = async (page: Page): Promise<string[]> => lines(page).locator('.benefit-code').allInnerTexts();
const caption = (page: Page): Promise<string> => page.locator('caption').first().innerText();

/** The figures of one column in a class, each traced to its cent, and what the line of the class says. */
const exactSums = async (page: Page, figure: 'planned' | 'realised' | 'expected') => {
  const found = await page.locator('.benefit-table tbody').evaluateAll(
    (bodies, name) =>
      bodies.map((body) => ({
        sum: body.querySelector(`.benefit-group [data-num^="listed.${name}"]`)?.getAttribute('data-num') ?? null,
        lines: [...body.querySelectorAll(`.benefit-line [data-num^="node.${name}:"]`)].map((each) =>
          each.getAttribute('data-num')!,
        ),
      })),
    figure,
  );
  return found.filter(({ sum }) => sum !== null);
};

const valueOf = async (step: string): Promise<bigint> => {
  const [figure, ...fields] = step.split(':');
  const query = new URLSearchParams(PERIOD);
  for (const field of fields) {
    const at = field.indexOf('=');
    query.set(field.slice(0, at), decodeURIComponent(field.slice(at + 1)));
  }
  const { body } = await stage.api.as('admin').get(`/trace/${figure}?${query}`);
  return BigInt(String(body.value).replace('.', ''));
};

describe('The register of benefits', () => {
  test.each(['', '&status=off_track', '&class=financial'])(
    'the line of a class is the sum of the lines below it%s',
    async (question) => {
      await visit(stage.browser, stage.api, 'admin', {}, async (page) => {
        await open(page, `/benefits?${PERIOD}${question}`);
        for (const figure of ['planned', 'realised', 'expected'] as const) {
          const classes = await exactSums(page, figure);
          expect(classes.length).toBeGreaterThan(0);
          for (const { sum, lines: own } of classes.filter((each) => each.lines.length > 0)) {
            let total = 0n;
            for (const step of own) total += await valueOf(step);
            const off = Number((await valueOf(sum!)) - total);
            expect([figure, sum, Math.abs(off) <= own.length]).toEqual([figure, sum, true]);
          }
        }
      });
    },
    60_000,
  );

  test('there is no sum across classes, unless one asks for money only', async () => {
    await visit(stage.browser, stage.api, 'admin', {}, async (page) => {
      await open(page, `/benefits?${PERIOD}`);
      expect(await page.getByText('Cashable and non-cashable together').count()).toBe(0);
      await page.getByLabel('Class').selectOption('financial');
      await page.waitForURL('**class=financial**');
      await page.getByText('Cashable and non-cashable together').waitFor();
    });
  });

  test('filters, order and columns are in the address and survive reload', async () => {
    await visit(stage.browser, stage.api, 'admin', {}, async (page) => {
      const level = String((await read('&status=off_track')).items[0]!.evidenceLevel);
      await open(page, `/benefits?${PERIOD}`);
      await page.getByLabel('Status').selectOption('off_track');
      await page.waitForURL('**status=off_track**');
      await page.getByRole('combobox', { name: 'Evidence' }).selectOption(level);
      await page.waitForURL(`**evidence=${level}**`);
      await settled(page);
      await page.getByRole('button', { name: /^PL/ }).click();
      await page.waitForURL('**sort=planned**');
      await page.getByRole('button', { name: 'Columns' }).click();
      await page.getByRole('menuitemcheckbox', { name: 'Outcome' }).click();
      await page.keyboard.press('Escape');
      await page.waitForURL('**columns=**outcome**');
      await settled(page);
      const { items } = await read(`&status=off_track&evidence=${level}`);
      expect(items.length).toBeGreaterThan(0);
      const before = [await codesOf(page), await caption(page), await page.locator('thead th').allInnerTexts()];
      expect([...(before[0] as string[])].sort()).toEqual(items.map(({ code }) => code).sort());
      expect(before[2]!.includes('Outcome')).toBe(true);
      await page.reload();
      await settled(page);
      expect([await codesOf(page), await caption(page), await page.locator('thead th').allInnerTexts()]).toEqual(
        before,
      );
      expect(await page.getByLabel('Status').inputValue()).toBe('off_track');
      await page.getByLabel('Code or name').fill('no such thing');
      await page.getByText('None of the benefits matches these filters.').waitFor();
      await page.getByRole('button', { name: 'Clear filters' }).click();
      await lines(page).first().waitFor();
      expect(await lines(page).count()).toBe((await read()).total);
    });
  });

  test('is a grid with one stop of the Tab key, where arrows, Home and End lead on and Enter opens', async () => {
    await visit(stage.browser, stage.api, 'admin', {}, async (page) => {
      await open(page, `/benefits?${PERIOD}`);
      const links = lines(page).locator('th a');
      const names = await links.allInnerTexts();
      const codes = await codesOf(page);
      const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
      const stops = () => page.locator('[role=grid] tbody :is(a, button)[tabindex="0"]').allInnerTexts();
      expect(await stops()).toHaveLength(1);
      await links.first().focus();
      expect(await stops()).toEqual([names[0]]);
      await page.keyboard.press('ArrowDown');
      expect(await focused()).toBe(names[1]);
      await page.keyboard.press('ArrowRight');
      expect(await focused()).not.toBe(names[1]);
      await page.keyboard.press('Home');
      expect(await focused()).toBe(names[1]);
      await page.keyboard.press('ArrowUp');
      expect(await focused()).toBe(names[0]);
      // Leaves the grid, and comes back to where it was.
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.closest('[role=grid] tbody') !== null)).toBe(false);
      await page.keyboard.press('Shift+Tab');
      expect(await focused()).toBe(names[0]);
      await page.keyboard.press('Control+End');
      await page.keyboard.press('Home');
      await page.keyboard.press('Control+Home');
      expect(await stops()).toHaveLength(1);
      await links.nth(1).focus();
      await page.keyboard.press('Enter');
      await page.waitForURL(`**/benefits/${codes[1]}?**`);
    });
  });

  test('the workbook has what is shown', async () => {
    await visit(stage.browser, stage.api, 'admin', {}, async (page) => {
      await open(page, `/benefits?${PERIOD}&status=off_track`);
      const downloading = page.waitForEvent('download');
      await page.getByRole('link', { name: 'Export XLSX' }).click();
      const file = await downloading;
      expect(file.suggestedFilename()).toBe('benefits.xlsx');
      expect(file.url()).toContain('status=off_track');
    });
  });

  test.each(['light', 'dark'] as const)(
    'has no barrier that axe finds, in %s, filtered and on a phone',
    async (colorScheme) => {
      for (const width of [1440, 360])
        await visit(stage.browser, stage.api, 'admin', { colorScheme, width }, async (page) => {
          await open(page, `/benefits?${PERIOD}&class=financial&gap=no_owner`);
          expect(await defects(page)).toEqual([]);
          await open(page, `/benefits?${PERIOD}`);
          expect(await defects(page)).toEqual([]);
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          expect(wide).toBeLessThanOrEqual(0);
        });
    },
    60_000,
  );
});

describe('A saved view', () => {
  const menu = (page: Page) => page.locator('.views-button');

  test('keeps what one looks at, is found again, shared, renamed and deleted', async () => {
    await visit(stage.browser, stage.api, 'pm-dig', {}, async (page) => {
      await open(page, `/benefits?${PERIOD}&status=off_track&sort=variance`);
      const codes = await codesOf(page);
      await menu(page).click();
      await page.getByRole('menuitem', { name: 'Save this view as…' }).click();
      await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Late ones');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('alertdialog').waitFor({ state: 'detached' });
      await page.locator('.views-button', { hasText: 'Late ones' }).waitFor();
      await open(page, `/benefits?${PERIOD}`);
      expect(await menu(page).innerText()).toBe('Views');
      await menu(page).click();
      await page.getByRole('menuitem', { name: 'Late ones' }).click();
      await page.waitForURL('**status=off_track**sort=variance**');
      await settled(page);
      expect(await codesOf(page)).toEqual(codes);
      await menu(page).click();
      await page.getByRole('menuitem', { name: 'Share it with everyone' }).click();
      await page.waitForFunction(() => document.body.textContent?.includes('View Late ones, shared'));
    });
    await visit(stage.browser, stage.api, 'cio', {}, async (page) => {
      await open(page, `/benefits?${PERIOD}`);
      await menu(page).click();
      await page.getByRole('menuitem', { name: 'Late ones' }).click();
      await page.waitForURL('**status=off_track**');
      await settled(page);
      await menu(page).click();
      await page.getByRole('menuitem', { name: 'Save this view as…' }).waitFor();
      expect(await page.getByRole('menuitem', { name: 'Delete it…' }).count()).toBe(0);
    });
    await visit(stage.browser, stage.api, 'pm-dig', {}, async (page) => {
      await open(page, `/benefits?${PERIOD}&status=off_track&sort=variance`);
      await menu(page).click();
      await page.getByRole('menuitem', { name: /^Rename/ }).click();
      await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Off track');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.locator('.views-button', { hasText: 'Off track' }).waitFor();
      await menu(page).click();
      await page.getByRole('menuitem', { name: 'Delete it…' }).click();
      await page.getByRole('button', { name: 'Delete', exact: true }).click();
      await page.getByRole('alertdialog').waitFor({ state: 'detached' });
      await page.waitForFunction(() => document.querySelector('.views-button')?.textContent === 'Views');
    });
    expect((await stage.api.as('cio').get('/views?page=benefits')).body.items).toEqual([]);
  }, 60_000);
});
