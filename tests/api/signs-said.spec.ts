/** What people set and say of the signs: thresholds, comments, and what these name. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { decisionPage } from '../../server/contract/decision.js';
import { type Api, expectNoChange, expectProblem, startApi } from '../support/harness.js';
import { shown, signsAt } from '../support/signs.js';

let api: Api;
beforeAll(async () => {
  api = await startApi({ golden: true });
}, 60_000);
afterAll(() => api.stop());

test('a threshold that changes changes the states; who changed it is in the audit', async () => {
  const cio = api.as('cio');
  const read = await cio.get('/signs/thresholds');
  expect(read.body.items).toHaveLength(21);
  const match = { 'if-match': read.headers.get('etag')! };
  const etag = (await cio.get('/signs?period=2026-Q3')).headers.get('etag');
  const change = {
    items: [
      { test: 'unowned_share', threshold: '0.125' },
      { test: 'shared_capabilities', threshold: '9' },
    ],
  };
  for (const who of ['pm-dig', 'finance', 'stakeholder-bu1'] as const)
    expectProblem(
      await expectNoChange(api, () => api.as(who).patch('/signs/thresholds', change, match)),
      403,
      'forbidden',
    );
  const reply = await cio.patch('/signs/thresholds', change, match);
  expect(reply.status).toBe(200);
  const now = await cio.get('/signs?period=2026-Q3');
  expect(now.headers.get('etag')).not.toBe(etag);
  expect(shown(now.body.items)['fragmented_ownership']).toBe('WWWc ---');
  expect(now.text).toContain(
    'Cannot tell: fewer than five answers, or a neighbour with fewer: the value is kept back.',
  );
  expectProblem(
    await expectNoChange(api, () => cio.patch('/signs/thresholds', change, match)),
    412,
    'precondition-failed',
  );
  expectProblem(await cio.patch('/signs/thresholds', change), 428, 'precondition-required');
  const wrong = { items: [{ test: 'cycle_time_worsening', threshold: '1' }] };
  expectProblem(
    await cio.patch('/signs/thresholds', wrong, { 'if-match': reply.headers.get('etag')! }),
    422,
    'validation-failed',
  );
  const now2 = { 'if-match': reply.headers.get('etag')! };
  const beyond = {
    items: [
      { test: 'unowned_share', threshold: '1.0001' },
      { test: 'satisfaction', threshold: '6' },
      // With each of these the test would hold always, or never.
      { test: 'reopened_share', threshold: '1' },
      { test: 'at_intended_level', threshold: '0' },
      { test: 'maturity_gap', threshold: '0' },
      { test: 'shared_capabilities', threshold: '1' },
    ],
  };
  const refused = await expectNoChange(api, () => cio.patch('/signs/thresholds', beyond, now2));
  expectProblem(refused, 422, 'validation-failed');
  expect(refused.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
    '/items/0/threshold',
    '/items/1/threshold',
    '/items/2/threshold',
    '/items/3/threshold',
    '/items/4/threshold',
    '/items/5/threshold',
  ]);
  expect(refused.body.errors[5].message).toBe(
    'Capabilities changed by several units: write a number from 2 to 10,000.',
  );
  const lowest = { items: [{ test: 'satisfaction', threshold: '1' }] };
  expectProblem(
    await expectNoChange(api, () => cio.patch('/signs/thresholds', lowest, now2)),
    422,
    'validation-failed',
  );
  const twice = { items: ['0.2', '0.3'].map((threshold) => ({ test: 'unowned_share', threshold })) };
  expectProblem(await expectNoChange(api, () => cio.patch('/signs/thresholds', twice, now2)), 422, 'validation-failed');
  const [event] = (await cio.get('/audit?objectType=sign_thresholds')).body.items;
  expect([event.before.unowned_share, event.after.unowned_share]).toEqual(['0.1', '0.125']);
  const back = {
    items: [
      { test: 'unowned_share', threshold: '0.1' },
      { test: 'shared_capabilities', threshold: '3' },
    ],
  };
  expect((await cio.patch('/signs/thresholds', back, { 'if-match': reply.headers.get('etag')! })).status).toBe(200);
  expect(shown(await signsAt(api, 'period=2026-Q3'))['fragmented_ownership']).toBe('PPPP ++-');
});

test('a threshold is read as it was set, to its last digit', async () => {
  const cio = api.as('cio');
  const set = async (threshold: string) => {
    const { headers } = await cio.get('/signs/thresholds');
    const change = { items: [{ test: 'unowned_share', threshold }] };
    expect((await cio.patch('/signs/thresholds', change, { 'if-match': headers.get('etag')! })).status).toBe(200);
  };
  // 7 of 56 records: 12.5 %.
  await set('0.1255');
  const sign = (await signsAt(api, 'period=2026-Q3')).find(({ id }) => id === 'fragmented_ownership')!;
  expect(sign.rule).toContain('more than 12.55 % of the records of the chain have no owner');
  expect(sign.tests.find(({ id }) => id === 'unowned_share')).toMatchObject({
    state: 'clear',
    rule: 'more than 12.55 % of the records of the chain have no owner',
    why: '12.5 % is not above 12.55 %.',
  });
  await set('0.1');
});

test('a comment belongs to one sign in one period, with a decision; the last word wins only over what was read', async () => {
  const path = '/signs/decision_bottlenecks/comments/2026-Q3';
  const say = (text: string | null, version: number | null, decision: string | null = null) =>
    api.as('cio').put(path, { text, decision, version });
  expectProblem(await api.as('finance').put(path, { text: 'No.', version: null }), 403, 'forbidden');
  const missing = await say('Waits.', null, 'DEC-404');
  expectProblem(missing, 422, 'validation-failed');
  expect(missing.body.errors[0].pointer).toBe('/decision');
  const first = await say('The board meets too rarely.', null, 'dec-6');
  expect(first.body.comment).toMatchObject({ text: 'The board meets too rarely.', decision: 'DEC-6', version: 1 });
  expectProblem(await expectNoChange(api, () => say('Mine.', null)), 412, 'precondition-failed');
  const of = async (period: string) =>
    (await signsAt(api, `period=${period}`)).find(({ id }) => id === 'decision_bottlenecks')!.comment;
  expect(await of('2026-Q3')).toMatchObject({ text: 'The board meets too rarely.', decisionTitle: 'Decision 6' });
  expect(await of('2026-Q2')).toBeNull();
  // A link goes with the text: without a word it says nothing.
  expect((await say(null, 1, 'DEC-6')).body.comment).toMatchObject({ text: null, decision: null, version: 2 });
  expect((await api.as('cio').get('/audit?objectType=sign_comment')).body.items).toHaveLength(2);
});

test('a comment names the corrective action that answers its sign, and keeps it when it is archived', async () => {
  const cio = api.as('cio');
  const action = { code: 'ACT-SIGN', benefitCode: 'BEN-4', title: 'Measure it by hand', dueOn: '2026-12-01' };
  expect((await api.as('admin').post('/corrective-actions', action)).status).toBe(201);
  const path = '/signs/activity_measurement/comments/2026-Q3';
  const unknown = await cio.put(path, { text: 'Late.', action: 'ACT-404', version: null });
  expectProblem(unknown, 422, 'validation-failed');
  expect(unknown.body.errors[0].pointer).toBe('/action');
  const said = { text: 'Two are measured by hand.', action: 'act-sign', version: null };
  const linked = { action: 'ACT-SIGN', actionTitle: 'Measure it by hand', actionBenefit: 'BEN-4' };
  expect((await cio.put(path, said)).body.comment).toMatchObject({ ...linked, decision: null, archived: [] });
  const { etag } = Object.fromEntries((await cio.get('/corrective-actions/ACT-SIGN')).headers);
  expect((await api.as('admin').delete('/corrective-actions/ACT-SIGN', { 'if-match': etag! })).status).toBe(204);
  const again = { text: 'Still.', action: 'ACT-SIGN', version: 1 };
  expect((await cio.put(path, again)).body.comment).toMatchObject({ ...linked, archived: ['action'], version: 2 });
  const elsewhere = '/signs/activity_measurement/comments/2026-Q2';
  expectProblem(await cio.put(elsewhere, { ...again, version: null }), 422, 'validation-failed');
});

test('the page of a decision names the annotations and comments that name it, until these are taken back', async () => {
  const cio = api.as('cio');
  const noted = async (person: 'cio' | 'pm-core' = 'cio') => {
    const reply = await api.as(person).get('/decisions/DEC-7/page?period=2026-Q3&portfolio=DIG');
    expect(reply.status).toBe(200);
    return decisionPage.parse(reply.body).noted;
  };
  expect(await noted()).toEqual({ metrics: [], signs: [] });
  const metric = '/metrics/quality.change_failure_rate/annotations';
  const made = await cio.post(metric, { on: '2026-08-03', text: 'New rules', decisionCode: 'DEC-7' });
  const earlier = await cio.post('/metrics/flow.wip/annotations', {
    on: '2026-07-01',
    text: 'A limit on work',
    decisionCode: 'dec-7',
  });
  await cio.post(metric, { on: '2026-06-01', text: 'Another', decisionCode: 'DEC-6' });
  const sign = '/signs/governance_friction/comments/2026-Q2';
  const said = { text: 'Fewer boards.', decision: 'DEC-7', version: null };
  expect((await cio.put(sign, said)).status).toBe(200);
  const metrics = [
    {
      id: earlier.body.id,
      metric: 'flow.wip',
      name: 'Work in progress',
      on: '2026-07-01',
      text: 'A limit on work',
    },
    {
      id: made.body.id,
      metric: 'quality.change_failure_rate',
      name: 'Change failure rate',
      on: '2026-08-03',
      text: 'New rules',
    },
  ];
  const signs = [
    { sign: 'governance_friction', name: 'Governance as friction', period: '2026-Q2', text: 'Fewer boards.' },
  ];
  expect(await noted()).toEqual({ metrics, signs });
  expect(await noted('pm-core')).toEqual({ metrics, signs });
  expectProblem(await api.as('stakeholder-bu1').get('/decisions/DEC-7/page'), 403, 'forbidden');
  expect((await cio.delete(`${metric}/${made.body.id}`, { 'If-Match': '"v1"' })).status).toBe(204);
  expect((await cio.put(sign, { text: null, version: 1 })).status).toBe(200);
  expect(await noted()).toEqual({ metrics: [metrics[0]], signs: [] });
});
