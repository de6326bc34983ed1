import type { Principal } from '../access/principal.js';
import type { BenefitMonth } from '../contract/benefit.js';
import type { RefusedValue } from '../contract/confirmation.js';
import { sameAmount } from '../core/money.js';
import { stale } from '../http/etag.js';
import { fourEyes, invalid, notFound, Problem, type ProblemError } from '../http/problem.js';

export type Verdict = 'confirmed' | 'rejected';

/** Why a value cannot be judged, and the refusal of a request for it alone. */
export interface Refusal {
  why: RefusedValue['why'];
  problem: Problem;
}

/** A value as it was seen; `currency` is undefined where nobody said in which. */
export interface Seen {
  version: number;
  amount: string;
  currency?: string | null | undefined;
}

const inWords = (currency: string | null): string => (currency === null ? 'in no currency' : `in ${currency}`);

/**
 * Why this value cannot be judged by this person as it was seen, or null.
 * @param currency of the benefit, as it is now
 */
export const refusalOf = (
  now: BenefitMonth | null,
  currency: string | null,
  month: string,
  given: Seen,
  who: Principal,
  verdict: Verdict,
): Refusal | null => {
  if (!now || now.realised === null) return { why: 'gone', problem: notFound() };
  if (now.reportedBy === who.email)
    return {
      why: 'own',
      problem: fourEyes('You reported this value yourself. Someone else in finance must confirm or reject it.'),
    };
  const isSeen = now.version === given.version && sameAmount(now.realised, given.amount);
  // Judged by someone else meanwhile, and nothing else: that is what they want to know.
  if (verdict === 'confirmed' && now.confirmedBy !== null && (isSeen || sameAmount(now.realised, given.amount)))
    return {
      why: 'done',
      problem: new Problem(409, 'conflict', `The value of ${month} is confirmed already, by ${now.confirmedBy}.`),
    };
  if (given.currency !== undefined && given.currency !== currency)
    return {
      why: 'currency',
      problem: new Problem(
        409,
        'conflict',
        `The value of ${month} is ${inWords(currency)} now; you saw it ${inWords(given.currency)}. Look at it again.`,
      ),
    };
  if (!isSeen) return { why: 'changed', problem: stale(now) };
  return null;
};

/**
 * @param idOf the benefit behind each name of it
 * @throws Problem 422 where a value is sent twice, by whatever name of its benefit
 */
export const refuseTwice = (
  items: readonly { benefit: string; month: string }[],
  idOf: ReadonlyMap<string, string>,
): void => {
  const seen = new Set<string>();
  const errors: ProblemError[] = [];
  for (const [index, { benefit, month }] of items.entries()) {
    const key = `${idOf.get(benefit)} ${month}`;
    if (seen.has(key))
      errors.push({
        pointer: `/items/${index}`,
        code: 'row.twice',
        message: `${benefit} ${month} stands twice. Send each month of a benefit once.`,
      });
    seen.add(key);
  }
  if (errors.length > 0) throw invalid(errors);
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
