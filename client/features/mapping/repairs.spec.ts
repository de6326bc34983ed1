import { describe, expect, it } from '@jest/globals';
import type { ImportProblem, ProblemGroup } from '../../../server/contract/import.js';
import type { SheetDraft } from './drafts';
import { changeField, emptyTarget, setLayout } from './editing';
import { fillBlanks, fixCell, fixOf, leaveRows, rowList, rowsOf, takeAsBlank, writeInstead } from './repairs';

const costs = changeField(emptyTarget('investment_costs'), 'actual', { column: { index: 2, header: 'Cost' } });
const wide = {
  ...setLayout(emptyTarget('benefit_values'), 'wide', []),
  wide: {
    months: [{ column: { index: 3, header: 'Jan' }, month: '2026-01', to: 'realised' }],
    format: {},
    multiplier: '1' as const,
    blanks: [],
  },
};
const draft: SheetDraft = {
  mapping: { sheet: 'S', headerRow: 1, targets: [costs, wide] },
  fixes: [],
  leaveOut: [],
  saved: null,
};
const place = { table: 'investment_costs', field: 'actual' };

describe('A repair', () => {
  it('writes another value wherever the field is filled by a column', () => {
    const changed = writeInstead(draft, place, 'ten', '10');
    expect(changed.mapping.targets[0]!.fields[0]!.values).toEqual([{ from: 'ten', to: '10' }]);
    expect(changed.mapping.targets[1]).toBe(wide);
    expect(writeInstead(changed, place, 'TEN', null).mapping.targets[0]!.fields[0]!.values).toEqual([]);
    expect(writeInstead(draft, { table: 'investment_costs', field: 'kind' }, 'x', 'opex').mapping).toEqual(
      draft.mapping,
    );
  });

  it('takes a text as blank, in months, too', () => {
    expect(takeAsBlank(draft, place, 'NA').mapping.targets[0]!.fields[0]!.blanks).toEqual(['NA']);
    const inMonths = takeAsBlank(draft, { table: 'benefit_values', field: 'realised' }, 'x');
    expect(inMonths.mapping.targets[1]!.wide!.blanks).toEqual(['x']);
    expect(takeAsBlank(inMonths, { table: 'benefit_values', field: 'realised' }, 'x')).toEqual(inMonths);
  });

  it('fills what is blank', () => {
    const filled = fillBlanks(draft, { table: 'investment_costs', field: 'kind' }, 'opex');
    expect(filled.mapping.targets[0]!.fields.map(({ to, constant }) => [to, constant])).toEqual([
      ['actual', null],
      ['kind', 'opex'],
    ]);
  });

  it('corrects a cell, and takes that back', () => {
    const fixed = fixCell(fixCell(draft, 12, 2, '1'), 12, 2, '10');
    expect(fixed.fixes).toEqual([{ row: 12, column: 2, value: '10' }]);
    expect(fixOf(fixed, 12, 2)).toBe('10');
    expect(fixOf(fixed, 13, 2)).toBeNull();
    expect(fixCell(fixed, 12, 2, null).fixes).toEqual([]);
  });

  it('leaves rows out, and takes them in again', () => {
    const out = leaveRows(leaveRows(draft, [22, 12], true), [12, 5], true);
    expect(out.leaveOut).toEqual([5, 12, 22]);
    expect(leaveRows(out, [12], false).leaveOut).toEqual([5, 22]);
  });
});

describe('The rows of a group', () => {
  const group: ProblemGroup = {
    table: 'investment_costs',
    column: 'actual',
    code: 'number.format',
    repair: 'rewrite',
    title: 'Not a number',
    count: 3,
    rows: [12, 22],
    values: [],
  };
  const problem = (row: number, code = 'number.format'): ImportProblem => ({
    table: 'investment_costs',
    row,
    column: 'actual',
    value: 'x',
    code,
    message: '',
  });

  it('are those that are listed', () =>
    expect(rowsOf(group, [problem(32), problem(12), problem(40, 'other')])).toEqual([12, 22, 32]));

  it('are named, and the rest counted', () => {
    expect(rowList([12, 22], 2)).toBe('12, 22');
    expect(rowList([12, 22], 9)).toBe('12, 22 and 7 more');
  });
});
