import type { CellFormat } from './cell-formats.js';
import { dateOfSerial } from './cell-formats.js';
import type { ReadingLimits } from './limits.js';
import { unescaped, type SharedStrings } from './shared-strings.js';
import { cellBeyondHeader, type Cell, type Row, type RowProblem } from './table.js';
import type { Chunks } from './text.js';
import { UnreadableFile } from './unreadable-file.js';
import { joined, XmlReader } from './xml.js';

/** What the cells of all sheets of a workbook refer to. */
export interface CellContent {
  strings: SharedStrings;
  format: (style: number) => CellFormat;
  from1904: boolean;
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(E[+-]?\d+)?$/i;
const NO_VALUE: Cell = { kind: 'no_value' };

/**
 * The filled rows of one sheet, the header included, a batch for each unpacked chunk. The declared dimension is not looked at, and
 * nothing is allocated beyond the header's width.
 *
 * A formula counts as the value that the spreadsheet stored with it when it was last computed; where the file holds none (it was
 * written by a program that does not compute) the cell is `no_value`, which is a problem wherever it stands.
 * @param width number of header cells; null while the header itself is read (rows come as wide as they are)
 */
export async function* sheetRows(
  chunks: Chunks,
  part: string,
  content: CellContent,
  limits: ReadingLimits,
  width: number | null,
): AsyncGenerator<Row[]> {
  const sheet = new SheetReader(part, content, limits, width);
  const xml = new XmlReader(part, sheet);
  for await (const chunk of chunks) {
    xml.push(chunk);
    if (sheet.batch.length > 0) yield sheet.take();
    if (sheet.done) return;
  }
  xml.end();
  if (sheet.batch.length > 0) yield sheet.take();
}

class SheetReader {
  batch: Row[] = [];
  /** The rows are over; what follows (drawings, validations) is of no interest. */
  done = false;
  private inRows = false;
  private rowNumber = 0;
  private cells: Cell[] = [];
  private problems: RowProblem[] = [];
  private filled = false;
  private column = -1;
  private type = 'n';
  private style = 0;
  private value = '';
  private hasFormula = false;
  private phonetic = 0;
  private reading = false;
  private sharedCharacters = 0;

  constructor(
    private readonly part: string,
    private readonly content: CellContent,
    private readonly limits: ReadingLimits,
    private readonly width: number | null,
  ) {}

  take(): Row[] {
    const batch = this.batch;
    this.batch = [];
    return batch;
  }

  open(name: string, attributes: Record<string, string>): void {
    if (name === 'sheetData') this.inRows = true;
    if (!this.inRows) return;
    switch (name) {
      case 'row':
        return this.openRow(attributes['r']);
      case 'c':
        return this.openCell(attributes);
      case 'f':
        this.hasFormula = true;
        return;
      case 'rPh':
        this.phonetic += 1;
        return;
      case 'v':
      case 't':
        this.reading = this.phonetic === 0;
    }
  }

  text(text: string): void {
    if (this.reading) this.value = joined(this.value, text, this.part);
  }

  close(name: string): void {
    if (!this.inRows) return;
    switch (name) {
      case 'v':
      case 't':
        this.reading = false;
        return;
      case 'rPh':
        this.phonetic -= 1;
        return;
      case 'c':
        return this.closeCell();
      case 'row':
        return this.closeRow();
      case 'sheetData':
        this.inRows = false;
        this.done = true;
    }
  }

  private openRow(stated: string | undefined): void {
    const row = stated === undefined ? this.rowNumber + 1 : Number(stated);
    if (!Number.isInteger(row) || row <= this.rowNumber) throw this.damaged('its rows are out of order');
    if (row > this.limits.lastRow) throw this.damaged('a row lies beyond the last one that a sheet can have');
    this.rowNumber = row;
    this.cells = this.isHeader() || this.width === null ? [] : new Array<Cell>(this.width).fill('');
    this.problems = [];
    this.filled = false;
    this.column = -1;
  }

