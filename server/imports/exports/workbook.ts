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

/** A day `2026-08-31` as a date; as text what lies before spreadsheets count right. */
export const dateCell = (iso: string): Row[number] =>
  iso >= '1900-03-01'
    ? { value: new Date(`${iso}T00:00:00Z`), type: Date, format: 'yyyy-mm-dd' }
    : { value: iso, type: String };

const cell = (column: ExportColumn, text: string | null): Row[number] => {
  if (text === null || text === '') return null;
  if (column.kind === 'number') return numberCell(text);
  return column.kind === 'date' ? dateCell(text) : { value: escaped(text), type: String };
};

const sheetOf = (table: string, columns: readonly ExportColumn[], rows: readonly ExportRow[]): WorkbookSheet => ({
  sheet: table,
  stickyRowsCount: 1,
  columns: columns.map((column) => ({ width: WIDTHS[column.kind] })),
  data: [header(columns), ...rows.map((row) => row.map((text, index) => cell(columns[index]!, text)))],
});

const bytesOf = (sheets: WorkbookSheet[]): Promise<Buffer> => writeXlsxFile(sheets).toBuffer();

const refuseLarge = async (
  snapshot: ExportSnapshot,
  tables: readonly ExportQuery[],
  instead: string,
): Promise<void> => {
  let count = 0;
  for (const table of tables) count += await snapshot.count(table);
  if (count > MOST_ROWS)
    throw new Problem(
      413,
      'payload-too-large',
      `There are ${count} rows, and a workbook is made of at most ${MOST_ROWS}. ${instead}`,
    );
};

const sheetFrom = async (
  snapshot: ExportSnapshot,
  table: ExportQuery,
): Promise<{ sheet: WorkbookSheet; rows: readonly ExportRow[] }> => {
  const rows: ExportRow[] = [];
  for await (const batch of snapshot.rows(table)) rows.push(...batch);
  return { sheet: sheetOf(table.declaration.table, table.columns, rows), rows };
};

/**
 * Everything that the person may see, one sheet a table.
 * @throws Problem 413 above 100,000 rows
 */
export const dataWorkbook = async (snapshot: ExportSnapshot): Promise<Buffer> => {
  await refuseLarge(snapshot, snapshot.tables, 'Take data.zip instead: the same tables as CSV files, without limit.');
  const sheets: WorkbookSheet[] = [];
  for (const table of snapshot.tables) sheets.push((await sheetFrom(snapshot, table)).sheet);
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

const reported = ({ own, lastMonth }: DueOf, rows: readonly ExportRow[]): Row[] => {
  const months = new Map<string, number>();
  for (const [code] of rows) months.set(code!, (months.get(code!) ?? 0) + 1);
  const lines = own.filter(({ code }) => months.has(code));
  if (lines.length === 0)
    return [
      [plain(`Nothing is to be reported: each planned month of your benefits up to ${lastMonth} has its value.`)],
    ];
  return [
    ['Benefit', 'Name', 'Months to report'].map(bold),
    ...lines.map(({ code, name }) => [plain(code), plain(name), numberCell(String(months.get(code)))]),
  ];
};

interface DueOf {
  own: readonly { code: string; name: string }[];
  /** The last month that is over, `2026-09`. */
  lastMonth: string;
}

/**
 * What a person is to report, to be filled in and imported: a sheet of values with an empty cell for each, and one that says of which
 * benefits. `missing` is a query of benefit values.
 * @throws Problem 413 above 100,000 rows
 */
export const dueWorkbook = async (snapshot: ExportSnapshot, missing: ExportQuery, due: DueOf): Promise<Buffer> => {
  await refuseLarge(snapshot, [missing], 'Report in the entry grid instead, some benefits at a time.');
  const { sheet, rows } = await sheetFrom(snapshot, missing);
  const help: WorkbookSheet = {
    sheet: HELP_SHEETS[0]!,
    columns: [22, 60, 18].map((width) => ({ width })),
    data: [
      [bold('Your values to report')],
      [
        plain(
          'Fill the column realised of the sheet benefit_values, and import the file. A cell that stays empty changes nothing.',
        ),
      ],
      [plain('Months are written 2026-07, numbers without a thousands sign. This sheet is not imported.')],
      [],
      ...reported(due, rows),
    ],
  };
  return bytesOf([sheet, help]);
};
