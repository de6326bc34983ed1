import type { SourceColumn, SourceSheet } from '../../contract/mapping.js';
import type { Measure } from '../../contract/month-fields.js';
import { columnLetters } from '../reading/headers.js';
import { cellText, type Row } from '../reading/table.js';
import { ColumnScan } from './detect.js';
import { headerText, type ForeignSheet } from './foreign-sheet.js';
import { headerMonth, measureOf, scaleOf } from './header-words.js';
import { scaleQuestionOf } from './scale-question.js';

/** Rows below the header that are shown. */
const HEAD_ROWS = 20;
/** A cell that is shown. */
const LONGEST = 300;

export interface Inspection {
  rows: number;
  columns: SourceColumn[];
  head: SourceSheet['head'];
  /** The same rows as they were read. */
  first: readonly Row[];
  above: SourceSheet['above'];
}

const shownRow = (row: Row): { row: number; cells: string[] } => ({
  row: row.rowNumber,
  cells: row.cells.map((cell) => cellText(cell).trim().slice(0, LONGEST)),
});

/** The measure that a sheet says its months are of, where their own headers do not: by its name, else by the titles above it. */
const measureOfSheet = ({ sheet, above }: ForeignSheet): Measure | null =>
  measureOf(sheet) ?? measureOf(above.flatMap(({ cells }) => cells.map((cell) => cellText(cell).trim())).join(' '));

/** What all that show something agree on. */
const common = <T>(shown: readonly (T | null)[]): T | null => {
  const found = new Set(shown.filter((one) => one !== null));
  return found.size === 1 ? [...found][0]! : null;
};

/**
 * One pass over a foreign sheet: what its columns are.
 * @throws UnreadableFile
 */
export const inspect = async (sheet: ForeignSheet): Promise<Inspection> => {
  const scans: ColumnScan[] = sheet.header.map(() => new ColumnScan());
  const head: Row[] = [];
  let rows = 0;
  for await (const batch of sheet.rows()) {
    for (const row of batch) {
      rows += 1;
      if (head.length < HEAD_ROWS && row.cells.length > 0) head.push(row);
      while (scans.length < row.cells.length) scans.push(new ColumnScan());
      for (let index = 0; index < row.cells.length; index += 1) scans[index]!.add(row.cells[index]!);
    }
  }
  // Empty columns behind the last name are not part of the table.
  while (scans.length > 0 && scans.at(-1)!.filled === 0 && headerText(sheet.header[scans.length - 1]) === '')
    scans.pop();
  const decimal = common(scans.map((scan) => scan.decimal));
  const order = common(scans.map((scan) => scan.dateOrder));
  const named = measureOfSheet(sheet);
  const found = scans.map((scan, index): Omit<SourceColumn, 'scaleQuestion'> => {
    const header = headerText(sheet.header[index]);
    const { samples, values, odd, ...rest } = scan.findings(decimal, order);
    const month = headerMonth(header);
    const cut = (value: string): string => value.slice(0, LONGEST);
    return {
      index,
      letter: columnLetters(index),
      header,
      ...rest,
      samples: samples.map(cut),
      // Long texts are remarks, not words to choose among, and would have to be sent back whole.
      values: values?.some(({ value }) => value.length > LONGEST) ? null : values,
      odd: odd.filter(({ value }) => value.length <= LONGEST),
      multiplier: scaleOf(header),
      month,
      measure: measureOf(header) ?? (month === null ? null : named),
    };
  });
  const titles = [sheet.sheet, ...sheet.above.flatMap(({ cells }) => cells.map((cell) => cellText(cell).trim()))];
  const columns = found.map((column) => ({ ...column, scaleQuestion: scaleQuestionOf(column, found, titles) }));
  return { rows, columns, head: head.map(shownRow), first: head, above: sheet.above.map(shownRow) };
};
