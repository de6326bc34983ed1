import { useState } from 'react';
import type { FieldSource, MappingTarget, SourceColumn, SourceSheet } from '../../../server/contract/mapping.js';
import { monthFieldOf } from '../../../server/contract/month-fields.js';
import { count, counted, day } from '../../../server/contract/format.js';
import { Button } from '../../ui/button';
import { setMeasure, setMonth, setScale } from './editing';
import { tableOf, type OurField } from './fields';
import { monthsId } from './open-points';
import { columnName, SCALES } from './words';

interface MonthColumnsProps {
  sheet: SourceSheet;
  target: MappingTarget;
  at: number;
  figures: readonly OurField[];
  onChange: (target: MappingTarget) => void;
}

/** Which columns are months, and which figure each of them holds. */
export function MonthColumns({ sheet, target, at, figures, onChange }: MonthColumnsProps) {
  const wide = target.wide!;
  const held = new Map(wide.months.map((month) => [month.column.index, month]));
  const columns = sheet.columns.filter(({ index, month }) => month !== null || held.has(index));
  const others = sheet.columns.filter(
    ({ index, header }) => !columns.some((one) => one.index === index) && header !== '',
  );
  const first = wide.months[0]?.to;
  const scale = wide.months.some(({ multiplier }) => multiplier !== undefined) ? '' : (wide.multiplier ?? '');
  const same = first !== undefined && wide.months.every(({ to }) => to === first) ? first : '';
  return (
    <fieldset className="months" id={monthsId(at)} tabIndex={-1}>
      <legend>Columns that are months</legend>
      <div className="months-all">
        <div className="field">
          <label htmlFor={`measure-${at}`}>They hold</label>
          <select
            id={`measure-${at}`}
            className="input"
            value={same}
            onChange={({ target: { value } }) => value !== '' && onChange(setMeasure(target, value, sheet.columns))}
          >
            {same === '' && <option value="">{wide.months.length === 0 ? 'Choose' : 'several figures'}</option>}
            {figures.map(({ id, label }) => (
              <option key={id} value={id}>
                {label.toLowerCase()}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor={`wide-scale-${at}`}>The numbers are</label>
          <select
            id={`wide-scale-${at}`}
            className="input"
            value={scale}
            onChange={({ target: { value } }) =>
              value !== '' && onChange(setScale(target, value as NonNullable<FieldSource['multiplier']>))
            }
          >
            {scale === '' && <option value="">each as it says</option>}
            {SCALES.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </div>
        <p className="caption">{counted(wide.months.length, 'month column')}</p>
      </div>
      <LeftOut columns={columns.filter(({ index }) => !held.has(index))} target={target} figures={figures} />
      <ul className="month-list">
        {columns.map((column) => {
          const month = held.get(column.index);
          const name = columnName(column);
          return (
            <li key={column.index}>
              <span className="match-header">{name}</span>
              {day(month?.month ?? column.month ?? '') !== name && (
                <span className="caption">{day(month?.month ?? column.month ?? '')}</span>
              )}
              <select
                className="input"
                aria-label={`What ${name} holds`}
                value={month?.to ?? ''}
                onChange={({ target: { value } }) =>
                  onChange(setMonth(target, column, value === '' ? null : value, month?.month ?? column.month))
                }
              >
                <option value="">no month</option>
                {figures.map(({ id, label }) => (
                  <option key={id} value={id}>
                    {label.toLowerCase()}
                  </option>
                ))}
              </select>
            </li>
          );
        })}
      </ul>
      <AddMonth
        columns={others}
        at={at}
        onAdd={(column, month) => onChange(setMonth(target, column, same || figures[0]!.id, month))}
      />
    </fieldset>
  );
}

/** Months of a measure that the table does not have are none of its figures until a person says which. */
function LeftOut({
  columns,
  target,
  figures,
}: {
  columns: readonly SourceColumn[];
  target: MappingTarget;
  figures: readonly OurField[];
}) {
  const [first, ...others] = columns.filter(
    ({ measure }) => measure !== null && monthFieldOf(target.table, measure) === null,
  );
  if (!first) return null;
  const what = others.length === 0 ? `“${first.header}”` : `“${first.header}” and ${count(others.length)} more`;
  return (
    <p className="file-warning" role="status">
      <span aria-hidden="true">⚠ </span>
      {what} {others.length === 0 ? 'is' : 'are'} of a {MEASURE_WORDS[first.measure!]}. {tableOf(target.table).label}{' '}
      have only {figures.map(({ label }) => label.toLowerCase()).join(' and ')}: say which of them{' '}
      {others.length === 0 ? 'it holds' : 'they hold'}, or {others.length === 0 ? 'it is' : 'they are'} left out.
    </p>
  );
}

const MEASURE_WORDS = { planned: 'plan', forecast: 'forecast', realised: 'realised value' } as const;

/** A column whose header is no month that could be read: a person says which one it is. */
function AddMonth({
  columns,
  at,
  onAdd,
}: {
  columns: readonly SourceColumn[];
  at: number;
  onAdd: (column: SourceColumn, month: string) => void;
}) {
  const [index, setIndex] = useState('');
  const [month, setMonth] = useState('');
  const column = columns.find((one) => String(one.index) === index);
  const isReady = column !== undefined && /^\d{4}-\d\d$/.test(month);
  if (columns.length === 0) return null;
  return (
    <details className="reading">
      <summary>Another column is a month</summary>
      <div className="reading-body">
        <div className="field">
          <label htmlFor={`add-month-${at}`}>Column</label>
          <select
            id={`add-month-${at}`}
            className="input"
            value={index}
            onChange={({ target }) => setIndex(target.value)}
          >
            <option value="">Choose a column</option>
            {columns.map((one) => (
              <option key={one.index} value={one.index}>
                {columnName(one)}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor={`add-month-of-${at}`}>Month</label>
          <input
            id={`add-month-of-${at}`}
            className="input"
            type="month"
            value={month}
            onChange={({ target }) => setMonth(target.value)}
          />
        </div>
        {isReady && (
          <Button
            onClick={() => {
              onAdd(column, month);
              setIndex('');
              setMonth('');
            }}
          >
            Add it
          </Button>
        )}
      </div>
    </details>
  );
}
