import type { TraceStep } from '../../lib/trace-path';
import type { Field } from './staged';

/** What stands behind a cell: what is stored of the month, in the benefit's own currency or unit. What is typed over it is not stored yet. */
export const traceOf = (benefit: string, month: string, field: Field): TraceStep => ({
  figure: `value.${field}`,
  type: 'benefit',
  ref: benefit,
  month,
});
