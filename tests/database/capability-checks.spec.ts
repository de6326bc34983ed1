/** What a month of a service and a mark of a duplicate can never be; what is stored against it already survives the upgrade. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { CapabilityChecks1763700000017 } from '../../migrations/0017-capability-checks.js';
import { createDataSource } from '../../server/database/data-source.js';
import { cloneDatabase } from '../support/clone-database.js';

let database: Awaited<ReturnType<typeof cloneDatabase>>;
let pool: pg.Pool;
beforeAll(async () => {
  database = await cloneDatabase();
  pool = new pg.Pool({ connectionString: database.appUrl, max: 3 });
  pool.on('error', () => undefined);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

type On = Pick<pg.Pool, 'query'>;
const idOf = async (text: string, values: unknown[], on: On = pool): Promise<string> =>
  (await on.query<{ id: string }>(`${text} returning id`, values)).rows[0]!.id;
const initiative = (code: string, of: string | null = null): Promise<string> =>
  idOf('insert into initiatives (code, name, duplicate_of_id) values ($1, $1, $2)', [code, of]);
const mark = (id: string, of: string | null, on: On = pool) =>
  on.query('update initiatives set duplicate_of_id = $2, version = version + 1 where id = $1', [id, of]);
const month = async (downtime: number, on: On = pool): Promise<string> => {
  const service = await idOf('insert into services (code, name) values (gen_random_uuid()::text, $1)', ['S'], on);
  return idOf(
    `insert into service_months (service_id, month, agreed_minutes, downtime_minutes) values ($1, '2026-01-01', 100, $2)`,
    [service, downtime],
    on,
  );
};
const refusal = (task: Promise<unknown>): Promise<string> =>
  task.then(
    () => 'stored',
    ({ code, constraint }: { code?: string; constraint?: string }) => `${code} ${constraint}`,
  );
const CIRCLE = 'TL422 initiatives_duplicate_of_id_cycle_ck';
const PART = '23514 service_months_downtime_minutes_agreed_minutes_ck';

test('duplicates in a circle of any length are refused, chains and forks are not', async () => {
  const a = await initiative('A');
  const b = await initiative('B', a);
  const c = await initiative('C', b);
  await initiative('D', b);
  expect(await refusal(mark(a, c))).toBe(CIRCLE);
  expect(await refusal(mark(a, b))).toBe(CIRCLE);
  expect(await refusal(mark(c, a))).toBe('stored');
});

test('of two marks at once that close a circle between them one is stored', async () => {
  const [x, y] = [await initiative('X'), await initiative('Y')];
  const writers = await Promise.all([pool.connect(), pool.connect()]);
  const results = await Promise.all(
    writers.map(async (writer, at) => {
      await writer.query('begin');
      const result = await refusal(at === 0 ? mark(x, y, writer) : mark(y, x, writer));
      await writer.query(result === 'stored' ? 'commit' : 'rollback');
      writer.release();
      return result;
    }),
  );
  expect(results.sort()).toEqual([CIRCLE, 'stored']);
});

test('more downtime than was agreed is refused; as much is not', async () => {
  expect(await refusal(month(101))).toBe(PART);
  expect(await refusal(month(100))).toBe('stored');
});

test('what was stored before stays through the upgrade, can be archived and put right, and is refused where it is changed otherwise', async () => {
  const source = createDataSource({ url: database.ownerUrl }, [], 'migrating');
  await source.initialize();
  const runner = source.createQueryRunner();
  const migration = new CapabilityChecks1763700000017();
  await migration.down(runner);
  const [first, second, third] = [await month(200), await month(300), await month(400)];
  const one = await initiative('ONE');
  const other = await initiative('OTHER', one);
  await mark(one, other);
  await migration.up(runner);
  await source.destroy();
  const change = (id: string, set: string) =>
    refusal(pool.query(`update service_months set version = version + 1, ${set} where id = $1`, [id]));
  expect(await change(first, 'incidents = 1')).toBe(PART);
  expect(await change(first, 'downtime_minutes = 20')).toBe('stored');
  expect(await change(second, 'archived_at = now()')).toBe('stored');
  expect(await change(second, 'archived_at = null')).toBe(PART);
  const { rows } = await pool.query('select downtime_minutes::int as downtime from service_months where id = $1', [
    third,
  ]);
  expect(rows).toEqual([{ downtime: 400 }]);
  expect(
    await refusal(pool.query(`update initiatives set name = 'New', version = version + 1 where id = $1`, [one])),
  ).toBe('stored');
  expect(await refusal(mark(one, null))).toBe('stored');
  expect(await refusal(mark(one, other))).toBe(CIRCLE);
});
