import { describe, expect, it } from '@jest/globals';
import type { FieldSource, MappingTarget, SourceColumn } from '../../../server/contract/mapping.js';
import { fieldOf } from './fields';
import { isMeant, plainDay, plainNumber, previewColumns, readCell } from './reading';

const source = (patch: Partial<FieldSource> = {}): FieldSource => ({
  to: 'planned',
  column: null,
  constant: null,
  format: {},
  multiplier: '1',
  values: [],
  blanks: [],
  prefix: '',
  ...patch,
});
const planned = fieldOf('investment_costs', 'planned')!;
const month = fieldOf('investment_costs', 'month')!;
const status = fieldOf('investments', 'status')!;
const code = fieldOf('investments', 'code')!;

describe('A number as it stands in a file', () => {
  it.each([
    ['1,234.50', 'dot', '1234.50'],
    ['1.234,50', 'comma', '1234.50'],
    ['1 234', 'dot', '1234'],
    ['\u221212', 'dot', '-12'],
    ['.5', 'dot', '0.5'],
    ['12 %', 'dot', '12'],
    ['1,23', 'dot', null],
    ['NA', 'dot', null],
    ['1.2.3', 'dot', null],
    ['', 'dot', null],
  ] as const)('%s with %s is %s', (text, decimal, plain) => expect(plainNumber(text, decimal)).toBe(plain));
});

describe('A day as it stands in a file', () => {
  it.each([
    ['2026-7-1', undefined, '2026-07-01'],
    ['2026-07', undefined, '2026-07'],
    ['2026-07-01 00:00', undefined, '2026-07-01'],
    ['03/04/2025', 'dmy', '2025-04-03'],
    ['03/04/2025', 'mdy', '2025-03-04'],
    ['31.12.2025', 'dmy', '2025-12-31'],
    ['31/12/2025', 'mdy', null],
    ['03/04/2025', undefined, null],
    ['June 2025', undefined, null],
  ] as const)('%s in the order %s is %s', (text, order, day) => expect(plainDay(text, order)).toBe(day));
});

describe('A cell is read as the mapping says', () => {
  it('in millions, exactly', () => {
    expect(readCell('4.2', planned, source({ multiplier: '1000000' }), { decimal: 'dot' })).toEqual({
      found: '4.2',
      read: '4200000',
      isOdd: false,
    });
    expect(readCell('0,5', planned, source({ multiplier: '0.01' }), { decimal: 'comma' }).read).toBe('0.005');
  });

  it('with the format that was chosen, before the one that was detected', () => {
    expect(readCell('1.234', planned, source({ format: { decimal: 'comma' } }), { decimal: 'dot' }).read).toBe('1234');
  });

  it('as blank where its text stands for no value; then the value for all rows', () => {
    expect(readCell('NA', planned, source({ blanks: ['na'] }), {})).toEqual({ found: 'NA', read: '', isOdd: false });
    expect(readCell('Exempt under Section 43', planned, source({ blanks: ['exempt*'] }), {}).read).toBe('');
    expect(readCell('withheld', planned, source({ blanks: ['*'] }), {}).read).toBe('');
    expect(readCell('', planned, source({ constant: '7' }), {}).read).toBe('7');
  });

  it('as odd where it is no number and nobody said what it stands for', () => {
    expect(readCell('tbd', planned, source(), {})).toEqual({ found: 'tbd', read: 'tbd', isOdd: true });
  });

  it('as a month from a day', () => expect(readCell('2020-05-20', month, source(), {}).read).toBe('2020-05'));

  it('as the word that is chosen for it', () => {
    const values = [{ from: 'In flight', to: 'active' }];
    expect(readCell('in flight', status, source({ values }), {}).read).toBe('active');
    expect(readCell('Dropped', status, source({ values: [{ from: 'Dropped', to: '' }] }), {}).read).toBe('');
    expect(readCell('Dropped', status, source({ values }), {}).isOdd).toBe(true);
    expect(readCell('Dropped', status, source({ values: [{ from: '*', to: 'closed' }] }), {}).read).toBe('closed');
  });

  it('with what is put before it', () =>
    expect(readCell('8', code, source({ prefix: 'PEP-' }), {}).read).toBe('PEP-8'));
});

const column = (index: number, header: string, patch: Partial<SourceColumn> = {}): SourceColumn => ({
  index,
  letter: 'A',
  header,
  kind: 'text',
  filled: 1,
  samples: [],
  values: null,
  format: {},
  question: null,
  multiplier: '1',
  odd: [],
  month: null,
  measure: null,
  ...patch,
});
const target: MappingTarget = {
  table: 'benefit_values',
  layout: 'wide',
  once: false,
  fields: [source({ to: 'benefit_code', column: { index: 0, header: 'ID' } })],
  wide: {
    months: [{ column: { index: 1, header: 'Jan 26' }, month: '2026-01', to: 'realised' }],
    format: {},
    multiplier: '1000',
    blanks: ['x'],
  },
  onlyWhere: [{ column: { index: 2, header: 'Kind' }, values: ['Live', ''], blanks: ['none'] }],
};

describe('The preview of a wide table', () => {
  it('has a column for each month', () => {
    const columns = previewColumns(target, [column(0, 'ID'), column(1, 'Jan 26')]);
    expect(columns.map(({ id, month: of }) => [id, of])).toEqual([
      ['benefit_code', null],
      ['realised 2026-01 1', '2026-01'],
    ]);
    expect(columns.map(({ cell }) => cell(['BEN-1', '12']).read)).toEqual(['BEN-1', '12000']);
    expect(columns[1]!.cell(['BEN-1', 'X']).read).toBe('');
  });

  it.each([
    ['live', true],
    ['', true],
    ['None', true],
    ['Closed', false],
  ])('a row with %j is meant: %s', (text, meant) => expect(isMeant(target, ['BEN-1', '1', text])).toBe(meant));
});
