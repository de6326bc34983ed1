import type { EntityManager } from 'typeorm';
import type { CapabilityFacts } from '../../core/metrics/capability.js';
import type { Reading } from '../../http/reading.js';
import type { Bounds } from '../bounds.js';

/** Facts of the scope by period, in the order of `periods`. */
export const readCapabilityFacts = (
  _manager: EntityManager,
  _reading: Reading,
  periods: readonly Bounds[],
): Promise<CapabilityFacts[]> => Promise.resolve(periods.map(({ period }) => ({ period })));
