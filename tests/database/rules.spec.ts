import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import pg from 'pg';
import { cloneDatabase } from '../support/clone-database.js';

let database: Awaited<ReturnType<typeof cloneDatabase>>;
let pool: pg.Pool;
let client: pg.PoolClient;

beforeAll(async () => {
  database = await cloneDatabase();
  pool = new pg.Pool({ connectionString: database.appUrl, max: 4 });
  pool.on('error', () => undefined);
  client = await pool.connect();
  await client.query(
    `insert into settings (reporting_currency, reporting_time_zone, fiscal_year_start_month) values ('USD', 'UTC', 1)`,
  );
});
afterAll(async () => {
  client.release();
  await pool.end();
  await database.drop();
});

/** Each test has records of its own, told apart by this number. */
let n = 0;
beforeEach(() => {
  n += 1;
});

const insert = async (
  on: { query: pg.PoolClient['query'] },
  table: string,
  row: Record<string, unknown>,
): Promise<string> => {
  const names = Object.keys(row);
  const { rows } = await on.query<{ id: string }>(
    `insert into ${table} (${names.join(', ')}) values (${names.map((_name, i) => `$${i + 1}`).join(', ')}) returning id`,
    Object.values(row),
  );
  return rows[0]!.id;
};
const add = (table: string, row: Record<string, unknown>): Promise<string> => insert(client, table, row);
const investment = (code = `INV-${n}`, more = {}): Promise<string> => add('investments', { code, name: code, ...more });
const initiative = (code = `INI-${n}`, more = {}): Promise<string> => add('initiatives', { code, name: code, ...more });
const benefit = (code = `BEN-${n}`, more = {}): Promise<string> => add('benefits', { code, name: code, ...more });
const link = (
  from: [string, string],
  to: [string, string],
  allocation: number | null,
  contribution: number | null = null,
  on: { query: pg.PoolClient['query'] } = client,
) =>
  insert(on, 'links', { from_type: from[0], from_id: from[1], to_type: to[0], to_id: to[1], allocation, contribution });

const refusal = async (task: Promise<unknown>): Promise<{ code?: string; constraint?: string; message: string }> =>
  task.then(
    () => ({ message: 'it was not refused' }),
    (error: { code?: string; constraint?: string; message: string }) => ({
      code: error.code!,
      constraint: error.constraint!,
      message: error.message,
    }),
  );

test('allocations of one record may add up to 100 and not to 100.01', async () => {
  const from = await investment();
  const [a, b] = [await initiative(`A-${n}`), await initiative(`B-${n}`)];
  await link(['investment', from], ['initiative', a], 60);
  await link(['investment', from], ['initiative', b], 40);
  const more = await initiative(`C-${n}`);
  expect(await refusal(link(['investment', from], ['initiative', more], 0.01))).toMatchObject({
    code: 'TL422',
    constraint: 'links_allocation_sum_ck',
  });
  const { rows } = await client.query('select allocation from links where from_id = $1 order by allocation', [from]);
  expect(rows).toEqual([{ allocation: '40.00' }, { allocation: '60.00' }]);
});

test('contributions to one record may not add up to more than 100', async () => {
  const [a, b] = [await investment(`A-${n}`), await investment(`B-${n}`)];
  const to = await initiative();
  await link(['investment', a], ['initiative', to], null, 70);
  expect(await refusal(link(['investment', b], ['initiative', to], null, 30.01))).toMatchObject({
    code: 'TL422',
    constraint: 'links_contribution_sum_ck',
  });
});

test('two writers cannot each add the half that only one of them may', async () => {
  const from = await investment();
  const ends = await Promise.all(['A', 'B'].map((letter) => initiative(`${letter}-${n}`)));
  await link(['investment', from], ['initiative', await initiative(`C-${n}`)], 40);
  const writers = await Promise.all(ends.map(() => pool.connect()));
  const results = await Promise.all(
    writers.map(async (writer, i) => {
      await writer.query('begin');
      const result = await refusal(link(['investment', from], ['initiative', ends[i]!], 60, null, writer));
      await writer.query(result.code ? 'rollback' : 'commit');
      writer.release();
      return result.code ?? 'stored';
    }),
  );
  expect(results.sort()).toEqual(['TL422', 'stored']);
});

