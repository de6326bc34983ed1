import type { StaleCell } from '../contract/entry.js';
import { sameAmount } from '../core/money.js';
import { invalid, Problem, type ProblemError } from '../http/problem.js';
import {
  keyOf,
  type LockedBenefit,
  type MonthValues,
  type ReasonRules,
  type StoredValue,
} from './value-writing.queries.js';

/** One month as it was sent; `item` is its place in the request, and what is undefined stays as it is. */
export interface SentValue {
  item: number;
  benefitId: string;
  /** As it was written in the request. */
  code: string;
  month: string;
  planned?: string | null | undefined;
  forecast?: string | null | undefined;
  realised?: string | null | undefined;
  evidence?: string | null | undefined;
  reason: string | null;
  version?: number | undefined;
}

/** A sent month with what is stored for it (null: nothing, or archived) and what it becomes. */
export interface Planned {
  sent: SentValue;
  before: StoredValue | null;
  next: MonthValues;
}

/** @throws Problem 403 naming each item whose benefit lies in somebody else's portfolio */
export const refuseForeign = (sent: readonly SentValue[], benefits: ReadonlyMap<string, LockedBenefit>): void => {
  const errors = sent
    .filter((row) => benefits.get(row.benefitId)?.isOwn === false)
    .map((row) => ({
      pointer: `/items/${row.item}/benefit`,
      code: 'benefit.foreign',
      message: `${row.code} lies in a portfolio that is not yours. Ask its manager.`,
    }));
  if (errors.length === 0) return;
  const sentence = 'You may enter values only in your own portfolio. Ask its manager.';
  throw new Problem(403, 'forbidden', sentence, errors);
};

/** @throws Problem 422 where a month of a benefit is sent twice */
export const refuseTwice = (sent: readonly SentValue[]): void => {
  const seen = new Set<string>();
  const errors: ProblemError[] = [];
  for (const row of sent) {
    const key = keyOf(row);
    if (seen.has(key))
      errors.push({
        pointer: `/items/${row.item}`,
        code: 'row.twice',
        message: `${row.code} ${row.month} stands twice. Send each month of a benefit once.`,
      });
    seen.add(key);
  }
  if (errors.length > 0) throw invalid(errors);
};

/** @throws Problem 412 with every stale cell, both values, and who changed it and when (`stale`) */
export const refuseStale = (sent: readonly SentValue[], stored: ReadonlyMap<string, StoredValue>): void => {
  const stale = sent.flatMap((row) => {
    const now = stored.get(keyOf(row));
    const version = now && !now.archived ? now.version : undefined;
    return row.version === version ? [] : [{ row, now }];
  });
  if (stale.length === 0) return;
  throw new Problem(
    412,
    'precondition-failed',
    'Someone else changed some of these months since you read them.',
    stale.map(({ row, now }) => ({
      pointer: `/items/${row.item}`,
      code: 'cell.stale',
      message: staleSentence(row, now),
    })),
    { stale: stale.map(({ row, now }) => staleCellOf(row, now)) },
  );
};

const staleSentence = (row: SentValue, now: StoredValue | undefined): string => {
  if (!now || now.archived)
    return `${row.code} ${row.month} is not there any more. Leave version out to enter it anew.`;
  return `${row.code} ${row.month} is at version ${now.version}, not ${row.version ?? 'unstated'}: ${now.changedBy} changed it. Read it again and repeat your change.`;
};

const staleCellOf = (row: SentValue, now: StoredValue | undefined): StaleCell => {
  const live = now && !now.archived ? now : null;
  return {
    item: row.item,
    benefit: row.code,
    month: row.month,
    yours: {
      version: row.version ?? null,
      ...(row.planned === undefined ? {} : { planned: row.planned }),
      ...(row.forecast === undefined ? {} : { forecast: row.forecast }),
      ...(row.realised === undefined ? {} : { realised: row.realised }),
      ...(row.evidence === undefined ? {} : { evidence: row.evidence }),
    },
    theirs: {
      version: live?.version ?? null,
      planned: live?.planned ?? null,
      forecast: live?.forecast ?? null,
      realised: live?.realised ?? null,
      evidence: live?.evidence ?? null,
      changedBy: now?.changedBy ?? null,
      changedAt: now?.changedAt ?? null,
    },
  };
};

/** Why a change may not go without a word, or null. One error an item: the lock goes before the rest, its reason serves them all. */
const unreasoned = ({ sent, before, next }: Planned, rules: ReasonRules): Omit<ProblemError, 'pointer'> | null => {
  if (rules.lockedThrough !== null && sent.month <= rules.lockedThrough)
    return {
      code: 'month.locked',
      message: `${sent.month} is locked. Say in reason why ${sent.code} is restated in it.`,
    };
  const reported = before?.realised ?? null;
  if (reported !== null && !sameAmount(reported, next.realised))
    return {
      code: 'reason.required',
      message: `${sent.code} ${sent.month} has a realised value already (${reported}). Say in reason why it changes.`,
    };
  if (rules.planFixed.has(sent.benefitId) && !sameAmount(before?.planned ?? null, next.planned))
    return {
      code: 'reason.required',
      message: `${sent.code} is approved: its plan changes only with a reason. Say in reason why it changes for ${sent.month}.`,
    };
  return null;
};

/**
 * A reported value, the plan of an approved benefit and a locked month are not changed without a word.
 * @throws Problem 422 with one error an item
 */
export const refuseUnreasoned = (changes: readonly Planned[], rules: ReasonRules): void => {
  const errors = changes.flatMap((change) => {
    const found = change.sent.reason ? null : unreasoned(change, rules);
    return found ? [{ pointer: `/items/${change.sent.item}/reason`, ...found }] : [];
  });
  if (errors.length > 0) throw invalid(errors);
};

/** @throws Problem 422 with one error an item whose month has no exchange rate */
export const refuseMissingRates = (
  changes: readonly Planned[],
  missing: readonly { benefitId: string; month: string; currency: string }[],
): void => {
  if (missing.length === 0) return;
  const currencies = new Map(missing.map((row) => [keyOf(row), row.currency]));
  const errors = changes.flatMap(({ sent }) => {
    const currency = currencies.get(keyOf(sent));
    if (currency === undefined) return [];
    const message = `${sent.code} has an amount in ${currency} for ${sent.month}, and there is no exchange rate of ${currency} for that month. Enter the rate first.`;
    return [{ pointer: `/items/${sent.item}/month`, code: 'rate.missing', message }];
  });
  const detail =
    errors.length === 1 ? errors[0]!.message : `${errors.length} months have no exchange rate. Enter the rate first.`;
  throw new Problem(422, 'rule-broken', detail, errors);
};
