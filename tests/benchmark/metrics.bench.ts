import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startApi, type Api } from '../support/harness.js';
import { coldAsker, GOAL, MOST, readTwice, reportCold, runCold, withBare } from './cold.js';
import { fillMetrics } from './metrics-data.js';

const ROUNDS = 7;

let api: Api;
let counts: Record<string, number>;
beforeAll(async () => {
  api = await startApi();
  counts = await fillMetrics(api);
}, 600_000);
afterAll(() => api.stop());

test.each(['/metrics', '/signs'])(
  '%s with 12 periods, cold against its own statements',
  async (place) => {
    const cold = await runCold(api, `${place}?period=2026-Q3`, ROUNDS);
    reportCold(place, counts, cold, [[`statements (goal ≤ ${MOST})`, cold.issued.all.length]]);
    expect(readTwice(cold.issued)).toEqual([]);
    expect(cold.issued.all.length).toBeLessThanOrEqual(MOST);
    expect(cold.ours / cold.theirs).toBeLessThanOrEqual(GOAL);
  },
  600_000,
);

test.each(['/metrics?portfolio=DIG', '/metrics?orgUnit=U1', '/signs?portfolio=DIG', '/signs?orgUnit=U1'])(
  '%s reads no fact table twice in a statement',
  async (path) => {
    const { issued } = await coldAsker(api, `${path}&period=2026-Q3`);
    const found = await withBare(api, issued);
    expect(readTwice(found)).toEqual([]);
    expect(found.all.length).toBeLessThanOrEqual(MOST);
  },
  120_000,
);
