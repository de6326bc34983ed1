/**
 * The metrics of an enterprise in Tokyo: its fiscal year begins in April, its quarters at midnight there, its currency has no minor unit.
 * Nobody worked these figures out elsewhere: each must follow from its records, and some are counted here from the tables themselves.
 */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { type Api, startApi } from '../support/harness.js';
import { GOLDEN_TABLES, loadTables } from '../support/load-tables.js';
import { notRecomputed, scorecardOf, unknownIn } from '../support/metrics.js';

type Row = Record<string, string>;
const tableOf = (name: string): Row[] => parse(readFileSync(new URL(`${name}.csv`, GOLDEN_TABLES)), { columns: true });

/** A dollar is 151.37 yen in each month; what a pound or a euro was in dollars it is in yen. */
const YEN = 151.37;
const months = [...new Set(tableOf('exchange_rates').map(({ month }) => month!))];
const rates = [
  ...months.map((month) => ({ currency: 'USD', month, rate: String(YEN) })),
  ...tableOf('exchange_rates').map(({ currency, month, rate }) => ({
    currency: currency!,
    month: month!,
    rate: (Number(rate) * YEN).toFixed(6),
  })),
];

/** One decision is taken at five in the morning of 1 October, when it is still September in UTC. */
const EARLY = ['2025-09-28T11:52:45Z', '2025-09-30T20:00:00Z'] as const;
const decisions = readFileSync(new URL('decisions.csv', GOLDEN_TABLES), 'utf8').replace(...EARLY);

/** The third quarter of the fiscal year that ends in March 2026: October to December, nine hours ahead of UTC, without summer time. */
const QUARTER = 'period=2026-Q3';
const isInQuarter = (instant: string): boolean =>
  Date.parse(instant) >= Date.parse('2025-09-30T15:00:00Z') && Date.parse(instant) < Date.parse('2025-12-31T15:00:00Z');
const MONTHS = ['2025-10', '2025-11', '2025-12'];

describe('the metrics of the golden tables, told in Tokyo', () => {
  let api: Api;
  beforeAll(async () => {
    api = await startApi({
      env: { REPORTING_CURRENCY: 'JPY', REPORTING_TIME_ZONE: 'Asia/Tokyo', FISCAL_YEAR_START_MONTH: '4' },
    });
    await loadTables(api, GOLDEN_TABLES, {
      'exchange_rates.csv': [
        'currency,month,rate',
        ...rates.map(({ currency, month, rate }) => `${currency},${month},${rate}`),
      ].join('\n'),
      'decisions.csv': decisions,
    });
  }, 60_000);
  afterAll(() => api.stop());

  // Quarters of the ranking carry the same names: the one of the second question has none.
  test.each([[QUARTER], ['period=2027-Q1&portfolio=DIG&orgUnit=BU1']])(
    'are recomputed from the records behind them (%s)',
    async (query) => {
      const found = await scorecardOf(api, query);
      expect(await notRecomputed(api, found, query)).toEqual([]);
    },
  );

  test('have no value where nothing is recorded, for the reason that holds', async () => {
    expect(unknownIn(await scorecardOf(api, QUARTER))).toEqual({
      no_records: ['efficiency.cost_per_capability', 'efficiency.cost_per_outcome'],
      too_few_responses: ['satisfaction', 'responsiveness', 'effectiveness', 'trust', 'enabling', 'nps'].map(
        (name) => `stakeholder.${name}`,
      ),
    });
  });

  test('count decisions in the quarter of their day there', async () => {
    const decided = parse<Row>(decisions, { columns: true }).filter(
      ({ kind, decided_at: at }) => kind === 'priority' && at !== '' && isInQuarter(at!),
    );
    const days = decided
      .map(({ raised_at: from, decided_at: to }) => (Date.parse(to!) - Date.parse(from!)) / 86_400_000)
      .sort((a, b) => a - b);
    const half = (days.length - 1) / 2;
    const found = (await scorecardOf(api, QUARTER)).get('decision.time_to_decide')!;
    expect(decided.map(({ decided_at: at }) => at)).toContain(EARLY[1]);
    expect(found.n).toBe(days.length);
    expect(found.value).toBeCloseTo((days[Math.floor(half)]! + days[Math.ceil(half)]!) / 2, 6);
  });

  test('add money up by the months of the fiscal quarter, and round it once, to whole yen', async () => {
    const currencyOf = new Map(tableOf('investments').map(({ code, currency }) => [code!, currency!]));
    const rateOf = new Map(rates.map(({ currency, month, rate }) => [`${currency} ${month}`, Number(rate)]));
    const costs = tableOf('investment_costs').filter(
      ({ kind, month, actual }) => kind === 'skills' && MONTHS.includes(month!) && actual !== '',
    );
    const yen = costs.reduce(
      (sum, { investment_code: code, month, actual }) =>
        sum + Number(actual) * rateOf.get(`${currencyOf.get(code!)} ${month}`)!,
      0,
    );
    expect(costs.length).toBeGreaterThan(0);
    expect((await scorecardOf(api, QUARTER)).get('capability.skills_investment')).toMatchObject({
      n: costs.length,
      value: yen.toFixed(0),
    });
  });
});
