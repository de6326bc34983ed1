/**
 * How a benefit stands (model §3): status, achievement, level of evidence, and the rates of a set of benefits. Exact: no float is compared.
 *
 * Amounts are decimal text: of a money benefit in the reporting currency, of others in their own unit. All of them are "to date": of the
 * months that begin before the period's end.
 */
import type { BenefitStatus } from '../contract/status.js';
import { addFractions, type Fraction, minus } from './exact-amounts.js';
import { parseDecimal } from './money.js';

export type Aggregation = 'sum' | 'average' | 'latest';

/** What is known of one kind of value of a benefit over some of its months; null where no month of them has one. */
export interface Months {
  readonly count: number;
  readonly sum: string | null;
  /** The value of the latest of the months. */
  readonly latest: string | null;
}

/** A benefit's values to date. `both…` are over the months that have a planned and a realised value. */
export interface ValuesToDate {
  readonly planned: Months;
  readonly realised: Months;
  readonly bothPlanned: Months;
  readonly bothRealised: Months;
}

/** How months combine and what is good. `aggregation` matters only where the benefit is not money; blank is `sum`. */
export interface BenefitRule {
  readonly money: boolean;
  readonly aggregation: Aggregation | null;
  readonly better: 'higher' | 'lower' | null;
}

/** Decimal text of the settings: from which achievement on a benefit is on track, and at risk. */
export interface Thresholds {
  readonly onTrackFrom: string;
  readonly atRiskFrom: string;
}

export interface Standing {
  readonly status: BenefitStatus;
  /** What was planned and realised, by the benefit's aggregation; null where there is none. */
  readonly planned: Fraction | null;
  readonly realised: Fraction | null;
  /** 1 + s · (realised − planned) ÷ |planned|; null where nothing is planned, planned is 0, or nothing is realised. */
  readonly achievement: Fraction | null;
}

/**
 * Where a benefit stands against its plan, to date.
 *
 * Question: is the benefit coming as planned? Formula: achievement = 1 + s · (realised − planned) ÷ |planned|, s = −1 where lower is better,
 * so that a dis-benefit smaller than planned is good. `on_track` and `at_risk` hold their threshold. Planned 0: on track where s · realised ≥ 0,
 * else off track. `not_due`: no planned value to date. `unmeasured`: planned, and nothing realised (for an average or a latest value: in no month that is planned).
 */
export function standingOf(values: ValuesToDate, rule: BenefitRule, thresholds: Thresholds): Standing {
  const how = rule.money ? 'sum' : (rule.aggregation ?? 'sum');
  const paired = how !== 'sum' && values.bothPlanned.count > 0;
  const planned = aggregate(paired ? values.bothPlanned : values.planned, how);
  const realised = aggregate(paired ? values.bothRealised : values.realised, how);
  const standing = (status: BenefitStatus, achievement: Fraction | null = null): Standing => ({
    status,
    planned,
    realised,
    achievement,
  });
  if (planned === null) return standing('not_due');
  if (realised === null || (how !== 'sum' && !paired)) return standing('unmeasured');
  const sign = rule.better === 'lower' ? -1n : 1n;
  if (planned.n === 0n) return standing(sign * realised.n >= 0n ? 'on_track' : 'off_track');
  const achievement = achievementOf(planned, realised, sign);
  if (isAtLeast(achievement, thresholds.onTrackFrom)) return standing('on_track', achievement);
  return standing(isAtLeast(achievement, thresholds.atRiskFrom) ? 'at_risk' : 'off_track', achievement);
}

/** Realised less planned, exactly; null of a benefit that has no plan or is not measured. */
export const varianceOf = ({ planned, realised, status }: Standing): Fraction | null =>
  planned === null || realised === null || status === 'unmeasured' ? null : minus(realised, planned);

/** The sum, mean or latest of some months, exactly; null over none. */
export function aggregate(months: Months, how: Aggregation): Fraction | null {
  const text = how === 'latest' ? months.latest : months.sum;
  if (months.count === 0 || text === null) return null;
  const whole = fractionOf(text);
  return how === 'average' ? { n: whole.n, d: whole.d * BigInt(months.count) } : whole;
}

/** Decimal text as an exact fraction. */
export function fractionOf(text: string): Fraction {
  const { units, scale } = parseDecimal(text);
  return { n: units, d: 10n ** BigInt(scale) };
}

/** The exact sum of fractions; 0 over none. */
export function sumOf(fractions: Iterable<Fraction | null>): Fraction {
  let sum: Fraction = { n: 0n, d: 1n };
  for (const fraction of fractions) if (fraction) sum = addFractions(sum, fraction);
  return sum;
}

/** 1 + s · (realised − planned) ÷ |planned|, over a positive denominator. Planned is not 0. */
function achievementOf(planned: Fraction, realised: Fraction, sign: bigint): Fraction {
  const plan = planned.n * realised.d;
  const actual = realised.n * planned.d;
  const size = plan < 0n ? -plan : plan;
  return { n: size + sign * (actual - plan), d: size };
}

function isAtLeast(value: Fraction, threshold: string): boolean {
  const limit = fractionOf(threshold);
  return value.n * limit.d >= limit.n * value.d;
}

/** How good a status is to claim; one that is not due claims nothing. What is not measured is no better than off track. */
const CLAIMS: Record<string, number> = { on_track: 2, at_risk: 1, off_track: 0, unmeasured: 0 };

/** Whether an owner says better of a benefit than its figures do (model §3, `statusMismatchShare`). */
export function isDeclaredBetter(declared: string, computed: string): boolean {
  const [said, found] = [CLAIMS[declared], CLAIMS[computed]];
  return said !== undefined && found !== undefined && said > found;
}

/** How well a realised value is proven: 0 not realised, 1 realised, 2 with evidence (text, link or file), 3 confirmed. */
export const EVIDENCE_LEVELS = [0, 1, 2, 3] as const;

/** Counts of a benefit's realised months to date, by how well each is proven. A confirmed month is proven with or without a text. */
export interface Proof {
  readonly realised: number;
  /** With evidence, or confirmed. */
  readonly evidenced: number;
  readonly confirmed: number;
}

/**
 * A benefit's level of evidence: that of its weakest realised month to date, 0 where none is realised.
 * The page defines the level of a value; a benefit is not better proven than its least proven value.
 */
export function evidenceLevel(proof: Proof): (typeof EVIDENCE_LEVELS)[number] {
  if (proof.realised === 0) return 0;
  if (proof.confirmed === proof.realised) return 3;
  return proof.evidenced === proof.realised ? 2 : 1;
}

/** Off track, or nobody knows. */
export const isShort = (status: BenefitStatus): boolean => status === 'off_track' || status === 'unmeasured';

/** Question: must somebody act? A benefit that falls short at the end of two periods in a row, and has no open corrective action. */
export const needsAction = (before: BenefitStatus, now: BenefitStatus, hasOpenAction: boolean): boolean =>
  isShort(before) && isShort(now) && !hasOpenAction;
