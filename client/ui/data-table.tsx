import { useRef, useState, type ReactNode } from 'react';
import { useScrollEdges } from './scroll-edges';

export interface TableColumn<Row> {
  id: string;
  header: string;
  /** Where the drawing of the column speaks for itself to those who see it. */
  hideHeader?: boolean;
  /** Printed once, under the header. */
  unit?: string;
  /** Numbers stand right, text left. */
  numeric?: boolean;
  /** The raw value to sort by; without it the column cannot be sorted. */
  sortBy?: (row: Row) => number | string;
  /** Exact amounts compare as decimals, not as floats. */
  compare?: (a: Row, b: Row) => number;
  cell: (row: Row) => ReactNode;
  /** Where the order of the rows is made elsewhere: whether it can be asked for by this column. */
  sortable?: boolean;
  /** What the footer says in this column. */
  footer?: ReactNode;
  /** The column that names the row. */
  rowHeader?: boolean;
  className?: string;
}

interface DataTableProps<Row> {
  /** Names the table; shown above it unless `hideCaption`. */
  caption: ReactNode;
  hideCaption?: boolean;
  /** Names the scrolling region: plain text of the caption. */
  label: string;
  columns: readonly TableColumn<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row, index: number) => string;
  /** Long tables scroll inside their own region under a header that stays. */
  scrolls?: boolean;
  /** On a phone each row is a card: its cells stand one under the other, each beside what its header says. */
  stacks?: boolean;
  className?: string;
  /** Where rows come in order from elsewhere: the order they are in, and how to ask for another. */
  order?: TableOrder;
  onOrder?: (order: TableOrder) => void;
}

export type TableOrder = { id: string; direction: 'ascending' | 'descending' } | null;

/** A real table: caption, header cells with scope, sorting by buttons, and a labelled region that scrolls when it is too wide. */
export function DataTable<Row>({
  caption,
  hideCaption = false,
  label,
  columns,
  rows,
  rowKey,
  scrolls = false,
  stacks = false,
  className = '',
  order: givenOrder,
  onOrder,
}: DataTableProps<Row>) {
  const region = useRef<HTMLDivElement>(null);
  useScrollEdges(region);
  const [ownOrder, setOwnOrder] = useState<TableOrder>(null);
  const order = givenOrder === undefined ? ownOrder : givenOrder;
  const setOrder = onOrder ?? setOwnOrder;
  const sorted = givenOrder === undefined ? sortRows(rows, columns, order) : rows;
  const hasFooter = columns.some((column) => column.footer !== undefined);
  return (
    <div
      ref={region}
      className={`table-region ${scrolls ? 'table-region-scrolls' : ''} ${stacks ? 'table-stacks' : ''} ${className}`}
      role="region"
      aria-label={label}
      tabIndex={0}
    >
      <table className="table">
        <caption className={hideCaption ? 'visually-hidden' : ''}>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <HeaderCell key={column.id} column={column} order={order} onOrder={setOrder} />
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted.map((row, index) => (
            <tr key={rowKey(row, index)}>
              {columns.map((column) => {
                const look = cellClass(column);
                return column.rowHeader ? (
                  <th key={column.id} scope="row" className={look}>
                    {column.cell(row)}
                  </th>
                ) : stacks ? (
                  <td key={column.id} className={look} data-header={headerOf(column)}>
                    <div className="table-stacked">{column.cell(row)}</div>
                  </td>
                ) : (
                  <td key={column.id} className={look}>
                    {column.cell(row)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
        {hasFooter && (
          <tfoot>
            <tr>
              {columns.map((column) =>
                column.rowHeader ? (
                  <th key={column.id} scope="row" className={cellClass(column)}>
                    {column.footer}
                  </th>
                ) : (
                  <td key={column.id} className={cellClass(column)}>
                    {column.footer}
                  </td>
                ),
              )}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  );
}

const headerOf = <Row,>({ header, unit }: TableColumn<Row>): string => (unit ? `${header}, ${unit}` : header);

const cellClass = <Row,>(column: TableColumn<Row>): string =>
  `${column.numeric ? 'numeric' : ''} ${column.className ?? ''}`.trim();

function HeaderCell<Row>({
  column,
  order,
  onOrder,
}: {
  column: TableColumn<Row>;
  order: TableOrder;
  onOrder: (order: TableOrder) => void;
}) {
  const isSortable = column.sortable === true || column.sortBy !== undefined || column.compare !== undefined;
  const direction = order?.id === column.id ? order.direction : undefined;
  const text = (
    <>
      <span className={column.hideHeader ? 'visually-hidden' : ''}>{column.header}</span>
      {column.unit && <span className="unit"> {column.unit}</span>}
    </>
  );
  return (
    <th scope="col" className={cellClass(column)} aria-sort={isSortable ? (direction ?? 'none') : undefined}>
      {isSortable ? (
        <button
          type="button"
          className="sort"
          onClick={() => onOrder({ id: column.id, direction: direction === 'descending' ? 'ascending' : 'descending' })}
        >
          {text}
          <span aria-hidden="true" className="sort-mark">
            {direction === 'ascending' ? '▲' : direction === 'descending' ? '▼' : '↕'}
          </span>
        </button>
      ) : (
        text
      )}
    </th>
  );
}

function sortRows<Row>(rows: readonly Row[], columns: readonly TableColumn<Row>[], order: TableOrder): readonly Row[] {
  const column = columns.find(({ id }) => id === order?.id);
  if (!column || !order) return rows;
  const compare =
    column.compare ??
    ((a: Row, b: Row) => {
      const [left, right] = [column.sortBy!(a), column.sortBy!(b)];
      return typeof left === 'string' ? left.localeCompare(String(right)) : left - Number(right);
    });
  const sign = order.direction === 'ascending' ? 1 : -1;
  return [...rows].sort((a, b) => sign * compare(a, b));
}
