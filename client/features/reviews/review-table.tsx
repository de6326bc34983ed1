import type { ReviewCell, ReviewTable as Table } from '../../../server/contract/review.js';
import { DataTable, type TableColumn } from '../../ui/data-table';
import { PrintedCell } from './printed-cell';
import { columnWord, isCompared, shownCell, useReading, wordsIn, type Reading, type ShownCell } from './reading';
import { RestatedReasons } from './restated-reasons';

type Row = readonly ShownCell[];

/** A table of the document in the column that is read: where figures are compared, each is followed by its difference. */
export function ReviewTable({ table }: { table: Table }) {
  const reading = useReading();
  const { column, document } = reading;
  const rows = table.rows.map((row) => row.map((cell) => shownCell(cell, reading)));
  const restated = [...new Set(rows.flatMap((row) => row.flatMap((shown) => shown.restated ?? [])))];
  const isLong = rows.length > 20;
  const isOther = column !== 'frozen' && table.rows.some((row) => row.some((cell) => isCompared(cell, reading)));
  return (
    <div className="review-table">
      <DataTable
        label={table.title}
        caption={
          <>
            <b>{table.title}</b>
            {isOther && <span className="about"> · {columnWord(column, document.previous)}</span>}
          </>
        }
        rows={rows}
        rowKey={(_, at) => String(at)}
        columns={columnsOf(table, rows, reading)}
        scrolls={isLong}
      />
      {rows.length === 0 && <p className="caption">Nothing to list.</p>}
      {table.note !== null && <p className="caption">{table.note}</p>}
      {table.note === null && table.total > rows.length && (
        <p className="caption">
          {rows.length} of {table.total} rows are listed.
        </p>
      )}
      <NotCompared table={table} rows={rows} />
      <RestatedReasons figures={restated} />
    </div>
  );
}

/** What of a table is the same in every column, because nothing is there to compare it with. */
function NotCompared({ table: { columns, rows: asFrozen }, rows }: { table: Table; rows: readonly Row[] }) {
  const reading = useReading();
  const { column, document } = reading;
  if (column === 'frozen' || asFrozen.length === 0) return null;
  const stands = `stands as frozen in ${document.review.periodName}`;
  const hasFigures = columns.map((_, at) => asFrozen.some((row) => isCompared(row[at]!, reading)));
  if (!hasFigures.includes(true)) return <p className="caption">Not compared: this table {stands}.</p>;
  const names = namesOfRows(asFrozen);
  const others = columns.filter((_, at) => at >= names && !hasFigures[at]).map(({ title }) => title);
  const isMixed = asFrozen.some((row) =>
    row.some((cell, at) => hasFigures[at] && cell.value !== null && !isCompared(cell, reading)),
  );
  const lacks = rows.some((row) => row.some(({ cell }) => cell === null));
  return (
    <>
      {(others.length > 0 || isMixed) && (
        <p className="caption">
          Not compared, as frozen in {document.review.periodName}:{' '}
          {[...others, ...(isMixed ? ['numbers in grey'] : [])].join(', ')}.
        </p>
      )}
      {lacks && <p className="caption">x: the review of {document.previous?.periodName} does not hold it.</p>}
    </>
  );
}

/** How many columns, from the first, tell the rows apart. */
function namesOfRows(rows: Table['rows']): number {
  const width = rows[0]?.length ?? 0;
  for (let names = 1; names < width; names += 1)
    if (
      new Set(
        rows.map((row) =>
          row
            .slice(0, names)
            .map(({ text }) => text)
            .join('\n'),
        ),
      ).size === rows.length
    )
      return names;
  return 1;
}

function columnsOf(table: Table, rows: readonly Row[], reading: Reading): TableColumn<Row>[] {
  const { column, document } = reading;
  const isOther = column !== 'frozen';
  const head = table.columns.findIndex(({ kind }) => kind === 'text');
  const names = namesOfRows(table.rows);
  return table.columns.flatMap(({ title, kind, unit }, at) => {
    const cellOf = (row: Row) => row[at] ?? NOTHING;
    const hasChange = rows.some((row) => cellOf(row).change !== null);
    const isNumber = kind === 'number';
    const hasFigures = table.rows.some((row) => isCompared(row[at]!, reading));
    return [
      {
        id: String(at),
        header: hasFigures ? wordsIn(title, reading) : title,
        ...(unit === null || unit === '' ? {} : { unit }),
        numeric: isNumber,
        rowHeader: at === head,
        ...(isNumber ? {} : { className: 'review-words' }),
        cell: (row: Row) => {
          const { cell, restated } = cellOf(row);
          const isAsFrozen = isOther && at >= names && cell !== null && !isCompared(cell, reading);
          return <PrintedCell cell={cell} unit={unit} isRestated={restated !== null} isAsFrozen={isAsFrozen} />;
        },
      },
      ...(hasChange
        ? [
            {
              id: `${at} change`,
              header: column === 'today' ? 'Δ since frozen' : `Δ to ${document.review.periodName}`,
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
