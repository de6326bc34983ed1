import { count, inFull, money, percent, percentInFull, scaleFor, type Scale } from '../../server/contract/format.js';

/** Values as a trace gives them: exact text with a unit that is a currency, `share`, `count` or the unit of a benefit. */

const isCurrency = (unit: string): boolean => /^[A-Z]{3}$/.test(unit);

/** One scale for each currency of a list. */
export function scalesOf(items: readonly { value: string | null; unit: string }[]): ReadonlyMap<string, Scale> {
  const units = new Set(items.map(({ unit }) => unit).filter(isCurrency));
  const amounts = (unit: string) => items.flatMap((item) => (item.unit === unit ? (item.value ?? []) : []));
  return new Map([...units].map((unit) => [unit, scaleFor(amounts(unit))]));
}

/** Three significant digits, for lists. */
export function brief(value: string, unit: string, scales: ReadonlyMap<string, Scale>): string {
  if (unit === 'count') return count(Number(value));
  if (unit === 'share') return percent(value);
  return isCurrency(unit) ? money(value, unit, scales.get(unit)) : inFull(value, unit);
}

/** Every digit. */
export function full(value: string, unit: string): string {
  if (unit === 'count') return count(Number(value));
  if (unit === 'share') return percentInFull(value);
  return inFull(value, unit);
}

/** What stands in a column header. */
export const unitWord = (unit: string): string => (unit === 'count' ? 'number' : unit === 'share' ? '%' : unit);

const NULL_REASONS: Record<string, string> = {
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
  benefits_allocate_nothing: 'A benefit is the last layer: it passes no cost on.',
};

const SHORT: Record<string, string> = {
  too_few_points: 'too few points',
  no_forecast: 'no forecast',
  zero_forecast: 'forecasts of then are 0',
  unclassified: 'no type',
};

/** Why there is no value, in a few words for a cell. */
export const nullWords = (reason: string): string => SHORT[reason] ?? reason.replaceAll('_', ' ');

/** Why there is no value, as a sentence. */
export const nullSentence = (reason: string | null): string =>
  reason === null ? 'There is no value.' : (NULL_REASONS[reason] ?? sentence(reason));

const sentence = (text: string): string => {
  const words = text.replaceAll('_', ' ').trim();
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}${/[.!?]$/.test(words) ? '' : '.'}`;
};
