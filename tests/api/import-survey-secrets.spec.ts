import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { expectNoChange, expectProblem, type Reply } from '../support/harness.js';
import { type OwnApi, startOwnApi } from '../support/own-server.js';
import { upload, type Files } from '../support/imports.js';

const HEADER = 'survey_code,respondent,satisfaction,recommend,comment\n';
const SECRETS = /r-secret|told in confidence|my boss/i;

let api: OwnApi;
beforeAll(async () => {
  api = await startOwnApi();
  expect((await upload(api, { 'surveys.csv': 'code,period,name\nSUR,2026-Q1,Survey\n' })).status).toBe(201);
});
afterAll(() => api.stop());

const ROWS = [
  `SUR,r-secret-1 ${'x'.repeat(200)},3,9,fine`,
  `SUR,r-secret-2,3,9,told in confidence ${'x'.repeat(4000)}`,
  'SUR,r-secret-3,3,99,told in confidence',
  'SUR,r-secret-4,3,9,told in confidence',
  'SUR,r-secret-4,4,9,told in confidence too',
  'SUR,r-secret-5,3,9,told in confidence, by my boss',
  'SUR,r-secret-6,3,told in confidence, my boss, did it',
  'SUR,"r-secret-7\u0007",3,9,told in confidence',
];

describe('What people said in a survey, and who they are,', () => {
  test.each(['admin', 'finance'] as const)('stands in no report of an import by %s', async (person) => {
    for (const query of ['', '?onProblem=skip', '?dryRun=true&onProblem=skip']) {
      const reply = await upload(api, { 'survey_responses.csv': `${HEADER}${ROWS.join('\n')}\n` }, query, person);
      expect(reply.body.problemCount).toBeGreaterThanOrEqual(ROWS.length - 1);
      expect(JSON.stringify(reply.body.problems)).not.toMatch(SECRETS);
      for (const problem of reply.body.problems)
        if (['respondent', 'comment'].includes(problem.column)) expect(problem.value).toBeNull();
    }
    const stored = await api.sql<{ problems: unknown }>('select problems from imports');
    expect(JSON.stringify(stored)).not.toMatch(SECRETS);
  });

  test('is given back to the importer with the respondent hashed', async () => {
    const files = { 'survey_responses.csv': `${HEADER}SUR,r-secret-8,3,99,said\n` };
    const reply = await upload(api, files, '?onProblem=skip');
    expect(reply.status).toBe(201);
    const rejects = await api.sql<{ cells: string[] }>('select cells from import_rejects where import_id = $1', [
      reply.body.id,
    ]);
    expect(rejects).toEqual([{ cells: ['SUR', expect.stringMatching(/^sha256:[0-9a-f]{64}$/), '3', '99', 'said'] }]);
    const all = await api.sql(`select cells, error from import_rejects`);
    expect(JSON.stringify(all)).not.toMatch(/r-secret/);
  });

  test('is given back hashed too where the whole table could not be read', async () => {
    const unreadable: Files[] = [
      { 'survey_responses.csv': 'respondent,Respondent,satisfaction\nr-secret-9,r-secret-10,3\n' },
      { 'survey_responses_2.csv': `${HEADER}SUR,r-secret-11,3,9,said\n` },
    ];
    for (const files of unreadable) {
      const reply = await upload(api, { ...files, 'priorities.csv': 'code,name\nP,Q\n' }, '?onProblem=skip');
      expect(reply.status).toBe(201);
    }
    const all = await api.sql(`select cells, error from import_rejects`);
    expect(JSON.stringify(all)).toContain('sha256:');
    expect(JSON.stringify(all)).not.toMatch(/r-secret/);
  });

  test('stands in no preview of what an import changed either, not even as numbers', async () => {
    const answer = 'SUR,r-secret-20,2,7,told in confidence';
    const reply = await upload(api, { 'survey_responses.csv': `${HEADER}${answer}\n` });
    expect(reply.status).toBe(201);
    for (const person of ['admin', 'pm-dig'] as const)
      for (const path of [`/imports/${reply.body.id}`, '/imports']) {
        const told = await api.as(person).get(path);
        expect(told.status).toBe(200);
        expect(told.text).not.toMatch(/sha256:|satisfaction|recommend/);
        expect(told.text).not.toMatch(SECRETS);
      }
    expect(reply.body.preview.diffs).toEqual([]);
    const stored = JSON.stringify(await api.sql('select to_jsonb(i) as it from imports i'));
    expect(stored).not.toMatch(SECRETS);
    expect(stored).not.toMatch(/sha256:|"field": ?"(satisfaction|recommend|org_unit_code|answered_at)"/);
  });
});

