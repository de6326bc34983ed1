import { z } from 'zod';
import { isNegative, isZero } from './decimal.js';
import { IMPACTS, type Impact } from './overview.js';
import { type ReviewCell, reviewCell, reviewDrawing, reviewTable, sectionId } from './review.js';

/**
 * What stands in the place of a frozen review's tables and drawings in its other two columns: as the review of the quarter before froze them, and as
 * the records of today make them. Cells that are figures are told by the restatement, with what changed them; here stands all else.
 */

/** In the place of one cell of a frozen table. */
const otherCell = z.object({
  cell: reviewCell,
  /** today − frozen, or frozen − previous; null where either is no number, or they do not differ. */
  change: reviewCell.nullable(),
  /** Whether it says something else than the cell as frozen. */
  isOther: z.boolean(),
});
export type OtherCell = z.infer<typeof otherCell>;

/** Rows of that column's own table, as it prints them; their figures are of another document, and so words here. */
const ownRows = z.object({
  columns: reviewTable.shape.columns,
  /** The first of them. */
  rows: z.array(z.array(reviewCell)),
  count: z.number().int(),
});
export type OwnRows = z.infer<typeof ownRows>;

export const otherTable = z.object({
  section: sectionId,
  id: z.string(),
  /** Whether the section has such a table in that column. */
  isThere: z.boolean(),
  /** What its columns are called there: those of the earlier review name its own quarters. */
  titles: z.array(z.string()),
  /** Places of the columns that tell the rows apart. */
  names: z.array(z.number().int()),
  /** By row as it is listed in the frozen table; null where that row is not listed there. A cell is null where it is a figure, a name, or has no counterpart. */
  rows: z.array(z.array(otherCell.nullable()).nullable()),
  /** Rows that are listed there, and not in the frozen table. */
  added: ownRows,
});
export type OtherTable = z.infer<typeof otherTable>;

/** A mark of a drawing beside the same mark as frozen. */
const otherMark = z.object({
  label: z.string(),
  frozen: reviewCell,
  other: reviewCell,
  /** today − frozen, or frozen − previous; null where either has no value, or they do not differ. */
  change: reviewCell.nullable(),
});
export type OtherMark = z.infer<typeof otherMark>;

export const otherDrawing = z.object({
  section: sectionId,
  id: z.string(),
  /** As it is drawn there; null where it is not. */
  drawing: reviewDrawing.nullable(),
  /** Marks that both have, and that differ. */
  marks: z.array(otherMark),
  /** Labels of marks that only the frozen drawing has, and of those that only the other has. */
  gone: z.array(z.string()),
  added: z.array(z.string()),
});
export type OtherDrawing = z.infer<typeof otherDrawing>;

/** By key in the frozen review. */
const judged = z.record(z.string(), z.enum(IMPACTS));
export type Judged = z.infer<typeof judged>;
const directions = z.record(z.string(), z.enum(['higher', 'lower']));
export type Directions = z.infer<typeof directions>;

/** How a difference is judged, or a change of a figure, of which the one or the other way is good. */
export const impactTowards = (difference: string, better: Directions[string]): Impact =>
  isZero(difference) ? 'neutral' : isNegative(difference) === (better === 'lower') ? 'favourable' : 'unfavourable';

/** A change with how it is judged; null where nothing changed. @param better undefined where neither way is */
export const judgedChange = (change: ReviewCell | null, better: Directions[string] | undefined): ReviewCell | null =>
  change === null || change.value === null || better === undefined
    ? change
    : { ...change, impact: impactTowards(change.value, better) };

export const otherColumn = z.object({
  tables: z.array(otherTable),
  drawings: z.array(otherDrawing),
  /** Tables and drawings that sections have there, and not in the frozen review; of a table what it lists. */
  added: z.array(z.object({ section: sectionId, title: z.string(), rows: ownRows.nullable() })),
  /** How its own sections judge figures there: those that do not list a figure do not judge it. */
  judged,
});
export type OtherColumn = z.infer<typeof otherColumn>;

export const reviewColumns = z
  .object({
    /** Null of the first review. */
    previous: otherColumn.nullable(),
    today: otherColumn,
    /** Which way is good for the figures of which one is. */
    directions,
  })
  .meta({ id: 'ReviewColumns' });
export type ReviewColumns = z.infer<typeof reviewColumns>;
