/** What a database of an earlier version holds of who answered surveys, and what becomes of it. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { createDataSource } from '../../server/database/data-source.js';
import { migrate } from '../../server/database/migrate.js';
import { cloneDatabase } from '../support/clone-database.js';

const plain = (respondent: string): string => `sha256:${createHash('sha256').update(respondent).digest('hex')}`;
const ADA = plain('ada@corp.example');
const IDS = { survey: '00000000-0000-7000-8000-000000000001', answer: '00000000-0000-7000-8000-000000000002' };
const IMPORT = '00000000-0000-7000-8000-000000000003';

let database: Awaited<ReturnType<typeof cloneDatabase>>;
let client: pg.Client;
const rows = async <Row>(text: string): Promise<Row[]> => (await client.query(text)).rows as Row[];

beforeAll(async () => {
  database = await cloneDatabase();
  client = new pg.Client({ connectionString: database.superuserUrl });
  await client.connect();
  const source = createDataSource({ url: database.ownerUrl }, [], 'migrating');
  await source.initialize();
  for (
    let isThere = true;
    isThere;
    isThere = (await rows("select 1 from pg_tables where tablename = 'survey_secrets'")).length > 0
  )
    await source.undoLastMigration({ transaction: 'each' });
  await source.destroy();
  await client.query(`
    insert into users (id, email, name) values ('${IMPORT}', 'who@tests.example', 'Who');
    insert into org_units (code, name) values ('TOP', 'Top');
    insert into org_units (code, name, parent_id) select 'IN', 'In', id from org_units where code = 'TOP';
    insert into surveys (id, code, period, name) values ('${IDS.survey}', 'OLD', '2025-Q1', 'Old');
    insert into survey_responses (id, survey_id, respondent, org_unit_id, satisfaction)
      select '${IDS.answer}', '${IDS.survey}', '${ADA}', id, 2 from org_units where code = 'IN';
    insert into imports (id, status, file_names, file_hash, file_bytes, dry_run, on_problem, user_id, user_email, created_at, preview)
      values ('${IMPORT}', 'committed', '{a.csv}', '', 1, false, 'skip', '${IMPORT}', 'who@tests.example', now(),
        '{"notes": [], "diffs": [{"table": "survey_responses", "record": "OLD ${ADA}", "field": "satisfaction", "before": null, "after": "2"},
          {"table": "surveys", "record": "OLD", "field": "name", "before": null, "after": "Old"}]}');
    insert into import_changes (import_id, table_name, record_id, action, version_after, before)
      select '${IMPORT}', 'survey_responses', id, 'updated', 1, to_jsonb(r) from survey_responses r;
    insert into import_rejects (import_id, table_name, row_number, header, cells, error)
      values ('${IMPORT}', 'survey_responses', 2, '{survey_code,respondent,satisfaction}', '{OLD,${ADA},9}', 'Too high');
    insert into surveys (code, period, name) values ('ROUND', '2025-Q2', 'Round');
    insert into survey_rounds (survey_id, state, area_ids, it_ids, opened_at, closed_at)
      select id, 'closed', '{}', '{}', '2025-04-03T10:11:12Z', '2025-05-01T00:00:00Z' from surveys where code = 'ROUND';
    insert into survey_responses (survey_id, respondent, trust, answered_at, comment)
      select s.id, 'sha256:' || encode(sha256(n::text::bytea), 'hex'), 1 + n % 5, timestamptz '2025-04-05Z' + n * interval '1 day', n::text
      from surveys s, generate_series(1, 40) n where s.code = 'ROUND';
    insert into surveys (code, period, name, archived_at) values ('GONE', '2025-Q3', 'Gone', now());
    insert into survey_rounds (survey_id, state, area_ids, it_ids, opened_at)
      select id, 'open', '{}', '{}', '2025-07-03T10:11:12Z' from surveys where code = 'GONE';
    insert into survey_responses (survey_id, respondent, trust, answered_at)
      select s.id, 'sha256:' || encode(sha256(n::text::bytea), 'hex'), n, timestamptz '2025-07-05Z' + n * interval '1 day'
      from surveys s, generate_series(1, 5) n where s.code = 'GONE'`);
  await migrate({ url: database.ownerUrl }, null);
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

test('keys become keyed in answers and in what imports remember, alike, so that an import can be reverted', async () => {
  const [answer] = await rows<{ respondent: string; version: number; wanted: string }>(
    `select respondent, version, respondent_key(survey_id, '${ADA}') as wanted from survey_responses where id = '${IDS.answer}'`,
  );
  expect(answer).toMatchObject({ respondent: answer!.wanted, version: 1 });
  expect(answer!.respondent).not.toBe(ADA);
  expect(await rows("select before ->> 'respondent' as key from import_changes")).toEqual([{ key: answer!.wanted }]);
});

test('neither rows that were left out nor reports of imports say who answered, or what', async () => {
  const [left] = await rows<{ cells: string[] }>('select cells from import_rejects');
  expect(left!.cells).toEqual(['OLD', expect.stringMatching(/^sha256:[0-9a-f]{64}$/), '9']);
  expect(left!.cells[1]).not.toBe(ADA);
  const [{ preview } = { preview: { diffs: [] } }] = await rows<{ preview: { diffs: { table: string }[] } }>(
    'select preview from imports',
  );
  expect(preview.diffs.map(({ table }) => table)).toEqual(['surveys']);
});

test('answers of a round that is over are written again: one transaction, another order, one day, other keys', async () => {
  const answers = await rows<{ comment: string; day: string; xmin: string; respondent: string }>(
    'select comment, answered_at as day, xmin::text, respondent from survey_responses where comment is not null order by ctid',
  );
  const order = answers.map(({ comment }) => Number(comment));
  expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, at) => at + 1));
  // By chance in order: once in 40!.
  expect(order).not.toEqual([...order].sort((a, b) => a - b));
  expect(new Set(answers.map(({ xmin }) => xmin)).size).toBe(1);
  expect(new Set(answers.map(({ day }) => day))).toEqual(new Set(['2025-04-03T00:00:00.000Z']));
  expect(answers.map(({ respondent }) => respondent)).not.toContain(plain('1'));
});

test('so are those of a round whose survey was archived under it; what is in the archive stays there', async () => {
  const answers = (code: string) =>
    rows<{ day: string; respondent: string; archived: boolean }>(
      `select answered_at as day, respondent, r.archived_at is not null as archived from survey_responses r
         join surveys s on s.id = r.survey_id where s.code = '${code}'`,
    );
  const gone = await answers('GONE');
  expect(gone.map(({ day }) => new Date(day).toISOString())).toEqual(gone.map(() => '2025-07-03T00:00:00.000Z'));
  expect(gone).toHaveLength(5);
  expect(gone.map(({ respondent }) => respondent)).not.toContain(plain('1'));
  await client.query(`
    update survey_responses set archived_at = now(), version = version + 1 where comment in ('1', '2', '3');
    select settle_survey(id) from surveys where code = 'ROUND'`);
  expect((await answers('ROUND')).filter(({ archived }) => archived)).toHaveLength(3);
});

test('the tree of units is kept for the periods that are told', async () => {
  const kept = await rows(
    `select t.period, t.code, p.code as above from survey_trees t left join org_units p on p.id = t.parent_id order by 2`,
  );
  expect(kept).toEqual([
    { period: '2025-Q1', code: 'IN', above: 'TOP' },
    { period: '2025-Q1', code: 'TOP', above: null },
  ]);
});

test('how many links may be lost does not tell whether an address that is taken back has answered', async () => {
  await client.query(`
    insert into surveys (code, period, name) values ('OUT', '2025-Q4', 'Out');
    insert into survey_rounds (survey_id, state, area_ids, it_ids, opened_at)
      select id, 'open', '{}', '{}', '2025-10-03T10:11:12Z' from surveys where code = 'OUT';
    insert into survey_invitations (survey_id, org_unit_id, email, sending, mailed, used)
      select s.id, u.id, n || '@tests.example', 'sent', true, n <= 2
      from surveys s, org_units u, generate_series(1, 6) n where s.code = 'OUT' and u.code = 'IN';
    insert into survey_tokens (invitation_id, token_hash)
      select i.id, sha256(email::bytea) from survey_invitations i where email like '%@tests.example'`);
  const unanswered = async (takenBack: string): Promise<unknown> => {
    await client.query('begin');
    await client.query(`delete from survey_tokens where token_hash = sha256('${takenBack}@tests.example'::bytea)`);
    const told = await rows(
      "select a.unanswered::int from survey_asked a join surveys s on s.id = a.survey_id and s.code = 'OUT'",
    );
    await client.query('rollback');
    return told;
  };
  expect(await unanswered('nobody')).toEqual([{ unanswered: 4 }]);
  expect(await unanswered('1')).toEqual([{ unanswered: 3 }]);
  expect(await unanswered('6')).toEqual([{ unanswered: 3 }]);
});
