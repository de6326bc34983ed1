import { fractionOf } from '../../core/benefit-status.js';
import { addFractions, type Fraction, ZERO } from '../../core/exact-amounts.js';
import { type BenefitKind, type MoneyFacts, type Sum } from '../../core/metrics/money.js';
import type { ValueRow } from './money.queries.js';

export type ValueFacts = Pick<
  MoneyFacts,
  'realised' | 'plannedToDate' | 'realisedToDate' | 'confirmedToDate' | 'creditedToDate'
>;

const amountOf = (text: string | null): Fraction => (text === null ? ZERO : fractionOf(text));
const NOTHING: Sum = { amount: ZERO, benefits: 0 };
const plus = ({ amount, benefits }: Sum, text: string | null, more: number): Sum => ({
  amount: addFractions(amount, amountOf(text)),
  benefits: benefits + more,
});

/** Values by type and bucket of time as facts by period: of the period, and to date. */
export const valueFacts = (
  rows: readonly ValueRow[],
  { periods, creditDenominator }: { periods: number; creditDenominator: bigint },
): ValueFacts[] => {
  const inBucket = Array.from({ length: periods + 1 }, (_, bucket) => rows.filter((row) => row.bucket === bucket));
  let [planned, realised, confirmed, credited] = [NOTHING, NOTHING, ZERO, ZERO];
  return inBucket
    .map((own): ValueFacts => {
      for (const row of own) {
        planned = plus(planned, row.planned, row.newlyPlanned);
        realised = plus(realised, row.realised, row.newlyRealised);
        confirmed = addFractions(confirmed, amountOf(row.confirmed));
        credited = addFractions(credited, amountOf(row.credited));
      }
      const ofType = (type: BenefitKind): Sum =>
        own
          .filter((row) => row.type === type)
          .reduce((sum, row) => plus(sum, row.realised, row.benefitsRealised), NOTHING);
      return {
        realised: { revenue: ofType('revenue'), cost: ofType('cost'), risk: ofType('risk') },
        plannedToDate: planned,
        realisedToDate: realised,
        confirmedToDate: confirmed,
        creditedToDate: { n: credited.n, d: credited.d * creditDenominator },
      };
    })
    .slice(1);
};
