/** What a plan made anew leaves to be seen: on the overview, in the register, in the chain. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchBrowser, open, settled, visit } from '../support/browser.js';
import { type Api, startApi } from '../support/harness.js';
import { enterReplanned } from '../support/replanned.js';

let api: Api;
let browser: Browser;
beforeAll(async () => {
  [api, browser] = await Promise.all([startApi(), launchBrowser()]);
  await enterReplanned(api);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await api?.stop();
});

const PERIOD = 'period=2026-Q1';
const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f\s]+/g, ' ').trim();

describe('the largest deviations', () => {
  test('show each difference against both plans, and mark what was planned anew', async () => {
    await visit(browser, api, 'cio', {}, async (page) => {
      await open(page, `/?${PERIOD}`);
      await settled(page);
      const rows = page.locator('.deviations tbody tr');
      expect(await rows.count()).toBe(5);
      const hidden = rows.filter({ hasText: 'Benefit hidden' });
      expect((await hidden.innerText()).replaceAll(/\s+/g, ' ')).toMatch(/0 .*re-planned ▼ −150 On track/);
      expect(await hidden.getByText('re-planned').count()).toBe(1);
      expect(await rows.filter({ hasText: 'Benefit good' }).getByText('re-planned').count()).toBe(0);
      const figure = page.locator('.deviations-figure');
      expect(plain(await figure.locator('.panel-message').innerText())).toBe(
        'Benefit hidden is furthest below BL: ▼ −150 USD',
      );
      expect(plain(await figure.locator('.about').innerText())).toContain('↻ re-planned');
      await hidden
        .getByRole('link', { name: /^Benefit hidden, against baseline plan, −150 USD, unfavourable/ })
        .click();
      await page.locator('#trace-panel').getByText('realised − baseline planned').waitFor();
    });
  });

  test.each([
    [1440, 900],
    [1280, 800],
    [1024, 768],
    [360, 740],
  ])('fit %s×%s without a scroll to the side', async (width, height) => {
    await visit(browser, api, 'cio', { width, height }, async (page) => {
      await open(page, `/?${PERIOD}`);
      await settled(page);
      const region = page.locator('.deviations.table-region');
      await region.waitFor();
      expect(await region.evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0);
      expect(await region.getByRole('link', { name: /against baseline plan/ }).count()).toBe(5);
    });
  });
});

describe('the register of benefits', () => {
  test('has the difference from the baseline plan in a column of its own, to sort by, and the rates of each class', async () => {
    await visit(browser, api, 'cio', {}, async (page) => {
      await open(page, `/benefits?${PERIOD}&sort=approved`);
      await settled(page);
      const lines = page.locator('.benefit-line');
      const codes = await lines.locator('.benefit-code').allInnerTexts();
      expect(codes).toEqual(['HIDDEN', 'MOVED', 'PLAIN', 'GROWN', 'LOWER', 'GOOD']);
      const header = page.getByRole('columnheader', { name: /ΔBL.*Against the baseline plan/ });
      expect(await header.getAttribute('aria-sort')).toBe('ascending');
      const hidden = lines.filter({ hasText: 'HIDDEN' });
      await hidden.getByRole('link', { name: 'Realised less baseline plan, HIDDEN −150 USD, unfavourable' }).waitFor();
      expect(await hidden.getByText('re-planned').count()).toBe(1);
      expect(await lines.filter({ hasText: 'GOOD' }).getByText('not approved').count()).toBe(1);
      const group = page.locator('.benefit-group').first();
      await group.getByRole('link', { name: 'Cashable, realised less baseline plan −150 USD, unfavourable' }).waitFor();
      const rates = page.locator('.benefit-rates').first();
      expect(plain(await rates.innerText())).toBe(
        'Realised 93.0 % of plan; 81.5 % of baseline plan (1 of 6 not approved); where measured 88.6 % of plan; 87.5 % of months measured',
      );
      await rates.getByRole('link', { name: /^Cashable, realised of the baseline plan/ }).click();
      const panel = page.locator('#trace-panel');
      await panel.getByText('Realisation rate of the listed benefits against the baseline plan').waitFor();
      expect(await panel.innerText()).toContain('81.48148148 %');
    });
  });

  test('traces the rates of a portfolio in that portfolio', async () => {
    await visit(browser, api, 'cio', {}, async (page) => {
      await open(page, `/benefits?${PERIOD}&portfolio=DIG`);
      await settled(page);
      await page
        .locator('.benefit-rates')
        .first()
        .getByRole('link', { name: /^Cashable, realised of the plan \d/ })
        .click();
      await page.locator('#trace-panel').getByText('Realisation rate of the listed benefits').first().waitFor();
      expect(new URL(page.url()).searchParams.get('trace')).toBe(
        'listed.realisation_rate:among=class%3Dcashable%26on%3D2026-11-21',
      );
    });
  });
});

describe('the facts of a benefit in the chain', () => {
  test('have its rates against both plans, its coverage and its measured rate, each with a trace', async () => {
    await visit(browser, api, 'cio', {}, async (page) => {
      await open(page, `/chain?${PERIOD}&node=benefit:HIDDEN`);
      const rates = page.locator('.node-rates');
      await rates.waitFor();
      const lines = (await rates.locator('div').allInnerTexts()).map(plain);
      expect(lines).toEqual([
        'Realised of the current plan 100.0 %',
        'Realised of the baseline plan 50.0 %',
        'Rate over the measured months 100.0 %',
        'Planned months that are measured 100.0 %',
      ]);
      const figures = await rates
        .getByRole('link')
        .evaluateAll((links) => links.map((link) => link.getAttribute('data-num')?.split(':')[0]));
      expect(figures).toEqual([
        'node.realisation_rate',
        'node.baseline_realisation_rate',
        'node.measured_rate',
        'node.coverage',
      ]);
      await rates.getByRole('link', { name: /^Realised of the baseline plan/ }).click();
      const panel = page.locator('#trace-panel');
      await panel.getByText('Realisation rate against the baseline plan of HIDDEN').first().waitFor();
      expect(await panel.innerText()).toContain('300 USD');
    });
  });
});
