/** What cannot be, and who may say what: competencies, duplicates, assessments and months of services, by form, register and import alike. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { efficiencyLists } from '../../server/contract/efficiency.js';
import { type Api, expectNoChange, expectProblem, type Person, startApi } from '../support/harness.js';
import { upload, type Files } from '../support/imports.js';

let api: Api;
const PERIOD = 'period=2026-Q3';

const put = (files: Files, person: Person = 'admin') => upload(api, files, '', person);

beforeAll(async () => {
  api = await startApi();
  const seeded = await put({
    'initiatives.csv':
      'code,name,portfolio_code,start_date\nA,A,DIG,2026-01-01\nB,B,CORE,2026-01-01\nC,C,CORE,2026-01-01\nD,D,DIG,2026-01-01\n',
    'capabilities.csv': 'code,name\nCAP-1,Core\nCAP-9,Digital\n',
    'links.csv': 'from_code,to_code\nA,CAP-9\nB,CAP-1\nD,CAP-9\n',
    'competencies.csv':
      'code,as_of,name,capability_code,required_fte,available_fte\nCMP-1,2026-06-30,Handlers,CAP-1,10,2\n',
    'services.csv': 'code,name\nSVC-1,Mail\n',
  });
  expect(seeded.body.problems).toEqual([]);
}, 60_000);
afterAll(() => api.stop());

describe('a competency', () => {
  const count = (person: Person, more: Record<string, unknown>, capability = 'CAP-9') =>
    api
      .as(person)
      .post(`/capabilities/${capability}/competencies`, { name: 'Mine', required: '1', available: '1', ...more });
  const coverage = async () =>
    (await api.as('cio').get(`/metrics/capability.competency_coverage?${PERIOD}`)).body.value;

  test('that is another’s is not taken over, whichever day is named and whichever way is taken', async () => {
    expect(await coverage()).toBe(0.2);
    await expectNoChange(api, async () => {
      for (const asOf of ['2026-07-01', '2026-01-01'])
        expectProblem(await count('pm-dig', { code: 'cmp-1', asOf }), 409, 'conflict');
      const fields = { code: 'CMP-1', asOf: '2026-07-01', name: 'Mine', capabilityCode: 'CAP-9' };
      const sides = { requiredFte: '1', availableFte: '1' };
      expectProblem(await api.as('pm-dig').post('/competencies', { ...fields, ...sides }), 409, 'conflict');
      const imported = await put(
        {
          'competencies.csv':
            'code,as_of,name,capability_code,required_fte,available_fte\nCMP-1,2026-07-01,Mine,CAP-9,1,1\n',
        },
        'pm-dig',
      );
      expect([imported.status, imported.body.problems]).toMatchObject([
        422,
        [{ row: 2, column: 'code', code: 'competency.taken_over', message: expect.stringContaining('CAP-1') }],
      ]);
    });
    expect(await coverage()).toBe(0.2);
  });

  test('is counted under a code of one’s own, and moved by who may write both', async () => {
    expect((await count('pm-dig', { code: 'CMP-9', asOf: '2026-07-01' })).status).toBe(201);
    expect((await count('pm-core', { code: 'CMP-1', asOf: '2026-07-01' }, 'CAP-1')).status).toBe(201);
    const moved = await count('admin', { code: 'CMP-1', asOf: '2026-08-01' });
    expect(moved.status).toBe(201);
    expectProblem(await count('pm-core', { code: 'CMP-1', asOf: '2026-08-02' }, 'CAP-1'), 409, 'conflict');
    expect((await count('pm-dig', { code: 'CMP-1', asOf: '2026-08-02' })).status).toBe(201);
    const path = `/capabilities/CAP-9/competencies/${moved.body.id}`;
    expect((await api.as('pm-dig').patch(path, { required: '3' }, { 'If-Match': '"v1"' })).body.required).toBe('3');
    const row = 'CMP-1,2026-08-01,2\n';
    const imported = await put({ 'competencies.csv': `code,as_of,available_fte\n${row}` }, 'pm-dig');
    expect(imported.body.problems).toEqual([]);
    const { body } = await api.as('cio').get('/capabilities/CAP-1/strength');
    expect(body.competencies.map(({ asOf, movedTo }: Record<string, unknown>) => [asOf, movedTo])).toEqual([
      ['2026-06-30', null],
      ['2026-07-01', { code: 'CAP-9', name: 'Digital', on: '2026-08-01' }],
    ]);
  });

  test('is taken back under its version, and its day is free again', async () => {
    const made = await count('pm-dig', { code: 'CMP-8', asOf: '2026-07-01', required: '1000', available: '0' });
    const path = `/capabilities/CAP-9/competencies/${made.body.id}`;
    const low = await coverage();
    expectProblem(await api.as('cio').delete(path, { 'If-Match': '"v1"' }), 403, 'forbidden');
    expectProblem(await api.as('pm-dig').delete(path, { 'If-Match': '"v2"' }), 412, 'precondition-failed');
    expect((await api.as('pm-dig').delete(path, { 'If-Match': '"v1"' })).status).toBe(204);
    expectProblem(await api.as('pm-dig').delete(path, { 'If-Match': '"v2"' }), 404, 'not-found');
    expect(await coverage()).toBeGreaterThan(low);
    const again = await count('pm-dig', { code: 'CMP-8', asOf: '2026-07-01' });
    expect([again.status, again.body.id, again.body.version, again.body.required]).toEqual([201, made.body.id, 3, '1']);
    const { items } = (await api.as('cio').get('/audit?objectType=competency')).body;
    expect(items.slice(0, 2).map(({ action }: { action: string }) => action)).toEqual(['restored', 'archived']);
  });
});

describe('an assessment', () => {
  const assess = (person: Person, day: string) =>
    api.as(person).post('/capabilities/CAP-9/assessments', { assessedOn: day, level: '2', evidence: 'Audit' });

  test('is by who said it last, and the audit keeps who said what before', async () => {
    const { body } = await assess('pm-dig', '2026-07-01');
    const path = `/capabilities/CAP-9/assessments/${body.id}`;
    const changed = await api.as('admin').patch(path, { level: '4' }, { 'If-Match': '"v1"' });
    expect([changed.body.level, changed.body.assessor]).toEqual(['4', 'admin@tests.example']);
    const [event] = (await api.as('cio').get('/audit?objectType=maturity_assessment')).body.items;
    expect([event.before.assessorEmail, event.after.assessorEmail]).toEqual([
      'pm-dig@tests.example',
      'admin@tests.example',
    ]);
    const same = await api.as('pm-dig').patch(path, {}, { 'If-Match': '"v2"' });
    expect([same.body.version, same.body.assessor]).toEqual([2, 'admin@tests.example']);
  });

  test('is taken back under its version, out of every figure, and its day is free again', async () => {
    const made = await assess('pm-dig', '2026-08-01');
    const path = `/capabilities/CAP-9/assessments/${made.body.id}`;
    const levels = async () => {
      const { items } = (await api.as('cio').get(`/capability-map?${PERIOD}`)).body;
      return items.map(({ code, level }: { code: string; level: string }) => [code, level]);
    };
    expect(await levels()).toContainEqual(['CAP-9', '2']);
    expectProblem(await api.as('pm-core').delete(path, { 'If-Match': '"v1"' }), 403, 'forbidden');
    expectProblem(await api.as('pm-dig').delete(path), 428, 'precondition-required');
    expectProblem(
      await api.as('pm-dig').delete(path.replace('CAP-9', 'CAP-1'), { 'If-Match': '"v1"' }),
      404,
      'not-found',
    );
    expect((await api.as('pm-dig').delete(path, { 'If-Match': '"v1"' })).status).toBe(204);
    expect(await levels()).toContainEqual(['CAP-9', '4']);
    expect((await assess('pm-dig', '2026-08-01')).body).toMatchObject({ id: made.body.id, version: 3, level: '2' });
    expectProblem(await assess('pm-dig', '2026-08-01'), 409, 'duplicate');
  });
});

describe('what the register is told of strength', () => {
  /** Fields with what is wrong with them. */
  const wrong = async (path: string, fields: Record<string, unknown>): Promise<unknown[]> => {
    const refused = await expectNoChange(api, () => api.as('pm-dig').post(path, fields));
    expectProblem(refused, 422, 'validation-failed');
    return refused.body.errors.map(({ pointer, code }: Record<string, string>) => [pointer, code]);
  };
  const ofCapability = { capabilityCode: 'CAP-9', assessedOn: '2026-09-01' };

  test('is an assessment with what it rests on, in words between two levels, of a day that has begun, in one’s own name', async () => {
    const path = '/maturity-assessments';
    const another = { assessedOn: '2026-11-22', assessorEmail: 'cio@tests.example' };
    expect(await wrong(path, { ...ofCapability, ...another })).toEqual([
      ['/level', 'required'],
      ['/evidence', 'required'],
      ['/assessedOn', 'date.future'],
      ['/assessorEmail', 'assessor.another'],
    ]);
    const said = { ...ofCapability, level: '2.5', evidence: 'Audit' };
    expect(await wrong(path, said)).toEqual([['/note', 'required']]);
    const made = await api.as('pm-dig').post(path, { ...said, note: 'One of three regions' });
    expect([made.status, made.body.assessorEmail]).toEqual([201, 'pm-dig@tests.example']);
    const change = (fields: Record<string, unknown>, person: Person = 'admin') =>
      api.as(person).patch(`${path}/${made.body.id}`, fields, { 'If-Match': '"v1"' });
    for (const fields of [{ note: null }, { evidence: null }, { level: null }])
      expectProblem(await expectNoChange(api, () => change(fields)), 422, 'validation-failed');
    expect((await change({ level: '3', note: null })).body).toMatchObject({
      ...{ level: '3', note: null, evidence: 'Audit', assessorEmail: 'admin@tests.example' },
    });
  });

  test('is a count of both sides, of a day that has begun; an import brings what others know', async () => {
    const count = { code: 'CMP-7', name: 'Mine', capabilityCode: 'CAP-9', asOf: '2026-11-22', requiredFte: '1' };
    expect(await wrong('/competencies', count)).toEqual([
      ['/availableFte', 'required'],
      ['/asOf', 'date.future'],
    ]);
    const imported = await put({
      'maturity_assessments.csv':
        'capability_code,assessed_on,level,assessor_email\nCAP-1,2026-05-01,1.5,auditor@elsewhere.example\n',
      'competencies.csv': 'code,as_of,name,capability_code,required_fte\nCMP-7,2026-05-01,Mine,CAP-1,3\n',
    });
    expect(imported.body.problems).toEqual([]);
    expect((await api.as('cio').get('/capabilities/CAP-1/strength')).body.assessments).toMatchObject([
      { level: '1.5', assessor: 'auditor@elsewhere.example', evidence: null, note: null },
    ]);
  });
});

