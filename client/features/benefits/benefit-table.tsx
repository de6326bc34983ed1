import { useRef } from 'react';
import type { BenefitLine, BenefitList, BenefitSums } from '../../../server/contract/register.js';
import { count, counted } from '../../../server/contract/format.js';
import type { TableOrder } from '../../ui/data-table';
import { useGridFocus } from '../../ui/grid-focus';
import { usePageScope } from '../../ui/page-scope';
import { useScrollEdges } from '../../ui/scroll-edges';
import { ratesNote } from '../overview/message';
import { Sentence } from '../overview/traced';
import type { Column } from './columns';
import { tracedRates, UNITS } from './figures';
import { classWord } from './words';

interface BenefitTableProps {
  columns: readonly Column[];
  /** In order; those of one class stand together. */
  lines: readonly BenefitLine[];
  list: BenefitList;
  caption: string;
  order: NonNullable<TableOrder>;
  onOrder: (order: NonNullable<TableOrder>) => void;
}

/** The lines by class, each class under a heading with what its lines add up to. A grid of one Tab stop: arrows lead on, Enter opens. */
export function BenefitTable({ columns, lines, list, caption, order, onOrder }: BenefitTableProps) {
  const region = useRef<HTMLDivElement>(null);
  const table = useRef<HTMLTableElement>(null);
  useScrollEdges(region);
  const moveFocus = useGridFocus(table);
  return (
    <div
      ref={region}
      className="table-region table-region-scrolls register-table benefit-table"
      role="region"
      aria-label="Benefits"
      tabIndex={0}
    >
      <table ref={table} role="grid" className="table" onKeyDown={moveFocus}>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <HeaderCell key={column.id} {...{ column, order, onOrder }} />
            ))}
          </tr>
        </thead>
        {list.groups.map(({ class: name, benefits, sums }) => {
          const own = lines.filter((line) => line.class === name);
          return (
            <tbody key={name}>
              <SumRow {...{ columns, sums }} title={classWord(name)} remark={remarkOf(benefits, sums)} />
              {sums && <RatesRow {...{ columns, sums }} title={classWord(name)} />}
              {own.map((line) => (
                <tr key={line.code} className="benefit-line">
                  {columns.map((column) =>
                    column.id === 'name' ? (
                      <th key={column.id} scope="row" className={lookOf(column)}>
                        {column.cell(line)}
                      </th>
                    ) : (
                      <td key={column.id} className={lookOf(column)}>
                        {column.cell(line)}
                      </td>
                    ),
                  )}
                </tr>
              ))}
            </tbody>
          );
        })}
        {list.financial && (
          <tbody>
            <SumRow
              {...{ columns }}
              sums={list.financial}
              title="Cashable and non-cashable together"
              remark={remarkOf(list.total, list.financial)}
            />
            <RatesRow {...{ columns }} sums={list.financial} title="Cashable and non-cashable together" />
          </tbody>
        )}
      </table>
    </div>
  );
}

/** `12 benefits, 11 of 12 due are measured`. */
const remarkOf = (benefits: number, sums: BenefitSums | null): string => {
  const all = counted(benefits, 'benefit');
  if (sums === null) return `${all}, each in its own unit: never added, and no rate`;
  return sums.measured < sums.due ? `${all}, ${count(sums.measured)} of ${count(sums.due)} due are measured` : all;
};

const lookOf = (column: Column): string => `${column.numeric ? 'numeric' : ''} ${column.className ?? ''}`.trim();

interface SumRowProps {
  columns: readonly Column[];
  sums: BenefitSums | null;
  title: string;
  remark: string;
}

/** Code and name. */
const HEADING = 2;

/** A class: what it is, and what its lines add up to. The heading stays in sight with code and name. */
function SumRow({ columns, sums, title, remark }: SumRowProps) {
  return (
    <tr className="benefit-group">
      <th scope="rowgroup" colSpan={HEADING}>
        <span className="benefit-group-title">
          {title} <span className="caption">{remark}</span>
        </span>
      </th>
      {columns.slice(HEADING).map((column) => (
        <td key={column.id} className={lookOf(column)}>
          {sums !== null && column.sum?.(sums, title)}
        </td>
      ))}
    </tr>
  );
}

/** How much of the plans of a class came, as the overview says it of all classes. */
function RatesRow({ columns, sums, title }: Pick<SumRowProps, 'columns' | 'title'> & { sums: BenefitSums }) {
  const parts = ratesNote({ rates: tracedRates(sums, usePageScope()) }, title);
  return (
    <tr className="benefit-group-rates">
      <td colSpan={columns.length}>
        <span className="benefit-rates caption">
          {parts ? (
            <>
              Realised <Sentence {...{ parts }} scale={UNITS} />
            </>
          ) : (
            `No rate: ${sums.due === 0 ? 'nothing is planned to date' : 'nothing is measured'}`
          )}
        </span>
      </td>
    </tr>
  );
}

interface HeaderCellProps {
  column: Column;
  order: NonNullable<TableOrder>;
  onOrder: (order: NonNullable<TableOrder>) => void;
}

function HeaderCell({ column, order, onOrder }: HeaderCellProps) {
  const { sort, header, hideHeader, spoken, unit } = column;
  const direction = sort !== undefined && order.id === sort ? order.direction : undefined;
  const text = (
    <span className="benefit-head">
      <span className={hideHeader ? 'visually-hidden' : ''}>{header}</span>
      {spoken !== undefined && <span className="visually-hidden"> {spoken}</span>}
      {unit !== undefined && <span className="unit">{unit}</span>}
    </span>
  );
  return (
    <th scope="col" className={lookOf(column)} aria-sort={sort === undefined ? undefined : (direction ?? 'none')}>
      {sort === undefined ? (
        text
      ) : (
        <button
          type="button"
          className="sort"
          title={spoken}
          onClick={() => onOrder({ id: sort, direction: direction === 'ascending' ? 'descending' : 'ascending' })}
        >
          {text}
          <span aria-hidden="true" className="sort-mark">
            {direction === 'ascending' ? '▲' : direction === 'descending' ? '▼' : '↕'}
          </span>
        </button>
      )}
    </th>
  );
}
