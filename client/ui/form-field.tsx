import { useId, type ReactNode } from 'react';

interface FormFieldProps {
  label: string;
  id?: string;
  help?: ReactNode;
  /** The same sentence as in the error summary. */
  error?: string | undefined;
  isRequired?: boolean;
  /** What belongs to the control, after it: how a number was read, whose code it is. */
  note?: ReactNode;
  /** The control, tied to its label, help and error. */
  children: (control: Control) => ReactNode;
}

export interface Control {
  id: string;
  'aria-invalid': true | undefined;
  'aria-describedby': string | undefined;
  'aria-required': true | undefined;
}

/** A label, its help, its error, and whichever control is right for it. */
export function FormField({ label, id, help, error, isRequired = false, note, children }: FormFieldProps) {
  const generated = useId();
  const name = id ?? generated;
  const described = [help && `${name}-help`, error && `${name}-error`].filter(Boolean).join(' ');
  return (
    <div className="field">
      <FieldLabel {...{ label, isRequired }} htmlFor={name} />
      <FieldNotes {...{ name, help, error }} />
      {children({
        id: name,
        'aria-invalid': error ? true : undefined,
        'aria-describedby': described || undefined,
        'aria-required': isRequired || undefined,
      })}
      {note && <p className="field-help">{note}</p>}
    </div>
  );
}

export function FieldLabel({ label, isRequired, htmlFor }: { label: string; isRequired: boolean; htmlFor: string }) {
  return (
    <label htmlFor={htmlFor}>
      {label}
      {isRequired && <span className="field-required"> (required)</span>}
    </label>
  );
}

/** Help and error of a field, under the ids that its control refers to. */
export function FieldNotes({ name, help, error }: { name: string; help?: ReactNode; error?: string | undefined }) {
  return (
    <>
      {help && (
        <p className="field-help" id={`${name}-help`}>
          {help}
        </p>
      )}
      {error && (
        <p className="field-error" id={`${name}-error`}>
          <span aria-hidden="true">▲ </span>
          {error}
        </p>
      )}
    </>
  );
}

interface CheckGroupProps {
  legend: string;
  id: string;
  help?: ReactNode;
  error?: string | undefined;
  choices: readonly { value: string; label: string }[];
  values: readonly string[];
  onChange: (values: readonly string[]) => void;
}

/** Several of a few. */
export function CheckGroup({ legend, id, help, error, choices, values, onChange }: CheckGroupProps) {
  return (
    <fieldset className="choices" id={id} tabIndex={-1} aria-describedby={help ? `${id}-help` : undefined}>
      <legend>{legend}</legend>
      <FieldNotes name={id} {...{ help, error }} />
      {choices.map(({ value, label }) => (
        <label key={value} className="choice">
          <input
            type="checkbox"
            checked={values.includes(value)}
            onChange={({ target }) =>
              onChange(target.checked ? [...values, value] : values.filter((other) => other !== value))
            }
          />
          {label}
        </label>
      ))}
    </fieldset>
  );
}
