import type { MetricNull } from './metric.js';

/** Why there is no value, in words: one wording for screens and for what is handed out. */

const SENTENCES: Record<MetricNull, string> = {
  no_records: 'No record of this period counts.',
  zero_denominator: 'There is nothing to divide by.',
  no_spend: 'No actual cost is recorded.',
  nothing_strategic: 'No capability is marked as strategic.',
  no_ranking: 'Priorities are not ranked in this period or the one before.',
  not_in_scope: 'It is known for the whole enterprise only, not for this part of it.',
  too_few_responses: 'Fewer than 5 answers, or a neighbour with fewer: the value is kept back.',
};

/** What the same reason means for a metric that reads less. */
const OWN_SENTENCES: Readonly<Record<string, string>> = {
  'alignment.top_priority_spend_share no_ranking': 'Priorities are not ranked in this period.',
};

/** Why a metric has no value, as a sentence. */
export const metricNull = (reason: MetricNull | string | null, id?: string): string =>
  reason === null
    ? 'There is no value.'
    : (OWN_SENTENCES[`${id} ${reason}`] ?? SENTENCES[reason as MetricNull] ?? 'There is no value.');

const NULL_REASONS: Readonly<Record<string, string>> = {
  nothing_planned: 'Nothing is planned to date.',
  nothing_measured: 'No planned month has a realised value yet.',
  nothing_confirmed: 'No realised value is confirmed yet.',
  not_assessed: 'It was not assessed by the end of the period.',
  not_in_scope: 'It is not known for this part of the enterprise.',
  no_gap: 'No capability is below its target.',
  no_spend: 'No actual cost is recorded to date.',
  nothing_recorded: 'Nothing is recorded to date.',
  not_money: 'This benefit is not money.',
  outside_scope: 'This record lies outside the scope.',
  nothing_declared: 'No status is declared.',
  no_links: 'No link is recorded.',
  no_cost: 'No cost of this kind is recorded.',
  no_sign_change: 'The net never changes its sign, so no rate makes it worth nothing.',
  no_root: 'No rate makes the net worth nothing, though its sign changes.',
  multiple: 'Several rates make the net worth nothing, so none of them is the one.',
  first_version: 'It is the first plan: there is none before it.',
  nothing_stated: 'It is not stated.',
  nobody_asked: 'No closed round of this quarter asked IT itself.',
  nobody_answered: 'Nobody has answered this question.',
  too_few_responses: 'Fewer than 5 answers, or a neighbour with fewer: the value is kept back.',
  nothing_entered: 'No month of the period has a value.',
  never: 'The sum of value less cost ends below 0.',
  too_few_points: 'Fewer than 8 months have both a value and a forecast that was made three months earlier.',
  no_forecast: 'No later month has a forecast.',
  zero_forecast: 'The forecasts of then add up to 0.',
  not_added: 'The months of this benefit are not added up: their mean or the latest of them counts.',
  unclassified: 'The benefit has no type, so there is no like to compare it with.',
  nothing_to_come: 'No plan or forecast is recorded after the period.',
  level_not_sum: 'It is measured as a level, not as an amount: no part can be taken off it.',
  no_records: 'Nothing is recorded for it.',
  not_found: 'Its record is no longer there.',
  benefits_allocate_nothing: 'A benefit is the last layer: it passes no cost on.',
};

const SHORT: Readonly<Record<string, string>> = {
  too_few_points: 'too few points',
  no_forecast: 'no forecast',
  zero_forecast: 'forecasts of then are 0',
  unclassified: 'no type',
};

/** Why there is no value, in a few words for a cell. */
export const nullWords = (reason: string): string => SHORT[reason] ?? reason.replaceAll('_', ' ');

/** Why there is no value, as a sentence. */
export const nullSentence = (reason: string | null): string =>
  reason === null
    ? 'There is no value.'
    : (NULL_REASONS[reason] ?? SENTENCES[reason as MetricNull] ?? sentence(reason));

const sentence = (text: string): string => {
  const words = text.replaceAll('_', ' ').trim();
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}${/[.!?]$/.test(words) ? '' : '.'}`;
};
