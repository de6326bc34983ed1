import { compare } from '../../contract/decimal.js';
import type { ReviewCell, ReviewTable } from '../../contract/review.js';

/** Printed tables, as sentences about them are made from: columns by their titles, and counts in words. */

/** A column of a table, from the first row to the last. @throws LacksColumn */
export type Column = (title: string | number) => readonly ReviewCell[];
export interface Read {
  readonly table: ReviewTable;
  /** Rows that are listed. */
  readonly rows: number;
  readonly column: Column;
}
export type Rule = (read: Read) => string;

export class LacksColumn extends Error {}

/** `none`, `3`: before `of them`. */
export const some = (count: number): string => (count === 0 ? 'none' : String(count));
/** `is` of none and of one, `are` of more. */
export const be = (count: number): string => (count > 1 ? 'are' : 'is');
export const textsOf = (cells: readonly ReviewCell[]): string[] => cells.map(({ text }) => text);
export const howMany = (cells: readonly ReviewCell[], is: (text: string) => boolean): number =>
  textsOf(cells).filter(is).length;
export const isWord = (word: string) => (text: string) => text === word;
/** Names inside a sentence: `the first 12 of 40`. */
export const ofAll = ({ table: { total }, rows }: Read): string =>
  total > rows ? `the first ${rows} of ${total}` : `${rows}`;
/** `A`, `A and B`, `A, B and C`. */
export const joined = (parts: readonly string[]): string =>
  parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;

export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The place of the cell of which `value` is most, of those that have a value; -1 without any. */
export const placeOfMost = (cells: readonly ReviewCell[], value: (text: string) => string = (text) => text): number =>
  cells.reduce((most, cell, at) => {
    if (cell.value === null) return most;
    return most < 0 || compare(value(cell.value), value(cells[most]!.value!)) > 0 ? at : most;
  }, -1);

/** What a cell prints, with the unit that its header tells. */
export const amountOf = ({ table: { columns } }: Read, title: string, { text, value }: ReviewCell): string => {
  const unit = columns.find((column) => column.title === title)?.unit ?? null;
  return unit === null || value === null ? text : `${text} ${unit}`;
};

/** @returns the table with its columns by title */
export const readOf = (table: ReviewTable): Read => ({
  table,
  rows: table.rows.length,
  column: (wanted) => {
    const at = typeof wanted === 'number' ? wanted : table.columns.findIndex(({ title }) => title === wanted);
    if (table.columns[at] === undefined) throw new LacksColumn();
    return table.rows.map((row) => row[at]!);
  },
});
