import { describe, expect, test } from '@jest/globals';
import { cell, row } from './rows.fixture';
import { keyOf, type Edit } from './staged';
import { changeTotals, footersOf } from './totals';

const months = ['2026-07', '2026-08'];
const edit = (benefit: string, value: string | null, given: Partial<Edit> = {}): Edit => ({
  ...{ benefit, month: '2026-08', field: 'realised', name: 'x', unit: 'EUR', isMoney: true, text: '' },
  ...{ value, problem: null, base: { version: 1, value: '20.05' } },
  ...given,
});
const of = (...edits: Edit[]) =>
  Object.fromEntries(edits.map((each) => [keyOf(each.benefit, each.month, each.field), each]));

describe('Sums are of what stands on the screen', () => {
  const rows = [
    row('A', [cell('2026-07', { realised: '10.10' }), cell('2026-08', { realised: '20.05' })]),
    row('B', [cell('2026-07'), cell('2026-08', { realised: '0.2' })]),
    row('C', [cell('2026-07', { realised: '7' }), cell('2026-08')], { currency: 'USD' }),
    row('D', [cell('2026-07', { realised: '99' }), cell('2026-08')], { isMoney: false, currency: null, unit: 'days' }),
  ];

  const sum = (realised: string | null) => ({ planned: null, forecast: null, realised });
  // Not what the rows add up to: what is saved is as the server says.
  const saved = [
    { currency: 'EUR', rows: 2, months: [sum('10.10'), sum('20.26')] },
    { currency: 'USD', rows: 1, months: [sum('7'), sum(null)] },
  ];
  const footers = (edits: Record<string, Edit>) => footersOf(saved, rows, months, 'realised', edits);

  test('while nothing is typed, those of the server', () => {
    const typed = [false, false];
    const unread = of(edit('B', null, { problem: 'no' }), edit('D', '5'), edit('A', '5', { field: 'planned' }));
    for (const edits of [{}, unread])
      expect(footers(edits)).toEqual([
        { currency: 'EUR', rows: 2, sums: ['10.10', '20.26'], typed },
        { currency: 'USD', rows: 1, sums: ['7', null], typed },
      ]);
  });

  test('with what is typed, and they say so; what cannot be read leaves what is saved', () => {
    const edits = of(edit('A', '1'), edit('B', null, { problem: 'no' }));
    expect(footers(edits)[0]).toMatchObject({ sums: ['10.10', '1.21'], typed: [false, true] });
    const emptied = of(edit('A', null), edit('B', null), edit('C', '5'), edit('D', '5'));
    expect(footers(emptied).map(({ sums }) => sums)).toEqual([
      ['10.10', null],
      ['7', '5'],
    ]);
  });

  test('the change is what the edits add, by scenario and currency', () => {
    const edits = of(
      edit('A', '140.05'),
      edit('B', null, { base: { version: 1, value: '0.2' } }),
      edit('C', '3', { unit: 'USD', field: 'forecast', base: { version: null, value: null } }),
      edit('D', '5', { isMoney: false }),
      edit('E', null, { problem: 'no' }),
    );
    expect(changeTotals(edits)).toEqual([
      { field: 'realised', currency: 'EUR', amount: '119.80' },
      { field: 'forecast', currency: 'USD', amount: '3' },
    ]);
  });
});
