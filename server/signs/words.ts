import type { SignNull, SignUnit, TestState } from '../contract/sign.js';
import type { SignDefinition, SignTestDefinition } from '../core/sign-catalogue.js';

/** Figures and rules of the signs as sentences. */

const rounded = (value: number, decimals: number): string => String(Number(value.toFixed(decimals)));

/** A figure with its unit, as a person says it: `42.5 %`, `31 days`, `2.1`. */
export const said = (value: number, unit: SignUnit): string => {
  if (unit === 'share') return `${rounded(value * 100, 1)} %`;
  if (unit === 'days') return `${rounded(value, 1)} ${value === 1 ? 'day' : 'days'}`;
  return rounded(value, 2);
};

/** The rule of a test with its threshold; more than none is any. An equal part follows the words: it is worked out, not set. */
export const ruleOf = ({ words, unit }: SignTestDefinition, threshold: number | null): string => {
  if (threshold === null) return words;
  if (threshold === 0 && unit === 'count' && words.includes('more than {}'))
    return words.replace('more than {}', 'any');
  return words.includes('{}') ? words.replace('{}', said(threshold, unit)) : `${words}, ${said(threshold, unit)}`;
};

const joined = (parts: readonly string[]): string => `${parts.slice(0, -1).join('; ')}; or ${parts.at(-1)}`;

/** When a sign is present, with the thresholds of now. */
export const ruleOfSign = ({ tests }: SignDefinition, thresholds: readonly (number | null)[]): string =>
  `Present when two or more of these hold, to be watched when one does: ${joined(
    tests.map((test, index) => ruleOf(test, test.standard === null ? null : (thresholds[index] ?? null))),
  )}.`;

const NULLS: Record<SignNull, string> = {
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
  if (state === 'unknown') return `Cannot tell: ${NULLS[nullReason ?? 'no_records']}.`;
  if (value === null) return 'No strategic capability lies below its target.';
  const now = `${said(value, test.unit)} ${state === 'holds' ? 'is' : 'is not'}`;
  if (test.rule === 'worsening')
    return state === 'holds'
      ? `${said(value, test.unit)}: more than common variation, in the wrong direction.`
      : `${said(value, test.unit)}: no signal of a worsening.`;
  if (test.rule === 'any') return value === 0 ? 'There is none.' : `There ${value === 1 ? 'is one' : `are ${value}`}.`;
  if (test.rule === 'above_twice')
    return state === 'holds'
      ? `${said(value, test.unit)} now, and some in the period before.`
      : `${said(value, test.unit)} now; not in both periods.`;
  const limit = said(threshold!, test.unit);
  if (test.rule === 'below') return `${now} below ${limit}.`;
  return `${now} ${test.rule === 'at_least' ? 'at or above' : 'above'} ${limit}.`;
};
