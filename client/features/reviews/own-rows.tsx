import { counted } from '../../../server/contract/format.js';
import type { OwnRows } from '../../../server/contract/review-columns.js';
import { DataTable } from '../../ui/data-table';
import { PrintedCell } from './printed-cell';

interface OwnRowsProps {
  /** What the rows are, in a sentence without its end: `Listed today, and not as frozen`. */
  what: string;
  rows: OwnRows;
}

/** Rows that only the column has which is read, as it lists them. */
export function OwnRowsList({ what, rows: { columns, rows, count } }: OwnRowsProps) {
  const head = columns.findIndex(({ kind }) => kind === 'text');
  return (
    <details className="own-rows">
      <summary className="caption">
        {what}: {counted(count, 'row')}
      </summary>
      <DataTable
        label={what}
        caption={what}
        hideCaption
        stacks
        rows={rows}
        rowKey={(_, at) => String(at)}
        columns={columns.map(({ title, kind, unit }, at) => ({
          id: String(at),
          header: title,
          ...(unit === null || unit === '' ? {} : { unit }),
          numeric: kind === 'number',
          rowHeader: at === head,
          ...(kind === 'number' ? {} : { className: 'review-words' }),
          cell: (row: (typeof rows)[number]) => <PrintedCell cell={row[at] ?? null} unit={unit} />,
        }))}
      />
      {count > rows.length && (
        <p className="caption">
          {rows.length} of {count} rows are listed.
        </p>
      )}
    </details>
  );
}
