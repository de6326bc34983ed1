import type { ConfirmationItem } from '../../../server/contract/confirmation.js';
import { add } from '../../../server/contract/decimal.js';

/** Which values are chosen, each as it was seen: what is judged is what stood there when it was chosen, not what stands there now. */
export type Selection = ReadonlyMap<string, ConfirmationItem>;

/** As many as one verdict may be on. */
export const MOST_JUDGED = 500;

export const keyOf = (item: Pick<ConfirmationItem, 'month'> & { benefit: { code: string } }): string =>
  `${item.benefit.code} ${item.month}`;

/** With these chosen, or without them; one's own are never chosen. */
export function choose(selection: Selection, items: readonly ConfirmationItem[], isChosen: boolean): Selection {
  const next = new Map(selection);
  for (const item of items)
    if (!isChosen) next.delete(keyOf(item));
    else if (item.mayJudge) next.set(keyOf(item), item);
  return next;
}

/** The rows from one to another, both inside, in whatever order they are named; only the second where the first is not there. */
export function between(items: readonly ConfirmationItem[], from: string | null, to: string): ConfirmationItem[] {
  const at = (key: string | null) => items.findIndex((item) => keyOf(item) === key);
  const [start, end] = [at(from), at(to)];
  if (end < 0) return [];
  return start < 0 ? items.slice(end, end + 1) : items.slice(Math.min(start, end), Math.max(start, end) + 1);
}

export interface ChangedItem {
  seen: ConfirmationItem;
  /** As it stands in the list now. */
  now: ConfirmationItem;
}

/** Not as it was seen: another version, or the same amount in another currency. */
export const isOther = (seen: ConfirmationItem, now: ConfirmationItem): boolean =>
  seen.version !== now.version || seen.benefit.currency !== now.benefit.currency;

/** Chosen values that have changed since: what stands there now is not what was seen. */
export const changedSince = (selection: Selection, items: readonly ConfirmationItem[]): ChangedItem[] =>
  items.flatMap((now) => {
    const seen = selection.get(keyOf(now));
    return seen !== undefined && isOther(seen, now) ? [{ seen, now }] : [];
  });

export interface CurrencySum {
  currency: string;
  amount: string;
}

/** What is chosen, added up for each currency, exactly; what is not money is not added. */
export function sumsOf(items: Iterable<ConfirmationItem>): CurrencySum[] {
  const sums = new Map<string, string>();
  for (const { benefit, amount, reporting } of items)
    if (reporting !== null && benefit.currency !== null)
      sums.set(benefit.currency, add(sums.get(benefit.currency) ?? '0', amount));
  return [...sums].map(([currency, amount]) => ({ currency, amount }));
}
