import { LAYERS, type Gap, type GapKind, type Layer } from '../../../server/contract/chain.js';

/** The words of the chain's layers and of its breaks, said alike by chips, outline, picture and paths. */

export const PLURAL: Record<Layer, string> = {
  investment: 'investments',
  initiative: 'initiatives',
  capability: 'capabilities',
  outcome: 'outcomes',
  benefit: 'benefits',
};

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export const layerIndex = (type: Layer): number => LAYERS.indexOf(type);
/** The layer that follows towards the benefits; undefined after the last. */
export const layerAfter = (type: Layer): Layer | undefined => LAYERS[layerIndex(type) + 1];

interface GapWords {
  /** On its chip and at the head of its list. */
  title: string;
  /** Behind ▲ at the record itself. */
  flag: string;
  /** What repairs it. */
  fix: string;
}

export const GAPS: Record<GapKind, GapWords> = {
  investment_without_initiative: {
    title: 'Investment without initiative',
    flag: 'no initiative',
    fix: 'Link to an initiative',
  },
  initiative_without_capability: {
    title: 'Initiative without capability',
    flag: 'no capability',
    fix: 'Link to a capability',
  },
  capability_without_outcome: { title: 'Capability without outcome', flag: 'no outcome', fix: 'Link to an outcome' },
  outcome_without_benefit: { title: 'Outcome without benefit', flag: 'no benefit', fix: 'Link to a benefit' },
  benefit_without_outcome: {
    title: 'Benefit without outcome',
    flag: 'no outcome leads to it',
    fix: 'Link from an outcome',
  },
  outcome_without_capability: {
    title: 'Outcome without capability',
    flag: 'no capability leads to it',
    fix: 'Link from a capability',
  },
  capability_without_initiative: {
    title: 'Capability without initiative',
    flag: 'no initiative leads to it',
    fix: 'Link from an initiative',
  },
  initiative_without_investment: {
    title: 'Initiative without investment',
    flag: 'no investment leads to it',
    fix: 'Link from an investment',
  },
  no_owner: { title: 'No owner', flag: 'no owner', fix: 'Assign owner' },
  benefit_without_baseline: { title: 'Benefit without baseline', flag: 'no baseline', fix: 'Add the baseline' },
  benefit_without_plan: { title: 'Benefit without plan', flag: 'no plan', fix: 'Plan its months' },
  benefit_without_measurement: {
    title: 'Benefit due, not measured',
    flag: 'not measured',
    fix: 'Enter what was realised',
  },
  outcome_without_target: { title: 'Outcome without target', flag: 'no target', fix: 'Add the target' },
  value_not_defined_upfront: {
    title: 'Benefit planned after work began',
    flag: 'planned after work began',
    fix: 'State the day of approval',
  },
};

/**
 * Kinds whose money at stake is not one sum: records without an owner stand in several layers, and the same money passes through all of
 * them; a benefit without a plan has no planned value to be at stake.
 */
export const NOT_ONE_SUM: Partial<Record<GapKind, { letter: string; reason: string }>> = {
  no_owner: { letter: 'z', reason: 'not added: the same money passes through several layers' },
  benefit_without_plan: { letter: 'x', reason: 'not known: no value is planned' },
};

/** Why nothing in money is at stake. */
export const NO_STAKE: Record<NonNullable<Gap['noStake']>, { letter: string; reason: string }> = {
  not_money: { letter: 'x', reason: 'not in money: its benefits are counted in units of their own' },
  no_benefit: { letter: 'x', reason: 'not known: it leads to no benefit' },
};

/** Kinds whose money at stake is planned value, not spend. */
export const STAKES_VALUE: ReadonlySet<GapKind> = new Set([
  'benefit_without_outcome',
  'outcome_without_capability',
  'capability_without_initiative',
  'initiative_without_investment',
]);
