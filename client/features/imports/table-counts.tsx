import type { ImportReport, ImportTable } from '../../../server/contract/import.js';
import { count } from '../../../server/contract/format.js';
import { DataTable, type TableColumn } from '../../ui/data-table';
import { totalsOf, type Totals } from './totals';

const COLUMNS: readonly [keyof Totals, string][] = [
  ['rows', 'Rows'],
  ['created', 'New'],
  ['updated', 'Changed'],
  ['unchanged', 'Unchanged'],
  ['skipped', 'Left out'],
];

/** What happened, or would happen, to the rows of each table. */
export function TableCounts({ report }: { report: Pick<ImportReport, 'tables'> }) {
  const totals = totalsOf(report.tables);
  const ignored = report.tables.filter(({ ignoredColumns }) => ignoredColumns.length > 0);
  if (report.tables.length === 0) return <p>No table could be read.</p>;
  const columns: TableColumn<ImportTable>[] = [
    {
      id: 'table',
      header: 'Table',
      rowHeader: true,
      cell: ({ table }) => table,
      footer: 'All tables',
      sortBy: ({ table }) => table,
    },
    ...COLUMNS.map(([name, header]): TableColumn<ImportTable> => ({
      id: name,
      header,
      numeric: true,
      cell: (row) => count(row[name]),
      sortBy: (row) => row[name],
      footer: count(totals[name]),
    })),
  ];
  return (
    <>
      <DataTable
        label="Rows by table"
        caption="Rows by table"
        rows={report.tables}
        rowKey={({ table }) => table}
        columns={columns}
        className="counts"
      />
      {ignored.length > 0 && (
        <div className="notice">
          <p>
            <span aria-hidden="true">⚠ </span>Columns that no table has were not read:
          </p>
          <ul>
            {ignored.map(({ table, ignoredColumns }) => (
              <li key={table}>
                {table}: {ignoredColumns.join(', ')}
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
