import type { EntryCell } from '../../../server/contract/entry.js';
import { counted } from '../../../server/contract/format.js';
import { Num } from '../../ui/num';
import { RecordLink } from '../records/record-link';
import { storedBy, viewOf } from './cell-view';
import { exponentOf, unitText, type Model } from './model';
import type { Position } from './selection';
import type { SheetState } from './sheet';
import { keyOf, type Field } from './staged';
import { traceOf } from './trace-of';
import { FIELD_WORDS, longMonth, shownValue } from './words';

const OTHERS: Record<Field, readonly Field[]> = {
  realised: ['planned', 'forecast'],
  forecast: ['planned', 'realised'],
  planned: ['forecast', 'realised'],
};

/** The cell with the focus in words, and the way to what stands behind it: nothing that matters is told by hovering. */
export function CellLine({ model, state, head }: { model: Model; state: SheetState; head: Position }) {
  const row = model.grid.rows[head.row];
  const cell = row?.cells[head.col];
  if (!row || !cell) return <p className="entry-line">{row && `${row.benefit.code} ${row.benefit.name}`}&nbsp;</p>;
  const key = keyOf(row.benefit.code, cell.month, model.field);
  const view = viewOf(model, row, cell, state.staged.edits[key], state.theirs[key], state.restated);
  const exponent = exponentOf(row, model.scale);
  const beside = OTHERS[model.field].flatMap((field) => {
    const value = cell[field];
    return value === null ? [] : [`${FIELD_WORDS[field].toLowerCase()} ${shownValue(value, exponent)}`];
  });
  const facts = [
    `${FIELD_WORDS[model.field].toLowerCase()} ${view.text === '' ? 'empty' : `${view.text} ${unitText(row, model.scale)}`}`,
    ...beside,
    ...(view.closed === null ? [] : [view.closed]),
    ...(view.isEdited ? ['edited, not saved'] : []),
    ...(storedBy(cell) === null ? [] : [storedBy(cell)!]),
  ];
  return (
    <p className="entry-line">
      <strong>
        {row.benefit.code}, {longMonth(cell.month)}:
      </strong>{' '}
      {facts.join(' · ')}
      {model.field === 'realised' && <Proof code={row.benefit.code} cell={cell} />}
      {view.remarks.length > 0 && <span className="entry-line-remarks"> · {view.remarks.join('; ')}</span>}{' '}
      <Num
        trace={traceOf(row.benefit.code, cell.month, model.field)}
        label={`Trace of ${row.benefit.code}, ${FIELD_WORDS[model.field].toLowerCase()} in ${longMonth(cell.month)}`}
      >
        Trace {longMonth(cell.month)}
      </Num>
    </p>
  );
}

/** What proves the value that is stored, and the way to add to it. */
function Proof({ code, cell: { realised, evidence, evidenceItems } }: { code: string; cell: EntryCell }) {
  if (realised === null && evidence === null && evidenceItems === 0) return null;
  return (
    <>
      {evidence !== null && (
        <>
          {' · '}
          <span className="entry-evidence">“{evidence}”</span>
        </>
      )}
      {' · '}
      <RecordLink
        type="benefit"
        code={code}
        hash="evidence"
        className={evidence === null && evidenceItems === 0 ? 'entry-lack' : ''}
      >
        {evidenceItems > 0
          ? `${counted(evidenceItems, 'item')} of evidence`
          : evidence === null
            ? '⚠ no evidence'
            : 'no file or link'}
      </RecordLink>
    </>
  );
}
