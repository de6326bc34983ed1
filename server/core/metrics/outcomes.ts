/** What measurements say of outcomes at the end of a period (`model.md` §4). Pure, exact. */
import { type Fraction, minus } from '../exact-amounts.js';
import { quotient } from './metric.js';

/** Measurements of one outcome in one bucket of time. */
export interface Measurements {
  readonly latest: Fraction;
  readonly lowest: Fraction;
  readonly highest: Fraction;
}

/** An outcome with what was measured: 0 before the first period, then by period. */
export interface MeasuredOutcome {
  readonly id: string;
  readonly type: string | null;
  readonly baseline: Fraction | null;
  readonly target: Fraction | null;
  /** Day; null where none is set. */
  readonly targetDate: string | null;
  readonly better: 'higher' | 'lower' | null;
  readonly measurements: ReadonlyMap<number, Measurements>;
}

/** What is known of an outcome at the end of a period. */
export interface OutcomeAt {
  readonly id: string;
  readonly type: string | null;
  /** Of the latest measurement; null where nothing is measured. */
  readonly latest: Fraction | null;
  /** (latest − baseline) ÷ (target − baseline); null where one of them is missing, or the target is the baseline. */
  readonly attainment: Fraction | null;
  /** Its target date lies before the period's end. */
  readonly isDue: boolean;
  /** The latest measurement meets the target. */
  readonly isMet: boolean;
  /** A measurement of this period is the first that met the target. */
  readonly firstMet: boolean;
}

const isAtLeast = (a: Fraction, b: Fraction): boolean => a.n * b.d >= b.n * a.d;

/** Which way is better: as stated, else lower where the target lies below the baseline. */
export const betterOf = ({ better, baseline, target }: MeasuredOutcome): 'higher' | 'lower' =>
  better ?? (baseline !== null && target !== null && !isAtLeast(target, baseline) ? 'lower' : 'higher');

/** (latest − baseline) ÷ (target − baseline), exactly: 1 is attained, more is beyond it, below 0 is worse than the baseline. */
export const attainmentOf = (
  baseline: Fraction | null,
  target: Fraction | null,
  latest: Fraction | null,
): Fraction | null =>
  baseline === null || target === null || latest === null
    ? null
    : quotient(minus(latest, baseline), minus(target, baseline));

/**
 * An outcome at the end of a period.
 * @param bucket of the period in `measurements`
 * @param end the day after the period's last
 */
export const outcomeAt = (outcome: MeasuredOutcome, bucket: number, end: string): OutcomeAt => {
  const { id, type, baseline, target, targetDate, measurements } = outcome;
  const isHigher = betterOf(outcome) === 'higher';
  const meets = (value: Fraction): boolean =>
    target !== null && (isHigher ? isAtLeast(value, target) : isAtLeast(target, value));
  const known = [...measurements].filter(([when]) => when <= bucket).sort(([a], [b]) => a - b);
  const first = known.find(([, { lowest, highest }]) => meets(isHigher ? highest : lowest));
  const latest = known.at(-1)?.[1].latest ?? null;
  return {
    id,
    type,
    latest,
    attainment: attainmentOf(baseline, target, latest),
    isDue: targetDate !== null && targetDate < end,
    isMet: latest !== null && meets(latest),
    firstMet: first?.[0] === bucket,
  };
};
