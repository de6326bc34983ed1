import { z } from 'zod';
import { MEASURES } from './month-fields.js';
import { changeLog } from './change-log.js';
import * as p from './primitives.js';

/**
 * Bring your own spreadsheet. A foreign file is kept for a day as an *import source*; its sheets are looked through, a *mapping* says what
 * each of its columns is here, and the import runs on that.
 *
 * POST   /import-sources                   multipart `file`, one or more (a paste is sent as a file `Pasted.tsv`)  → importSource
 * GET    /import-sources/:id               ?sheet=&headerRow=&table=  the same source looked at otherwise          → importSource
 * DELETE /import-sources/:id
 * POST   /import-sources/:id/first-rows    firstRowsQuery → firstRows: how a mapping would read them
 * POST   /import-sources/:id/import        mappedImport  → importReport (201 committed, 200 dry run, 422 rejected), as POST /imports
 * GET    /import-mappings                  own ones                                                                → savedMappingList
 * POST   /import-mappings                  saveMapping → savedMapping;   PATCH and DELETE /import-mappings/:id (If-Match)
 */

export const CELL_KINDS = ['empty', 'text', 'choice', 'number', 'date', 'month', 'email', 'currency'] as const;
export type CellKind = (typeof CELL_KINDS)[number];

/** How cells of one column are written. What is not stated is taken as detected; where that leaves two readings, the import asks. */
export const columnFormat = z.strictObject({
  /** `dot`: 1,234.50. `comma`: 1.234,50. */
  decimal: z.enum(['dot', 'comma']).optional(),
  /** Of 03/04/2025. Dates that start with the year need none. */
  dateOrder: z.enum(['dmy', 'mdy']).optional(),
});
export type ColumnFormat = z.infer<typeof columnFormat>;

/** A column of the foreign file: found by its header, by its position where headers are blank or repeat. `index` counts from 0. */
export const columnRef = z.strictObject({ index: z.number().int().min(0).max(999), header: z.string().max(2000) });
export type ColumnRef = z.infer<typeof columnRef>;

export const MULTIPLIERS = ['0.01', '1', '100', '1000', '1000000', '1000000000'] as const;
/** Not stated: as the header says; where the sheet leaves that open (`scaleQuestion`), the import asks. */
const multiplier = z.enum(MULTIPLIERS).optional();
/** Texts that stand for no value, such as NA; case does not count, and `*` at the end stands for any rest. `*` alone: whatever cannot be read. */
const blanks = z.array(z.string().min(1).max(300)).max(50).default([]);

/** One of our fields and what fills it: a column, or one value for all rows. Where both are there, the constant fills blank cells. */
export const fieldSource = z.strictObject({
  /** As the import table spells it: `portfolio_code`. */
  to: z.string().max(64),
  column: columnRef.nullable().default(null),
  constant: z.string().max(4000).nullable().default(null),
  format: columnFormat.default({}),
  /** Of numbers: exact. A column of millions has '1000000'. */
  multiplier,
  /** What to write here for what stands there; case does not count. Other values stay as they are. An empty `to` is blank. */
  values: z
    .array(z.strictObject({ from: z.string().max(1000), to: z.string().max(1000) }))
    .max(500)
    .default([]),
  blanks,
  /** Put before each value: makes codes, `PEP-` + 8. Also `Investment:` before the ends of links. */
  prefix: z.string().max(64).default(''),
});
export type FieldSource = z.infer<typeof fieldSource>;

/** A column of a wide table: it holds one of our fields in one month. */
export const monthColumn = z.strictObject({
  column: columnRef,
  month: p.month,
  to: z.string().max(64),
  /** Where it is another than that of all months. */
  multiplier,
});
export type MonthColumn = z.infer<typeof monthColumn>;

