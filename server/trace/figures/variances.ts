import type { TraceContext } from '../context.js';
import type { FigureDefinition, Records } from '../figure.js';
import { difference, overLife, type Part, quotientOf } from './difference.js';
import { planned, realised } from './funnel.js';
import { expected, outlook } from './outlook.js';
import { budget, spend, tracedSpend } from './spend.js';
import { costNotReaching } from './unreached.js';

const costHistory = ['investment_cost', 'investment', 'exchange_rate', 'import'];
const valueHistory = ['benefit_value', 'benefit', 'exchange_rate', 'import'];
const linkHistory = ['link', 'investment_cost', 'exchange_rate', 'import'];

const values =
  (column: Extract<Records, { of: 'values' }>['column'], at?: (context: TraceContext) => TraceContext) =>
  async (context: TraceContext, title: string): Promise<Records> => ({
    of: 'values',
    title: `${title}, by benefit and month`,
    unit: context.money,
    column,
    weights: null,
    ...(at && { months: at(context) }),
  });

const lifePlan: Part = { label: 'Planned value over the whole life', figure: planned, at: overLife };
const plan: Part = { label: 'Planned value', figure: planned };

/** Question: did we spend what we planned? Unit: reporting currency; above 0 is more than planned. */
const ofSpend = difference(
  {
    id: 'variance.spend',
    title: 'Spend less budget',
    text: 'Actual cost less planned cost of all investments, each month at its exchange rate.',
    expression: 'Σ actual − Σ planned',
    forStakeholders: false,
    history: costHistory,
    of: { label: 'Spend', figure: spend },
    less: { label: 'Budget', figure: budget },
    needs: { of: 'no_spend', less: 'nothing_planned' },
    quality: async (context) => {
      const missing = await context.unreportedCosts();
      const { quality } = await context.worked(spend);
      return missing === 0
        ? [...quality]
        : [`${missing} planned costs have no actual: less spent than planned is not judged.`, ...quality];
    },
  },
  async (context, title) => ({ of: 'costs', title, unit: context.money, column: 'variance', weights: null }),
);

/** Question: how much of the spend reaches no benefit? The same as untraced spend, below 0. */
const ofTracedSpend = difference(
  {
    id: 'variance.traced_spend',
    title: 'Spend that reaches a benefit, less spend',
    text: 'What reaches a benefit less all that was spent: below 0 by the spend that reaches none.',
    expression: 'Σ C(benefits) − spend',
    forStakeholders: false,
    history: linkHistory,
    of: { label: 'Spend that reaches a benefit', figure: tracedSpend },
    less: { label: 'Spend', figure: spend },
    needs: { less: 'no_spend' },
  },
  (context, title) => costNotReaching(context, 4, title, -1n),
);

/** Question: did what was planned come? Unit: reporting currency; below 0 is less than planned. */
const ofRealised = difference(
  {
    id: 'variance.realised',
    title: 'Realised less planned value',
    text: 'Realised value less planned value of all money benefits. A month without a report counts as planned and not as realised; where no month has one there is nothing to compare.',
    expression: 'Σ realised − Σ planned',
    forStakeholders: true,
    history: valueHistory,
    of: { label: 'Realised value', figure: realised },
    less: plan,
    needs: { of: 'nothing_measured', less: 'nothing_planned' },
  },
  values('varianceRealised'),
);

/** Question: does the estimate hold the plan? Unit: reporting currency. */
const ofOutlook = difference(
  {
    id: 'variance.outlook',
    title: 'Outlook less planned value',
    text: 'Outlook less planned value of all money benefits over the same months. A month without a forecast has its plan as outlook and adds nothing.',
    expression: 'Σ (forecast, else planned) − Σ planned',
    forStakeholders: true,
    history: valueHistory,
    of: { label: 'Outlook', figure: outlook },
    less: plan,
    needs: { of: 'nothing_recorded', less: 'nothing_planned' },
  },
  values('varianceOutlook'),
);

/** Question: what will be missing in the end? Unit: reporting currency. */
const ofExpected = difference(
  {
    id: 'variance.expected',
    title: 'Expected less planned value',
    text: 'Expected value less planned value over the whole life of all money benefits. Where something is planned in months that are over and none of them is measured, there is nothing to compare.',
    expression: 'expected value − Σ planned over the whole life',
    forStakeholders: true,
    history: valueHistory,
    of: { label: 'Expected value', figure: expected },
    less: lifePlan,
    unknown: (context) => context.unmeasuredPast(),
    needs: { of: 'nothing_recorded', less: 'nothing_planned' },
  },
  values('varianceExpected', overLife),
);

const share = (
  id: 'spend' | 'traced_spend' | 'realised' | 'expected',
  of: FigureDefinition,
  label: string,
  by: Part,
  nullReason: string,
): FigureDefinition =>
  quotientOf({
    id: `variance_share.${id}`,
    title: `${label}, as a share of ${by.label.toLowerCase()}`,
    text: `The difference divided by the size of ${by.label.toLowerCase()}.`,
    expression: `(${label.toLowerCase()}) ÷ |${by.label.toLowerCase()}|`,
    forStakeholders: of.forStakeholders,
    history: of.history,
    of: { label, figure: of },
    by,
    byItsSize: true,
    nullReason,
  });

/** How far figures lie from their plans, as amounts and as shares of the plan. */
export const varianceFigures: readonly FigureDefinition[] = [
  ofSpend,
  ofTracedSpend,
  ofRealised,
  ofOutlook,
  ofExpected,
  share('spend', ofSpend, 'Spend less budget', { label: 'Budget', figure: budget }, 'nothing_planned'),
  share(
    'traced_spend',
    ofTracedSpend,
    'Spend that reaches a benefit, less spend',
    { label: 'Spend', figure: spend },
    'no_spend',
  ),
  share('realised', ofRealised, 'Realised less planned value', plan, 'nothing_planned'),
  share('expected', ofExpected, 'Expected less planned value', lifePlan, 'nothing_planned'),
];
