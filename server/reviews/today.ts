import type { ReviewFigure } from '../contract/review.js';
import { tidy } from '../core/review/restated-cells.js';
import { Problem } from '../http/problem.js';
import { figureOf, type Ground } from './figures.js';

/** Of a record that is archived since there is no figure. */
export const orGone = async <T>(asked: Promise<T>, gone: T): Promise<T> => {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return gone;
    throw error;
  }
};

/** A figure of a review as the data give it now; null where the record that it is of is gone. */
export const figureToday = (ground: Ground, key: string): Promise<ReviewFigure | null> =>
  orGone<ReviewFigure | null>(figureOf(ground, key), null);

type Beside = Pick<ReviewFigure, 'value' | 'unit'>;

/** Whether a figure is another today than it was frozen: in value or, whatever its value, in unit. */
export const isRestated = (frozen: Beside, today: Beside | null): boolean =>
  (today !== null && today.unit !== frozen.unit) || !isEqual(frozen.value, today?.value ?? null);

const isEqual = (a: string | null, b: string | null): boolean =>
  a === null || b === null ? a === b : tidy(a) === tidy(b);
