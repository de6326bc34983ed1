import type { CapabilityState } from '../../capabilities/mismatch.service.js';
import type { ChainFacts } from '../../chain/chain.facts.js';
import { fractionOf } from '../../core/benefit-status.js';
import { LAYERS } from '../../core/shares.js';
import { weightsAt, wholeNodes } from '../../core/weights.js';
import { invalidField, notFound } from '../../http/problem.js';
import type { TraceContext } from '../context.js';
import { totalOf } from '../records.js';
import { type FigureDefinition, type Input, type Listed, type Records, SHARE, type Unit } from '../figure.js';

/** How strong capabilities are, what they lack, and whether the money is there. */

const CAPABILITY = LAYERS.indexOf('capability');
export const LEVEL: Unit = { name: 'level', decimals: 1, trimmed: true };
export const ASSESSED = ['maturity_assessment', 'capability', 'import'];
export const MONEY = ['investment_cost', 'link', 'exchange_rate', 'import'];

/** The capability that a question names. */
export const asked = async (context: TraceContext): Promise<CapabilityState> => {
  const { type, ref } = context.query;
  if (type !== 'capability' || !ref)
    throw invalidField(
      'type',
      'field.invalid',
      'This figure is of one capability. Name it by type=capability and ref.',
    );
  const { items } = await context.capabilities();
  const wanted = ref.toLowerCase();
  const found =
    items.find(({ row }) => row.id === wanted) ?? items.find(({ row }) => row.code.toLowerCase() === wanted);
  if (!found) throw notFound();
  return found;
};

/** In a portfolio nothing is known of levels, whatever else is missing. */
export const reasonIn = async <Reason extends string>(
  context: TraceContext,
  reason: Reason,
): Promise<Reason | 'not_in_scope'> => (await context.capabilities()).unassessed ?? reason;

export const named = ({ row }: CapabilityState): string => `${row.code} ${row.name}`;

/** What its level rests on. */
const said = ({ row }: CapabilityState): string[] => [
  ...(row.assessor === null
    ? []
    : [`Assessed by ${row.assessor}${row.assessedOn === null ? '' : ` on ${row.assessedOn}`}.`]),
  ...(row.level === null ? [] : [row.evidence ? `Evidence: ${row.evidence}` : 'No evidence is stated.']),
];

export const listed = (state: CapabilityState, note: string | null, amount: Listed['amount']): Listed => ({
  type: 'capability',
  code: state.row.code,
  name: state.row.name,
  at: state.row.assessedOn,
  note,
  entered: state.row.level,
  enteredUnit: state.row.level === null ? null : LEVEL.name,
  amount,
});

/** Question: how strong is this capability? A level from 0 to 5; null where it was never assessed. */
const level: FigureDefinition = {
  id: 'maturity.level',
  formula: {
    text: 'The level of the latest assessment before the end of the period, from 0 to 5.',
    expression: 'level(latest assessment)',
  },
  forStakeholders: false,
  history: ASSESSED,
  async work(context) {
    const state = await asked(context);
    const { level: found } = state.row;
    return {
      title: `Maturity of ${named(state)}`,
      unit: LEVEL,
      value: found === null ? null : fractionOf(found),
      nullReason: await reasonIn(context, 'not_assessed'),
      inputs: [],
      quality: said(state),
    };
  },
  async records(context) {
    const state = await asked(context);
    const { level: found, assessor } = state.row;
    const items = found === null ? [] : [listed(state, assessor, fractionOf(found))];
    return { of: 'list', title: `Latest assessment of ${named(state)}`, unit: LEVEL, items };
  },
};

/** Question: how far is this capability from where it has to be? Levels; 0 where the target is reached. */
const gap: FigureDefinition = {
  id: 'maturity.gap',
  formula: {
    text: 'Levels that are missing to the target, by the latest assessment before the end of the period; 0 where the target is reached.',
    expression: 'max(0, target − level)',
  },
  forStakeholders: false,
  history: ASSESSED,
  async work(context) {
    const state = await asked(context);
    const { target, level: found } = state.row;
    const input = (label: string, text: string | null, trace: string | null): Input => ({
      label,
      value: text === null ? null : fractionOf(text),
      unit: LEVEL,
      trace,
    });
    return {
      title: `Maturity gap of ${named(state)}`,
      unit: LEVEL,
      value: state.gap,
      nullReason: await reasonIn(context, found === null ? 'not_assessed' : 'nothing_stated'),
      inputs: [
        input('Target', target, null),
        input('Level', found, context.path('maturity.level', { type: 'capability', ref: state.row.code })),
      ],
      quality: said(state),
    };
  },
  async records(context) {
    const state = await asked(context);
    const items = state.gap === null ? [] : [listed(state, `target ${state.row.target}`, state.gap)];
    return { of: 'list', title: `Levels missing to the target of ${named(state)}`, unit: LEVEL, items };
  },
};

