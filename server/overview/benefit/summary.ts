import { measuredOutcomes } from '../../benefits/measured.queries.js';
import type { BenefitSummary } from '../../contract/benefit-page.js';
import type { BenefitStatus } from '../../contract/status.js';
import { isDeclaredBetter } from '../../core/benefit-status.js';
import { dueOn } from '../../core/due-values.js';
import type { DueRules } from '../../benefits/due.service.js';
import { CATALOGUE } from '../../trace/catalogue.js';
import { isInSight } from '../../trace/figures/measures.js';
import { type AskedBenefit, waysBack } from './asked.js';
import { completenessOf } from './completeness.js';
import { isReplanned } from './profile.js';

const BENEFIT_LAYER = 4;
const INVESTMENT_LAYER = 0;

/** How one benefit stands, what its owner says of that, and what it lacks. */
export const summaryOf = async (asked: AskedBenefit, dues: DueRules): Promise<BenefitSummary> => {
  const { context, figures, facts, cells, direction } = asked;
  const one = { type: 'benefit', ref: facts.code } as const;
  const of = (await context.standings()).find(({ row }) => row.id === facts.id)!;
  return {
    code: facts.code,
    name: facts.name,
    period: context.reading.period,
    isMoney: facts.isMoney,
    unit: asked.unitName,
    addsUp: asked.addsUp,
    owner: facts.owner,
    type: facts.type,
    nature: facts.nature,
    better: facts.better,
    status: of.standing.status,
    declared: declaredOf(of, facts.declaredStatus, facts.declaredNote),
    evidenceLevel: of.evidenceLevel,
    planned: await figures.of('node.planned', one),
    baselinePlanned: await figures.of('node.baseline_planned', one),
    realised: await figures.of('node.realised', one),
    confirmed: await figures.of('node.confirmed', one),
    variance: await figures.variance('node.variance', direction, one),
    varianceShare: await figures.variance('node.variance_share', direction, one),
    isPlanFixed: of.row.isPlanFixed,
    isReplanned: isReplanned(cells),
    expected: await figures.of('node.expected', one),
    plannedLife: await figures.of('node.planned', { ...one, span: 'life' }),
    expectedVariance: await figures.variance('node.variance_expected', direction, one),
    rates: await ratesOf(asked),
    forecast: await forecastOf(asked),
    firstDue: firstDueOf(asked, dues),
    completeness: await doamOf(asked, dues),
  };
};

/** What the owner says, and on which side of what is computed it lies, by the order that the register's mismatch goes by. */
export const declaredOf = (
  { standing: { status } }: { standing: { status: BenefitStatus } },
  declared: BenefitStatus | null,
  note: string | null,
): BenefitSummary['declared'] => {
  if (declared === null || declared === status) return { status: declared, note, differs: null };
  if (isDeclaredBetter(declared, status)) return { status: declared, note, differs: 'better' };
  return { status: declared, note, differs: isDeclaredBetter(status, declared) ? 'worse' : 'otherwise' };
};

const ratesOf = async ({ figures, facts }: AskedBenefit): Promise<BenefitSummary['rates']> => {
  const one = { type: 'benefit', ref: facts.code } as const;
  return {
    current: await figures.of('node.realisation_rate', one),
    baseline: await figures.of('node.baseline_realisation_rate', one),
    measured: await figures.of('node.measured_rate', one),
    coverage: await figures.of('node.coverage', one),
  };
};

const forecastOf = async ({ context, figures, facts }: AskedBenefit): Promise<BenefitSummary['forecast']> => {
  const one = { type: 'benefit', ref: facts.code } as const;
  const { value, nullReason } = await context.within(one).worked(CATALOGUE.get('calibrated_forecast')!);
  return {
    claimed: await figures.of('claimed_forecast', one),
    calibrated: await figures.of('calibrated_forecast', one),
    nullReason: value === null ? (nullReason as BenefitSummary['forecast']['nullReason']) : null,
  };
};

/** When the first value is due, of a benefit that has none. */
const firstDueOf = ({ cells }: AskedBenefit, dues: DueRules): BenefitSummary['firstDue'] => {
  if (cells.some(({ isReported }) => isReported)) return null;
  const first = cells.find(({ isExpected }) => isExpected);
  if (!first) return null;
  return { month: first.month, on: dueOn(first.month, dues.dueDay) };
};

const doamOf = async (asked: AskedBenefit, { lastOverdue }: DueRules): Promise<BenefitSummary['completeness']> => {
  const { context, facts, cells } = asked;
  const { chain } = (await context.chain()).whole;
  const { links, nodes } = await waysBack(asked);
  const outcomes = [...nodes].filter((node) => chain.layerOf[node] === BENEFIT_LAYER - 1);
  const ids = outcomes.map((node) => chain.nodes[node]!.id);
  return completenessOf({
    facts,
    cells,
    outcomes: (await measuredOutcomes(context.manager, ids, context.reading.end)).map((outcome) =>
      isInSight(context)(outcome) ? outcome : { ...outcome, code: null },
    ),
    links: {
      all: links.length,
      assumed: links.filter((link) => chain.links[link]!.contribution === null).length,
      reachesInvestment: [...nodes].some((node) => chain.layerOf[node] === INVESTMENT_LAYER),
    },
    lastOverdue,
  });
};
