import { expect, test } from '@jest/globals';
import type { MetricId } from '../../contract/metric.js';
import { ratio } from '../money.js';
import { buildChain } from '../shares.js';
import { weightsAt, wholeNodes } from '../weights.js';
import { metricOf } from './catalogue.js';
import type { MetricFacts } from './facts.js';
import type { MoneyFacts, Ranked } from './money.js';
import { arriving, spendingOf, spendOf } from './spending.js';

const amount = (value: number) => ({ n: BigInt(value), d: 1n });
const none = { amount: amount(0), benefits: 0 };
const EMPTY: MoneyFacts = {
  period: '2026-Q3',
  spend: amount(0),
  spendToDate: amount(0),
  investments: 0,
  spending: 0,
  spendByPriority: new Map(),
  skills: { amount: amount(0), rows: 0 },
  reached: {
    benefits: amount(0),
    strategicCapabilities: amount(0),
    initiatives: amount(0),
    duplicates: amount(0),
  },
  strategicCapabilities: 0,
  duplicates: 0,
  ranking: [],
  realised: { revenue: none, cost: none, risk: none },
  plannedToDate: none,
  realisedToDate: none,
  confirmedToDate: amount(0),
  creditedToDate: amount(0),
  costOf: () => amount(0),
};
/** What a metric comes to with these facts of the period, and of the one before. */
const computed = (id: MetricId, now: Partial<MoneyFacts>, before: Partial<MoneyFacts> = {}) => {
  const money = [
    { ...EMPTY, ...before },
    { ...EMPTY, ...now },
  ];
  const found = metricOf(id)!.compute({ money } as unknown as MetricFacts, 1);
  const value =
    found.value === null || typeof found.value === 'number' ? found.value : ratio(found.value.n, found.value.d);
  return { value, n: found.n, nullReason: found.nullReason };
};
const RANKING: readonly Ranked[] = ['A', 'B', 'C', 'D'].map((code, index) => ({ code, rank: index + 1 }));

test.each<[MetricId, Partial<MoneyFacts>, number, string]>([
  ['alignment.strategic_spend_share', { spend: amount(9) }, 0, 'nothing_strategic'],
  ['alignment.strategic_spend_share', { strategicCapabilities: 3 }, 3, 'no_spend'],
  ['alignment.top_priority_spend_share', { spend: amount(9) }, 0, 'no_ranking'],
  ['alignment.top_priority_spend_share', { ranking: RANKING }, 4, 'no_spend'],
  ['alignment.priority_stability', { ranking: RANKING }, 0, 'no_ranking'],
  ['alignment.funding_shift', { spendByPriority: new Map([['A', amount(1)]]) }, 0, 'no_spend'],
  ['alignment.traced_spend_share', {}, 0, 'no_spend'],
  ['outcome.realisation_rate', { realisedToDate: { amount: amount(5), benefits: 1 } }, 0, 'no_records'],
  ['outcome.realisation_rate', { plannedToDate: { amount: amount(0), benefits: 2 } }, 2, 'zero_denominator'],
  ['outcome.confirmed_share', {}, 0, 'no_records'],
  ['efficiency.duplicate_effort_share', { duplicates: 2 }, 2, 'no_spend'],
  ['efficiency.duplicate_effort_share', { spend: amount(9) }, 0, 'zero_denominator'],
  ['efficiency.return_on_spend', { investments: 4 }, 4, 'no_spend'],
])('%s has no value without what it is divided by', (id, facts, n, nullReason) => {
  expect(computed(id, facts)).toEqual({ value: null, n, nullReason });
});

test('sums over nothing are 0, of no records', () => {
  for (const id of ['outcome.revenue_enabled', 'capability.skills_investment'] as const)
    expect(computed(id, {})).toEqual({ value: 0, n: 0, nullReason: null });
});

test('spend on the top three, with what serves no priority in the whole', () => {
  const spendByPriority = new Map([
    ['A', amount(10)],
    ['C', amount(20)],
    ['D', amount(30)],
    ['none', amount(40)],
  ]);
  const facts = { ranking: RANKING, spend: amount(100), spendByPriority };
  expect(computed('alignment.top_priority_spend_share', facts)).toEqual({ value: 0.3, n: 4, nullReason: null });
  const { detail } = metricOf('alignment.top_priority_spend_share')!.compute(
    { money: [EMPTY, { ...EMPTY, ...facts }] } as unknown as MetricFacts,
    1,
  );
  const shares = Object.entries(detail!.distribution as Record<string, { n: bigint; d: bigint }>);
  expect(shares.map(([code, { n, d }]) => [code, ratio(n, d)])).toEqual([
    ['A', 0.1],
    ['B', 0],
    ['C', 0.2],
    ['D', 0.3],
    ['none', 0.4],
  ]);
});

test('less duplicate effort than before is a reduction', () => {
  const reached = (duplicates: number) => ({
    ...EMPTY.reached,
    duplicates: amount(duplicates),
    initiatives: amount(8),
  });
  const metric = metricOf('efficiency.duplicate_effort_share')!;
  const money = [
    { ...EMPTY, reached: reached(4) },
    { ...EMPTY, reached: reached(1) },
  ];
  const { value, detail } = metric.compute({ money } as unknown as MetricFacts, 1);
  expect(value).toEqual({ n: 1n, d: 8n });
  const { n, d } = detail!.reduction as { n: bigint; d: bigint };
  expect(ratio(n, d)).toBe(0.375);
});

test('spending by period and to date, run along a third, exactly', () => {
  const nodes = [
    { type: 'investment' as const, id: 'i' },
    ...['x', 'y', 'z'].map((id) => ({ type: 'initiative' as const, id })),
  ];
  const links = ['x', 'y', 'z'].map((to) => ({ from: 'i', to, allocation: null, contribution: null }));
  const chain = buildChain(nodes, links);
  const spending = spendingOf(
    chain,
    [
      { id: 'i', bucket: 0, cost: '100' },
      { id: 'i', bucket: 1, cost: '0.05' },
      { id: 'i', bucket: 2, cost: '-20.5' },
    ],
    2,
  );
  const third = weightsAt(chain, 'allocation', wholeNodes(1, [chain.indexOf.get('y')!]));
  const inCents = ({ n, d }: { n: bigint; d: bigint }): [bigint, bigint] => [(n * 300n) / d, (n * 300n) % d];
  const all = [...spending.inPeriod, ...spending.toDate];
  expect(all.map((spent) => inCents(spendOf(spending, spent))[0])).toEqual([15n, -6150n, 30015n, 23865n]);
  expect(all.map((spent) => inCents(arriving(spending, spent, third)))).toEqual([
    [5n, 0n],
    [-2050n, 0n],
    [10005n, 0n],
    [7955n, 0n],
  ]);
});
