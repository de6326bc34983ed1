import type { Principal } from '../access/principal.js';
import {
  CONFIRMATION_REASONS,
  CONFIRMATION_STATES,
  type ConfirmationItem,
  type Confirmations,
} from '../contract/confirmation.js';
import { addDecimals, formatDecimal, parseDecimal, plainDecimal } from '../core/money.js';
import { localDate } from '../core/period.js';
import type { ClaimCount, ClaimRow } from './confirmations.queries.js';

const DAY = 86_400_000;

/** What a person sees of one value. */
export const itemOf = (row: ClaimRow, who: Principal): ConfirmationItem => {
  const isMoney = row.reporting !== null;
  const amount = (text: string): string => plainDecimal(text, isMoney);
  const verdict = (of: ClaimRow['before']): ClaimRow['before'] =>
    of && {
      ...of,
      amount: of.currency === row.currency ? amount(of.amount) : plainDecimal(of.amount, of.currency !== null),
    };
  return {
    benefit: { code: row.code, name: row.name, owner: row.owner, currency: row.currency, unit: row.unit },
    month: row.month,
    version: row.version,
    amount: amount(row.amount),
    reporting: row.reporting === null ? null : amount(row.reporting),
    planned: row.planned === null ? null : amount(row.planned),
    variance:
      row.variance === null ? null : { value: amount(row.variance), impact: impactOf(row.variance, row.better) },
    evidence: row.evidence,
    evidenceItems: row.evidenceItems,
    reportedBy: row.reportedBy,
    reportedAt: row.reportedAt,
    why: row.why,
    before: verdict(row.before),
    rejection: verdict(row.rejection),
    confirmation: verdict(row.confirmation),
    mayJudge: row.reportedBy !== who.email,
  };
};

const impactOf = (variance: string, better: ClaimRow['better']): 'favourable' | 'unfavourable' | 'neutral' => {
  const { units } = parseDecimal(variance);
  if (units === 0n) return 'neutral';
  return units < 0n === (better === 'lower') ? 'favourable' : 'unfavourable';
};

/** What there is in all states, and why and since when the values wait that do. */
export const totalsOf = (
  counts: readonly ClaimCount[],
  now: string,
  timeZone: string,
): Pick<Confirmations, 'counts' | 'reasons' | 'oldest' | 'oldestDays'> => {
  const inState = (state: ClaimCount['state']): ClaimCount[] => counts.filter((row) => row.state === state);
  const number = (rows: readonly ClaimCount[]): number => rows.reduce((sum, row) => sum + row.count, 0);
  const sum = (rows: readonly ClaimCount[]): string =>
    formatDecimal(rows.map((row) => parseDecimal(row.amount ?? '0')).reduce(addDecimals, parseDecimal('0')));
  const waiting = inState('waiting');
  const oldest = waiting.flatMap((row) => row.oldest ?? []).sort()[0] ?? null;
  return {
    counts: CONFIRMATION_STATES.map((state) => ({
      state,
      count: number(inState(state)),
      amount: plainDecimal(sum(inState(state)), true),
    })),
    reasons: CONFIRMATION_REASONS.map((why) => ({ why, count: number(waiting.filter((row) => row.why === why)) })),
    oldest,
    oldestDays:
      oldest === null ? null : (Date.parse(localDate(now, timeZone)) - Date.parse(localDate(oldest, timeZone))) / DAY,
  };
};
