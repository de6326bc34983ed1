import { round, shift } from './decimal.js';
import { localised } from './locale-number.js';

/** How a figure is printed beside the limit that it is held against. One rule for sentences of the server and figures of the screen. */

/** Settings have no more decimals than that; a limit with more was worked out, and is rounded as figures are. */
const OF_SETTINGS = 4;
const MOST = 12;
/** Floats of the same decimal differ in the last bits: 100 × 0.57 is 56.99999999999999. */
const NEAR = 1e-9;

/** Decimals that say a limit in full; `usual` where it was worked out. */
const decimalsOfLimit = (limit: number, usual: number): number =>
  Array.from({ length: OF_SETTINGS + 1 }, (_, decimals) => decimals).find(
    (decimals) => Math.abs(Number(limit.toFixed(decimals)) - limit) < NEAR,
  ) ?? usual;

/**
 * With how many decimals a figure and its limit are printed, so that the figure as printed lies where it lies: 59.96 is below 60, never 60 below 60.
 * Both as they are printed: 60 of a share of 0.6.
 *
 * @param usual decimals of such a figure where these tell
 * @param round as the figure will be rounded
 */
export function decimalsBeside(
  value: number,
  limit: number,
  usual: number,
  round: (value: number, decimals: number) => string = (each, decimals) => each.toFixed(decimals),
): number {
  // Rounding moves no figure over a limit that is further away than its last digit.
  if (Math.abs(value - limit) >= 10 ** -usual) return usual;
  const least = Math.max(usual, decimalsOfLimit(limit, usual));
  if (Math.abs(value - limit) < NEAR) return least;
  for (let decimals = least; decimals < MOST; decimals += 1)
    if (Number(round(value, decimals)) !== Number(round(limit, decimals))) return decimals;
  return MOST;
}

/** A limit as plain text: in full where it is a setting, else with the decimals of its figure. */
export const limitText = (limit: number, decimals: number): string =>
  String(Number(limit.toFixed(Math.max(decimals, decimalsOfLimit(limit, decimals)))));

/** How an amount stands where it is printed: by so many digits its point moves (6 to millions, -2 to percent), and with so many decimals. */
interface Place {
  readonly exponent: number;
  readonly decimals: number;
}

/** An amount beside another that it is not, and that prints alike with so many decimals: with the fewest more that tell them apart. */
export function amountApart(amount: string, other: string, { exponent, decimals }: Place, locale?: string): string {
  const [own, beside] = [shift(amount, exponent), shift(other, exponent)] as const;
  const most = Math.max(...[own, beside].map((each) => each.split('.')[1]?.length ?? 0));
  let enough = decimals;
  while (enough < most && round(own, enough) === round(beside, enough)) enough += 1;
  return localised(round(own, enough), locale);
}
