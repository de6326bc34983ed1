import type { EntityManager } from 'typeorm';
import type { DecisionFacts } from '../../core/metrics/decision.js';
import type { Reading } from '../../http/reading.js';
import type { Bounds } from '../bounds.js';

/** Facts of the scope by period, in the order of `periods`. */
export const readDecisionFacts = (
  _manager: EntityManager,
  _reading: Reading,
  periods: readonly Bounds[],
): Promise<DecisionFacts[]> => Promise.resolve(periods.map(({ period }) => ({ period })));
