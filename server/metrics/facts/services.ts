import type { EntityManager } from 'typeorm';
import type { ServiceFacts } from '../../core/metrics/quality.js';
import type { Reading } from '../../http/reading.js';
import type { Bounds } from '../bounds.js';

/** Facts of the scope by period, in the order of `periods`. */
export const readServiceFacts = (
  _manager: EntityManager,
  _reading: Reading,
  periods: readonly Bounds[],
): Promise<ServiceFacts[]> => Promise.resolve(periods.map(({ period }) => ({ period })));
