import { useState } from 'react';
import type { MappingTarget } from '../../../server/contract/mapping.js';
import { Button } from '../../ui/button';
import { hasColumn, setConstant, sourceOf } from './editing';
import { choicesOf, tableOf, type OurField } from './fields';
import { constantId } from './open-points';

interface ConstantsProps {
  target: MappingTarget;
  at: number;
  onChange: (target: MappingTarget) => void;
}

/** Fields that the file has no column for: one value for all rows. What identifies a row stands here until something fills it. */
export function Constants({ target, at, onChange }: ConstantsProps) {
  const [asked, setAsked] = useState<readonly string[]>([]);
  const [adding, setAdding] = useState('');
  const open = tableOf(target.table).fields.filter(
    ({ id }) => !hasColumn(sourceOf(target, id)) && !(target.layout === 'wide' && id === 'month'),
  );
  const shown = open.filter(
    ({ id, isKey }) => isKey || asked.includes(id) || typeof sourceOf(target, id)?.constant === 'string',
  );
  const inMonths = new Set(target.wide?.months.map(({ to }) => to) ?? []);
  const others = open.filter(({ id }) => !inMonths.has(id) && !shown.some((one) => one.id === id));
  const add = () => {
    if (adding === '') return;
    setAsked([...asked, adding]);
    const id = constantId(at, adding);
    setAdding('');
    // It is there after the next drawing.
    setTimeout(() => document.getElementById(id)?.focus());
  };
  return (
    <fieldset className="constants">
      <legend>The same value in every row</legend>
      {shown.map((field) => (
        <Constant key={field.id} {...{ field, target, at, onChange }} />
      ))}
      {others.length > 0 && (
        <div className="field">
          <label htmlFor={`constant-${at}`}>A field that the file has no column for</label>
          <span className="actions">
            <select
              id={`constant-${at}`}
              className="input"
              value={adding}
              onChange={({ target: { value } }) => setAdding(value)}
            >
              <option value="">Choose a field</option>
              {others.map(({ id, label }) => (
                <option key={id} value={id}>
                  {label}
                </option>
              ))}
            </select>
            <Button onClick={add}>Give it a value</Button>
          </span>
        </div>
      )}
    </fieldset>
  );
}

function Constant({ field, target, at, onChange }: ConstantsProps & { field: OurField }) {
  const id = constantId(at, field.id);
  const value = sourceOf(target, field.id)?.constant ?? '';
  const choices = choicesOf(field);
  const change = (text: string) => onChange(setConstant(target, field.id, text));
  return (
    <div className="field">
      <label htmlFor={id}>
        {field.label}
        {field.isKey && <span className="field-required"> (required)</span>}
      </label>
      {choices ? (
        <select id={id} className="input" value={value} onChange={({ target: input }) => change(input.value)}>
          <option value="">none</option>
          {choices.map((choice) => (
            <option key={choice} value={choice}>
              {choice.replaceAll('_', ' ')}
            </option>
          ))}
        </select>
      ) : (
        <input
          id={id}
          className="input"
          value={value}
          placeholder={field.example}
          aria-describedby={`${id}-help`}
          onChange={({ target: input }) => change(input.value)}
        />
      )}
      {!choices && (
        <p className="field-help" id={`${id}-help`}>
          {field.help}
        </p>
      )}
    </div>
  );
}
