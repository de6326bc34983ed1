import type { SignNull, SignUnit, TestState } from '../contract/sign.js';
import { decimalsBeside, limitText } from '../contract/told-apart.js';
import type { SignDefinition, SignTestDefinition } from '../core/sign-catalogue.js';

/** Figures and rules of the signs as sentences. */

/** Decimals of a figure as a person says it; more where they tell it from its threshold. */
const USUAL: Record<SignUnit, number> = { share: 1, days: 1, number: 2, level: 2, score: 2, count: 2 };

/** As it is printed: shares in percent. */
const printed = (value: number, unit: SignUnit): number => (unit === 'share' ? value * 100 : value);

const withUnit = (text: string, unit: SignUnit): string => {
  if (unit === 'share') return `${text} %`;
  return unit === 'days' ? `${text} ${text === '1' ? 'day' : 'days'}` : text;
};

/** A figure with its unit, as a person says it: `42.5 %`, `31 days`, `2.1`; beside a threshold, what tells it from that. */
const said = (value: number, unit: SignUnit, threshold: number | null = null): string => {
  const figure = printed(value, unit);
  const decimals = threshold === null ? USUAL[unit] : decimalsBeside(figure, printed(threshold, unit), USUAL[unit]);
  return withUnit(String(Number(figure.toFixed(decimals))), unit);
};

/** A threshold with its unit, in full; an equal part, which is worked out, with the decimals of the figure beside it. */
const saidLimit = (threshold: number, unit: SignUnit, value: number | null): string => {
  const limit = printed(threshold, unit);
  const decimals = value === null ? USUAL[unit] : decimalsBeside(printed(value, unit), limit, USUAL[unit]);
  return withUnit(limitText(limit, decimals), unit);
};

/**
 * The rule of a test with its threshold; more than none is any. An equal part follows the words: it is worked out, not set.
 * @param value the figure that the rule stands beside, if any
 */
export const ruleOf = (
  { words, unit }: SignTestDefinition,
  threshold: number | null,
  value: number | null = null,
): string => {
  if (threshold === null) return words;
  if (threshold === 0 && unit === 'count' && words.includes('more than {}'))
    return words.replace('more than {}', 'any');
  const limit = saidLimit(threshold, unit, value);
  return words.includes('{}') ? words.replace('{}', limit) : `${words}, ${limit}`;
};

const joined = (parts: readonly string[]): string => `${parts.slice(0, -1).join('; ')}; or ${parts.at(-1)}`;

/** When a sign is present, with the thresholds of now. */
export const ruleOfSign = ({ tests }: SignDefinition, thresholds: readonly (number | null)[]): string =>
  `Present when two or more of these hold, to be watched when one does: ${joined(
    tests.map((test, index) => ruleOf(test, test.standard === null ? null : (thresholds[index] ?? null))),
  )}.`;

/** Why there is no figure, as the end of a sentence. */
export const NULL_WORDS: Readonly<Record<SignNull, string>> = {
  no_records: 'nothing is recorded for it',
  zero_denominator: 'there is nothing to divide by',
  no_spend: 'no spend is recorded in the period',
  nothing_strategic: 'no capability is marked as strategic',
  no_ranking: 'priorities are not ranked in this period and in the one before',
  not_in_scope: 'it is known for the whole enterprise only',
  too_few_responses: 'fewer than five answers, or a neighbour with fewer: the value is kept back',
  too_few_points: 'fewer than six periods have a value',
  not_assessed: 'no strategic capability has both a target and an assessment',
  not_computed: 'it is not computed',
};

export interface Told {
  readonly state: TestState;
  readonly value: number | null;
  readonly nullReason: SignNull | null;
  readonly threshold: number | null;
}

/** Why a test holds, does not, or cannot be told. */
export const whyOf = (test: SignTestDefinition, { state, value, nullReason, threshold }: Told): string => {
  if (state === 'unknown') return `Cannot tell: ${NULL_WORDS[nullReason ?? 'no_records']}.`;
  if (value === null) return 'No strategic capability lies below its target.';
  if (test.rule === 'worsening')
    return state === 'holds'
      ? `${said(value, test.unit)}: more than common variation, in the wrong direction.`
      : `${said(value, test.unit)}: no signal of a worsening.`;
  if (test.rule === 'any') return value === 0 ? 'There is none.' : `There ${value === 1 ? 'is one' : `are ${value}`}.`;
  if (test.rule === 'above_twice')
    return state === 'holds'
      ? `${said(value, test.unit)} now, and some in the period before.`
      : `${said(value, test.unit)} now; not in both periods.`;
  const now = `${said(value, test.unit, threshold)} ${state === 'holds' ? 'is' : 'is not'}`;
  const limit = saidLimit(threshold!, test.unit, value);
  if (test.rule === 'below') return `${now} below ${limit}.`;
  return `${now} ${test.rule === 'at_least' ? 'at or above' : 'above'} ${limit}.`;
};
