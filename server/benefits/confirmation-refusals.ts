import type { Principal } from '../access/principal.js';
import type { BenefitMonth } from '../contract/benefit.js';
import type { RefusedValue } from '../contract/confirmation.js';
import { sameAmount } from '../core/money.js';
import { stale } from '../http/etag.js';
import { forbidden, notFound, Problem, type ProblemError } from '../http/problem.js';

export type Verdict = 'confirmed' | 'rejected';

/** Why a value cannot be judged, and the refusal of a request for it alone. */
export interface Refusal {
  why: RefusedValue['why'];
  problem: Problem;
}

/** Why this value cannot be judged by this person as it was seen, or null. */
export const refusalOf = (
  now: BenefitMonth | null,
  month: string,
  given: { version: number; amount: string },
  who: Principal,
  verdict: Verdict,
): Refusal | null => {
  if (!now || now.realised === null) return { why: 'gone', problem: notFound() };
  if (now.reportedBy === who.email)
    return {
      why: 'own',
      problem: forbidden('You reported this value yourself. Someone else in finance must confirm or reject it.'),
    };
  const isSeen = now.version === given.version && sameAmount(now.realised, given.amount);
  // Judged by someone else meanwhile, and nothing else: that is what they want to know.
  if (verdict === 'confirmed' && now.confirmedBy !== null && (isSeen || sameAmount(now.realised, given.amount)))
    return {
      why: 'done',
      problem: new Problem(409, 'conflict', `The value of ${month} is confirmed already, by ${now.confirmedBy}.`),
    };
  if (!isSeen) return { why: 'changed', problem: stale(now) };
  return null;
};

/** One value that cannot be judged, with what stands there now. */
export interface RefusedItem {
  index: number;
  code: string;
  item: { month: string; amount: string };
  now: BenefitMonth | null;
  refusal: Refusal;
}

const messageOf = ({ now, item, refusal: { why, problem } }: RefusedItem): string =>
  why !== 'changed' || !now || now.realised === null
    ? problem.detail
    : sameAmount(now.realised, item.amount)
      ? 'Something beside its amount changed since you read it: its plan, its forecast or its evidence.'
      : 'Its amount changed since you read it.';

/** All values that are refused, as one answer; its status is that of the first. */
export const refuseAll = (refused: readonly RefusedItem[], of: number, verdict: Verdict): Problem => {
  const first = refused[0]!.refusal.problem;
  const errors = refused.map((each): ProblemError => ({
    pointer: `/items/${each.index}`,
    code: `value.${each.refusal.problem.type}`,
    message: `${each.code}, ${each.item.month}: ${messageOf(each)}`,
  }));
  const listed = refused.map((each): RefusedValue => ({
    item: each.index,
    benefit: each.code,
    month: each.item.month,
    why: each.refusal.why,
    message: messageOf(each),
    seen: each.item.amount,
    now: each.now?.realised ?? null,
    version: each.now?.version ?? null,
  }));
  return new Problem(
    first.status,
    first.type,
    `${refused.length === 1 ? 'One value' : `${refused.length} values`} of ${of} cannot be ${verdict}: nothing was done. Look at the list anew.`,
    errors,
    { refused: listed },
  );
};
