/** What imports may tell of answers to a round, and how a quarter comes to have one survey. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Api, expectProblem, startApi } from '../support/harness.js';
import { upload } from '../support/imports.js';
import { openedBy, tag, tokenOf } from '../support/survey-rounds.js';
import { beside } from '../support/waiter.js';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

describe('Answers of a round', () => {
  const HEAD = 'survey_code,respondent,org_unit_code,satisfaction,comment';
  let keys: string[];
  beforeAll(async () => {
    const cio = api.as('cio');
    const made = await cio.post('/survey-rounds', { period: '2029-Q1', name: 'Round', areas: ['BU1', 'BU2'] });
    const path = `/survey-rounds/${made.body.code}`;
    await cio.post(`${path}/open`, {}, { 'If-Match': '"v1"' });
    for (const area of ['BU1', 'BU2'])
      for (const link of (await cio.post(`${path}/invitations`, { area, links: 3 })).body.links as string[])
        await (
          await openedBy(api, tokenOf(link))
        ).post('/survey-answers', { satisfaction: area === 'BU1' ? 2 : 5, comment: `Said of ${area}` });
    expect((await cio.post(`${path}/close`, {}, { 'If-Match': '"v2"' })).status).toBe(200);
    const rows = await api.sql<{ respondent: string }>(
      `select respondent from survey_responses r join surveys s on s.id = r.survey_id
       where s.period = '2029-Q1' and satisfaction = 2 order by 1`,
    );
    keys = rows.map(({ respondent }) => respondent);
  });

  /** What an import tells of one or two rows, without its own id and moment. */
  const told = async (rows: readonly string[], query: string) => {
    const { body, status } = await upload(
      api,
      { 'survey_responses.csv': `${HEAD}\n${rows.map((row) => `SUR-2029-Q1,${row}\n`).join('')}` },
      query,
    );
    const report = (await api.as('admin').get(`/imports/${body.id}`)).body;
    const { tables, problems, problemCount, preview } = body;
    const kept = [report.tables, report.problems, report.problemCount, report.preview];
    return { status, tables, problems, problemCount, preview, kept };
  };

  test.each(['', '?onProblem=skip', '?dryRun=true', '?dryRun=true&onProblem=skip'])(
    'are held against no row of an import: every guess is answered alike (%s)',
    async (query) => {
      const [key, other] = keys;
      const alike = async (guesses: readonly (readonly string[])[]) => {
        const [first, ...others] = await Promise.all(guesses.map((rows) => told(rows, query)));
        for (const one of others) expect(one).toEqual(first);
        return first!;
      };
      const named = await alike([
        ['ada@corp.example,BU2,,'],
        ['bob@corp.example,BU1,2,Said of BU1'],
        ['r-1,,,(clear)'],
      ]);
      expect(named.problems).toEqual([
        expect.objectContaining({ row: 2, column: 'survey_code', value: 'SUR-2029-Q1', code: 'survey.round' }),
      ]);
      // Right in everything, in nothing, about the unit only, about a key that nobody has, about nothing but a key.
      const exported = await alike(
        [
          `${key},BU1,2,Said of BU1`,
          `${key},BU2,3,Said of BU2`,
          `${key},BU1,,`,
          `${key},,2,`,
          `${key},,,`,
          `${key},,,(clear)`,
          `sha256:${'0'.repeat(64)},BU1,2,Said of BU1`,
        ].map((row) => [row]),
      );
      expect(exported).toMatchObject({ status: query.includes('dryRun') ? 200 : 201, problemCount: 0 });
      expect(exported.tables).toMatchObject([{ rows: 1, created: 0, updated: 0, unchanged: 1, skipped: 0 }]);
      // Twice the same key: whether both rows come to the same would tell what is stored.
      const twice = await alike([
        [`${key},,2,`, `${key},,,`],
        [`${key},,3,`, `${key},,,`],
        [`${key},,2,`, `${other},,,`],
      ]);
      expect(twice.tables).toMatchObject([{ rows: 2, unchanged: 2, skipped: 0 }]);
    },
  );

  test('go with their survey: removed by an administrator, its quarter is free, and its answers lie in the archive', async () => {
    const [round] = (await api.as('cio').get('/survey-rounds')).body.items;
    expectProblem(await api.as('cio').delete('/survey-rounds/SUR-2029-Q1', tag(round)), 403, 'forbidden');
    expectProblem(
      await api.as('admin').delete('/survey-rounds/SUR-2029-Q1', { 'If-Match': '"v1"' }),
      412,
      'precondition-failed',
    );
    expect((await api.as('admin').delete('/survey-rounds/SUR-2029-Q1', tag(round))).status).toBe(204);
    const left = await api.sql(
      `select count(*)::int as n, count(r.archived_at)::int as archived from survey_responses r
       join surveys s on s.id = r.survey_id where s.period = '2029-Q1'`,
    );
    expect(left).toEqual([{ n: 6, archived: 6 }]);
    expect(await api.sql("select 1 from survey_trees where period = '2029-Q1'")).toEqual([]);
    expect((await told(['ada@corp.example,BU1,2,'], '?dryRun=true')).problems).toEqual([
      expect.objectContaining({ code: 'survey.round' }),
    ]);
    // Over the units of another day its answers would tell hidden groups of then: they never come back.
    const back = await upload(api, { 'surveys.csv': 'code,period,name\nSUR-2029-Q1,2029-Q1,Round\n' });
    expect([back.status, back.body.problems[0].code]).toEqual([422, 'survey.round']);
    await expect(
      api.sql("update surveys set archived_at = null, version = version + 1 where code = 'SUR-2029-Q1'"),
    ).rejects.toThrow('do not come back');
    const survey = { code: 'AGAIN', period: '2029-Q1', name: 'Again' };
    expect((await api.as('admin').post('/surveys', survey)).status).toBe(201);
  });
});

