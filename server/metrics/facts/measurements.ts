import type { EntityManager } from 'typeorm';
import type { MeasurementFacts } from '../../core/metrics/outcome.js';
import type { Reading } from '../../http/reading.js';
import type { Bounds } from '../bounds.js';

/** Facts of the scope by period, in the order of `periods`. */
export const readMeasurementFacts = (
  _manager: EntityManager,
  _reading: Reading,
  periods: readonly Bounds[],
): Promise<MeasurementFacts[]> => Promise.resolve(periods.map(({ period }) => ({ period })));
