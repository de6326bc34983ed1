import type { EntryCell, EntryGrid, EntryRow } from '../../../server/contract/entry.js';
import { localeSign, type DecimalSign } from './entered-number';
import { judge, needsReason, unitOfRow, warningsOf } from './judge';
import type { SheetState, Theirs } from './sheet';
import { cellOf, isOvertaken, isSameValue, keyOf, type Changes, type Edit, type Edits, type Field } from './staged';

/** The grid as it is read, with the scenario and the scale in which it is shown. */
export interface Model {
  grid: EntryGrid;
  field: Field;
  /** `hint`: amounts in thousands or millions where all of a row divide by it. */
  scale: 'full' | 'hint';
  /** Place of each benefit in the rows, from 0. */
  rowOf: ReadonlyMap<string, number>;
  columnOf: ReadonlyMap<string, number>;
}

export const modelOf = (grid: EntryGrid, field: Field, scale: Model['scale']): Model => ({
  grid,
  field,
  scale,
  rowOf: new Map(grid.rows.map(({ benefit }, at) => [benefit.code, at])),
  columnOf: new Map(grid.months.map(({ month }, at) => [month, at])),
});

/** By how many places the amounts of a row are moved. */
export const exponentOf = (row: EntryRow, scale: Model['scale']): number =>
  scale === 'full' || !row.benefit.isMoney || row.scaleHint === null ? 0 : row.scaleHint === 'k' ? 3 : 6;

/** `k EUR`, `min`, `%`. */
export const unitText = (row: EntryRow, scale: Model['scale']): string => {
  const exponent = exponentOf(row, scale);
  return `${exponent === 0 ? '' : exponent === 3 ? 'k ' : 'm '}${unitOfRow(row) || 'no unit'}`;
};

/** Why a cell cannot be written; null where it can. */
export function closedBecause(row: EntryRow, cell: EntryCell, restated: ReadonlySet<string>): string | null {
  if (!row.mayWrite) return 'is not yours to write';
  return cell.state.locked && !restated.has(cell.month) ? 'is locked' : null;
}

/** What a text makes of a cell. An edit of an edited cell still stands upon what was saved when it was first edited. */
export function editFor(
  { field, scale }: Model,
  row: EntryRow,
  cell: EntryCell,
  text: string,
  former: Edit | undefined,
  sign: DecimalSign = localeSign(),
): Edit {
  const judged = judge(text, unitOfRow(row), exponentOf(row, scale), sign);
  return {
    benefit: row.benefit.code,
    month: cell.month,
    field,
    name: row.benefit.name,
    unit: unitOfRow(row),
    isMoney: row.benefit.isMoney,
    text,
    ...judged,
    base: former?.base ?? { version: cell.version, value: cell[field] },
  };
}

/** Texts for cells as one step. */
export function changesFor(
  model: Model,
  edits: Edits,
  cells: readonly { row: number; col: number; text: string }[],
  sign?: DecimalSign,
): Changes {
  const changes: Record<string, Edit | null> = {};
  for (const { row: at, col, text } of cells) {
    const row = model.grid.rows[at];
    const cell = row?.cells[col];
    if (!row || !cell) continue;
    const key = keyOf(row.benefit.code, cell.month, model.field);
    changes[key] = editFor(model, row, cell, text, edits[key], sign);
  }
  return changes;
}

/** Where an edit stands in the grid; undefined where it is not in these rows and months. */
export function spotOf(
  { grid, rowOf }: Model,
  { benefit, month }: Pick<Edit, 'benefit' | 'month'>,
): { row: EntryRow; cell: EntryCell; number: number } | undefined {
  const at = rowOf.get(benefit);
  const row = at === undefined ? undefined : grid.rows[at];
  const cell = row && cellOf(row, month);
  return row && cell && { row, cell, number: at! + 1 };
}

/** What somebody else stored meanwhile where it is another value; null where nothing is in the way. */
export function conflictOf(edit: Edit, cell: EntryCell | undefined, told: Theirs | undefined): Theirs | null {
  const shown = cell && { version: cell.version, value: cell[edit.field], by: cell.updatedBy, at: cell.updatedAt };
  // What the grid shows is as new as what a refused save told, or newer.
  const now = shown && (!told || (shown.version ?? 0) >= (told.version ?? 0)) ? shown : told;
  return now && isOvertaken(edit, now) ? now : null;
}

/** The version to send: of what stands there now where only something beside the own value changed. */
export function versionFor(edit: Edit, cell: EntryCell | undefined, told: Theirs | undefined): number | null {
  const shown = cell && { version: cell.version, value: cell[edit.field] };
  const newest = [shown, told]
    .filter((each) => each !== undefined)
    .sort((a, b) => (b.version ?? 0) - (a.version ?? 0))[0];
  return newest && (isSameValue(newest.value, edit.base.value) || isSameValue(newest.value, edit.value))
    ? newest.version
    : edit.base.version;
}

export interface Finding {
  key: string;
  edit: Edit;
  /** Place among the rows of the screen, from 1; undefined where it is not there. */
  number: number | undefined;
}

export interface Review {
  edits: (Finding & { spot: ReturnType<typeof spotOf> })[];
  problems: Finding[];
  warnings: (Finding & { warnings: string[] })[];
  conflicts: (Finding & { theirs: Theirs })[];
  /** Can be saved: readable, and over nobody else's value. */
  valid: Finding[];
  rows: number;
  /** Those of the valid ones that change only with a reason. */
  unreasoned: Finding[];
}

/** Everything staged, sorted by where it stands, and what there is to say about it. */
export function reviewOf(model: Model, { staged, theirs }: SheetState): Review {
  const edits = Object.entries(staged.edits)
    .map(([key, edit]) => {
      const spot = spotOf(model, edit);
      return { key, edit, spot, number: spot?.number };
    })
    .sort(
      (a, b) =>
        (a.number ?? Infinity) - (b.number ?? Infinity) ||
        a.edit.benefit.localeCompare(b.edit.benefit) ||
        a.edit.month.localeCompare(b.edit.month),
    );
  const problems = edits.filter(({ edit }) => edit.problem !== null);
  const conflicts = edits.flatMap((found) => {
    const conflict = found.edit.problem === null ? conflictOf(found.edit, found.spot?.cell, theirs[found.key]) : null;
    return conflict ? [{ ...found, theirs: conflict }] : [];
  });
  const inConflict = new Set(conflicts.map(({ key }) => key));
  const valid = edits.filter(({ key, edit }) => edit.problem === null && !inConflict.has(key));
  return {
    edits,
    problems,
    conflicts,
    valid,
    warnings: edits.flatMap((found) => {
      const warnings = found.spot ? warningsOf(found.edit, found.spot.row, model.grid.today) : [];
      return warnings.length > 0 ? [{ ...found, warnings }] : [];
    }),
    rows: new Set(edits.map(({ edit }) => edit.benefit)).size,
    unreasoned: valid.filter(({ edit, spot }) => spot && needsReason(edit.field, spot.row, spot.cell)),
  };
}
