import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { startApi, type Api } from '../support/harness.js';
import { median, report } from './report.js';
import { statementsOf, timed } from './statements.js';

let api: Api;
beforeAll(async () => {
  api = await startApi();
  await largeChain(api);
}, 120_000);
afterAll(() => api.stop());

const LAYERS = ['investment', 'initiative', 'capability', 'outcome', 'benefit'] as const;
const TABLES = {
  investment: 'investments',
  initiative: 'initiatives',
  capability: 'capabilities',
  outcome: 'outcomes',
  benefit: 'benefits',
};

/** 2,000 nodes (400 a layer), 6,000 links (every third with blank shares), 36 months of cost and value for each end. */
const largeChain = async ({ sql }: Api): Promise<void> => {
  for (const type of LAYERS)
    await sql(`insert into ${TABLES[type]} (code, name${type === 'benefit' ? ', currency, nature' : ''})
      select '${type}-' || i, '${type} number ' || i${type === 'benefit' ? `, 'USD', 'cashable'` : ''} from generate_series(1, 400) i`);
  for (let layer = 0; layer < 4; layer += 1) {
    const [from, to] = [LAYERS[layer]!, LAYERS[layer + 1]!];
    await sql(`
      with f as (select id, row_number() over (order by code) - 1 as n from ${TABLES[from]}),
           t as (select id, row_number() over (order by code) - 1 as n from ${TABLES[to]})
      insert into links (from_type, from_id, to_type, to_id, allocation, contribution)
      select distinct on (f.id, t.id) '${from}', f.id, '${to}', t.id,
        case when g % 3 = 0 then null else 11.11 end, case when g % 3 = 1 then null else 12.5 end
      from generate_series(0, 1499) g join f on f.n = g % 400 join t on t.n = (g * 7 + g / 400 * 31) % 400`);
  }
  await sql(`insert into investment_costs (investment_id, month, kind, planned, actual)
    select id, date '2024-01-01' + make_interval(months => m), 'opex', 1000.25 + m, 990.5 + m from investments, generate_series(0, 35) m`);
  await sql(`insert into benefit_values (benefit_id, month, planned, realised, reported_by, changed_by)
    select id, date '2024-01-01' + make_interval(months => m), 500.25 + m, 480.75 + m, 'a@b.c', 'a@b.c' from benefits, generate_series(0, 35) m`);
  await sql('analyze');
};

test('/chain cold against its own statements, and 304 against 200', async () => {
  const cio = api.as('cio');
  const counts = await api.sql<{ nodes: number; links: number }>(
    `select (select count(*)::int from chain_nodes) as nodes, (select count(*)::int from links) as links`,
  );
  const path = '/chain?period=2026-Q4';
  const bump = () => api.sql(`update data_versions set version = version + 1 where scope = 'enterprise'`);
  const first = await cio.get(path);
  expect(first.status).toBe(200);
  await bump();
  const statements = await statementsOf(() => cio.get(path));
  const bare = new pg.Client({ connectionString: api.databaseUrl });
  await bare.connect();
  const ours: number[] = [];
  const theirs: number[] = [];
  const notModified: number[] = [];
  const stored: number[] = [];
  for (let round = 0; round < 40; round += 1) {
    await bump();
    let etag = '';
    ours.push(await timed(async () => void (etag = (await fetched(path)).headers.get('etag') ?? '')));
    stored.push(await timed(() => fetched(path)));
    notModified.push(
      await timed(async () => expect((await fetched(path, { 'if-none-match': etag })).status).toBe(304)),
    );
    theirs.push(
      await timed(async () => {
        for (const statement of statements) await bare.query(statement as pg.QueryConfig);
      }),
    );
  }
  await bare.end();
  report('/chain', { ...counts[0]!, bytes: first.text.length, statements: statements.length }, [
    ['cold 200, p50 ms', median(ours)],
    ['its statements bare, p50 ms', median(theirs)],
    ['ratio (goal ≤ 3)', median(ours) / median(theirs)],
    ['stored 200, p50 ms', median(stored)],
    ['304, p50 ms', median(notModified)],
    ['304 ÷ cold 200 (goal ≤ 0.1)', median(notModified) / median(ours)],
  ]);
}, 300_000);

test.each(['picture', 'paths'])(
  '/chain/%s cold against /chain cold',
  async (view) => {
    const bump = () => api.sql(`update data_versions set version = version + 1 where scope = 'enterprise'`);
    const path = `/chain/${view}?period=2026-Q4`;
    const first = await api.as('cio').get(path);
    const ours: number[] = [];
    const whole: number[] = [];
    for (let round = 0; round < 20; round += 1) {
      await bump();
      ours.push(await timed(() => fetched(path)));
      whole.push(await timed(() => fetched('/chain?period=2026-Q4')));
    }
    report(`/chain/${view}`, { status: first.status, bytes: first.text.length, paths: Number(first.body.total ?? 0) }, [
      ['cold, p50 ms', median(ours)],
      ['/chain cold, p50 ms', median(whole)],
      [`${view} ÷ chain`, median(ours) / median(whole)],
    ]);
  },
  300_000,
);

/** Raw bytes, so that parsing the answer is not counted. */
const fetched = async (path: string, headers: Record<string, string> = {}): Promise<Response> => {
  cookie ??= await sessionCookie();
  const reply = await fetch(`${api.origin}/api/v1${path}`, { headers: { cookie, ...headers } });
  await reply.arrayBuffer();
  return reply;
};
let cookie: string | undefined;
const sessionCookie = async (): Promise<string> => {
  const reply = await fetch(`${api.origin}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'cio@tests.example', password: 'correct horse battery staple' }),
  });
  return reply.headers.getSetCookie()[0]!.split(';')[0]!;
};
