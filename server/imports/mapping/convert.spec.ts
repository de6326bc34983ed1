import { describe, expect, it } from '@jest/globals';
import type { FieldSource, SourceColumn } from '../../contract/mapping.js';
import { DECLARATIONS } from '../../contract/records.js';
import { importColumnsOf } from '../column-cells.js';
import type { Cell } from '../reading/table.js';
import { fieldConverter } from './convert.js';

const SOURCE: SourceColumn = {
  index: 0,
  letter: 'A',
  header: 'Share',
  kind: 'number',
  filled: 1,
  samples: [],
  values: null,
  format: {},
  question: null,
  multiplier: '1',
  scaleQuestion: null,
  odd: [],
  month: null,
  measure: null,
};
const CONTEXT = { decimal: 'dot', timeZone: 'UTC' } as const;

/** What is stored of a cell of a foreign file. */
const stored = (table: string, to: string, cell: Cell, multiplier: FieldSource['multiplier'] = '1'): unknown => {
  const declaration = DECLARATIONS.find((one) => one.table === table)!;
  const column = importColumnsOf(declaration).find(({ name }) => name === to)!;
  const field: FieldSource = {
    to,
    column: { index: 0, header: 'Share' },
    constant: null,
    format: {},
    multiplier,
    values: [],
    blanks: [],
    prefix: '',
  };
  const converted = fieldConverter(field, column, [SOURCE], CONTEXT)!({ rowNumber: 2, cells: [cell] });
  expect(converted.problem).toBeUndefined();
  const read = column.read(converted.cell, CONTEXT);
  return 'problem' in read ? read.problem.code : read.values[0];
};

/** A number of a workbook; 25 % is stored there as 0.25. */
const typed = (value: number, percent = false): Cell => ({ kind: 'number', value, percent, digits: 0 });

describe('A share of a foreign file', () => {
  it.each([
    ['benefit_values', 'realised', '1', '25'],
    ['benefit_values', 'realised', '100', '2500'],
    ['links', 'allocation', '1', '25'],
    ['links', 'allocation', '0.01', '0.25'],
  ] as const)('is the same from text and from a workbook: %s, %s, times %s', (table, to, multiplier, value) => {
    expect(stored(table, to, '25%', multiplier)).toBe(value);
    expect(stored(table, to, typed(0.25, true), multiplier)).toBe(value);
  });

  it('is as it is shown, without what computing with doubles adds', () => {
    expect(stored('benefit_values', 'realised', typed(0.07, true))).toBe('7');
    expect(stored('benefit_values', 'realised', typed(0.07, true), '1000')).toBe('7000');
  });
});

describe('A number of a workbook', () => {
  it.each([
    [1.5e-7, '1000000', '0.15'],
    [-2e-7, '1000000000', '-200'],
    [0.0000125, '1000000', '12.5'],
    [1.1, '1000000', '1100000'],
    [1e21, '1000', 'number.range'],
    [Infinity, '1000', 'number.range'],
  ] as const)('%s times %s is %s, exactly', (value, multiplier, product) => {
    expect(stored('benefit_values', 'realised', typed(value), multiplier)).toBe(product);
  });
});
