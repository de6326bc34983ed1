/** The map of capabilities, who assesses them, and initiatives that may do the same. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { capabilityMap, capabilityStrength } from '../../server/contract/capability.js';
import { efficiencyLists } from '../../server/contract/efficiency.js';
import { type Api, expectNoChange, expectProblem, startApi } from '../support/harness.js';

let api: Api;
const PERIOD = 'period=2026-Q3';

beforeAll(async () => {
  api = await startApi();
  const admin = api.as('admin');
  const made = async (path: string, body: Record<string, unknown>): Promise<void> => {
    const reply = await admin.post(path, body);
    if (reply.status !== 201) throw new Error(`${path}: ${JSON.stringify(reply.body)}`);
  };
  const dates = { A: ['2026-01-01', '2026-06-30'], B: ['2026-06-30', null], C: ['2026-07-01', null], D: [null, null] };
  for (const [name, portfolioCode] of [
    ['A', 'DIG'],
    ['B', 'CORE'],
    ['C', 'CORE'],
    ['D', 'CORE'],
  ] as const) {
    const [startDate, plannedEndDate] = dates[name];
    await made('/investments', { code: `INV-${name}`, name, portfolioCode });
    await made('/initiatives', { code: `INI-${name}`, name, portfolioCode, startDate, plannedEndDate });
    await made('/links', { fromCode: `INV-${name}`, toCode: `INI-${name}` });
  }
  await made('/capabilities', {
    code: 'CAP-1',
    name: 'Claims',
    strategic: true,
    targetMaturity: '4',
    orgUnitCode: 'BU1',
  });
  await made('/capabilities', {
    code: 'CAP-2',
    name: 'Fraud',
    parentCode: 'CAP-1',
    strategic: false,
    targetMaturity: '3',
    orgUnitCode: 'BU2',
  });
  await made('/capabilities', { code: 'CAP-3', name: 'Pricing', orgUnitCode: 'BU2' });
  await made('/outcomes', { code: 'OUT-1', name: 'Days', baseline: '20', target: '10' });
  for (const [from, to] of [
    ['INI-A', 'CAP-1'],
    ['INI-B', 'CAP-1'],
    ['INI-C', 'CAP-2'],
    ['INI-D', 'CAP-1'],
    ['CAP-1', 'OUT-1'],
  ])
    await made('/links', { fromCode: from, toCode: to });
  for (const [code, actual] of [
    ['A', '100'],
    ['C', '300'],
  ])
    await admin.put(`/investments/INV-${code}/costs`, { items: [{ month: '2026-08', kind: 'opex', actual }] });
}, 60_000);
afterAll(() => api.stop());

const map = async (query = PERIOD) => {
  const reply = await api.as('cio').get(`/capability-map?${query}`);
  expect(reply.status).toBe(200);
  return capabilityMap.strict().parse(reply.body);
};
const lists = async (query = PERIOD, person: 'cio' | 'pm-core' | 'pm-dig' = 'cio') =>
  efficiencyLists.strict().parse((await api.as(person).get(`/efficiency?${query}`)).body);

describe('assessments', () => {
  const assess = (person: 'pm-dig' | 'pm-core' | 'cio' | 'stakeholder-bu1', body: Record<string, unknown>) =>
    api.as(person).post('/capabilities/CAP-1/assessments', body);
  const note = 'One process is described, in one of three regions';
  const given = { assessedOn: '2026-08-01', level: '2.5', evidence: 'Audit of July', note };

  test('are added by who manages a portfolio that builds the capability, in their own name', async () => {
    const added = await assess('pm-dig', given);
    expect(added.body).toMatchObject({ assessor: 'pm-dig@tests.example', level: '2.5', note });
    expectProblem(await assess('pm-dig', { ...given, level: '3' }), 409, 'duplicate');
    await expectNoChange(api, async () => {
      expectProblem(await assess('cio', { ...given, assessedOn: '2026-08-02' }), 403, 'forbidden');
      expectProblem(await assess('stakeholder-bu1', { ...given, assessedOn: '2026-08-02' }), 403, 'forbidden');
      expectProblem(await api.as('pm-dig').post('/capabilities/CAP-2/assessments', given), 403, 'forbidden');
      expectProblem(await api.as('pm-dig').post('/capabilities/NONE/assessments', given), 404, 'not-found');
      expectProblem(await assess('pm-dig', { ...given, assessedOn: '2026-11-22' }), 422, 'validation-failed');
      expectProblem(await assess('pm-dig', { ...given, evidence: '' }), 422, 'validation-failed');
      // A level between two says in words what of the next one is met.
      const wordless = await assess('pm-dig', { ...given, assessedOn: '2026-08-02', note: undefined });
      expectProblem(wordless, 422, 'validation-failed');
      expect(wordless.body.errors[0]).toMatchObject({
        pointer: '/note',
        message: expect.stringContaining('criteria of level 3'),
      });
      expectProblem(
        await assess('pm-dig', { ...given, assessedOn: '2026-08-03', level: '5.1' }),
        422,
        'validation-failed',
      );
    });
  });

  test('are put right under their version, and the audit says what was there before', async () => {
    const read = capabilityStrength.strict().parse((await api.as('cio').get('/capabilities/CAP-1/strength')).body);
    expect([read.mayWrite, read.target, read.assessments.length]).toEqual([false, '4', 1]);
    expect(read.assessments[0]!.note).toBe(note);
    const [first] = read.assessments;
    const path = `/capabilities/CAP-1/assessments/${first!.id}`;
    const change = (version: number, at = path, fields: object = { level: '2.6' }) =>
      api.as('pm-dig').patch(at, fields, { 'if-match': `"v${version}"` });
    expectProblem(await change(1, path.replace('CAP-1', 'CAP-2')), 404, 'not-found');
    const wordless = await change(1, path, { note: null });
    expectProblem(wordless, 422, 'validation-failed');
    expect(wordless.body.errors[0].pointer).toBe('/note');
    expect((await change(1)).body).toMatchObject({ level: '2.6', version: 2, assessor: 'pm-dig@tests.example' });
    const late = await change(1);
    expectProblem(late, 412, 'precondition-failed');
    expect(late.body.current).toMatchObject({ level: '2.6', version: 2, assessor: 'pm-dig@tests.example' });
    const [event] = (await api.as('cio').get('/audit?objectType=maturity_assessment')).body.items;
    expect([event.action, event.before.level, event.after.level]).toEqual(['changed', '2.5', '2.6']);
  });

  test('so are counts of competencies', async () => {
    const count = { code: 'CMP-1', name: 'Handlers', asOf: '2026-06-30', required: '4', available: '3.5' };
    const added = await api.as('pm-dig').post('/capabilities/CAP-1/competencies', count);
    expect([added.status, added.body.available]).toEqual([201, '3.5']);
    const changed = await api
      .as('pm-dig')
      .patch(`/capabilities/CAP-1/competencies/${added.body.id}`, { available: '5' }, { 'if-match': '"v1"' });
    expect(changed.body).toMatchObject({ required: '4', available: '5' });
    const coverage = await api.as('cio').get(`/metrics/capability.competency_coverage?${PERIOD}`);
    expect([coverage.body.value, coverage.body.n]).toEqual([1, 1]);
  });
});

describe('the map', () => {
  test('says level, gap, spend and what part of need and money each has', async () => {
    const found = await map();
    expect([found.strategic, found.belowTarget, found.belowTargetShare, found.reachable]).toEqual([1, 1, 0.25, 3]);
    expect(found.items.map(({ code, parent, level, gap, cost }) => [code, parent, level, gap, cost])).toEqual([
      ['CAP-1', null, '2.6', '1.4', '100.00'],
      ['CAP-2', 'CAP-1', null, null, '300.00'],
      ['CAP-3', null, null, null, '0.00'],
    ]);
    expect(found.items[0]).toMatchObject({
      needShare: 1,
      spendShare: 0.25,
      mismatch: 'under_funded',
      initiatives: 3,
      outcomes: 1,
    });
  });

  test('knows nothing of what came later, and of a unit shows what is its own', async () => {
    expect((await map('period=2026-Q2')).items.map(({ level }) => level)).toEqual([null, null, null]);
    expect((await map(`${PERIOD}&orgUnit=BU2`)).items.map(({ code, parent }) => [code, parent])).toEqual([
      ['CAP-2', null],
      ['CAP-3', null],
    ]);
    expectProblem(await api.as('stakeholder-bu1').get('/capability-map'), 403, 'forbidden');
  });
});

describe('the map of a portfolio', () => {
  const DIG = `${PERIOD}&portfolio=DIG`;

  test('says where its money goes, and nothing of levels that lie in no portfolio', async () => {
    const found = await map(DIG);
    expect([found.unassessed, found.belowTarget, found.belowTargetShare, found.comparable]).toEqual([
      'not_in_scope',
      null,
      null,
      null,
    ]);
    expect(found.items[0]).toMatchObject({
      code: 'CAP-1',
      level: null,
      gap: null,
      assessedOn: null,
      assessor: null,
      needShare: null,
      mismatch: null,
      target: '4',
      cost: '100.00',
      spendShare: 1,
    });
    expect(found.items.map(({ mismatch }) => mismatch)).toEqual([null, null, null]);
    expect((await map()).unassessed).toBeNull();
  });

  test.each([
    ['maturity.level', '&type=capability&ref=CAP-1'],
    ['maturity.gap', '&type=capability&ref=CAP-1'],
    ['maturity.need_share', '&type=capability&ref=CAP-1'],
    ['strategic_below_target', ''],
    ['strategic_below_target_share', ''],
  ])('so does the trace of %s, as the metric does', async (figure, more) => {
    const { body } = await api.as('cio').get(`/trace/${figure}?${DIG}${more}`);
    expect([body.value, body.nullReason, body.records.count]).toEqual([null, 'not_in_scope', 0]);
    const metric = await api.as('cio').get(`/metrics/capability.maturity_gap?${DIG}`);
    expect(metric.body.nullReason).toBe('not_in_scope');
  });
});

describe('duplicate effort', () => {
  const said = { verdict: 'duplicate', initiative: 'INI-A', other: 'INI-B', version: 1, reason: 'The same screens' };
  const judge = (person: 'pm-dig' | 'pm-core' | 'cio', more: Record<string, unknown>) =>
    api.as(person).post('/duplicate-verdicts', { ...said, ...more });

  test('is looked for among initiatives that build the same capability on a common day', async () => {
    const { candidates, capabilities } = await lists();
    expect(
      candidates.map(({ a, b, capabilities: common }) => [a.code, b.code, common.map(({ code }) => code)]),
    ).toEqual([['INI-A', 'INI-B', ['CAP-1']]]);
    expect([candidates[0]!.a.cost, candidates[0]!.a.mayWrite]).toEqual(['100.00', false]);
    expect(capabilities!.map(({ code, reachedOn, cost }) => [code, reachedOn, cost])).toEqual([
      ['CAP-2', null, '300.00'],
      ['CAP-1', null, '100.00'],
    ]);
    expect((await lists(`${PERIOD}&portfolio=DIG`)).capabilities).toBeNull();
    expectProblem(await api.as('stakeholder-bu1').get('/efficiency'), 403, 'forbidden');
  });

  test('a pair that is said to be different is not asked about again, until that is taken back', async () => {
    expectProblem(await judge('cio', { verdict: 'different' }), 403, 'forbidden');
    const dismissed = await judge('pm-core', { verdict: 'different', reason: 'Other customers' });
    expect([dismissed.status, dismissed.body.by]).toEqual([201, 'pm-core@tests.example']);
    expectProblem(
      await judge('pm-dig', { verdict: 'different', initiative: 'INI-B', other: 'INI-A' }),
      409,
      'conflict',
    );
    const after = await lists(PERIOD, 'pm-dig');
    expect(after.candidates).toEqual([]);
    expect(after.dismissed).toMatchObject([{ reason: 'Other customers', by: 'pm-core@tests.example', mayWrite: true }]);
    expect((await api.as('pm-dig').delete(`/duplicate-verdicts/${after.dismissed[0]!.id}`)).status).toBe(204);
    expectProblem(await api.as('pm-dig').delete(`/duplicate-verdicts/${after.dismissed[0]!.id}`), 404, 'not-found');
    expect((await lists()).candidates).toHaveLength(1);
  });

  test('one is marked by who manages it, with a reason, and counts as duplicate from then on', async () => {
    expectProblem(await judge('pm-core', {}), 403, 'forbidden');
    expectProblem(await judge('pm-dig', { version: 7 }), 412, 'precondition-failed');
    expectProblem(await judge('pm-dig', { other: 'INI-A' }), 422, 'validation-failed');
    expectProblem(await judge('pm-dig', { other: 'NONE' }), 404, 'not-found');
    expect((await judge('pm-dig', {})).status).toBe(201);
    const { candidates, marked } = await lists();
    expect(candidates).toEqual([]);
    expect(marked).toMatchObject([
      {
        initiative: { code: 'INI-A', version: 2 },
        of: { code: 'INI-B' },
        said: { reason: 'The same screens', by: 'pm-dig@tests.example' },
      },
    ]);
    const [event] = (await api.as('cio').get('/audit?objectType=initiative')).body.items;
    expect([event.before, event.after]).toEqual([
      { duplicateOfCode: null },
      { duplicateOfCode: 'INI-B', reason: 'The same screens' },
    ]);
    const share = await api.as('cio').get(`/metrics/efficiency.duplicate_effort_share?${PERIOD}`);
    expect([share.body.value, share.body.n]).toEqual([0.25, 1]);
    expectProblem(await judge('pm-dig', { version: 2 }), 409, 'conflict');
  });

  test('goes on past the planned end until the work is delivered', async () => {
    const admin = api.as('admin');
    const portfolioCode = 'DIG';
    const late = { code: 'INI-O', name: 'O', startDate: '2026-01-01', plannedEndDate: '2026-03-31', status: 'active' };
    await admin.post('/initiatives', { ...late, portfolioCode });
    await admin.post('/initiatives', { code: 'INI-P', name: 'P', startDate: '2026-09-01', portfolioCode });
    for (const fromCode of ['INI-O', 'INI-P']) await admin.post('/links', { fromCode, toCode: 'CAP-3' });
    expect((await lists()).candidates.map(({ a, b }) => [a.code, b.code])).toEqual([['INI-O', 'INI-P']]);
    await admin.patch('/initiatives/INI-O', { status: 'delivered' }, { 'If-Match': '"v1"' });
    expect((await lists()).candidates).toEqual([]);
  });
});

describe('spend on skills', () => {
  const trace = async (ref: string, more = '') =>
    (await api.as('cio').get(`/trace/maturity.skills_spend?${PERIOD}&type=capability&ref=${ref}${more}`)).body;

  test('is the part of cost of kind skills that reaches the capability', async () => {
    expect([(await trace('CAP-1')).value, (await trace('CAP-1')).records.count]).toEqual(['0.00', 0]);
    const items = [
      { month: '2026-08', kind: 'skills', actual: '40' },
      { month: '2026-07', kind: 'skills', actual: '2.5' },
      { month: '2026-05', kind: 'skills', actual: '7' },
    ];
    await api.as('admin').put('/investments/INV-A/costs', { items });
    const told = await trace('CAP-1');
    expect([told.value, told.unit, told.records.count]).toEqual(['49.50', 'USD', 3]);
    expect((await trace('CAP-1', '&span=period')).value).toBe('42.50');
    expect((await trace('CAP-2')).value).toBe('0.00');
    const { body } = await api
      .as('cio')
      .get(`/trace/maturity.skills_spend/records?${PERIOD}&span=to_date&type=capability&ref=CAP-1`);
    expect([body.total.amount, body.items.length]).toEqual(['49.50', 3]);
  });
});
