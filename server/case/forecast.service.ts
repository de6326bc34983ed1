import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { CalibratedForecast, ForecastReason } from '../contract/case.js';
import { fractionOf } from '../core/benefit-status.js';
import type { Fraction } from '../core/exact-amounts.js';
import { formatFraction, ratio } from '../core/money.js';
import { notFound } from '../http/problem.js';
import type { Reading } from '../http/reading.js';
import { claims, type ClaimRow, type TrackRecord, trackRecords } from './forecast.queries.js';

/** Months with a forecast made three months earlier and a realised value, below which no ratio is told. */
const LEAST_MONTHS = 8;

/** What a benefit claims for the months after the period, and the same times what became of earlier forecasts of its like. */
export interface Forecast {
  readonly row: ClaimRow;
  readonly claimed: Fraction | null;
  readonly calibrated: Fraction | null;
  /** Why there is no calibrated forecast. */
  readonly reason: ForecastReason | null;
  /** Σ realised ÷ Σ forecast made three months earlier, of benefits of its type and portfolio. */
  readonly ratio: Fraction | null;
  readonly realised: Fraction | null;
  readonly forecastThen: Fraction | null;
  readonly points: number;
  readonly months: number;
}

/** Forecasts as claimed and as calibrated, beside each other: the one never stands in for the other. */
@Injectable()
export class ForecastService {
  /** All benefits of the scope, by code. Forecasts of the past count where their benefits lie in the scope, too. */
  async of(manager: EntityManager, reading: Reading): Promise<Forecast[]> {
    const tracks = new Map((await trackRecords(manager, reading)).map((track) => [keyOf(track), track]));
    return (await claims(manager, reading)).map((row) =>
      calibrated(row, row.type === null ? undefined : tracks.get(keyOf(row))),
    );
  }

  /**
   * One benefit's forecast as JSON text.
   * @throws Problem 404 for a benefit that is not there or lies outside the scope
   */
  async body(manager: EntityManager, reading: Reading, ref: string): Promise<string> {
    const found = forecastOf(await this.of(manager, reading), ref);
    const money = (amount: Fraction | null): string | null =>
      amount === null ? null : formatFraction(amount.n, amount.d, reading.decimals);
    return JSON.stringify({
      code: found.row.code,
      period: reading.period,
      currency: reading.currency,
      claimed: money(found.claimed),
      calibrated: money(found.calibrated),
      nullReason: found.reason,
      ratio: found.ratio === null ? null : ratio(found.ratio.n, found.ratio.d),
      points: found.points,
      months: found.months,
    } satisfies CalibratedForecast);
  }
}

/**
 * The benefit that a reference names: its id, or its code in any case.
 * @throws Problem 404
 */
export const forecastOf = (forecasts: readonly Forecast[], ref: string): Forecast => {
  const wanted = ref.toLowerCase();
  const found =
    forecasts.find(({ row }) => row.id === wanted) ?? forecasts.find(({ row }) => row.code.toLowerCase() === wanted);
  if (!found) throw notFound();
  return found;
};

/** Forecasts that claim something, and those of them that earlier forecasts can be held against. */
export const claiming = (forecasts: readonly Forecast[]): Forecast[] =>
  forecasts.filter(({ claimed }) => claimed !== null);
export const withCalibrated = (forecasts: readonly Forecast[]): Forecast[] =>
  forecasts.filter(({ calibrated }) => calibrated !== null);

/** Why several forecasts have no calibrated sum: nothing is claimed, or the reason that all share; too little is known where they differ. */
export const sumReason = (forecasts: readonly Forecast[]): ForecastReason => {
  const [first, ...others] = new Set(claiming(forecasts).map(({ reason }) => reason));
  if (first === undefined) return 'no_forecast';
  return others.length > 0 || first === null ? 'too_few_points' : first;
};

const keyOf = ({ type, portfolioId }: { type: string | null; portfolioId: string | null }): string =>
  `${type ?? ''} ${portfolioId ?? ''}`;

const calibrated = (row: ClaimRow, track: TrackRecord | undefined): Forecast => {
  const claimed = row.money && row.claimed !== null ? fractionOf(row.claimed) : null;
  const counted = {
    row,
    claimed,
    realised: track ? fractionOf(track.realised) : null,
    forecastThen: track ? fractionOf(track.forecast) : null,
    points: track?.points ?? 0,
    months: track?.months ?? 0,
  };
  const past = ratioOf(track);
  const reason: ForecastReason | null = !row.money
    ? 'not_money'
    : row.type === null
      ? 'unclassified'
      : claimed === null
        ? 'no_forecast'
        : past.reason;
  return {
    ...counted,
    ratio: row.money ? past.ratio : null,
    reason,
    calibrated:
      reason !== null || past.ratio === null || claimed === null
        ? null
        : { n: claimed.n * past.ratio.n, d: claimed.d * past.ratio.d },
  };
};

/** Null below so many months, or where the forecasts of then add up to 0. */
const ratioOf = (track: TrackRecord | undefined): { ratio: Fraction | null; reason: ForecastReason | null } => {
  if (!track || track.months < LEAST_MONTHS) return { ratio: null, reason: 'too_few_points' };
  const [realised, forecast] = [fractionOf(track.realised), fractionOf(track.forecast)];
  if (forecast.n === 0n) return { ratio: null, reason: 'zero_forecast' };
  const sign = forecast.n < 0n ? -1n : 1n;
  return { ratio: { n: sign * realised.n * forecast.d, d: sign * forecast.n * realised.d }, reason: null };
};
