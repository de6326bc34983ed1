import type { SignId } from '../contract/sign.js';

/** Shares that stand beside the tests of a sign and decide nothing: `model.md` §6 names the tests. */
export const BESIDE_FIGURES = [
  'sign.far_target_share',
  'sign.unmeasured_outcome_share',
  'sign.unevidenced_benefit_share',
] as const;
export type BesideFigureId = (typeof BESIDE_FIGURES)[number];

export interface BesideDefinition {
  readonly figure: BesideFigureId;
  /** What is measured, in sentence case. */
  readonly name: string;
}

/** What else is worth a look, by sign. */
export const BESIDE: Partial<Record<SignId, readonly BesideDefinition[]>> = {
  activity_measurement: [
    { figure: 'sign.far_target_share', name: 'Of the metrics with a target, furthest from business impact' },
    { figure: 'sign.unmeasured_outcome_share', name: 'Outcomes without a measurement' },
    { figure: 'sign.unevidenced_benefit_share', name: 'Benefits realised without evidence' },
  ],
};
