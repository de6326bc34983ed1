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
