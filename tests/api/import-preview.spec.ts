import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { uuidv7 } from 'uuidv7';
import { expectNoChange, expectProblem, startApi, type Api, type Person, type Reply } from '../support/harness.js';
import { upload, type Files } from '../support/imports.js';

/** A commit that names the check it was decided on imports the files of that check, and no others. */

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const FILE = 'code,name\nPRV-1,One\n';
const OTHER = 'code,name\nPRV-1,Other\n';
const check = async (files: Files, person: Person = 'admin', query = ''): Promise<string> =>
  (await upload(api, files, `?dryRun=true${query}`, person)).body.id;
const commit = (files: Files, previewOf: string, person: Person = 'admin'): Promise<Reply> =>
  upload(api, files, `?previewOf=${previewOf}`, person);

test('a file that changed between check and commit is 412, and nothing is imported', async () => {
  const id = await check({ 'priorities.csv': FILE });
  for (const files of [
    { 'priorities.csv': OTHER },
    { 'priorities.csv': FILE, 'forums.csv': 'code,name\nF,F\n' },
    // The name of a file says whose rows they are.
    { 'forums.csv': FILE },
  ] as Files[]) {
    const refused = await expectNoChange(api, () => commit(files, id));
    expectProblem(refused, 412, 'precondition-failed');
    expect(refused.body.detail).toBe(
      'The files are not the ones that were checked: their content or their names changed since. Nothing was imported. Check them again, then import.',
    );
    expect(refused.body.errors).toEqual([
      { pointer: 'previewOf', code: 'preview.changed', message: expect.stringContaining('Check them again') },
    ]);
  }
  const done = await commit({ 'priorities.csv': FILE }, id.toUpperCase());
  expect([done.status, done.body.status]).toEqual([201, 'committed']);
});

test('of several files the order and each content must be those that were checked', async () => {
  const files = { 'priorities.csv': 'code,name\nPRV-2,Two\n', 'forums.csv': 'code,name\nPRV-F,Two\n' };
  const id = await check(files);
  const [first, second] = Object.entries(files);
  expectProblem(await commit(Object.fromEntries([second!, first!]), id), 412, 'precondition-failed');
  expectProblem(await commit({ ...files, 'forums.csv': 'code,name\nPRV-F,Three\n' }, id), 412, 'precondition-failed');
  expect((await commit(files, id)).status).toBe(201);
});

test('only an own check that found something to import can be named', async () => {
  const files = { 'priorities.csv': FILE };
  const bad = { 'priorities.csv': 'code,name\n,None\n' };
  const committed = (await upload(api, files)).body.id;
  const others = await check(files, 'cio');
  const rejected = await check(bad);
  for (const id of [uuidv7(), committed, others]) {
    const refused = await expectNoChange(api, () => commit(files, id));
    expectProblem(refused, 422, 'validation-failed');
    expect(refused.body.errors).toMatchObject([{ pointer: 'previewOf', code: 'preview.unknown' }]);
  }
  expectProblem(await commit(bad, rejected), 422, 'validation-failed');
  expectProblem(await commit(files, 'nonsense'), 422, 'validation-failed');
  const skipping = await check({ 'priorities.csv': `${FILE},None\n` }, 'admin', '&onProblem=skip');
  const done = await upload(api, { 'priorities.csv': `${FILE},None\n` }, `?onProblem=skip&previewOf=${skipping}`);
  expect([done.status, done.body.problemCount]).toEqual([201, 1]);
});

test('who names no check imports as before', async () => {
  await check({ 'priorities.csv': FILE });
  expect((await upload(api, { 'priorities.csv': OTHER })).status).toBe(201);
});
