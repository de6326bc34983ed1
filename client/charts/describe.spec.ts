import { describe, expect, it } from '@jest/globals';
import { describeColumns, describeSeries } from './describe';

const asIs = (value: string) => value;

describe('the description of a row of columns', () => {
  it('names the span, the extremes and the movement', () => {
    const points = [
      { label: '2026 Q1', value: '3' },
      { label: '2026 Q2', value: '10' },
      { label: '2026 Q3', value: '-1' },
    ];
    expect(describeSeries('Spend', points, asIs)).toBe(
      'Spend, 2026 Q1 to 2026 Q3: highest 10 in 2026 Q2, lowest -1 in 2026 Q3. It falls from 3 to -1.',
    );
  });

  it('says what is missing, and that nothing is recorded', () => {
    expect(describeSeries('Spend', [{ label: '2026 Q1', value: null }], asIs)).toBe(
      'Spend, 2026 Q1 to 2026 Q1: nothing is recorded.',
    );
    const points = [
      { label: '2026 Q1', value: null },
      { label: '2026 Q2', value: '2' },
    ];
    expect(describeSeries('Spend', points, asIs)).toBe(
      'Spend, 2026 Q1 to 2026 Q2: 2 throughout. 1 of 2 quarters have no record.',
    );
  });
});

describe('the description of scenario columns', () => {
  it('says how it is built, its extremes, its distance from plan, and how it moves', () => {
    const column = (label: string, scenario: 'AC' | 'FC', value: string, planned: string, variance: string) => ({
      label,
      scenario,
      value,
      planned,
      variance,
    });
    const text = describeColumns(
      'benefit per quarter',
      [
        column('2026 Q1', 'AC', '1', '2', '-1'),
        column('2026 Q2', 'AC', '2', '2', '0'),
        column('2026 Q3', 'FC', '3', '2.5', '0.5'),
      ],
      asIs,
    );
    expect(text).toBe(
      'Columns of benefit per quarter: actual 2026 Q1 to 2026 Q2, forecast 2026 Q3, each before its plan, with the difference above. ' +
        'Highest 3 in 2026 Q3, lowest 1 in 2026 Q1. Furthest below plan in 2026 Q1, by 1. Furthest above plan in 2026 Q3, by 0.5. ' +
        'It rises from 1 to 3.',
    );
  });

  it('does not speak of a distance that is none', () => {
    const text = describeColumns(
      'benefit',
      [{ label: '2026 Q1', scenario: 'AC', value: '1', planned: '1', variance: '0' }],
      asIs,
    );
    expect(text).not.toContain('plan in');
  });
});
