import type { PageSearch } from '../../lib/address';

/** Where the wizard stands, as its address says it. The receipt is the page of the import. */
export const STEPS = ['source', 'match', 'check', 'confirm', 'receipt'] as const;
export type Step = (typeof STEPS)[number];

export const STEP_WORDS: Record<Step, string> = {
  source: 'Source',
  match: 'Match',
  check: 'Check',
  confirm: 'Confirm',
  receipt: 'Receipt',
};

export interface WizardSearch extends PageSearch {
  step?: string | undefined;
  /** The id of the files that were sent. */
  source?: string | undefined;
  /** Which of its sheets, where there are several. */
  sheet?: string | undefined;
}

/** A step needs a source; an address that says anything else begins at the beginning. */
export function stepOf({ step, source }: WizardSearch): 'source' | 'match' | 'check' | 'confirm' {
  if (source === undefined) return 'source';
  return step === 'check' || step === 'confirm' || step === 'source' ? step : 'match';
}
