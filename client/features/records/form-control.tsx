import { useQuery } from '@tanstack/react-query';
import type { Column, RecordType } from '../../../server/contract/columns.js';
import { inFull } from '../../../server/contract/format.js';
import { readNumber, typedNumber } from '../../lib/read-number';
import { CheckGroup, FormField, type Control } from '../../ui/form-field';
import { ReferenceField } from '../../ui/reference-field';
import { nameQuery } from './api';
import { CURRENCIES } from './currencies';
import type { Draft } from './form-values';
import { useChoices } from './search-choices';
import { choiceWord, helpOf, labelOf } from './words';

/** From this length on a text is written on several lines. */
const LONG_TEXT = 500;

export const fieldId = (field: string): string => `field-${field}`;

interface FormControlProps {
  field: string;
  column: Column;
  value: Draft[string];
  onChange: (value: Draft[string]) => void;
  error: string | undefined;
  /** Types that a reference may name, where fewer than the column allows. */
  types?: readonly RecordType[] | undefined;
}

/** The right control for a column: label, help and error follow from its declaration. */
export function FormControl(props: FormControlProps) {
  const { field, column, value, onChange, error } = props;
  const { type } = column;
  if (type.kind === 'ref' || type.kind === 'anyRef') return <Reference {...props} />;
  if (type.kind === 'choices')
    return (
      <CheckGroup
        legend={labelOf(field)}
        id={fieldId(field)}
        help={helpOf(column)}
        error={error}
        choices={type.values.map((choice) => ({ value: choice, label: choiceWord(choice) }))}
        values={typeof value === 'string' ? [] : value}
        onChange={onChange}
      />
    );
  const text = typeof value === 'string' ? value : '';
  return (
    <FormField
      label={labelOf(field)}
      id={fieldId(field)}
      help={helpOf(column)}
      error={error}
      isRequired={column.required}
      note={type.kind === 'decimal' ? readAs(text) : undefined}
    >
      {(control) => <Typed {...{ control, column, text, onChange }} />}
    </FormField>
  );
}

interface TypedProps {
  control: Control;
  column: Column;
  text: string;
  onChange: (value: string) => void;
}

function Typed({ control, column: { type }, text, onChange }: TypedProps) {
  const input = {
    ...control,
    value: text,
    onChange: ({ target }: { target: { value: string } }) => onChange(target.value),
  };
  switch (type.kind) {
    case 'choice':
      return <Select {...input} choices={type.values.map((value) => ({ value, label: choiceWord(value) }))} />;
    case 'yesNo':
      return <Select {...input} choices={['yes', 'no'].map((value) => ({ value, label: value }))} />;
    case 'currency':
      return <Select {...input} choices={CURRENCIES} />;
    case 'text':
      return type.max > LONG_TEXT ? (
        <textarea {...input} className="input textarea" rows={3} />
      ) : (
        <input {...input} className="input" autoComplete="off" />
      );
    case 'date':
      return <input {...input} className="input input-short" type="date" />;
    case 'month':
      return <input {...input} className="input input-short" type="month" placeholder="2026-07" />;
    case 'email':
      return <input {...input} className="input" type="text" inputMode="email" autoComplete="off" spellCheck={false} />;
    case 'decimal':
    case 'integer':
    case 'percent':
      return <input {...input} className="input input-short figures" inputMode="decimal" autoComplete="off" />;
    default:
      return <input {...input} className="input" autoComplete="off" spellCheck={false} />;
  }
}

interface SelectProps extends Control {
  value: string;
  onChange: (event: { target: { value: string } }) => void;
  choices: readonly { value: string; label: string }[];
}

function Select({ choices, value, ...select }: SelectProps) {
  const isOdd = value !== '' && !choices.some((choice) => choice.value === value);
  return (
    <select {...select} value={value} className="input input-short">
      <option value="">not stated</option>
      {isOdd && <option value={value}>{value}</option>}
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.label}
        </option>
      ))}
    </select>
  );
}

/** How a number was understood, where it was not typed as it would be stored. */
function readAs(text: string): string | undefined {
  const plain = text.trim() === '' ? null : readNumber(text);
  return plain === null || typedNumber(plain) === text.trim() ? undefined : `Read as ${inFull(plain)}`;
}

function Reference({ field, column, value, onChange, error, types }: FormControlProps) {
  const { type } = column;
  const allowed = types ?? (type.kind === 'ref' ? [type.to] : type.kind === 'anyRef' ? type.to : []);
  const isTyped = type.kind === 'anyRef';
  const { choices, search } = useChoices(allowed, isTyped);
  const text = typeof value === 'string' ? value : '';
  const at = text.indexOf(':');
  const ofType = at < 0 ? (isTyped ? undefined : allowed[0]) : allowed.find((one) => one === text.slice(0, at));
  const { data: name } = useQuery({
    ...nameQuery(ofType ?? 'portfolio', text.slice(at + 1)),
    enabled: ofType !== undefined && text !== '',
  });
  return (
    <ReferenceField
      label={labelOf(field)}
      id={fieldId(field)}
      help={helpOf(column)}
      error={error}
      isRequired={column.required}
      value={text}
      onChange={onChange}
      choices={choices}
      onSearch={search}
      note={ofType === undefined || text === '' ? undefined : name}
    />
  );
}
