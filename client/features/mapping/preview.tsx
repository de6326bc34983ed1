import { useMemo } from 'react';
import type { MappingTarget, SourceSheet } from '../../../server/contract/mapping.js';
import { count, day } from '../../lib/format';
import { DataTable, type TableColumn } from '../../ui/data-table';
import { tableOf } from './fields';
import { isMeant, previewColumns } from './reading';

type HeadRow = SourceSheet['head'][number];

const ROWS = 5;

/** The first rows as they stand and as they would be read. */
export function Preview({ sheet, target }: { sheet: SourceSheet; target: MappingTarget }) {
  const columns = useMemo(() => columnsOf(target, sheet), [target, sheet]);
  const rows = sheet.head.filter(({ cells }) => isMeant(target, cells)).slice(0, ROWS);
  const { label } = tableOf(target.table);
  if (columns.length <= 1) return null;
  return (
    <div className="match-preview">
      <DataTable
        label={`${label}: the first rows`}
        caption={
          rows.length === 0
            ? `None of the first ${count(sheet.head.length)} rows is meant.`
            : 'The first rows as they would be read; below, what stands in the file where that differs'
        }
        columns={columns}
        rows={rows}
        rowKey={({ row }) => String(row)}
      />
    </div>
  );
}

function columnsOf(target: MappingTarget, sheet: SourceSheet): TableColumn<HeadRow>[] {
  return [
    {
      id: 'row',
      header: 'Row',
      numeric: true,
      rowHeader: true,
      className: 'problem-row',
      cell: ({ row }) => count(row),
    },
    ...previewColumns(target, sheet.columns).map(({ id, field, month, cell }): TableColumn<HeadRow> => ({
      id,
      header: month === null ? field.label : `${day(month)} ${field.label.toLowerCase()}`,
      className: 'preview-cell',
      cell: ({ cells }) => {
        const { found, read, isOdd } = cell(cells);
        return (
          <>
            {read === '' ? <span className="caption">blank</span> : <span className="preview-read">{read}</span>}
            {found !== '' && found !== read && <span className="caption preview-found">{found}</span>}
            {isOdd && (
              <span className="preview-odd">
                <span aria-hidden="true">▲ </span>cannot be read
              </span>
            )}
          </>
        );
      },
    })),
  ];
}
