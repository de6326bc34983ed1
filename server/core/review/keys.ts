import { addPeriods, comparePeriods } from '../period.js';

/** Keys of figures name their period only where it is not the review's own: `flow.wip`, `flow.wip?period=2026-Q2` in the review of 2026 Q3. */

const partsOf = (key: string): { name: string; parameters: URLSearchParams } => {
  const [name = '', query = ''] = key.split('?');
  return { name, parameters: new URLSearchParams(query) };
};

/** The quarter that a figure of a review of `period` is of. */
export const periodOfKey = (key: string, period: string): string => partsOf(key).parameters.get('period') ?? period;

/**
 * The key of what stands in the same place in the review of another quarter: what is of the quarter there is of its own quarter here, what is of the
 * quarter before of the quarter before that. So a figure of a named period is never taken for one of the review's own.
 */
export const keyIn = (key: string, period: string, other: string): string => {
  const { name, parameters } = partsOf(key);
  const named = parameters.get('period');
  if (named === null) return key;
  parameters.set('period', addPeriods(named, comparePeriods(other, period)));
  return `${name}?${parameters}`;
};
