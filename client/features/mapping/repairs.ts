import type { ImportProblem, ProblemGroup } from '../../../server/contract/import.js';
import type { FieldSource, ImportMapping, MappingTarget } from '../../../server/contract/mapping.js';
import type { SheetDraft } from './drafts';
import { changeField, hasColumn, putTarget, setBlank, setConstant, setValue } from './editing';

/** What a person changes at the check, so that rows with errors are right the next time. */

/** Where a problem is: the field of one of our tables. */
export interface Place {
  table: string;
  field: string;
}

/** Changes every target that fills this field. */
function inTargets(
  mapping: ImportMapping,
  { table, field }: Place,
  change: (target: MappingTarget, source: FieldSource | undefined) => MappingTarget,
): ImportMapping {
  return mapping.targets.reduce<ImportMapping>(
    (changed, target, at) =>
      target.table === table
        ? putTarget(
            changed,
            at,
            change(
              target,
              target.fields.find(({ to }) => to === field),
            ),
          )
        : changed,
    mapping,
  );
}

const inDraft = (draft: SheetDraft, mapping: ImportMapping): SheetDraft => ({ ...draft, mapping });

/** Writes one of our values for one of the file; '' is blank, null as it stands. */
export const writeInstead = (draft: SheetDraft, place: Place, from: string, to: string | null): SheetDraft =>
  inDraft(
    draft,
    inTargets(draft.mapping, place, (target, source) =>
      hasColumn(source) ? setValue(target, place.field, from, to) : target,
    ),
  );

/** A text stands for no value, in a field or in the months of a wide table. */
export const takeAsBlank = (draft: SheetDraft, place: Place, text: string): SheetDraft =>
  inDraft(
    draft,
    inTargets(draft.mapping, place, (target, source) => {
      if (hasColumn(source)) return changeField(target, place.field, { blanks: [...setBlank(source, text, true)] });
      if (target.wide === null || !target.wide.months.some(({ to }) => to === place.field)) return target;
      const { blanks } = target.wide;
      return blanks.includes(text) ? target : { ...target, wide: { ...target.wide, blanks: [...blanks, text] } };
    }),
  );

/** Fills blank cells of a field. */
export const fillBlanks = (draft: SheetDraft, place: Place, value: string): SheetDraft =>
  inDraft(
    draft,
    inTargets(draft.mapping, place, (target) => setConstant(target, place.field, value)),
  );

/** Corrects one cell; null takes the correction back. */
export function fixCell(draft: SheetDraft, row: number, column: number, value: string | null): SheetDraft {
  const others = draft.fixes.filter((fix) => fix.row !== row || fix.column !== column);
  return { ...draft, fixes: value === null ? others : [...others, { row, column, value }] };
}

export const fixOf = ({ fixes }: SheetDraft, row: number, column: number): string | null =>
  fixes.find((fix) => fix.row === row && fix.column === column)?.value ?? null;

/** Leaves rows of the file out, or takes them in again. */
export function leaveRows(draft: SheetDraft, rows: readonly number[], isOut: boolean): SheetDraft {
  const others = draft.leaveOut.filter((row) => !rows.includes(row));
  return { ...draft, leaveOut: isOut ? [...others, ...new Set(rows)].sort((a, b) => a - b) : others };
}

/** All rows of a group that are known: of very many problems only the first are listed. */
export function rowsOf(group: ProblemGroup, problems: readonly ImportProblem[]): number[] {
  const listed = problems
    .filter(({ table, column, code }) => table === group.table && column === group.column && code === group.code)
    .map(({ row }) => row);
  return [...new Set([...group.rows, ...listed])].sort((a, b) => a - b);
}

/** `12, 22, 32 and 4 more`. */
export function rowList(rows: readonly number[], total: number): string {
  const rest = total - rows.length;
  return rest > 0 ? `${rows.join(', ')} and ${rest} more` : rows.join(', ');
}
