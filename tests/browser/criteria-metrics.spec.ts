import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { type Metric, metrics as metricsSchema } from '../../server/contract/metric.js';
import { open, settled, visit } from '../support/browser.js';
import { goldenStage } from '../support/stage.js';

/** Criteria 2, 5, 21 and 24 on the scorecard and the page of a metric. */

const ADDRESS = '/metrics?period=2026-Q2';
const stage = goldenStage();
let metrics: Map<string, Metric>;

beforeAll(async () => {
  const set = async (metricId: string, target: string) =>
    expect(
      (await stage.api.as('cio').post('/metric-targets', { metricId, fromPeriod: '2025-Q1', target })).status,
    ).toBe(201);
  // Lower is better of both: one stays far above its target, the other far below.
  await set('decision.time_to_decide', '0.5');
  await set('flow.cycle_time', '5000');
  const { families } = metricsSchema.parse((await stage.api.as('cio').get('/metrics?period=2026-Q2')).body);
  metrics = new Map(families.flatMap((family) => family.metrics).map((metric) => [metric.id, metric]));
}, 60_000);

const row = (page: Page, id: string) => page.locator(`tr[data-metric="${id}"]`);

describe('The scorecard', () => {
  test('says by colour, shape and word what a distance means for the business, whatever its sign', async () => {
    await visit(stage.browser, stage.api, 'cio', {}, async (page) => {
      await open(page, ADDRESS);
      for (const [id, impact, tone, sign, status] of [
        ['decision.time_to_decide', 'unfavourable', 'variance-bad', '+', 'missed'],
        ['flow.cycle_time', 'favourable', 'variance-good', '\u2212', 'met'],
      ] as const) {
        const variance = row(page, id).locator('.sc-from .figures');
        const mark = row(page, id).locator('.sc-status [data-status]');
        expect([await mark.innerText(), await mark.locator('svg').count()]).toEqual([status, 1]);
        expect(await variance.getAttribute('data-impact')).toBe(impact);
        expect(await variance.getAttribute('class')).toContain(tone);
        expect(await variance.innerText()).toMatch(new RegExp(`^\\${sign}`));
        expect(await variance.textContent()).toContain(impact);
        expect(await row(page, id).locator('[data-variance]').getAttribute('data-impact')).toBe(impact);
      }
    });
  });

  test('says of a part that the target of a sum is one of the enterprise, and draws nothing against it', async () => {
    const target = { metricId: 'flow.throughput', fromPeriod: '2025-Q1', target: '100' };
    expect((await stage.api.as('cio').post('/metric-targets', target)).status).toBe(201);
    await visit(stage.browser, stage.api, 'cio', {}, async (page) => {
      for (const [scope, told, marks] of [
        ['', 'missed', 1],
        ['&portfolio=DIG', 'target of the enterprise', 0],
      ] as const) {
        await open(page, `${ADDRESS}${scope}`);
        expect(await row(page, 'flow.throughput').locator('.sc-status').innerText()).toBe(told);
        expect(await row(page, 'flow.throughput').locator('.bullet [data-scenario=PL]').count()).toBe(marks);
        await open(page, `/metrics/flow.throughput?period=2026-Q2${scope}`);
        const standing = await page.getByRole('region', { name: 'Where it stands' }).innerText();
        expect(/100 of the enterprise/.test(standing)).toBe(marks === 0);
        expect(await page.locator('.xmr [data-scenario=PL]').count()).toBe(marks);
      }
    });
  });

  test('shows no direction where there is only noise, and no limits with too few points', async () => {
    await visit(stage.browser, stage.api, 'cio', {}, async (page) => {
      await open(page, ADDRESS);
      for (const { id, signal } of metrics.values()) {
        const mark = row(page, id).locator('[data-variation]');
        const shown = await mark.getAttribute('data-variation');
        const limits = await row(page, id).locator('.spark .mark-limit').count();
        expect({ id, limits }).toEqual({ id, limits: signal.limits === null ? 0 : 2 });
        if (signal.state === 'signal') continue;
        const expected = signal.state === 'noise' ? 'common' : signal.limits === null ? 'few' : 'none';
        expect({ id, shown }).toEqual({ id, shown: expected });
        expect(await mark.locator('path, b').count()).toBe(0);
        if (expected === 'few') expect(await mark.textContent()).toContain('too few points');
      }
      await page.getByRole('checkbox', { name: 'Signals only' }).check();
      await page.waitForURL('**show=signals**');
      const signals = [...metrics.values()].filter(({ signal }) => signal.state === 'signal').length;
      expect(await page.locator('tr[data-metric]').count()).toBe(signals);
      await page.reload();
      await settled(page);
      expect(await page.getByRole('checkbox', { name: 'Signals only' }).isChecked()).toBe(true);
    });
  });

  test('prints one unit a row, the true minus, digits of one width, and nothing cut', async () => {
    await visit(stage.browser, stage.api, 'cio', {}, async (page) => {
      await open(page, ADDRESS);
      const text = await page.locator('.scorecard').innerText();
      expect(text).not.toMatch(/(^|\s)-\d/);
      expect(text).not.toMatch(/…\s*$/m);
      expect(text).not.toMatch(/NaN|Infinity|undefined|null/);
      const figure = page.locator('.scorecard .num').first();
      expect(await figure.evaluate((element) => getComputedStyle(element).fontVariantNumeric)).toContain(
        'tabular-nums',
      );
      const cells = await page.locator('.scorecard .sc-unit').allInnerTexts();
      expect(cells.filter((unit) => unit.trim() === '')).toEqual([]);
      expect(new Set(cells.filter((unit) => /[A-Z]{3}$/.test(unit))).size).toBe(1);
    });
  });

  test('leads from a number to its formula, to its records, and back', async () => {
    await visit(stage.browser, stage.api, 'cio', {}, async (page) => {
      await open(page, ADDRESS);
      const { value, formula } = metrics.get('decision.time_to_decide')!;
      const number = row(page, 'decision.time_to_decide').locator('.sc-ac a[data-num]');
      await number.focus();
      await page.keyboard.press('Enter');
      const panel = page.locator('#trace-panel');
      await panel.getByText(formula.text).waitFor();
      expect(Number(await panel.locator('[data-trace-value]').getAttribute('data-trace-value'))).toBeCloseTo(
        Number(value),
        9,
      );
      await panel.getByRole('link', { name: /^View \d+ records?$/ }).click();
      await page.waitForURL('**/metrics/decision.time_to_decide/records**');
      await settled(page);
      const footer = await page.locator('main tfoot').innerText();
      expect(footer).toContain('Median of');
      expect(footer).toContain(
        await page
          .locator('main .message')
          // It comes with another answer than the rows.
          .filter({ hasText: ': ' })
          .innerText()
          .then((text) => text.split(': ')[1]!),
      );
      // And from there to what was decided, in the same quarter.
      const code = page.locator('main tbody th a').first();
      const decision = await code.innerText();
      await code.click();
      await page.waitForURL((url) => url.pathname === `/decisions/${decision}` && url.search.includes('period='));
      await page.goBack();
      await page.waitForURL('**/metrics/decision.time_to_decide/records**');
      await settled(page);
      await page.goBack();
      await panel.waitFor();
      await page.keyboard.press('Escape');
      await panel.waitFor({ state: 'detached' });
      const step = await number.getAttribute('data-num');
      // The number takes the focus a frame after the panel has gone.
      await page.waitForFunction((at) => document.activeElement?.getAttribute('data-num') === at, step);
    });
  });
});