export const mappingTarget = z.strictObject({
  /** One of our import tables. */
  table: z.string().max(64),
  /** `wide`: a row holds many months; each becomes a row here, and `month` is not among the fields. */
  layout: z.enum(['long', 'wide']).default('long'),
  /** For what a file only mentions (its departments): a record a different value, not a row. */
  once: z.boolean().default(false),
  fields: z.array(fieldSource).max(60),
  /** Of a wide table: its month columns, and how their numbers are written. */
  wide: z
    .strictObject({
      /** None as long as nobody has said what the columns hold: then it can be kept, not imported. */
      months: z.array(monthColumn).max(1000),
      format: columnFormat.default({}),
      multiplier,
      blanks,
    })
    .nullable()
    .default(null),
  /** Rows of the file that are meant: all of these must hold. `values` null: the cell is filled. */
  onlyWhere: z
    .array(z.strictObject({ column: columnRef, values: z.array(z.string().max(1000)).max(200).nullable(), blanks }))
    .max(10)
    .default([]),
  /** Of the rows with the same text in `column` only the one that is earliest by `by`, a column of dates; blank dates count as late. */
  firstOf: z.strictObject({ column: columnRef, by: columnRef }).nullable().default(null),
  /** The same the other way round: only the one that is latest, so that what was renamed has its last name; blank dates count as early. */
  lastOf: z.strictObject({ column: columnRef, by: columnRef }).nullable().default(null),
});
export type MappingTarget = z.infer<typeof mappingTarget>;

export const importMapping = z
  .strictObject({
    /** Name of the sheet, or of the CSV file without its ending. A saved mapping fits a sheet of any name. */
    sheet: z.string().max(300),
    /** The row that holds the column names, from 1; what stands above is not read. */
    headerRow: z.number().int().min(1).max(1000).default(1),
    targets: z.array(mappingTarget).min(1).max(12),
  })
  .meta({ id: 'ImportMapping' });
export type ImportMapping = z.infer<typeof importMapping>;
export type ImportMappingInput = z.input<typeof importMapping>;

/** Two readings of a column, of which the file shows no sign: the person must choose, by setting the format of the field. */
export const formatQuestion = z.object({
  kind: z.enum(['decimal', 'date_order']),
  /** A cell that can be read both ways, as it stands there; with `against` one that can be read one way only. */
  example: z.string(),
  /** A cell that can be read only the other way than `example`: the column contradicts itself. */
  against: z.string().nullable(),
  /** What the example is then, and how many cells cannot be read so and will be refused. */
  readings: z.array(z.object({ format: columnFormat, reads: z.string(), refuses: z.number().int() })),
});
export type FormatQuestion = z.infer<typeof formatQuestion>;

export const sourceColumn = z.object({
  index: z.number().int(),
  /** `A`, `AB`. */
  letter: z.string(),
  /** As it stands there, on one line; may be blank, may repeat. */
  header: z.string(),
  kind: z.enum(CELL_KINDS),
  filled: z.number().int(),
  /** Up to 5 different ones, as text. */
  samples: z.array(z.string()),
  /** The different values with their counts, most frequent first; null where there are more than 60. */
  values: z.array(z.object({ value: z.string(), count: z.number().int() })).nullable(),
  /** As detected; empty for a column that needs none. */
  format: columnFormat,
  question: formatQuestion.nullable(),
  /** What the header says of the scale: `(£m)` is '1000000'. */
  multiplier: z.enum(MULTIPLIERS),
  /** Of amounts whose header says no scale in a sheet of which something else says one: the person must choose, by a multiplier. */
  scaleQuestion: z
    .object({
      /** The title or the header that says it. */
      said: z.string(),
      example: z.string(),
      readings: z.array(z.object({ multiplier: z.enum(MULTIPLIERS), reads: z.string() })),
    })
    .nullable(),
  /** Cells that are not of the kind that most cells are: texts that may stand for no value. Up to 10. */
  odd: z.array(z.object({ value: z.string(), count: z.number().int() })),
  /** The header read as a month (a column of a wide table), and the measure that it names; of a month that names none, the one that the sheet or a title above it names. */
  month: z.string().nullable(),
  measure: z.enum(MEASURES).nullable(),
});
export type SourceColumn = z.infer<typeof sourceColumn>;

const CONFIDENCE = ['certain', 'likely', 'guess'] as const;

export const columnSuggestion = z.object({
  column: z.number().int(),
  table: z.string(),
  field: z.string(),
  confidence: z.enum(CONFIDENCE),
  /** A short reason in words: "same name", "codes of benefits", "holds months". */
  why: z.string(),
});

export const savedMapping = z
  .object({
    id: p.id,
    version: z.number().int(),
    createdAt: z.string(),
    updatedAt: z.string(),
    name: z.string(),
    /** The headers that it reads. */
    headers: z.array(z.string()),
    mapping: importMapping,
  })
  .meta({ id: 'SavedMapping' });
export type SavedMapping = z.infer<typeof savedMapping>;
export const savedMappingList = z.object({ items: z.array(savedMapping) }).meta({ id: 'SavedMappingList' });
export type SavedMappingList = z.infer<typeof savedMappingList>;