  private openCell(attributes: Record<string, string>): void {
    const stated = attributes['r'];
    this.column = stated === undefined ? this.column + 1 : columnOf(stated);
    if (this.column < 0 || this.column > 16_383) throw this.damaged('a cell has an impossible address');
    this.type = attributes['t'] ?? 'n';
    this.style = Number(attributes['s'] ?? 0);
    this.value = '';
    this.hasFormula = false;
  }

  private closeCell(): void {
    const cell = this.cell();
    if (typeof cell === 'string' && cell.trim() === '') return;
    this.filled = true;
    if (this.isHeader() || this.width === null) {
      if (this.column >= this.limits.columns) throw this.tooManyColumns();
      while (this.cells.length < this.column) this.cells.push('');
      this.cells[this.column] = cell;
    } else if (this.column < this.width) this.cells[this.column] = cell;
    else if (this.problems.length < 10) this.problems.push(cellBeyondHeader(this.column, cell));
  }

  private closeRow(): void {
    if (!this.filled) return;
    const { rowNumber, cells, problems } = this;
    this.batch.push(problems.length > 0 ? { rowNumber, cells, problems } : { rowNumber, cells });
  }

  private isHeader(): boolean {
    return this.rowNumber === 1;
  }

  private cell(): Cell {
    const value = this.value;
    switch (this.type) {
      case 's': {
        const text = this.content.strings.at(value === '' ? NaN : Number(value));
        if (text === undefined) throw this.damaged('a cell points to a text that is not there');
        // A long text that many cells share is small in the file and large in every row.
        this.sharedCharacters += text.length;
        if (this.sharedCharacters > this.limits.unpackedBytes) throw this.tooMuchText();
        return text;
      }
      case 'str':
      case 'inlineStr':
        return unescaped(value);
      case 'b':
        return value === '' ? '' : { kind: 'boolean', value: value === '1' || value === 'true' };
      case 'e':
        return { kind: 'error', text: value };
      case 'd':
        return isoDate(value) ?? value;
      default:
        if (value !== '') return this.number(value.trim());
        return this.hasFormula ? NO_VALUE : '';
    }
  }

  private number(text: string): Cell {
    const value = NUMBER.test(text) ? Number(text) : NaN;
    if (Number.isNaN(value)) return { kind: 'error', text };
    const { kind, digits } = this.content.format(this.style);
    if (kind === 'date') {
      const date = dateOfSerial(value, this.content.from1904);
      if (date) return { kind: 'date', ...date };
    }
    return { kind: 'number', value, percent: kind === 'percent', digits };
  }

  private damaged(why: string): UnreadableFile {
    return new UnreadableFile(422, 'sheet.damaged', `${this.part} is damaged: ${why}. Save the workbook again.`);
  }

  private tooMuchText(): UnreadableFile {
    return new UnreadableFile(
      413,
      'archive.unpacked',
      `${this.part} holds too much text. Save it as CSV, or import it in parts.`,
    );
  }

  private tooManyColumns(): UnreadableFile {
    return new UnreadableFile(
      413,
      'columns.too_many',
      `${this.part} has more than ${this.limits.columns} columns; at most ${this.limits.columns} are read.`,
    );
  }
}

/** `AB12` is column 27, counted from 0. */
export function columnOf(address: string): number {
  let column = 0;
  for (let index = 0; index < Math.min(address.length, 4); index += 1) {
    const letter = address.charCodeAt(index);
    if (letter < 65 || letter > 90) break;
    column = column * 26 + letter - 64;
  }
  return column - 1;
}

/** A date in a sheet of the strict kind, which writes dates as ISO text. */
function isoDate(text: string): Cell | null {
  const match = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d:\d\d)(\.\d{1,3})?)?/.exec(text);
  if (!match) return null;
  const fraction = (match[3] ?? '.').padEnd(4, '0');
  return { kind: 'date', date: match[1] as string, time: `${match[2] ?? '00:00:00'}${fraction}` };
}
