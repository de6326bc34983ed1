import { aggregate } from '../core/benefit-status.js';
import type { Fraction } from '../core/exact-amounts.js';
import { formatFraction, ratio } from '../core/money.js';
import type { BenefitStanding } from './standing.service.js';

/** Decimals of amounts that are no money: as many as are stored, without zeros at the end. */
const OWN_UNIT_DECIMALS = 4;

/** An exact amount of money as text, rounded to the minor unit. */
export const amountText = ({ n, d }: Fraction, decimals: number): string => formatFraction(n, d, decimals);

/** An exact amount in a benefit's own unit as text: at most four decimals, no zeros at the end. */
export const ownUnitText = ({ n, d }: Fraction): string =>
  formatFraction(n, d, OWN_UNIT_DECIMALS).replace(/\.?0+$/, '');

/** a ÷ b for JSON; null where b is 0. */
export const quotient = (a: Fraction, b: Fraction): number | null => ratio(a.n * b.d, a.d * b.n);

/** Decimals of a share, which is exact in its trace. */
const SHARE_DECIMALS = 10;

/** a ÷ b as text, no zeros at the end; null where b is 0. */
export const quotientText = (a: Fraction, b: Fraction): string | null => {
  if (b.n === 0n) return null;
  const sign = b.n < 0n ? -1n : 1n;
  return formatFraction(sign * a.n * b.d, sign * a.d * b.n, SHARE_DECIMALS).replace(/\.?0+$/, '');
};

export type Aggregated = 'planned' | 'forecast' | 'realised' | 'confirmed';

/**
 * What a benefit has of a kind of value to date: of a money benefit the sum in the reporting currency; of others, in their own unit, the sum,
 * mean or latest by its aggregation. Planned and realised means and latest values are over the months that have both (what the status rests
 * on), where there is any such month. 0 where nothing is recorded.
 */
export const aggregated = (
  { row, standing }: BenefitStanding,
  kind: Aggregated,
  decimals: number,
): { amount: Fraction; text: string } => {
  const how = row.money ? 'sum' : (row.aggregation ?? 'sum');
  const amount = (kind === 'planned'
    ? standing.planned
    : kind === 'realised'
      ? standing.realised
      : kind === 'forecast'
        ? aggregate({ count: row.forecastMonths, sum: row.forecast, latest: row.latestForecast }, how)
        : aggregate({ count: row.confirmedMonths, sum: row.confirmed, latest: row.latestConfirmed }, how)) ?? {
    n: 0n,
    d: 1n,
  };
  return { amount, text: row.money ? amountText(amount, decimals) : ownUnitText(amount) };
};
