import { compare } from '../../../server/contract/decimal.js';
import type { EntryCell, EntryRow } from '../../../server/contract/entry.js';

/** What was entered and is not saved: by cell, and step by step, so that it can be undone. */

export const FIELDS = ['realised', 'forecast', 'planned'] as const;
export type Field = (typeof FIELDS)[number];

/** What a cell held when it was edited; another version with another value means that somebody else changed it. */
export interface Base {
  version: number | null;
  value: string | null;
}

export interface Edit {
  benefit: string;
  month: string;
  field: Field;
  /** Name and unit of the row, for lists where it is not on the screen. */
  name: string;
  unit: string;
  isMoney: boolean;
  /** As it was typed or pasted. */
  text: string;
  /** Plain decimal in the unit of the row, without scale; null empties the cell. Of no meaning where there is a problem. */
  value: string | null;
  /** Why it cannot be saved. */
  problem: string | null;
  base: Base;
}

export type Edits = Readonly<Record<string, Edit>>;
/** Null: as it is saved. */
export type Changes = Readonly<Record<string, Edit | null>>;

interface Step {
  before: Changes;
  after: Changes;
}

export interface Staged {
  edits: Edits;
  past: readonly Step[];
  future: readonly Step[];
}

export const NOTHING_STAGED: Staged = { edits: {}, past: [], future: [] };
const MOST_STEPS = 200;

/** A code has no colon, so this is unmistakable. */
export const keyOf = (benefit: string, month: string, field: Field): string => `${field}:${month}:${benefit}`;

/** One step: everything that a paste, a fill or a keystroke changes. What is as it was saved is no edit. */
export function stage(staged: Staged, changes: Changes): Staged {
  const after: Record<string, Edit | null> = {};
  const before: Record<string, Edit | null> = {};
  for (const [key, change] of Object.entries(changes)) {
    const wanted = change !== null && isAsSaved(change) ? null : change;
    const current = staged.edits[key] ?? null;
    if (wanted === current || (wanted !== null && current !== null && isSameEdit(wanted, current))) continue;
    after[key] = wanted;
    before[key] = current;
  }
  if (Object.keys(after).length === 0) return staged;
  return {
    edits: changed(staged.edits, after),
    past: [...staged.past, { before, after }].slice(-MOST_STEPS),
    future: [],
  };
}

export function undo(staged: Staged): Staged {
  const step = staged.past.at(-1);
  if (!step) return staged;
  return {
    edits: changed(staged.edits, step.before),
    past: staged.past.slice(0, -1),
    future: [...staged.future, step],
  };
}

export function redo(staged: Staged): Staged {
  const step = staged.future.at(-1);
  if (!step) return staged;
  return {
    edits: changed(staged.edits, step.after),
    past: [...staged.past, step],
    future: staged.future.slice(0, -1),
  };
}

/** After saving: these are no edits any more, and what led to them cannot be undone here, but by the receipt. */
export const settle = (staged: Staged, keys: readonly string[]): Staged => ({
  edits: changed(staged.edits, Object.fromEntries(keys.map((key) => [key, null]))),
  past: [],
  future: [],
});

/** The person has seen what somebody else saved, and keeps the own value. */
export function rebase(staged: Staged, key: string, base: Base): Staged {
  const edit = staged.edits[key];
  return edit ? { ...staged, edits: changed(staged.edits, { [key]: { ...edit, base } }) } : staged;
}

function changed(edits: Edits, changes: Changes): Edits {
  const result = { ...edits };
  for (const [key, edit] of Object.entries(changes)) {
    if (edit === null) delete result[key];
    else result[key] = edit;
  }
  return result;
}

const isAsSaved = ({ problem, value, base }: Edit): boolean => problem === null && isSameValue(value, base.value);

const isSameEdit = (a: Edit, b: Edit): boolean =>
  a.text === b.text && a.problem === b.problem && a.value === b.value && a.base.version === b.base.version;

/** `12.50` is `12.5`. */
export const isSameValue = (a: string | null, b: string | null): boolean =>
  a === null || b === null ? a === b : compare(a, b) === 0;

export const cellOf = (row: EntryRow, month: string): EntryCell | undefined =>
  row.cells.find((cell) => cell.month === month);

/** What the cell shows: what is staged where that can be read, else what is saved. */
export const standing = (cell: EntryCell, field: Field, edit: Edit | undefined): string | null =>
  edit === undefined || edit.problem !== null ? cell[field] : edit.value;

/** Somebody else stored another value since the edit began. */
export const isOvertaken = (edit: Edit, now: Base): boolean =>
  now.version !== edit.base.version && !isSameValue(now.value, edit.base.value) && !isSameValue(now.value, edit.value);
