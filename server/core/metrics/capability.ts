import type { Fraction } from '../exact-amounts.js';
import { counted, type Metric, type MetricInput, none, quotient, valued, whole } from './metric.js';
import { skillsMetrics } from './skills.js';

/** Facts of one period: what is known at its end. */
export interface CapabilityFacts {
  readonly period: string;
  /** Strategic capabilities of the scope, assessed or not. */
  readonly strategic: number;
  /** Strategic capabilities with an assessed level, and the sum of their latest levels. */
  readonly assessed: number;
  readonly level: Fraction;
  /** Those of them that have a target, too, and the sum of what they lack: max(0, target − level). */
  readonly withTarget: number;
  readonly gap: Fraction;
  /** Ids of the capabilities, strategic or not, whose level first reached the target in the period. */
  readonly reachedTarget: readonly string[];
  /** Competencies, and the people that their latest counts ask for and have: full-time equivalents, those beyond the need left out. */
  readonly competencies: number;
  readonly filled: Fraction;
  readonly required: Fraction;
}

const levels = (label: string, value: Fraction): MetricInput => ({ label, value, unit: 'number' });

const strategicMaturity: Metric = {
  id: 'capability.strategic_maturity',
  name: 'Strategic maturity',
  question: 'How strong are the capabilities that the strategy depends on?',
  why: 'A strategy is carried out by what the enterprise is able to do: where its strategic capabilities are weak, its plans are wishes.',
  unit: 'level',
  better: 'higher',
  distance: 2,
  formula: {
    text: 'Of each strategic capability that was assessed by the end of the period, the latest level from 0 to 5; the mean of these.',
    expression: 'Σ latest level ÷ n(strategic capabilities with a level)',
    version: '1',
  },
  fold: { of: 'mean', a: 'level', b: null },
  scopes: { portfolio: false, unit: true },
  needs: ['capabilities'],
  compute({ capabilities }, at) {
    const { strategic, assessed, level } = capabilities[at]!;
    const mean = quotient(level, whole(assessed));
    if (mean === null) return none(strategic === 0 ? 'nothing_strategic' : 'no_records');
    return valued(mean, assessed, {
      inputs: [
        levels('Latest levels added up', level),
        counted('Strategic capabilities with a level', assessed),
        counted('Strategic capabilities in all', strategic),
      ],
    });
  },
};

const maturityGap: Metric = {
  id: 'capability.maturity_gap',
  name: 'Maturity gap',
  question: 'How far are strategic capabilities from where they have to be?',
  why: 'The distance to the target says how much has still to be built before the strategy can be relied upon.',
  unit: 'level',
  better: 'lower',
  distance: 2,
  formula: {
    text: 'Of each strategic capability with a target and an assessed level, the levels that are missing to its target at the end of the period (0 where it is reached); the mean of these.',
    expression: 'Σ max(0, target − latest level) ÷ n(strategic capabilities with both)',
    version: '1',
  },
  fold: { of: 'mean', a: 'gap', b: null },
  scopes: { portfolio: false, unit: true },
  needs: ['capabilities'],
  compute({ capabilities }, at) {
    const { strategic, withTarget, gap } = capabilities[at]!;
    const mean = quotient(gap, whole(withTarget));
    if (mean === null) return none(strategic === 0 ? 'nothing_strategic' : 'no_records');
    return valued(mean, withTarget, {
      inputs: [
        levels('Levels missing, added up', gap),
        counted('Strategic capabilities with level and target', withTarget),
        counted('Strategic capabilities in all', strategic),
      ],
    });
  },
};

const competencyCoverage: Metric = {
  id: 'capability.competency_coverage',
  name: 'Competency coverage',
  question: 'Do we have the people that our capabilities need?',
  why: 'Money buys no capability where the people who can build and run it are missing.',
  unit: 'share',
  better: 'higher',
  distance: 2,
  formula: {
    text: 'People available divided by people required, in full-time equivalents, by the latest count of each competency at the end of the period. People beyond the need of one competency do not make up for a lack in another.',
    expression: 'Σ min(available, required) ÷ Σ required',
    version: '1',
  },
  fold: { of: 'ratio', a: 'filled', b: 'required' },
  scopes: { portfolio: false, unit: true },
  needs: ['capabilities'],
  compute({ capabilities }, at) {
    const { competencies, filled, required } = capabilities[at]!;
    if (competencies === 0) return none('no_records');
    const share = quotient(filled, required);
    if (share === null) return none('zero_denominator', competencies);
    return valued(share, competencies, {
      inputs: [
        { label: 'People available, up to what is required', value: filled, unit: 'number' },
        { label: 'People required', value: required, unit: 'number' },
        counted('Competencies', competencies),
      ],
    });
  },
};

export const capabilityMetrics: readonly Metric[] = [
  strategicMaturity,
  maturityGap,
  ...skillsMetrics,
  competencyCoverage,
];
