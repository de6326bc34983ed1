import type { ImportMapping, SourceColumn, SourceSheet } from '../../../server/contract/mapping.js';
import { emptyMapping } from './editing';

/** A sheet of projects, for tests. */

export const column = (index: number, header: string, patch: Partial<SourceColumn> = {}): SourceColumn => ({
  index,
  letter: String.fromCharCode(65 + index),
  header,
  kind: 'text',
  filled: 3,
  samples: [],
  values: null,
  format: {},
  question: null,
  multiplier: '1',
  scaleQuestion: null,
  odd: [],
  month: null,
  measure: null,
  ...patch,
});
const dotOrComma = (example: string): SourceColumn['question'] => ({
  kind: 'decimal',
  example,
  against: null,
  readings: [
    { format: { decimal: 'dot' }, reads: '1.234', refuses: 0 },
    { format: { decimal: 'comma' }, reads: '1234', refuses: 0 },
  ],
});
export const ID = column(0, 'Project ID');
export const TITLE = column(1, 'Title');
export const COST = column(2, 'Cost (£m)', { kind: 'number', multiplier: '1000000', question: dotOrComma('1.234') });
export const STATE = column(3, 'State', {
  values: [
    { value: 'In flight', count: 5 },
    { value: 'Active', count: 2 },
    { value: 'NA', count: 1 },
    { value: '', count: 1 },
  ],
});
export const START = column(4, 'Start', {
  kind: 'date',
  question: {
    kind: 'date_order',
    example: '03/04/2025',
    against: null,
    readings: [
      { format: { dateOrder: 'dmy' }, reads: '2025-04-03', refuses: 0 },
      { format: { dateOrder: 'mdy' }, reads: '2025-03-04', refuses: 0 },
    ],
  },
});
export const JAN = column(5, 'Jan 26 plan', { month: '2026-01', measure: 'planned', question: dotOrComma('9.999') });
export const FEB = column(6, 'Feb 26', { month: '2026-02' });
export const COLUMNS = [ID, TITLE, COST, STATE, START, JAN, FEB];
export const SHEET: SourceSheet = {
  sheet: 'Projects',
  file: 'projects.xlsx',
  headerRow: 1,
  rows: 3,
  columns: COLUMNS,
  head: [],
  above: [],
  own: false,
  tables: [],
  suggestion: null,
  saved: [],
  changeLog: null,
  noChangeLog: null,
};
export const mapped = (...targets: ImportMapping['targets']): ImportMapping => ({ ...emptyMapping(SHEET), targets });