describe('A quarter has one survey', () => {
  const surveyOf = (code: string, period: string) => ({ 'surveys.csv': `code,period,name\n${code},${period},One\n` });
  const answers = (code: string, unit: string, count: number): Record<string, string> => ({
    'survey_responses.csv': `survey_code,respondent,org_unit_code,satisfaction\n${Array.from({ length: count }, (_, at) => `${code},r-${at},${unit},${1 + (at % 5)}\n`).join('')}`,
  });
  const treeOf = (period: string) =>
    api.sql<{ code: string; above: string | null }>(
      `select t.code, p.code as above from survey_trees t left join org_units p on p.id = t.parent_id where t.period = '${period}' order by 1`,
    );

  test('whose tree of units goes with the import that brought its answers, and is that of the day when they come again', async () => {
    await api.sql(
      "insert into org_units (code, name, parent_id) select 'LATE', 'Late', id from org_units where code = 'BU1'",
    );
    const files = { ...surveyOf('TREE', '2021-Q1'), ...answers('TREE', 'LATE', 6) };
    const wrong = await upload(api, files);
    expect(await treeOf('2021-Q1')).toContainEqual({ code: 'LATE', above: 'BU1' });
    expect((await api.as('admin').post(`/imports/${wrong.body.id}/revert`, {})).status).toBe(200);
    expect(await treeOf('2021-Q1')).toEqual([]);
    await api.sql(
      "update org_units set version = version + 1, parent_id = (select id from org_units where code = 'BU2') where code = 'LATE'",
    );
    expect((await upload(api, files)).status).toBe(201);
    expect(await treeOf('2021-Q1')).toContainEqual({ code: 'LATE', above: 'BU2' });
    expect(await treeOf('2021-Q1')).not.toContainEqual({ code: 'BU1', above: expect.anything() });
  });

  test('whose answers do not come again over units that would tell a hidden group of them', async () => {
    await api.sql(
      "insert into org_units (code, name, parent_id) select v.code, v.code, u.id from org_units u, (values ('FEW'), ('MANY')) v (code) where u.code = 'BU3'",
    );
    const people = Object.entries({ FEW: 3, MANY: 6, BU4: 5 }).flatMap(([unit, count]) =>
      Array.from({ length: count }, (_, at) => `MOVED,${unit}-${at},${unit},${1 + (at % 5)}\n`),
    );
    const files = {
      ...surveyOf('MOVED', '2022-Q1'),
      'survey_responses.csv': `survey_code,respondent,org_unit_code,satisfaction\n${people.join('')}`,
    };
    const told = await upload(api, files);
    expect((await api.as('admin').post(`/imports/${told.body.id}/revert`, {})).status).toBe(200);
    const move = (above: string) =>
      api.sql(
        `update org_units set version = version + 1, parent_id = (select id from org_units where code = '${above}') where code = 'FEW'`,
      );
    // Nine in BU3 before and six after would be the three that moved.
    await move('BU4');
    const refused = await upload(api, files);
    expect([refused.status, refused.body.problems[0].code]).toEqual([422, 'survey.told']);
    await move('BU3');
    expect((await upload(api, files)).status).toBe(201);
  });

  test('of which no fewer were asked than have answered; of a round it is what the round has counted', async () => {
    const invited = (count: number) => ({ 'surveys.csv': `code,period,name,invited\nASKED,2022-Q2,Asked,${count}\n` });
    const few = await upload(api, { ...invited(5), ...answers('ASKED', 'BU1', 6) });
    expect([few.status, few.body.problems[0].code]).toEqual([422, 'survey.invited']);
    expect((await upload(api, { ...invited(6), ...answers('ASKED', 'BU1', 6) })).status).toBe(201);
    const change = async (code: string, count: number) => {
      const stored = (await api.as('admin').get(`/surveys/${code}`)).body;
      return api.as('admin').patch(`/surveys/${code}`, { invited: count }, tag(stored));
    };
    expectProblem(await change('ASKED', 5), 422, 'validation-failed');
    expect((await change('ASKED', 60)).status).toBe(200);
    const made = await api.as('cio').post('/survey-rounds', { period: '2022-Q3', name: 'Round', areas: ['BU1'] });
    expectProblem(await change(made.body.code, 3), 409, 'conflict');
    const round = `code,period,name,invited\n${made.body.code},2022-Q3,Round,3\n`;
    expect((await upload(api, { 'surveys.csv': round })).body.problems[0]).toMatchObject({
      ...{ column: 'invited', code: 'survey.round' },
    });
  });

  test('also where a round is made while an import runs: the second waits for the first, and is refused', async () => {
    const round = { period: '2021-Q2', name: 'Round', areas: ['BU1'] };
    await upload(api, surveyOf('RACE', '2021-Q2'));
    // As an import does, in a transaction that is not over.
    const made = await beside(
      api.databaseUrl,
      `insert into survey_responses (survey_id, respondent, trust) select id, 'sha256:' || repeat('a', 64), 3 from surveys where code = 'RACE'`,
      () => api.as('cio').post('/survey-rounds', round),
    );
    expectProblem(made, 409, 'duplicate');
    expect(made.body.detail).toBe(
      'The survey RACE is of 2021-Q2 already, and a quarter has one survey. Choose another quarter for this round.',
    );

    await upload(api, surveyOf('RACE-2', '2021-Q3'));
    const imported = await beside(
      api.databaseUrl,
      `with made as (insert into surveys (code, period, name) values ('ROUND', '2021-Q3', 'Round') returning id)
       insert into survey_rounds (survey_id, area_ids, it_ids) select id, '{}', '{}' from made`,
      () => upload(api, answers('RACE-2', 'BU1', 3)),
    );
    expect(imported.status).toBe(422);
    expect(JSON.stringify(imported.body.problems)).toMatch(/ROUND|2021-Q3/);
    expect(
      await api.sql("select 1 from survey_responses r join surveys s on s.id = r.survey_id where s.code = 'RACE-2'"),
    ).toEqual([]);
  });

  test('that counts: of two from before the rule the closed round, alone', async () => {
    await upload(api, { ...surveyOf('BEFORE', '2021-Q4'), ...answers('BEFORE', 'BU1', 7) });
    const answered = async () => {
      await api.sql('update data_versions set version = version + 1');
      return (await api.as('cio').get('/stakeholders?period=2021-Q4')).body.whole.answers;
    };
    expect(await answered()).toBe(7);
    await api.sql(`set session_replication_role = replica;
      insert into surveys (code, period, name, invited) values ('BESIDE-Q4', '2021-Q4', 'Beside', 9);
      insert into survey_rounds (survey_id, state, area_ids, it_ids, opened_at, closed_at)
        select id, 'closed', '{}', '{}', '2021-12-01', '2021-12-09' from surveys where code = 'BESIDE-Q4';
      insert into survey_responses (survey_id, respondent, satisfaction)
        select s.id, 'sha256:' || repeat(n::text, 64), n from surveys s, generate_series(1, 5) n where s.code = 'BESIDE-Q4';
      set session_replication_role = origin`);
    expect(await answered()).toBe(5);
    const { items } = (await api.as('cio').get('/metrics/stakeholder.response_rate/records?period=2021-Q4')).body;
    expect(items.map(({ code }: { code: string }) => code)).toEqual(['BESIDE-Q4']);
  });
});
