import type { TracedFigure, VarianceFigure } from '../../../server/contract/overview.js';
import type { TwinCell } from '../../charts/twin';
import { isNegative, isZero } from '../../../server/contract/decimal.js';
import { inFull, percentInFull } from '../../../server/contract/format.js';
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

/** A difference in a table twin: signed in print and in the file; its name says what it means for the business. */
export function varianceCellOf(figure: VarianceFigure, name: string, page: PageScope): TwinCell {
  return signedCell(figure, name, page, (value) => [inFull(value), inFull(value, page.currency)]);
}

export function varianceShareCellOf(figure: VarianceFigure, name: string, page: PageScope): TwinCell {
  return signedCell(figure, name, page, (value) => [percentInFull(value), percentInFull(value)]);
}

function signedCell(
  { value, trace, impact }: VarianceFigure,
  name: string,
  page: PageScope,
  print: (value: string) => readonly [printed: string, spoken: string],
): TwinCell {
  if (value === null) return null;
  const sign = isZero(value) || isNegative(value) ? '' : '+';
  const [printed, spoken] = print(value);
  return {
    number: `${sign}${value}`,
    printed: `${sign}${printed}`,
    trace: stepOfLink(trace, page),
    label: `${name} ${sign}${spoken}${impact === 'neutral' ? '' : `, ${impact}`}`,
  };
}