/** Rows of an import by what became of them. */
const outcome = ({ body }: Reply) => {
  const { created, updated, unchanged, skipped } = body.tables.find(
    ({ table }: { table: string }) => table === 'survey_responses',
  );
  return { created, updated, unchanged, skipped };
};
const plain = (respondent: string): string => `sha256:${createHash('sha256').update(respondent).digest('hex')}`;

describe('The key of who answered', () => {
  const ADA = 'ada@corp.example';
  const TWICE = {
    'surveys.csv': 'code,period,name\nKEY-1,2024-Q1,One\nKEY-2,2024-Q2,Two\n',
    'survey_responses.csv': `survey_code,respondent,satisfaction\nKEY-1,${ADA},2\nKEY-2,${ADA},3\n`,
  };
  let keys: string[];
  beforeAll(async () => {
    expect(outcome(await upload(api, TWICE))).toMatchObject({ created: 2 });
    const rows = await api.sql<{ respondent: string }>(
      "select respondent from survey_responses r join surveys s on s.id = r.survey_id where s.code like 'KEY-%'",
    );
    keys = rows.map(({ respondent }) => respondent);
  });

  test('is found by no list of people, and joins nobody’s answers over surveys', () => {
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(2);
    const guesses = [ADA, ...['KEY-1', 'KEY-2'].flatMap((survey) => [`${survey}${ADA}`, `${ADA}${survey}`])];
    for (const guess of guesses) expect(keys).not.toContain(plain(guess));
  });

  test('is found again by the same file, by the hash of who answered, and by what was exported', async () => {
    const hashed = TWICE['survey_responses.csv'].replaceAll(ADA, plain(ADA));
    const exported = `survey_code,respondent,satisfaction\n${keys.map((key, at) => `KEY-${at + 1},${key},`).join('\n')}\n`;
    for (const answers of [TWICE['survey_responses.csv'], hashed, exported]) {
      const reply = await upload(api, { 'survey_responses.csv': answers });
      expect(outcome(reply)).toEqual({ created: 0, updated: 0, unchanged: 2, skipped: 0 });
    }
  });

  test('cannot be tried by the role of the API, which does not read the secret', async () => {
    await expect(api.source.query('select * from survey_secrets')).rejects.toMatchObject({ code: '42501' });
  });

  test('is no plain hash in rows that were left out either', async () => {
    const files = { 'survey_responses.csv': `survey_code,respondent,satisfaction\nKEY-1,${ADA},9\n` };
    await upload(api, files, '?onProblem=skip');
    const cells = JSON.stringify(await api.sql('select cells from import_rejects'));
    expect(cells).not.toContain(ADA);
    expect(cells).not.toContain(plain(ADA));
  });
});

