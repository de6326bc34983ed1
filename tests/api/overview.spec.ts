/** The overview says what the traces say: value for value, in every scope, and to each reader only what is theirs. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { LEDGER_ROWS, type Overview } from '../../server/contract/overview.js';
import { lastPeriods } from '../../server/core/period.js';
import { startWith } from '../support/bundles.js';
import { type Api, expectProblem, startApi } from '../support/harness.js';
import { expectTraced, overviewAt, profileAt, read, rowOf, tracedIn } from '../support/overviews.js';

const golden = JSON.parse(readFileSync(new URL('../golden/data/expected.json', import.meta.url), 'utf8')) as Record<
  string,
  { overview: { funnel: Record<string, number>; benefitStatus: Record<string, string> } }
>;

describe('over the golden tables', () => {
  let api: Api;
  beforeAll(async () => {
    api = await startApi({ golden: true });
  }, 60_000);
  afterAll(() => api.stop());

  const scopes = ['', '&portfolio=DIG', '&orgUnit=BU1', '&portfolio=CORE&orgUnit=BU2'];

  test.each(['2026-Q4', '2025-Q3', '2020-Q1'].flatMap((period) => scopes.map((scope) => [period, scope])))(
    'overview of %s%s: every figure is what its trace says',
    async (period, scope) => {
      const found = await overviewAt(api, `period=${period}${scope}`);
      expect(await expectTraced(api, found)).toBeGreaterThan(30);
    },
    60_000,
  );

  test.each(['', '&nature=cashable', '&nature=non_cashable', '&portfolio=DIG'])(
    'profile%s: every figure is what its trace says',
    async (rest) => {
      const found = await profileAt(api, `period=2026-Q2${rest}`);
      expect(await expectTraced(api, found)).toBeGreaterThan(30);
    },
    60_000,
  );

  // Worked out from the tables by a program of its own, in exact fractions.
  const LEDGERS = {
    '': {
      invested: ['1108760.91', '1070383.00', '38377.91', 'unfavourable'],
      realised: ['177796.80', '413876.97', '-236080.16', 'unfavourable'],
      evidenced: ['177796.80', null, null, null],
      expected: ['462557.05', '716584.06', '-254027.01', 'unfavourable'],
    },
    '&portfolio=DIG': {
      invested: ['530859.49', '515520.60', '15338.90', 'unfavourable'],
      realised: ['62809.02', '141790.34', '-78981.32', 'unfavourable'],
      evidenced: ['62809.02', null, null, null],
      expected: ['156516.95', '244504.85', '-87987.90', 'unfavourable'],
    },
  } as const;
  test.each(Object.entries(LEDGERS))('the ledger holds what the tables say%s', async (scope, wanted) => {
    const found = await overviewAt(api, `period=2026-Q2${scope}`);
    for (const [id, row] of Object.entries(wanted)) {
      const { actual, plan, variance } = rowOf(found, id);
      expect({
        id,
        row: [actual.value, plan?.value ?? null, variance?.value ?? null, variance?.impact ?? null],
      }).toEqual({ id, row });
    }
  });

  test('the ledger stands in the order of the founding questions, money that reaches nothing shown as missing', async () => {
    const found = await overviewAt(api, 'period=2026-Q2');
    expect(found.ledger.map((row) => row.id)).toEqual([...LEDGER_ROWS]);
    const reached = rowOf(found, 'reached');
    expect([reached.plan!.value, reached.variance!.value]).toEqual(['1108760.91', `-${found.untracedSpend!.value}`]);
    expect(reached.variance!.impact).toBe('unfavourable');
    expect(found.expectedShare.value).toBe('0.6455028473');
    expect(found.lastPeriod).toBe('2026-Q4');
    expect(found.isEmpty).toBe(false);
  });

  test.each(Object.keys(golden))(
    'funnel and counts of %s are those of the independent implementation',
    async (period) => {
      const { funnel, benefitStatus } = golden[period]!.overview;
      const found = await overviewAt(api, `period=${period}`);
      for (const { step, amount } of found.funnel) expect(Number(amount.value ?? 0)).toBeCloseTo(funnel[step]!, 1);
      const statuses = Object.values(benefitStatus);
      const due = statuses.filter((status) => status !== 'not_due');
      expect(found.due.value).toBe(String(due.length));
      expect(found.measured.value).toBe(String(due.filter((status) => status !== 'unmeasured').length));
      const own = ['BEN-3', 'BEN-5', 'BEN-8', 'BEN-16'].map((code) => benefitStatus[code]!);
      const row = rowOf(found, 'non_financial');
      const isDue = own.some((status) => status !== 'not_due');
      const onTrack = own.filter((status) => status === 'on_track').length;
      expect(row.actual.value).toBe(isDue ? String(onTrack) : null);
      expect(row.plan!.value).toBe(String(own.filter((status) => status !== 'not_due').length));
    },
  );

  test('each loss of the funnel is the step before less the step', async () => {
    const { funnel } = await overviewAt(api, 'period=2026-Q2');
    expect(funnel.map(({ step, benefits }) => [step, benefits])).toEqual([
      ['planned', 12],
      ['realised', 10],
      ['confirmed', 10],
      ['traced', 5],
    ]);
    funnel.slice(1).forEach(({ amount, lost }, index) => {
      const gap = Number(funnel[index]!.amount.value) - Number(amount.value);
      expect(Math.abs(Number(lost!.value) - gap)).toBeLessThan(0.011);
    });
  });

  test('deviations lie furthest from plan first, and who is not measured is not compared', async () => {
    const { deviations } = await overviewAt(api, 'period=2026-Q2');
    const shown = (of: Overview['deviations']['worst']) =>
      of.map((each) => [each.code, each.planned.value, each.realised.value, each.variance.value, each.variance.impact]);
    expect(shown(deviations.worst)).toEqual([
      ['BEN-9', '53315.85', '26179.24', '-27136.60', 'unfavourable'],
      ['BEN-14', '60454.91', '36585.49', '-23869.42', 'unfavourable'],
      ['BEN-13', '63209.60', '40192.03', '-23017.57', 'unfavourable'],
      ['BEN-12', '56096.05', '37320.47', '-18775.58', 'unfavourable'],
    ]);
    // A dis-benefit that came smaller than planned is good.
    expect(shown(deviations.best)).toEqual([['BEN-2', '-33989.50', '-25480.45', '8509.05', 'favourable']]);
    expect(deviations.compared).toBe(10);
    expect(deviations.worst[0]).toMatchObject({ name: 'Benefit 9', status: 'off_track' });
    const unmeasured = await read(api, '/trace/node.variance?period=2026-Q2&type=benefit&ref=BEN-1');
    expect([unmeasured.value, unmeasured.nullReason]).toEqual([null, 'nothing_measured']);
  });

  test('each point of a series is what the trace of its period says', async () => {
    const found = await overviewAt(api, 'period=2026-Q2');
    const figures = {
      invested: 'spend?span=period',
      reached: 'traced_spend?span=period',
      realised: 'realised?span=period',
      evidenced: 'evidenced?span=period',
      non_financial: 'non_financial_on_track?span=to_date',
    };
    for (const [id, figure] of Object.entries(figures)) {
      const { series, change } = rowOf(found, id);
      expect(series.map(({ period }) => period)).toEqual(lastPeriods('2026-Q2', 12));
      for (const { period, value } of series) {
        const traced = await read(api, `/trace/${figure}&period=${period}`);
        if (value === null) expect({ id, period, records: traced.records.count }).toEqual({ id, period, records: 0 });
        else expect({ id, period, value }).toEqual({ id, period, value: traced.value });
      }
      if (id !== 'non_financial') expect(series.at(-1)!.value).toBe(change!.value);
      else expect(change!.value).toBe(String(Number(series.at(-1)!.value) - Number(series.at(-2)!.value)));
    }
    expect(rowOf(found, 'expected')).toMatchObject({ series: [], change: null });
  });

  test('the profile goes from what came to what is expected, by quarter and added up', async () => {
    const { quarters } = await profileAt(api, 'period=2026-Q2');
    expect(quarters.map(({ period, scenario }) => `${period} ${scenario}`)).toEqual([
      '2025-Q3 AC',
      '2025-Q4 AC',
      '2026-Q1 AC',
      '2026-Q2 AC',
      '2026-Q3 FC',
      '2026-Q4 FC',
    ]);
    expect(quarters.map(({ isProvisional }) => isProvisional)).toEqual([true, true, true, true, false, false]);
    const sums = quarters.map(({ cumulative }) => [cumulative.value.value, cumulative.planned.value]);
    expect(sums.slice(3)).toEqual([
      ['177796.80', '413876.97'],
      ['315910.06', '551990.23'],
      ['462557.05', '716584.06'],
    ]);
    const cashable = await profileAt(api, 'period=2026-Q2&nature=cashable');
    expect(cashable.quarters.at(-1)!.cumulative.value.value).toBe('245846.58');
    expect(cashable.quarters.at(-2)!.cumulative.planned.value).toBe('334666.75');
    const later = await profileAt(api, 'period=2030-Q1');
    expect(later.quarters).toHaveLength(8);
    expect(later.quarters[0]!.quarter.value).toEqual({ value: null, trace: expect.any(String) });
    expect(later.quarters[0]!.cumulative.value.value).toBe('333797.01'); // realised, and of November and December what is expected
  });

  test('where nothing is recorded there is no figure, and no difference', async () => {
    const found = await overviewAt(api, 'period=2020-Q1');
    for (const row of found.ledger.filter(({ id }) => id !== 'expected')) {
      expect({ id: row.id, value: row.actual.value, variance: row.variance?.value ?? null }).toEqual({
        id: row.id,
        value: null,
        variance: null,
      });
      expect(row.series.every(({ value }) => value === null)).toBe(true);
    }
    expect(found.funnel.every(({ amount, benefits }) => amount.value === null && benefits === 0)).toBe(true);
    expect(found.deviations).toEqual({ worst: [], best: [], compared: 0 });
    // Benefits exist, and none is due: that is known.
    expect(found.due.value).toBe('0');
  });

  test('a stakeholder sees own benefits and nothing of cost', async () => {
    const own = await overviewAt(api, 'period=2026-Q2', 'stakeholder-bu1');
    const unit = await overviewAt(api, 'period=2026-Q2&orgUnit=BU1');
    expect(own.ledger.map((row) => row.id)).toEqual([
      'realised',
      'evidenced',
      'expected',
      'calibrated',
      'non_financial',
    ]);
    expect([own.untracedSpend, own.untracedSpendShare]).toEqual([null, null]);
    for (const row of own.ledger) {
      const whole = rowOf(unit, row.id);
      expect([row.actual.value, row.plan?.value, row.series]).toEqual([
        whole.actual.value,
        whole.plan?.value,
        whole.series,
      ]);
    }
    await expectTraced(api, own, 'stakeholder-bu1');
    await expectTraced(api, await profileAt(api, 'period=2026-Q2', 'stakeholder-bu1'), 'stakeholder-bu1');
    expectProblem(await api.as('stakeholder-bu1').get('/overview?orgUnit=BU2'), 404, 'not-found');
    expectProblem(await api.as('nobody').get('/overview'), 403, 'forbidden');
  });

  test('who has the answer already is told so, until the data or the question changes', async () => {
    const first = await api.as('cio').get('/overview?period=2026-Q2');
    const again = { 'If-None-Match': first.headers.get('etag')! };
    expect((await api.as('cio').get('/overview?period=2026-Q2', again)).status).toBe(304);
    expect((await api.as('cio').get('/overview?period=2026-Q1', again)).status).toBe(200);
    expect((await api.as('stakeholder-bu1').get('/overview?period=2026-Q2', again)).status).toBe(200);
    // Less of this benefit is better, from here on.
    await api.sql(`update benefits set better = 'lower', version = version + 1 where code = 'BEN-9'`);
    await api.sql(`update data_versions set version = version + 1 where scope = 'enterprise'`);
    const { deviations } = await overviewAt(api, 'period=2026-Q2');
    expect(deviations.best.map(({ code, variance }) => [code, variance.value, variance.impact])).toEqual([
      ['BEN-9', '-27136.60', 'favourable'],
      ['BEN-2', '8509.05', 'favourable'],
    ]);
  });
});

describe('over other data', () => {
  test('with nothing in it the overview says so', async () => {
    const api = await startApi({ bare: true });
    try {
      const found = await overviewAt(api, '', 'admin');
      expect(found.isEmpty).toBe(true);
      const told = tracedIn(found).filter(({ value }) => value !== null);
      expect(told).toEqual([]);
      expect(found.lastPeriod).toBeNull();
      expect((await profileAt(api, '', 'admin')).quarters).toEqual([]);
    } finally {
      await api.stop();
    }
  }, 60_000);

  test('the major projects of the United Kingdom: planned, spent, and not measured', async () => {
    const api = await startWith('uk-major-projects', 'GBP', 4);
    try {
      const found = await overviewAt(api, 'period=2025-Q4', 'admin');
      expect(await expectTraced(api, found, 'admin')).toBeGreaterThan(30);
      const realised = rowOf(found, 'realised');
      expect([realised.actual.value, realised.variance!.value, realised.variance!.impact]).toEqual([
        null,
        null,
        'neutral',
      ]);
      expect(found.measured.value).toBe('0');
      expect(await expectTraced(api, await profileAt(api, 'period=2025-Q4', 'admin'), 'admin')).toBeGreaterThan(5);
    } finally {
      await api.stop();
    }
  }, 120_000);
});
