import type { Row, Sheet } from 'write-excel-file/node';
import { guarded } from '../reading/formula-guard.js';
import { escaped } from '../reading/shared-strings.js';
import { numberCell } from './workbook.js';

/** How cells of the register's workbook are written. */

export type Cell = Row[number];
export type BenefitSheet = Sheet<Buffer>;

/** People's words: never taken for a formula, wherever the cell is pasted. */
export const said = (text: string | null): Cell =>
  text === null || text === '' ? null : { value: escaped(guarded(text)), type: String };
export const number = (text: string | null): Cell => (text === null ? null : numberCell(text));
export const bold = (value: string): Cell => ({ value: escaped(guarded(value)), type: String, fontWeight: 'bold' });
export const word = (value: string | null): string | null =>
  value && value.replace(/^non_/, 'non-').replaceAll('_', ' ');
export const wrapped = (value: string): Cell => ({ value: escaped(guarded(value)), type: String, wrap: true });
