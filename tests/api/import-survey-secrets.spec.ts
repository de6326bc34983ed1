import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startApi, type Api } from '../support/harness.js';
import { upload, type Files } from '../support/imports.js';

const HEADER = 'survey_code,respondent,satisfaction,recommend,comment\n';
const SECRETS = /r-secret|told in confidence|my boss/i;

let api: Api;
beforeAll(async () => {
  api = await startApi();
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
    const files = { 'survey_responses.csv': `${HEADER}SUR,r-secret-20,2,7,told in confidence\n` };
    const reply = await upload(api, files);
    expect(reply.status).toBe(201);
    for (const person of ['admin', 'pm-dig'] as const) {
      const told = await api.as(person).get(`/imports/${reply.body.id}`);
      expect([told.status, told.body.preview.diffs]).toEqual([200, []]);
      expect(told.text).not.toMatch(/sha256:|r-secret/);
    }
  });
});
