import { minus } from '../../core/exact-amounts.js';
import { BENEFIT_STATUSES } from '../../contract/status.js';
import { previousPeriod } from '../../core/period.js';
import type { BenefitStanding } from '../../benefits/standing.service.js';
import type { Figure } from '../../contract/trace.js';
import type { TraceContext } from '../context.js';
import { COUNT, type FigureDefinition, type Input, type Listed, whole } from '../figure.js';
import { listed } from './counts.js';
import { capitalised, STATUS_WORDS } from './words.js';

const history = ['benefit_value', 'benefit', 'settings', 'import'];

interface Counted {
  readonly id: Figure;
  readonly title: string;
  readonly text: string;
  readonly expression: string;
  readonly counts: (of: BenefitStanding) => boolean;
  /** Which benefits could count: where there is none, 0 says nothing. */
  readonly among: (of: BenefitStanding) => boolean;
  /** Counts that explain this one. */
  readonly inputs: (context: TraceContext) => Promise<Input[]>;
}

const found = async (context: TraceContext, counts: Counted['counts']): Promise<BenefitStanding[]> =>
  (await context.standingsToDate()).filter(counts);

const countInput = async (context: TraceContext, label: string, definition: Counted): Promise<Input> => ({
  label,
  value: whole((await found(context, definition.counts)).length),
  unit: COUNT,
  trace: context.path(definition.id),
});

/** A count of benefits of the scope, to date. */
const counted = (definition: Counted): FigureDefinition => ({
  id: definition.id,
  formula: { text: definition.text, expression: definition.expression },
  forStakeholders: true,
  history,
  async work(context) {
    return {
      title: definition.title,
      unit: COUNT,
      value: whole((await found(context, definition.counts)).length),
      isNone: (await found(context, definition.among)).length === 0,
      inputs: await definition.inputs(context),
      quality: [],
    };
  },
  records: async (context) => ({
    of: 'list',
    title: definition.title,
    unit: COUNT,
    items: (await found(context, definition.counts)).map(listed),
  }),
});

const isDue = ({ standing }: BenefitStanding): boolean => standing.status !== 'not_due';
const isDueAndNoMoney = (of: BenefitStanding): boolean => !of.row.money && isDue(of);

/** A benefit that is due has one of these; they add up to all that are due. */
const DUE_STATUSES = BENEFIT_STATUSES.filter((status) => status !== 'not_due');

const DUE: Counted = {
  id: 'due',
  title: 'Benefits with a plan to date',
  text: 'Benefits, money or not, for which something is planned to date.',
  expression: 'n(benefits with a planned value to date)',
  counts: isDue,
  among: () => true,
  inputs: async (context) =>
    Promise.all(
      DUE_STATUSES.map(async (status) => ({
        label: capitalised(STATUS_WORDS[status]),
        value: whole((await found(context, ({ standing }) => standing.status === status)).length),
        unit: COUNT,
        trace: context.path('status', { kind: status }),
      })),
    ),
};

const MEASURED: Counted = {
  id: 'measured',
  title: 'Measured benefits',
  text: 'Benefits with a plan to date that have a realised value; of those counted by a mean or latest value, in a month that is planned.',
  expression: 'n(benefits with a planned and a realised value to date)',
  counts: (of) => isDue(of) && of.standing.status !== 'unmeasured',
  among: () => true,
  inputs: async (context) => [
    await countInput(context, 'Benefits with a plan to date', DUE),
    {
      label: 'Benefits not measured',
      value: whole((await found(context, ({ standing }) => standing.status === 'unmeasured')).length),
      unit: COUNT,
      trace: context.path('status', { kind: 'unmeasured' }),
    },
  ],
};

const NON_FINANCIAL: Counted = {
  id: 'non_financial',
  title: 'Non-financial benefits with a plan to date',
  text: 'Benefits that are not money and for which something is planned to date; those that are not due yet are left out.',
  expression: 'n(benefits that are not money and are due)',
  counts: isDueAndNoMoney,
  among: (of) => !of.row.money,
  inputs: async (context) => [
    {
      label: 'Non-financial benefits that are not due yet',
      value: whole((await found(context, (of) => !of.row.money && !isDue(of))).length),
      unit: COUNT,
      trace: null,
    },
  ],
};

const ON_TRACK: Counted = {
  id: 'non_financial_on_track',
  title: 'Non-financial benefits on track',
  text: 'Benefits that are not money and whose computed status is on track.',
  expression: 'n(benefits that are not money and are on track)',
  counts: (of) => !of.row.money && of.standing.status === 'on_track',
  among: isDueAndNoMoney,
  inputs: async (context) => [await countInput(context, 'Non-financial benefits with a plan to date', NON_FINANCIAL)],
};

/** The same scope at the end of the period before. */
const before = (context: TraceContext): TraceContext =>
  context.within({ period: previousPeriod(context.reading.period) });

const changed = async (context: TraceContext): Promise<Listed[]> => {
  const [now, then] = [await found(context, ON_TRACK.counts), await found(before(context), ON_TRACK.counts)];
  const ids = (of: readonly BenefitStanding[]): Set<string> => new Set(of.map(({ row }) => row.id));
  const [isNow, wasThen] = [ids(now), ids(then)];
  return [
    ...now.filter(({ row }) => !wasThen.has(row.id)).map((of) => ({ ...listed(of), note: 'now on track' })),
    ...then
      .filter(({ row }) => !isNow.has(row.id))
      .map((of) => ({ ...listed(of), note: 'no longer on track', amount: whole(-1) })),
  ];
};

/** Question: are more benefits that are not money on track than a period ago? A difference of counts. */
const change: FigureDefinition = {
  id: 'change.non_financial_on_track',
  formula: {
    text: 'Non-financial benefits on track at the end of this period, less those at the end of the period before.',
    expression: 'n(on track at the end of this period) − n(on track at the end of the period before)',
  },
  forStakeholders: true,
  history,
  async work(context) {
    const now = await countInput(context, 'On track at the end of this period', ON_TRACK);
    const then = await countInput(before(context), 'On track at the end of the period before', ON_TRACK);
    return {
      title: 'Change of the non-financial benefits on track',
      unit: COUNT,
      value: minus(now.value!, then.value!),
      isNone: (await found(context, isDueAndNoMoney)).length === 0,
      inputs: [now, then],
      quality: [],
    };
  },
  records: async (context) => ({
    of: 'list',
    title: 'Benefits that came on track or left it',
    unit: COUNT,
    items: await changed(context),
  }),
};

/** Counts of benefits by what is planned and measured. */
export const dueFigures: readonly FigureDefinition[] = [
  ...[DUE, MEASURED, NON_FINANCIAL, ON_TRACK].map(counted),
  change,
];
