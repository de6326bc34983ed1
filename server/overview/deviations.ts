import { type BenefitStanding, isReplannedToDate } from '../benefits/standing.service.js';
import type { Deviation, Overview } from '../contract/overview.js';
import { varianceOf } from '../core/benefit-status.js';
import type { Fraction } from '../core/exact-amounts.js';
import type { Direction, TracedFigures } from './traced-figures.js';

/** As many as a person takes in at a glance. */
const SHOWN = 4;

interface Compared {
  readonly of: BenefitStanding;
  readonly direction: Direction;
  /** The plan that it stands by: the less favourable of the two. */
  readonly against: Deviation['against'];
  /** Variance against that plan times the direction: above 0 is good. */
  readonly good: Fraction;
}

/**
 * The money benefits that lie furthest from plan to date, worst and best. Each stands by the less favourable of its variances, against the current
 * or the baseline plan, so that planning anew takes no shortfall off the list. Those on plan are in neither list; who is not measured is not compared.
 */
export const deviationsOf = async (
  figures: TracedFigures,
  standings: readonly BenefitStanding[],
): Promise<Overview['deviations']> => {
  const compared = standings.flatMap((of): Compared[] => (of.row.money ? comparedOf(of) : []));
  compared.sort((a, b) => compare(a.good, b.good));
  const shown = async (of: readonly Compared[]): Promise<Deviation[]> => {
    const deviations: Deviation[] = [];
    for (const each of of.slice(0, SHOWN)) deviations.push(await deviationOf(figures, each));
    return deviations;
  };
  return {
    worst: await shown(compared.filter(({ good }) => good.n < 0n)),
    best: await shown(compared.filter(({ good }) => good.n > 0n).reverse()),
    compared: compared.length,
  };
};

/** None where it is measured against neither plan. */
const comparedOf = (of: BenefitStanding): Compared[] => {
  const direction = of.row.better === 'lower' ? -1n : 1n;
  const sides = (['current', 'baseline'] as const).flatMap((against): Compared[] => {
    const variance = varianceOf(against === 'current' ? of.standing : of.baseline);
    return variance ? [{ of, direction, against, good: { n: variance.n * direction, d: variance.d } }] : [];
  });
  // Of two that are alike the first: the current plan.
  return sides.sort((a, b) => compare(a.good, b.good)).slice(0, 1);
};

/** Order of two fractions over positive denominators. */
export const compare = (a: Fraction, b: Fraction): number => {
  const [left, right] = [a.n * b.d, b.n * a.d];
  return left === right ? 0 : left < right ? -1 : 1;
};

const deviationOf = async (figures: TracedFigures, { of, direction, against }: Compared): Promise<Deviation> => {
  const { row, standing } = of;
  const one = { type: 'benefit', ref: row.code } as const;
  return {
    code: row.code,
    name: row.name,
    owner: row.owner,
    status: standing.status,
    planned: await figures.of('node.planned', one),
    realised: await figures.of('node.realised', one),
    variance: await figures.variance('node.variance', direction, one),
    varianceShare: await figures.variance('node.variance_share', direction, one),
    baselinePlanned: await figures.of('node.baseline_planned', one),
    baselineVariance: await figures.variance('node.baseline_variance', direction, one),
    isReplanned: isReplannedToDate(of),
    against,
  };
};
