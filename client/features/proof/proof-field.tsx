import { useQuery } from '@tanstack/react-query';
import type { RecordType } from '../../../server/contract/columns.js';
import { ChoiceField } from '../../ui/field';
import { CheckGroup, FormField, type Control } from '../../ui/form-field';
import { ReferenceField } from '../../ui/reference-field';
import { nameQuery } from '../records/api';
import { useChoices } from '../records/search-choices';

export interface ProofField {
  name: string;
  label: string;
  kind: 'text' | 'long' | 'date' | 'month' | 'email' | 'url' | 'amount' | 'choice' | 'one' | 'several' | 'reference';
  isRequired?: boolean;
  help?: string;
  /** Of `one` all are read before one is chosen, with their help; of `several` any of them, whose values are parted by commas. */
  choices?: readonly { value: string; label: string; help?: string }[];
  /** Of a reference: records that are found by code or name; where there are several types, values are `type:code`. */
  to?: readonly RecordType[];
  /** Of a date: the days that can be chosen, both inside. */
  days?: { from: string | null; to: string };
}

export type Typed = Readonly<Record<string, string>>;

const WIDE: readonly ProofField['kind'][] = ['long', 'url', 'one', 'several'];
/** Whether a field takes the whole width of its form. */
export const isWide = ({ kind }: ProofField): boolean => WIDE.includes(kind);

interface FieldProps {
  field: ProofField;
  id: string;
  error: string | undefined;
  value: string;
  onChange: (value: string) => void;
}

/** One field of a form, by its kind. */
export function Field(props: FieldProps) {
  const { field, id, error, value, onChange } = props;
  if (field.kind === 'reference') return <Reference {...props} />;
  if (field.kind === 'several') return <Several {...props} />;
  if (field.kind === 'one') return <One {...props} />;
  return (
    <FormField label={field.label} {...{ id, error }} help={field.help} isRequired={field.isRequired === true}>
      {(control) => <Input {...{ control, field, value, onChange }} />}
    </FormField>
  );
}

function One({ field: { label, help, isRequired = false, choices = [] }, ...rest }: FieldProps) {
  return <ChoiceField legend={label} {...{ help, isRequired, choices }} {...rest} />;
}

/** In the order of the choices, whatever the order in which they were ticked. */
function Several({ field: { label, help, choices = [] }, id, error, value, onChange }: FieldProps) {
  const values = value.split(',');
  return (
    <CheckGroup
      {...{ id, help, error, choices, values }}
      legend={label}
      onChange={(next) =>
        onChange(
          choices
            .map((choice) => choice.value)
            .filter((one) => next.includes(one))
            .join(','),
        )
      }
    />
  );
}

function Reference({ field: { label, help, isRequired = false, to = [] }, ...rest }: FieldProps) {
  const { choices, search } = useChoices(to, to.length > 1);
  const at = rest.value.indexOf(':');
  const type = to.length === 1 ? to[0] : to.find((one) => one === rest.value.slice(0, Math.max(at, 0)));
  const code = rest.value.slice(at + 1).trim();
  const { data: note } = useQuery({
    ...nameQuery(type ?? 'portfolio', code),
    enabled: type !== undefined && code !== '',
  });
  return <ReferenceField {...{ label, help, isRequired, choices, note }} {...rest} onSearch={search} />;
}

interface InputProps {
  control: Control;
  field: ProofField;
  value: string;
  onChange: (text: string) => void;
}

const TYPES: Partial<Record<ProofField['kind'], string>> = { date: 'date', month: 'month', email: 'email', url: 'url' };

function Input({ control, field: { kind, choices, days }, value, onChange }: InputProps) {
  const input = { ...control, value, onChange: (event: { target: { value: string } }) => onChange(event.target.value) };
  if (choices)
    return (
      <select {...input} className="input">
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    );
  if (kind === 'long') return <textarea {...input} className="input textarea" rows={3} />;
  return (
    <input
      {...input}
      className={`input ${kind === 'amount' ? 'figures' : ''}`}
      type={TYPES[kind] ?? 'text'}
      min={days?.from ?? undefined}
      max={days?.to}
      inputMode={kind === 'amount' ? 'decimal' : undefined}
      placeholder={kind === 'month' ? '2026-07' : undefined}
      autoComplete="off"
    />
  );
}
