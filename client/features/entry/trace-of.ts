import type { TraceStep } from '../../lib/trace-path';
import type { Field } from './staged';

const FIGURES = { realised: 'node.realised', forecast: 'node.forecast', planned: 'node.planned' } as const;

/** The fiscal quarter that a month lies in; a fiscal year is named by the calendar year in which it ends. */
export function quarterOf(month: string, fiscalYearStartMonth: number): string {
  const [year = 0, calendarMonth = 1] = month.split('-').map(Number);
  const since = (calendarMonth - fiscalYearStartMonth + 12) % 12;
  const endsNextYear = fiscalYearStartMonth > 1 && calendarMonth >= fiscalYearStartMonth;
  return `${endsNextYear ? year + 1 : year}-Q${Math.floor(since / 3) + 1}`;
}

/** What a cell belongs to: the figure of its benefit in the quarter of its month, with its records behind it. */
export const traceOf = (benefit: string, month: string, field: Field, fiscalYearStartMonth: number): TraceStep => ({
  figure: FIGURES[field],
  type: 'benefit',
  ref: benefit,
  span: 'period',
  period: quarterOf(month, fiscalYearStartMonth),
});
