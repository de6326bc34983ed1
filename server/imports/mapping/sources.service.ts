import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import type { Principal } from '../../access/principal.js';
import type { FirstRows, FirstRowsQuery } from '../../contract/first-rows.js';
import type { ImportReport } from '../../contract/import.js';
import type {
  ImportSource,
  ImportSourceQuery,
  MappedImport,
  SavedMapping,
  SourceSheet,
} from '../../contract/mapping.js';
import { DECLARATIONS, snake } from '../../contract/records.js';
import { CLOCK, type Clock } from '../../http/clock.js';
import { invalidField, notFound, Problem } from '../../http/problem.js';
import { ImportService } from '../import.service.js';
import { matchHeader } from '../reading/headers.js';
import { openSource, type UploadedFile } from '../reading/source.js';
import { normalisedName, type Table } from '../reading/table.js';
import { UnreadableFile } from '../reading/unreadable-file.js';
import { reportingTimeZone } from '../../database/time-zone.js';
import { Turns } from '../turns.js';
import { unreadable } from '../unreadable.js';
import { changeLogOf, withLog } from './change-logs/change-log.js';
import { firstRowsOf } from './first-rows.js';
import { fitMapping } from './fit.js';
import { foreignSheet } from './foreign-sheet.js';
import { inspect, type Inspection } from './inspect.js';
import { knownCodes } from './known-codes.queries.js';
import { MappingsService } from './mappings.service.js';
import {
  findSource,
  removeExpired,
  removeSource,
  storeSource,
  withSourceFiles,
  type FoundSource,
  type StoredSource,
} from './source-store.js';
import { suggest } from './suggest.js';

const KEPT_MS = 24 * 3_600_000;
const REMOVE_EXPIRED_MS = 3_600_000;
/** Sheets that are looked through; a workbook of hundreds is not one table to import. */
const MOST_SHEETS = 30;
const MOST_SAVED = 5;
const MOST_LOOKED = 10;

