import { describe, expect, test } from '@jest/globals';
import { judge, needsReason, warningsOf } from './judge';
import { cell, row } from './rows.fixture';
import type { Edit, Field } from './staged';

describe('What is entered is read in the unit and the scale of its row', () => {
  test.each([
    ['1,234.50', 'EUR', 0, '1234.5'],
    ['12', 'EUR', 3, '12000'],
    ['12k', 'EUR', 3, '12000'],
    ['0.0001', 'EUR', 3, '0.1'],
    ['20 eur', 'EUR', 0, '20'],
    ['€ 20', 'EUR', 0, '20'],
    ['12 %', '%', 0, '12'],
    ['1.234', 'EUR', 0, '1.234'],
    ['', 'EUR', 0, null],
  ])('“%s” in %s at 10^%i is %s', (text, unit, exponent, value) => {
    expect(judge(text, unit, exponent, '.')).toEqual({ value, problem: null });
  });

  test.each([
    ['NA', 'EUR', "'NA' is not a number. Enter a number or leave empty."],
    ['12 %', 'EUR', "'12 %' is in %, but the row is in EUR. Enter it in EUR."],
    ['5 USD', 'EUR', "'5 USD' is in USD, but the row is in EUR. Enter it in EUR."],
    ['1.23456', 'EUR', "'1.23456' has more than 4 decimals, and 4 are kept. Round it first."],
    ['12345678901234567', 'EUR', "'12345678901234567' is too large: at most 16 digits are kept."],
  ])('“%s” in %s is refused: %s', (text, unit, problem) => {
    expect(judge(text, unit, 0, '.').problem).toBe(problem);
  });
});

const edit = (value: string, month = '2026-08', field: Field = 'realised'): Edit => ({
  ...{ benefit: 'BEN-1', month, field, name: 'Claims', unit: 'EUR', isMoney: true },
  ...{ text: value, value, problem: null, base: { version: null, value: null } },
});
const claims = row('BEN-1', [cell('2026-07'), cell('2026-08')], {}, { month: '2026-06', realised: '12.40' });

describe('What is odd is said, and can be saved', () => {
  test.each([
    ['100', []],
    ['124', ['10 times the last value, 12.4 of Jun 2026: check the scale']],
    ['1240', ['100 times the last value, 12.4 of Jun 2026: check the scale']],
    ['12400', ['1,000 times the last value, 12.4 of Jun 2026: check the scale']],
    ['0.0124', ['a 1,000th of the last value, 12.4 of Jun 2026: check the scale']],
    ['-12', ['another sign than the last value, 12.4 of Jun 2026']],
    ['0', []],
  ])('%s after 12.40', (value, warnings) => {
    expect(warningsOf(edit(value), claims, '2026-11-21')).toEqual(warnings);
  });

  test('a realised value of a month to come, not a forecast of it', () => {
    const later = row('BEN-1', [cell('2026-12')]);
    expect(warningsOf(edit('1', '2026-12'), later, '2026-11-21')).toHaveLength(1);
    expect(warningsOf(edit('1', '2026-11'), later, '2026-11-21')).toHaveLength(0);
    expect(warningsOf(edit('1', '2026-12', 'forecast'), later, '2026-11-21')).toHaveLength(0);
  });

  test('without a realised value the row itself is the measure', () => {
    const planned = row('BEN-1', [cell('2026-07', { planned: '10' }), cell('2026-08')]);
    expect(warningsOf(edit('1000', '2026-08', 'planned'), planned, '2026-11-21')).toHaveLength(1);
  });
});

describe('A reason is needed', () => {
  const locked = { locked: true, due: false, overdue: false, provisional: false };
  test.each<[string, Field, ReturnType<typeof cell>, boolean, boolean]>([
    ['for a locked month', 'forecast', cell('2026-07', { state: locked }), false, true],
    ['for a realised value that is there', 'realised', cell('2026-07', { realised: '0' }), false, true],
    ['for a fixed plan', 'planned', cell('2026-07', { planned: '5' }), true, true],
    ['not for a plan that is not fixed', 'planned', cell('2026-07', { planned: '5' }), false, false],
    ['not for a first realised value', 'realised', cell('2026-07', { planned: '5' }), true, false],
    ['not for a forecast', 'forecast', cell('2026-07', { forecast: '5' }), true, false],
  ])('%s', (_, field, stored, planFixed, expected) => {
    expect(needsReason(field, row('BEN-1', [stored], { planFixed }), stored)).toBe(expected);
  });
});