const indexesOf = (facts: ChainFacts, states: readonly CapabilityState[]): number[] => {
  const ids = new Set(states.map(({ row }) => row.id));
  return facts.rows.flatMap(({ id }, index) => (ids.has(id) ? [index] : []));
};

export const costRecords = async (
  context: TraceContext,
  states: readonly CapabilityState[],
  title: string,
): Promise<Records> => {
  const facts = await context.chain();
  const weights = weightsAt(facts.whole.chain, 'allocation', wholeNodes(CAPABILITY, indexesOf(facts, states)));
  return { of: 'costs', title, unit: context.money, column: 'actual', weights };
};

export const spendOnMap = async (context: TraceContext): Promise<Input> => ({
  label: 'Spend that reaches the capabilities of the map',
  value: (await context.capabilities()).needs.spend,
  unit: context.money,
  trace: context.query.orgUnit === undefined ? context.path('reached.capability') : null,
});

/** Question: what part of the spend on capabilities reaches this one? A fraction. */
const spendShare: FigureDefinition = {
  id: 'maturity.spend_share',
  formula: {
    text: 'Spend that reaches the capability divided by the spend that reaches all capabilities of the map.',
    expression: 'C(k) ÷ Σ C(capabilities)',
  },
  forStakeholders: false,
  history: MONEY,
  async work(context) {
    const state = await asked(context);
    return {
      title: `Share of spend at ${named(state)}`,
      unit: SHARE,
      value: state.need.spendShare,
      nullReason: 'no_spend',
      inputs: [
        {
          label: `Spend that reaches ${state.row.code}`,
          value: state.cost,
          unit: context.money,
          trace: context.path('node.cost', { type: 'capability', ref: state.row.code }),
        },
        await spendOnMap(context),
      ],
      quality: [],
    };
  },
  async records(context) {
    const state = await asked(context);
    return costRecords(context, [state], `Numerator: actual cost, the part that reaches ${named(state)}`);
  },
};

/** What of the cost of skills reaches one capability. */
const skillsRecords = async (context: TraceContext, state: CapabilityState): Promise<Records> => {
  const facts = await context.chain();
  const weights = weightsAt(facts.whole.chain, 'allocation', wholeNodes(CAPABILITY, indexesOf(facts, [state])));
  const title = `Actual cost of kind skills, the part that reaches ${named(state)}`;
  return { of: 'costs', title, unit: context.money, column: 'skills', weights };
};

/** Question: what do we spend on the skills of the people behind this capability? Money; 0 where nothing is. */
const skillsSpend: FigureDefinition = {
  id: 'maturity.skills_spend',
  formula: {
    text: 'Actual cost of kind skills, each month at its exchange rate, times the part that the links lead to the capability.',
    expression: 'Σ actual(skills) × rate(currency, month) × share(investment→k)',
  },
  forStakeholders: false,
  history: MONEY,
  async work(context) {
    const state = await asked(context);
    const { count, amount } = await totalOf(context, await skillsRecords(context, state));
    const reaching = {
      label: `Spend that reaches ${state.row.code}`,
      value: state.cost,
      unit: context.money,
      trace: context.path('node.cost', { type: 'capability', ref: state.row.code }),
    };
    return {
      title: `Spend on skills that reaches ${named(state)}`,
      unit: context.money,
      value: amount,
      isNone: count === 0,
      inputs: [reaching],
      quality: count === 0 ? ['No cost of kind skills is recorded that reaches it.'] : [],
    };
  },
  async records(context) {
    return skillsRecords(context, await asked(context));
  },
};

export const maturityFigures: readonly FigureDefinition[] = [level, gap, spendShare, skillsSpend];
