import type { DueForecastFigure, ForecastReason, InvestmentCase } from '../contract/case.js';
import type { Figure } from '../contract/trace.js';
import { sumOf } from '../core/benefit-status.js';
import type { Fraction } from '../core/exact-amounts.js';
import type { Owner } from './case.entries.js';
import { claiming, type Forecast, sumReason, withCalibrated } from './forecast.service.js';

/** A benefit's forecast of later months, the part of it that is due to an investment. */
export interface DueForecast {
  readonly of: Forecast;
  readonly part: Fraction;
  readonly claimed: Fraction | null;
  readonly calibrated: Fraction | null;
}

/** Benefits of which something is due to the investment and that plan or forecast later months, with their parts. */
export const dueForecasts = ({ parts, denominator }: Owner, forecasts: readonly Forecast[]): DueForecast[] =>
  forecasts.flatMap((of) => {
    const numerator = parts.get(of.row.id);
    const isAhead = of.claimed !== null || of.row.planOnlyMonths > 0;
    if (numerator === undefined || !of.row.money || !isAhead) return [];
    const due = (amount: Fraction | null): Fraction | null =>
      amount && { n: amount.n * numerator, d: amount.d * denominator };
    return [{ of, part: { n: numerator, d: denominator }, claimed: due(of.claimed), calibrated: due(of.calibrated) }];
  });

/** Σ of what is known; null where nothing is, with the reason. */
export const sumOfForecasts = (
  due: readonly DueForecast[],
  kind: 'claimed' | 'calibrated',
): { value: Fraction | null; reason: ForecastReason | null } => {
  const amounts = due.map((each) => each[kind]).filter((amount) => amount !== null);
  if (amounts.length > 0) return { value: sumOf(amounts), reason: null };
  return { value: null, reason: kind === 'claimed' ? 'no_forecast' : sumReason(due.map(({ of }) => of)) };
};

/** What those claim that have a calibrated forecast: what the sum of these is held against. */
export const claimedOfCalibrated = (due: readonly DueForecast[]): ReturnType<typeof sumOfForecasts> => {
  const counted = due.filter(({ calibrated }) => calibrated !== null);
  return counted.length === 0 ? sumOfForecasts(due, 'calibrated') : sumOfForecasts(counted, 'claimed');
};

/** What claims something and has no calibrated forecast, so that it is not in the sum of those. */
export const leftOutOf = (due: readonly DueForecast[]): Forecast[] => {
  const all = due.map(({ of }) => of);
  const counted = new Set(withCalibrated(all));
  return claiming(all).filter((of) => !counted.has(of));
};

/** The forecasts of a case as it tells them. */
export const printedForecasts = (
  due: readonly DueForecast[],
  print: (amount: Fraction | null) => string | null,
  path: (figure: Figure, more: Readonly<Record<string, string | undefined>>) => string,
): InvestmentCase['forecast'] => {
  const figure = (
    kind: 'claimed_forecast' | 'calibrated_forecast' | 'claimed_of_calibrated',
    value: Fraction | null,
    nullReason: ForecastReason | null,
    to?: string,
  ): DueForecastFigure => ({
    value: print(value),
    nullReason: value === null ? nullReason : null,
    trace: path(`case.${kind}`, { to }),
  });
  const sum = (kind: 'claimed' | 'calibrated'): DueForecastFigure => {
    const { value, reason } = sumOfForecasts(due, kind);
    return figure(`${kind}_forecast`, value, reason);
  };
  const same = claimedOfCalibrated(due);
  return {
    claimed: sum('claimed'),
    calibrated: sum('calibrated'),
    claimedOfCalibrated: figure('claimed_of_calibrated', same.value, same.reason),
    leftOut: leftOutOf(due).map(({ row }) => row.code),
    benefits: due.map(({ of, claimed, calibrated }) => ({
      code: of.row.code,
      name: of.row.name,
      claimed: figure('claimed_forecast', claimed, 'no_forecast', of.row.code),
      calibrated: figure('calibrated_forecast', calibrated, of.reason, of.row.code),
    })),
  };
};
