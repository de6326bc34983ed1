import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import pg from 'pg';
import { createDataSource } from '../../server/database/data-source.js';
import { cloneDatabase } from '../support/clone-database.js';

/** What the database keeps of plans: the baseline plan, fixed once by the approval, and the reason of each change after it. */

let database: Awaited<ReturnType<typeof cloneDatabase>>;
let client: pg.Client;
let n = 0;
let code = '';

beforeAll(async () => {
  database = await cloneDatabase();
  client = new pg.Client({ connectionString: database.appUrl });
  await client.connect();
  await client.query(
    `insert into settings (reporting_currency, reporting_time_zone, fiscal_year_start_month) values ('USD', 'Europe/Berlin', 1)`,
  );
});
afterAll(async () => {
  await client.end();
  await database.drop();
});
beforeEach(() => {
  n += 1;
  code = `BEN-${n}`;
});

const noon = (day: string): string => `${day}T12:00:00Z`;

/** A benefit as it is recorded on a day. */
const record = (day: string, approvedOn: string | null): Promise<unknown> =>
  client.query('insert into benefits (code, name, approved_on, created_at, updated_at) values ($1, $1, $2, $3, $3)', [
    code,
    approvedOn,
    noon(day),
  ]);
const approve = (at: string, approvedOn: string | null): Promise<unknown> =>
  client.query('update benefits set version = version + 1, approved_on = $2, updated_at = $3 where code = $1', [
    code,
    approvedOn,
    at,
  ]);

type Plan = Record<string, number | null>;

