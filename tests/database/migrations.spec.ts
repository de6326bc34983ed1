import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { createDataSource } from '../../server/database/data-source.js';
import { migrate } from '../../server/database/migrate.js';
import { RECORD_ENTITIES } from '../../server/database/columns.js';
import { cloneDatabase } from '../support/clone-database.js';

let superuser: pg.Client;
const made: string[] = [];

beforeAll(async () => {
  superuser = new pg.Client({ connectionString: process.env['TEST_SUPERUSER_URL']! });
  await superuser.connect();
});
afterAll(async () => {
  for (const name of made) await superuser.query(`drop database if exists ${name} with (force)`);
  await superuser.end();
});

const role = (url: string): string => decodeURIComponent(new URL(url).username);

const emptyDatabase = async (): Promise<string> => {
  const name = `m_${Date.now().toString(36)}_${made.length}`;
  await superuser.query(`create database ${name} owner ${role(process.env['TEST_OWNER_URL']!)} template template0`);
  made.push(name);
  const url = new URL(process.env['TEST_OWNER_URL']!);
  url.pathname = `/${name}`;
  return url.toString();
};

const appRole = (): string => role(process.env['TEST_APP_URL']!);

test('every migration goes down again and leaves nothing behind', async () => {
  const url = await emptyDatabase();
  const ran = await migrate({ url }, appRole());
  const source = createDataSource({ url }, [], 'migrating');
  await source.initialize();
  for (const _migration of ran) await source.undoLastMigration({ transaction: 'each' });
  const left = (await source.query(`
    select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'public' and c.relkind in ('r', 'v', 'S') and c.relname not like 'migrations%'
    union all select p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'public'`)) as unknown[];
  await source.destroy();
  expect(left).toEqual([]);
  expect(await migrate({ url }, appRole())).toEqual(ran);
});

test('what earlier migrations put right is told apart from what people changed', async () => {
  const url = await emptyDatabase();
  const ran = await migrate({ url }, appRole());
  const source = createDataSource({ url }, [], 'migrating');
  await source.initialize();
  const since = ran.length - ran.findIndex((name) => name.startsWith('Freshness'));
  for (let undone = 0; undone < since; undone += 1) await source.undoLastMigration({ transaction: 'each' });
  const [at, later] = ['2026-05-01T10:00:00.123Z', '2026-06-01T10:00:00Z'];
  const id = (last: number) => `00000000-0000-7000-8000-00000000000${last}`;
  await source.query(`
    insert into users (id, email, name, password_hash) values ('${id(9)}', 'a@example.org', 'A', 'x');
    insert into imports (id, status, file_names, file_hash, file_bytes, dry_run, on_problem, user_id, user_email, created_at, finished_at)
      values ('${id(8)}', 'committed', '{}', '', 0, false, 'reject', '${id(9)}', 'a@example.org', '${at}', '${at}');
    -- One that 0014 moved on, one that a person changed since; one that 0015 unmarked, one that a person did.
    insert into metric_targets (id, version, metric_id, from_period, updated_at)
      values ('${id(1)}', 3, 'flow.wip', '2026-Q1', '${at}'), ('${id(2)}', 2, 'flow.wip', '2026-Q2', '${later}');
    insert into decisions (id, code) values ('${id(7)}', 'DEC-1');
    insert into decision_options (id, version, decision_id, name, chosen, updated_at)
      values ('${id(3)}', 2, '${id(7)}', 'Build', false, '${later}'), ('${id(4)}', 2, '${id(7)}', 'Buy', false, '${later}');
    insert into import_changes (import_id, table_name, record_id, action, version_after)
      select '${id(8)}'::uuid, 'metric_targets', id, 'created', 1 from metric_targets
      union all select '${id(8)}'::uuid, 'decision_options', id, 'created', 1 from decision_options;
    select append_audit_event('{"at":"${later}","actor":"a","action":"changed","objectType":"decision_option","objectId":"${id(4)}"}');`);
  await source.destroy();
  await migrate({ url }, appRole());
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query('select * from mended_records order by record_id');
  await client.end();
  expect(rows).toEqual([
    { table_name: 'metric_targets', record_id: id(1), version_before: 1, version_after: 3 },
    { table_name: 'decision_options', record_id: id(3), version_before: 1, version_after: 2 },
  ]);
});

