import type { ReviewCell, ReviewTable as Table } from '../../../server/contract/review.js';
import { DataTable, type TableColumn } from '../../ui/data-table';
import { PrintedCell } from './printed-cell';
import { shownCell, useReading, type ShownCell } from './reading';
import { RestatedReasons } from './restated-reasons';

type Row = readonly ShownCell[];

/** A table of the document in the column that is read: where figures are compared, each is followed by its difference. */
export function ReviewTable({ table }: { table: Table }) {
  const reading = useReading();
  const rows = table.rows.map((row) => row.map((cell) => shownCell(cell, reading)));
  const restated = [...new Set(rows.flatMap((row) => row.flatMap((shown) => shown.restated ?? [])))];
  const isLong = rows.length > 20;
  return (
    <div className="review-table">
      <DataTable
        label={table.title}
        caption={<b>{table.title}</b>}
        rows={rows}
        rowKey={(_, at) => String(at)}
        columns={columnsOf(table, rows, reading.column)}
        scrolls={isLong}
      />
      {rows.length === 0 && <p className="caption">Nothing to list.</p>}
      {table.note !== null && <p className="caption">{table.note}</p>}
      {table.note === null && table.total > rows.length && (
        <p className="caption">
          {rows.length} of {table.total} rows are listed.
        </p>
      )}
      <RestatedReasons figures={restated} />
    </div>
  );
}

function columnsOf(table: Table, rows: readonly Row[], column: 'frozen' | 'previous' | 'today'): TableColumn<Row>[] {
  const head = table.columns.findIndex(({ kind }) => kind === 'text');
  return table.columns.flatMap(({ title, kind, unit }, at) => {
    const cellOf = (row: Row) => row[at] ?? NOTHING;
    const isCompared = rows.some((row) => cellOf(row).change !== null);
    const isNumber = kind === 'number';
    return [
      {
        id: String(at),
        header: title,
        ...(unit === null || unit === '' ? {} : { unit }),
        numeric: isNumber,
        rowHeader: at === head,
        ...(isNumber ? {} : { className: 'review-words' }),
        cell: (row: Row) => {
          const { cell, restated } = cellOf(row);
          return <PrintedCell cell={cell} unit={unit} isRestated={restated !== null} />;
        },
      },
      ...(isCompared
        ? [
            {
              id: `${at} change`,
              header: column === 'today' ? 'Δ since frozen' : 'Δ since then',
              ...(unit === null || unit === '' ? {} : { unit }),
              numeric: true,
              cell: (row: Row) => {
                const { cell, change } = cellOf(row);
                return change === null ? '' : <PrintedCell cell={change} unit={unit} of={cell?.figure ?? undefined} />;
              },
            },
          ]
        : []),
    ];
  });
}

const EMPTY: ReviewCell = { text: '', value: null, unit: null, figure: null, impact: null };
const NOTHING: ShownCell = { cell: EMPTY, change: null, restated: null };
