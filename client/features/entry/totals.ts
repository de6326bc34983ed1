import type { EntryGrid, EntryRow } from '../../../server/contract/entry.js';
import { add, subtract } from '../../../server/contract/decimal.js';
import { standing, type Edits, type Field } from './staged';

/** Sums under the grid: what is saved as the server adds it up, and over it what is typed. Units and currencies are never mixed. */

export interface Footer {
  currency: string;
  /** How many of the rows it adds up. */
  rows: number;
  /** One a month; null where nothing is recorded. */
  sums: (string | null)[];
  /** Months in which something is typed that is not saved yet. */
  typed: boolean[];
}

/** What stands on the screen: what is saved, with what is entered over it. Rows that are no money are not added. */
export function footersOf(
  saved: EntryGrid['sums'],
  rows: readonly EntryRow[],
  months: readonly string[],
  field: Field,
  edits: Edits,
): Footer[] {
  const footers = saved.map(({ currency, rows: count, months: sums }): Footer => ({
    currency,
    rows: count,
    sums: sums.map((sum) => sum[field]),
    typed: sums.map(() => false),
  }));
  const byCode = new Map(rows.map((row) => [row.benefit.code, row]));
  const isThere = new Map<string, boolean>();
  for (const edit of Object.values(edits)) {
    const row = edit.field === field ? byCode.get(edit.benefit) : undefined;
    const footer = row?.benefit.isMoney ? footers.find(({ currency }) => currency === row.benefit.currency) : undefined;
    const at = months.indexOf(edit.month);
    const cell = row?.cells[at];
    if (!footer || !cell || edit.problem !== null) continue;
    const [was, is] = [cell[field], standing(cell, field, edit)];
    isThere.set(`${edit.benefit} ${edit.month}`, is !== null);
    footer.sums[at] = subtract(add(footer.sums[at] ?? '0', is ?? '0'), was ?? '0');
    footer.typed[at] = true;
  }
  // Where the last value of a month is taken away, nothing is left that could add up to 0.
  for (const { currency, sums, typed } of footers)
    for (const [at, month] of months.entries()) {
      const isLeft = ({ benefit, cells }: EntryRow): boolean =>
        benefit.isMoney &&
        benefit.currency === currency &&
        (isThere.get(`${benefit.code} ${month}`) ?? (cells[at]?.[field] ?? null) !== null);
      if (typed[at] && !rows.some(isLeft)) sums[at] = null;
    }
  return footers;
}

export interface ChangeTotal {
  field: Field;
  currency: string;
  /** What the edits add to what was saved. */
  amount: string;
}

/** What the readable edits of money change in all, by scenario and currency. */
export function changeTotals(edits: Edits): ChangeTotal[] {
  const totals = new Map<string, ChangeTotal>();
  for (const { field, unit, isMoney, problem, value, base } of Object.values(edits)) {
    if (!isMoney || problem !== null) continue;
    const key = `${field} ${unit}`;
    const total = totals.get(key) ?? { field, currency: unit, amount: '0' };
    totals.set(key, { ...total, amount: add(total.amount, subtract(value ?? '0', base.value ?? '0')) });
  }
  return [...totals.values()];
}
