import type { FirstRows } from '../../contract/first-rows.js';
import type { MappingTarget, SourceColumn } from '../../contract/mapping.js';
import { importColumnsOf, type ImportColumn } from '../column-cells.js';
import type { CellContext } from '../reading/cells.js';
import { cellText, type Cell, type Row } from '../reading/table.js';
import { asksScale, isDateColumn, isNumberColumn, mappedTables } from './check-mapping.js';
import { fieldConverter, monthConverter, rowFilter, type Convert } from './convert.js';
import { findColumn } from './fit.js';

const ROWS = 5;
const MONTHS = 6;
const LONGEST = 300;

type ReadCell = FirstRows['rows'][number]['cells'][number];

interface Shown {
  field: string;
  month: string | null;
  read: (row: Row) => ReadCell;
}

const textOf = (cell: Cell | undefined): string => (cell === undefined ? '' : cellText(cell).trim().slice(0, LONGEST));

/** What a cell of ours would be stored as: figures as they are stored, texts as they stand. */
const storedText = (column: ImportColumn, cell: Cell, context: CellContext): Omit<ReadCell, 'found'> => {
  const read = column.read(cell, context);
  if ('problem' in read) return { read: textOf(cell), problem: read.problem.message };
  const [value] = read.values;
  if (!isNumberColumn(column) && !isDateColumn(column)) return { read: textOf(cell), problem: null };
  const text = value === null || value === undefined ? '' : String(value);
  return { read: column.stored.kind.kind === 'month' ? text.slice(0, 7) : text, problem: null };
};

const reader = (
  column: ImportColumn,
  convert: Convert,
  place: number | null,
  isOpen: boolean,
  context: CellContext,
): Shown['read'] => {
  return (row) => {
    const found = place === null ? '' : textOf(row.cells[place]);
    const { cell, problem } = convert(row);
    if (problem) return { found, read: found, problem: problem.message };
    if (isOpen && textOf(cell) !== '') return { found, read: found, problem: 'Choose the scale.' };
    return { found, ...storedText(column, cell, context) };
  };
};

/**
 * How a target would read the first rows of a sheet, as the import does; it need not be finished.
 * @param rows the first rows below the header
 * @param timeZone the reporting time zone
 */
export const firstRowsOf = (
  target: MappingTarget,
  columns: readonly SourceColumn[],
  rows: readonly Row[],
  timeZone: string,
): FirstRows => {
  const declaration = mappedTables().find(({ table }) => table === target.table);
  if (!declaration) return { columns: [], rows: [], of: rows.length };
  const context: CellContext = { decimal: 'dot', timeZone };
  const known = importColumnsOf(declaration);
  const shown: Shown[] = [];
  for (const column of known) {
    const source = target.fields.find(({ to }) => to === column.name);
    const convert = source && fieldConverter(source, column, columns, context);
    if (!source || !convert) continue;
    const place = source.column === null ? null : findColumn(source.column, columns);
    const isOpen = place !== null && source.multiplier === undefined && asksScale(column, columns[place]!);
    shown.push({ field: column.name, month: null, read: reader(column, convert, place, isOpen, context) });
  }
  for (const { column: ref, month, to, multiplier } of (target.wide?.months ?? []).slice(0, MONTHS)) {
    const column = known.find(({ name }) => name === to);
    const place = findColumn(ref, columns);
    if (!column || place === null) continue;
    const convert = monthConverter(target.wide!, place, multiplier, column, columns, context);
    const isOpen = (multiplier ?? target.wide!.multiplier) === undefined && asksScale(column, columns[place]!);
    shown.push({ field: to, month, read: reader(column, convert, place, isOpen, context) });
  }
  const conditions = target.onlyWhere.filter(({ column }) => findColumn(column, columns) !== null);
  const isMeant = rowFilter({ ...target, onlyWhere: conditions }, columns);
  return {
    columns: shown.map(({ field, month }) => ({ field, month })),
    rows: rows
      .filter(isMeant)
      .slice(0, ROWS)
      .map((row) => ({ row: row.rowNumber, cells: shown.map(({ read }) => read(row)) })),
    of: rows.length,
  };
};
