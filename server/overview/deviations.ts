import type { BenefitStanding } from '../benefits/standing.service.js';
import type { Deviation, Overview } from '../contract/overview.js';
import { varianceOf } from '../core/benefit-status.js';
import type { Fraction } from '../core/exact-amounts.js';
import type { Direction, TracedFigures } from './traced-figures.js';

/** As many as a person takes in at a glance. */
const SHOWN = 4;

interface Compared {
  readonly of: BenefitStanding;
  readonly direction: Direction;
  /** Variance times the direction: above 0 is good. */
  readonly good: Fraction;
}

/** The money benefits that lie furthest from their plan to date, worst and best; those on plan are in neither list. Who is not measured is not compared. */
export const deviationsOf = async (
  figures: TracedFigures,
  standings: readonly BenefitStanding[],
): Promise<Overview['deviations']> => {
  const compared = standings.flatMap((of): Compared[] => {
    const variance = of.row.money ? varianceOf(of.standing) : null;
    const direction = of.row.better === 'lower' ? -1n : 1n;
    return variance ? [{ of, direction, good: { n: variance.n * direction, d: variance.d } }] : [];
  });
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

/** Order of two fractions over positive denominators. */
export const compare = (a: Fraction, b: Fraction): number => {
  const [left, right] = [a.n * b.d, b.n * a.d];
  return left === right ? 0 : left < right ? -1 : 1;
};

const deviationOf = async (
  figures: TracedFigures,
  { of: { row, standing }, direction }: Compared,
): Promise<Deviation> => {
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
  };
};
