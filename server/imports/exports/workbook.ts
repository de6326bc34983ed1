import writeXlsxFile, { type Row, type Sheet } from 'write-excel-file/node';
import { DECLARATIONS, snake, type Declaration } from '../../contract/records.js';
import { Problem } from '../../http/problem.js';
import { escaped } from '../reading/shared-strings.js';
import { HELP_SHEETS } from '../reading/xlsx.js';
import type { ExportRow, ExportSnapshot } from './export-snapshot.js';
import { cellKindOf, type ExportColumn, type ExportQuery } from './table-query.js';

/** A workbook is put together in memory. */
const MOST_ROWS = 100_000;
const WIDTHS = { text: 24, number: 14, date: 12 };

type WorkbookSheet = Sheet<Buffer>;

const header = (columns: readonly ExportColumn[]): Row =>
  columns.map((column) => ({ value: column.name, type: String, fontWeight: 'bold', format: '@' }) as const);

/** A number that a double holds exactly becomes a number cell; one with more digits stays text, so that none is lost. */
export const numberCell = (text: string): Row[number] => {
  const value = Number(text);
  const digits = text.replace(/^-?0*\.?0*|\D/g, '').length;
  return digits <= 15 && Math.abs(value) < 1e15 ? { value, type: Number } : { value: text, type: String };
};

const cell = (column: ExportColumn, text: string | null): Row[number] => {
  if (text === null || text === '') return null;
  if (column.kind === 'number') return numberCell(text);
  if (column.kind === 'date' && text >= '1900-03-01')
    return { value: new Date(`${text}T00:00:00Z`), type: Date, format: 'yyyy-mm-dd' };
  return { value: escaped(text), type: String };
};

const sheetOf = (table: string, columns: readonly ExportColumn[], rows: readonly ExportRow[]): WorkbookSheet => ({
  sheet: table,
  stickyRowsCount: 1,
  columns: columns.map((column) => ({ width: WIDTHS[column.kind] })),
  data: [header(columns), ...rows.map((row) => row.map((text, index) => cell(columns[index]!, text)))],
});

const bytesOf = (sheets: WorkbookSheet[]): Promise<Buffer> => writeXlsxFile(sheets).toBuffer();

const refuseLarge = async (snapshot: ExportSnapshot): Promise<void> => {
  let count = 0;
  for (const table of snapshot.tables) count += await snapshot.count(table);
  if (count > MOST_ROWS)
    throw new Problem(
      413,
      'payload-too-large',
      `There are ${count} rows, and a workbook is made of at most ${MOST_ROWS}. Take data.zip instead: the same tables as CSV files, without limit.`,
    );
};

const sheetFrom = async (snapshot: ExportSnapshot, table: ExportQuery): Promise<WorkbookSheet> => {
  const rows: ExportRow[] = [];
  for await (const batch of snapshot.rows(table)) rows.push(...batch);
  return sheetOf(table.declaration.table, table.columns, rows);
};

/**
 * Everything that the person may see, one sheet a table.
 * @throws Problem 413 above 100,000 rows
 */
export const dataWorkbook = async (snapshot: ExportSnapshot): Promise<Buffer> => {
  await refuseLarge(snapshot);
  const sheets: WorkbookSheet[] = [];
  for (const table of snapshot.tables) sheets.push(await sheetFrom(snapshot, table));
  return bytesOf(sheets);
};

const columnsOf = (declaration: Declaration): ExportColumn[] =>
  Object.entries(declaration.columns).map(([field, column]) => ({ name: snake(field), kind: cellKindOf(column.type) }));

const plain = (value: string): Row[number] => (value === '' ? null : { value, type: String, wrap: true });
const bold = (value: string): Row[number] => ({ value, type: String, fontWeight: 'bold' });

/** The sheet for people: what each column means, with an example. It is never imported. */
const readMe = (): WorkbookSheet => {
  const lines: Row[] = [
    [bold('How to fill this workbook')],
    [
      plain(
        'One sheet is one table. Fill the sheets that you have, leave the others empty, and import the file. This sheet is not imported.',
      ),
    ],
    [
      plain(
        'An empty cell leaves what is stored as it is; (clear) empties it. Dates are written 2026-07-31, months 2026-07, quarters 2026-Q3.',
      ),
    ],
    [],
    ['Table', 'Column', 'Required', 'What it says', 'Example'].map(bold),
  ];
  for (const declaration of DECLARATIONS) {
    lines.push([bold(declaration.table), null, null, plain(declaration.help)]);
    for (const [field, column] of Object.entries(declaration.columns)) {
      const required = declaration.key.includes(field) ? 'key' : column.required ? 'yes' : '';
      lines.push([
        plain(declaration.table),
        plain(snake(field)),
        plain(required),
        plain(column.help),
        plain(column.example),
      ]);
    }
  }
  return { sheet: HELP_SHEETS[0]!, columns: [22, 24, 10, 70, 28].map((width) => ({ width })), data: lines };
};

/** An empty workbook with help: one sheet a table with its header, and one for people. */
export const templateWorkbook = (): Promise<Buffer> =>
  bytesOf([readMe(), ...DECLARATIONS.map((declaration) => sheetOf(declaration.table, columnsOf(declaration), []))]);
