import type { EntryRow } from '../../../server/contract/entry.js';
import { add, subtract } from '../../lib/decimal';
import { keyOf, standing, type Edits, type Field } from './staged';

/** Sums of what stands on the screen: what is saved, and what is entered over it. Units and currencies are never mixed. */

export interface Footer {
  currency: string;
  /** How many of the rows it adds up. */
  rows: number;
  /** One a month; null where nothing is recorded. */
  sums: (string | null)[];
}

/** One footer for each currency among the rows; rows that are no money are not added. */
export function footersOf(rows: readonly EntryRow[], months: readonly string[], field: Field, edits: Edits): Footer[] {
  const footers = new Map<string, Footer>();
  for (const { benefit, cells } of rows) {
    if (!benefit.isMoney || benefit.currency === null) continue;
    const footer = footers.get(benefit.currency) ?? {
      currency: benefit.currency,
      rows: 0,
      sums: months.map(() => null),
    };
    footers.set(benefit.currency, footer);
    footer.rows += 1;
    cells.forEach((cell, at) => {
      const value = standing(cell, field, edits[keyOf(benefit.code, cell.month, field)]);
      if (value !== null) footer.sums[at] = add(footer.sums[at] ?? '0', value);
    });
  }
  return [...footers.values()].sort((a, b) => a.currency.localeCompare(b.currency));
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
