import type { CapabilityFacts } from './capability.js';
import type { DecisionFacts } from './decision.js';
import type { InitiativeFacts, ItemFacts } from './flow.js';
import type { MeasurementFacts } from './outcome.js';
import type { MoneyFacts } from './money.js';
import type { ServiceFacts } from './quality.js';
import type { SurveyFacts } from './stakeholder.js';

/**
 * What metrics are computed from: one set a query, each an array by period in order of time. 13 periods: those of the trend and the one before.
 * Sets are filtered by scope where they are read; shares of links are those of the enterprise.
 */
export interface MetricFacts {
  /** Spend and values along the chain, rankings of priorities. */
  readonly money: readonly MoneyFacts[];
  readonly decisions: readonly DecisionFacts[];
  /** Work items delivered, in progress, waiting. */
  readonly items: readonly ItemFacts[];
  readonly initiatives: readonly InitiativeFacts[];
  /** Assessments of maturity, competencies. */
  readonly capabilities: readonly CapabilityFacts[];
  /** Measurements of outcomes. */
  readonly measurements: readonly MeasurementFacts[];
  readonly services: readonly ServiceFacts[];
  readonly surveys: readonly SurveyFacts[];
}
