import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startApi, type Api } from '../support/harness.js';
import { coldAsker, GOAL, type Issued, reportCold, runCold, withBare } from './cold.js';
import { fillMetrics } from './metrics-data.js';

/** Facts: what grows with each month and each piece of work. No statement may read one of these tables twice. */
const FACTS = [
  ...['benefit_values', 'investment_costs', 'exchange_rates', 'outcome_measurements', 'maturity_assessments'],
  ...[
    'competencies',
    'work_items',
    'work_item_transitions',
    'decisions',
    'decision_escalations',
    'decision_reopenings',
  ],
  ...['service_months', 'survey_responses', 'links', 'priority_rankings'],
];
const ROUNDS = 7;
/** Statements that an answer may issue: /signs reads what its metrics need over 15 periods, and counts seven figures of its own. */
const MOST = 25;

let api: Api;
let counts: Record<string, number>;
beforeAll(async () => {
  api = await startApi();
  counts = await fillMetrics(api);
}, 600_000);
afterAll(() => api.stop());

const readTwice = ({ scans }: Issued): string[] =>
  scans.flatMap(({ name, tables }) =>
    [...tables]
      .filter(([table, times]) => FACTS.includes(table) && times > 1)
      .map(([table, times]) => `${name} scans ${table} ${times} times`),
  );

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
