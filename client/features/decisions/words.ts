import type { DecisionLine, DecisionPage } from '../../../server/contract/decision.js';
import type { Metric } from '../../../server/contract/metric.js';
import { brief, counted, day } from '../../../server/contract/format.js';

/** Words of decisions, one place for all of their pages. */

export const KIND_WORDS = {
  priority: 'priority',
  funding: 'funding',
  scope: 'scope',
  architecture: 'architecture',
  risk: 'risk',
  strategic: 'strategic',
  other: 'other',
} as const;

export const OUTCOME_WORDS = { approved: 'approved', declined: 'declined', deferred: 'deferred' } as const;

export const VIEW_WORDS = {
  quarter: 'decided in the quarter',
  year: 'decided in four quarters',
  open: 'open',
  late: 'open past their date',
  reopened: 'reopened',
  above: 'decided above the intended level',
} as const;

export const LEVELS = ['1 team', '2', '3', '4', '5 board'] as const;
export const levelWord = (level: number | null): string => (level === null ? 'not stated' : LEVELS[level - 1]!);

export const INVOLVED_WORDS: Record<string, string> = {
  before: 'before it was decided',
  during: 'while it was decided',
  after: 'after it was decided',
  no: 'not at all',
};

const NO_BENEFIT = 'No benefit is known to wait for it: no link credits its record with one.';

const DELAY_WORDS: Record<NonNullable<DecisionPage['delay']['nullReason']>, string> = {
  decided: 'It is decided: nothing waits for it any more.',
  no_needed_by: 'What a month of waiting costs is not known: nobody has said by when it is needed.',
  about_nothing: 'It is about no record of the chain, so no benefit is known to wait for it.',
  no_money_planned: 'No money is planned in the year after it is needed for the benefits that its record leads to.',
};

/** What is missing to say what waits for it, or what a month of that costs; null where nothing is missing. */
export function waitingWords({
  delay,
  decision,
}: Pick<DecisionPage, 'delay'> & { decision: Pick<DecisionLine, 'about'> }): string | null {
  const { nullReason, benefits } = delay;
  if (nullReason === 'decided' || benefits.length > 0) return nullReason && DELAY_WORDS[nullReason];
  const none = decision.about === null || nullReason === 'about_nothing' ? DELAY_WORDS.about_nothing : NO_BENEFIT;
  return nullReason === 'no_needed_by' ? `${none} ${DELAY_WORDS.no_needed_by}` : none;
}

export const daysWord = (days: number): string => `${brief(days)} ${days === 1 ? 'day' : 'days'}`;

/** `12 days past its date`, `9 days left`, `due today`; at the end of a quarter whose last day was the one, that this day is over. */
export function dueWord({ daysLate, neededBy, state }: Pick<DecisionLine, 'daysLate' | 'neededBy' | 'state'>): string {
  if (neededBy === null || daysLate === null) return 'no date by which it is needed';
  if (daysLate > 0) return `${counted(daysLate, 'day')} past its date`;
  if (daysLate === 0) return state === 'late' ? 'its date is over' : 'due today';
  return `${counted(-daysLate, 'day')} left`;
}

export const decidedWord = ({ decidedAt, outcome }: Pick<DecisionLine, 'decidedAt' | 'outcome'>): string =>
  decidedAt === null ? 'open' : `${outcome === null ? 'decided' : OUTCOME_WORDS[outcome]} ${day(decidedAt)}`;

/** Whether a change of a metric means anything; never an arrow alone. */
export function changeWord({ signal, value, previous }: Pick<Metric, 'signal' | 'value' | 'previous'>): string {
  if (value === null || previous === null) return '';
  if (signal.state === 'insufficient') return 'too few quarters to tell a change from chance';
  if (signal.state === 'noise') return 'no real change';
  return signal.direction ?? 'a real change';
}
