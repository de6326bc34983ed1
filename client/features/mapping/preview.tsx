import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { FirstRows } from '../../../server/contract/first-rows.js';
import type { MappingTarget, SourceSheet } from '../../../server/contract/mapping.js';
import { count, day } from '../../../server/contract/format.js';
import { DataTable, type TableColumn } from '../../ui/data-table';
import { QueryState } from '../../ui/query-state';
import { firstRowsQuery } from './api';
import { fieldLabel, tableOf } from './fields';

type FirstRow = FirstRows['rows'][number];

/** While a person types, nothing is asked yet. */
const PAUSE_MS = 250;

interface PreviewProps {
  sourceId: string;
  sheet: SourceSheet;
  target: MappingTarget;
}

/** The first rows as they stand and as the import would read them. */
export function Preview({ sourceId, sheet, target }: PreviewProps) {
  const settled = useSettled(target, PAUSE_MS);
  const { sheet: name, headerRow } = sheet;
  const query = useQuery({
    ...firstRowsQuery(sourceId, { sheet: name, headerRow, target: settled }),
    enabled: settled.fields.length + (settled.wide?.months.length ?? 0) > 0,
  });
  const { label } = tableOf(target.table);
  if (target.fields.length + (target.wide?.months.length ?? 0) === 0) return null;
  return (
    <div className="match-preview">
      <QueryState query={query} what="how the first rows would be read" rows={5}>
        {({ columns, rows, of }) => (
          <DataTable
            label={`${label}: the first rows`}
            caption={
              rows.length === 0
                ? `None of the first ${count(of)} rows is meant.`
                : 'The first rows as they would be read; below, what stands in the file where that differs'
            }
            columns={columnsOf(target.table, columns)}
            rows={rows}
            rowKey={({ row }) => String(row)}
          />
        )}
      </QueryState>
    </div>
  );
}

function columnsOf(table: string, columns: FirstRows['columns']): TableColumn<FirstRow>[] {
  return [
    {
      id: 'row',
      header: 'Row',
      numeric: true,
      rowHeader: true,
      className: 'problem-row',
      cell: ({ row }) => count(row),
    },
    ...columns.map(({ field, month }, at): TableColumn<FirstRow> => {
      const label = fieldLabel(table, field);
      return {
        id: `${field} ${month ?? ''} ${at}`,
        header: month === null ? label : `${day(month)} ${label.toLowerCase()}`,
        className: 'preview-cell',
        cell: ({ cells }) => cells[at] && <PreviewCell {...cells[at]} />,
      };
    }),
  ];
}

function PreviewCell({ found, read, problem }: FirstRow['cells'][number]) {
  return (
    <>
      {read === '' ? <span className="caption">blank</span> : <span className="preview-read">{read}</span>}
      {found !== '' && found !== read && <span className="caption preview-found">{found}</span>}
      {problem !== null && (
        <span className="preview-odd" title={problem}>
          <span aria-hidden="true">▲ </span>cannot be read
          <span className="visually-hidden">: {problem}</span>
        </span>
      )}
    </>
  );
}

function useSettled<Value>(value: Value, milliseconds: number): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return settled;
}
