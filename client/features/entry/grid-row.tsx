import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import type { EntryRow } from '../../../server/contract/entry.js';
import { day } from '../../../server/contract/format.js';
import { Num } from '../../ui/num';
import { CellEditor, type Editing, type Step } from './cell-editor';
import { viewOf, type CellView } from './cell-view';
import { exponentOf, unitText, type Model } from './model';
import type { Theirs } from './sheet';
import { keyOf, type Edits } from './staged';
import { traceOf } from './trace-of';
import { shownValue } from './words';

export interface GridRowProps {
  model: Model;
  row: EntryRow;
  at: number;
  top: number;
  edits: Edits;
  theirs: Readonly<Record<string, Theirs>>;
  restated: ReadonlySet<string>;
  /** Column with the focus, −1 the name; −2 where it is in another row. */
  head: number;
  /** Columns that are selected; from > to: none. */
  from: number;
  to: number;
  editing: Editing | null;
  onCommit: (text: string, step: Step) => void;
  onCancel: () => void;
}

/** One measure: who it is, then a cell a month. */
function Row(props: GridRowProps) {
  const { model, row, at, top, edits, theirs, restated, head, from, to, editing } = props;
  const { benefit, last } = row;
  const exponent = exponentOf(row, model.scale);
  return (
    <div role="row" className="entry-row" aria-rowindex={at + 2} style={{ top }}>
      <div className="entry-frozen" role="presentation">
        <div role="rowheader" className="entry-id" aria-colindex={1}>
          <Link
            to="/benefits/$ref"
            params={{ ref: benefit.code }}
            tabIndex={head === -1 ? 0 : -1}
            data-cell={`${at}:-1`}
            title={benefit.code}
          >
            {benefit.code}
          </Link>
        </div>
        <div role="gridcell" className="entry-name" aria-colindex={2} title={benefit.name}>
          <span>{benefit.name}</span>
        </div>
        <div role="gridcell" className="entry-unit" aria-colindex={3}>
          {unitText(row, model.scale)}
        </div>
        <div role="gridcell" className="entry-last figures" aria-colindex={4}>
          {last ? (
            <>
              <Num
                trace={traceOf(benefit.code, last.month, 'realised')}
                label={`Last value of ${benefit.code}, ${day(last.month)}, ${shownValue(last.realised, exponent)} ${unitText(row, model.scale)}`}
                tabIndex={-1}
              >
                {shownValue(last.realised, exponent)}
              </Num>
              <small> {day(last.month)}</small>
            </>
          ) : (
            <span title="Nothing was reported yet">x</span>
          )}
        </div>
      </div>
      {row.cells.map((cell, col) => {
        const key = keyOf(benefit.code, cell.month, model.field);
        const view = viewOf(model, row, cell, edits[key], theirs[key], restated);
        const isHead = col === head;
        const isEditing = isHead && editing !== null;
        return (
          <div
            key={cell.month}
            role="gridcell"
            className={classOf(view, isHead, isEditing)}
            aria-colindex={col + 5}
            aria-label={view.name}
            aria-selected={col >= from && col <= to}
            aria-invalid={view.kind === 'invalid' || undefined}
            aria-readonly={view.closed !== null || undefined}
            tabIndex={isHead && !isEditing ? 0 : -1}
            data-cell={`${at}:${col}`}
            data-state={view.kind}
            data-edited={view.isEdited || undefined}
          >
            {isEditing ? (
              <CellEditor editing={editing} name={view.name} onCommit={props.onCommit} onCancel={props.onCancel} />
            ) : (
              <Contents view={view} />
            )}
            {isHead && !isEditing && (
              <Num
                trace={traceOf(benefit.code, cell.month, model.field)}
                label={`Trace of ${view.name}`}
                tabIndex={-1}
                className="visually-hidden"
              >
                trace
              </Num>
            )}
          </div>
        );
      })}
    </div>
  );
}

const classOf = ({ kind, isEdited, closed }: CellView, isHead: boolean, isEditing: boolean): string =>
  [
    `entry-cell figures entry-${kind}`,
    isEdited ? 'entry-edited' : '',
    closed === null ? '' : 'entry-closed',
    isHead ? 'entry-head' : '',
    isEditing ? 'entry-editing' : '',
  ]
    .filter(Boolean)
    .join(' ');

function Contents({ view: { mark, kind, text, isProvisional } }: { view: CellView }) {
  return (
    <>
      {mark !== '' && <span className="entry-mark">{mark === 'lock' ? <Padlock /> : mark}</span>}
      <span className="entry-text">
        {text === '' && kind === 'due' && 'due'}
        {text === '' && kind === 'overdue' && 'overdue'}
        {text}
      </span>
      {isProvisional && <small className="entry-letter">p</small>}
    </>
  );
}

export function Padlock() {
  return (
    <svg width="9" height="11" viewBox="0 0 9 11" aria-hidden="true" className="padlock">
      <path d="M2 5V3a2.5 2.5 0 0 1 5 0v2" fill="none" stroke="currentColor" strokeWidth="1.3" />
      <rect x="0.5" y="5" width="8" height="6" rx="1" fill="currentColor" />
    </svg>
  );
}

/** A row is drawn again only where something in it changed: one key in 200 rows of 36 months touches two of them. */
export const GridRow = memo(Row, (before, after) => {
  for (const name of ['model', 'row', 'at', 'top', 'head', 'from', 'to', 'editing', 'restated'] as const)
    if (before[name] !== after[name]) return false;
  if (before.edits === after.edits && before.theirs === after.theirs) return true;
  const { benefit, cells } = after.row;
  return cells.every(({ month }) => {
    const key = keyOf(benefit.code, month, after.model.field);
    return before.edits[key] === after.edits[key] && before.theirs[key] === after.theirs[key];
  });
});