const mappingName = p.text(120).refine((name) => name.length > 0, 'Give the mapping a name.');
export const saveMapping = z.strictObject({ name: mappingName, mapping: importMapping }).meta({ id: 'SaveMapping' });
export const changeMapping = z
  .strictObject({ name: mappingName.optional(), mapping: importMapping.optional() })
  .meta({ id: 'ChangeMapping' });

export const sourceSheet = z.object({
  sheet: z.string(),
  /** The file that it came from. */
  file: z.string(),
  headerRow: z.number().int(),
  /** Filled rows below the header. */
  rows: z.number().int(),
  columns: z.array(sourceColumn),
  /** The first 20 rows below the header, as a person sees them. */
  head: z.array(z.object({ row: z.number().int(), cells: z.array(z.string()) })),
  /** Up to 10 rows above the header. */
  above: z.array(z.object({ row: z.number().int(), cells: z.array(z.string()) })),
  /** One of our own tables with our own columns: it can go straight to POST /imports. */
  own: z.boolean(),
  /** Tables that the sheet could be, best first; the first one, or the one asked for, is suggested. */
  tables: z.array(z.object({ table: z.string(), confidence: z.enum(CONFIDENCE), why: z.string() })),
  /** A mapping to begin with (fields that nothing was found for are left out), and why each column is where it is. */
  suggestion: z.object({ mapping: importMapping, columns: z.array(columnSuggestion) }).nullable(),
  /** Null where the sheet is no such log, or another table was asked for. */
  changeLog: changeLog.nullable(),
  /** Why a sheet with the columns of such a log is not taken for one. */
  noChangeLog: z.string().nullable(),
  /** Own saved mappings that know this sheet, best first. `mapping` is fitted to it: positions, and new month columns of a wide table. */
  saved: z.array(
    z.object({
      id: p.id,
      name: z.string(),
      mapping: importMapping,
      /** Headers that it reads and the sheet lacks: none, if it fits. */
      missing: z.array(z.string()),
      /** Month columns that it did not have when it was saved. */
      added: z.array(z.string()),
    }),
  ),
});
export type SourceSheet = z.infer<typeof sourceSheet>;

export const importSource = z
  .object({
    id: p.id,
    createdAt: z.string(),
    /** Until then it is kept; a later import needs the file again. */
    expiresAt: z.string(),
    fileNames: z.array(z.string()),
    sheets: z.array(sourceSheet),
  })
  .meta({ id: 'ImportSource' });
export type ImportSource = z.infer<typeof importSource>;

/** `headerRow` and `table` are of the sheet that is named; the answer then holds this sheet alone. */
export const importSourceQuery = z.strictObject({
  sheet: z.string().max(300).optional(),
  headerRow: z.coerce.number().int().min(1).max(1000).optional(),
  table: z.string().max(64).optional(),
});
export type ImportSourceQuery = z.infer<typeof importSourceQuery>;

/**
 * For the step "Check" send `dryRun: true, onProblem: 'skip'`: its report says all (`preview` of the report). Where the file can be read two
 * ways and the mapping does not say which, the answer is 422 with one error a field, `code` `decimal.ambiguous`, `date.ambiguous` (`pointer`
 * such as `/mapping/targets/0/fields/2/format`) or `scale.ambiguous` (`…/multiplier`).
 */
export const mappedImport = z
  .strictObject({
    mapping: importMapping,
    dryRun: z.boolean().default(false),
    onProblem: z.enum(['reject', 'skip']).default('reject'),
    /** A UUIDv7 that the client chose, to follow the progress. */
    id: z.uuidv7('Write a UUIDv7.').optional(),
    /** Name of the saved mapping that it was, for the report. */
    name: z.string().max(120).nullable().default(null),
    /** Cells corrected in place, by the row of the file and the position of the column. An empty value is blank. */
    fixes: z
      .array(
        z.strictObject({
          row: z.number().int().min(1),
          column: z.number().int().min(0).max(999),
          value: z.string().max(4000),
        }),
      )
      .max(2000)
      .default([]),
    /** Rows of the file to leave out. */
    leaveOut: z.array(z.number().int().min(1)).max(2000).default([]),
  })
  .meta({ id: 'MappedImport' });
export type MappedImport = z.output<typeof mappedImport>;
export type MappedImportInput = z.input<typeof mappedImport>;
