import { describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { defectsInBothThemes } from '../support/axe.js';
import { open, settled, visit } from '../support/browser.js';
import { distinct, expectShows, openedTrace, rememberedTraces, shownNumbers } from '../support/browser-numbers.js';
import { FINE, look } from '../support/layout.js';
import { exampleStage } from '../support/stage.js';

/** The page of one benefit, with the example. */

const stage = exampleStage();
const PERIOD = '2026-Q3';
const pageOf = (code: string, more = ''): string => `/benefits/${code}?period=${PERIOD}${more}`;
const traced = rememberedTraces(() => stage.example, { period: PERIOD });
const focused = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? null);

describe('The page of a benefit', () => {
  test.each(['EX-BEN-01', 'EX-BEN-09', 'EX-BEN-10', 'EX-BEN-14', 'EX-BEN-18'])(
    '%s shows each number as its trace has it',
    async (code) => {
      await visit(stage.browser, stage.example, 'admin', {}, async (page) => {
        await open(page, pageOf(code));
        await page.locator('[data-chart="profile-of-benefit"] [data-scenario="AC"]').first().waitFor();
        const numbers = await shownNumbers(page);
        expect(numbers.length).toBeGreaterThan(30);
        for (const number of distinct(numbers)) {
          const trace = await traced(number.step);
          expectShows(number, trace);
        }
        await page.locator('.benefit-standing [data-num]').first().click();
        expect((await openedTrace(page)).text).toContain('How it is computed');
      });
    },
    240_000,
  );

  test('actual is solid, forecast hatched, plans hollow, the earlier plan in a thinner frame; each mark has its cell', async () => {
    await visit(stage.browser, stage.example, 'admin', {}, async (page) => {
      for (const choice of ['', '&by=month&profile=cumulative']) {
        await open(page, pageOf('EX-BEN-10', choice));
        const chart = page.locator('[data-chart="profile-of-benefit"]');
        await chart.locator('[data-scenario="FC"]').first().waitFor();
        const marks = await chart.locator('.profile-columns [data-scenario]').evaluateAll((found) =>
          found.map((mark) => {
            const { fill, stroke, strokeWidth } = getComputedStyle(mark);
            return { scenario: mark.getAttribute('data-scenario'), fill, stroke, strokeWidth };
          }),
        );
        const of = (scenario: string) => marks.filter((mark) => mark.scenario === scenario);
        for (const scenario of ['AC', 'FC', 'PL', 'PL1']) expect(of(scenario).length).toBeGreaterThan(1);
        expect(of('FC').every(({ fill }) => fill.startsWith('url('))).toBe(true);
        expect(of('AC').every(({ fill }) => fill.startsWith('rgb'))).toBe(true);
        expect(of('PL1').every(({ fill, strokeWidth }) => fill === 'none' && strokeWidth === '0.5px')).toBe(true);
        expect(of('PL').every(({ stroke, strokeWidth }) => stroke !== 'none' && strokeWidth === '1px')).toBe(true);
        const drawn = marks.length + (await chart.locator('.profile-columns [data-variance]').count());
        await chart.getByText('Show as table').click();
        expect(await chart.locator('.twin td.numeric').count()).toBe(drawn);
        expect(await chart.locator('figcaption').innerText()).toMatch(/plan[\s\S]*EX-BEN-10 · /);
        expect(await chart.getByRole('link', { name: 'CSV' }).getAttribute('href')).toMatch(/^data:text\/csv/);
        await chart.getByText('Show as drawing').click();
      }
    });
  });

  test('a dis-benefit hangs below zero', async () => {
    await visit(stage.browser, stage.example, 'admin', {}, async (page) => {
      await open(page, pageOf('EX-BEN-14'));
      const chart = page.locator('[data-chart="profile-of-benefit"]');
      await chart.locator('[data-scenario="AC"]').first().waitFor();
      const below = await chart.evaluate((figure) => {
        const zero = [...figure.querySelectorAll('.mark-zero')].at(-1)!.getBoundingClientRect().top;
        return [...figure.querySelectorAll('.profile-columns [data-scenario="AC"]')].map(
          (mark) => mark.getBoundingClientRect().top >= zero - 1,
        );
      });
      expect(below.length).toBeGreaterThan(3);
      expect(below).not.toContain(false);
    });
  });

  test('keys 1 to 7 lead to the sections, stand in the help, and do nothing once they are switched off', async () => {
    await visit(stage.browser, stage.example, 'admin', {}, async (page) => {
      await open(page, pageOf('EX-BEN-01'));
      for (const number of [3, 7, 1, 5, 2, 6, 4]) {
        await page.keyboard.press(String(number));
        expect(await focused(page)).toMatch(new RegExp(`^${number} `));
      }
      await page.keyboard.press('?');
      const help = page.getByRole('dialog');
      expect(await help.innerText()).toContain('Sections of this benefit');
      expect(await help.innerText()).toContain('Contribution path');
      await page.keyboard.press('Escape');
      await page.evaluate(() => localStorage.setItem('throughline.single-keys', 'off'));
      await open(page, pageOf('EX-BEN-01'));
      await page.keyboard.press('3');
      expect(await focused(page)).toBeNull();
      await page
        .getByRole('navigation', { name: 'Sections of this benefit' })
        .getByRole('link', { name: 'Measure', exact: true })
        .click();
      expect(await focused(page)).toBe('3 Measure');
    });
  });

  test('what is drawn stands in the address', async () => {
    await visit(stage.browser, stage.example, 'admin', {}, async (page) => {
      await open(page, pageOf('EX-BEN-01'));
      await page.getByRole('radio', { name: 'Months' }).click();
      await page.getByRole('radio', { name: 'Cumulative' }).click();
      await settled(page);
      expect(new URL(page.url()).searchParams.get('by')).toBe('month');
      expect(new URL(page.url()).searchParams.get('profile')).toBe('cumulative');
      await page.reload();
      await settled(page);
      expect(await page.getByRole('radio', { name: 'Months' }).getAttribute('aria-checked')).toBe('true');
    });
  });

  test('what is missing says so, with a way to repair it for who may write', async () => {
    await visit(stage.browser, stage.example, 'admin', {}, async (page) => {
      await open(page, pageOf('EX-BEN-22'));
      const observable = page.locator('[data-test="observable"]');
      expect(await observable.innerText()).toContain('a change cannot be shown without a baseline');
      await observable.getByRole('link', { name: 'State it' }).click();
      await settled(page);
      expect(new URL(page.url()).pathname).toBe('/benefits/EX-BEN-22/edit');
    });
    await visit(stage.browser, stage.example, 'cio', {}, async (page) => {
      await open(page, pageOf('EX-BEN-22'));
      expect(await page.locator('[data-test="observable"]').getByRole('link', { name: 'State it' }).count()).toBe(0);
    });
    await visit(stage.browser, stage.example, 'stakeholder-bu1', {}, async (page) => {
      await open(page, pageOf('EX-BEN-01'));
      expect(await page.locator('#benefit-section-4').innerText()).toContain('for those to see who read the chain');
    });
  });

  test.each([
    ['EX-BEN-01', 1440, 900],
    ['EX-BEN-18', 1024, 768],
    ['EX-BEN-10', 360, 740],
  ])('%s at %d wide has no defect in light and dark', async (code, width, height) => {
    await visit(stage.browser, stage.example, 'admin', { width, height }, async (page) => {
      await open(page, pageOf(code));
      await page.locator('[data-chart="profile-of-benefit"] [data-scenario="AC"]').first().waitFor();
      expect(await look(page)).toEqual(FINE);
      expect(await defectsInBothThemes(page)).toEqual({ light: [], dark: [] });
    });
  });
});
