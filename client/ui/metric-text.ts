import { type MetricNull, type MetricUnit, UNIT_NAMES } from '../../server/contract/metric.js';
import {
  brief,
  count,
  decimalsApart,
  decimalsOf,
  inFull,
  percent,
  percentInFull,
  percentTo,
  plainInFull,
  plainTo,
  points,
  pointsInFull,
  scaled,
  scaleFor,
  unitOf,
  type Scale,
} from '../../server/contract/format.js';

/**
 * Metrics as text, one definition for every screen. `value` is a figure as the API gives it: decimal text of money, a number of all else, decimal
 * text of all in a trace. `unit` is `money` or, in a trace, its currency code.
 */

type Value = string | number;
type Unit = MetricUnit | (string & {});

const isMoney = (unit: Unit): boolean => unit === 'money' || /^[A-Z]{3}$/.test(unit);

/** The number alone, with three significant digits, where its unit stands beside it or in a header. */
export function metricNumber(value: Value, unit: Unit, scale?: Scale): string {
  if (isMoney(unit)) return scaled(String(value), scale ?? scaleFor([String(value)]));
  if (unit === 'share') return percent(value);
  if (unit === 'net_share') return points(value);
  if (unit === 'count') return count(Number(value));
  return brief(value);
}

/** The same of a figure that is held against a limit: as many decimals as tell on which side of it it lies. */
export function numberBeside(value: number, unit: Unit, limit: number | null): string {
  const usual = metricNumber(value, unit);
  if (limit === null || unit === 'count') return usual;
  const [factor, print] = unit === 'share' ? [100, percentTo] : [1, plainTo];
  const own = decimalsOf(usual.replace(/\s*%$/, ''));
  const decimals = decimalsApart(factor * value, factor * limit, own);
  return decimals === own ? usual : print(value, decimals);
}

/** What stands beside such a number: `days`, `m EUR`, `of 5`; nothing where the number says it. */
export function unitBeside(unit: Unit, currency: string, scale?: Scale): string {
  if (isMoney(unit)) return scale ? unitOf(scale, currency) : currency;
  return BESIDE[unit] ?? '';
}
const BESIDE: Record<string, string> = { days: 'days', level: 'of 5', score: 'of 5', net_share: 'points' };

/** Number and unit, for sentences: `"61.2 days"`, `"12.4 m EUR"`, `"3.4 of 5"`. */
export function metricText(value: Value, unit: Unit, currency: string): string {
  const scale = isMoney(unit) ? scaleFor([String(value)]) : undefined;
  const beside = unitBeside(unit, currency, scale);
  return [metricNumber(value, unit, scale), beside].filter(Boolean).join(' ');
}

/** Every digit that the API gave, with the unit. */
export function metricInFull(value: Value, unit: Unit, currency: string): string {
  const text = String(value);
  if (isMoney(unit)) return inFull(text, currency);
  if (unit === 'share') return percentInFull(text);
  if (unit === 'net_share') return `${pointsInFull(text)} points`;
  return [plainInFull(value), BESIDE[unit]].filter(Boolean).join(' ');
}

/** The unit as a column of units says it. */
export const unitName = (unit: Unit, currency: string, scale?: Scale): string =>
  isMoney(unit) ? unitBeside(unit, currency, scale) : ((UNIT_NAMES as Readonly<Record<string, string>>)[unit] ?? unit);

/** Known and hidden, not of this scope, or not known: each looks different from the others. */
export type NullLetter = 'c' | 'z' | 'x';
export const letterOf = (reason: MetricNull | string | null): NullLetter =>
  reason === 'too_few_responses' ? 'c' : reason === 'not_in_scope' ? 'z' : 'x';

/** A sum or a count over no record: 0, and said to be. */
export const isNoneRecorded = ({ value, n }: { value: Value | null; n: number }): boolean =>
  n === 0 && value !== null && Number(value) === 0;