test('two processes that start together migrate once', async () => {
  const url = await emptyDatabase();
  const [first, second] = await Promise.all([migrate({ url }, appRole()), migrate({ url }, appRole())]);
  const ran = first.length > 0 ? first : second;
  expect([first.length, second.length].sort()).toEqual([0, ran.length]);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ name: string }>('select name from migrations order by id');
  await client.end();
  expect(rows.map((row) => row.name)).toEqual(ran);
});

test('entities and tables have the same columns of the same types', async () => {
  const database = await cloneDatabase();
  const source = createDataSource({ url: database.ownerUrl }, [...RECORD_ENTITIES], 'serving');
  await source.initialize();
  const drift = await source.driver.createSchemaBuilder().log();
  // TypeORM would drop what it cannot say (checks, foreign keys, expression indices, triggers); only columns and tables are its business here.
  const columns = drift.upQueries
    .map(({ query }) => query)
    .filter(
      (query) =>
        /create table|drop table|add "|drop column|alter column/i.test(query) &&
        !/add constraint|drop constraint/i.test(query),
    );
  await source.destroy();
  await database.drop();
  expect(columns).toEqual([]);
});

test('every constraint and index is named after its table, its columns and its kind', async () => {
  const database = await cloneDatabase();
  const client = new pg.Client({ connectionString: database.superuserUrl });
  await client.connect();
  const { rows } = await client.query<{ relation: string; name: string }>(`
    select c.conrelid::regclass::text as relation, c.conname as name from pg_constraint c join pg_namespace n on n.oid = c.connamespace
      where n.nspname = 'public' and c.contype in ('p', 'f', 'u', 'c')
    union select i.indrelid::regclass::text, r.relname from pg_index i join pg_class r on r.oid = i.indexrelid
      join pg_namespace n on n.oid = r.relnamespace where n.nspname = 'public'`);
  await client.end();
  await database.drop();
  const named = rows.filter(({ relation }) => relation !== 'migrations');
  expect(named.length).toBeGreaterThan(150);
  expect(
    named.filter(
      ({ relation, name }) => !(name.startsWith(`${relation}_`.slice(0, 60)) && /_(pk|fk|uq|ck|ix)$/.test(name)),
    ),
  ).toEqual([]);
});

test('the role of the API owns nothing and cannot change the audit chain', async () => {
  const database = await cloneDatabase();
  const client = new pg.Client({ connectionString: database.appUrl });
  await client.connect();
  const refusal = async (text: string): Promise<string | undefined> =>
    client.query(text).then(
      () => undefined,
      (error: { code?: string }) => error.code,
    );
  const { rows } = await client.query(`select relname from pg_class where relowner = current_user::regrole`);
  expect(rows).toEqual([]);
  await client.query(
    `select append_audit_event('{"at":"2026-01-01T00:00:00.000Z","actor":"a","action":"b","objectType":"c","objectId":null}')`,
  );
  for (const attempt of [
    `update audit_events set canonical = '{}'`,
    'delete from audit_events',
    'truncate audit_events',
    `insert into audit_events (seq, canonical, prev_hash, hash) values (9, '{}', '', '')`,
    'update audit_head set seq = 0',
    'delete from benefits',
    'update confirmations set amount = 1',
    'update benefit_value_revisions set realised = 1',
    'alter table benefits disable trigger all',
    'create table mine (id int)',
  ])
    expect([attempt, await refusal(attempt)]).toEqual([attempt, '42501']);
  await client.end();
  await database.drop();
});
