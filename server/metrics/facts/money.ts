import type { EntityManager } from 'typeorm';
import type { MoneyFacts } from '../../core/metrics/alignment.js';
import type { Reading } from '../../http/reading.js';
import type { Bounds } from '../bounds.js';

/** Facts of the scope by period, in the order of `periods`. */
export const readMoneyFacts = (
  _manager: EntityManager,
  _reading: Reading,
  periods: readonly Bounds[],
): Promise<MoneyFacts[]> => Promise.resolve(periods.map(({ period }) => ({ period })));
