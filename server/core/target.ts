import type { Better, Metric } from '../contract/metric.js';
import { outOfRange } from '../contract/metric-range.js';
import { fractionOf } from './benefit-status.js';
import { type Fraction, minus } from './exact-amounts.js';
import { comparePeriods } from './period.js';

/** What a figure is to reach from a period on, in its own unit, as exact decimal text; `amber`: what is still near it. */
export interface Target {
  readonly from: string;
  readonly target: string | null;
  readonly amber: string | null;
}

/** The target in force in a period: the latest that begins no later. */
export const targetInForce = <T extends Target>(targets: readonly T[], period: string): T | null =>
  targets
    .filter(({ from }) => comparePeriods(from, period) <= 0)
    .sort((a, b) => comparePeriods(a.from, b.from))
    .at(-1) ?? null;

/** Below, at or above a line: exactly where the figure is exact. */
const sideOf = (value: Fraction | number, line: string): number => {
  if (typeof value === 'number') return Math.sign(value - Number(line));
  const { n } = minus(value, fractionOf(line));
  return n === 0n ? 0 : n > 0n ? 1 : -1;
};

/** `met` at the target or better, `near` between it and amber, else `missed`; null without a value, a target or a better way. */
export const statusOf = (value: Fraction | number | null, target: Target | null, better: Better): Metric['status'] => {
  if (value === null || target === null || target.target === null || better === 'none') return null;
  const reaches = (line: string): boolean => sideOf(value, line) !== (better === 'higher' ? -1 : 1);
  if (reaches(target.target)) return 'met';
  return target.amber !== null && reaches(target.amber) ? 'near' : 'missed';
};

/** How a value lies to its target for the business: at it, on the good side, or on the bad one. */
export const impactOf = (
  value: Fraction | number,
  target: string,
  better: Better,
): NonNullable<Metric['variance']>['impact'] => {
  const side = sideOf(value, target);
  if (side === 0 || better === 'none') return 'neutral';
  return side === (better === 'higher' ? 1 : -1) ? 'favourable' : 'unfavourable';
};

/** What is wrong with a target: the field, and a sentence that says what to do. */
export interface TargetProblem {
  readonly field: 'metricId' | 'target' | 'amber';
  readonly code: string;
  readonly message: string;
}

/** What a target is set for: a metric, whose amounts have a range, or an own indicator. Its better way is null where nobody has said. */
export type TargetOf = Pick<Metric, 'id' | 'unit' | 'better'> | { readonly better: Better | null };

type Amounts = Pick<Target, 'target' | 'amber'>;

/** All that is wrong with a target. @param of null where there is no such metric or indicator */
export const targetProblems = (metricId: string, of: TargetOf | null, amounts: Amounts): TargetProblem[] => {
  if (of === null)
    return [
      {
        field: 'metricId',
        code: 'reference.unknown',
        message: `There is no metric or own indicator "${metricId}". Write the id of a metric, such as flow.cycle_time, or the code of an indicator.`,
      },
    ];
  const beyond = (['target', 'amber'] as const).flatMap((field): TargetProblem[] => {
    const amount = amounts[field];
    const message = amount !== null && 'unit' in of ? outOfRange(of, amount) : null;
    return message === null ? [] : [{ field, code: 'target.out_of_range', message }];
  });
  const between = beyond.length > 0 ? null : amberProblem(of.better, amounts);
  return between === null ? beyond : [between];
};

/** What is wrong between a target and its amber. */
const amberProblem = (better: Better | null, { target, amber }: Amounts): TargetProblem | null => {
  if (amber === null) return null;
  if (target === null)
    return {
      field: 'amber',
      code: 'target.amber_alone',
      message: 'What is nearly reached needs a target to be near to. Write the target too, or leave amber blank.',
    };
  if (better === 'none')
    return {
      field: 'amber',
      code: 'target.amber_meaningless',
      message: 'Of this metric neither more nor less is better, so nothing is near its target. Leave amber blank.',
    };
  const side = sideOf(fractionOf(amber), target);
  if (better === null || side === 0 || side === (better === 'higher' ? -1 : 1)) return null;
  const [way, rightSide] = better === 'higher' ? ['Higher', 'below'] : ['Lower', 'above'];
  return {
    field: 'amber',
    code: 'target.amber_beyond',
    message: `${way} is better here: amber ${amber} lies beyond the target ${target}. Write an amber ${rightSide} the target, or leave it blank.`,
  };
};

/** What an indicator is told whose better way would turn over targets that it has. @param beyond those of which amber would lie beyond the target */
export const amberBeyond = (better: 'higher' | 'lower', beyond: readonly Target[]): string => {
  const told = beyond.map(({ from, target, amber }) => `${from} (target ${target}, amber ${amber})`).join(', ');
  return `With ${better} as better, amber would lie beyond the target from ${told}. Change or remove ${beyond.length === 1 ? 'that target' : 'those targets'} first.`;
};
