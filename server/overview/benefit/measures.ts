import { measuredOutcomes } from '../../benefits/measured.queries.js';
import type { BenefitMeasures } from '../../contract/benefit-page.js';
import type { Figure } from '../../contract/trace.js';
import { fractionOf } from '../../core/benefit-status.js';
import { textOf } from '../../trace/figure.js';
import { isInSight } from '../../trace/figures/measures.js';
import type { Question } from '../traced-figures.js';
import { type AskedBenefit, waysBack } from './asked.js';

const OUTCOME_LAYER = 3;

type Item = BenefitMeasures['items'][number];

/** Did the measure move? What a benefit is measured by, in its own unit, beside what that is worth. */
export const measuresOf = async (asked: AskedBenefit): Promise<BenefitMeasures> => {
  const { context, facts, figures } = asked;
  const stated = (figure: Figure, question: Question, value: string | null) =>
    value === null ? null : { value, trace: figures.path(figure, question) };
  const { chain } = (await context.chain()).whole;
  const { nodes } = await waysBack(asked);
  const ids = [...nodes].filter((node) => chain.layerOf[node] === OUTCOME_LAYER).map((node) => chain.nodes[node]!.id);
  const outcomes = (await measuredOutcomes(context.manager, ids, context.reading.end)).filter(isInSight(context));
  const items: Item[] = facts.isMoney ? [] : [ownItem(asked)];
  const lacking: BenefitMeasures['lacking'] = [];
  for (const { id: _id, unitId: _unitId, ...outcome } of outcomes)
    items.push({
      ...outcome,
      kind: 'outcome',
      baseline: stated('measure.baseline', { type: 'outcome', ref: outcome.code }, outcome.baseline),
      target: stated('measure.target', { type: 'outcome', ref: outcome.code }, outcome.target),
      planned: [],
      measured: outcome.measured.map((each) => ({
        ...each,
        trace: figures.path('measure.value', { type: 'outcome', ref: outcome.code, on: each.on }),
      })),
    });
  const drawn = items.filter(({ kind, code, name, baseline, measured, planned }) => {
    const isMeasured = measured.length > 0 || planned.length > 0;
    if (!isMeasured) lacking.push({ type: kind, code, name, lacks: 'measurement' });
    else if (baseline === null) lacking.push({ type: kind, code, name, lacks: 'baseline' });
    return isMeasured;
  });
  return {
    code: facts.code,
    period: context.reading.period,
    conversion: facts.conversion,
    isMoney: facts.isMoney,
    items: drawn,
    lacking,
  };
};

/** A benefit that is not money by its own values: each month's plan and what came. */
const ownItem = ({ context, figures, facts, cells, unit }: AskedBenefit): Item => {
  const question = (month: string) =>
    ({ type: 'benefit', ref: facts.code, span: 'period', month, period: context.reading.period }) as const;
  const text = (amount: string): string => textOf(fractionOf(amount), unit);
  return {
    kind: 'benefit',
    code: facts.code,
    name: facts.name,
    unit: facts.unit,
    better: facts.better,
    baseline:
      facts.baseline === null
        ? null
        : {
            value: text(facts.baseline),
            trace: figures.path('measure.baseline', { type: 'benefit', ref: facts.code }),
          },
    target: null,
    targetOn: null,
    planned: cells.flatMap(({ month, planned }) =>
      planned === null
        ? []
        : [{ on: month, value: { value: text(planned), trace: figures.path('node.planned', question(month)) } }],
    ),
    measured: cells.flatMap(({ month, realised }) =>
      realised === null || `${month}-01` >= context.reading.end
        ? []
        : [{ on: month, value: text(realised), trace: figures.path('node.realised', question(month)), evidence: null }],
    ),
  };
};
