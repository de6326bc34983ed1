import type { Signal } from '../../server/contract/metric.js';

/** What the screen says of a signal. */
export type Variation = 'improving' | 'concern' | 'changed' | 'common' | 'few';

export const variationOf = ({ state, direction }: Signal): Variation => {
  if (state === 'insufficient') return 'few';
  if (state === 'noise') return 'common';
  return direction === 'worsening' ? 'concern' : direction === 'improving' ? 'improving' : 'changed';
};
