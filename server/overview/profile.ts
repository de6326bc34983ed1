import type { Profile } from '../contract/overview.js';
import { fractionOf } from '../core/benefit-status.js';
import { addFractions, type Fraction } from '../core/exact-amounts.js';
import { addPeriods } from '../core/period.js';
import { minus, textOf, type Unit } from '../trace/figure.js';
import type { ValueQuarter } from './overview.queries.js';
import { impactOf, type Question, type TracedFigures } from './traced-figures.js';

/** Quarters shown: up to the period, and after it. */
const BEFORE = 4;
const AFTER = 4;

type Quarter = Profile['quarters'][number];
type Kind = 'planned' | 'realised' | 'outlook';

/** A sum; null where nothing is recorded. */
const amountOf = (row: ValueQuarter | undefined, kind: Kind): Fraction | null =>
  !row || row[`${kind}Count`] === 0 || row[kind] === null ? null : fractionOf(row[kind]);

const added = (amounts: Iterable<Fraction | null>): Fraction | null => {
  let sum: Fraction | null = null;
  for (const amount of amounts) if (amount) sum = sum ? addFractions(sum, amount) : amount;
  return sum;
};

/** The quarters around the period, without those at both ends in which nothing is recorded; all of them where only further ones hold anything. */
export const shownQuarters = (rows: readonly Pick<ValueQuarter, 'ago'>[]): number[] => {
  const window = Array.from({ length: BEFORE + AFTER }, (_, index) => BEFORE - 1 - index);
  const recorded = new Set(rows.map((row) => row.ago));
  if (recorded.size === 0) return [];
  const first = window.findIndex((ago) => recorded.has(ago));
  const last = window.findLastIndex((ago) => recorded.has(ago));
  return first < 0 ? window : window.slice(first, last + 1);
};

/** Money benefits by quarter: what came, then what is expected, against the plan. */
export const profileOf = (
  figures: TracedFigures,
  rows: readonly ValueQuarter[],
  period: string,
  money: Unit,
): Quarter[] => {
  const byAgo = new Map(rows.map((row) => [row.ago, row]));
  const sumUpTo = (ago: number, kind: Kind, from = Infinity): Fraction | null =>
    added(rows.filter((row) => row.ago >= ago && row.ago <= from).map((row) => amountOf(row, kind)));
  const part = (
    value: Fraction | null,
    planned: Fraction | null,
    paths: Record<'value' | 'planned' | 'variance', string>,
  ): Quarter['quarter'] => {
    const variance = value && planned && minus(value, planned);
    const text = (amount: Fraction | null): string | null => (amount ? textOf(amount, money) : null);
    return {
      value: { value: text(value), trace: paths.value },
      planned: { value: text(planned), trace: paths.planned },
      variance: { value: text(variance), trace: paths.variance, impact: impactOf(variance, 1n) },
    };
  };
  return shownQuarters(rows).map((ago): Quarter => {
    const at = addPeriods(period, -ago);
    const row = byAgo.get(ago);
    const quarter: Question = { period: at, span: 'period' };
    const toDate: Question = { period: at, span: 'to_date' };
    const until: Question = { until: at };
    const isPast = ago >= 0;
    const planned = { planned: figures.path('planned', quarter) };
    const plannedSoFar = { planned: figures.path('planned', toDate) };
    return {
      period: at,
      scenario: isPast ? 'AC' : 'FC',
      isProvisional: isPast && row !== undefined && row.unmeasuredCount > 0,
      quarter: isPast
        ? part(amountOf(row, 'realised'), amountOf(row, 'planned'), {
            ...planned,
            value: figures.path('realised', quarter),
            variance: figures.path('variance.realised', quarter),
          })
        : part(amountOf(row, 'outlook'), amountOf(row, 'planned'), {
            ...planned,
            value: figures.path('outlook', quarter),
            variance: figures.path('variance.outlook', quarter),
          }),
      cumulative: isPast
        ? part(sumUpTo(ago, 'realised'), sumUpTo(ago, 'planned'), {
            ...plannedSoFar,
            value: figures.path('realised', toDate),
            variance: figures.path('variance.realised', toDate),
          })
        : part(added([sumUpTo(0, 'realised'), sumUpTo(ago, 'outlook', -1)]), sumUpTo(ago, 'planned'), {
            ...plannedSoFar,
            value: figures.path('expected', until),
            variance: figures.path('variance.expected', until),
          }),
    };
  });
};
