import { LAYERS } from './chain.js';
import { isZero, negate } from './decimal.js';
import { MINUS } from './locale-number.js';
import type { ReviewCell, ReviewDrawing } from './review.js';

/** How money on its way to a benefit is told, on screen and in all packs alike: what goes no further as a loss, and what it lacks. */

/** What the marks are called. */
export const COVERAGE_KEY = { reached: 'reaches the step', lost: 'what goes no further' } as const;

export interface CoverageStep {
  readonly label: string;
  readonly value: ReviewCell;
  /** What the step before had more, as a document holds it: as long as its mark. */
  readonly short: string | null;
  /** The same as it is printed, `−5.41`; null of the first step. */
  readonly lost: ReviewCell | null;
  /** `no capability`; null where nothing is lost, or the label is no step of the way. */
  readonly lacks: string | null;
}

const negated = (text: string): string => (text.startsWith(MINUS) ? text.slice(1) : `${MINUS}${text}`);

const lacksOf = (label: string): string | null => {
  const layer = LAYERS.find((each) => each === label.toLowerCase());
  return layer === undefined ? null : `no ${layer}`;
};

/** The steps of a coverage, first to last. Documents hold a loss as an amount without a sign; it is told with one. */
export const coverageSteps = ({ bars }: Pick<Extract<ReviewDrawing, { kind: 'coverage' }>, 'bars'>): CoverageStep[] =>
  bars.map(({ label, value, lost }): CoverageStep => {
    const short = lost?.value ?? null;
    if (lost === null || short === null || isZero(short))
      return { label, value, short, lost: lost && { ...lost, impact: null }, lacks: null };
    return {
      ...{ label, value, short },
      lost: { ...lost, value: negate(short), text: negated(lost.text) },
      lacks: lacksOf(label),
    };
  });
