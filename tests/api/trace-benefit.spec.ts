import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { trace as traceSchema, traceRecords, type Trace } from '../../server/contract/trace.js';
import { save } from '../support/entries.js';
import { type Api, expectProblem, type Person, startApi } from '../support/harness.js';

/** Amounts of one benefit's page that stand in its tables: each has a trace, worked out here a second time from what is stored. */

let api: Api;
beforeAll(async () => {
  api = await startApi({ golden: true });
}, 60_000);
afterAll(() => api.stop());

const read = async (figure: string, question: string, person: Person = 'cio'): Promise<Trace> => {
  const reply = await api.as(person).get(`/trace/${figure}?${question}`);
  expect([figure, question, reply.status, reply.status === 200 ? '' : reply.text]).toEqual([figure, question, 200, '']);
  return traceSchema.strict().parse(reply.body);
};
const recordsOf = async ({ records: { url } }: Trace) => traceRecords.parse((await api.as('cio').get(url)).body);
const number = (text: string | null): number | null => (text === null ? null : Number(text));

interface StoredMonth {
  code: string;
  month: string;
  unit: string;
  planned: string | null;
  forecast: string | null;
  realised: string | null;
  confirmed: string | null;
}
const storedMonths = (...codes: string[]) =>
  api.sql<StoredMonth>(
    `select b.code, to_char(v.month, 'YYYY-MM') as month, coalesce(b.currency, b.unit) as unit, v.planned, v.forecast, v.realised,
       v.confirmed_amount as confirmed
     from benefit_values v join benefits b on b.id = v.benefit_id where b.code = any ($1) order by 1, 2`,
    [codes],
  );

test('each month as it is stored, in the benefit’s own currency or unit', async () => {
  const months = await storedMonths('BEN-4', 'BEN-3');
  expect(new Set(months.map(({ unit }) => unit))).toEqual(new Set(['GBP', 'points']));
  for (const { code, month, unit, ...stored } of months)
    for (const [kind, value] of Object.entries({ ...stored, baseline: stored.planned })) {
      const found = await read(`value.${kind}`, `type=benefit&ref=${code}&month=${month}`);
      expect([code, month, kind, number(found.value), found.unit, found.records.count]).toEqual([
        code,
        month,
        kind,
        number(value),
        unit,
        value === null ? 0 : 1,
      ]);
    }
}, 60_000);

describe('what its value is due to', () => {
  /** Shares as the links state them; what the stated ones leave is split equally among the links without one. */
  const creditsOf = async (benefit: string): Promise<Map<string, number>> => {
    const links = await api.sql<{ from: string; to: string; contribution: string | null }>(
      'select f.code as "from", t.code as "to", l.contribution from links l join chain_codes f on f.id = l.from_id join chain_codes t on t.id = l.to_id'.replaceAll(
        'chain_codes',
        '(select id, code from investments union all select id, code from initiatives union all select id, code from capabilities union all select id, code from outcomes union all select id, code from benefits)',
      ),
    );
    const credits = new Map<string, number>();
    const follow = (node: string, part: number): void => {
      if (node.startsWith('INV-')) {
        credits.set(node, (credits.get(node) ?? 0) + part);
        return;
      }
      const into = links.filter(({ to }) => to === node);
      const stated = into.reduce((sum, { contribution }) => sum + Number(contribution ?? 0) / 100, 0);
      const blanks = into.filter(({ contribution }) => contribution === null).length;
      for (const { from, contribution } of into)
        follow(from, part * (contribution === null ? (1 - stated) / blanks : Number(contribution) / 100));
    };
    follow(benefit, 1);
    return credits;
  };

  test.each(['BEN-1', 'BEN-2', 'BEN-4', 'BEN-16'])('%s: part by part, and all of it', async (code) => {
    const credits = await creditsOf(code);
    const one = `type=benefit&ref=${code}`;
    let sum = 0;
    for (const [investment, share] of credits) {
      sum += share;
      const found = await read('node.credited_share', `${one}&to=${investment}`);
      expect(Number(found.value)).toBeCloseTo(share, 8);
      const { items, total } = await recordsOf(found);
      expect(total.amount).toBe(found.value);
      expect(items.every(({ type }) => type === 'link')).toBe(true);
    }
    const rest = await read('node.uncredited_share', one);
    expect(Number(rest.value)).toBeCloseTo(1 - sum, 8);
    expect((await recordsOf(rest)).total.amount).toBe(rest.value);
    const all = await read('node.credit_shares', one);
    expect(all.value).toBe('1');
    const positive = [...credits].filter(([, share]) => share > 1e-12).length;
    expect(all.inputs).toHaveLength(positive + 1);
  });

  test('is for readers of the chain', async () => {
    for (const figure of ['node.credited_share', 'node.uncredited_share', 'node.credit_shares'])
      expectProblem(
        await api.as('stakeholder-bu1').get(`/trace/${figure}?type=benefit&ref=BEN-4&to=INV-1`),
        403,
        'forbidden',
      );
  });
});

