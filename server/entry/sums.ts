import type { EntryGrid, EntryRow } from '../contract/entry.js';
import { addDecimals, formatDecimal, parseDecimal, plainDecimal } from '../core/money.js';

type Sums = EntryGrid['sums'];
type Month = Sums[number]['months'][number];

const plus = (sum: string | null, value: string | null): string | null => {
  if (sum === null || value === null) return sum ?? value;
  return plainDecimal(formatDecimal(addDecimals(parseDecimal(sum), parseDecimal(value))), true);
};

/** What the rows add up to, month by month: one for each currency, by its code. What is no money is not added; null where nothing is recorded. */
export const sumsOf = (rows: readonly EntryRow[], months: number): Sums => {
  const found = new Map<string, { currency: string; rows: number; months: Month[] }>();
  for (const { benefit, cells } of rows) {
    if (!benefit.isMoney || benefit.currency === null) continue;
    const { currency } = benefit;
    const before = found.get(currency) ?? {
      currency,
      rows: 0,
      months: Array.from({ length: months }, () => ({ planned: null, forecast: null, realised: null })),
    };
    found.set(currency, {
      currency,
      rows: before.rows + 1,
      months: before.months.map((sum, at) => ({
        planned: plus(sum.planned, cells[at]!.planned),
        forecast: plus(sum.forecast, cells[at]!.forecast),
        realised: plus(sum.realised, cells[at]!.realised),
      })),
    });
  }
  return [...found.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1));
};
