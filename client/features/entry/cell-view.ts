import type { EntryCell, EntryRow } from '../../../server/contract/entry.js';
import { day } from '../../../server/contract/format.js';
import { warningsOf } from './judge';
import { closedBecause, conflictOf, exponentOf, unitText, type Model } from './model';
import type { Theirs } from './sheet';
import type { Edit } from './staged';
import { longMonth, shownValue, stateWords } from './words';

/** All that a cell shows and says. */
export interface CellView {
  text: string;
  /** What stands before the text, and its class: an edited cell has a corner instead. */
  mark: '!' | '?' | '⇄' | 'lock' | '●' | '✕' | '';
  kind: 'plain' | 'due' | 'overdue' | 'invalid' | 'warning' | 'conflict' | 'locked' | 'rejected';
  isEdited: boolean;
  isProvisional: boolean;
  closed: string | null;
  /** `BEN-014 claim handling time, August 2026, minutes, 12.4, edited, warning: 100 times the last value`. */
  name: string;
  /** What is wrong or odd, in sentences. */
  remarks: string[];
}

export function viewOf(
  model: Model,
  row: EntryRow,
  cell: EntryCell,
  edit: Edit | undefined,
  told: Theirs | undefined,
  restated: ReadonlySet<string>,
): CellView {
  const { field, scale, grid } = model;
  const exponent = exponentOf(row, scale);
  const closed = closedBecause(row, cell, restated);
  const conflict = edit && edit.problem === null ? conflictOf(edit, cell, told) : null;
  const warnings = edit ? warningsOf(edit, row, grid.today) : [];
  const states = stateWords(cell, field, closed !== null);
  const value = edit ? edit.value : cell[field];
  const text = edit?.problem ? edit.text : value === null ? '' : shownValue(value, exponent);
  const shown = (stored: string | null): string => (stored === null ? 'empty' : shownValue(stored, exponent));
  // What finance sent back, until somebody writes something else there.
  const rejected = field === 'realised' && edit === undefined ? cell.rejected : null;
  const rejection =
    rejected === null ? [] : [`rejected by ${rejected.by}${rejected.note === null ? '' : `: ${rejected.note}`}`];
  const remarks = [
    ...(edit?.problem ? [edit.problem] : []),
    ...(conflict
      ? [`${conflict.by ?? 'Someone else'} saved ${shown(conflict.value)} meanwhile; yours is ${shown(edit!.value)}`]
      : []),
    ...warnings,
    ...rejection,
  ];
  const kind = edit?.problem
    ? 'invalid'
    : conflict
      ? 'conflict'
      : warnings.length > 0
        ? 'warning'
        : cell.state.locked
          ? 'locked'
          : edit === undefined && text === '' && states.includes('overdue')
            ? 'overdue'
            : edit === undefined && text === '' && states.includes('due')
              ? 'due'
              : rejected !== null
                ? 'rejected'
                : 'plain';
  const spoken = [
    `${row.benefit.code} ${row.benefit.name}`,
    longMonth(cell.month),
    unitText(row, scale),
    text === '' ? 'empty' : text,
    ...(edit ? ['edited'] : states.filter((word) => word !== 'locked' && word !== 'read only')),
    ...states.filter((word) => word === 'locked' || word === 'read only'),
    ...(edit?.problem ? [`problem: ${edit.problem}`] : []),
    ...(conflict ? [`conflict: ${remarks.find((each) => each.includes('meanwhile'))!}`] : []),
    ...(warnings.length > 0 ? [`warning: ${warnings.join('; ')}`] : []),
    ...rejection,
  ];
  return {
    text,
    mark: MARKS[kind],
    kind,
    isEdited: edit !== undefined,
    isProvisional: edit === undefined && field === 'realised' && cell.state.provisional && text !== '',
    closed,
    name: spoken.join(', '),
    remarks,
  };
}

const MARKS: Record<CellView['kind'], CellView['mark']> = {
  plain: '',
  due: '●',
  overdue: '●',
  invalid: '!',
  warning: '?',
  conflict: '⇄',
  locked: 'lock',
  rejected: '✕',
};

/** Who stored what stands there, for the line above the grid. */
export const storedBy = (cell: EntryCell): string | null =>
  cell.updatedBy === null || cell.updatedAt === null ? null : `saved by ${cell.updatedBy} on ${day(cell.updatedAt)}`;