test('what an outcome is measured by: from where, to where, and what was measured', async () => {
  const outcomes = await api.sql<Record<'code' | 'unit' | 'baseline' | 'target' | 'on' | 'value', string>>(
    `select o.code, o.unit, o.baseline, o.target, m.measured_on::text as "on", m.value
     from outcomes o join outcome_measurements m on m.outcome_id = o.id where m.measured_on < '2026-10-01' and m.value is not null`,
  );
  expect(outcomes.length).toBeGreaterThan(3);
  for (const { code, unit, baseline, target, on, value } of outcomes)
    for (const [figure, expected, more] of [
      ['measure.baseline', baseline, ''],
      ['measure.target', target, ''],
      ['measure.value', value, `&on=${on}`],
    ] as const) {
      const found = await read(figure, `type=outcome&ref=${code}${more}&period=2026-Q3`);
      expect([code, figure, number(found.value), found.unit]).toEqual([code, figure, number(expected), unit]);
    }
  const own = await read('measure.baseline', 'type=benefit&ref=BEN-4');
  expect([own.value, own.unit]).toEqual(['0', 'unit not stated']);
  expectProblem(await api.as('cio').get('/trace/measure.value?type=outcome&ref=OUT-1&on=2025-09-02'), 404, 'not-found');
  expectProblem(await api.as('cio').get('/trace/measure.target?type=benefit&ref=BEN-4'), 422, 'validation-failed');
  // A stakeholder sees outcomes of own units only.
  const [foreign] = await api.sql<{ code: string }>(
    `select o.code from outcomes o join org_units u on u.id = o.org_unit_id where u.code <> 'BU1' limit 1`,
  );
  const own1 = await api.as('stakeholder-bu1').get('/trace/measure.target?type=outcome&ref=OUT-1');
  expect(own1.status).toBe(200);
  expectProblem(
    await api.as('stakeholder-bu1').get(`/trace/measure.target?type=outcome&ref=${foreign!.code}`),
    404,
    'not-found',
  );
});

test('what a corrective action is to bring, in the benefit’s own currency, whatever the scope', async () => {
  const action = { code: 'ACT-1', benefitCode: 'BEN-4', title: 'Train', effectAmount: '1200.5', doneOn: '2025-06-30' };
  expect((await api.as('admin').post('/corrective-actions', { ...action, result: 'Half of it' })).status).toBe(201);
  const one = 'type=benefit&ref=BEN-4&action=ACT-1';
  for (const scope of ['', '&portfolio=DIG']) {
    const found = await read('node.action_effect', one + scope);
    expect([found.value, found.unit, found.records.count]).toEqual(['1200.50', 'GBP', 1]);
  }
  expectProblem(
    await api.as('cio').get('/trace/node.action_effect?type=benefit&ref=BEN-3&action=ACT-1'),
    404,
    'not-found',
  );
  expectProblem(await api.as('stakeholder-bu1').get(`/trace/node.action_effect?${one}`), 403, 'forbidden');
});

test('a verdict keeps the amount of which it was said, and a change of the plan the months that it changed', async () => {
  const [month] = await api.sql<{ month: string; version: number; realised: string; planned: string }>(
    `select to_char(v.month, 'YYYY-MM') as month, v.version, trim_scale(v.realised)::text as realised, trim_scale(v.planned)::text as planned
     from benefit_values v join benefits b on b.id = v.benefit_id
     where b.code = 'BEN-4' and v.realised is not null and v.confirmed_by is null order by v.month limit 1`,
  );
  const { month: at, version, realised, planned } = month!;
  const judged = { benefit: 'BEN-4', month: at, version, amount: realised, currency: 'GBP' };
  const judge = await api.as('finance').post('/confirmations', { verdict: 'confirm', items: [judged] });
  expect([judge.status, judge.text]).toEqual([200, expect.any(String)]);
  api.clock.advance(60_000);
  const items = [{ month: at, realised: '1.25', planned: '10', version: version + 1, reason: 'Smaller' }];
  expect((await api.as('admin').put('/benefits/BEN-4/values', { items })).status).toBe(200);

  const verdicts = (await api.as('cio').get('/benefits/BEN-4/confirmations')).body.items.filter(
    (each: { month: string }) => each.month === at,
  );
  expect(verdicts.map((each: { number: number; verdict: string }) => [each.number, each.verdict])).toEqual([
    [2, 'withdrawn'],
    [1, 'confirmed'],
  ]);
  const of = `type=benefit&ref=BEN-4&month=${at}`;
  for (const { number: which, amount } of verdicts) {
    const found = await read('value.verdict', `${of}&version=${which}`, 'stakeholder-bu1');
    expect([number(found.value), found.unit]).toEqual([Number(amount), 'GBP']);
  }
  expect(Number(verdicts[1].amount)).toBe(Number(realised));
  expect((await read('value.realised', of)).inputs.map(({ trace }) => trace)).toEqual([
    expect.stringContaining('version=2'),
    expect.stringContaining('version=1'),
  ]);
  expect((await read('value.confirmed', of)).value).toBeNull();
  expectProblem(await api.as('cio').get(`/trace/value.verdict?${of}&version=3`), 404, 'not-found');
  expectProblem(
    await api.as('stakeholder-bu1').get('/trace/value.verdict?type=benefit&ref=BEN-1&month=2026-01&version=1'),
    404,
    'not-found',
  );

  const changed = await read('node.plan_change', 'type=benefit&ref=BEN-4&version=2');
  expect(Number(changed.value)).toBeCloseTo(10 - Number(planned), 4);
  expect((await recordsOf(changed)).items.map(({ at: when, amount }) => [when, amount])).toEqual([[at, changed.value]]);
  expect(await read('node.plan_change', 'type=benefit&ref=BEN-4&version=1')).toMatchObject({
    value: null,
    nullReason: 'first_version',
  });
  // The plan in force at the approval stands.
  expect(Number((await read('value.baseline', of)).value)).toBe(Number(planned));
  expect((await read('value.planned', of)).value).toBe('10.00');
});

