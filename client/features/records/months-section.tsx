import { useRef, useState, type ReactNode } from 'react';
import { counted, day } from '../../../server/contract/format.js';
import { Button } from '../../ui/button';
import { DataTable, type TableColumn } from '../../ui/data-table';
import { Empty, QueryState, type Reading } from '../../ui/query-state';
import { MonthForm } from './month-form';
import type { MonthField, MonthRow } from './month-values';

interface MonthsSectionProps {
  /** Also the place in the address: `#values`. */
  id: string;
  heading: string;
  unit: string;
  query: Reading<readonly MonthRow[]>;
  columns: readonly TableColumn<MonthRow>[];
  fields: readonly MonthField[];
  mayWrite: boolean;
  send: (item: Record<string, unknown>) => Promise<unknown>;
  reread: () => Promise<readonly MonthRow[]>;
  empty: ReactNode;
  /** What the table says of itself, where that is more than its unit. */
  caption?: (rows: number) => string;
}

const keyOf = (fields: readonly MonthField[], row: Readonly<Record<string, unknown>>): string =>
  fields.flatMap(({ name, isKey = false }) => (isKey ? [String(row[name] ?? '')] : [])).join(' ');

/** The months of a benefit or an investment, and a form for one of them. */
export function MonthsSection(props: MonthsSectionProps) {
  const { id, heading, unit, query, columns, fields, mayWrite, send, reread, empty, caption } = props;
  const [editing, setEditing] = useState<MonthRow | 'new' | null>(null);
  const opener = useRef<Element | null>(null);
  const latest = useRef<MonthRow | 'new' | null>(null);
  const edit = (row: MonthRow | 'new') => {
    opener.current = document.activeElement;
    latest.current = row;
    setEditing(row);
  };
  const close = (edited: MonthRow | 'new') => {
    // Another month may have been opened while this one was being saved.
    if (edited !== latest.current) return;
    setEditing(null);
    const from = opener.current?.isConnected ? opener.current : document.getElementById(`${id}-add`);
    if (from instanceof HTMLElement) from.focus();
  };
  const change: TableColumn<MonthRow> = {
    id: 'change',
    header: 'Change',
    cell: (row) => (
      <Button
        look="plain"
        aria-label={`Change ${day(row.month)}${row['kind'] ? ` ${String(row['kind'])}` : ''}`}
        onClick={() => edit(row)}
      >
        Change
      </Button>
    ),
  };
  return (
    <section className="card" id={id} aria-labelledby={`${id}-head`}>
      <div className="section-head">
        <h2 id={`${id}-head`}>{heading}</h2>
        {mayWrite && (
          <Button id={`${id}-add`} onClick={() => edit('new')}>
            Add a month
          </Button>
        )}
      </div>
      <QueryState query={query} what="the months" rows={6}>
        {(rows) => (
          <>
            {editing !== null && (
              <MonthForm
                key={editing === 'new' ? 'new' : keyOf(fields, editing)}
                {...{ fields, rows, send, reread }}
                row={editing === 'new' ? null : editing}
                find={(typed, among) => among.find((row) => keyOf(fields, row) === keyOf(fields, typed)) ?? null}
                onDone={() => close(editing)}
              />
            )}
            {rows.length === 0 ? (
              editing === null && <Empty>{empty}</Empty>
            ) : (
              <DataTable
                label={heading}
                caption={
                  caption?.(rows.length) ??
                  `${counted(rows.length, 'row')}, as entered, in ${unit}. x: the month is over and was planned, and nothing is reported; blank: nothing is expected. No total: these are all months, past and to come; the figures above add them up to date.`
                }
                columns={mayWrite ? [...columns, change] : columns}
                rows={rows}
                rowKey={(row) => keyOf(fields, row)}
                scrolls
              />
            )}
          </>
        )}
      </QueryState>
    </section>
  );
}
