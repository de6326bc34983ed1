import type { GapKind, Layer } from '../../contract/chain.js';
import type { BenefitStatus } from '../../contract/status.js';

/** Codes of the data in the words in which people read them. */

export const STATUS_WORDS: Record<BenefitStatus, string> = {
  on_track: 'on track',
  at_risk: 'at risk',
  off_track: 'off track',
  unmeasured: 'not measured',
  not_due: 'not due',
};

export const GAP_WORDS: Record<GapKind, string> = {
  investment_without_initiative: 'investment without initiative',
  initiative_without_capability: 'initiative without capability',
  capability_without_outcome: 'capability without outcome',
  outcome_without_benefit: 'outcome without benefit',
  benefit_without_outcome: 'benefit without outcome',
  outcome_without_capability: 'outcome without capability',
  capability_without_initiative: 'capability without initiative',
  initiative_without_investment: 'initiative without investment',
  no_owner: 'no owner',
  benefit_without_baseline: 'benefit without baseline',
  benefit_without_plan: 'benefit without plan',
  benefit_without_measurement: 'benefit due, not measured',
  outcome_without_target: 'outcome without target',
  value_not_defined_upfront: 'benefit planned after work began',
};

/** A layer of the chain by its records: spend reaches `initiatives`. */
export const LAYER_WORDS: Record<Layer, string> = {
  investment: 'investments',
  initiative: 'initiatives',
  capability: 'capabilities',
  outcome: 'outcomes',
  benefit: 'benefits',
};

export const capitalised = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
