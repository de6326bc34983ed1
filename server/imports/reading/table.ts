/** A cell of a sheet that is not text. CSV cells are always text. */
export type TypedCell =
  /** `percent`: shown with a % sign (25 % is stored as 0.25). `digits`: 5 for the format `00000`, else 0. */
  | { readonly kind: 'number'; readonly value: number; readonly percent: boolean; readonly digits: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  /** A local date and time, without time zone: `2026-07-31`, `14:30:00.000`. */
  | { readonly kind: 'date'; readonly date: string; readonly time: string }
  /** `#REF!`, `#N/A` and the like. */
  | { readonly kind: 'error'; readonly text: string }
  /** A formula whose value the file does not hold. */
  | { readonly kind: 'no_value' };

export type Cell = string | TypedCell;

export interface CellProblem {
  readonly code: string;
  readonly message: string;
}

export interface RowProblem extends CellProblem {
  /** Position of the cell, from 0; null where the row as a whole is meant. */
  readonly column: number | null;
  readonly value: string | null;
}

export interface Row {
  /** As a person counts in the sheet: the header is row 1, blank rows count, a cell with line breaks is in one row. */
  readonly rowNumber: number;
  /** One for each header cell (blank where the row is shorter); empty where the row could not be read. */
  readonly cells: readonly Cell[];
  /** What is wrong with the row as it stands in the file; absent for nearly all rows. */
  readonly problems?: readonly RowProblem[];
}

/** One CSV file, or one sheet of a workbook. May be read any number of times, but not by two readers at once. */
export interface Table {
  /** The name as given: of the file without its ending, or of the sheet. */
  readonly table: string;
  /** The file that it came from, as a person knows it: `costs.csv`, `all.zip: costs.csv`, `plan.xlsx`. One decimal style each. */
  readonly origin: string;
  /** Row 1, line breaks as spaces, trailing blanks dropped; empty where row 1 is blank. @throws UnreadableFile */
  columns(): Promise<readonly string[]>;
  /** The filled rows from row 2, in batches. @throws UnreadableFile while iterating */
  rows(): AsyncIterable<Row[]>;
  /** All filled rows from row 1 on, each as wide as it is: for files of which the header is not known. Absent where there is no file behind. */
  raw?(): AsyncIterable<Row[]>;
  /**
   * Rows of the table that one row of a file may become; 1 where absent. Row numbers are then those of the file times this, plus the place
   * among them, so that all are different.
   */
  readonly slots?: number;
  /** Those among the slots whose rows are picked by `firstOf`: of a work log, where each item began. */
  readonly beginnings?: readonly number[];
}

/** The cell as a person sees it, for reports. */
export function cellText(cell: Cell): string {
  if (typeof cell === 'string') return cell;
  switch (cell.kind) {
    case 'number':
      return cell.percent ? `${plainNumber(cell.value * 100)}%` : plainNumber(cell.value);
    case 'boolean':
      return cell.value ? 'TRUE' : 'FALSE';
    case 'date':
      return cell.time.startsWith('00:00:00') ? cell.date : `${cell.date}T${cell.time.slice(0, 8)}`;
    case 'error':
      return cell.text;
    case 'no_value':
      return '';
  }
}

/** A double in the 15 digits that a spreadsheet shows: 0.1 + 0.2 is `0.3`. */
export function plainNumber(value: number): string {
  return String(Number(value.toPrecision(15)));
}

/** Row 1 as column names: what is seen, on one line, without trailing blanks. */
export function headerTexts(cells: readonly Cell[]): string[] {
  const texts = cells.map((cell) => cellText(cell).replace(/\s+/g, ' ').trim());
  while (texts.length > 0 && texts.at(-1) === '') texts.pop();
  return texts;
}

/** Names match without regard to case, spaces and underscores: `Org Units` is `org_units`. */
export function normalisedName(name: string): string {
  return name
    .normalize('NFC')
    .replace(/[\s_]+/g, '')
    .toLowerCase();
}

/** The problem of a cell to the right of the last header cell. `column` counts from 0. */
export function cellBeyondHeader(column: number, cell: Cell): RowProblem {
  return {
    column,
    value: cellText(cell),
    code: 'row.too_long',
    message:
      `Cell ${column + 1} of this row stands under no header. ` +
      'Remove it, or put text that holds the separator between double quotes.',
  };
}