/** One save by a person: the months one by one, with one instant, as the product writes them. */
const plan = async (at: string, months: Plan, reason: string | null = null): Promise<void> => {
  await client.query('begin');
  try {
    for (const [month, planned] of Object.entries(months))
      await client.query(
        `insert into benefit_values as v (benefit_id, month, planned, changed_by, reason, created_at, updated_at)
           select id, $2::date, $3::numeric, 'pm', $4::text, $5::timestamptz, $5::timestamptz from benefits where code = $1
         on conflict (benefit_id, month) do update set version = v.version + 1, planned = excluded.planned, archived_at = null,
           changed_by = excluded.changed_by, reason = excluded.reason, import_id = null, updated_at = excluded.updated_at`,
        [code, `${month}-01`, planned, reason, at],
      );
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
};

const read = async (column: 'planned' | 'baseline_planned'): Promise<Plan> => {
  const { rows } = await client.query<{ month: string; amount: string | null }>(
    `select to_char(v.month, 'YYYY-MM') as month, v.${column} as amount from values_with_baseline v join benefits b on b.id = v.benefit_id
     where b.code = $1 order by v.month`,
    [code],
  );
  return Object.fromEntries(rows.map(({ month, amount }) => [month, amount === null ? null : Number(amount)]));
};
const current = () => read('planned');
const baseline = () => read('baseline_planned');

const refusal = async (task: Promise<unknown>): Promise<string> =>
  task.then(
    () => 'it was not refused',
    (error: { code?: string; constraint?: string }) => `${error.code} ${error.constraint}`,
  );
const SILENT = 'TL422 benefit_values_replan_reason_ck';

test('approved after the plan: the plan of that day is the baseline, and re-planning never changes it', async () => {
  await record('2025-01-10', null);
  await plan(noon('2025-01-11'), { '2025-02': 10, '2025-03': 20 });
  await plan(noon('2025-01-12'), { '2025-02': 11 });
  expect(await baseline()).toEqual({ '2025-02': 11, '2025-03': 20 });
  await approve(noon('2025-01-13'), '2025-01-13');
  await plan(noon('2025-02-01'), { '2025-02': 5, '2025-03': 8 }, 'The supplier is late.');
  await plan(noon('2025-02-02'), { '2025-02': 4 }, 'Later still.');
  expect(await current()).toEqual({ '2025-02': 4, '2025-03': 8 });
  expect(await baseline()).toEqual({ '2025-02': 11, '2025-03': 20 });
});

test('an approval that is recorded later holds for its day, to the last minute of it where the enterprise is', async () => {
  await record('2025-01-10', null);
  await plan(noon('2025-01-11'), { '2025-02': 10 });
  await plan('2025-01-15T22:59:00Z', { '2025-02': 12 }); // 23:59 in Berlin
  await plan('2025-01-15T23:01:00Z', { '2025-02': 99 });
  await approve(noon('2025-03-01'), '2025-01-15');
  expect(await baseline()).toEqual({ '2025-02': 12 });
});

test('approved before the first plan: all months of the first save are the baseline, and no later one', async () => {
  await record('2025-01-10', '2025-01-05');
  await plan(noon('2025-01-20'), { '2025-02': 10, '2025-03': 20 });
  await plan(noon('2025-01-21'), { '2025-04': 30 }, 'The pilot goes on.');
  await plan(noon('2025-01-22'), { '2025-04': 31, '2025-02': 1 }, 'Counted again.');
  expect(await baseline()).toEqual({ '2025-02': 10, '2025-03': 20, '2025-04': null });
  expect(await current()).toEqual({ '2025-02': 1, '2025-03': 20, '2025-04': 31 });
});

test('a month that loses its plan keeps its baseline, and one without any has none', async () => {
  await record('2025-01-10', '2025-01-05');
  await plan(noon('2025-01-20'), { '2025-02': 10, '2025-03': null });
  await plan(noon('2025-01-21'), { '2025-02': null }, 'Dropped.');
  expect(await baseline()).toEqual({ '2025-02': 10, '2025-03': null });
});

test('two re-plans on the day of the approval', async () => {
  await record('2025-01-10', null);
  await plan('2025-01-11T08:00:00Z', { '2025-02': 10 });
  await approve('2025-01-11T09:00:00Z', '2025-01-11');
  await plan('2025-01-11T10:00:00Z', { '2025-02': 8 }, 'First.');
  await plan('2025-01-11T11:00:00Z', { '2025-02': 7 }, 'Second.');
  expect([await baseline(), await current()]).toEqual([{ '2025-02': 10 }, { '2025-02': 7 }]);
});

test('an approval that is withdrawn, moved or given again moves no baseline', async () => {
  await record('2025-01-10', null);
  await plan(noon('2025-01-11'), { '2025-02': 10 });
  await approve(noon('2025-01-12'), '2025-01-12');
  await plan(noon('2025-01-20'), { '2025-02': 5 }, 'Less.');
  for (const day of ['2025-01-21', null, '2025-01-11', '2025-06-01']) {
    await approve(noon('2025-01-22'), day);
    expect(await baseline()).toEqual({ '2025-02': 10 });
  }
  await client.query(`update benefits set version = version + 1, baseline_at = now() where code = $1`, [code]);
  expect(await baseline()).toEqual({ '2025-02': 10 });
});

test('until the day of an approval to come is over the plan is free, and the approval can be moved', async () => {
  await record('2025-01-10', '2025-02-10');
  await plan(noon('2025-01-11'), { '2025-03': 10 });
  await plan(noon('2025-01-12'), { '2025-03': 9, '2025-04': 9 });
  expect(await baseline()).toEqual({ '2025-03': 9, '2025-04': 9 });
  await approve(noon('2025-01-13'), '2025-02-20');
  await plan(noon('2025-02-15'), { '2025-03': 8 });
  expect(await refusal(plan(noon('2025-02-21'), { '2025-03': 1 }))).toBe(SILENT);
  await plan(noon('2025-02-22'), { '2025-03': 2 }, 'Less.');
  expect(await baseline()).toEqual({ '2025-03': 8, '2025-04': 9 });
});

test('after the first plan of an approved benefit nothing of it changes without a reason, whoever writes', async () => {
  await record('2025-01-10', '2025-01-05');
  await plan(noon('2025-01-11'), { '2025-02': 10, '2025-03': null });
  for (const months of [{ '2025-02': 11 }, { '2025-02': null }, { '2025-03': 1 }, { '2025-04': 1 }] as Plan[])
    expect(await refusal(plan(noon('2025-01-12'), months))).toBe(SILENT);
  expect(await refusal(plan(noon('2025-01-12'), { '2025-02': 11 }, ''))).toBe(SILENT);
  await plan(noon('2025-01-12'), { '2025-02': 10, '2025-05': null });
  const update = (set: string) =>
    client.query(
      `update benefit_values set version = version + 1, updated_at = $2, ${set} where month = '2025-02-01'
         and benefit_id = (select id from benefits where code = $1)`,
      [code, noon('2025-01-13')],
    );
  expect(await refusal(update('planned = 3'))).toBe(SILENT);
  expect(await refusal(update('archived_at = updated_at'))).toBe(SILENT);
  await update('realised = 3, reported_by = changed_by');
  await update(`planned = 3, reason = 'Less.'`);
  expect(await baseline()).toEqual({ '2025-02': 10, '2025-03': null, '2025-05': null });
});

test('an import needs no reason; what it brought once excuses no later change', async () => {
  const { rows } = await client.query<{ id: string }>(
    `with importer as (insert into users (email, name) values ('importer@tests.example', 'Importer') returning id)
     insert into imports (id, status, file_names, file_hash, file_bytes, dry_run, on_problem, user_id, user_email, created_at)
       select new_id(), 'committed', '{}', '', 0, false, 'reject', id, 'importer@tests.example', now() from importer returning id`,
  );
  const importId = rows[0]!.id;
  const write = (at: string, planned: number) =>
    client.query(
      `insert into benefit_values as v (benefit_id, month, planned, changed_by, import_id, created_at, updated_at)
         select id, '2025-02-01', $2, 'importer', $3, $4, $4 from benefits where code = $1
       on conflict (benefit_id, month) do update set version = v.version + 1, planned = excluded.planned, import_id = excluded.import_id,
         updated_at = excluded.updated_at`,
      [code, planned, importId, noon(at)],
    );
  await record('2025-01-10', '2025-01-05');
  await plan(noon('2025-01-11'), { '2025-02': 10 });
  await write('2025-01-12', 9);
  expect(await refusal(write('2025-01-13', 8))).toBe(SILENT);
  expect(await refusal(plan(noon('2025-01-13'), { '2025-02': 8 }))).toBe(SILENT);
  expect([await baseline(), await current()]).toEqual([{ '2025-02': 10 }, { '2025-02': 9 }]);
});

test('what is withdrawn altogether was never planned: the next plan is the first', async () => {
  await record('2025-01-10', '2025-01-05');
  await plan(noon('2025-01-11'), { '2025-02': 10, '2025-03': 10 });
  const archive = (at: string) =>
    client.query(
      `update benefit_values set version = version + 1, archived_at = $2, updated_at = $2, reason = 'withdrawn'
       where benefit_id = (select id from benefits where code = $1)`,
      [code, noon(at)],
    );
  await archive('2025-01-12');
  expect(await baseline()).toEqual({});
  await plan(noon('2025-01-13'), { '2025-02': 7, '2025-04': 7 });
  expect(await baseline()).toEqual({ '2025-02': 7, '2025-04': 7 });
  await archive('2025-01-14');
  await client.query(`update benefits set version = version + 1, archived_at = $2, updated_at = $2 where code = $1`, [
    code,
    noon('2025-01-14'),
  ]);
  const { rows } = await client.query('select baseline_at from benefits where code = $1', [code]);
  expect(rows).toEqual([{ baseline_at: null }]);
});

test('a plan is free before the approval, and where nobody approves', async () => {
  await record('2025-01-10', null);
  await plan(noon('2025-01-11'), { '2025-02': 10 });
  await plan(noon('2025-01-12'), { '2025-02': 12, '2025-03': 4 });
  expect(await baseline()).toEqual({ '2025-02': 12, '2025-03': 4 });
});

test('what is stored already gets its baseline when the schema is brought up to date', async () => {
  const old = await cloneDatabase();
  const source = createDataSource({ url: old.ownerUrl }, [], 'migrating');
  await source.initialize();
  const names = (await source.query('select name from migrations order by id desc')) as { name: string }[];
  for (const { name } of names) {
    await source.undoLastMigration({ transaction: 'each' });
    if (name.startsWith('Benefits')) break;
  }
  await source.query(
    `insert into settings (reporting_currency, reporting_time_zone, fiscal_year_start_month) values ('USD', 'Europe/Berlin', 1)`,
  );
  const write = (of: string, month: string, planned: number | null, at: string) =>
    source.query(
      `insert into benefit_values as v (benefit_id, month, planned, changed_by, created_at, updated_at)
         select id, $2, $3, 'pm', $4, $4 from benefits where code = $1
       on conflict (benefit_id, month) do update set version = v.version + 1, planned = excluded.planned, updated_at = excluded.updated_at`,
      [of, month, planned, noon(at)],
    );
  for (const [of, approvedOn] of [
    ['EARLY', '2025-01-05'],
    ['LATE', '2025-01-20'],
    ['NEVER', null],
  ]) {
    await source.query(`insert into benefits (code, name, approved_on, created_at) values ($1, $1, $2, $3)`, [
      of,
      approvedOn,
      noon('2025-01-05'),
    ]);
    await write(of!, '2025-02-01', 10, '2025-01-10');
    await write(of!, '2025-02-01', 11, '2025-01-15');
    await write(of!, '2025-02-01', 12, '2025-01-25');
    await write(of!, '2025-03-01', 7, '2025-01-10');
    await write(of!, '2025-04-01', 5, '2025-01-25');
  }
  await source.query(
    `update benefit_values set version = version + 1, archived_at = updated_at where month = '2025-03-01'
       and benefit_id = (select id from benefits where code = 'NEVER')`,
  );
  await source.runMigrations({ transaction: 'each' });
  const rows = (await source.query(
    `select b.code, string_agg(coalesce(trim_scale(v.baseline_planned)::text, 'none'), ' ' order by v.month) as plan
     from values_with_baseline v join benefits b on b.id = v.benefit_id group by b.code order by b.code`,
  )) as unknown[];
  const starts = (await source.query(
    `select count(*)::int as n from benefit_values where archived_at is not null and (first_planned_at is not null or replanned)`,
  )) as unknown[];
  await source.destroy();
  await old.drop();
  expect(rows).toEqual([
    { code: 'EARLY', plan: '10 7 none' },
    { code: 'LATE', plan: '11 7 none' },
    { code: 'NEVER', plan: '12 5' },
  ]);
  expect(starts).toEqual([{ n: 0 }]);
});
