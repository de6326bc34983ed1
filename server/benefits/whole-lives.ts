import type { Forecast } from '../case/forecast.service.js';
import type { ForecastReason } from '../contract/case.js';
import { fractionOf, sumOf } from '../core/benefit-status.js';
import { addFractions, type Fraction, minus } from '../core/exact-amounts.js';

/** Whole lives of money benefits: as expected with their claimed forecasts, and with what earlier forecasts of their like came to. Pure. */
export interface WholeLife {
  readonly of: Forecast;
  /** Realised to date and the outlook of later months; null where nothing is recorded. */
  readonly expected: Fraction | null;
  /** The same with the calibrated in the place of the claimed forecast. */
  readonly calibrated: Fraction | null;
  /** Why there is no calibrated whole life. */
  readonly reason: ForecastReason | null;
}

/** @param expected in the reporting currency, as text */
export const wholeLifeOf = (of: Forecast, expected: string | null): WholeLife => {
  const amount = of.row.money && expected !== null ? fractionOf(expected) : null;
  const isKnown = amount !== null && of.claimed !== null && of.calibrated !== null;
  return {
    of,
    expected: amount,
    calibrated: isKnown ? addFractions(minus(amount, of.claimed), of.calibrated) : null,
    reason: of.reason,
  };
};

/** What several lives add up to: those with a calibrated forecast, and those that forecast nothing more. */
export interface CalibratedLives {
  readonly counted: readonly WholeLife[];
  /** They claim something, and too little is known of earlier forecasts of their like. */
  readonly leftOut: readonly WholeLife[];
  /** Null where no life has a calibrated forecast. */
  readonly calibrated: Fraction | null;
  /** As the same benefits claim it. */
  readonly expected: Fraction | null;
}

/** A whole life without a claim counts as it stands: nothing of it is forecast. */
export const calibratedLives = (lives: readonly WholeLife[]): CalibratedLives => {
  const money = lives.filter(({ expected }) => expected !== null);
  const leftOut = money.filter((life) => life.calibrated === null && life.of.claimed !== null);
  const counted = money.filter((life) => !leftOut.includes(life));
  const isKnown = counted.some(({ calibrated }) => calibrated !== null);
  return {
    counted,
    leftOut,
    calibrated: isKnown ? sumOf(counted.map(({ calibrated, expected }) => calibrated ?? expected)) : null,
    expected: isKnown ? sumOf(counted.map(({ expected }) => expected)) : null,
  };
};
