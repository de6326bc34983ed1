import type { EntityManager } from 'typeorm';
import type { InitiativeFacts } from '../../core/metrics/flow.js';
import type { Reading } from '../../http/reading.js';
import type { Bounds } from '../bounds.js';

/** Facts of the scope by period, in the order of `periods`. */
export const readInitiativeFacts = (
  _manager: EntityManager,
  _reading: Reading,
  periods: readonly Bounds[],
): Promise<InitiativeFacts[]> => Promise.resolve(periods.map(({ period }) => ({ period })));
