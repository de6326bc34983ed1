import type { EntityManager } from 'typeorm';
import type { ItemFacts } from '../../core/metrics/flow.js';
import type { Reading } from '../../http/reading.js';
import type { Bounds } from '../bounds.js';

/** Facts of the scope by period, in the order of `periods`. */
export const readItemFacts = (
  _manager: EntityManager,
  _reading: Reading,
  periods: readonly Bounds[],
): Promise<ItemFacts[]> => Promise.resolve(periods.map(({ period }) => ({ period })));