test('the history of a month is of what wrote that month', async () => {
  const [one, other] = (await storedMonths('BEN-2')).filter(({ realised }) => realised === null).slice(-2);
  const versions = new Map(
    (await api.as('cio').get('/benefits/BEN-2/values')).body.items.map((each: { month: string; version: number }) => [
      each.month,
      each.version,
    ]),
  );
  const version = (month: string) => versions.get(month) as number;
  await api.as('admin').put('/benefits/BEN-2/values', {
    items: [{ month: one!.month, forecast: '5', version: version(one!.month) }],
  });
  const entry = { benefit: 'BEN-2', month: other!.month, forecast: '6', version: version(other!.month) };
  expect((await save(api, [entry], {}, 'admin')).status).toBe(200);
  const objects = async (month: string) =>
    (await read('value.forecast', `type=benefit&ref=BEN-2&month=${month}`)).history.map(({ object }) => object);
  expect(await objects(one!.month)).toEqual(['benefit_value BEN-2', 'import']);
  expect(await objects(other!.month)).toEqual([expect.stringMatching(/^value_entry/), 'import']);
});

test('the history of a sum names the entries that wrote its months, of a record and of a list', async () => {
  const [{ month, version }] = (await api.as('cio').get('/benefits/BEN-1/values')).body.items.slice(-1);
  expect((await save(api, [{ benefit: 'BEN-1', month, forecast: '7', version }], {}, 'admin')).status).toBe(200);
  const entered = expect.objectContaining({ object: 'value_entry BEN-1', action: 'entered' });
  for (const [figure, question] of [
    ['node.realised', 'type=benefit&ref=BEN-1'],
    ['node.planned', 'type=benefit&ref=BEN-1'],
    ['planned', ''],
    ['realised', ''],
    ['listed.realised', 'among='],
  ] as const)
    expect([figure, (await read(figure, question)).history[0]]).toEqual([figure, entered]);
  const other = (await read('node.realised', 'type=benefit&ref=BEN-16')).history.map(({ object }) => object);
  expect(other).not.toContain('value_entry BEN-1');
});

test('the history of an action’s effect and of a measurement is of what wrote that one', async () => {
  const added = async (path: string, record: Record<string, unknown>) => {
    const { status } = await api.as('admin').post(path, record);
    expect([path, status]).toEqual([path, 201]);
  };
  for (const code of ['ACT-91', 'ACT-92'])
    await added('/corrective-actions', { code, benefitCode: 'BEN-2', title: code, effectAmount: '3' });
  for (const measuredOn of ['2026-08-30', '2026-08-31'])
    await added('/outcome-measurements', { outcomeCode: 'OUT-1', measuredOn, value: '70' });
  const own = async (figure: string, question: string) =>
    (await read(figure, question)).history
      .filter(({ action }) => action === 'created')
      .map(({ object, seq }) => ({ object, seq }));
  const action = (code: string) => own('node.action_effect', `type=benefit&ref=BEN-2&action=${code}`);
  expect((await action('ACT-91')).map(({ object }) => object)).toEqual(['corrective_action ACT-91']);
  expect((await action('act-92')).map(({ object }) => object)).toEqual(['corrective_action ACT-92']);
  const measured = (day: string) => own('measure.value', `type=outcome&ref=OUT-1&on=${day}&period=2026-Q3`);
  const [one, other] = [await measured('2026-08-30'), await measured('2026-08-31')];
  expect([...one, ...other].map(({ object }) => object)).toEqual(['outcome_measurement', 'outcome_measurement']);
  expect(other[0]!.seq).toBeGreaterThan(one[0]!.seq);
});
