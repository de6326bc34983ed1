import type { MetricId } from '../../contract/metric.js';
import { addFractions, type Fraction, ZERO } from '../exact-amounts.js';
import {
  type Computed,
  counted,
  type Metric,
  type MetricInput,
  money as amountOf,
  none,
  quotient,
  valued,
  whole,
} from './metric.js';
import type { BenefitKind } from './money.js';
import type { OutcomeAt } from './outcomes.js';

/** Outcomes of the scope as they stand at the end of one period. */
export interface MeasurementFacts {
  readonly period: string;
  readonly outcomes: readonly OutcomeAt[];
}

const realisedOf = (
  id: MetricId,
  type: BenefitKind,
  { name, question, why, what }: { name: string; question: string; why: string; what: string },
): Metric => ({
  id,
  name,
  question,
  why,
  unit: 'money',
  better: 'higher',
  distance: 0,
  formula: {
    text: `What was reported as realised in the period for money benefits of type ${type}: ${what} Each month at its exchange rate, added up; a negative value counts as such.`,
    expression: `Σ realised(type ${type}) × rate(currency, month)`,
    version: '1',
  },
  accumulates: true,
  fold: { of: 'sum', a: 'realised', b: null },
  scopes: { portfolio: true, unit: true },
  needs: ['money'],
  compute({ money }, at) {
    const { amount, benefits } = money[at]!.realised[type];
    return valued(amount, benefits, {
      inputs: [amountOf(`Realised value of type ${type}`, amount), counted('Benefits with a value', benefits)],
      isBlank: benefits === 0,
    });
  },
});

const revenueEnabled = realisedOf('outcome.revenue_enabled', 'revenue', {
  name: 'Revenue enabled',
  question: 'What revenue did we help the business to earn?',
  why: 'Growth is the benefit that a business feels first, and the one that is most often promised.',
  what: 'revenue that the business would not have had.',
});
const costSaved = realisedOf('outcome.cost_saved', 'cost', {
  name: 'Cost saved',
  question: 'What cost did we take out of the business?',
  why: 'Savings are the benefit that finance can see in the accounts, or cannot.',
  what: 'cost that the business no longer has.',
});
const riskReduced = realisedOf('outcome.risk_reduced', 'risk', {
  name: 'Risk reduced',
  question: 'What losses did we help the business to avoid?',
  why: 'What does not happen is easily forgotten; valued in money it can stand beside revenue and cost.',
  what: 'the value of losses that are now less likely, or smaller.',
});

type MoneyInput = MetricInput & { readonly value: Fraction };
const toDate = (id: 'realised' | 'planned' | 'confirmed', value: Fraction): MoneyInput => ({
  label: `${id.charAt(0).toUpperCase()}${id.slice(1)} value to date`,
  value,
  unit: 'money',
  figure: { id, span: 'to_date' },
});

const over = (part: MoneyInput, all: MoneyInput, n: number): Computed => {
  if (n === 0) return none('no_records');
  const value = quotient(part.value, all.value);
  return value === null ? none('zero_denominator', n) : valued(value, n, { inputs: [part, all] });
};

const realisationRate: Metric = {
  id: 'outcome.realisation_rate',
  name: 'Realisation rate',
  question: 'Do we get what we planned to get?',
  why: 'The one figure that says whether plans come true. A month that nobody measured counts as planned and not as realised: what is not proven is not value.',
  unit: 'share',
  better: 'higher',
  distance: 0,
  formula: {
    text: 'Realised value of all money benefits to date, divided by what their current plans promise to date.',
    expression: 'Σ realised to date ÷ Σ planned to date',
    version: '1',
  },
  fold: { of: 'ratio', a: 'realised', b: 'planned' },
  scopes: { portfolio: true, unit: true },
  needs: ['money'],
  compute({ money }, at) {
    const { plannedToDate: planned, realisedToDate: realised } = money[at]!;
    return over(toDate('realised', realised.amount), toDate('planned', planned.amount), planned.benefits);
  },
};

const confirmedShare: Metric = {
  id: 'outcome.confirmed_share',
  name: 'Confirmed share',
  question: 'How much of what we report has somebody else confirmed?',
  why: 'Benefits that only their owner believes in do not survive a budget round. Confirmed is what finance has accepted.',
  unit: 'share',
  better: 'higher',
  distance: 0,
  formula: {
    text: 'Realised value to date that someone other than its reporter confirmed, divided by all realised value to date, of money benefits.',
    expression: 'Σ confirmed to date ÷ Σ realised to date',
    version: '1',
  },
  fold: { of: 'ratio', a: 'confirmed', b: 'realised' },
  scopes: { portfolio: true, unit: true },
  needs: ['money'],
  compute({ money }, at) {
    const { confirmedToDate, realisedToDate: realised } = money[at]!;
    return over(toDate('confirmed', confirmedToDate), toDate('realised', realised.amount), realised.benefits);
  },
};

/** Attainments of experience outcomes; those whose target is the baseline have none. */
export const experienceOf = (outcomes: readonly OutcomeAt[]): Fraction[] =>
  outcomes.flatMap(({ type, attainment }) => (type === 'experience' && attainment !== null ? [attainment] : []));

const experienceImprovement: Metric = {
  id: 'outcome.experience_improvement',
  name: 'Experience improvement',
  question: 'Do customers and staff have a better experience?',
  why: 'Experience is measured in its own units: how far it has come from where it was to where it should be makes it comparable.',
  unit: 'share',
  better: 'higher',
  distance: 1,
  formula: {
    text: 'Of each experience outcome that was measured by the end of the period, the part of the way from its baseline to its target that the latest measurement has covered; the mean of these.',
    expression: 'mean((latest − baseline) ÷ (target − baseline))',
    version: '1',
  },
  fold: { of: 'mean', a: 'attainment', b: null },
  scopes: { portfolio: false, unit: true },
  needs: ['measurements'],
  compute({ measurements }, at) {
    const attained = experienceOf(measurements[at]!.outcomes);
    const sum = attained.reduce(addFractions, ZERO);
    const mean = quotient(sum, whole(attained.length));
    return mean === null
      ? none('no_records')
      : valued(mean, attained.length, {
          inputs: [
            { label: 'Attainments added up', value: sum, unit: 'number' },
            counted('Experience outcomes', attained.length),
          ],
        });
  },
};

const attainedShare: Metric = {
  id: 'outcome.attained_share',
  name: 'Attained share',
  question: 'How many of the outcomes that were due have we achieved?',
  why: 'An outcome has a date so that it can be missed. Those that are due and not attained deserve a conversation.',
  unit: 'share',
  better: 'higher',
  distance: 1,
  formula: {
    text: 'Outcomes whose target date lies before the end of the period and whose latest measurement meets the target, divided by all outcomes whose target date lies before the end of the period.',
    expression: 'n(due and met) ÷ n(due)',
    version: '1',
  },
  fold: { of: 'mean', a: 'met', b: null },
  scopes: { portfolio: false, unit: true },
  needs: ['measurements'],
  compute({ measurements }, at) {
    const due = measurements[at]!.outcomes.filter(({ isDue }) => isDue);
    const met = due.filter(({ isMet }) => isMet).length;
    const share = quotient(whole(met), whole(due.length));
    return share === null
      ? none('no_records')
      : valued(share, due.length, {
          inputs: [counted('Outcomes due and attained', met), counted('Outcomes due', due.length)],
        });
  },
};

export const outcomeMetrics: readonly Metric[] = [
  revenueEnabled,
  costSaved,
  riskReduced,
  experienceImprovement,
  realisationRate,
  confirmedShare,
  attainedShare,
];
