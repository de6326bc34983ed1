import { absolute, compare, isZero } from '../../contract/decimal.js';
import { coverageSteps } from '../../contract/review-coverage.js';
import type { ProfileFinding } from '../../contract/profile-finding.js';
import type { ReviewDrawing } from '../../contract/review.js';
import { printedValue } from '../../core/review/printing.js';

/** What drawings say, in sentences by rule from what they show. */

type Drawn<Kind extends ReviewDrawing['kind']> = Omit<Extract<ReviewDrawing, { kind: Kind }>, 'message'>;

/** How far realised benefits lie from plan, and whether the forecast returns to it. @param quarter what a period is called */
export const profileText = (
  finding: ProfileFinding | null,
  currency: string,
  quarter: (period: string) => string,
): string => {
  if (finding === null || finding.kind === 'nothing') return 'No benefit is realised or expected in these quarters.';
  const to = quarter(finding.to);
  const amount = (value: string): string => printedValue(absolute(value), currency);
  if (finding.kind === 'expected')
    return `Benefits are expected to bring ${amount(finding.value.value)} to ${to}; nothing is realised yet.`;
  if (finding.kind === 'unplanned') return `Benefits brought ${amount(finding.value.value)} to ${to}, without a plan.`;
  if (finding.kind === 'on') return `Realised benefits lie on plan to ${to}.`;
  const off = `Realised benefits lie ${amount(finding.variance.value)} ${finding.kind} plan to ${to}`;
  if (finding.forecast === null) return `${off}.`;
  const { isBack, period } = finding.forecast;
  return isBack
    ? `${off}; the forecast is at plan from ${quarter(period)}.`
    : `${off}; the forecast stays below plan to ${quarter(period)}.`;
};

/** Which benefit lies furthest from its plan. @param first of the bars, the worst first @param name of it */
export const furthestText = (
  first: {
    readonly name: string;
    readonly side: 'below' | 'above';
    readonly isToBaseline: boolean;
    readonly off: string;
  } | null,
): string =>
  first === null
    ? 'Every benefit with a plan and a measured value lies on its plan to date.'
    : `${first.name} lies furthest ${first.side} its ${first.isToBaseline ? 'baseline ' : ''}plan: ${first.off}.`;

/** At which step most of the money is lost. */
export const coverageText = (drawing: Drawn<'coverage'>): string => {
  const steps = coverageSteps(drawing);
  const lost = steps.filter(({ short, lacks }) => short !== null && lacks !== null && !isZero(short));
  const [most] = lost.toSorted((a, b) => compare(b.short!, a.short!));
  const all = `${steps[0]?.value.text ?? ''} ${drawing.unit}`.trim();
  if (most === undefined) return `All of the ${all} spent reaches a benefit.`;
  const { label } = steps[steps.indexOf(most) - 1]!;
  const short = drawing.bars[steps.indexOf(most)]!.lost!.text;
  return `Most of the money that reaches no benefit stops at the ${label.toLowerCase()}: ${short} of ${all} ${most.lacks!.replace(/^no /, 'has no ')}.`;
};