describe('duplicates', () => {
  const versionOf = async (code: string): Promise<number> =>
    (await api.as('admin').get(`/initiatives/${code}`)).body.version;
  const judge = async (verdict: string, initiative: string, other: string) =>
    api.as('admin').post('/duplicate-verdicts', {
      verdict,
      initiative,
      other,
      version: await versionOf(initiative),
      reason: 'The same screens',
    });
  const mark = async (code: string, of: string | null) =>
    api
      .as('admin')
      .patch(`/initiatives/${code}`, { duplicateOfCode: of }, { 'If-Match': `"v${await versionOf(code)}"` });

  test('never go in a circle: not by judgement, not in the register, not by an import', async () => {
    expect((await judge('duplicate', 'A', 'B')).status).toBe(201);
    expect((await judge('duplicate', 'B', 'C')).status).toBe(201);
    const refused = await judge('duplicate', 'C', 'A');
    expectProblem(refused, 409, 'conflict');
    expect(refused.body.detail).toMatch(/A is marked as a duplicate of C already, or of one that duplicates it/);
    const edited = await mark('C', 'A');
    expectProblem(edited, 422, 'rule-broken');
    expect(edited.body.detail).toMatch(/^C is marked as a duplicate of A, whose own marks lead back to it/);
    const imported = await put({ 'initiatives.csv': 'code,duplicate_of_code\nC,A\n' });
    expect(imported.body.problems).toMatchObject([
      {
        row: 2,
        column: 'duplicate_of_code',
        value: 'A',
        code: 'reference.cycle',
        message: expect.stringMatching(/^What "C" duplicates/),
      },
    ]);
  });

  test('that were marked, and whose mark was taken out of the record, can be judged again', async () => {
    expect((await mark('A', null)).status).toBe(200);
    expect((await mark('D', 'A')).status).toBe(200);
    expectProblem(await judge('different', 'A', 'D'), 409, 'conflict');
    expect((await mark('D', null)).status).toBe(200);
    expect((await judge('duplicate', 'D', 'A')).status).toBe(201);
    expectProblem(await judge('different', 'A', 'D'), 409, 'conflict');
    expect((await mark('D', null)).status).toBe(200);
    expect((await judge('different', 'A', 'D')).status).toBe(201);
    expectProblem(await judge('different', 'D', 'A'), 409, 'conflict');
    const lists = efficiencyLists.strict().parse((await api.as('admin').get(`/efficiency?${PERIOD}`)).body);
    expect(lists.dismissed.map(({ a, b }) => [a.code, b.code])).toEqual([['A', 'D']]);
    await api.as('admin').delete(`/duplicate-verdicts/${lists.dismissed[0]!.id}`);
    expect((await judge('duplicate', 'D', 'A')).status).toBe(201);
  });
});

