import { describe, expect, test } from '@jest/globals';
import type { SignTestId, TestState } from '../contract/sign.js';
import { SIGN_TESTS } from '../core/sign-catalogue.js';
import { ruleOf, whyOf } from './words.js';

const of = (id: SignTestId) => SIGN_TESTS.find((each) => each.id === id)!;
const why = (id: SignTestId, state: TestState, value: number, threshold: number) =>
  whyOf(of(id), { state, value, nullReason: null, threshold });

describe('a sentence never contradicts itself: the figure is told from its threshold', () => {
  test.each<[SignTestId, TestState, number, number, string]>([
    ['priority_stability', 'holds', 0.5996, 0.6, '59.96 % is below 60 %.'],
    ['priority_stability', 'holds', 0.59999, 0.6, '59.999 % is below 60 %.'],
    ['priority_stability', 'clear', 0.6, 0.6, '60 % is not below 60 %.'],
    ['priority_stability', 'holds', 0.425, 0.6, '42.5 % is below 60 %.'],
    ['satisfaction', 'holds', 3.496, 3.5, '3.496 is below 3.5.'],
    ['satisfaction', 'holds', 3.4, 3.5, '3.4 is below 3.5.'],
    // In full they are equal; with one decimal the figure would lie above.
    ['unowned_share', 'clear', 0.1255, 0.1255, '12.55 % is not above 12.55 %.'],
    ['unowned_share', 'clear', 0.1256, 0.1258, '12.56 % is not above 12.58 %.'],
    ['unowned_share', 'holds', 0.57, 0.1255, '57 % is above 12.55 %.'],
    ['time_to_decide', 'holds', 30.04, 30, '30.04 days is above 30 days.'],
    ['time_to_decide', 'clear', 1, 30, '1 day is not above 30 days.'],
    ['maturity_gap', 'holds', 1.25, 1.2499, '1.25 is at or above 1.2499.'],
    ['maturity_gap', 'clear', 1.1666666, 1.2, '1.17 is not at or above 1.2.'],
    // An equal part is worked out, and printed as its figure is.
    ['widest_gap_spend', 'holds', 0.25, 1 / 3, '25 % is below 33.3 %.'],
    ['widest_gap_spend', 'holds', 0.3331, 1 / 3, '33.31 % is below 33.33 %.'],
    ['widest_gap_spend', 'clear', 1 / 3, 1 / 3, '33.3 % is not below 33.3 %.'],
  ])('%s %s: %d and %d', (id, state, value, threshold, told) => {
    expect(why(id, state, value, threshold)).toBe(told);
  });
});

describe('a rule says its threshold in full', () => {
  test.each<[SignTestId, number, string]>([
    ['unowned_share', 0.1255, 'more than 12.55 % of the records of the chain have no owner'],
    ['unowned_share', 0.07, 'more than 7 % of the records of the chain have no owner'],
    ['satisfaction', 3.4567, 'satisfaction below 3.4567'],
    ['time_to_decide', 30.25, 'time to decide above 30.25 days'],
    ['forum_overlaps', 0, 'any kinds of decision with two or more forums for the same scope'],
  ])('%s at %d', (id, threshold, rule) => {
    expect(ruleOf(of(id), threshold)).toBe(rule);
  });
  test('an equal part stands in it as in the sentence', () => {
    expect(ruleOf(of('widest_gap_spend'), 1 / 3, 0.3331)).toMatch(/, 33\.33 %$/);
    expect(ruleOf(of('widest_gap_spend'), 1 / 3, null)).toMatch(/, 33\.3 %$/);
  });
});
