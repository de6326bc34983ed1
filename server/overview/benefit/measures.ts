import type { BenefitMeasures } from '../../contract/benefit-page.js';
import { fractionOf } from '../../core/benefit-status.js';
import { textOf } from '../../trace/figure.js';
import { type AskedBenefit, isInSight, waysBack } from './asked.js';
import { measuredOutcomes } from './benefit.queries.js';

const OUTCOME_LAYER = 3;

type Item = BenefitMeasures['items'][number];

/** Did the measure move? What a benefit is measured by, in its own unit, beside what that is worth. */
export const measuresOf = async (asked: AskedBenefit): Promise<BenefitMeasures> => {
  const { context, facts } = asked;
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
      planned: [],
      measured: outcome.measured.map((each) => ({ ...each, trace: null })),
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
    baseline: facts.baseline,
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
