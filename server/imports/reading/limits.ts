import { UnreadableFile } from './unreadable-file.js';

const MEGABYTE = 1024 * 1024;

/** What an upload may cost. All are hard: beyond them the file is refused with 413. */
export interface ReadingLimits {
  /** Entries in one zip or workbook. */
  archiveEntries: number;
  /** Bytes that all archives of the upload may unpack to, together. */
  unpackedBytes: number;
  /** Unpacked ÷ packed bytes of an entry and of a whole archive, counted beyond the first `ratioFreeBytes`. */
  ratio: number;
  ratioFreeBytes: number;
  /** Filled rows of all sheets of the upload, headers not counted. */
  workbookRows: number;
  /** Filled rows of all CSV files of the upload, headers not counted. */
  csvRows: number;
  /** Row number of the last row, blank rows counted: bounds a file of nothing but line breaks. */
  lastRow: number;
  /** Header cells of one table. */
  columns: number;
  /** Bytes of one CSV row. */
  rowBytes: number;
  /** Different texts in one workbook, and their bytes: the one thing of a workbook that stays in memory. */
  sharedStrings: number;
  sharedStringBytes: number;
}

export const DEFAULT_LIMITS: ReadingLimits = {
  archiveEntries: 2_000,
  unpackedBytes: 512 * MEGABYTE,
  ratio: 100,
  ratioFreeBytes: MEGABYTE,
  workbookRows: 100_000,
  csvRows: 500_000,
  lastRow: 1_048_576,
  columns: 1_000,
  rowBytes: MEGABYTE / 4,
  sharedStrings: 1_000_000,
  sharedStringBytes: 48 * MEGABYTE,
};

/**
 * Counts something over the tables or archives of one upload. Each is read more than once (to profile, to load), so the highest
 * count seen for each counts, not the sum of the passes.
 */
export class Allowance {
  private readonly highest = new Map<string, number>();
  private total = 0;

  constructor(
    private readonly most: number,
    private readonly refusal: () => UnreadableFile,
  ) {}

  /** @throws UnreadableFile where `count`, together with what the others have used, exceeds the allowance */
  note(user: string, count: number): void {
    const before = this.highest.get(user) ?? 0;
    if (count <= before) return;
    this.highest.set(user, count);
    this.total += count - before;
    if (this.total > this.most) throw this.refusal();
  }
}

/** The counters of one upload. */
export interface Allowances {
  csvRows: Allowance;
  workbookRows: Allowance;
  unpackedBytes: Allowance;
}

export function allowances(limits: ReadingLimits): Allowances {
  const tooManyRows = (most: number, kind: string, advice: string) => () =>
    new UnreadableFile(413, 'rows.too_many', `The upload has more than ${most} rows in its ${kind}. ${advice}`);
  return {
    csvRows: new Allowance(
      limits.csvRows,
      tooManyRows(limits.csvRows, 'CSV files', 'Split it and import the parts one after another.'),
    ),
    workbookRows: new Allowance(
      limits.workbookRows,
      tooManyRows(limits.workbookRows, 'sheets', 'Save large sheets as CSV, or import the parts one after another.'),
    ),
    unpackedBytes: new Allowance(
      limits.unpackedBytes,
      () =>
        new UnreadableFile(
          413,
          'archive.unpacked',
          `The upload unpacks to more than ${Math.floor(limits.unpackedBytes / MEGABYTE)} MB. Import it in parts.`,
        ),
    ),
  };
}
