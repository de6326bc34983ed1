import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { type Sign, signs as signsSchema } from '../../server/contract/sign.js';
import { defects } from '../support/axe.js';
import { open, settled, visit } from '../support/browser.js';
import { FINE, look } from '../support/layout.js';
import { goldenStage } from '../support/stage.js';

/** Signs of misalignment and own indicators, as a person meets them. */

const ADDRESS = '/signs?period=2026-Q3';
const WORDS = { present: 'Present', watch: 'Watch', clear: 'Not seen', unknown: 'Cannot tell' } as const;
const stage = goldenStage();
let signs: Sign[];

beforeAll(async () => {
  signs = signsSchema.parse((await stage.api.as('cio').get('/signs?period=2026-Q3')).body).items;
}, 60_000);

const row = (page: Page, id: string) => page.locator(`[data-sign="${id}"]`);

describe('Signs', () => {
  test('each says its state in its heading, its tests, its last four quarters, and where to enter what is missing', async () => {
    await visit(stage.browser, stage.api, 'cio', {}, async (page) => {
      await open(page, ADDRESS);
      expect(await page.locator('article[data-sign] h2').allTextContents()).toEqual(
        signs.map(({ name, state }) => `${name}: ${WORDS[state]}`),
      );
      for (const { id, trend, tests, beside } of signs) {
        const states = await row(page, id).locator('.sign-trend [data-state]').allInnerTexts();
        expect([id, states.map((text) => text.trim())]).toEqual([id, trend.map(({ state }) => WORDS[state])]);
        expect(await row(page, id).locator('[data-test]').count()).toBe(tests.length);
        expect(await row(page, id).locator('[data-beside] [data-num]').count()).toBe(beside.length);
        expect(await row(page, id).locator('[data-num]').count()).toBe(tests.length + beside.length);
      }
      expect(await defects(page)).toEqual([]);
      const missing = row(page, 'activity_measurement').getByRole('link', { name: 'own indicators', exact: true });
      await missing.click();
      await page.waitForURL('**/indicators?period=2026-Q3');
    });
  });

  test('say their rules, figures and reasons in the numbers of the reader', async () => {
    await visit(stage.browser, stage.api, 'cio', { locale: 'de-DE' }, async (page) => {
      await open(page, ADDRESS);
      const told = async (id: string) => [
        await page.locator(`[data-test="${id}"] th`).innerText(),
        await page.locator(`[data-test="${id}"] .figures`).innerText(),
        await page.locator(`[data-test="${id}"] .sign-result`).getAttribute('title'),
      ];
      const tests = new Map(signs.flatMap((sign) => sign.tests).map((test) => [test.id, test]));
      expect(await told('satisfaction')).toContain('Satisfaction below 3,5');
      const owner = tests.get('unowned_share')!;
      expect(owner.why).toBe('12.5 % is above 10 %.');
      expect((await told('unowned_share')).slice(1)).toEqual(['12,5 %', '12,5 % is above 10 %.']);
      const all = page.locator('.signs');
      expect(await all.innerText()).not.toMatch(/\d\.\d/);
      const titles = await page
        .locator('[data-test] [title]')
        .evaluateAll((found) => found.map((each) => each.getAttribute('title') ?? ''));
      expect(titles.length).toBeGreaterThanOrEqual(tests.size);
      expect(titles.filter((title) => /\d\.\d/.test(title))).toEqual([]);
    });
  });

  test('each figure says whether it has really changed, or that it is known as of now alone', async () => {
    const tests = signs.flatMap((sign) => sign.tests).filter(({ value }) => value !== null);
    const marks = (ids: readonly string[], says: string) => Object.fromEntries(ids.map((id) => [id, says]));
    await visit(stage.browser, stage.api, 'cio', {}, async (page) => {
      await open(page, ADDRESS);
      const found = await page
        .locator('[data-test]')
        .evaluateAll((rows) =>
          rows.map((line) => [
            line.getAttribute('data-test'),
            line.querySelector('[data-variation]')?.getAttribute('data-variation') ?? null,
          ]),
        );
      const said = new Map(found as [string, string | null][]);
      expect(tests.filter(({ id }) => said.get(id) === null)).toEqual([]);
      expect(Object.fromEntries(said)).toMatchObject({
        ...marks(['unowned_share', 'shared_capabilities', 'forum_overlaps'], 'now'),
        // Counted over four quarters, and limits need six.
        ...marks(['widest_gap_spend', 'unexplained_priorities', 'unmeasured_benefits'], 'few'),
      });
      const above = tests.find(({ id }) => id === 'above_level_share')!;
      expect(above.signal).not.toBeNull();
      expect(above.trend).toHaveLength(12);
      expect(said.get('above_level_share')).not.toBe('now');
    });
  });

  test('fit a phone, in the dark, and in a part of the enterprise read what is said of the whole', async () => {
    const said = { text: 'The board meets too rarely.', decision: 'DEC-6', version: null };
    const path = '/signs/decision_bottlenecks/comments/2026-Q3';
    expect((await stage.api.as('cio').put(path, said)).status).toBe(200);
    await visit(stage.browser, stage.api, 'cio', { width: 360, height: 740, colorScheme: 'dark' }, async (page) => {
      await open(page, `${ADDRESS}&orgUnit=BU1`);
      expect(await look(page)).toEqual(FINE);
      expect(await defects(page)).toEqual([]);
      const sign = row(page, 'decision_bottlenecks');
      expect(await sign.locator('blockquote').innerText()).toContain('Said of all of IT in 2026 Q3');
      expect(await page.getByRole('button', { name: /comment/ }).count()).toBe(0);
      await sign.getByRole('link', { name: 'DEC-6 Decision 6' }).click();
      await page.waitForURL('**/decisions/DEC-6**');
      await settled(page);
    });
  });

  test('a comment that somebody else wrote meanwhile is shown beside one’s own, and is not lost in silence', async () => {
    const path = '/signs/flow_breakdown/comments/2026-Q3';
    const expected = [/412/];
    await visit(stage.browser, stage.api, 'cio', { expected }, async (page) => {
      await open(page, ADDRESS);
      const sign = row(page, 'flow_breakdown');
      await sign.getByRole('button', { name: /^Add a comment/ }).click();
      await sign.getByRole('textbox', { name: 'Comment' }).fill('Testing waits for people.');
      const theirs = { text: 'The test stage is short of people.', version: null };
      expect((await stage.api.as('admin').put(path, theirs)).status).toBe(200);
      await sign.getByRole('button', { name: 'Save comment' }).click();
      await sign.getByRole('alert').getByText('theirs The test stage is short of people.', { exact: false }).waitFor();
      await sign.getByRole('button', { name: 'Save comment' }).click();
      await sign.locator('blockquote').getByText('Testing waits for people.').waitFor();
      const { items } = signsSchema.parse((await stage.api.as('cio').get('/signs?period=2026-Q3')).body);
      expect(items.find(({ id }) => id === 'flow_breakdown')!.comment).toMatchObject({ version: 2 });
    });
  });

  test('thresholds are set in one form that refuses what no share can be, and the states follow', async () => {
    await visit(stage.browser, stage.api, 'cio', {}, async (page) => {
      await open(page, ADDRESS);
      expect(await row(page, 'fragmented_ownership').locator('h2').textContent()).toContain('Present');
      await page.getByRole('button', { name: 'Thresholds' }).click();
      const field = page.getByRole('textbox', { name: /^Chain records without an owner/ });
      await field.fill('500');
      await page.getByRole('button', { name: 'Save thresholds' }).click();
      await page.getByText('write a percentage from 0 to below 100', { exact: false }).first().waitFor();
      await field.fill('12.5');
      await page.getByRole('textbox', { name: /^Capabilities changed by several units/ }).fill('9');
      await page.getByRole('button', { name: 'Save thresholds' }).click();
      await page.locator('#sign-fragmented_ownership').getByText(': Not seen').waitFor({ state: 'attached' });
      await settled(page);
      expect(await row(page, 'fragmented_ownership').innerText()).toContain(
        'More than 12.5 % of the records of the chain',
      );
    });
  });
});

