import { type Fraction, minus } from '../exact-amounts.js';
import { type Computed, counted, type Metric, money as amountOf, none, quotient, valued } from './metric.js';
import type { MoneyFacts } from './money.js';

/** Mean cost to date of records of one layer. */
const meanCost = (money: MoneyFacts, layer: 'capability' | 'outcome', ids: readonly string[]): Computed => {
  if (ids.length === 0) return none('no_records');
  const cost = money.costOf(layer, ids, 'to_date');
  return valued({ n: cost.n, d: cost.d * BigInt(ids.length) }, ids.length, {
    inputs: [
      amountOf('Their cost to date', cost),
      counted(
        layer === 'capability' ? 'Capabilities that reached their target' : 'Outcomes that first met their target',
        ids.length,
      ),
    ],
  });
};

const costPerCapability: Metric = {
  id: 'efficiency.cost_per_capability',
  name: 'Cost per capability',
  question: 'What does it cost us to bring a capability to its target?',
  why: 'A capability that reaches its target is something that money bought. What it took tells whether the next one is affordable.',
  unit: 'money',
  better: 'lower',
  distance: 2,
  formula: {
    text: 'Of the capabilities that first reached their target level in the period, the cost that the links lead to them, from the first month to the period’s end; the mean of these.',
    expression: 'Σ C(capability) to date ÷ n(capabilities that reached their target)',
    version: '1',
  },
  fold: { of: 'mean', a: 'cost', b: null },
  scopes: { portfolio: false, unit: true },
  needs: ['money', 'capabilities'],
  compute: ({ money, capabilities }, at) => meanCost(money[at]!, 'capability', capabilities[at]!.reachedTarget),
};

const costPerOutcome: Metric = {
  id: 'efficiency.cost_per_outcome',
  name: 'Cost per outcome',
  question: 'What does it cost us to achieve an outcome?',
  why: 'Cost per project says how much was done; cost per outcome says what it took to change something for the business.',
  unit: 'money',
  better: 'lower',
  distance: 2,
  formula: {
    text: 'Of the outcomes whose measurements first met the target in the period, the cost that the links lead to them, from the first month to the period’s end; the mean of these.',
    expression: 'Σ C(outcome) to date ÷ n(outcomes that first met their target)',
    version: '1',
  },
  fold: { of: 'mean', a: 'cost', b: null },
  scopes: { portfolio: false, unit: true },
  needs: ['money', 'measurements'],
  compute: ({ money, measurements }, at) =>
    meanCost(
      money[at]!,
      'outcome',
      measurements[at]!.outcomes.filter(({ firstMet }) => firstMet).map(({ id }) => id),
    ),
};

const duplicateShare = ({ reached: { duplicates, initiatives } }: MoneyFacts): Fraction | null =>
  quotient(duplicates, initiatives);

const duplicateEffortShare: Metric = {
  id: 'efficiency.duplicate_effort_share',
  name: 'Duplicate effort share',
  question: 'How much of our money does the same thing twice?',
  why: 'Effort that repeats another initiative’s work is the cheapest saving there is: nobody loses what they need.',
  unit: 'share',
  better: 'lower',
  distance: 2,
  formula: {
    text: 'Cost in the period of initiatives marked as duplicating another, divided by the cost of all initiatives. Beside it stands by how much this is less than in the period before.',
    expression: 'Σ C(initiatives marked as duplicates) ÷ Σ C(initiatives)',
    version: '1',
  },
  beside: { reduction: { label: 'Less than in the period before by', unit: 'share' } },
  fold: { of: 'ratio', a: 'part', b: 'cost' },
  scopes: { portfolio: true, unit: true },
  needs: ['money'],
  compute({ money }, at) {
    const facts = money[at]!;
    const [before, now] = [duplicateShare(money[at - 1]!), duplicateShare(facts)];
    const detail = { reduction: before === null || now === null ? null : minus(before, now) };
    if (now === null) return none(facts.spend.n === 0n ? 'no_spend' : 'zero_denominator', facts.duplicates, detail);
    return valued(now, facts.duplicates, {
      detail,
      inputs: [
        amountOf('Cost of initiatives marked as duplicates', facts.reached.duplicates),
        amountOf('Cost of all initiatives', facts.reached.initiatives, { id: 'reached.initiative', span: 'period' }),
      ],
    });
  },
};

const returnOnSpend: Metric = {
  id: 'efficiency.return_on_spend',
  name: 'Return on spend',
  question: 'What has come back for each unit of money that we spent?',
  why: 'The sum of it all: value that was realised and can be credited to our investments, for what they have cost so far.',
  unit: 'share',
  better: 'higher',
  distance: 0,
  formula: {
    text: 'The realised value to date that the links credit to investments, divided by the actual cost to date. 100 % means that what was spent has come back.',
    expression: 'Σ V_realised(investments) to date ÷ spend to date',
    version: '1',
  },
  fold: { of: 'ratio', a: 'value', b: 'cost' },
  scopes: { portfolio: true, unit: true },
  needs: ['money'],
  compute({ money }, at) {
    const { creditedToDate, spendToDate, investments } = money[at]!;
    const value = quotient(creditedToDate, spendToDate);
    if (value === null) return none('no_spend', investments);
    return valued(value, investments, {
      inputs: [
        amountOf('Realised value credited to investments', creditedToDate),
        amountOf('Spend to date', spendToDate, { id: 'spend', span: 'to_date' }),
      ],
    });
  },
};

export const efficiencyMetrics: readonly Metric[] = [
  costPerCapability,
  costPerOutcome,
  duplicateEffortShare,
  returnOnSpend,
];
