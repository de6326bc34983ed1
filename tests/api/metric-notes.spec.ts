/** What people say of a metric: its owner, and what happened on its way. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { annotation, metricNotes, type MetricNotes } from '../../server/contract/metric-notes.js';
import { type Api, emailOf, expectProblem, type Person, startApi } from '../support/harness.js';
import { GOLDEN_TABLES, loadTables } from '../support/load-tables.js';

const METRIC = '/metrics/quality.change_failure_rate';

describe('notes of a metric', () => {
  let api: Api;
  beforeAll(async () => {
    api = await startApi();
    await loadTables(api, GOLDEN_TABLES);
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
});
