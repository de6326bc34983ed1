/** Own indicators: defined in the product, entered by month, told by period with target and signal. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { indicatorTrends, indicatorValues, type IndicatorTrend } from '../../server/contract/indicator.js';
import { type Api, expectNoChange, expectProblem, startApi } from '../support/harness.js';

let api: Api;
beforeAll(async () => {
  api = await startApi({ golden: true });
}, 60_000);
afterAll(() => api.stop());

const trendsAt = async (query: string): Promise<IndicatorTrend[]> => {
  const reply = await api.as('pm-dig').get(`/indicator-trends?${query}`);
  expect(reply.status).toBe(200);
  return indicatorTrends.strict().parse(reply.body).items;
};

describe('An own indicator', () => {
  test('is defined and entered by whoever leads IT, and by nobody else', async () => {
    const calls = {
      code: 'IND-1',
      name: 'Calls',
      family: 'efficiency',
      unit: 'calls a day',
      better: 'lower',
      servesCode: 'OUT-1',
    };
    expectProblem(await expectNoChange(api, () => api.as('pm-dig').post('/indicators', calls)), 403, 'forbidden');
    expect((await api.as('cio').post('/indicators', calls)).status).toBe(201);
    expect((await api.as('cio').post('/indicators', { code: 'IND-2', name: 'Points', family: 'flow' })).status).toBe(
      201,
    );
    const items = [
      { month: '2026-04', value: '410' },
      { month: '2026-07', value: '400.5' },
      { month: '2026-09', value: '-1' },
      { month: '2026-10', value: '1' },
    ];
    expectProblem(
      await expectNoChange(api, () => api.as('finance').put('/indicators/IND-1/values', { items })),
      403,
      'forbidden',
    );
    const reply = await api.as('cio').put('/indicators/ind-1/values', { items });
    expect(reply.status).toBe(200);
    expect(
      indicatorValues
        .strict()
        .parse(reply.body)
        .items.map(({ value }) => value),
    ).toEqual(['410', '400.5', '-1', '1']);
    const [event] = (await api.as('cio').get('/audit?objectType=indicator_value')).body.items;
    expect([event.objectCode, event.after.items.length]).toEqual(['IND-1', 4]);
  });

  test('has in a period the value of its latest month, and says what it serves', async () => {
    const target = { metricId: 'IND-1', fromPeriod: '2026-Q2', target: '380', amber: '405' };
    expect((await api.as('cio').post('/metric-targets', target)).status).toBe(201);
    const [calls, points] = await trendsAt('period=2026-Q2');
    expect(calls).toMatchObject({
      code: 'IND-1',
      value: '410',
      month: '2026-04',
      previous: null,
      status: 'missed',
      isActivity: false,
    });
    expect(points).toMatchObject({ code: 'IND-2', value: null, month: null, serves: null, isActivity: true });
    const [later] = await trendsAt('period=2026-Q3');
    expect(later).toMatchObject({ value: '-1', month: '2026-09', previous: '410', target: 380, status: 'met' });
    expect(later!.targets).toEqual([expect.objectContaining({ fromPeriod: '2026-Q2', target: '380', amber: '405' })]);
    expect(later!.serves).toMatchObject({ type: 'outcome', code: 'OUT-1' });
    expect(later!.trend.map(({ value }) => value).slice(-3)).toEqual([null, '410', '-1']);
    expect(later!.signal).toMatchObject({ state: 'insufficient', points: 2 });
  });

  test('is of no portfolio, and of the unit of what it serves', async () => {
    expect(await trendsAt('period=2026-Q3&portfolio=DIG')).toEqual([]);
    const [outcome] = await api.sql<{ unit: string }>(
      `select u.code as unit from outcomes o join org_units u on u.id = o.org_unit_id where o.code = 'OUT-1'`,
    );
    expect((await trendsAt(`period=2026-Q3&orgUnit=${outcome!.unit}`)).map(({ code }) => code)).toEqual(['IND-1']);
    expectProblem(await api.as('stakeholder-bu1').get('/indicator-trends?period=2026-Q3'), 403, 'forbidden');
    expectProblem(await api.as('stakeholder-bu1').get('/indicators/IND-1/values'), 403, 'forbidden');
  });

  test('is traced to its months: who entered each, when, and on what evidence', async () => {
    const cio = api.as('cio');
    const item = { month: '2026-08', value: '377.25', evidence: 'Log of the switchboard' };
    expect((await cio.put('/indicators/IND-1/values', { items: [item] })).status).toBe(200);
    const asked = 'period=2026-Q3&indicator=ind-1';
    const { body } = await cio.get(`/trace/indicator.value?${asked}`);
    expect(body).toMatchObject({
      value: '-1',
      unit: 'calls a day',
      title: 'IND-1 Calls, 2026-09',
      records: { count: 3 },
    });
    expect(body.inputs.map(({ value }: { value: string }) => value)).toEqual(['-1', '377.25', '400.5', '380']);
    expect(body.quality).toEqual([
      'Entered by cio@tests.example on 2026-11-21.',
      'No evidence is stated.',
      expect.stringMatching(/^It serves the outcome OUT-1 /),
    ]);
    expect(body.history.map(({ object }: { object: string }) => object)).toContain('indicator_value IND-1');
    const records = (await cio.get(`/trace/indicator.value/records?${asked}`)).body;
    expect(records.total).toEqual({ count: 3, amount: '-1' });
    expect(records.items[1]).toMatchObject({
      at: '2026-08',
      entered: '377.25',
      amount: '0',
      note: 'entered by cio@tests.example on 2026-11-21; evidence: Log of the switchboard',
    });
    const month = (await cio.get(`/trace/indicator.value?${asked}&month=2026-08`)).body;
    expect([month.value, month.quality[1]]).toEqual(['377.25', 'Evidence: Log of the switchboard']);
    const none = (await cio.get('/trace/indicator.value?period=2026-Q3&indicator=IND-2')).body;
    expect([none.value, none.nullReason]).toEqual([null, 'nothing_entered']);
    expectProblem(await cio.get('/trace/indicator.value?period=2026-Q3'), 422, 'validation-failed');
    const elsewhere = (await cio.get(`/trace/indicator.value?${asked}&portfolio=DIG`)).body;
    expect([elsewhere.value, elsewhere.nullReason, elsewhere.records.count]).toEqual([null, 'outside_scope', 0]);
    expectProblem(await cio.get('/trace/indicator.value?period=2026-Q3&indicator=IND-404'), 404, 'not-found');
    expectProblem(await api.as('stakeholder-bu1').get(`/trace/indicator.value?${asked}`), 403, 'forbidden');
  });

  test('evidence proves the value for which it was stated, and no other', async () => {
    const put = async (item: object) => {
      const reply = await api.as('cio').put('/indicators/IND-1/values', { items: [{ month: '2026-08', ...item }] });
      expect(reply.status).toBe(200);
      const found = reply.body.items.find(({ month }: { month: string }) => month === '2026-08');
      return [found.value, found.evidence];
    };
    const log = 'Log of the switchboard';
    // The same value in other digits keeps it; another one needs its own, and the audit keeps the old one with its evidence.
    expect(await put({ value: '377.2500', version: 1 })).toEqual(['377.25', log]);
    expect(await put({ value: '377', version: 2 })).toEqual(['377', null]);
    const [event] = (await api.as('cio').get('/audit?objectType=indicator_value')).body.items;
    expect([event.before.items[0], event.after.items[0]]).toMatchObject([
      { value: '377.25', evidence: log },
      { value: '377', evidence: null },
    ]);
    expect(await put({ value: '377', evidence: log, version: 3 })).toEqual(['377', log]);
    expect(await put({ value: '376', evidence: log, version: 4 })).toEqual(['376', log]);
    expect(await put({ value: null, version: 5 })).toEqual([null, null]);
  });

  test('is told as imported by whoever imported it', async () => {
    const file = 'indicator_code,month,value,evidence\nIND-2,2026-07,12.5,Board paper 4\n';
    const reply = await api
      .as('cio')
      .upload('/imports?dryRun=false', [{ name: 'indicator_values.csv', content: file }]);
    expect(reply.status).toBe(201);
    const { quality } = (await api.as('cio').get('/trace/indicator.value?period=2026-Q3&indicator=IND-2')).body;
    expect(quality.slice(0, 2)).toEqual(['Imported by cio@tests.example on 2026-11-21.', 'Evidence: Board paper 4']);
    // Another value that says nothing of evidence has none; a file without a value leaves both.
    const evidenceAfter = async (content: string) => {
      const name = 'indicator_values.csv';
      expect((await api.as('cio').upload('/imports', [{ name, content }])).status).toBe(201);
      const [row] = await api.sql<{ evidence: string | null }>(
        `select v.evidence from indicator_values v join indicators i on i.id = v.indicator_id where i.code = 'IND-2'`,
      );
      return row!.evidence;
    };
    expect(await evidenceAfter('indicator_code,month,value\nIND-2,2026-07,12.50\n')).toBe('Board paper 4');
    expect(await evidenceAfter('indicator_code,month,value\nIND-2,2026-07,13\n')).toBeNull();
    expect(await evidenceAfter('indicator_code,month,evidence\nIND-2,2026-07,Board paper 5\n')).toBe('Board paper 5');
  });

  test('does not turn its better way while amber of a target would lie beyond it', async () => {
    const cio = api.as('cio');
    const { id, version } = (await cio.get('/indicators/IND-1')).body;
    const turn = (fields: object) => cio.patch(`/indicators/${id}`, fields, { 'If-Match': `"v${version}"` });
    const refused = await expectNoChange(api, () => turn({ better: 'higher' }));
    expectProblem(refused, 422, 'validation-failed');
    expect(refused.body.errors).toEqual([
      {
        pointer: '/better',
        code: 'target.amber_beyond',
        message:
          'With higher as better, amber would lie beyond the target from 2026-Q2 (target 380, amber 405). Change or remove that target first.',
      },
    ]);
  });

  test('an import turns it no further than the form does, unless it changes the targets, too', async () => {
    const { name } = (await api.as('cio').get('/indicators/IND-1')).body;
    const send = (targets: string | null) =>
      api
        .as('cio')
        .upload('/imports?dryRun=true', [
          { name: 'indicators.csv', content: `code,name,better\nIND-1,${name},higher\n` },
          ...(targets === null
            ? []
            : [{ name: 'metric_targets.csv', content: `metric_id,from_period,target,amber\n${targets}` }]),
        ]);
    const problems = async (targets: string | null) =>
      (await send(targets)).body.problems.map(
        ({ table, column, code, message }: Record<'table' | 'column' | 'code' | 'message', string>) => ({
          ...{ table, column, code, message },
        }),
      );
    const beyond = {
      ...{ table: 'indicators', column: 'better', code: 'target.amber_beyond' },
      message:
        'With higher as better, amber would lie beyond the target from 2026-Q2 (target 380, amber 405). Change or remove that target first.',
    };
    expect(await problems(null)).toEqual([beyond]);
    // As it is stored already: nothing of it changes.
    expect(await problems('IND-1,2026-Q2,380,405\n')).toEqual([beyond]);
    expect(await problems('IND-1,2026-Q2,380,370\n')).toEqual([]);
  });

  test('counts in the sign where it serves nothing', async () => {
    const { items } = (await api.as('cio').get('/signs?period=2026-Q3')).body;
    const sign = items.find(({ id }: { id: string }) => id === 'activity_measurement');
    expect(sign.tests[0]).toMatchObject({
      id: 'unserving_indicators',
      value: 0.5,
      state: 'holds',
      records: { count: 2 },
    });
    expect(sign.state).toBe('present');
    const records = (await api.as('cio').get('/trace/sign.unserving_share/records?period=2026-Q3')).body;
    expect(records.items.map(({ code, amount }: { code: string; amount: string }) => [code, amount])).toEqual([
      ['IND-2', '1'],
      ['IND-1', '0'],
    ]);
  });

  test('a month changes only over the version that was read; a null empties it', async () => {
    const put = (item: object) => api.as('cio').put('/indicators/IND-1/values', { items: [item] });
    expectProblem(await expectNoChange(api, () => put({ month: '2026-07', value: '1' })), 412, 'precondition-failed');
    expectProblem(await put({ month: '2026-07', value: 'many', version: 1 }), 422, 'validation-failed');
    expectProblem(
      await api.as('cio').put('/indicators/IND-404/values', { items: [{ month: '2026-07', value: '1' }] }),
      404,
      'not-found',
    );
    expect((await put({ month: '2026-09', value: null, version: 1 })).status).toBe(200);
    expect((await trendsAt('period=2026-Q3'))[0]).toMatchObject({ value: '400.5', month: '2026-07', status: 'near' });
  });

  test('is dropped with its months and targets in one request, and can be defined anew without them', async () => {
    const cio = api.as('cio');
    const { id, version } = (await cio.get('/indicators/IND-1')).body;
    const now = { 'If-Match': `"v${version}"` };
    const drop = (headers: Record<string, string>, person: 'cio' | 'pm-dig' = 'cio') =>
      api.as(person).post('/indicators/ind-1/drop', undefined, headers);
    await expectNoChange(api, async () => {
      expectProblem(await drop({}), 428, 'precondition-required');
      expectProblem(await drop({ 'If-Match': `"v${version + 1}"` }), 412, 'precondition-failed');
      expectProblem(await drop(now, 'pm-dig'), 403, 'forbidden');
      // The register alone takes nothing along.
      expectProblem(await cio.delete('/indicators/IND-1', now), 409, 'conflict');
    });
    expect((await drop(now)).status).toBe(204);
    expectProblem(await drop(now), 404, 'not-found');
    expect((await trendsAt('period=2026-Q3')).map(({ code }) => code)).not.toContain('IND-1');
    expect(await api.sql(`select from metric_targets where metric_id = 'IND-1' and archived_at is null`)).toEqual([]);
    const { items } = (await cio.get('/audit?limit=3')).body;
    expect(items.map(({ action, objectType, after }: Record<string, unknown>) => [action, objectType, after])).toEqual([
      ['archived', 'indicator', null],
      ['archived', 'metric_target', null],
      ['archived', 'indicator_value', null],
    ]);
    expect([items[1].before.amber, items[2].before.items.length]).toEqual(['405', 5]);
    const again = await cio.post('/indicators', { code: 'IND-1', name: 'Calls' });
    expect([again.status, again.body.id, again.body.unit]).toEqual([201, id, null]);
    expect((await cio.get('/indicators/IND-1/values')).body.items).toEqual([]);
    const entered = await cio.put('/indicators/IND-1/values', { items: [{ month: '2026-08', value: '7' }] });
    expect(entered.body.items).toMatchObject([{ month: '2026-08', value: '7', evidence: null }]);
  });
});
