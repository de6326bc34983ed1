import { Field } from './field';
import { REASON } from './reason';

/** A line. Shorter than the server takes: it travels in a header, which must pass every proxy in any script. */
const MOST = 500;

interface ReasonFieldProps {
  value: string;
  onChange: (reason: string) => void;
}

/** Why something that figures are made of is changed. */
export function ReasonField({ value, onChange }: ReasonFieldProps) {
  return (
    <div className="reason-field">
      <Field
        {...REASON}
        autoComplete="off"
        maxLength={MOST}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
    </div>
  );
}
