import type { DecisionPage } from '../../../server/contract/decision.js';

/** Days on which something can have happened to a decision, both inside, YYYY-MM-DD; `from` null: nobody knows when it was raised. */
export interface Days {
  from: string | null;
  to: string;
}

type Told = Pick<DecisionPage, 'reopenings' | 'escalations'> & { decision: Pick<DecisionPage['decision'], 'raisedAt'> };

/** Instants are told by the clock of the reporting time zone: their first ten signs are the day. */
const lastDay = (...instants: readonly (string | null)[]): string | null =>
  instants
    .flatMap((instant) => (instant === null ? [] : [instant.slice(0, 10)]))
    .sort()
    .at(-1) ?? null;

/** Up to today; to the day after which it must lie, where that is later: the example is told by the end of its story. */
const upTo = (from: string | null, today: string): Days => ({ from, to: from !== null && from > today ? from : today });

/** Days on which it can be escalated or closed: since it was raised, opened again or escalated last. */
export const nextDays = ({ decision, reopenings, escalations }: Told, today: string): Days =>
  upTo(lastDay(decision.raisedAt, ...[...reopenings, ...escalations].map(({ at }) => at)), today);