/** Foreign files: kept for a day, looked through, and imported by a mapping. */
@Injectable()
export class SourcesService implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;
  private removing: Promise<void> | undefined;
  private readonly inspections = new Map<string, Promise<Inspection>>();

  constructor(
    @Inject(DataSource) private readonly source: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(ImportService) private readonly imports: ImportService,
    @Inject(MappingsService) private readonly mappings: MappingsService,
    @Inject(Turns) private readonly turns: Turns,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      // The next hour tries again; what has expired is out of sight already.
      this.removing = this.removeExpired().catch(() => undefined);
    }, REMOVE_EXPIRED_MS).unref();
  }

  /** What is being removed ends before the database goes. */
  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.removing;
  }

  /** Lets go of all files that have been kept for a day, whoever brought them. */
  removeExpired(): Promise<void> {
    return removeExpired(this.source, this.clock.now().toISOString());
  }

  /**
   * Looks through files and keeps them.
   * @throws Problem 413, 415, 422 where they cannot be read; then nothing is kept
   */
  async create(principal: Principal, files: readonly UploadedFile[]): Promise<ImportSource> {
    if (files.length === 0)
      throw invalidField('/file', 'required', 'Send one or more files in the multipart field "file".');
    const now = this.clock.now();
    const stored: StoredSource = {
      id: uuidv7(),
      created_at: now.toISOString(),
      expires_at: new Date(now.getTime() + KEPT_MS).toISOString(),
      file_names: files.map(({ originalName }) => originalName),
    };
    const answer = await this.describe(principal, stored, files, {});
    await storeSource(this.source, stored, principal.userId, files);
    return answer;
  }

  /** @throws Problem 404 for one that is not there, has expired, or is somebody else's */
  async read(principal: Principal, id: string, query: ImportSourceQuery): Promise<ImportSource> {
    const stored = await this.own(principal, id);
    return withSourceFiles(this.source, stored, (files) => this.describe(principal, stored, files, query));
  }

  /** @throws Problem 404 */
  async remove(principal: Principal, id: string): Promise<void> {
    if (!(await removeSource(this.source, id, principal.userId))) throw notFound();
  }

  /**
   * How a target of a mapping would read the first rows of a sheet.
   * @throws Problem 404 where source or sheet are not there
   */
  async firstRows(principal: Principal, id: string, query: FirstRowsQuery): Promise<FirstRows> {
    const stored = await this.own(principal, id);
    const { columns, first } = await this.looked(stored, query);
    return firstRowsOf(query.target, columns, first, await reportingTimeZone(this.source));
  }

  /** A file never changes while it is kept, and each change of a mapping asks again: the last sheets stay looked through. */
  private looked(stored: FoundSource, { sheet, headerRow }: FirstRowsQuery): Promise<Inspection> {
    const key = JSON.stringify([stored.id, sheet, headerRow]);
    const found =
      this.inspections.get(key) ??
      this.turns.take(() => withSourceFiles(this.source, stored, (files) => inspectSheet(files, sheet, headerRow)));
    this.inspections.delete(key);
    this.inspections.set(key, found);
    found.catch(() => this.inspections.delete(key));
    for (const oldest of this.inspections.keys()) {
      if (this.inspections.size <= MOST_LOOKED) break;
      this.inspections.delete(oldest);
    }
    return found;
  }

  /**
   * Imports a kept file by a mapping.
   * @throws Problem 404; 422 where the mapping does not fit, or the file can be read in two ways
   */
  async import(
    principal: Principal,
    id: string,
    mapped: MappedImport,
    onAbort: (abort: () => void) => void,
  ): Promise<ImportReport> {
    const stored = await this.own(principal, id);
    const { dryRun, onProblem } = mapped;
    const order = { id: mapped.id?.toLowerCase(), dryRun, onProblem, decimal: 'dot', mapped } as const;
    return withSourceFiles(this.source, stored, (files) => this.imports.import(principal, files, order, onAbort));
  }

  private async own(principal: Principal, id: string): Promise<FoundSource> {
    const stored = await findSource(this.source, id, principal.userId, this.clock.now().toISOString());
    if (!stored) throw notFound();
    return stored;
  }

  private async describe(
    principal: Principal,
    stored: StoredSource,
    files: readonly UploadedFile[],
    query: ImportSourceQuery,
  ): Promise<ImportSource> {
    const sheets = await this.turns.take(() => this.sheets(principal, files, query));
    return {
      id: stored.id,
      createdAt: stored.created_at,
      expiresAt: stored.expires_at,
      fileNames: stored.file_names,
      sheets,
    };
  }

  private async sheets(
    principal: Principal,
    files: readonly UploadedFile[],
    query: ImportSourceQuery,
  ): Promise<SourceSheet[]> {
    const saved = (await this.mappings.list(principal)).items;
    const sheets: SourceSheet[] = [];
    try {
      const opened = await openSource(files, {}, true);
      try {
        const asked = opened.tables.filter(({ table }) => query.sheet === undefined || table === query.sheet);
        if (query.sheet !== undefined && asked.length === 0) throw notFound();
        for (const table of asked.slice(0, MOST_SHEETS)) {
          const sheet = await this.sheet(principal, table, query, saved);
          if (sheet !== null) sheets.push(sheet);
        }
      } finally {
        await opened.close();
      }
    } catch (error) {
      if (error instanceof UnreadableFile) throw unreadable(error);
      throw error;
    }
    if (sheets.length > 0) return sheets;
    throw new Problem(422, 'validation-failed', 'The file holds no table: no row of column names with rows below it.', [
      {
        pointer: '/file',
        code: 'tables.none',
        message: 'Choose a file with column names in one row and values below.',
      },
    ]);
  }

  /** One sheet as it can be shown; null where nothing stands in it. */
  private async sheet(
    principal: Principal,
    table: Table,
    query: ImportSourceQuery,
    saved: readonly SavedMapping[],
  ): Promise<SourceSheet | null> {
    const sheet = await foreignSheet(table, query.headerRow);
    const inspection = await inspect(sheet);
    const { columns, rows, head, above } = inspection;
    if (columns.length === 0 || (rows === 0 && query.sheet === undefined)) return null;
    const titles = above.flatMap(({ cells }) => cells);
    const known = await knownCodes(this.source, columns);
    const words = { sheet: table.table, file: table.origin.replace(/\.[a-z0-9]{1,5}$/i, ''), titles };
    const own = isOwn(table, sheet.headerRow, inspection);
    const suggested = suggest(columns, words, sheet.headerRow, known, query.table);
    const isAsked = own || query.table !== undefined;
    const log = isAsked ? null : await changeLogOf(this.source, principal, sheet, columns, known);
    return {
      sheet: table.table,
      file: table.origin,
      headerRow: sheet.headerRow,
      rows,
      columns,
      head,
      above,
      own,
      ...withLog(log, suggested, sheet),
      saved: fitting(saved, { sheet: table.table, headerRow: sheet.headerRow, columns }),
    };
  }
}

const inspectSheet = async (files: readonly UploadedFile[], sheet: string, headerRow: number): Promise<Inspection> => {
  const opened = await openSource(files, {}, true);
  try {
    const table = opened.tables.find((one) => one.table === sheet);
    if (!table) throw notFound();
    return await inspect(await foreignSheet(table, headerRow));
  } catch (error) {
    if (error instanceof UnreadableFile) throw unreadable(error);
    throw error;
  } finally {
    await opened.close();
  }
};

/** Whether a sheet is one of our own tables, by its name and its columns. */
const isOwn = (table: Table, headerRow: number, { columns }: Inspection): boolean => {
  const declaration = DECLARATIONS.find((one) => normalisedName(one.table) === normalisedName(table.table));
  if (!declaration || headerRow !== 1) return false;
  const names = Object.keys(declaration.columns).map(snake);
  const { positions, problems } = matchHeader(
    columns.map(({ header }) => header),
    names,
    declaration.key.map(snake),
  );
  return problems.length === 0 && positions.size >= Math.min(2, names.length);
};

/** Saved mappings that know most of a sheet: those that lack nothing first, then those that know more of it. */
const fitting = (
  saved: readonly SavedMapping[],
  sheet: { sheet: string; headerRow: number; columns: Inspection['columns'] },
): SourceSheet['saved'] =>
  saved
    .map((one) => ({ id: one.id, name: one.name, ...fitMapping(one.mapping, sheet) }))
    .filter(({ found, missing }) => found > missing.length)
    .sort((a, b) => a.missing.length - b.missing.length || b.found - a.found)
    .slice(0, MOST_SAVED)
    .map(({ found: _found, ...fitted }) => fitted);
