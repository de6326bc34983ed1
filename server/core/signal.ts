import { type ASSURANCES, type Better, type Signal, SIGNAL_POINTS } from '../contract/metric.js';

const FEWEST = 6;
const RUN = 8;
/** 3 ÷ d₂ for moving ranges of two: limits of individual values lie that many mean moving ranges from the centre. */
const FACTOR = 2.66;
/** Sums of equal decimals differ in the last bits: what lies this near to a line, relative to the values, lies on it. */
const NEAR = 1e-9;

/**
 * Whether the latest point of a series is more than noise (`model.md` §5): an XmR chart over its last 12 points that are known, centre = mean,
 * limits = centre ± 2.66 × mean moving range. A signal is a latest point outside the limits, or the eighth in a row on one side of the centre.
 *
 * @param values in order of time, in any unit; null where a period has no value
 * @param better which way is good: turns a signal into improving or worsening
 */
export function signalOf(values: readonly (number | null)[], better: Better): Signal {
  const points = values.filter((value) => value !== null).slice(-SIGNAL_POINTS);
  if (points.length < FEWEST)
    return { state: 'insufficient', direction: null, rule: null, points: points.length, limits: null };
  const centre = points.reduce((sum, value) => sum + value, 0) / points.length;
  const ranges = rangesOf(points).filter((range) => range !== null);
  const meanRange = ranges.reduce((sum, range) => sum + range, 0) / ranges.length;
  const reach = FACTOR * meanRange;
  const limits = { centre, lower: centre - reach, upper: centre + reach, meanRange };
  const slack = NEAR * Math.max(...points.map(Math.abs));
  const latest = points.at(-1)!;
  const sideOf = (value: number): number => (Math.abs(value - centre) <= slack ? 0 : Math.sign(value - centre));
  const side = sideOf(latest);
  const rule =
    Math.abs(latest - centre) > reach + slack
      ? 'outside_limits'
      : side !== 0 && points.length >= RUN && points.slice(-RUN).every((value) => sideOf(value) === side)
        ? 'run_of_eight'
        : null;
  if (rule === null) return { state: 'noise', direction: null, rule, points: points.length, limits };
  const direction = better === 'none' ? null : side > 0 === (better === 'higher') ? 'improving' : 'worsening';
  return { state: 'signal', direction, rule, points: points.length, limits };
}

/** Moving ranges: how far each value lies from the last one known before it; null of the first, and where there is none. */
export function rangesOf(values: readonly (number | null)[]): (number | null)[] {
  let before: number | null = null;
  return values.map((value) => {
    const range: number | null = value === null || before === null ? null : Math.abs(value - before);
    before = value ?? before;
    return range;
  });
}

/**
 * What the process as it is does of itself (needs 12 points): `passes` where both limits reach the target, `fails` where neither does,
 * else `hit_or_miss`; null where the question has no answer.
 */
export function assuranceOf(
  { limits, points }: Signal,
  target: number | null,
  better: Better,
): (typeof ASSURANCES)[number] | null {
  if (limits === null || points < SIGNAL_POINTS || target === null || better === 'none') return null;
  const reaches = (limit: number): boolean => (better === 'higher' ? limit >= target : limit <= target);
  const [lower, upper] = [reaches(limits.lower), reaches(limits.upper)];
  return lower && upper ? 'passes' : lower || upper ? 'hit_or_miss' : 'fails';
}

/**
 * The same of a period: without a value of its own it has not changed, and the signal of an earlier one is not its.
 * @param values as for `signalOf`, the period's own the last
 */
export function signalOfPeriod(values: readonly (number | null)[], better: Better): Signal {
  const signal = signalOf(values, better);
  return values.at(-1) === null ? { ...signal, state: 'insufficient', direction: null, rule: null } : signal;
}
