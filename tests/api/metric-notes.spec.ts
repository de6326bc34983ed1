/** What people say of a metric: its owner, and what happened on its way. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { annotation, metricNotes, type MetricNotes } from '../../server/contract/metric-notes.js';
import { type Api, emailOf, expectProblem, type Person, startApi } from '../support/harness.js';

const METRIC = '/metrics/quality.change_failure_rate';

describe('notes of a metric', () => {
  let api: Api;
  beforeAll(async () => {
    api = await startApi({ golden: true });
  }, 60_000);
  afterAll(() => api.stop());

  const notes = async (person: Person = 'cio', metric = METRIC): Promise<MetricNotes> => {
    const reply = await api.as(person).get(`${metric}/notes`);
    expect(reply.status).toBe(200);
    return metricNotes.strict().parse(reply.body);
  };

  test('who answers for it is named by the CIO, version by version, and stands in the scorecard', async () => {
    expect(await notes()).toMatchObject({ owner: null, ownerVersion: 0, mayRule: true });
    const name = (person: Person, owner: string | null, version: number) =>
      api.as(person).put(`${METRIC}/owner`, { owner }, { 'If-Match': `"v${version}"` });
    expect((await name('cio', 'ada@tests.example', 0)).body).toMatchObject({ owner: 'ada@tests.example', version: 1 });
    expectProblem(await name('cio', 'bob@tests.example', 0), 412, 'precondition-failed');
    expect((await api.as('cio').get(METRIC)).body.owner).toBe('ada@tests.example');
    expect((await name('cio', null, 1)).body).toMatchObject({ owner: null, version: 2 });
    expectProblem(await name('pm-dig', 'bob@tests.example', 2), 403, 'forbidden');
    expectProblem(await api.as('cio').put(`${METRIC}/owner`, { owner: null }), 428, 'precondition-required');
    const [event] = await api.sql<{ canonical: string }>(
      `select canonical from audit_events where object_type = 'metric_owner' order by seq limit 1`,
    );
    expect(JSON.parse(event!.canonical)).toMatchObject({
      objectCode: 'quality.change_failure_rate',
      before: { owner: null },
      after: { owner: 'ada@tests.example' },
    });
  });

  test('what happened is added, put right and withdrawn, and each of it is an event', async () => {
    const made = await api.as('pm-dig').post(`${METRIC}/annotations`, { on: '2026-05-04', text: 'New CAB rules' });
    expect(made.headers.get('location')).toBe(`/api/v1${METRIC}/annotations/${made.body.id}`);
    expect(made.status).toBe(201);
    const { id, version, by } = annotation.strict().parse(made.body);
    expect([version, by]).toEqual([1, emailOf('pm-dig')]);
    const [decision] = await api.sql<{ code: string }>(
      'select code from decisions where archived_at is null order by code limit 1',
    );
    const path = `${METRIC}/annotations/${id}`;
    const change = (body: object, at: number) => api.as('cio').patch(path, body, { 'If-Match': `"v${at}"` });
    expect((await change({ decisionCode: decision!.code }, 1)).body).toMatchObject({
      version: 2,
      text: 'New CAB rules',
      decision: { code: decision!.code },
    });
    expectProblem(await change({ text: 'Late' }, 1), 412, 'precondition-failed');
    expectProblem(await change({ decisionCode: 'NONE' }, 2), 422, 'validation-failed');
    expectProblem(await change({ text: ' ' }, 2), 422, 'validation-failed');
    expect((await notes()).annotations.map(({ text }) => text)).toEqual(['New CAB rules']);
    // A stakeholder reads the sentence, not the decision; of metrics that are not theirs nothing.
    expect((await notes('stakeholder-bu1')).annotations[0]).toMatchObject({ text: 'New CAB rules', decision: null });
    expect((await notes('stakeholder-bu1')).mayAnnotate).toBe(false);
    expectProblem(await api.as('stakeholder-bu1').get('/metrics/flow.wip/notes'), 404, 'not-found');
    expectProblem(
      await api.as('stakeholder-bu1').post(`${METRIC}/annotations`, { on: '2026-05-04', text: 'x' }),
      403,
      'forbidden',
    );
    // Of another metric there is no such annotation.
    expectProblem(
      await api.as('cio').delete(`/metrics/flow.wip/annotations/${id}`, { 'If-Match': '"v2"' }),
      404,
      'not-found',
    );
    expect((await api.as('cio').delete(path, { 'If-Match': '"v2"' })).status).toBe(204);
    expect((await notes()).annotations).toEqual([]);
    const events = await api.sql<{ action: string }>(
      `select action from audit_events where object_type = 'metric_annotation' order by seq`,
    );
    expect(events.map(({ action }) => action)).toEqual(['created', 'changed', 'archived']);
  });

  test('its decision has its day in the reporting time zone, and stays named when it is archived', async () => {
    const zone = (name: string) =>
      api.sql('update settings set reporting_time_zone = $1, version = version + 1', [name]);
    const decided = {
      code: 'DEC-NOTED',
      title: 'New rules?',
      raisedAt: '2026-08-01T08:00:00Z',
      decidedAt: '2026-09-30T20:00:00Z',
    };
    expect((await api.as('admin').post('/decisions', decided)).status).toBe(201);
    const path = `${METRIC}/annotations`;
    const made = await api.as('cio').post(path, { on: '2026-09-30', text: 'Rules', decisionCode: 'dec-noted' });
    const named = { code: 'DEC-NOTED', title: 'New rules?', decidedOn: '2026-09-30', isArchived: false };
    expect(made.body.decision).toEqual(named);
    await zone('Pacific/Auckland');
    expect((await notes()).annotations[0]!.decision).toEqual({ ...named, decidedOn: '2026-10-01' });
    await zone('UTC');
    expect((await api.as('admin').delete('/decisions/DEC-NOTED', { 'If-Match': '"v1"' })).status).toBe(204);
    const archived = { ...named, isArchived: true };
    expect((await notes()).annotations[0]!.decision).toEqual(archived);
    const change = (body: object, version: number) =>
      api.as('cio').patch(`${path}/${made.body.id}`, body, { 'If-Match': `"v${version}"` });
    expect((await change({ text: 'New rules' }, 1)).body).toMatchObject({ text: 'New rules', decision: archived });
    expect((await change({ text: 'Newer rules', decisionCode: 'DEC-NOTED' }, 2)).body.decision).toEqual(archived);
    // Elsewhere an archived decision is none.
    const elsewhere = { on: '2026-09-30', text: 'Rules', decisionCode: 'DEC-NOTED' };
    expectProblem(await api.as('cio').post(path, elsewhere), 422, 'validation-failed');
    expect((await change({ decisionCode: null }, 3)).body.decision).toBeNull();
    expectProblem(await change({ decisionCode: 'DEC-NOTED' }, 4), 422, 'validation-failed');
    expect((await api.as('cio').delete(`${path}/${made.body.id}`, { 'If-Match': '"v4"' })).status).toBe(204);
  });

  const setTarget = (body: object) => api.as('cio').post('/metric-targets', body);
  const from = { fromPeriod: '2026-Q1' };

  test('a target is of a metric or an own indicator that is there, and is kept in its spelling', async () => {
    const made = await setTarget({ ...from, metricId: 'Flow.Cycle_Time', target: '45', amber: '60' });
    expect([made.status, made.body.metricId]).toEqual([201, 'flow.cycle_time']);
    expect((await api.as('cio').get('/metrics/flow.cycle_time?period=2026-Q4')).body).toMatchObject({
      target: 45,
      amber: 60,
    });
    const errorsOf = async (body: object) => {
      const reply = await setTarget({ ...from, ...body });
      expectProblem(reply, 422, 'validation-failed');
      return reply.body.errors;
    };
    const refused = async (body: object, pointer: string, code: string) =>
      expect(await errorsOf(body)).toEqual([{ pointer, code, message: expect.any(String) }]);
    await refused({ metricId: 'flow.cycletime', target: '45' }, '/metricId', 'reference.unknown');
    await refused({ metricId: 'flow.wip', amber: '45' }, '/amber', 'target.amber_alone');
    await refused({ metricId: 'flow.wip', target: '45', amber: '40' }, '/amber', 'target.amber_beyond');
    await refused({ metricId: 'stakeholder.nps', target: '0.2', amber: '0.3' }, '/amber', 'target.amber_beyond');
    await refused(
      { metricId: 'alignment.funding_shift', target: '1', amber: '0.5' },
      '/amber',
      'target.amber_meaningless',
    );
    const beyond = { code: 'target.out_of_range' };
    expect(await errorsOf({ metricId: 'quality.availability', target: '99.5', amber: '-3' })).toEqual([
      { ...beyond, pointer: '/target', message: 'This share lies between 0 and 1. Write 0.995 for 99.5 %.' },
      { ...beyond, pointer: '/amber', message: 'This share lies between 0 and 1. Write 0.8 for 80 %.' },
    ]);
    // What a change leaves out counts as it is stored.
    const path = `/metric-targets/${made.body.id}`;
    expectProblem(await api.as('cio').patch(path, { target: '70' }, { 'If-Match': '"v1"' }), 422, 'validation-failed');
    expectProblem(await api.as('cio').patch(path, { target: null }, { 'If-Match': '"v1"' }), 422, 'validation-failed');
    expect((await api.as('cio').patch(path, { target: '50' }, { 'If-Match': '"v1"' })).status).toBe(200);
    // The database holds it too.
    await expect(
      api.sql(`update metric_targets set version = version + 1, target = null where id = $1`, [made.body.id]),
    ).rejects.toThrow('metric_targets_target_amber_ck');
  });

  test('a target is changed, removed, and set again for the same quarter', async () => {
    const body = { ...from, metricId: 'flow.waiting_share', target: '0.4' };
    const made = await setTarget(body);
    const path = `/metric-targets/${made.body.id}`;
    expect((await api.as('cio').patch(path, { target: '0.3', amber: null }, { 'If-Match': '"v1"' })).status).toBe(200);
    expect((await setTarget(body)).status).toBe(409);
    expect((await api.as('cio').delete(path, { 'If-Match': '"v2"' })).status).toBe(204);
    const again = await setTarget({ ...body, target: '0.35', amber: '0.5' });
    expect([again.status, again.body.id]).toEqual([201, made.body.id]);
    expect((await api.as('cio').get('/metrics/flow.waiting_share?period=2026-Q4')).body).toMatchObject({
      target: 0.35,
      amber: 0.5,
    });
  });

  test('the targets of an indicator go with its code, and hold it', async () => {
    const made = await api.as('cio').post('/indicators', { code: 'IND-A', name: 'Calls', better: 'lower' });
    expect(made.status).toBe(201);
    expect((await setTarget({ ...from, metricId: 'ind-a', target: '10', amber: '12.5' })).body.metricId).toBe('IND-A');
    const change = (body: object, version: number) =>
      api.as('cio').patch('/indicators/' + made.body.id, body, { 'If-Match': `"v${version}"` });
    expectProblem(await change({ code: 'flow.wip' }, 1), 422, 'validation-failed');
    expect((await change({ code: 'IND-B' }, 1)).status).toBe(200);
    const [trend] = (await api.as('cio').get('/indicator-trends?period=2026-Q4')).body.items;
    expect(trend).toMatchObject({ code: 'IND-B', target: 10, amber: 12.5 });
    const kept = await api.as('cio').delete(`/indicators/${made.body.id}`, { 'If-Match': '"v2"' });
    expectProblem(kept, 409, 'conflict');
    expect(kept.body.errors).toEqual([expect.objectContaining({ pointer: '/metric_target' })]);
  });

  test('an imported target meets the same rules', async () => {
    const upload = (tables: Record<string, string>) =>
      api.as('cio').upload(
        '/imports',
        Object.entries(tables).map(([name, content]) => ({ name: `${name}.csv`, content })),
      );
    const head = 'metric_id,from_period,target,amber\n';
    const refused = await upload({
      metric_targets: `${head}flow.cycletime,2026-Q1,45,\nflow.wip,2026-Q1,,3\nflow.handoffs,2026-Q1,3,2\nIND-NEW,2026-Q1,5,6\nstakeholder.trust,2026-Q1,7,0\n`,
      indicators: 'code,name,better\nFlow.WIP,Work,lower\n',
    });
    expect(refused.status).toBe(422);
    expect(refused.body.problems.map(({ row, column, code }: Record<string, unknown>) => [row, column, code])).toEqual([
      [2, 'code', 'code.reserved'],
      [2, 'metric_id', 'reference.unknown'],
      [3, 'amber', 'target.amber_alone'],
      [4, 'amber', 'target.amber_beyond'],
      [5, 'metric_id', 'reference.unknown'],
      [6, 'amber', 'target.out_of_range'],
      [6, 'target', 'target.out_of_range'],
    ]);
    const taken = await upload({
      metric_targets: `${head}FLOW.HANDOFFS,2026-Q1,2,3\nind-new,2026-Q1,5,6\n`,
      indicators: 'code,name,better\nInd-New,Work,lower\n',
    });
    expect(taken.body.problems).toEqual([]);
    const stored = await api.sql(
      `select metric_id from metric_targets where lower(metric_id) in ('flow.handoffs', 'ind-new') order by metric_id collate "C" desc`,
    );
    expect(stored).toEqual([{ metric_id: 'flow.handoffs' }, { metric_id: 'Ind-New' }]);
    const none = await upload({ priorities: 'code,name\nNone,Nothing\n' });
    expect(none.body.problems.map(({ code }: { code: string }) => code)).toEqual(['code.reserved']);
    expectProblem(await api.as('cio').post('/priorities', { code: 'NONE', name: 'x' }), 422, 'validation-failed');
  });

  test('a target of money is told with every decimal', async () => {
    await setTarget({
      ...from,
      metricId: 'outcome.cost_saved',
      target: '90071992547409.93',
      amber: '-90000000000.0050',
    });
    expect((await api.as('cio').get('/metrics/outcome.cost_saved?period=2026-Q3')).body).toMatchObject({
      target: '90071992547409.93',
      amber: '-90000000000.005',
      status: 'near',
      variance: { impact: 'unfavourable' },
    });
  });
});
