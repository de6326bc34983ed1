import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { startApi, type Api } from '../support/harness.js';
import { fillMetrics } from './metrics-data.js';
import { median, report } from './report.js';
import { scansOf, statementsOf, timed } from './statements.js';

/** Facts: what grows with each month and each piece of work. No statement may read one of these tables twice. */
const FACTS = [
  ...['benefit_values', 'investment_costs', 'exchange_rates', 'outcome_measurements', 'maturity_assessments'],
  ...['competencies', 'work_items', 'work_item_transitions', 'decisions', 'decision_escalations', 'service_months'],
  ...['survey_responses', 'links', 'priority_rankings'],
];
const ROUNDS = 7;
const GOAL = 1.5;

let api: Api;
let counts: Record<string, number>;
beforeAll(async () => {
  api = await startApi();
  counts = await fillMetrics(api);
}, 600_000);
afterAll(() => api.stop());

/** Where, and the most statements that it may issue: /signs reads what its metrics need over 15 periods, and counts seven figures of its own. */
const ASKED: [string, number][] = [
  ['/metrics', 25],
  ['/signs', 25],
];

test.each(ASKED)(
  '%s with 12 periods, cold against its own statements',
  async (place, most) => {
    const path = `${place}?period=2026-Q3`;
    const cookie = await api.cookieOf('cio');
    // Raw bytes, so that parsing the answer is not counted.
    const fetched = async (): Promise<number> => {
      const reply = await fetch(`${api.origin}/api/v1${path}`, { headers: { cookie } });
      expect(reply.status).toBe(200);
      return (await reply.arrayBuffer()).byteLength;
    };
    const bump = () => api.sql(`update data_versions set version = version + 1 where scope = 'enterprise'`);
    const bytes = await fetched();
    await bump();
    const issued = await statementsOf(fetched);
    // That a session is in use is written beside the snapshot: counted, and not run again.
    const statements = issued.filter(({ text }) => /^\s*(select|with|begin|commit)\b/i.test(text));
    const bare = new pg.Client({ connectionString: api.databaseUrl });
    await bare.connect();
    const each = statements.map((): number[] => []);
    const [ours, theirs]: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      await bump();
      ours.push(await timed(fetched));
      const took: number[] = [];
      for (const statement of statements) took.push(await timed(() => bare.query(statement as pg.QueryConfig)));
      took.forEach((milliseconds, index) => each[index]!.push(milliseconds));
      theirs.push(took.reduce((sum, milliseconds) => sum + milliseconds, 0));
    }
    const scans = [];
    for (const statement of statements.filter(({ text }) => /^\s*(select|with)\b/i.test(text)))
      for (const [table, times] of await scansOf(bare, statement))
        if (FACTS.includes(table) && times > 1)
          scans.push(`${statement.name ?? statement.text} scans ${table} ${times} times`);
    await bare.end();
    const slowest = statements
      .map(({ name, text }, index): [string, number] => [name ?? text.slice(0, 40), median(each[index]!)])
      .sort(([, a], [, b]) => b - a)
      .slice(0, 10);
    const ratio = median(ours) / median(theirs);
    report(place, { ...counts, bytes }, [
      ['cold 200, p50 ms', median(ours)],
      ['its statements bare, p50 ms', median(theirs)],
      [`ratio (goal ≤ ${GOAL})`, ratio],
      [`statements (goal ≤ ${most})`, issued.length],
      ...slowest.map(([name, took]): [string, number] => [`  ${name}, p50 ms`, took]),
    ]);
    expect(scans).toEqual([]);
    expect(issued.length).toBeLessThanOrEqual(most);
    expect(ratio).toBeLessThanOrEqual(GOAL);
  },
  600_000,
);
