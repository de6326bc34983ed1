import type { Signal } from '../../server/contract/metric.js';

/** What the screen says of a signal. */
export type Variation = 'improving' | 'concern' | 'changed' | 'common' | 'few' | 'none';

export const variationOf = ({ state, direction, limits }: Signal): Variation => {
  // Points enough for limits, and none of the period itself.
  if (state === 'insufficient') return limits === null ? 'few' : 'none';
  if (state === 'noise') return 'common';
  return direction === 'worsening' ? 'concern' : direction === 'improving' ? 'improving' : 'changed';
};
