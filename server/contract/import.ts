import { z } from 'zod';
import * as p from './primitives.js';

/** Import: what was read, what it did or would do, and every problem at once. */

export const IMPORT_STATUSES = [
  'running',
  'committed',
  'rejected',
  'dry_run',
  'cancelled',
  'failed',
  'reverted',
] as const;

const flag = z.enum(['true', 'false']).transform((value) => value === 'true');

export const importQuery = z.strictObject({
  dryRun: flag.default(false),
  onProblem: z.enum(['reject', 'skip']).default('reject'),
  /** A UUIDv7 that the client chose, so that it can follow the progress of its own import. */
  id: z.uuidv7('Write a UUIDv7.').optional(),
  /** Settles how numbers such as 1.234 are read where the file itself does not. */
  decimal: z.enum(['dot', 'comma']).optional(),
  /** Id of the dry run on which this import was decided: 412 where its files are not these. Without it any files are imported. */
  previewOf: z.uuid('Write the id of a dry run.').optional(),
});
export type ImportQuery = z.infer<typeof importQuery>;

export const importProblem = z
  .object({
    table: z.string(),
    /** As a person counts in the sheet: the header is row 1. */
    row: z.number().int(),
    column: z.string().nullable(),
    value: z.string().nullable(),
    code: z.string(),
    message: z.string(),
    /**
     * Of an import through a mapping, the cell of the foreign file: `row` is its row there, `column` still our field. The header and position
     * are null where the field comes from no column; `value` is what stands in the file.
     */
    from: z
      .object({ column: z.number().int().nullable(), header: z.string().nullable(), value: z.string().nullable() })
      .nullish(),
  })
  .meta({ id: 'ImportProblem' });
export type ImportProblem = z.infer<typeof importProblem>;

export const importTable = z.object({
  table: z.string(),
  rows: z.number().int(),
  created: z.number().int(),
  updated: z.number().int(),
  unchanged: z.number().int(),
  /** Left out because of a problem (`onProblem=skip`). */
  skipped: z.number().int(),
  /** Columns of the file that the table does not have. */
  ignoredColumns: z.array(z.string()),
});
export type ImportTable = z.infer<typeof importTable>;

/** Problems that one repair mends: the same column, the same kind of mistake. */
export const problemGroup = z.object({
  table: z.string(),
  column: z.string().nullable(),
  code: z.string(),
  /** What a person can do about it in the wizard. `choose`: pick one of our values for each of `values`. */
  repair: z.enum(['choose', 'rewrite', 'fill', 'remove', 'other']),
  /** Without the rows: "There is no benefit with this code". */
  title: z.string(),
  /** How many problems there are of it: all are counted, also beyond the first 1,000. */
  count: z.number().int(),
  /** How many rows of the file have it: a row of a wide file may have it in several months. Reports of before say none. */
  rowCount: z.number().int().optional(),
  /** The first 10 rows, as the file counts. */
  rows: z.array(z.number().int()),
  /** Up to 20 different values as they stand in the file, most frequent first among those listed. */
  values: z.array(z.object({ value: z.string(), count: z.number().int() })),
});
export type ProblemGroup = z.infer<typeof problemGroup>;

/** What an import changes, before it is done (or did): for the person who has to say yes. */
export const importPreview = z.object({
  /** Rows of the files: a row of a wide or mapped file counts once, whatever it becomes. `ok` + `bad` = `total`. */
  rows: z.object({ total: z.number().int(), ok: z.number().int(), bad: z.number().int() }),
  groups: z.array(problemGroup),
  /** Sums over all months of the benefits and investments that the file has, before → after, one for each measure and currency. */
  totals: z.array(
    z.object({
      of: z.enum(['benefit_values', 'investment_costs']),
      measure: z.enum(['planned', 'forecast', 'realised', 'actual']),
      currency: z.string(),
      before: z.string(),
      after: z.string(),
    }),
  ),
  /** The first 20 changed fields: changes first, then what is new. */
  diffs: z.array(
    z.object({
      table: z.string(),
      /** How people call the record: "BEN-014", "BEN-014, 2026-07". */
      record: z.string(),
      action: z.enum(['created', 'updated']),
      field: z.string(),
      before: z.string().nullable(),
      after: z.string().nullable(),
    }),
  ),
});
export type ImportPreview = z.infer<typeof importPreview>;

export const importReport = z
  .object({
    id: p.id,
    status: z.enum(IMPORT_STATUSES),
    fileNames: z.array(z.string()),
    /** Files in an archive that hold no table, such as a note or a picture: they were not read. */
    ignoredFiles: z.array(z.string()).default([]),
    fileHash: z.string(),
    dryRun: z.boolean(),
    onProblem: z.enum(['reject', 'skip']),
    by: z.string(),
    createdAt: z.string(),
    finishedAt: z.string().nullable(),
    revertedAt: z.string().nullable(),
    tables: z.array(importTable),
    problems: z.array(importProblem),
    problemCount: z.number().int(),
    /** The mapping that it went through; its name is null where it was not saved. Null for our own tables. */
    mapping: z.object({ name: z.string().nullable(), sheet: z.string() }).nullable().default(null),
    /** Null in the history's list, and for imports that could not be read. */
    preview: importPreview.nullable().default(null),
    /** Why, as whoever imported said; null where nobody did. */
    reason: z.string().nullable().default(null),
    /** The last import of the same content that stands; null where there is none. */
    earlier: z
      .object({ id: p.id, by: z.string(), at: z.string(), reason: z.string().nullable() })
      .nullable()
      .default(null),
  })
  .meta({ id: 'ImportReport' });
export type ImportReport = z.infer<typeof importReport>;

export const importListQuery = z.strictObject({ limit: p.limit, cursor: z.string().max(200).optional() });
/** The history, newest first; problems are left out there. */
export const importPage = p
  .page(importReport.omit({ problems: true, preview: true, reason: true, earlier: true }))
  .meta({ id: 'ImportPage' });
export type ImportPage = z.infer<typeof importPage>;

/** One server-sent event of a running import. */
export const importProgress = z
  .object({
    id: p.id,
    status: z.enum(IMPORT_STATUSES),
    step: z.enum(['reading', 'checking', 'writing', 'finished']),
    table: z.string().nullable(),
    rows: z.number().int(),
  })
  .meta({ id: 'ImportProgress' });
export type ImportProgress = z.infer<typeof importProgress>;

/** Real data that an empty product offers. */
export const sample = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string(),
    licence: z.string(),
    attribution: z.string(),
    reportingCurrency: z.string(),
    fiscalYearStartMonth: z.number().int(),
    /** The fiscal quarter in which there is most to see. */
    period: z.string(),
  })
  .meta({ id: 'Sample' });
export type Sample = z.infer<typeof sample>;
/** `items` is empty unless the product is empty. */
export const sampleList = z.object({ empty: z.boolean(), items: z.array(sample) }).meta({ id: 'SampleList' });
export type SampleList = z.infer<typeof sampleList>;
