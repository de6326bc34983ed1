import { addFractions, type Fraction, ZERO } from '../exact-amounts.js';
import type { MoneyFacts } from './money.js';
import {
  type Computed,
  counted,
  type Metric,
  type MetricInput,
  money as amountOf,
  none,
  quotient,
  valued,
} from './metric.js';
import { fundingShift, kendallTau, stability, topOf, totalOf } from './rankings.js';

const SPEND = { id: 'spend', span: 'period' } as const;

/** Ranks that count as top priorities. */
const TOP = 3;

/** A part of the spend ÷ all of it. */
const shareOfSpend = (part: MetricInput & { value: Fraction }, spend: Fraction, n: number): Computed => {
  const share = quotient(part.value, spend);
  if (share === null) return none('no_spend', n);
  return valued(share, n, { inputs: [part, amountOf('Spend in the period', spend, SPEND)] });
};

const strategicSpendShare: Metric = {
  id: 'alignment.strategic_spend_share',
  name: 'Strategic spend share',
  question: 'How much of our money builds what the strategy depends on?',
  why: 'A strategy shows in where the money goes: spend that reaches no strategic capability pays for something else.',
  unit: 'share',
  better: 'higher',
  distance: 4,
  formula: {
    text: 'The part of the period’s spend that the links lead to capabilities marked strategic, divided by all spend of the period.',
    expression: 'Σ C(strategic capabilities) ÷ spend',
    version: '1',
  },
  fold: { of: 'ratio', a: 'part', b: 'spend' },
  scopes: { portfolio: true, unit: true },
  needs: ['money'],
  compute({ money }, at) {
    const { reached, spend, strategicCapabilities } = money[at]!;
    if (strategicCapabilities === 0) return none('nothing_strategic');
    const part = reached.strategicCapabilities;
    return shareOfSpend(
      { label: 'Spend that reaches strategic capabilities', value: part, unit: 'money' },
      spend,
      strategicCapabilities,
    );
  },
};

/** Each priority's share of the spend, with those ranked on top and what serves no priority; null where nothing was spent. */
const distributionOf = ({ spend, spendByPriority, ranking }: MoneyFacts): Record<string, Fraction | null> =>
  Object.fromEntries(
    [...new Set([...ranking.filter(({ rank }) => rank <= TOP).map(({ code }) => code), ...spendByPriority.keys()])].map(
      (code) => [code, quotient(spendByPriority.get(code) ?? ZERO, spend)],
    ),
  );

const topPrioritySpendShare: Metric = {
  id: 'alignment.top_priority_spend_share',
  name: 'Top priority spend share',
  question: 'How much of our money goes to the three highest priorities?',
  why: 'Priorities that receive no money are announcements. The three that matter most should be seen in the accounts.',
  unit: 'share',
  better: 'higher',
  distance: 4,
  formula: {
    text: 'Spend in the period of investments that serve a priority ranked 1 to 3 in the period, divided by all spend of the period. The distribution shows every priority’s share, and what serves none.',
    expression: 'Σ actual(priority ranked 1–3) ÷ Σ actual',
    version: '1',
  },
  beside: {
    distribution: {
      label: 'Share of spend by priority',
      unit: 'share',
      of: { type: 'priority', none: 'Serves no priority' },
    },
  },
  fold: { of: 'ratio', a: 'part', b: 'spend' },
  scopes: { portfolio: true, unit: true },
  needs: ['money'],
  compute({ money }, at) {
    const facts = money[at]!;
    const detail = { distribution: distributionOf(facts) };
    const { ranking, spend, spendByPriority } = facts;
    if (ranking.length === 0) return none('no_ranking', 0, detail);
    const part = ranking
      .filter(({ rank }) => rank <= TOP)
      .reduce((sum, { code }) => addFractions(sum, spendByPriority.get(code) ?? ZERO), ZERO);
    const input = { label: 'Spend on priorities ranked 1 to 3', value: part, unit: 'money' } as const;
    return { ...shareOfSpend(input, spend, ranking.length), detail };
  },
};

