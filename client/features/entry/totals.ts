import type { EntryRow } from '../../../server/contract/entry.js';
import { add, subtract } from '../../lib/decimal';
import { standing, type Edits, type Field } from './staged';

/** Sums of what stands on the screen: what is saved, and what is entered over it. Units and currencies are never mixed. */

export interface Footer {
  currency: string;
  /** How many of the rows it adds up. */
  rows: number;
  /** One a month; null where nothing is recorded. */
  sums: (string | null)[];
}

/** What is saved of one currency, and how many values each sum has. */
export interface SavedSum extends Footer {
  counts: number[];
}

/** One for each currency among the rows, without edits: 200 rows of 36 months are added up once, not at each key. */
export function savedSums(rows: readonly EntryRow[], months: readonly string[], field: Field): SavedSum[] {
  const found = new Map<string, SavedSum>();
  for (const { benefit, cells } of rows) {
    if (!benefit.isMoney || benefit.currency === null) continue;
    const { currency } = benefit;
    const sum = found.get(currency) ?? {
      currency,
      rows: 0,
      sums: months.map(() => null),
      counts: months.map(() => 0),
    };
    found.set(currency, sum);
    sum.rows += 1;
    cells.forEach((cell, at) => {
      const value = cell[field];
      if (value === null) return;
      sum.sums[at] = add(sum.sums[at] ?? '0', value);
      sum.counts[at]! += 1;
    });
  }
  return [...found.values()].sort((a, b) => a.currency.localeCompare(b.currency));
}

/** What stands on the screen: what is saved, with what is entered over it. Rows that are no money are not added. */
export function footersOf(
  saved: readonly SavedSum[],
  rows: readonly EntryRow[],
  months: readonly string[],
  field: Field,
  edits: Edits,
): Footer[] {
  const footers = saved.map((sum) => ({ ...sum, sums: [...sum.sums], counts: [...sum.counts] }));
  const byCode = new Map(rows.map((row) => [row.benefit.code, row]));
  for (const edit of Object.values(edits)) {
    const row = edit.field === field ? byCode.get(edit.benefit) : undefined;
    const footer = row?.benefit.isMoney ? footers.find(({ currency }) => currency === row.benefit.currency) : undefined;
    const at = months.indexOf(edit.month);
    const cell = row?.cells[at];
    if (!footer || !cell) continue;
    const [was, is] = [cell[field], standing(cell, field, edit)];
    footer.counts[at]! += (is === null ? 0 : 1) - (was === null ? 0 : 1);
    const sum = subtract(add(footer.sums[at] ?? '0', is ?? '0'), was ?? '0');
    footer.sums[at] = footer.counts[at] === 0 ? null : sum;
  }
  return footers.map(({ currency, rows: count, sums }) => ({ currency, rows: count, sums }));
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
