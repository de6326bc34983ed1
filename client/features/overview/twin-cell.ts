import type { TracedFigure } from '../../../server/contract/overview.js';
import type { TwinCell } from '../../charts/twin';
import { inFull, percentInFull } from '../../lib/format';
import { stepOfLink } from '../../lib/trace-path';
import type { PageScope } from '../../ui/page-scope';

/** A figure in the table twin of a drawing: every digit, and its trace. */
export function cellOf({ value, trace }: TracedFigure, name: string, page: PageScope): TwinCell {
  if (value === null) return null;
  return {
    number: value,
    printed: inFull(value),
    trace: stepOfLink(trace, page),
    label: `${name} ${inFull(value, page.currency)}`,
  };
}

export function shareCellOf({ value, trace }: TracedFigure, name: string, page: PageScope): TwinCell {
  if (value === null) return null;
  const printed = percentInFull(value);
  return { number: value, printed, trace: stepOfLink(trace, page), label: `${name} ${printed}` };
}
