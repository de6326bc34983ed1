/** The page of services on the example enterprise: read, drilled into, entered, as a stakeholder, on a phone. */
import { describe, expect, test } from '@jest/globals';
import { defectsInBothThemes } from '../support/axe.js';
import { open, settled, visit } from '../support/browser.js';
import { FINE, look } from '../support/layout.js';
import { exampleStage } from '../support/stage.js';

const PERIOD = '2026-Q3';
const PAGE = `/services?period=${PERIOD}`;
const ONE = `/services/EX-SVC-01?period=${PERIOD}`;
const stage = exampleStage();

describe('services', () => {
  test('say how they run; each figure leads to its months, each metric to its trace', async () => {
    await visit(stage.browser, stage.example, 'cio', {}, async (page) => {
      await open(page, `/?period=${PERIOD}`);
      await page.keyboard.press('g');
      await page.keyboard.press('v');
      await page.waitForURL('**/services?**');
      const message = page.locator('.page-header .message');
      await message.filter({ hasText: /^Services were available 99\.\d\d.% of the agreed time, which/ }).waitFor();
      const rows = page.getByRole('region', { name: 'Services', exact: true }).locator('tbody tr');
      expect(await rows.count()).toBe(8);
      await message.locator('[data-num="quality.availability"]').click();
      await page.getByRole('complementary').getByText('1 − Σ downtime ÷ Σ agreed minutes').waitFor();
      await page.keyboard.press('Escape');

      await rows
        .first()
        .getByRole('link', { name: /^Incidents a month of Claims desk system: [\d.]+$/ })
        .click();
      await page.waitForURL('**/services/EX-SVC-01?**figure=incidents**');
      await settled(page);
      const chart = page.locator('figure[data-chart="service-incidents"]');
      await chart.getByText('Show as table').click();
      const cells = chart.locator('.twin td.numeric:nth-child(2)');
      expect(await cells.count()).toBe(24);
      expect(await page.locator('[data-in-period]').allTextContents()).toEqual([
        'Sep 2026 of the quarter',
        'Aug 2026 of the quarter',
        'Jul 2026 of the quarter',
      ]);
      expect(await page.getByRole('button', { name: 'Add a month' }).count()).toBe(0);
    });
  });

  test('a month is entered by who may write it, impossible ones are refused at the field, and the figures follow', async () => {
    await visit(stage.browser, stage.example, 'admin', {}, async (page) => {
      await open(page, ONE.replace('2026-Q3', '2026-Q4'));
      await page.getByText('nothing is recorded of its availability').waitFor();
      await page.getByRole('button', { name: 'Add a month' }).click();
      await page.getByLabel('Month (required)').fill('2026-10');
      await page.getByRole('textbox', { name: 'Agreed minutes' }).fill('1000');
      await page.getByRole('textbox', { name: 'Downtime minutes' }).fill('2000');
      await page.getByRole('button', { name: 'Save month' }).click();
      await page.locator('.field-error', { hasText: 'Downtime cannot be longer' }).waitFor();
      await page.getByRole('textbox', { name: 'Downtime minutes' }).fill('10');
      await page.getByRole('button', { name: 'Save month' }).click();
      await page.locator('.page-header .message', { hasText: 'was available 99.00' }).waitFor();
      await page.getByRole('button', { name: 'Change Oct 2026' }).click();
      await page.getByRole('textbox', { name: 'Downtime minutes' }).fill('20');
      await page.getByRole('button', { name: 'Save month' }).click();
      await page.locator('.page-header .message', { hasText: 'was available 98.00' }).waitFor();
    });
  });

  test('one is added, given to an owner and renamed by who may write it', async () => {
    await visit(stage.browser, stage.example, 'admin', {}, async (page) => {
      await open(page, PAGE);
      await page.getByRole('button', { name: 'Add a service' }).click();
      await page.getByRole('textbox', { name: /^Code/ }).fill('SVC-NEW');
      await page.getByRole('textbox', { name: /^Name/ }).fill('Intranet');
      await page.getByRole('button', { name: 'Add service' }).click();
      await page.locator('.service-table').getByRole('link', { name: 'Intranet', exact: true }).click();
      await page.getByRole('button', { name: 'Change this service' }).click();
      await page.getByRole('textbox', { name: /^Name/ }).fill('Staff portal');
      await page.getByRole('textbox', { name: /^Owner/ }).fill('owner@tests.example');
      await page.getByRole('button', { name: 'Save service' }).click();
      await page.getByText('owner@tests.example').waitFor();
      await page.waitForFunction(() => document.title.includes('Staff portal'));
    });
  });

  test('a stakeholder sees those of own units only, and a portfolio says why it has none', async () => {
    await visit(stage.browser, stage.example, 'stakeholder-bu1', {}, async (page) => {
      await open(page, PAGE);
      const shown = await page.locator('.service-table tbody th').count();
      expect(shown).toBeGreaterThan(0);
      expect(shown).toBeLessThan(8);
    });
    await visit(stage.browser, stage.example, 'cio', {}, async (page) => {
      await open(page, `${PAGE}&portfolio=EX-PF-CORE`);
      await page.getByText('Services belong to business areas, not to portfolios').waitFor();
    });
  });

  test.each([PAGE, ONE])('%s has no defects in both themes, and fits a phone', async (path) => {
    await visit(stage.browser, stage.example, 'cio', {}, async (page) => {
      await open(page, path);
      expect(await defectsInBothThemes(page)).toEqual({ light: [], dark: [] });
    });
    await visit(stage.browser, stage.example, 'cio', { width: 360, height: 740 }, async (page) => {
      await open(page, path);
      expect(await look(page)).toEqual(FINE);
    });
  });
});
