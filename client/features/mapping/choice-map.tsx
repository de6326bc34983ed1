import { useId, useState } from 'react';
import type { FieldSource, MappingTarget, SourceColumn } from '../../../server/contract/mapping.js';
import { count } from '../../../server/contract/format.js';
import { Button } from '../../ui/button';
import { ANY, changeField, setBlank, setValue, valueFor } from './editing';
import { choicesOf, type OurField } from './fields';
import { choiceRows } from './open-points';

interface ChoiceMapProps {
  column: SourceColumn;
  source: FieldSource;
  target: MappingTarget;
  field: OurField;
  onChange: (target: MappingTarget) => void;
}

const LEFT = '(as it stands)';
const BLANK = '(blank)';

/** What is written here for each value of the file: chosen where a field takes a few words only, typed where it takes any. */
export function ChoiceMap(props: ChoiceMapProps) {
  return choicesOf(props.field) === null ? <Replacements {...props} /> : <Chosen {...props} />;
}

function Chosen({ column, source, target, field, onChange }: ChoiceMapProps) {
  const id = useId();
  const rows = choiceRows(target.table, source, column);
  if (rows.length === 0) return null;
  const choose = (value: string, chosen: string) => {
    const unblanked = changeField(target, field.id, { blanks: [...setBlank(source, value, false)] });
    onChange(setValue(unblanked, field.id, value, chosen === LEFT ? null : chosen === BLANK ? '' : chosen));
  };
  return (
    <table className="table choice-map">
      <caption>{field.label}: what each word of the file is here</caption>
      <thead>
        <tr>
          <th scope="col">In the file</th>
          <th scope="col" className="numeric">
            Rows
          </th>
          <th scope="col">Here</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ value, count: rowsOfIt, to }, index) => (
          <tr key={value}>
            <th scope="row" id={`${id}-${index}`} className="odd-text">
              {value}
            </th>
            <td className="numeric">{count(rowsOfIt)}</td>
            <td>
              <select
                className="input"
                aria-label={`${field.label} for ${value}`}
                value={to === null ? LEFT : to === '' ? BLANK : to}
                onChange={({ target: { value: chosen } }) => choose(value, chosen)}
              >
                <option value={LEFT}>Choose</option>
                {choicesOf(field)!.map((choice) => (
                  <option key={choice} value={choice}>
                    {choice.replaceAll('_', ' ')}
                  </option>
                ))}
                <option value={BLANK}>leave blank</option>
              </select>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Words of a column that has few of them, replaced one by one or all at once: the names of departments by their codes. */
function Replacements({ column, source, target, field, onChange }: ChoiceMapProps) {
  const [isOpen, setOpen] = useState(source.values.length > 0);
  const id = useId();
  const values = (column.values ?? []).filter(({ value }) => value.trim() !== '');
  const isUseful = ['text', 'code', 'ref', 'anyRef', 'refs', 'email', 'currency'].includes(field.kind.kind);
  if (values.length === 0 || !isUseful) return null;
  if (!isOpen)
    return (
      <Button look="plain" onClick={() => setOpen(true)}>
        Replace some of the {count(values.length)} values
      </Button>
    );
  return (
    <>
      <table className="table choice-map">
        <caption>{field.label}: what is written instead</caption>
        <thead>
          <tr>
            <th scope="col">In the file</th>
            <th scope="col" className="numeric">
              Rows
            </th>
            <th scope="col">Here</th>
          </tr>
        </thead>
        <tbody>
          {values.map(({ value, count: rowsOfIt }) => (
            <tr key={value}>
              <th scope="row" className="odd-text">
                {value}
              </th>
              <td className="numeric">{count(rowsOfIt)}</td>
              <td>
                <input
                  className="input"
                  aria-label={`${field.label} for ${value}`}
                  placeholder={valueFor(source, value) === '' ? 'left blank' : 'as it stands'}
                  value={valueFor(source, value) ?? ''}
                  onChange={({ target: { value: text } }) =>
                    onChange(setValue(target, field.id, value, text === '' ? null : text))
                  }
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="field">
        <label htmlFor={`${id}-all`}>For every value that has none here</label>
        <input
          id={`${id}-all`}
          className="input"
          placeholder="as it stands"
          value={valueFor(source, ANY) ?? ''}
          onChange={({ target: { value: text } }) =>
            onChange(setValue(target, field.id, ANY, text === '' ? null : text))
          }
        />
      </div>
    </>
  );
}
