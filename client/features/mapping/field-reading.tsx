import { useState } from 'react';
import type { FieldSource, MappingTarget, SourceColumn } from '../../../server/contract/mapping.js';
import { count } from '../../../server/contract/format.js';
import { Button } from '../../ui/button';
import { ChoiceMap } from './choice-map';
import { changeField, setBlank, setConstant } from './editing';
import { choicesOf, fieldOf, isDate, isNumber } from './fields';
import { openWords } from './open-points';
import { SCALES } from './words';

interface FieldReadingProps {
  column: SourceColumn;
  source: FieldSource;
  target: MappingTarget;
  at: number;
  onChange: (target: MappingTarget) => void;
}

/** How the cells of a column are read into a field; folded to a line where there is nothing to say. */
export function FieldReading({ column, source, target, at, onChange }: FieldReadingProps) {
  const field = fieldOf(target.table, source.to);
  const waiting = openWords(target.table, source, column);
  const [isOpen, setOpen] = useState(waiting > 0);
  if (!field) return null;
  const id = `reading-${at}-${source.to}`;
  const change = (patch: Partial<FieldSource>) => onChange(changeField(target, source.to, patch));
  const odd = [...column.odd.map(({ value }) => value), ...source.blanks.filter((one) => one !== '*')];
  const isText = !isNumber(field) && !isDate(field) && choicesOf(field) === null;
  return (
    <details className="reading" open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        {summaryOf(source, waiting)}
        <span className="visually-hidden">: how {field.label} is read</span>
      </summary>
      <div className="reading-body">
        {isNumber(field) && field.kind.kind !== 'percent' && (
          <div className="field">
            <label htmlFor={`${id}-scale`}>The numbers are</label>
            <select
              id={`${id}-scale`}
              className="input"
              value={source.multiplier ?? ''}
              onChange={({ target: { value } }) => change({ multiplier: value as FieldSource['multiplier'] })}
            >
              {source.multiplier === undefined && <option value="">Choose</option>}
              {SCALES.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </select>
          </div>
        )}
        {isNumber(field) && (
          <div className="field">
            <label htmlFor={`${id}-decimal`}>The decimal sign is</label>
            <select
              id={`${id}-decimal`}
              className="input"
              value={source.format.decimal ?? ''}
              onChange={({ target: { value } }) =>
                change({ format: value === '' ? {} : { decimal: value as 'dot' | 'comma' } })
              }
            >
              <option value="">{detected(column)}</option>
              <option value="dot">a point: 1,234.50</option>
              <option value="comma">a comma: 1.234,50</option>
            </select>
          </div>
        )}
        {isDate(field) && (
          <div className="field">
            <label htmlFor={`${id}-order`}>Dates in figures begin with</label>
            <select
              id={`${id}-order`}
              className="input"
              value={source.format.dateOrder ?? ''}
              onChange={({ target: { value } }) =>
                change({ format: value === '' ? {} : { dateOrder: value as 'dmy' | 'mdy' } })
              }
            >
              <option value="">
                {column.format.dateOrder === undefined ? 'as they show' : ORDER[column.format.dateOrder]}
              </option>
              <option value="dmy">the day: 31/12/2026</option>
              <option value="mdy">the month: 12/31/2026</option>
            </select>
          </div>
        )}
        <ChoiceMap {...{ column, source, target, field, onChange }} />
        {(isNumber(field) || isDate(field)) && (odd.length > 0 || source.blanks.includes('*')) && (
          <fieldset className="choices">
            <legend>Stands for no value</legend>
            {[...new Set(odd)].map((text) => (
              <label key={text} className="choice">
                <input
                  type="checkbox"
                  checked={source.blanks.some((one) => one.toLowerCase() === text.toLowerCase())}
                  onChange={({ target: { checked } }) => change({ blanks: [...setBlank(source, text, checked)] })}
                />
                <span className="odd-text">{text}</span>
              </label>
            ))}
            <label className="choice">
              <input
                type="checkbox"
                checked={source.blanks.includes('*')}
                onChange={({ target: { checked } }) => change({ blanks: [...setBlank(source, '*', checked)] })}
              />
              {isNumber(field) ? 'whatever is no number' : 'whatever is no date'}
            </label>
          </fieldset>
        )}
        {isText && (
          <div className="field">
            <label htmlFor={`${id}-prefix`}>Put before each value</label>
            <input
              id={`${id}-prefix`}
              className="input"
              maxLength={64}
              value={source.prefix}
              onChange={({ target: { value } }) => change({ prefix: value })}
            />
          </div>
        )}
        <div className="field">
          <label htmlFor={`${id}-blank`}>Where it is blank, write</label>
          <input
            id={`${id}-blank`}
            className="input"
            value={source.constant ?? ''}
            onChange={({ target: { value } }) => onChange(setConstant(target, source.to, value))}
          />
        </div>
        <Button look="plain" onClick={() => setOpen(false)}>
          Done
        </Button>
      </div>
    </details>
  );
}

const ORDER = { dmy: 'the day, as the column shows', mdy: 'the month, as the column shows' };

const detected = ({ format }: SourceColumn): string =>
  format.decimal === undefined
    ? 'as the numbers show'
    : `a ${format.decimal === 'dot' ? 'point' : 'comma'}, as the column shows`;

/** `In millions, 2 texts are blank`. */
function summaryOf(source: FieldSource, waiting: number): string {
  const said = [
    source.multiplier === '1' ? '' : (SCALES.find(({ value }) => value === source.multiplier)?.label ?? ''),
    source.format.decimal === undefined ? '' : `decimal ${source.format.decimal === 'dot' ? 'point' : 'comma'}`,
    source.format.dateOrder === undefined ? '' : source.format.dateOrder === 'dmy' ? 'day first' : 'month first',
    waiting > 0 ? `${count(waiting)} ${waiting === 1 ? 'text' : 'texts'} to settle` : '',
    waiting === 0 && source.values.length > 0 ? `${count(source.values.length)} replaced` : '',
    source.blanks.length > 0 ? `${count(source.blanks.length)} read as blank` : '',
    source.prefix === '' ? '' : `“${source.prefix}” before`,
    source.constant === null ? '' : `“${source.constant}” where blank`,
  ].filter((text) => text !== '');
  const text = said.length === 0 ? 'read as it stands' : said.join(', ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
