import { useState } from 'react';
import type { EntryRow } from '../../../server/contract/entry.js';
import { counted, day } from '../../../server/contract/format.js';
import { localeSign } from './entered-number';
import { viewOf } from './cell-view';
import { changesFor, exponentOf, unitText, type Model } from './model';
import type { Sheet, SheetState } from './sheet';
import { cellOf, keyOf } from './staged';
import { longMonth, shownValue, typedValue } from './words';

interface PhoneListProps {
  model: Model;
  sheet: Sheet;
  state: SheetState;
  onLocked: (row: EntryRow, month: string) => void;
}

/** The same on a small screen: a measure after the other, and a plain field for each of its months. */
export function PhoneList({ model, sheet, state, onLocked }: PhoneListProps) {
  const [opened, setOpened] = useState<string | null>(null);
  return (
    <ul className="entry-list">
      {model.grid.rows.map((row, at) => {
        const { code, name } = row.benefit;
        const due = model.field === 'realised' ? row.cells.filter((cell) => cell.state.due) : [];
        const late = due.filter((cell) => cell.state.overdue).length;
        const edited = row.cells.filter((cell) => keyOf(code, cell.month, model.field) in state.staged.edits).length;
        return (
          <li key={code}>
            <button
              type="button"
              className="entry-list-head"
              aria-expanded={opened === code}
              onClick={() => setOpened(opened === code ? null : code)}
            >
              <span>
                <strong>{code}</strong> {name}
              </span>
              <small>
                {unitText(row, model.scale)}
                {row.last &&
                  ` · last ${shownValue(row.last.realised, exponentOf(row, model.scale))} in ${day(row.last.month)}`}
                {late > 0 && ` · ● ${late} overdue`}
                {due.length > late && ` · ● ${due.length - late} due`}
                {edited > 0 && ` · ${counted(edited, 'change')}`}
              </small>
            </button>
            {opened === code && <Months {...{ model, sheet, state, row, at, onLocked }} />}
          </li>
        );
      })}
    </ul>
  );
}

function Months({ model, sheet, state, row, at, onLocked }: PhoneListProps & { row: EntryRow; at: number }) {
  // The newest first: what is to be entered is seldom the oldest.
  const thisMonth = model.grid.today.slice(0, 7);
  const months = model.grid.months
    .map(({ month }, col) => ({ month, col }))
    .filter(({ month }) => model.field !== 'realised' || month <= thisMonth || cellOf(row, month)?.realised !== null)
    .reverse();
  return (
    <div className="entry-months">
      {months.map(({ month, col }) => {
        const cell = cellOf(row, month)!;
        const key = keyOf(row.benefit.code, month, model.field);
        const edit = state.staged.edits[key];
        const view = viewOf(model, row, cell, edit, state.theirs[key], state.restated);
        const id = `entry-${key}`;
        const value = edit ? edit.value : cell[model.field];
        const text = edit?.problem
          ? edit.text
          : value === null
            ? ''
            : typedValue(value, exponentOf(row, model.scale), localeSign());
        return (
          <div key={month} className="entry-months-field">
            <label htmlFor={id}>
              {longMonth(month)}
              {view.kind === 'due' || view.kind === 'overdue' ? ` (${view.kind})` : ''}
              {view.isEdited ? ' (edited)' : ''}
            </label>
            {view.closed === null ? (
              <input
                // What was undone or saved elsewhere is shown anew.
                key={text}
                id={id}
                className="input figures"
                inputMode="decimal"
                autoComplete="off"
                defaultValue={text}
                aria-invalid={view.kind === 'invalid' || undefined}
                aria-describedby={view.remarks.length > 0 ? `${id}-remarks` : undefined}
                onBlur={({ target }) => {
                  if (target.value !== text)
                    sheet.stage(changesFor(model, sheet.get().staged.edits, [{ row: at, col, text: target.value }]));
                }}
              />
            ) : (
              <span className="figures" id={id}>
                {view.text === '' ? 'x' : view.text}{' '}
                {cell.state.locked && row.mayWrite ? (
                  <button type="button" className="button button-plain" onClick={() => onLocked(row, month)}>
                    locked
                  </button>
                ) : (
                  <small>{view.closed}</small>
                )}
              </span>
            )}
            {view.remarks.length > 0 && (
              <small id={`${id}-remarks`} className={view.kind === 'invalid' ? 'field-error' : 'entry-remark'}>
                {view.remarks.join('; ')}
              </small>
            )}
          </div>
        );
      })}
    </div>
  );
}
