import { Field } from './field';
import { REASON } from './reason';

/** A line. Shorter than the server takes: it travels in a header, which must pass every proxy in any script. */
const MOST = 500;

interface ReasonFieldProps {
  value: string;
  onChange: (reason: string) => void;
  /** Where it is not said as everywhere. */
  help?: string;
  /** It was asked for just now. */
  autoFocus?: boolean;
}

/** Why something that figures are made of is changed. */
export function ReasonField({ value, onChange, ...own }: ReasonFieldProps) {
  return (
    <div className="reason-field">
      <Field
        {...REASON}
        {...own}
        autoComplete="off"
        maxLength={MOST}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
    </div>
  );
}