describe('Answers of a period that is told', () => {
  const header = 'survey_code,respondent,satisfaction\n';
  const answers = (survey: string, scores: readonly number[]): string =>
    header + scores.map((score, at) => `${survey},r-${at},${score}\n`).join('');
  const surveys = (...rows: readonly string[]) => ({ 'surveys.csv': `code,period,name\n${rows.join('\n')}\n` });
  let imported: Reply;
  beforeAll(async () => {
    const files = { ...surveys('TOLD,2023-Q1,Told', 'BESIDE,2023-Q1,Beside') };
    expect((await upload(api, files)).status).toBe(201);
    imported = await upload(api, { 'survey_responses.csv': answers('TOLD', [1, 2, 3, 4, 5]) });
    expect(outcome(imported)).toMatchObject({ created: 5 });
  });

  test.each([
    ['one more', answers('TOLD', [1, 2, 3, 4, 5, 5]), 'TOLD'],
    ['another one', answers('TOLD', [1, 2, 3, 4, 4]), 'TOLD'],
    ['one to another survey of the period', answers('BESIDE', [3]), 'BESIDE'],
  ])('take no answer by an import: %s', async (_what, content, survey) => {
    const reply = await expectNoChange(api, () => upload(api, { 'survey_responses.csv': content }));
    expect(reply.status).toBe(422);
    expect(reply.body.problems).toEqual([
      expect.objectContaining({ column: 'survey_code', value: survey, code: 'survey.told' }),
    ]);
  });

  test('are the same file again, which changes nothing', async () => {
    const reply = await upload(api, { 'survey_responses.csv': answers('TOLD', [1, 2, 3, 4, 5]) });
    expect(outcome(reply)).toEqual({ created: 0, updated: 0, unchanged: 5, skipped: 0 });
  });

  test('take no second survey, nor does theirs leave its period', async () => {
    const survey = { code: 'PULSE', period: '2023-Q1', name: 'Pulse' };
    expectProblem(await api.as('admin').post('/surveys', survey), 422, 'rule-broken');
    const told = (await api.as('admin').get('/surveys/TOLD')).body;
    const tag = { 'If-Match': `"v${told.version}"` };
    const moved = await api.as('admin').patch('/surveys/TOLD', { period: '2023-Q4' }, tag);
    expectProblem(moved, 422, 'validation-failed');
    const reply = await expectNoChange(api, () => upload(api, surveys('THIRD,2023-Q1,Third')));
    expect(reply.body.problems).toEqual([expect.objectContaining({ column: 'period', code: 'survey.told' })]);
  });

  test('of several surveys are told at once where they come at once', async () => {
    const files = {
      ...surveys('TWO-A,2023-Q2,A', 'TWO-B,2023-Q2,B'),
      'survey_responses.csv': `${answers('TWO-A', [1, 2])}${answers('TWO-B', [3]).replace(header, '')}`,
    };
    expect(outcome(await upload(api, files))).toMatchObject({ created: 3 });
  });

  test('go as a whole, and come again as a whole; a part of them does not go', async () => {
    const reverted = await api.as('admin').post(`/imports/${imported.body.id}/revert`, {});
    expect(reverted.status).toBe(200);
    // One more, one less, another one: the figures before and after would tell it, under whatever survey.
    for (const [survey, scores] of [
      ['TOLD', [1, 2, 3, 4, 5, 5]],
      ['TOLD', [1, 2, 3, 4, 4]],
      ['BESIDE', [1, 2, 3, 4, 5, 1]],
    ] as const) {
      const few = await expectNoChange(api, () => upload(api, { 'survey_responses.csv': answers(survey, scores) }));
      expect(few.body.problems[0]).toMatchObject({ column: 'survey_code', value: survey, code: 'survey.told' });
      expect(few.body.problems[0].message).toContain('were told before they were taken back');
    }
    const again = await upload(api, { 'survey_responses.csv': answers('TOLD', [1, 2, 3, 4, 5]) });
    expect(outcome(again)).toMatchObject({ created: 5 });
    // As an earlier version stored it: a part by another import.
    await api.sql(
      `update import_changes set import_id = $1 where import_id = $2 and record_id in (select record_id from import_changes where import_id = $2 limit 2)`,
      [(await upload(api, surveys('OTHER,2022-Q1,Other'))).body.id, again.body.id],
    );
    const refused = await api.as('admin').post(`/imports/${again.body.id}/revert`, {});
    expectProblem(refused, 409, 'conflict');
    expect(refused.text).toContain('survey.told');
    expect(refused.text).not.toContain('sha256:');
  });
});