const priorityStability: Metric = {
  id: 'alignment.priority_stability',
  name: 'Priority stability',
  question: 'Do our priorities last long enough to be delivered?',
  why: 'Priorities that change each quarter restart work that is under way; some change is learning, much of it is waste.',
  unit: 'share',
  better: 'higher',
  distance: 4,
  formula: {
    text: 'Of the five highest priorities of the period before (all, where there are fewer), the share that is still among the five highest. Beside it Kendall’s tau-b over the priorities ranked in both periods: 1 is the same order, −1 the reverse.',
    expression: 'n(top 5 before ∩ top 5 now) ÷ n(top 5 before)',
    version: '1',
  },
  beside: { kendallTau: { label: 'Kendall’s tau-b of the whole order', unit: 'number' } },
  fold: { of: 'mean', a: 'still', b: null },
  scopes: { portfolio: false, unit: false },
  needs: ['money'],
  compute({ money }, at) {
    const [before, now] = [money[at - 1]!.ranking, money[at]!.ranking];
    const n = topOf(before).length;
    const value = stability(before, now);
    const detail = { kendallTau: kendallTau(before, now) };
    if (value === null) return none('no_ranking', n, detail);
    const inputs = [
      { label: 'Still among the five highest', value: { n: value.n, d: 1n }, unit: 'count' as const },
      counted('Among the five highest in the period before', n),
    ];
    return valued(value, n, { detail, inputs });
  },
};

const fundingShiftMetric: Metric = {
  id: 'alignment.funding_shift',
  name: 'Funding shift',
  question: 'Does money follow priorities, or history?',
  why: 'Where rankings change and the split of the money does not, last year’s budget decides. Where money moves without a change of rank, somebody else does.',
  unit: 'share',
  better: 'none',
  distance: 4,
  formula: {
    text: 'How far each priority’s share of spend moved since the period before, added up without signs and halved; spend that serves no priority counts as one. 0 is the same split, 1 is a split that has nothing in common.',
    expression: '½ · Σ |share now − share before|',
    version: '1',
  },
  fold: { of: 'sum', a: 'half', b: null },
  scopes: { portfolio: true, unit: true },
  needs: ['money'],
  compute({ money }, at) {
    const [before, now] = [money[at - 1]!.spendByPriority, money[at]!.spendByPriority];
    const value = fundingShift(before, now);
    if (value === null) return none('no_spend');
    const priorities = new Set([...before.keys(), ...now.keys()]).size;
    return valued(value, priorities, {
      inputs: [
        amountOf('Spend in the period', totalOf(now), SPEND),
        amountOf('Spend in the period before', totalOf(before), { ...SPEND, isBefore: true }),
        counted('Priorities with spend in either, none as one', priorities),
      ],
    });
  },
};

const tracedSpendShare: Metric = {
  id: 'alignment.traced_spend_share',
  name: 'Traced spend share',
  question: 'How much of our money can be followed to a benefit?',
  why: 'Money whose purpose nobody can name cannot be defended. What is not traced is either missing a link or missing a reason.',
  unit: 'share',
  better: 'higher',
  distance: 4,
  formula: {
    text: 'The part of the period’s spend that the links lead all the way to a benefit, divided by all spend of the period.',
    expression: 'Σ C(benefits) ÷ spend',
    version: '1',
  },
  fold: { of: 'ratio', a: 'part', b: 'spend' },
  scopes: { portfolio: true, unit: true },
  needs: ['money'],
  compute({ money }, at) {
    const { reached, spend, spending } = money[at]!;
    const figure = { id: 'traced_spend', span: 'period' } as const;
    const part = { label: 'Spend that reaches a benefit', value: reached.benefits, unit: 'money', figure } as const;
    return shareOfSpend(part, spend, spending);
  },
};

export const alignmentMetrics: readonly Metric[] = [
  strategicSpendShare,
  topPrioritySpendShare,
  priorityStability,
  fundingShiftMetric,
  tracedSpendShare,
];