test.each([
  ['investment', 'outcome'],
  ['initiative', 'benefit'],
  ['benefit', 'outcome'],
  ['investment', 'investment'],
])('a link from %s to %s is refused because it joins no neighbouring layers', async (from, to) => {
  const table = {
    investment: 'investments',
    initiative: 'initiatives',
    outcome: 'outcomes',
    benefit: 'benefits',
  } as Record<string, string>;
  const a = await add(table[from]!, { code: `F-${n}`, name: 'from' });
  const b = await add(table[to]!, { code: `T-${n}`, name: 'to' });
  expect(await refusal(link([from, a], [to, b], null))).toMatchObject({
    code: '23514',
    constraint: 'links_from_type_to_type_ck',
  });
});

test('a link to a record that is not there is refused', async () => {
  const from = await investment();
  expect(
    await refusal(link(['investment', from], ['initiative', '019a0000-0000-7000-8000-000000000000'], null)),
  ).toMatchObject({ code: '23503' });
});

test('an amount in a currency without a rate for its month is refused, and accepted once the rate is there', async () => {
  const id = await investment(undefined, { currency: 'CHF' });
  const cost = { investment_id: id, month: '2026-03-01', kind: 'opex', actual: '10' };
  expect(await refusal(add('investment_costs', cost))).toMatchObject({
    code: 'TL422',
    constraint: 'exchange_rates_missing_ck',
  });
  await add('exchange_rates', { currency: 'CHF', month: '2026-03-01', rate: '1.1' });
  await add('investment_costs', cost);
  expect(
    await refusal(
      client.query(`update exchange_rates set archived_at = now(), version = version + 1 where currency = 'CHF'`),
    ),
  ).toMatchObject({
    constraint: 'exchange_rates_missing_ck',
  });
});

test('a benefit cannot become money in a currency whose rates are missing', async () => {
  const id = await benefit(undefined, { currency: 'SEK', nature: 'non_financial' });
  await add('benefit_values', { benefit_id: id, month: '2026-03-01', planned: '5', changed_by: 'a@b.c' });
  expect(
    await refusal(client.query(`update benefits set nature = 'cashable', version = version + 1 where id = $1`, [id])),
  ).toMatchObject({
    code: 'TL422',
    constraint: 'exchange_rates_missing_ck',
  });
});

test('the reporting currency cannot change while rates are stored', async () => {
  await add('exchange_rates', { currency: 'NOK', month: '2026-03-01', rate: '0.1' });
  expect(
    await refusal(client.query(`update settings set reporting_currency = 'EUR', version = version + 1`)),
  ).toMatchObject({ code: 'TL409' });
});

test('nobody confirms what they reported', async () => {
  const id = await benefit();
  const value = { benefit_id: id, month: '2026-03-01', realised: '5', reported_by: 'pm@b.c', changed_by: 'pm@b.c' };
  const confirmed = {
    confirmed_at: '2026-04-01T00:00:00Z',
    confirmed_amount: '5',
    confirmed_version: 1,
    confirmed_how: 'person',
  };
  expect(await refusal(add('benefit_values', { ...value, ...confirmed, confirmed_by: 'pm@b.c' }))).toMatchObject({
    code: '23514',
    constraint: 'benefit_values_confirmed_by_reported_by_ck',
  });
});

