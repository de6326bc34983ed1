import type { RestatedFigure } from '../../../server/contract/review-after.js';
import {
  impactTowards,
  judgedChange,
  type Judged,
  type ReviewColumns,
} from '../../../server/contract/review-columns.js';
import { isDifference } from '../../../server/contract/figure-key.js';
import type { ReviewCell } from '../../../server/contract/review.js';

/** How the cells of a review's figures are judged, in each of its columns. */

/**
 * A figure with its cells judged: of another column as the sections judge it there; a difference that they do not list there by the way that is good
 * for it, as its changes are.
 */
export const judgedFigure = (
  figure: RestatedFigure,
  frozen: Judged,
  { previous, today, directions }: ReviewColumns,
): RestatedFigure => {
  const { key } = figure;
  const better = directions[key];
  const judged = (cell: ReviewCell, there: Judged | undefined): ReviewCell => {
    const own = there?.[key];
    if (own !== undefined || cell.value === null || better === undefined || !isDifference(key))
      return { ...cell, impact: own ?? null };
    return { ...cell, impact: impactTowards(cell.value, better) };
  };
  return {
    ...figure,
    frozen: judged(figure.frozen, frozen),
    previous: figure.previous && judged(figure.previous, previous?.judged),
    today: judged(figure.today, today.judged),
    restatement: judgedChange(figure.restatement, better),
    sincePrevious: judgedChange(figure.sincePrevious, better),
  };
};
