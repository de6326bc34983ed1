import { useState } from 'react';
import type { MappingTarget, SourceColumn, SourceSheet } from '../../../server/contract/mapping.js';
import { count } from '../../../server/contract/format.js';
import { Button } from '../../ui/button';
import { refOf } from './editing';
import { columnName } from './words';

interface RowFilterProps {
  sheet: SourceSheet;
  target: MappingTarget;
  at: number;
  onChange: (target: MappingTarget) => void;
}

type Condition = MappingTarget['onlyWhere'][number];

/** Which rows are meant: all of them, or only those where a column says so. */
export function RowFilter({ sheet, target, at, onChange }: RowFilterProps) {
  const [index, setIndex] = useState('');
  const chosen = sheet.columns.find((one) => String(one.index) === index);
  const put = (place: number, condition: Condition | null) =>
    onChange({
      ...target,
      onlyWhere: target.onlyWhere.flatMap((one, here) =>
        here !== place ? [one] : condition === null ? [] : [condition],
      ),
    });
  const add = () => {
    if (!chosen) return;
    onChange({ ...target, onlyWhere: [...target.onlyWhere, { column: refOf(chosen), values: null, blanks: [] }] });
    setIndex('');
  };
  return (
    <details className="reading" open={target.onlyWhere.length > 0 || undefined}>
      <summary>{target.onlyWhere.length === 0 ? 'All rows are meant' : 'Only some of the rows are meant'}</summary>
      <div className="import-form reading-rows">
        <label className="choice">
          <input
            type="checkbox"
            checked={target.once}
            onChange={({ target: { checked } }) => onChange({ ...target, once: checked })}
          />
          <span>
            Several rows may name the same record
            <span className="field-help"> Each is taken once: a department that many projects have.</span>
          </span>
        </label>
        {target.onlyWhere.map((condition, place) => (
          <ConditionField
            key={`${place} ${condition.column.index}`}
            condition={condition}
            column={sheet.columns.find((one) => one.index === condition.column.index)}
            onChange={(changed) => put(place, changed)}
          />
        ))}
        <div className="field">
          <label htmlFor={`only-${at}`}>Only rows where a column says so</label>
          <span className="actions">
            <select
              id={`only-${at}`}
              className="input"
              value={index}
              onChange={({ target: input }) => setIndex(input.value)}
            >
              <option value="">Choose a column</option>
              {sheet.columns.map((column) => (
                <option key={column.index} value={column.index}>
                  {columnName(column)}
                </option>
              ))}
            </select>
            <Button onClick={add}>Add the condition</Button>
          </span>
        </div>
      </div>
    </details>
  );
}

interface ConditionFieldProps {
  condition: Condition;
  column: SourceColumn | undefined;
  onChange: (condition: Condition | null) => void;
}

function ConditionField({ condition, column, onChange }: ConditionFieldProps) {
  const name = column ? columnName(column) : condition.column.header;
  const offered = [
    ...(column?.values ?? []).filter(({ value }) => value.trim() !== ''),
    ...(column && column.values !== null ? [{ value: '', count: 0 }] : []),
  ];
  const values = condition.values;
  const odd = column?.odd ?? [];
  return (
    <fieldset className="choices condition">
      <legend>Rows where “{name}”</legend>
      <label className="choice">
        <input type="radio" checked={values === null} onChange={() => onChange({ ...condition, values: null })} />
        is filled
      </label>
      {values === null &&
        odd.map(({ value }) => (
          <label key={value} className="choice choice-under">
            <input
              type="checkbox"
              checked={condition.blanks.some((one) => one.toLowerCase() === value.toLowerCase())}
              onChange={({ target: { checked } }) =>
                onChange({
                  ...condition,
                  blanks: checked ? [...condition.blanks, value] : condition.blanks.filter((one) => one !== value),
                })
              }
            />
            <span className="odd-text">not where it says “{value}”</span>
          </label>
        ))}
      {values === null && odd.length > 1 && (
        <Button
          look="plain"
          className="choice-under"
          onClick={() =>
            onChange({ ...condition, blanks: [...new Set([...condition.blanks, ...odd.map(({ value }) => value)])] })
          }
        >
          Not where it says any of these
        </Button>
      )}
      {offered.length > 0 && (
        <label className="choice">
          <input type="radio" checked={values !== null} onChange={() => onChange({ ...condition, values: [] })} />
          is one of
        </label>
      )}
      {values !== null &&
        offered.map(({ value, count: rows }) => (
          <label key={value} className="choice choice-under">
            <input
              type="checkbox"
              checked={values.includes(value)}
              onChange={({ target: { checked } }) =>
                onChange({
                  ...condition,
                  values: checked ? [...values, value] : values.filter((one) => one !== value),
                })
              }
            />
            <span className="odd-text">{value === '' ? 'blank' : value}</span>
            {value !== '' && <span className="caption">{count(rows)}</span>}
          </label>
        ))}
      <Button look="plain" onClick={() => onChange(null)} aria-label={`Take the condition on ${name} away`}>
        Take it away
      </Button>
    </fieldset>
  );
}
