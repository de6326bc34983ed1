import * as p from './primitives.js';

/**
 * The investment case: what an investment is worth today, by month from its first cost. Money is in the reporting currency, each month at its own
 * exchange rate. `planned`: planned value less planned cost. `expected`: to the period's end realised value less actual cost, after it forecast (a month
 * without one: planned) value less planned cost. `realised`: the first part of that alone. Values are the parts due to the investment.
 */
export const CASES = ['planned', 'expected', 'realised'] as const;
export type CaseKind = (typeof CASES)[number];

/** An annual rate as text, `0.08`: more than −1, as in the settings. */
export const discountRate = p.decimal(4, { min: -0.99, max: 10 });
