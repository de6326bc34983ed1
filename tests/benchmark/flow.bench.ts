import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startApi, type Api } from '../support/harness.js';
import { GOAL, reportCold, runCold } from './cold.js';
import { fillFlow } from './flow-data.js';

const ROUNDS = 5;

let api: Api;
let counts: Record<string, number>;
beforeAll(async () => {
  api = await startApi();
  counts = await fillFlow(api);
}, 600_000);
afterAll(() => api.stop());

/** The page of flow at its default window, the first and a later page of the items behind it, and the page of stages. */
test.each([
  ['/flow', '/flow?period=2026-Q3'],
  ['/flow/items, finished', '/flow/items?period=2026-Q3&of=finished&limit=100'],
  ['/flow/items, finished, page 50', '/flow/items?period=2026-Q3&of=finished&limit=100&cursor=5000'],
  ['/flow/items, in progress, of a team', '/flow/items?period=2026-Q3&of=in_progress&team=T3&limit=100'],
  ['/flow/stages', '/flow/stages'],
] as const)(
  '%s, cold against its own statements',
  async (title, path) => {
    const cold = await runCold(api, path, ROUNDS);
    const overMoves = cold.issued.scans.filter(({ tables }) => tables.has('work_item_transitions')).length;
    reportCold(title, counts, cold, [['statements over the moves (goal 1)', overMoves]]);
    expect(overMoves).toBe(1);
    expect(cold.ours / cold.theirs).toBeLessThanOrEqual(GOAL);
  },
  600_000,
);
