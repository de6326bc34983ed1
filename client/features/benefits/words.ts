import type { BenefitClass, CLASS_FILTERS } from '../../../server/contract/register.js';
import type { ChosenColumn } from './search';

/** How the register of benefits calls things. */

export const CLASS_WORDS: Record<(typeof CLASS_FILTERS)[number], string> = {
  cashable: 'Cashable',
  non_cashable: 'Non-cashable',
  non_financial: 'Non-financial',
  unclassified: 'Not classified',
  financial: 'Financial only',
  disbenefit: 'Dis-benefits',
};
export const classWord = (name: BenefitClass): string => CLASS_WORDS[name];

export const TYPE_WORDS: Record<string, string> = {
  revenue: 'revenue',
  cost: 'cost',
  risk: 'risk',
  experience: 'experience',
};

export const DUE_WORDS = { overdue: 'Overdue', upcoming: 'Still in time', none: 'Nothing more to report' } as const;

/** Names of the columns in the chooser, and for those who listen. */
export const COLUMN_WORDS: Record<ChosenColumn, string> = {
  class: 'Class',
  owner: 'Owner',
  outcome: 'Outcome',
  unit: 'Unit',
  baseline: 'Baseline',
  planned: 'Planned to date (PL)',
  realised: 'Realised to date (AC)',
  variance: 'Realised less planned (ΔPL)',
  share: 'The same in percent (ΔPL%)',
  approved: 'Against the baseline plan (ΔBL)',
  expected: 'Expected, full life (FC), and calibrated',
  status: 'Status',
  evidence: 'Evidence',
  due: 'Next due',
  gaps: 'Gaps',
  portfolio: 'Portfolio',
};
