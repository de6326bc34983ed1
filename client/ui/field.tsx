import { useEffect, useId, useRef, type InputHTMLAttributes, type ReactNode } from 'react';
import { FieldNotes } from './form-field';

interface FieldProps extends InputHTMLAttributes<HTMLInputElement> {
  label: string;
  help?: ReactNode;
  /** The same sentence as in the error summary. */
  error?: string | undefined;
}

/** A labelled input with its help and its error, tied together for assistive technology. */
export function Field({ label, help, error, id, ...input }: FieldProps) {
  const generated = useId();
  const name = id ?? generated;
  const described = [help ? `${name}-help` : '', error ? `${name}-error` : ''].filter(Boolean).join(' ');
  return (
    <div className="field">
      <label htmlFor={name}>{label}</label>
      <FieldNotes {...{ name, help, error }} />
      <input
        {...input}
        id={name}
        className="input"
        aria-invalid={error ? true : undefined}
        aria-describedby={described || undefined}
      />
    </div>
  );
}

interface Choice<Value extends string> {
  value: Value;
  label: string;
  help?: string;
}

interface ChoiceFieldProps<Value extends string> {
  legend: string;
  /** Of the group, for what is wrong with it. */
  id?: string;
  help?: ReactNode;
  error?: string | undefined;
  isRequired?: boolean;
  choices: readonly Choice<Value>[];
  value: Value | undefined;
  onChange: (value: Value) => void;
}

/** One of a few, as radio buttons. */
export function ChoiceField<Value extends string>(props: ChoiceFieldProps<Value>) {
  const { legend, id, help, error, isRequired = false, choices, value, onChange } = props;
  const generated = useId();
  const name = id ?? generated;
  const described = [help && `${name}-help`, error && `${name}-error`].filter(Boolean).join(' ');
  return (
    <fieldset className="choices" id={name} tabIndex={-1} aria-describedby={described || undefined}>
      <legend>
        {legend}
        {isRequired && <span className="field-required"> (required)</span>}
      </legend>
      <FieldNotes {...{ name, help, error }} />
      {choices.map((choice) => (
        <label key={choice.value} className="choice">
          <input
            type="radio"
            name={name}
            value={choice.value}
            checked={value === choice.value}
            onChange={() => onChange(choice.value)}
          />
          <span>
            {choice.label}
            {choice.help && <span className="field-help"> {choice.help}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

export interface SummaryError {
  message: string;
  /** The id of the field to go to; without it the sentence stands alone. */
  fieldId?: string;
}

/** What is wrong, at the top of a form. It takes the focus each time `errors` is another array, and links to each field. */
export function ErrorSummary({ title, errors }: { title: string; errors: readonly SummaryError[] }) {
  const summary = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (errors.length > 0) summary.current?.focus();
  }, [errors]);
  if (errors.length === 0) return null;
  return (
    <div ref={summary} className="error-summary" role="alert" tabIndex={-1}>
      <h2>{title}</h2>
      <ul>
        {errors.map(({ message, fieldId }) => (
          <li key={message}>
            {fieldId ? (
              <a href={`#${fieldId}`} onClick={focusField(fieldId)}>
                {message}
              </a>
            ) : (
              message
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Without touching the address, which the router owns. */
const focusField = (id: string) => (event: { preventDefault: () => void }) => {
  event.preventDefault();
  document.getElementById(id)?.focus();
};
