import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { startApi, type Api } from '../support/harness.js';
import { fillFlow } from './flow-data.js';
import { median, report } from './report.js';
import { statementsOf, timed } from './statements.js';

const ROUNDS = 5;
const GOAL = 1.5;

let api: Api;
let counts: Record<string, number>;
beforeAll(async () => {
  api = await startApi();
  counts = await fillFlow(api);
}, 600_000);
afterAll(() => api.stop());

/** The page of flow at its default window, and the first and a later page of the items behind it. */
const CASES = [
  ['/flow', '/flow?period=2026-Q3'],
  ['/flow/items, finished', '/flow/items?period=2026-Q3&of=finished&limit=100'],
  ['/flow/items, finished, page 50', '/flow/items?period=2026-Q3&of=finished&limit=100&cursor=5000'],
  ['/flow/items, in progress, of a team', '/flow/items?period=2026-Q3&of=in_progress&team=T3&limit=100'],
] as const;

test.each(CASES)(
  '%s, cold against its own statements',
  async (title, path) => {
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
    // Who asks, and that the session is in use, is read and written beside the snapshot.
    const issued = (await statementsOf(fetched)).filter(({ text }) => /^\s*with\b/i.test(text) || /moves/.test(text));
    const bare = new pg.Client({ connectionString: api.databaseUrl });
    await bare.connect();
    const [ours, theirs]: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      await bump();
      ours.push(await timed(fetched));
      let took = 0;
      for (const statement of issued) took += await timed(() => bare.query(statement as pg.QueryConfig));
      theirs.push(took);
    }
    await bare.end();
    const ratio = median(ours) / median(theirs);
    report(title, { ...counts, bytes }, [
      ['cold 200, p50 ms', median(ours)],
      ['its statements bare, p50 ms', median(theirs)],
      [`ratio (goal ≤ ${GOAL})`, ratio],
      [`statements over the moves (goal 1)`, issued.length],
    ]);
    expect(issued).toHaveLength(1);
    expect(ratio).toBeLessThanOrEqual(GOAL);
  },
  600_000,
);
