import type { EntityManager } from 'typeorm';
import type { MetricFacts } from '../core/metrics/facts.js';
import type { Reading } from '../http/reading.js';
import type { Bounds } from './bounds.js';
import { readCapabilityFacts } from './facts/capabilities.js';
import { readDecisionFacts } from './facts/decisions.js';
import { readInitiativeFacts } from './facts/initiatives.js';
import { readItemFacts } from './facts/items.js';
import { readMeasurementFacts } from './facts/measurements.js';
import { readMoneyFacts } from './facts/money.js';
import { readServiceFacts } from './facts/services.js';
import { readSurveyFacts } from './facts/surveys.js';

type Sets = { [Name in keyof MetricFacts]: Reader<MetricFacts[Name]> };
type Reader<Set> = (manager: EntityManager, reading: Reading, periods: readonly Bounds[]) => Promise<Set>;

const READERS: Sets = {
  money: readMoneyFacts,
  decisions: readDecisionFacts,
  items: readItemFacts,
  initiatives: readInitiativeFacts,
  capabilities: readCapabilityFacts,
  measurements: readMeasurementFacts,
  services: readServiceFacts,
  surveys: readSurveyFacts,
};

/** The sets that are needed, each read once; asking for another throws, so that no metric reads what it does not name. */
export const readFacts = async (
  manager: EntityManager,
  reading: Reading,
  periods: readonly Bounds[],
  needs: Iterable<keyof MetricFacts>,
): Promise<MetricFacts> => {
  const facts = {} as MetricFacts;
  const needed = new Set(needs);
  for (const name of Object.keys(READERS) as (keyof MetricFacts)[]) {
    if (needed.has(name)) Object.assign(facts, { [name]: await READERS[name](manager, reading, periods) });
    else Object.defineProperty(facts, name, { get: () => refuse(name) });
  }
  return facts;
};

const refuse = (name: string): never => {
  throw new Error(`A metric reads the facts "${name}" without naming them.`);
};
