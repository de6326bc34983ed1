import { counted } from '../../../server/contract/format.js';
import type { OtherTable } from '../../../server/contract/review-columns.js';
import { NOTHING_LISTED } from '../../../server/contract/review-pages.js';
import type { ReviewCell, ReviewSectionId, ReviewTable as Table } from '../../../server/contract/review.js';
import { DataTable, type TableColumn } from '../../ui/data-table';
import { OwnRowsList } from './own-rows';
import { PrintedCell } from './printed-cell';
import {
  besideOf,
  changeWords,
  columnWord,
  frozenWord,
  shownRows,
  useReading,
  whereWords,
  type Reading,
  type ShownCell,
} from './reading';
import { RestatedReasons } from './restated-reasons';
import { withoutUnit } from './under-header';
import './review-tables.css';

interface Row {
  readonly cells: readonly ShownCell[];
  /** The table is there in the column that is read, and this row is not. */
  readonly isGone: boolean;
}

interface ReviewTableProps {
  section: ReviewSectionId;
  table: Table;
}

/** A table of the document in the column that is read: where cells are compared, each is followed by its difference. */
export function ReviewTable({ section, table }: ReviewTableProps) {
  const reading = useReading();
  const { column, document } = reading;
  const other = reading.beside === null ? undefined : besideOf(reading.beside.tables, section, table.id);
  const cells = shownRows(table, reading, other);
  const rows = table.rows.map((row, at) => ({
    cells: cells[at]!,
    isGone: other !== undefined && other.isThere && reading.rows.get(row) === null,
  }));
  const restated = [...new Set(rows.flatMap(({ cells }) => cells.flatMap((shown) => shown.restated ?? [])))];
  const hasChanges = rows.some(({ cells }) => cells.some(({ change }) => change !== null));
  const hasFigures = table.rows.some((row) => row.some(({ figure }) => figure !== null));
  return (
    <div className={other === undefined ? 'review-table' : 'review-table review-table-compared'}>
      <DataTable
        label={table.title}
        caption={
          <>
            <b>{table.title}</b>
            {other && (other.isThere || hasFigures) && (
              <span className="about">
                {' '}
                · {columnWord(column, document.previous)}
                {hasChanges && ` · ${changeWords(reading)} with each number`}
              </span>
            )}
          </>
        }
        rows={rows}
        rowKey={(_, at) => String(at)}
        columns={columnsOf(table, { other, reading })}
        scrolls={rows.length > 20}
        stacks={other !== undefined}
      />
      {rows.length === 0 && <p className="caption">{NOTHING_LISTED}</p>}
      {table.note !== null && <p className="caption">{table.note}</p>}
      {table.note === null && table.total > rows.length && (
        <p className="caption">
          {rows.length} of {table.total} rows are listed.
        </p>
      )}
      {other && <NotCompared table={table} other={other} rows={rows} />}
      <RestatedReasons figures={restated} />
    </div>
  );
}

interface NotComparedProps {
  table: Table;
  other: OtherTable;
  rows: readonly Row[];
}

/** What of a table has no counterpart in the column that is read, and what that one has besides. */
function NotCompared({ table: { columns }, other: { isThere, added }, rows }: NotComparedProps) {
  const reading = useReading();
  const { review, previous } = reading.document;
  const where = whereWords(reading);
  const asFrozen = columns.flatMap(({ title }, at) => (rows.some(({ cells }) => cells[at]?.isAsFrozen) ? title : []));
  const gone = rows.filter(({ isGone }) => isGone).length;
  const isBare =
    reading.column === 'today' &&
    rows.some(({ cells }) => cells.some(({ change, restated }) => change !== null && restated === null));
  const lacks = rows.some(({ cells, isGone }) => !isGone && cells.some(({ cell }) => cell === null));
  return (
    <>
      {!isThere && rows.length > 0 && (
        <p className="caption">
          There is no such table {where}: what is no figure stands as frozen in {review.periodName}.
        </p>
      )}
      {isThere && asFrozen.length > 0 && (
        <p className="caption">
          Not compared, as frozen in {review.periodName}: {asFrozen.join(', ')}.
        </p>
      )}
      {gone > 0 && (
        <p className="caption">
          x: {counted(gone, 'row')} {gone === 1 ? 'is' : 'are'} not listed {where}.
        </p>
      )}
      {added.count > 0 && <OwnRowsList what={`Listed ${where}, and not as frozen`} rows={added} />}
      {isBare && (
        <p className="caption">
          Where a Δ opens nothing, the number is a detail of its row and no figure of the review: what changed it is not
          told.
        </p>
      )}
      {lacks && previous !== null && (
        <p className="caption">x: the review of {previous.periodName} does not hold it.</p>
      )}
    </>
  );
}

interface Shown {
  other: OtherTable | undefined;
  reading: Reading;
}

function columnsOf(table: Table, { other, reading }: Shown): TableColumn<Row>[] {
  const head = table.columns.findIndex(({ kind }) => kind === 'text');
  const lacking = reading.column === 'frozen' ? '' : `not listed ${whereWords(reading)}`;
  return table.columns.map(({ title, kind, unit }, at) => {
    const shownIn = ({ cells }: Row) => cells[at] ?? NOTHING;
    const isNumber = kind === 'number';
    return {
      id: String(at),
      header: other?.titles[at] ?? title,
      ...(unit === null || unit === '' ? {} : { unit }),
      numeric: isNumber,
      rowHeader: at === head,
      ...(isNumber ? {} : { className: 'review-words' }),
      cell: (row: Row) => {
        const { cell, was, isAsFrozen } = shownIn(row);
        return (
          <>
            <PrintedCell {...{ cell, unit, was, isAsFrozen, lacking }} />
            <Compared shown={shownIn(row)} unit={unit} />
            {at === head && row.isGone && <span className="caption review-second">{lacking}</span>}
          </>
        );
      },
    };
  });
}

/** Under a cell of another column: the difference to what was frozen and, where no column of it is in sight, that. */
function Compared({ shown: { cell, change, frozen }, unit }: { shown: ShownCell; unit: string | null }) {
  const reading = useReading();
  if (frozen === null) return null;
  return (
    <>
      <span className="review-was">
        {frozenWord(reading)} {withoutUnit(frozen.text, unit)}
      </span>
      {change !== null && (
        <span className="review-delta">
          <span aria-hidden="true">Δ </span>
          <span className="visually-hidden">{changeWords(reading)}: </span>
          <PrintedCell cell={change} unit={unit} of={cell?.figure ?? undefined} />
        </span>
      )}
    </>
  );
}

const EMPTY: ReviewCell = { text: '', value: null, unit: null, figure: null, impact: null };
const NOTHING: ShownCell = { cell: EMPTY, change: null, restated: null, was: null, frozen: null, isAsFrozen: false };
