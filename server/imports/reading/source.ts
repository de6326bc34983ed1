import { createReadStream } from 'node:fs';
import { openArchive, refuseNested, type Archive } from './archive.js';
import { csvTable } from './csv.js';
import { fileKind, firstBytes } from './file-kind.js';
import { allowances, DEFAULT_LIMITS, type Allowances, type ReadingLimits } from './limits.js';
import { separatorOf, steadySeparatorOf } from './separators.js';
import { normalisedName, type Row, type Table } from './table.js';
import type { Chunks } from './text.js';
import { UnreadableFile } from './unreadable-file.js';
import { workbookTables } from './xlsx.js';

export interface UploadedFile {
  /** Where it lies on disk. */
  path: string;
  /** What the person called it; shown in sentences, and the table's name for a CSV file. */
  originalName: string;
}

/** The tables of one upload, in the order of files and sheets. Must be closed. */
export interface Source {
  readonly tables: readonly Table[];
  /** Files in a zip that are no CSV (a note, a picture): never opened, but worth a line in the report. */
  readonly ignored: readonly string[];
  /** Of tables that a mapping makes of a foreign sheet: what is behind them. */
  readonly foreign?: Foreign;
  /** Lets go of the files. Idempotent. */
  close(): Promise<void>;
}

/** A foreign sheet behind tables that a mapping makes of it. */
export interface Foreign {
  readonly sheet: string;
  /** Name of the mapping, where it is a saved one. */
  readonly name: string | null;
  readonly header: readonly string[];
  /** The rows below the header with what a person corrected, without what a person left out. @throws UnreadableFile while iterating */
  read(): AsyncIterable<Row[]>;
  /** Position of the column that a cell comes from; null where it comes from none. @param rowNumber of the table, not of the sheet */
  columnOf(table: string, rowNumber: number, column: string): number | null;
  /** What stands in the sheet where this value of a column was made from it by words of the mapping alone. */
  foreignValue(table: string, column: string, value: string): string;
}

const CSV_ENDING = /\.(csv|tsv|txt)$/i;

/**
 * Opens uploaded files: a workbook, a zip of CSV files, CSV files, or several of these. Which it is, is seen from the content.
 * Only tables of contents are read here; encodings, headers and rows are read when asked for, and may throw as well.
 * @param limits those that differ from DEFAULT_LIMITS
 * @param isForeign the files are not ours: CSV files may begin with titles
 * @throws UnreadableFile 413, 415 or 422; nothing stays open then
 */
export async function openSource(
  files: readonly UploadedFile[],
  limits: Partial<ReadingLimits> = {},
  isForeign = false,
): Promise<Source> {
  const opened = new OpenedFiles({ ...DEFAULT_LIMITS, ...limits }, isForeign);
  try {
    for (const file of files) await opened.add(file);
    opened.refuseTwice();
  } catch (error) {
    await opened.close();
    throw error;
  }
  return opened;
}

class OpenedFiles implements Source {
  readonly tables: Table[] = [];
  readonly ignored: string[] = [];
  private readonly archives: Archive[] = [];
  private readonly allowances: Allowances;

  constructor(
    private readonly limits: ReadingLimits,
    private readonly isForeign: boolean,
  ) {
    this.allowances = allowances(limits);
  }

  async add(file: UploadedFile): Promise<void> {
    const fileName = baseName(file.originalName);
    if (fileKind(await firstBytes(file.path), fileName) === 'zip') return this.addZip(file.path, fileName);
    const open = () => createReadStream(file.path, { highWaterMark: 64 * 1024 }) as Chunks;
    this.addCsv({ table: tableName(fileName), origin: fileName, open });
  }

