import type { Profile } from '../contract/overview.js';
import { fractionOf } from '../core/benefit-status.js';
import { addFractions, type Fraction, minus } from '../core/exact-amounts.js';
import { addPeriods, comparePeriods, monthOf, periodOf, periodStart } from '../core/period.js';
import type { Reading } from '../http/reading.js';
import { textOf, type Unit } from '../trace/figure.js';
import type { ValueQuarter } from './overview.queries.js';
import { impactOf, type Question, type TracedFigures } from './traced-figures.js';

/** Quarters shown: up to the period, and after it. */
const BEFORE = 4;
const AFTER = 4;

type Quarter = Profile['quarters'][number];
type Kind = 'planned' | 'realised' | 'outlook' | 'pending';

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

/**
 * How many quarters back from the period the realised end and the outlook begins: 0, but for a period that is not over. A quarter of which no
 * month is over has nothing to show but its outlook, unless somebody has reported on it already.
 */
const turnOf = (
  rows: readonly ValueQuarter[],
  { period, underWay, startMonth }: Pick<Reading, 'period' | 'underWay' | 'startMonth'>,
): number => {
  const now = periodOf(monthOf(underWay), startMonth);
  const ahead = -comparePeriods(now, period);
  if (ahead < 0) return 0;
  const hasBegun =
    periodStart(now, startMonth) < underWay || rows.some((row) => row.ago === ahead && row.realisedCount > 0);
  return hasBegun ? ahead : ahead + 1;
};

/** Money benefits by quarter: what came, then what is expected, against the plan. */
export const profileOf = (
  figures: TracedFigures,
  rows: readonly ValueQuarter[],
  reading: Pick<Reading, 'period' | 'underWay' | 'startMonth'>,
  money: Unit,
): Quarter[] => {
  const { period } = reading;
  const turn = turnOf(rows, reading);
  const base = addPeriods(period, -turn);
  const byAgo = new Map(rows.map((row) => [row.ago, row]));
  const sumUpTo = (ago: number, kind: Kind, from = Infinity): Fraction | null =>
    added(rows.filter((row) => row.ago >= ago && row.ago <= from).map((row) => amountOf(row, kind)));
  const part = (
    value: Fraction | null,
    planned: Fraction | null,
    paths: Record<'value' | 'planned' | 'variance', string>,
    { isPending = false, isUnknown = false } = {},
  ): Quarter['quarter'] => {
    const variance = isUnknown ? null : value && planned && minus(value, planned);
    const text = (amount: Fraction | null): string | null => (amount ? textOf(amount, money) : null);
    return {
      value: { value: text(value), trace: paths.value },
      planned: { value: text(planned), trace: paths.planned },
      variance: { value: text(variance), trace: paths.variance, impact: impactOf(variance, 1n, isPending) },
    };
  };
  // Where months that are over are planned and none is measured, what is expected cannot be held against a plan.
  const isUnmeasured =
    sumUpTo(turn, 'planned') !== null && sumUpTo(turn, 'realised') === null && sumUpTo(turn, 'pending') === null;
  return shownQuarters(rows).map((ago): Quarter => {
    const at = addPeriods(period, -ago);
    const row = byAgo.get(ago);
    const quarter: Question = { period: at, span: 'period' };
    const toDate: Question = { period: at, span: 'to_date' };
    const until: Question = { period: base, until: at };
    const isPast = ago >= turn;
    const isPending = isPast && (row?.pendingCount ?? 0) > 0;
    const planned = { planned: figures.path('planned', quarter) };
    const plannedSoFar = { planned: figures.path('planned', toDate) };
    return {
      period: at,
      scenario: isPast ? 'AC' : 'FC',
      isProvisional: isPast && row !== undefined && row.unmeasuredCount > 0,
      quarter: isPast
        ? part(
            amountOf(row, 'realised'),
            amountOf(row, 'planned'),
            {
              ...planned,
              value: figures.path('realised', quarter),
              variance: figures.path('variance.realised', quarter),
            },
            { isPending },
          )
        : part(amountOf(row, 'outlook'), amountOf(row, 'planned'), {
            ...planned,
            value: figures.path('outlook', quarter),
            variance: figures.path('variance.outlook', quarter),
          }),
      cumulative: isPast
        ? part(
            sumUpTo(ago, 'realised'),
            sumUpTo(ago, 'planned'),
            {
              ...plannedSoFar,
              value: figures.path('realised', toDate),
              variance: figures.path('variance.realised', toDate),
            },
            { isPending },
          )
        : part(
            added([sumUpTo(turn, 'realised'), sumUpTo(turn, 'pending'), sumUpTo(ago, 'outlook', turn - 1)]),
            sumUpTo(ago, 'planned'),
            {
              ...plannedSoFar,
              value: figures.path('expected', until),
              variance: figures.path('variance.expected', until),
            },
            { isUnknown: isUnmeasured },
          ),
    };
  });
};
