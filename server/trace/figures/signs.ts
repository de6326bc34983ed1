import { type OwnFigures, type PartFigureId, type Widest, widestPoint } from '../../signs/own-figures.service.js';
import { type Fraction, ZERO } from '../../core/exact-amounts.js';
import { fractionOf, sumOf } from '../../core/benefit-status.js';
import type { TraceContext } from '../context.js';
import { COUNT, divided, type FigureDefinition, type Input, type Listed, SHARE, textOf, whole } from '../figure.js';

/** Figures of the signs of misalignment that are no metric (model §6). */

interface Own {
  readonly id: PartFigureId;
  readonly title: string;
  readonly text: string;
  readonly expression: string;
  /** A share of these; a count has none. */
  readonly of: string | null;
  /** What each record is, for the title of their list. */
  readonly records: string;
  readonly history: readonly string[];
  readonly threshold?: string;
  readonly quality?: string;
}

const OWN: readonly Own[] = [
  {
    id: 'sign.unowned_share',
    title: 'Chain records without an owner',
    text: 'Investments, initiatives, capabilities, outcomes and benefits without an owner, divided by all of them. Archived records do not count. Owners are as of now.',
    expression: 'n(records without an owner) ÷ n(records of the chain)',
    of: 'Records of the chain',
    records: 'records without an owner',
    history: ['investment', 'initiative', 'capability', 'outcome', 'benefit', 'import'],
  },
  {
    id: 'sign.shared_capabilities',
    title: 'Capabilities changed by several org units',
    text: 'Capabilities that initiatives of so many org units, or more, lead to. Initiatives without an org unit do not count. Links are as of now.',
    expression: 'n(capabilities with n(org units of their initiatives) ≥ threshold)',
    of: null,
    records: 'capabilities with initiatives of several org units',
    history: ['link', 'initiative', 'capability', 'settings', 'sign_thresholds', 'import'],
    threshold: 'Org units from which on a capability counts',
  },
  {
    id: 'sign.unexplained_priorities',
    title: 'Priority changes without a rationale',
    text: 'Priorities whose rank differs from that of the period before, or that had none, and for which nobody wrote why. None where one of the two periods has no ranking.',
    expression: 'n(priorities of P with another rank than in P − 1 and no rationale)',
    of: null,
    records: 'priority changes without a rationale',
    history: ['priority_ranking', 'priority', 'import'],
    quality: 'A priority that is no longer ranked has no place for a rationale, and does not count.',
  },
  {
    id: 'sign.unserving_share',
    title: 'Own indicators that serve nothing',
    text: 'Own indicators that name neither an outcome nor a capability, divided by all own indicators: they show activity, not value. What they serve is as of now.',
    expression: 'n(own indicators that serve nothing) ÷ n(own indicators)',
    of: 'Own indicators',
    records: 'own indicators that serve nothing',
    history: ['indicator', 'import'],
  },
  {
    id: 'sign.unmeasured_share',
    title: 'Benefits due and not measured',
    text: 'Benefits with something planned to the end of the period and nothing realised, divided by the benefits with something planned to the end of the period.',
    expression: 'n(benefits not measured) ÷ n(benefits with a plan to date)',
    of: 'Benefits with a plan to date',
    records: 'benefits due and not measured',
    history: ['benefit_value', 'benefit', 'import'],
    quality: 'A benefit of which nothing is due yet counts neither as measured nor as not measured.',
  },
  {
    id: 'sign.above_level_share',
    title: 'Decided above the intended level',
    text: 'Decisions decided in the period at a higher level than was intended for them, divided by those decided in the period that state both levels.',
    expression: 'n(decided level > intended level) ÷ n(both levels stated), decided in P',
    of: 'Decisions with both levels',
    records: 'decisions above the intended level',
    history: ['decision', 'import'],
  },
  {
    id: 'sign.forum_overlaps',
    title: 'Kinds of decision that several forums decide',
    text: 'Kinds of decision for one scope that two or more forums decide, whatever their level. Forums that state no scope share one: the whole enterprise. Forums are as of now.',
    expression: 'n(kind × scope with two or more forums)',
    of: null,
    records: 'kinds with several forums for one scope',
    history: ['forum', 'import'],
  },
  {
    id: 'sign.far_target_share',
    title: 'Targets that lie furthest from business impact',
    text: 'Metrics with a target in force in the period that lie four steps from business impact, divided by all metrics with a target in force: who steers by these alone steers by activity. It stands beside the tests of its sign and decides nothing.',
    expression: 'n(metrics with a target, distance 4) ÷ n(metrics with a target)',
    of: 'Metrics with a target',
    records: 'metrics furthest from business impact',
    history: ['metric_target', 'import'],
  },
  {
    id: 'sign.unmeasured_outcome_share',
    title: 'Outcomes without a measurement',
    text: 'Outcomes of which nothing was measured before the end of the period, divided by all outcomes. It stands beside the tests of its sign and decides nothing.',
    expression: 'n(outcomes without a measurement) ÷ n(outcomes)',
    of: 'Outcomes',
    records: 'outcomes without a measurement',
    history: ['outcome', 'outcome_measurement', 'import'],
  },
  {
    id: 'sign.unevidenced_benefit_share',
    title: 'Benefits realised without evidence',
    text: 'Benefits of whose realised values to the end of the period none has evidence that holds today and none is confirmed, divided by the benefits with a realised value. It stands beside the tests of its sign and decides nothing.',
    expression: 'n(benefits realised without evidence) ÷ n(benefits realised to date)',
    of: 'Benefits with a realised value',
    records: 'benefits without evidence',
    history: ['benefit_value', 'value_entry', 'evidence_item', 'benefit', 'import'],
  },
];