  refuseTwice(): void {
    const seen = new Map<string, Table>();
    for (const table of this.tables) {
      const twin = seen.get(normalisedName(table.table));
      if (twin) {
        const where =
          twin.origin === table.origin ? `twice in ${table.origin}` : `in ${twin.origin} and in ${table.origin}`;
        throw new UnreadableFile(
          422,
          'table.twice',
          `The table "${table.table}" stands ${where}. Leave one of them out.`,
        );
      }
      seen.set(normalisedName(table.table), table);
    }
  }

  async close(): Promise<void> {
    for (const archive of this.archives.splice(0)) archive.close();
  }

  private async addZip(path: string, fileName: string): Promise<void> {
    const archive = await openArchive(path, fileName, this.limits, this.allowances.unpackedBytes);
    this.archives.push(archive);
    const has = (name: string) => archive.names.includes(name);
    if (has('[Content_Types].xml') && has('xl/workbook.xml')) {
      this.tables.push(...(await workbookTables(archive, fileName, this.limits, this.allowances.workbookRows)));
      return;
    }
    refuseOtherDocuments(archive.names, fileName);
    const tablesBefore = this.tables.length;
    const ignoredBefore = this.ignored.length;
    for (const name of archive.names) {
      refuseNested(name, fileName);
      if (!CSV_ENDING.test(name)) {
        this.ignored.push(`${fileName}: ${name}`);
        continue;
      }
      const open = () => checkedEntry(archive.bytes(name), `${fileName}: ${name}`);
      this.addCsv({ table: tableName(baseName(name)), origin: `${fileName}: ${name}`, open });
    }
    if (this.tables.length === tablesBefore) {
      throw new UnreadableFile(
        415,
        'type',
        `${fileName} holds no CSV file${namesOf(this.ignored.slice(ignoredBefore))}. Upload a workbook (.xlsx) or a zip of CSV files.`,
      );
    }
  }

  private addCsv(file: { table: string; origin: string; open: () => Chunks }): void {
    const separatorIn = this.isForeign ? steadySeparatorOf : separatorOf;
    this.tables.push(csvTable(file, this.limits, this.allowances.csvRows, separatorIn));
  }
}

/** An entry whose name ends in .csv may still be anything. */
async function* checkedEntry(chunks: Chunks, name: string): AsyncGenerator<Buffer> {
  let first = true;
  for await (const chunk of chunks) {
    if (first && fileKind(chunk.subarray(0, 512), name) === 'zip') refuseNested('a.zip', name);
    first = false;
    yield chunk;
  }
}

function refuseOtherDocuments(names: readonly string[], fileName: string): void {
  const kinds: [(name: string) => boolean, string][] = [
    [(name) => name === 'xl/workbook.bin', 'is a binary workbook (.xlsb); save it as .xlsx'],
    [(name) => name.startsWith('word/'), 'is a text document'],
    [(name) => name.startsWith('ppt/'), 'is a presentation'],
    [(name) => name === 'mimetype', 'is an OpenDocument or e-book file; save it as .xlsx'],
    [(name) => name.startsWith('Index/') && name.endsWith('.iwa'), 'is an Apple Numbers file; export it as .xlsx'],
  ];
  for (const [matches, what] of kinds) {
    if (!names.some(matches)) continue;
    throw new UnreadableFile(
      415,
      'type',
      `${fileName} ${what}. Upload a workbook (.xlsx), a CSV file, or a zip of CSV files.`,
    );
  }
}

/** A few names for a sentence. */
function namesOf(files: readonly string[]): string {
  if (files.length === 0) return '';
  const some = files.slice(0, 3).map((name) => name.slice(name.indexOf(': ') + 2).slice(0, 60));
  return `, but ${some.join(', ')}${files.length > 3 ? ` and ${files.length - 3} more` : ''}`;
}

/** Browsers send a bare name, other programs sometimes a path. */
function baseName(name: string): string {
  return name.replace(/^.*[\\/]/s, '') || 'file';
}

function tableName(fileName: string): string {
  return fileName.replace(/\.[A-Za-z0-9]{1,5}$/, '').trim();
}