describe('Own indicators', () => {
  test('are defined, entered with evidence, held against a target, traced, and called activity where they serve nothing', async () => {
    await visit(stage.browser, stage.api, 'cio', {}, async (page) => {
      await open(page, '/indicators?period=2026-Q3');
      await page.getByRole('button', { name: 'Define an indicator' }).click();
      await page.getByRole('textbox', { name: /^Code/ }).fill('IND-1');
      await page.getByRole('textbox', { name: /^Name/ }).fill('Calls');
      await page.getByRole('combobox', { name: 'Family' }).selectOption('efficiency');
      await page.getByRole('textbox', { name: 'Unit' }).fill('calls a day');
      await page.getByRole('combobox', { name: 'Better is' }).selectOption('lower');
      await page.getByRole('button', { name: 'Define indicator' }).click();
      await page.getByRole('link', { name: 'Calls', exact: true }).click();
      await page.getByRole('button', { name: 'Enter a month' }).click();
      await page.getByRole('textbox', { name: /^Month/ }).fill('2026-08');
      await page.getByRole('textbox', { name: /^Value/ }).fill('377.25');
      await page.getByRole('textbox', { name: /^Evidence/ }).fill('Log of the switchboard');
      await page.getByRole('button', { name: 'Save value' }).click();
      await page.locator('.indicator-months').getByText('Log of the switchboard').waitFor();
      await page.getByRole('button', { name: 'Set a target' }).click();
      await page.getByRole('textbox', { name: /^To reach/ }).fill('380');
      await page.getByRole('button', { name: 'Set target' }).click();
      const line = page.locator('main table').first().locator('tbody tr');
      await line.locator('[data-status="met"]').waitFor();
      // A slip of the pen is mended: changed, or taken away and set again for the same quarter.
      await page.getByRole('button', { name: 'Change the target from 2026 Q3' }).click();
      await page.getByRole('textbox', { name: /^To reach/ }).fill('300');
      await page.getByRole('button', { name: 'Save target' }).click();
      await line.locator('[data-status="missed"]').waitFor();
      await page.getByRole('button', { name: 'Remove the target from 2026 Q3' }).click();
      await page.getByLabel('Reason (optional)').fill('Set for the wrong year');
      await page.getByRole('button', { name: 'Remove it' }).click();
      await page.getByText('No target is set.').waitFor();
      const [removed] = (await stage.api.as('admin').get('/audit?objectType=metric_target&limit=1')).body.items;
      expect(removed).toMatchObject({ action: 'archived', reason: 'Set for the wrong year' });
      await page.getByRole('button', { name: 'Set a target' }).click();
      await page.getByRole('textbox', { name: /^To reach/ }).fill('380');
      await page.getByRole('button', { name: 'Set target' }).click();
      await line.locator('[data-status="met"]').waitFor();
      expect(await line.innerText()).toContain('activity, not value');
      expect(await page.locator('main .message').innerText()).toContain('1 serves nothing: activity, not value');
      await settled(page);
      expect(await defects(page)).toEqual([]);
      await line.locator('[data-num]').first().click();
      const panel = page.locator('#trace-panel');
      await panel.getByText('Evidence: Log of the switchboard').waitFor();
      expect(await panel.locator('[data-trace-value]').getAttribute('data-trace-value')).toBe('377.25');
      await open(page, '/metrics?period=2026-Q3');
      const own = page.locator('#efficiency [data-indicator="IND-1"]');
      expect(await own.innerText()).toMatch(/377\.25 calls a day.*activity, not value/s);
      // Evidence that does not hold is taken away, and what serves nothing is dropped with all that hangs on it.
      await open(page, '/indicators?period=2026-Q3&show=IND-1');
      await page.getByRole('button', { name: 'Change Aug 2026' }).click();
      await page.getByRole('combobox', { name: /^Evidence that is stated/ }).selectOption('Take it away');
      await page.getByRole('button', { name: 'Save value' }).click();
      await page.locator('.indicator-months').getByText('none stated').waitFor();
      await page.getByRole('button', { name: 'Drop this indicator' }).click();
      await page.getByText('Calls (IND-1) goes into the archive with 1 month and 1 target').waitFor();
      await page.getByRole('button', { name: 'Drop it' }).click();
      await page.getByText('An own indicator is a series that you enter by month').waitFor();
    });
  });

  test('tell a run of eight and a point outside the limits by name, from the quarter on in which they are there', async () => {
    /** Their last months, a quarter each, up to 2026 Q3; lower is better of all. */
    const SERIES = {
      // Of twelve the last eight lie above the mean, none outside the limits.
      RUN: [4, 10, 3, 9, 12, 13, 12, 13, 12, 13, 12, 13],
      OUT: [10, 11, 10, 11, 10, 11, 10, 11, 10, 11, 10, 2],
      NOISE: [10, 12, 9, 11, 10, 13, 9, 12, 10, 11, 9, 12],
      FEW: [1, 2, 3, 4, 50],
    };
    const quarters = Array.from(
      { length: 12 },
      (_, at) => `${2023 + Math.floor((at + 3) / 4)}-${String((((at + 3) % 4) + 1) * 3).padStart(2, '0')}`,
    );
    const rows = Object.entries(SERIES).flatMap(([code, values]) =>
      values.map((value, at) => `${code},${quarters[12 - values.length + at]},${value}`),
    );
    const reply = await stage.api.as('admin').upload('/imports?dryRun=false', [
      {
        name: 'indicators.csv',
        content: `code,name,better\n${Object.keys(SERIES)
          .map((code) => `${code},${code},lower`)
          .join('\n')}\n`,
      },
      { name: 'indicator_values.csv', content: `indicator_code,month,value\n${rows.join('\n')}\n` },
    ]);
    expect(reply.body.problems).toEqual([]);
    await visit(stage.browser, stage.api, 'cio', {}, async (page) => {
      const told = async (period: string) => {
        await open(page, `/indicators?period=${period}`);
        const lines = page.locator('main table').first().locator('tbody tr');
        return Object.fromEntries(
          await Promise.all(
            Object.keys(SERIES).map(async (code) => {
              const line = lines.filter({ has: page.getByRole('link', { name: code, exact: true }) });
              const mark = line.locator('[data-variation]');
              return [
                code,
                {
                  says: await mark.getAttribute('data-variation'),
                  why: await mark.getAttribute('title'),
                  letter: await mark.locator('b').allInnerTexts(),
                  arrows: await mark.locator('path').count(),
                  limits: await line.locator('.spark .mark-limit').count(),
                },
              ];
            }),
          ),
        );
      };
      const noise = {
        says: 'common',
        why: 'Inside the limits and no run on one side of the mean.',
        letter: [],
        arrows: 0,
        limits: 2,
      };
      const few = (points: number) => ({
        says: 'few',
        why: `Limits need 6 points, there are ${points}.`,
        letter: [],
        arrows: 0,
        limits: 0,
      });
      expect(await told('2026-Q2')).toEqual({ RUN: noise, OUT: noise, NOISE: noise, FEW: few(4) });
      expect(await told('2026-Q3')).toEqual({
        RUN: {
          says: 'concern',
          why: 'The latest point ends a run of eight or more on one side of the mean.',
          letter: ['H'],
          arrows: 1,
          limits: 2,
        },
        OUT: {
          says: 'improving',
          why: 'The latest point lies outside the limits.',
          letter: ['L'],
          arrows: 1,
          limits: 2,
        },
        NOISE: noise,
        FEW: few(5),
      });
    });
  });
});
