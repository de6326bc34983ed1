import { Parser, type CsvError } from 'csv-parse';
import type { Allowance, ReadingLimits } from './limits.js';
import { unguarded } from './formula-guard.js';
import { separatorOf, type Separator } from './separators.js';
import { cellBeyondHeader, headerTexts, type Row, type RowProblem, type Table } from './table.js';
import { detectEncoding, utf8Chunks, type Chunks, type TextEncoding } from './text.js';
import { UnreadableFile } from './unreadable-file.js';

/** Rows with a misplaced quotation mark that are reported before the rest of the file is left unread. */
const MOST_BROKEN_ROWS = 1_000;
/** Misplaced quotation marks in one row before the rest is left unread: each costs the parser a copy of the cell. */
const MOST_QUOTES_A_ROW = 20;

/** How one CSV file is written. */
interface Dialect {
  encoding: TextEncoding;
  separator: Separator;
  /** Excel's own first line `sep=;`, which is not a row: Excel does not show it. */
  separatorLine: boolean;
}

/**
 * One CSV file as a table. Nothing is read before it is asked for.
 * @param open a fresh stream of the file's bytes, each time
 */
export function csvTable(
  file: { table: string; origin: string; open: () => Chunks },
  limits: ReadingLimits,
  rowAllowance: Allowance,
  separatorIn = separatorOf,
): Table {
  let dialect: Promise<Dialect> | undefined;
  let columns: Promise<readonly string[]> | undefined;
  const readColumns = async (): Promise<readonly string[]> => {
    dialect ??= dialectOf(file, separatorIn);
    for await (const rows of parsedRows(file, await dialect, limits, rowAllowance, null)) {
      const first = rows[0];
      if (first?.problems?.[0]) {
        throw new UnreadableFile(422, 'csv.quote', `The header of ${file.origin}: ${first.problems[0].message}`);
      }
      return first?.rowNumber === 1 ? headerTexts(first.cells) : [];
    }
    return [];
  };
  return {
    table: file.table,
    origin: file.origin,
    columns: () => (columns ??= readColumns()),
    async *rows() {
      const width = (await (columns ??= readColumns())).length;
      dialect ??= dialectOf(file, separatorIn);
      let header = true;
      for await (const rows of parsedRows(file, await dialect, limits, rowAllowance, width)) {
        if (header && rows[0]?.rowNumber === 1) rows.shift();
        header = false;
        if (rows.length > 0) yield rows;
      }
    },
    async *raw() {
      dialect ??= dialectOf(file, separatorIn);
      yield* parsedRows(file, await dialect, limits, rowAllowance, null);
    },
  };
}

async function dialectOf(
  file: { origin: string; open: () => Chunks },
  separatorIn: (head: string) => Separator,
): Promise<Dialect> {
  const encoding = await detectEncoding(file.open(), file.origin);
  let head = '';
  for await (const chunk of utf8Chunks(file.open(), encoding)) {
    head += chunk.toString('utf8');
    if (head.length >= 65_536) break;
  }
  const stated = /^"?sep=([,;\t])"?(\r|\n|$)/i.exec(head);
  return stated
    ? { encoding, separator: stated[1] as Separator, separatorLine: true }
    : { encoding, separator: separatorIn(head), separatorLine: false };
}

/**
 * All filled rows, the header included, a batch for each chunk of the file.
 * @param width number of header cells; null while the header itself is read (rows come as they are)
 */
async function* parsedRows(
  file: { table: string; origin: string; open: () => Chunks },
  dialect: Dialect,
  limits: ReadingLimits,
  rowAllowance: Allowance,
  width: number | null,
): AsyncGenerator<Row[]> {
  const rows = new RowCollector(file.origin, dialect.separatorLine, limits, width);
  const parser = new RecordParser(dialect.separator, limits.rowBytes, rows);
  const asPromise = (start: (done: (error?: Error | null) => void) => void) =>
    new Promise<void>((resolve, reject) => start((error) => (error ? reject(error) : resolve())));
  try {
    for await (const chunk of utf8Chunks(file.open(), dialect.encoding)) {
      await asPromise((done) => parser.write(chunk, done));
      parser.check();
      rowAllowance.note(file.table, rows.filled);
      if (rows.batch.length > 0) yield rows.take();
    }
    await asPromise((done) => parser.end(done));
    parser.check();
  } catch (error) {
    if (!(error instanceof RestUnread)) throw error;
  } finally {
    parser.destroy();
  }
  rowAllowance.note(file.table, rows.filled);
  if (rows.batch.length > 0) yield rows.take();
}

/**
 * Hands each record to the collector at once. The parser's own `on_record` copies its statistics for each record, and taking records from
 * the stream costs an event each: both make it half as fast.
 */
class RecordParser extends Parser {
  private failure: unknown;

  constructor(
    separator: Separator,
    rowBytes: number,
    private readonly rows: RowCollector,
  ) {
    super({
      delimiter: separator,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      max_record_size: rowBytes,
      skip_records_with_error: true,
      on_skip: (error) => rows.skip(error, this),
    });
    this.resume();
    // A failure of the parser also reaches the callback of the write that caused it.
    this.on('error', () => undefined);
  }