describe('The page of a metric', () => {
  test('is found under its dotted address, and what happened is added, numbered in the drawing, and withdrawn', async () => {
    await visit(stage.browser, stage.api, 'cio', {}, async (page) => {
      await open(page, '/metrics/decision.time_to_decide?period=2026-Q2');
      const figure = page.locator('figure[data-chart="metric-decision-time_to_decide"]');
      expect(await figure.locator('.twin tbody tr').count()).toBe(12);
      await page.getByRole('button', { name: 'Add an annotation' }).click();
      await page.getByLabel(/^When/).fill('2026-05-04');
      await page.getByRole('textbox', { name: /^What happened/ }).fill('New rules of the board');
      await page.getByRole('button', { name: 'Add', exact: true }).click();
      await page.locator('.metric-annotations').getByText('New rules of the board').waitFor();
      expect(await figure.locator('.xmr-note').allInnerTexts()).toEqual(['1']);
      await page.getByRole('button', { name: 'Withdraw: New rules of the board' }).click();
      await page.getByText('Nothing is noted.', { exact: false }).waitFor();
      expect(await figure.locator('.xmr-note').count()).toBe(0);
    });
  });
});

describe('Owner and target of a metric', () => {
  test('that somebody else changed meanwhile stand beside what was typed, and neither is lost', async () => {
    const METRIC = 'flow.cycle_time';
    const admin = stage.api.as('admin');
    const notes = async () => (await stage.api.as('cio').get(`/metrics/${METRIC}/notes`)).body;
    await visit(stage.browser, stage.api, 'cio', { expected: [/412/] }, async (page) => {
      await open(page, `/metrics/${METRIC}?period=2026-Q2`);
      const section = page.locator('#targets');
      const both = (text: string) => section.getByRole('alert').getByText(text).waitFor();
      await section.getByRole('button', { name: /the owner$|an owner$/ }).click();
      const owner = section.getByRole('textbox', { name: 'Owner' });
      await owner.fill('cio@tests.example');
      const theirs = { 'If-Match': `"v${(await notes()).ownerVersion}"` };
      expect((await admin.put(`/metrics/${METRIC}/owner`, { owner: 'finance@tests.example' }, theirs)).status).toBe(
        200,
      );
      await section.getByRole('button', { name: 'Save' }).click();
      await both('Owner: theirs finance@tests.example, yours cio@tests.example');
      expect(await owner.inputValue()).toBe('cio@tests.example');
      expect((await notes()).owner).toBe('finance@tests.example');
      await section.getByRole('button', { name: 'Save' }).click();
      await owner.waitFor({ state: 'detached' });
      expect((await notes()).owner).toBe('cio@tests.example');

      await section.getByRole('button', { name: 'Change the target from 2025 Q1' }).click();
      const target = section.getByRole('textbox', { name: /^To reach/ });
      await target.fill('4000');
      const [{ id, version }] = (await notes()).targets;
      const ifMatch = { 'If-Match': `"v${version}"` };
      expect((await admin.patch(`/metric-targets/${id}`, { target: '4500', amber: '4700' }, ifMatch)).status).toBe(200);
      await section.getByRole('button', { name: 'Save target' }).click();
      await both('To reach, days: theirs 4500, yours 4000');
      // What was not touched here is theirs.
      await both('Taken over, as you had not touched it: Nearly reached from.');
      expect(await target.inputValue()).toBe('4000');
      await section.getByRole('button', { name: 'Save target' }).click();
      await section.getByText('4,000 days, near from 4,700 days').waitFor();
    });
  });
});
