import { isNegative, isZero } from '../../server/contract/decimal.js';
import { inFull } from '../../server/contract/format.js';
import type { TraceStep } from '../lib/trace-path';
import { Num } from './num';
import { usePageScope } from './page-scope';

interface AsEnteredProps {
  /** The figure that it is: of one record, whatever scope the page has. */
  trace: TraceStep;
  /** What the number is, for its name: `Planned in May 2026`. */
  name: string;
  value: string;
  /** A currency, or the record's own unit; null where none is stated. */
  unit: string | null;
  withUnit?: boolean;
  isSigned?: boolean;
}

/** An amount as it was entered, every digit of it, in its own currency or unit. */
export function AsEntered({ trace, name, value, unit, withUnit = false, isSigned = false }: AsEnteredProps) {
  const { portfolio, orgUnit } = usePageScope();
  const sign = isSigned && !isZero(value) && !isNegative(value) ? '+' : '';
  const spoken = `${sign}${inFull(value, unit ?? '')}`.trim();
  const step = { ...trace, ...(portfolio && { portfolio: '' }), ...(orgUnit && { orgUnit: '' }) };
  return (
    <Num trace={step} label={`${name} ${spoken}`}>
      {withUnit ? spoken : `${sign}${inFull(value)}`}
    </Num>
  );
}
