import type { EntityManager } from 'typeorm';
import type { SurveyFacts } from '../../core/metrics/stakeholder.js';
import type { Reading } from '../../http/reading.js';
import type { Bounds } from '../bounds.js';

/** Facts of the scope by period, in the order of `periods`. */
export const readSurveyFacts = (
  _manager: EntityManager,
  _reading: Reading,
  periods: readonly Bounds[],
): Promise<SurveyFacts[]> => Promise.resolve(periods.map(({ period }) => ({ period })));
