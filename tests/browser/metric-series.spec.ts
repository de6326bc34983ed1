import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, open, visit } from '../support/browser.js';
import { shellDefects } from '../support/chart-shell.js';
import { type Api, startApi } from '../support/harness.js';
import { FIRST, LAST, loadServiceSeries, QUARTERS } from '../support/service-series.js';

/** Criteria 2 and 21 on metrics with few points and many. */

const row = (page: Page, id: string) => page.locator(`tr[data-metric="${id}"]`);

describe('A product of one series', () => {
  let api: Api;
  let browser: Browser;
  beforeAll(async () => {
    [api, browser] = await Promise.all([startApi({ bare: true }), launchBrowser()]);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await api?.stop();
  });

  const INCIDENTS = 'quality.incidents_per_service_month';

  test('is empty before: what is defined, and what would measure it', async () => {
    await visit(browser, api, 'admin', {}, async (page) => {
      await open(page, '/metrics');
      expect(await page.locator('main .message').innerText()).toBe(
        '46 metrics are defined, none is measured in this period.',
      );
      await page.getByRole('heading', { name: 'Defined, not measured' }).waitFor();
      expect(await page.locator('main tbody tr').count()).toBe(8);
      expect(await page.locator('tr[data-metric]').count()).toBe(0);
      await open(page, '/metrics/outcome.cost_saved');
      expect(await page.locator('main .message').innerText()).toContain('none recorded');
    });
    await loadServiceSeries(api);
    await visit(browser, api, 'admin', {}, async (page) => {
      await open(page, '/metrics/decision.time_to_decide');
      const drawing = page.locator('[data-chart="metric-decision-time_to_decide"] .drawing');
      expect(await drawing.innerText()).toMatch(/^Defined, not measured: .* measured from decisions with the days/);
      expect(await drawing.getByRole('link', { name: 'Import them' }).getAttribute('href')).toMatch(/^\/import/);
    });
  });

  test('has no limits with 5 points, limits with 6, and those of the last 12 with more', async () => {
    await visit(browser, api, 'admin', {}, async (page) => {
      const marks = async (period: string) => {
        await open(page, `/metrics?period=${period}`);
        const incidents = row(page, INCIDENTS);
        return {
          variation: await incidents.locator('[data-variation]').getAttribute('data-variation'),
          limits: await incidents
            .locator('.spark .mark-limit')
            .evaluateAll((lines) => lines.map((line) => getComputedStyle(line).strokeDasharray)),
        };
      };
      expect(await marks(QUARTERS[4]!.period)).toEqual({ variation: 'few', limits: [] });
      // On trial they are dotted, from 12 points on dashed; the key says so.
      expect(await marks(QUARTERS[5]!.period)).toEqual({ variation: 'common', limits: ['1px, 3px', '1px, 3px'] });
      await open(page, `/metrics/${INCIDENTS}?period=${QUARTERS[10]!.period}`);
      expect(await page.locator('.legend').innerText()).toContain('trial limits, 11 of 12 points');
      const mean = async (period: string) => {
        await open(page, `/metrics/${INCIDENTS}?period=${period}`);
        return page
          .locator('.xmr-label', { hasText: /^mean / })
          .first()
          .innerText();
      };
      // The first quarter lies among the last 12 of the twelfth, and not among those of the thirteenth.
      expect(await mean(QUARTERS[11]!.period)).not.toBe('mean 11.0');
      expect(await mean(QUARTERS[12]!.period)).toBe('mean 11.0');
      expect(await marks(QUARTERS[12]!.period)).toEqual({ variation: 'common', limits: ['4px, 3px', '4px, 3px'] });
    });
  });

  test('tells each point, line and target that is drawn in the table and in its file', async () => {
    const target = { metricId: INCIDENTS, fromPeriod: '2024-Q1', target: '9', amber: '12' };
    expect((await api.as('admin').post('/metric-targets', target)).status).toBe(201);
    await visit(browser, api, 'admin', {}, async (page) => {
      for (const [path, targets] of [
        ['/metrics', 1],
        [`/metrics/${INCIDENTS}`, 1],
        ['/services/S1', 0],
      ] as const) {
        await open(page, `${path}?period=${QUARTERS[12]!.period}`);
        await page.locator('.drawing .mark-limit').first().waitFor({ state: 'attached' });
        expect(await page.locator('.drawing [data-scenario=PL]').count()).toBe(targets);
        expect({ path, defects: await shellDefects(page) }).toEqual({ path, defects: [] });
      }
    });
  });

  test('says of the same change that it is good or bad by what is better', async () => {
    await visit(browser, api, 'admin', {}, async (page) => {
      await open(page, `/metrics?period=${LAST.period}`);
      for (const [id, variation, letter] of [
        [INCIDENTS, 'concern', 'H'],
        ['quality.availability', 'improving', 'H'],
        ['quality.change_failure_rate', 'improving', 'L'],
        ['quality.performance_attainment', 'concern', 'L'],
      ] as const) {
        const mark = row(page, id).locator('[data-variation]');
        expect({ id, shown: await mark.getAttribute('data-variation') }).toEqual({ id, shown: variation });
        expect(await mark.locator('b').innerText()).toBe(letter);
        expect(await mark.getAttribute('title')).toContain('outside the limits');
      }
    });
  });

  test('sorts records by their raw numbers, and its trace has every digit', async () => {
    await visit(browser, api, 'admin', {}, async (page) => {
      await open(page, `/metrics/${INCIDENTS}/records?period=${FIRST.period}`);
      const headers = await page.locator('main thead th').allInnerTexts();
      const at = headers.findIndex((text) => text.includes('Incidents'));
      const column = async () =>
        (await page.locator(`main tbody tr > :nth-child(${at + 1})`).allInnerTexts()).map((text) => text.trim());
      await page
        .locator('main thead')
        .getByRole('button', { name: /^Incidents/ })
        .click();
      expect(await column()).toEqual(['12,000', '986', '45']);
      await page
        .locator('main thead')
        .getByRole('button', { name: /^Incidents/ })
        .click();
      expect(await column()).toEqual(['45', '986', '12,000']);
      await open(page, `/metrics?period=${FIRST.period}&trace=${INCIDENTS}`);
      const value = page.locator('#trace-panel [data-trace-value]');
      expect(await value.getAttribute('data-trace-value')).toBe('4343.6666666667');
      expect(await value.innerText()).toBe('4,343.6666666667');
    });
  });
});
