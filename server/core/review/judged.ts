import { isDifference } from '../../contract/figure-key.js';
import { isNegative, isZero } from '../../contract/decimal.js';
import type { Better } from '../../contract/metric.js';
import type { Directions } from '../../contract/review-columns.js';
import { judgementsOf } from '../../contract/review-judged.js';
import type { Beside } from './beside.js';

/** Which way is good for the figures that the rules of a review judge. */

/**
 * Which way is good for the figures that any of the columns judges: of a metric as its definition says, of a difference as it is judged where it is not
 * nothing.
 * @param columns the frozen sections, and those beside them
 * @param definedFor what the definition of a metric says; undefined of what is no metric
 * @param keys of all figures of the frozen review: also those that no column judges have a good way, as that of their kind is
 */
export const directionsOf = (
  columns: readonly Pick<Beside, 'sections' | 'keyHere'>[],
  definedFor: (name: string) => Better | undefined,
  keys: readonly string[] = [],
): Directions => {
  const directions: Directions = {};
  for (const { sections, keyHere } of columns)
    for (const [key, { value, impact }] of judgementsOf({ sections, keyHere })) {
      const better = definedFor(key.split('?')[0]!);
      if (better !== undefined && better !== 'none') directions[key] = better;
      else if (isDifference(key) && impact !== 'neutral' && !isZero(value))
        directions[key] = (impact === 'favourable') === isNegative(value) ? 'lower' : 'higher';
    }
  const ofKinds = new Map(Object.entries(directions).map(([key, better]) => [kindOf(key), better]));
  for (const key of keys) {
    const better = definedFor(key.split('?')[0]!) ?? (LOST.test(key) ? 'lower' : undefined);
    const found = better ?? (isDifference(key) ? ofKinds.get(kindOf(key)) : undefined);
    if (found !== undefined && found !== 'none') directions[key] ??= found;
  }
  return directions;
};

/** Spend that goes no further along the chain. */
const LOST = /^lost\./;
/** Differences of one name, of one type of record, are judged alike. */
const kindOf = (key: string): string => {
  const [name = '', query = ''] = key.split('?');
  return `${name} ${new URLSearchParams(query).get('type') ?? ''}`;
};