  /** Every record comes through here; null is the end. Must not throw: the stream may be in the middle of its end. */
  override push(record: string[] | null): boolean {
    if (record === null) return super.push(null);
    if (this.failure !== undefined) return true;
    try {
      this.rows.add(record);
    } catch (error) {
      this.failure = error;
    }
    return true;
  }

  /** @throws what a record was refused with */
  check(): void {
    if (this.failure !== undefined) throw this.failure;
  }
}

/** The row is reported, and the rows after it are not read. */
class RestUnread extends Error {}

/** Turns the parser's records into numbered rows. */
class RowCollector {
  batch: Row[] = [];
  /** Without the header. */
  filled = 0;
  private rowNumber = 0;
  private brokenRecord: unknown;
  private brokenRows = 0;
  private quotesInRow = 0;

  constructor(
    private readonly origin: string,
    private skipFirst: boolean,
    private readonly limits: ReadingLimits,
    private readonly width: number | null,
  ) {}

  take(): Row[] {
    const batch = this.batch;
    this.batch = [];
    return batch;
  }

  add(record: string[]): void {
    if (this.skipFirst) {
      this.skipFirst = false;
      return;
    }
    this.nextRow();
    let blank = true;
    for (let index = 0; index < record.length; index += 1) {
      const text = record[index] as string;
      if (text === '') continue;
      if (blank && text.trim() !== '') blank = false;
      record[index] = unguarded(text);
    }
    if (blank) return;
    if (this.rowNumber > 1) this.filled += 1;
    if (this.width === null || this.rowNumber === 1) {
      this.checkColumns(record);
      this.batch.push({ rowNumber: this.rowNumber, cells: record });
      return;
    }
    while (record.length < this.width) record.push('');
    if (record.length === this.width) this.batch.push({ rowNumber: this.rowNumber, cells: record });
    else this.addLong(record, this.width);
  }

  /** Called by the parser for each misplaced quotation mark, maybe several times in one row. */
  skip(error: CsvError | undefined, parser: Parser): undefined {
    const code = String(error?.code);
    if (code === 'CSV_MAX_RECORD_SIZE') throw this.rowTooLong();
    // The parser starts a new array for each record: the only sign by which two broken rows in succession are told apart.
    const record = (parser as unknown as { state: { record: unknown } }).state.record;
    if (record === this.brokenRecord) {
      this.quotesInRow += 1;
      if (this.quotesInRow > MOST_QUOTES_A_ROW) throw new RestUnread();
      return undefined;
    }
    this.brokenRecord = record;
    this.quotesInRow = 1;
    this.brokenRows += 1;
    this.nextRow();
    this.filled += 1;
    // Inside a quoted cell nobody can say where it was meant to end; what follows would be guessed.
    const lost = code !== 'INVALID_OPENING_QUOTE' || this.brokenRows >= MOST_BROKEN_ROWS;
    this.batch.push({ rowNumber: this.rowNumber, cells: [], problems: [quoteProblem(code, lost)] });
    if (lost) throw new RestUnread();
    return undefined;
  }

  private nextRow(): void {
    this.rowNumber += 1;
    if (this.rowNumber > this.limits.lastRow) {
      throw new UnreadableFile(413, 'rows.too_many', `${this.origin} has more than ${this.limits.lastRow} lines.`);
    }
  }

  private addLong(record: string[], width: number): void {
    const problems: RowProblem[] = [];
    for (let column = width; column < record.length && problems.length < 10; column += 1) {
      const text = record[column] as string;
      if (text.trim() !== '') problems.push(cellBeyondHeader(column, text));
    }
    const cells = record.slice(0, width);
    this.batch.push(
      problems.length > 0 ? { rowNumber: this.rowNumber, cells, problems } : { rowNumber: this.rowNumber, cells },
    );
  }

  private checkColumns(record: string[]): void {
    if (this.rowNumber !== 1 || record.length <= this.limits.columns) return;
    throw new UnreadableFile(
      413,
      'columns.too_many',
      `${this.origin} has ${record.length} columns; at most ${this.limits.columns} are read.`,
    );
  }

  private rowTooLong(): UnreadableFile {
    return new UnreadableFile(
      413,
      'csv.row_too_long',
      `Row ${this.rowNumber + 1} of ${this.origin} is longer than ${Math.floor(this.limits.rowBytes / 1024)} KB. ` +
        'A double quote may have been opened there and not closed, or the file has no line breaks.',
    );
  }
}

function quoteProblem(code: string, lost: boolean): RowProblem {
  const what =
    code === 'CSV_QUOTE_NOT_CLOSED'
      ? 'A double quote is opened in this row and never closed.'
      : code === 'INVALID_OPENING_QUOTE'
        ? 'A double quote stands inside a cell that does not start with one.'
        : 'A cell between double quotes is followed by something other than the separator.';
  const advice = 'Put the whole cell between double quotes and write each double quote inside it twice.';
  const rest = lost ? ' The rows after this one were not read.' : '';
  return { column: null, value: null, code: 'csv.quote', message: `${what} ${advice}${rest}` };
}
