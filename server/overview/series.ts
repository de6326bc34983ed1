import { standingOf, fractionOf, type Months, type Thresholds } from '../core/benefit-status.js';
import { addFractions } from '../core/exact-amounts.js';
import { formatFraction } from '../core/money.js';
import type { OwnUnitQuarter } from './overview.queries.js';

const NOTHING: Months = { count: 0, sum: null, latest: null };

/** The months of two parts of a benefit's life as one; `later` follows `earlier`. */
export const joined = (earlier: Months, later: Months): Months => ({
  count: earlier.count + later.count,
  sum: sumText(earlier.sum, later.sum),
  latest: later.latest ?? earlier.latest,
});

/** Sum of two stored amounts, which have at most four decimals. */
const sumText = (a: string | null, b: string | null): string | null => {
  if (a === null || b === null) return a ?? b;
  const { n, d } = addFractions(fractionOf(a), fractionOf(b));
  return formatFraction(n, d, 4);
};

/**
 * How many benefits that are not money were on track at the end of each quarter, by the rule of `standingOf`; null where none was due.
 *
 * @param rows by benefit and quarter; what is older than the first quarter stands in a row of its own
 * @param quarters how many quarters back to go; the last of the answer is the period itself
 */
export const onTrackByQuarter = (
  rows: readonly OwnUnitQuarter[],
  quarters: number,
  thresholds: Thresholds,
): (number | null)[] => {
  const byBenefit = new Map<string, OwnUnitQuarter[]>();
  for (const row of rows) byBenefit.set(row.id, [...(byBenefit.get(row.id) ?? []), row]);
  const lives = [...byBenefit.values()].map((life) => ({
    rule: { money: false, aggregation: life[0]!.aggregation, better: life[0]!.better },
    byAgo: new Map(life.map((row) => [row.ago, row])),
    planned: NOTHING,
    realised: NOTHING,
    bothPlanned: NOTHING,
    bothRealised: NOTHING,
  }));
  const found: (number | null)[] = [];
  for (let ago = quarters; ago >= 0; ago -= 1) {
    let [due, onTrack] = [0, 0];
    for (const life of lives) {
      const row = life.byAgo.get(ago);
      if (row) {
        life.planned = joined(life.planned, months(row.plannedCount, row.plannedSum, row.plannedLatest));
        life.realised = joined(life.realised, months(row.realisedCount, row.realisedSum, row.realisedLatest));
        life.bothPlanned = joined(life.bothPlanned, months(row.bothCount, row.bothPlannedSum, row.bothPlannedLatest));
        life.bothRealised = joined(
          life.bothRealised,
          months(row.bothCount, row.bothRealisedSum, row.bothRealisedLatest),
        );
      }
      const { status } = standingOf(life, life.rule, thresholds);
      if (status !== 'not_due') due += 1;
      if (status === 'on_track') onTrack += 1;
    }
    if (ago < quarters) found.push(due === 0 ? null : onTrack);
  }
  return found;
};

const months = (count: number, sum: string | null, latest: string | null): Months => ({ count, sum, latest });
