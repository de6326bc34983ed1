import type { FrozenRecord } from '../../contract/review-after.js';
import { fractionOf } from '../benefit-status.js';
import { divided, type Fraction, minus, negated, sizeOf, times, whole } from '../exact-amounts.js';
import { formatFraction } from '../money.js';

/** An amount is what was entered, times the rate of its month, times the share of it that counts: which of them made it another. */

/** By how much the amount was multiplied; null is what the other ratios leave. */
export type Ratio = Fraction | null;

const RATE = /(?:^| · )1 (\S+) = (\d+(?:\.\d+)?) \S+(?: · \S+ % of it)?$/;
const DECIMAL = /^-?\d+(\.\d+)?$/;

/** The rate by which a record was converted, as its note tells it (last but for its share: what stands before may be anybody's words). */
const rateIn = ({ note, enteredUnit }: FrozenRecord): Fraction | null => {
  const [, currency, rate] = RATE.exec(note ?? '') ?? [];
  return rate !== undefined && currency === enteredUnit ? fractionOf(rate) : null;
};

const numberIn = ({ entered }: FrozenRecord): Fraction | null =>
  entered !== null && DECIMAL.test(entered) ? fractionOf(entered) : null;

/** From the one to the other; null where there is none, or where it is nothing at either time. */
const ratioOf = (was: Fraction | null, is: Fraction | null): Fraction | null =>
  was === null || is === null || was.n === 0n || is.n === 0n ? null : divided(is, was);

/** What was entered, from the one time to the other. */
export const enteredRatio = (was: FrozenRecord, is: FrozenRecord): Fraction | null =>
  was.enteredUnit === is.enteredUnit ? ratioOf(numberIn(was), numberIn(is)) : null;

/** The rate, from the one time to the other; null where the record does not tell it. */
export const rateRatio = (was: FrozenRecord, is: FrozenRecord): Fraction | null =>
  was.enteredUnit === is.enteredUnit ? ratioOf(rateIn(was), rateIn(is)) : null;

/**
 * Whether ratios leave something over that is no rounding: printed amounts are each less than a minor unit from their own.
 * @param unit the smallest difference of printed amounts
 */
export const leavesMore = (was: string, is: string, ratios: readonly Fraction[], unit: string): boolean => {
  const ratio = ratios.reduce(times, whole(1));
  const left = sizeOf(minus(fractionOf(is), times(fractionOf(was), ratio)));
  const bound = times(fractionOf(unit), minus(whole(1), negated(sizeOf(ratio))));
  return minus(left, bound).n >= 0n;
};

/**
 * The amounts that a change passes through on its way, one between each two of its ratios: forwards from what it was up to the one that the others
 * leave, and from there backwards from what it is. Rounded to the decimals of `unit`, so each is an amount as it is printed.
 */
export const passing = (was: string, is: string, ratios: readonly Ratio[], unit: string): string[] => {
  const decimals = unit.split('.')[1]?.length ?? 0;
  const text = ({ n, d }: Fraction): string => formatFraction(n, d, decimals);
  const open = ratios.indexOf(null);
  const last = open === -1 ? ratios.length - 1 : open;
  const forwards: string[] = [];
  let amount = fractionOf(was);
  for (const ratio of ratios.slice(0, last)) forwards.push(text((amount = times(amount, ratio!))));
  const backwards: string[] = [];
  amount = fractionOf(is);
  for (const ratio of ratios.slice(last + 1).reverse()) backwards.unshift(text((amount = divided(amount, ratio!)!)));
  return [...forwards, ...backwards];
};