test('a confirmed row has the amount that was confirmed, and a correction withdraws the confirmation for good', async () => {
  const id = await benefit();
  const value = await add('benefit_values', {
    benefit_id: id,
    month: '2026-03-01',
    realised: '5',
    reported_by: 'pm@b.c',
    changed_by: 'pm@b.c',
    confirmed_by: 'fin@b.c',
    confirmed_at: '2026-04-01T00:00:00Z',
    confirmed_amount: '5',
    confirmed_version: 1,
    confirmed_how: 'person',
  });
  expect(
    await refusal(
      client.query('update benefit_values set confirmed_amount = 6, version = version + 1 where id = $1', [value]),
    ),
  ).toMatchObject({
    constraint: 'benefit_values_confirmed_amount_ck',
  });
  await client.query('update benefit_values set realised = 7, version = version + 1 where id = $1', [value]);
  const { rows } = await client.query(
    'select realised, confirmed_by, confirmed_amount from benefit_values where id = $1',
    [value],
  );
  expect(rows).toEqual([{ realised: '7.0000', confirmed_by: null, confirmed_amount: null }]);
  const verdicts = await client.query(
    'select verdict, amount, by_email from confirmations where benefit_value_id = $1 order by at',
    [value],
  );
  expect(verdicts.rows).toEqual([
    { verdict: 'confirmed', amount: '5.0000', by_email: 'fin@b.c' },
    { verdict: 'withdrawn', amount: '5.0000', by_email: 'pm@b.c' },
  ]);
  const revisions = await client.query(
    'select version, realised, confirmed_amount from benefit_value_revisions where benefit_value_id = $1 order by version',
    [value],
  );
  expect(revisions.rows).toEqual([
    { version: 1, realised: '5.0000', confirmed_amount: '5.0000' },
    { version: 2, realised: '7.0000', confirmed_amount: null },
  ]);
});

test('a parent chain that leads back to its start is refused, whoever closes it', async () => {
  const top = await add('org_units', { code: `TOP-${n}`, name: 'top' });
  const below = await add('org_units', { code: `LOW-${n}`, name: 'low', parent_id: top });
  expect(
    await refusal(
      client.query('update org_units set parent_id = $2, version = version + 1 where id = $1', [top, below]),
    ),
  ).toMatchObject({
    code: 'TL422',
    constraint: 'org_units_parent_id_cycle_ck',
  });
  expect(
    await refusal(client.query('update org_units set parent_id = id, version = version + 1 where id = $1', [top])),
  ).toMatchObject({ code: '23514' });
});

test('a version that does not grow is refused', async () => {
  const id = await investment();
  expect(await refusal(client.query('update investments set name = $2 where id = $1', [id, 'x']))).toMatchObject({
    code: 'TL409',
  });
});

test.each([
  [
    'not a number',
    `insert into investment_costs (investment_id, month, kind, actual) values ($1, '2026-01-01', 'opex', 'NaN')`,
  ],
  [
    'a month that is no first day',
    `insert into investment_costs (investment_id, month, kind, actual) values ($1, '2026-01-02', 'opex', 1)`,
  ],
  [
    'a month without end',
    `insert into investment_costs (investment_id, month, kind, actual) values ($1, 'infinity', 'opex', 1)`,
  ],
  [
    'a kind that there is not',
    `insert into investment_costs (investment_id, month, kind, actual) values ($1, '2026-01-01', 'fun', 1)`,
  ],
])('%s is refused', async (_what, text) => {
  const id = await investment();
  expect((await refusal(client.query(text, [id]))).code).toMatch(/^(23514|22P02|2200|22008)/);
});

test.each([
  [
    'an initiative that ends before it starts',
    () => initiative(undefined, { start_date: '2026-05-01', end_date: '2026-04-30' }),
  ],
  [
    'an investment that ends before it starts',
    () => investment(undefined, { start_month: '2026-05-01', end_month: '2026-04-01' }),
  ],
  [
    'a decision decided before it was raised',
    () => add('decisions', { code: `D-${n}`, raised_at: '2026-05-01T00:00:00Z', decided_at: '2026-04-30T00:00:00Z' }),
  ],
])('%s is refused', async (_what, make) => {
  expect(await refusal(make())).toMatchObject({ code: '23514' });
});

test('codes are unique without regard to case', async () => {
  await investment(`Same-${n}`);
  expect(await refusal(investment(`SAME-${n}`))).toMatchObject({ code: '23505' });
});