describe('a month of a service', () => {
  const MONTHS = [
    ['downtime', { agreedMinutes: 1000, downtimeMinutes: 1001 }, /^Downtime cannot be longer than the agreed minutes/],
    ['requests', { requests: 5, requestsWithinTarget: 6 }, /^There cannot be more requests within the target than/],
    ['changes', { changes: 3, failedChanges: 5 }, /^There cannot be more failed changes than changes/],
  ] as const;

  test.each(MONTHS)('has no part beyond its whole: %s', async (_what, fields, sentence) => {
    const refused = await expectNoChange(api, () =>
      api.as('admin').post('/service-months', { serviceCode: 'SVC-1', month: '2026-07', ...fields }),
    );
    expectProblem(refused, 422, 'rule-broken');
    expect(refused.body.detail).toMatch(sentence);
  });

  test('nor by a change or an import; one side alone, and equals, are kept', async () => {
    const made = await api.as('admin').post('/service-months', {
      serviceCode: 'SVC-1',
      month: '2026-07',
      agreedMinutes: 10,
      downtimeMinutes: 10,
      failedChanges: 3,
    });
    expect(made.status).toBe(201);
    const change = (fields: Record<string, unknown>) =>
      api.as('admin').patch(`/service-months/${made.body.id}`, fields, { 'If-Match': '"v1"' });
    expectProblem(await change({ agreedMinutes: 9 }), 422, 'rule-broken');
    const imported = await put({
      'service_months.csv': 'service_code,month,agreed_minutes,changes\nSVC-1,2026-07,9,2\n',
    });
    expect(imported.body.problems).toMatchObject([
      {
        row: 2,
        column: 'downtime_minutes',
        value: '10',
        code: 'part.over_whole',
        message: expect.stringContaining('(10)'),
      },
      {
        row: 2,
        column: 'failed_changes',
        value: '3',
        code: 'part.over_whole',
        message: expect.stringContaining('(2)'),
      },
    ]);
  });
});
