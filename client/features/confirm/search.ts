import {
  CONFIRMATION_REASONS,
  CONFIRMATION_SORTS,
  CONFIRMATION_STATES,
  type ConfirmationQuery,
} from '../../../server/contract/confirmation.js';

/** What the address says about the work list. */
export interface ConfirmSearch {
  state?: string;
  why?: string;
  q?: string;
  sort?: string;
  /** How many are shown. */
  rows?: string;
}

export const STATE_WORDS: Record<ConfirmationQuery['state'], string> = {
  waiting: 'Waiting',
  confirmed: 'Confirmed',
  rejected: 'Rejected',
};

export const WHY_WORDS: Record<NonNullable<ConfirmationQuery['why']>, string> = {
  new: 'New',
  changed: 'Changed since confirmed',
  resubmitted: 'Reported anew',
};

export const SORT_WORDS: Record<ConfirmationQuery['sort'], string> = {
  '-amount': 'Largest first',
  reportedAt: 'Oldest first',
  '-reportedAt': 'Newest first',
  code: 'By code and month',
};

const among = <Value extends string>(values: readonly Value[], text: string | undefined): Value | undefined =>
  values.find((value) => value === text);

/** A mangled address opens the list with its defaults. Why a value waits is said of those only that do. */
export function readSearch(search: ConfirmSearch): {
  state: ConfirmationQuery['state'];
  why: ConfirmationQuery['why'];
  q: string | undefined;
  sort: ConfirmationQuery['sort'];
} {
  const state = among(CONFIRMATION_STATES, search.state) ?? 'waiting';
  return {
    state,
    why: state === 'waiting' ? among(CONFIRMATION_REASONS, search.why) : undefined,
    q: search.q,
    sort: among(CONFIRMATION_SORTS, search.sort) ?? '-amount',
  };
}