const inputsOf = (own: Own, { part, of, threshold }: Awaited<ReturnType<OwnFigures['one']>>): Input[] => [
  ...(own.of === null
    ? []
    : [
        { label: capitalised(own.records), value: whole(part), unit: COUNT, trace: null },
        { label: own.of, value: whole(of), unit: COUNT, trace: null },
      ]),
  ...(own.threshold === undefined || threshold === null
    ? []
    : [{ label: own.threshold, value: fractionOf(threshold), unit: { ...SHARE, name: 'count' }, trace: null }]),
];

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const defined = (own: Own): FigureDefinition => ({
  id: own.id,
  formula: { text: own.text, expression: own.expression },
  forStakeholders: false,
  history: own.history,
  async work(context) {
    const found = await context.signs.one(context.manager, context.reading, own.id);
    return {
      title: own.title,
      unit: own.of === null ? COUNT : SHARE,
      value:
        found.nullReason === null
          ? own.of === null
            ? whole(found.part)
            : divided(whole(found.part), whole(found.of))
          : null,
      ...(found.nullReason !== null && { nullReason: found.nullReason }),
      inputs: inputsOf(own, found),
      quality: own.quality === undefined ? [] : [own.quality],
    };
  },
  records: async (context) => ({
    of: 'list',
    title: own.of === null ? own.title : `Numerator: 1 for ${own.records}, 0 for the others`,
    unit: COUNT,
    items: await listed(context, own.id),
  }),
});

const listed = async (context: TraceContext, id: PartFigureId): Promise<Listed[]> =>
  (await context.signs.items(context.manager, context.reading, id)).map((item) => ({
    ...item,
    amount: whole(item.counts ? 1 : 0),
  }));

/** Question: does money go to the widest gaps? A fraction of the spend of the period that reaches capabilities. */
const widest: FigureDefinition = {
  id: 'sign.widest_gap_spend_share',
  formula: {
    text: 'Spend of the period that reaches the strategic capabilities whose gap between target and level is the mean gap of all strategic ones or more, divided by the spend that reaches capabilities. Held against their equal part: so many of all capabilities that money can reach.',
    expression: 'Σ C_P(widest gaps) ÷ Σ C_P(capabilities)',
  },
  forStakeholders: false,
  history: ['maturity_assessment', 'capability', 'investment_cost', 'link', 'import'],
  async work(context) {
    const found = await context.signs.widest(context.manager, context.reading);
    const { value, nullReason, limit } = widestPoint(found);
    const reached = sumOf((found?.capabilities ?? []).map(({ cost }) => cost));
    const asked = context.within({ span: 'period' });
    return {
      title: 'Spend on the widest gaps of strategic capabilities',
      unit: SHARE,
      value: value as Fraction | null,
      ...(value === null && { nullReason: nullReason ?? 'no_gap' }),
      inputs: [
        { label: 'Spend that reaches the widest gaps', value: reached, unit: context.money, trace: null },
        { label: 'Their equal part', value: limit ?? null, unit: SHARE, trace: null },
        ...(found?.capabilities ?? []).map(({ code, name, cost }) => ({
          label: `${code} ${name}`,
          value: cost,
          unit: context.money,
          trace: asked.path('node.cost', { type: 'capability', ref: code }),
        })),
      ],
      quality: [],
    };
  },
  records: async (context) => ({
    of: 'list',
    title: 'Numerator: spend that reaches the widest gaps, 0 for the other capabilities',
    unit: context.money,
    items: await reachedBySpend(context),
  }),
};

/** All capabilities with what reaches them, as entered; it counts where the gap is among the widest. */
const reachedBySpend = async (context: TraceContext): Promise<Listed[]> => {
  const found = await context.signs.widest(context.manager, context.reading);
  const item = ({ code, name, owner, cost }: Widest['others'][number], counts: boolean): Listed => ({
    type: 'capability',
    code,
    name,
    note: `${counts ? 'among the widest gaps' : 'another'}${owner === null ? '' : `, ${owner}`}`,
    entered: textOf(cost, context.money),
    enteredUnit: context.money.name,
    amount: counts ? cost : ZERO,
  });
  return [
    ...(found?.capabilities ?? []).map((each) => item(each, true)),
    ...(found?.others ?? []).map((each) => item(each, false)),
  ];
};

export const signFigures: readonly FigureDefinition[] = [...OWN.map(defined), widest];
