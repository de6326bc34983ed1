import { afterAll, beforeAll, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchBrowser, open, visit } from '../support/browser.js';
import { startApi, type Api } from '../support/harness.js';
import { goingTo, loading, opening } from '../support/waiting.js';
import { report } from './report.js';

/** Criterion 23 of the design: how long a person waits, on 200 benefits with 5,000 measurements. The best of several tries. */

let api: Api;
let browser: Browser;
beforeAll(async () => {
  [api, browser] = await Promise.all([startApi(), launchBrowser()]);
  await fill(api);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await api?.stop();
});

const LAYERS = [
  ['investment', 'investments', 12],
  ['initiative', 'initiatives', 40],
  ['capability', 'capabilities', 20],
  ['outcome', 'outcomes', 30],
  ['benefit', 'benefits', 200],
] as const;

/** 200 benefits of 25 measured months each, behind 12 investments. */
const fill = async ({ sql }: Api): Promise<void> => {
  for (const [type, table, count] of LAYERS)
    await sql(`insert into ${table} (code, name${type === 'benefit' ? ', currency, nature' : ''})
      select '${type.slice(0, 3).toUpperCase()}-' || i, '${type} number ' || i${type === 'benefit' ? `, 'USD', 'cashable'` : ''}
      from generate_series(1, ${count}) i`);
  for (let layer = 0; layer < LAYERS.length - 1; layer += 1) {
    const [from, fromTable, fromCount] = LAYERS[layer]!;
    const [to, toTable, toCount] = LAYERS[layer + 1]!;
    await sql(`
      with f as (select id, row_number() over (order by code) - 1 as n from ${fromTable}),
           t as (select id, row_number() over (order by code) - 1 as n from ${toTable})
      insert into links (from_type, from_id, to_type, to_id)
      select distinct on (f.id, t.id) '${from}', f.id, '${to}', t.id
      from generate_series(0, ${Math.max(fromCount, toCount) - 1}) g
      join f on f.n = g % ${fromCount} join t on t.n = g % ${toCount}`);
  }
  await sql(`insert into investment_costs (investment_id, month, kind, planned, actual)
    select id, date '2024-10-01' + make_interval(months => m), 'opex', 90000.25 + m, 91000.5 + m from investments, generate_series(0, 24) m`);
  await sql(`insert into benefit_values (benefit_id, month, planned, realised, reported_by, changed_by)
    select id, date '2024-10-01' + make_interval(months => m), 5000.25 + m, 4900.75 + m, 'a@b.c', 'a@b.c' from benefits, generate_series(0, 24) m`);
  await sql('analyze');
};

const best = async (tries: number, measure: () => Promise<number>): Promise<number> => {
  const figures: number[] = [];
  for (let at = 0; at < tries; at += 1) figures.push(await measure());
  return Math.min(...figures);
};

test('the palette, a cached page and the overview, on 200 benefits with 5,000 measurements', async () => {
  const counts = await api.sql<{ benefits: number; measurements: number }>(
    'select (select count(*)::int from benefits) as benefits, (select count(*)::int from benefit_values) as measurements',
  );
  await visit(browser, api, 'admin', {}, async (page) => {
    await open(page, '/?period=2026-Q3');
    const overview = await best(7, () => loading(page));
    await page.waitForLoadState('networkidle');
    const palette = await best(7, () => opening(page));
    // Once to read them, then from the cache.
    for (const path of ['/benefits', '/export', '/']) await goingTo(page, path);
    await page.waitForLoadState('networkidle');
    const toRegister = await best(5, async () => {
      const took = await goingTo(page, '/benefits');
      await goingTo(page, '/export');
      return took;
    });
    const toOverview = await best(5, async () => {
      const took = await goingTo(page, '/');
      await goingTo(page, '/export');
      return took;
    });
    report('Interface', { ...counts[0]! }, [
      ['palette opens, ms (goal < 100)', palette],
      ['register from the cache, ms (goal < 150)', toRegister],
      ['overview from the cache, ms (goal < 150)', toOverview],
      ['overview from its request, ms (goal < 1500)', overview],
    ]);
  });
}, 300_000);
