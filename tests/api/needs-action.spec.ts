import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { needsAction, type NeedsAction } from '../../server/contract/action.js';
import { expectProblem, startApi, type Api, type Person } from '../support/harness.js';

let api: Api;
afterAll(() => api.stop());

const read = async (query = '', person: Person = 'cio'): Promise<NeedsAction> => {
  const reply = await api.as(person).get(`/value/needs-action?period=2026-Q3${query}`);
  expect([reply.status, reply.status === 200 ? '' : reply.text]).toEqual([200, '']);
  return needsAction.parse(reply.body);
};
const codes = (needs: NeedsAction): string[] => needs.benefits.map(({ code }) => code);
const traced = async (path: string): Promise<{ value: string | null; items: { code: string; amount: string }[] }> => {
  const { value, records } = (await api.as('cio').get(path)).body;
  return { value, items: (await api.as('cio').get(records.url)).body.items };
};

/** Another day, on which the people of the tests are still signed in. */
const itIs = async (at: string): Promise<void> => {
  api.clock.set(at);
  await api.sql(`update sessions set last_used_at = $1, expires_at = $1::timestamptz + interval '1 day'`, [at]);
};

describe('Benefits of a small enterprise', () => {
  /** Planned 10 a month from April to September 2026, and realised what is said of each quarter. */
  const benefit = async (
    code: string,
    second: string | null,
    third: string | null,
    more: Record<string, unknown> = {},
  ): Promise<void> => {
    const record = {
      code,
      name: code,
      portfolioCode: 'DIG',
      orgUnitCode: 'BU1',
      currency: 'USD',
      nature: 'cashable',
      ...more,
    };
    expect((await api.as('admin').post('/benefits', record)).status).toBe(201);
    const items = ['04', '05', '06', '07', '08', '09'].map((month, at) => {
      const realised = at < 3 ? second : third;
      return { month: `2026-${month}`, planned: '10', ...(realised === null ? {} : { realised }) };
    });
    const reply = await api.as('admin').put(`/benefits/${code}/values`, { items });
    expect([reply.status, reply.text]).toEqual([200, expect.any(String)]);
  };
  const action = async (code: string, benefitCode: string, more: Record<string, unknown> = {}): Promise<void> => {
    const reply = await api
      .as('admin')
      .post('/corrective-actions', { code, benefitCode, title: `Do ${code}`, ...more });
    expect([reply.status, reply.text]).toEqual([201, expect.any(String)]);
  };

  beforeAll(async () => {
    api = await startApi();
    await benefit('OFF-OFF', '5', '5');
    await benefit('WORSE', '1', '1', { portfolioCode: 'CORE' });
    await benefit('NONE', null, null);
    await benefit('ON-OFF', '10', '1');
    await benefit('OFF-ON', '5', '20');
    await benefit('ON-ON', '10', '10');
    await benefit('RISK', '9', '9');
    await benefit('ACTED', '5', '5');
    await benefit('DONE', '5', '5');
    await benefit('LOWER', '15', '15', { better: 'lower', currency: null, nature: 'non_financial', unit: 'days' });
    await action('ACT-1', 'ACTED', { dueOn: '2026-11-20', effectAmount: '100', ownerEmail: 'a@tests.example' });
    await action('ACT-2', 'ACTED', { dueOn: '2026-11-21', effectAmount: '20.5' });
    await action('ACT-3', 'ON-ON', {});
    await action('ACT-4', 'RISK', { dueOn: '2026-12-01', effectAmount: '-5' });
    await action('ACT-5', 'DONE', {
      dueOn: '2026-07-01',
      doneOn: '2026-07-02',
      effectAmount: '900',
      result: 'Little.',
    });
    await action('ACT-6', 'DONE', { dueOn: '2026-01-01', doneOn: '2026-01-02' });
  });

  test('need action where they are off track or not measured at the end of two quarters, and nobody acts', async () => {
    const needs = await read();
    expect(codes(needs)).toEqual(['WORSE', 'DONE', 'OFF-OFF', 'LOWER', 'NONE']);
    expect(needs.needed.value).toBe('5');
    expect(needs.benefits[0]).toMatchObject({
      before: 'off_track',
      now: 'off_track',
      planned: { value: '60.00' },
      realised: { value: '6.00' },
      variance: { value: '-54.00', impact: 'unfavourable' },
    });
    expect(needs.benefits[3]).toMatchObject({ money: false, unit: 'days', variance: { impact: 'unfavourable' } });
    expect(needs.benefits[4]).toMatchObject({
      before: 'unmeasured',
      now: 'unmeasured',
      realised: { value: null },
      variance: { value: null },
    });
  });

  test('open actions come with what is overdue first; what was done lately is told, what long ago is not', async () => {
    const needs = await read();
    expect(needs.today).toBe('2026-11-21');
    expect(needs.openActions.map(({ code, isOverdue }) => [code, isOverdue])).toEqual([
      ['ACT-1', true],
      ['ACT-2', false],
      ['ACT-4', false],
      ['ACT-3', false],
    ]);
    expect(needs.openActions[0]).toMatchObject({
      benefit: { code: 'ACTED' },
      owner: 'a@tests.example',
      effectAmount: '100.00',
      unit: 'USD',
    });
    expect(needs.doneActions.map(({ code, result }) => [code, result])).toEqual([['ACT-5', 'Little.']]);
    expect([needs.open.value, needs.overdue.value, needs.effect.value]).toEqual(['4', '1', '115.50']);
  });

  test('each number has a trace whose records add up to it', async () => {
    const needs = await read();
    const found = async (which: 'needed' | 'open' | 'overdue' | 'effect') => {
      const { value, items } = await traced(needs[which].trace);
      expect(value).toBe(needs[which].value);
      return items.map(({ code }) => code);
    };
    expect((await found('needed')).sort()).toEqual(['DONE', 'LOWER', 'NONE', 'OFF-OFF', 'WORSE']);
    expect(await found('open')).toEqual(['ACT-1', 'ACT-2', 'ACT-4', 'ACT-3']);
    expect(await found('overdue')).toEqual(['ACT-1']);
    expect((await found('effect')).sort()).toEqual(['ACT-1', 'ACT-2', 'ACT-4']);
    for (const benefit of needs.benefits)
      for (const figure of ['planned', 'realised', 'variance'] as const) {
        const { value } = (await api.as('cio').get(benefit[figure].trace)).body;
        expect([benefit.code, figure, Number(value)]).toEqual([benefit.code, figure, Number(benefit[figure].value)]);
      }
  });

  test('a quarter earlier nothing lies two quarters back, and a scope holds its own only', async () => {
    const reply = await api.as('cio').get('/value/needs-action?period=2026-Q2');
    expect(reply.body.benefits).toEqual([]);
    expect(codes(await read('&portfolio=CORE'))).toEqual(['WORSE']);
    expect((await read('&portfolio=CORE')).openActions).toEqual([]);
    expect(codes(await read('&orgUnit=BU2'))).toEqual([]);
  });

  test('an effect in another currency counts at its latest rate, and one without a rate does not', async () => {
    await benefit('EURO', null, null, { currency: null, nature: 'non_financial', unit: 'hours' });
    await api.as('admin').post('/exchange-rates', { currency: 'EUR', month: '2026-08', rate: '2' });
    expect(
      (await api.as('admin').post('/benefits', { code: 'EUR', name: 'E', currency: 'EUR', nature: 'cashable' })).status,
    ).toBe(201);
    await action('ACT-7', 'EUR', { effectAmount: '10' });
    await action('ACT-8', 'EURO', { effectAmount: '7' });
    expect((await read()).effect.value).toBe('135.50');
    const earlier = await api.as('cio').get('/trace/open_actions_effect?period=2026-Q2');
    expect(earlier.body.value).toBe('115.50');
    expect(earlier.body.quality).toEqual([expect.stringMatching(/^3 of 6 open actions state no effect in money/)]);
  });

  test('an action that is done, or taken back, no longer stands for its benefit; the day alone makes one overdue', async () => {
    const [one] = (await api.as('admin').get('/corrective-actions?code=ACT-1')).body.items;
    const [two] = (await api.as('admin').get('/corrective-actions?code=ACT-2')).body.items;
    await itIs('2026-11-22T12:00:00.000Z');
    expect((await read()).overdue.value).toBe('2');
    const done = { doneOn: '2026-11-21', result: 'Half of it came.' };
    expect((await api.as('admin').patch(`/corrective-actions/${one.id}`, done, { 'if-match': '"v1"' })).status).toBe(
      200,
    );
    expect(codes(await read())).not.toContain('ACTED');
    expect((await api.as('admin').delete(`/corrective-actions/${two.id}`, { 'if-match': '"v1"' })).status).toBe(204);
    expect(codes(await read())).toContain('ACTED');
    expect((await read()).doneActions[0]).toMatchObject({
      code: 'ACT-1',
      doneOn: '2026-11-21',
      result: 'Half of it came.',
    });
  });

  test('those who read corrective actions read it, and stakeholders do not', async () => {
    for (const person of ['admin', 'pm-core', 'finance'] as const) await read('', person);
    for (const person of ['stakeholder-bu1', 'nobody'] as const)
      expectProblem(await api.as(person).get('/value/needs-action'), 403, 'forbidden');
    expectProblem(await api.as('stakeholder-bu1').get('/trace/needs_action'), 403, 'forbidden');
    expectProblem(await api.as('cio').get('/value/needs-action?portfolio=NO'), 404, 'not-found');
    expectProblem(await api.as('cio').get('/value/needs-action?limit=1'), 422, 'validation-failed');
  });
});
