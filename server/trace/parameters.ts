import type { Figure, TraceQuery } from '../contract/trace.js';
import { TRACE_SPANS } from '../contract/trace.js';
import { comparePeriods } from '../core/period.js';
import { invalidField } from '../http/problem.js';

/** Which spans a figure can be asked in, and whether it can end at a period (`until`) and hold one nature of money only. */
export interface Parameters {
  readonly spans: readonly TraceQuery['span'][];
  readonly until: boolean;
  readonly nature: boolean;
}

const SUMS: readonly Figure[] = [
  'planned',
  'realised',
  'confirmed',
  'evidenced',
  'forecast',
  'outlook',
  'variance.realised',
  'variance_share.realised',
  'variance.outlook',
];
/** Of one record: its own values in any span, whatever the nature. */
const NODE_SUMS: readonly Figure[] = ['node.planned', 'node.forecast', 'node.realised', 'node.confirmed'];
/** What was realised to the period's end and what is expected after it: always the whole life, up to `until`. */
const EXPECTATIONS: readonly Figure[] = ['expected', 'expected_share', 'variance.expected', 'variance_share.expected'];
const STANDINGS: readonly Figure[] = [
  'measured',
  'due',
  'non_financial',
  'non_financial_on_track',
  'change.non_financial_on_track',
];

/** What a figure can be asked for beside period, scope and record. */
export const parametersOf = (figure: Figure): Parameters => {
  if (SUMS.includes(figure)) return { spans: TRACE_SPANS, until: true, nature: true };
  if (NODE_SUMS.includes(figure)) return { spans: TRACE_SPANS, until: true, nature: false };
  if (EXPECTATIONS.includes(figure)) return { spans: ['to_date'], until: true, nature: true };
  if (STANDINGS.includes(figure)) return { spans: ['to_date'], until: false, nature: false };
  return { spans: ['period', 'to_date'], until: false, nature: false };
};

/**
 * Refuses a question that the figure has no answer to.
 *
 * @param period the period that is asked about, settled
 * @throws Problem 422
 */
export const checkParameters = (figure: Figure, { span, until, nature }: TraceQuery, period: string): void => {
  const knows = parametersOf(figure);
  const refuse = (field: string, message: string): never => {
    throw invalidField(field, 'field.invalid', message);
  };
  if (!knows.spans.includes(span))
    refuse('span', `The figure ${figure} is known for the spans ${knows.spans.join(', ')} only.`);
  if (nature !== undefined && !knows.nature)
    refuse('nature', `The figure ${figure} is not split by nature. Leave nature out.`);
  if (until === undefined) return;
  if (!knows.until) refuse('until', `The figure ${figure} always ends with its period. Leave until out.`);
  if (knows.spans.length > 1 && span !== 'later' && span !== 'life')
    refuse('until', 'Only the spans later and life end at another period. Name one of them, or leave until out.');
  if (comparePeriods(until, period) < 0) refuse('until', `until must not lie before the period ${period}.`);
};
