import { fractionOf, sumOf } from '../core/benefit-status.js';
import { type Fraction, ZERO } from '../core/exact-amounts.js';
import { quotientText } from './amounts.js';
import type { BenefitRow } from './standing.queries.js';

/**
 * The rates of realisation (model §3): against the current and the baseline plan, over the measured months alone, and what part of the planned
 * months is measured. None of them stands without the others. Pure.
 */
export const RATE_KINDS = ['current', 'baseline', 'measured', 'coverage'] as const;
export type RateKind = (typeof RATE_KINDS)[number];

const amount = (text: string | null): Fraction => (text === null ? ZERO : fractionOf(text));
const months = (count: number): Fraction => ({ n: BigInt(count), d: 1n });

/** What a rate divides, of one benefit: amounts, or months. */
export const RATE_PARTS: Record<RateKind, Record<'part' | 'whole', (row: BenefitRow) => Fraction>> = {
  current: { part: (row) => amount(row.realised), whole: (row) => amount(row.planned) },
  baseline: { part: (row) => amount(row.realised), whole: (row) => amount(row.baseline) },
  measured: { part: (row) => amount(row.coveredRealised), whole: (row) => amount(row.coveredPlanned) },
  coverage: { part: (row) => months(row.coveredMonths), whole: (row) => months(row.plannedMonths) },
};

/** The two sums of a rate over benefits that can be added: money, in one currency. */
export const rateSums = (rows: readonly BenefitRow[], kind: RateKind): Record<'part' | 'whole', Fraction> => ({
  part: sumOf(rows.map(RATE_PARTS[kind].part)),
  whole: sumOf(rows.map(RATE_PARTS[kind].whole)),
});

export const isMeasured = (rows: readonly Pick<BenefitRow, 'realisedMonths'>[]): boolean =>
  rows.some((row) => row.realisedMonths > 0);

/** A rate is not said where nothing is measured: 0 % would be a finding. */
export const ratesOf = (rows: readonly BenefitRow[]): Record<RateKind, string | null> => {
  const isSaid = isMeasured(rows);
  const rate = (kind: RateKind): string | null => {
    const { part, whole } = rateSums(rows, kind);
    return quotientText(part, whole);
  };
  return {
    current: isSaid ? rate('current') : null,
    baseline: isSaid ? rate('baseline') : null,
    measured: rate('measured'),
    coverage: rate('coverage'),
  };
};

/** Of the benefits that have a plan: how many were approved, and of how many the current plan stands in. */
export const plansAmong = (rows: readonly BenefitRow[]): { fixed: number; standIns: number } => {
  const planned = rows.filter((row) => row.plannedMonths + row.baselineMonths > 0);
  const fixed = planned.filter((row) => row.isPlanFixed).length;
  return { fixed, standIns: planned.length - fixed };
};
