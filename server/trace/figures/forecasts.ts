import { claiming, forecastOf, type Forecast, sumReason, withCalibrated } from '../../case/forecast.service.js';
import { sumOf } from '../../core/benefit-status.js';
import { weightsAt, wholeNodes } from '../../core/weights.js';
import { indexOfRef } from '../../chain/chain.service.js';
import { invalidField } from '../../http/problem.js';
import type { TraceContext } from '../context.js';
import { COUNT, type FigureDefinition, type Input, type Listed, type Records, SHARE, whole } from '../figure.js';

/** What benefits claim for the months after the period, and the same times what became of earlier forecasts. */

const history = ['benefit_value', 'benefit', 'exchange_rate', 'import'];

/** The benefit that is asked for, or all of the scope. */
const asked = async (context: TraceContext): Promise<{ one: Forecast | null; all: readonly Forecast[] }> => {
  const { type, ref } = context.query;
  const all = await context.forecasts();
  if (type === undefined && ref === undefined) return { one: null, all };
  const node = context.node();
  if (node.type !== 'benefit')
    throw invalidField('type', 'field.invalid', 'Only a benefit has a forecast of its own. Write type=benefit.');
  const one = forecastOf(all, node.ref);
  return { one, all: [one] };
};

const nameOf = ({ row }: Forecast): string => `${row.code} ${row.name}`;

const planOnly = (all: readonly Forecast[]): string[] => {
  const months = all.filter(({ row }) => row.money).reduce((sum, { row }) => sum + row.planOnlyMonths, 0);
  return months === 0
    ? []
    : [
        `${months} ${months === 1 ? 'month' : 'months'} after the period ${months === 1 ? 'has' : 'have'} a plan and no forecast: nothing of it is claimed here.`,
      ];
};

/** Question: what is still to come, as claimed? Unit: reporting currency; null where nothing is forecast. */
const claimed: FigureDefinition = {
  id: 'claimed_forecast',
  formula: {
    text: 'Forecast value of the months after the period, each at its exchange rate, added up: of one money benefit, or of all of the scope. A month of the period that is not over counts as a later month until it has a realised value. A month without a forecast adds nothing.',
    expression: 'Σ forecast of later months × rate(currency, month)',
  },
  forStakeholders: true,
  history,
  async work(context) {
    const { one, all } = await asked(context);
    const claims = claiming(all);
    return {
      title: one ? `Claimed forecast of ${nameOf(one)}` : 'Claimed forecast',
      unit: context.money,
      value: claims.length === 0 ? null : sumOf(claims.map((of) => of.claimed)),
      nullReason: one && !one.row.money ? 'not_money' : 'no_forecast',
      inputs: one ? [] : context.largest(claims.map((of) => inputOf(context, of, 'claimed'))),
      quality: planOnly(all),
    };
  },
  async records(context): Promise<Records> {
    const { one } = await asked(context);
    const months = { from: '-infinity', to: 'infinity' };
    const base = {
      of: 'values',
      title: 'Forecast values of later months',
      unit: context.money,
      column: 'claimed',
      months,
    } as const;
    if (!one) return { ...base, weights: null };
    const facts = await context.chain();
    const index = indexOfRef(facts, 'benefit', one.row.id);
    return { ...base, weights: weightsAt(facts.whole.chain, 'contribution', wholeNodes(4, [index])) };
  },
};

const inputOf = (
  context: TraceContext,
  of: Forecast,
  kind: 'claimed' | 'calibrated',
): Input & { value: NonNullable<Forecast['claimed']> } => ({
  label: nameOf(of),
  value: of[kind]!,
  unit: context.money,
  trace: context.path(`${kind}_forecast`, { type: 'benefit', ref: of.row.code }),
});

/** What the ratio of one benefit rests on. */
const ratioInputs = (context: TraceContext, of: Forecast): Input[] => [
  { label: 'Realised ÷ forecast three months earlier', value: of.ratio, unit: SHARE, trace: null },
  { label: 'Realised value of those months', value: of.realised, unit: context.money, trace: null },
  { label: 'Forecast of them, three months earlier', value: of.forecastThen, unit: context.money, trace: null },
  { label: 'Values compared', value: whole(of.points), unit: COUNT, trace: null },
  { label: 'Months they are of (8 are needed)', value: whole(of.months), unit: COUNT, trace: null },
];

/** Question: what is still to come, as experience has it? Unit: reporting currency; null where too little is known of earlier forecasts. */
const calibrated: FigureDefinition = {
  id: 'calibrated_forecast',
  formula: {
    text: 'The claimed forecast times what became of earlier forecasts: realised value divided by the forecast in force three months before the month, over all past months of benefits of the same type and portfolio that have both. Of a scope the sum over the benefits for which that is known. It stands beside the claimed forecast, never in its place.',
    expression: 'forecast × Σ realised ÷ Σ forecast made three months earlier; at least 8 months',
  },
  forStakeholders: true,
  history,
  async work(context) {
    const { one, all } = await asked(context);
    const known = withCalibrated(all);
    const claims = claiming(all);
    const title = one ? `Calibrated forecast of ${nameOf(one)}` : 'Calibrated forecast';
    const claim: Input = {
      label: one ? 'Claimed forecast' : 'Claimed forecast of the same benefits',
      value: known.length === 0 && one ? one.claimed : sumOf(known.map((of) => of.claimed)),
      unit: context.money,
      trace: one ? context.path('claimed_forecast', { type: 'benefit', ref: one.row.code }) : null,
    };
    return {
      title,
      unit: context.money,
      value: known.length === 0 ? null : sumOf(known.map((of) => of.calibrated)),
      nullReason: one ? one.reason! : sumReason(all),
      inputs: one
        ? [claim, ...ratioInputs(context, one)]
        : [claim, ...context.largest(known.map((of) => inputOf(context, of, 'calibrated')))],
      quality:
        one || known.length === claims.length
          ? planOnly(all)
          : [
              `${claims.length - known.length} of ${claims.length} benefits with a forecast are left out: too little is known of earlier forecasts of their type and portfolio.`,
              ...planOnly(all),
            ],
    };
  },
  async records(context): Promise<Records> {
    const { all } = await asked(context);
    const items = withCalibrated(all).map((of): Listed => ({
      type: 'benefit',
      code: of.row.code,
      name: of.row.name,
      at: null,
      note: `${of.points} earlier forecasts compared`,
      amount: of.calibrated!,
    }));
    return { of: 'list', title: 'Calibrated forecasts by benefit', unit: context.money, items };
  },
};

export const forecastFigures: readonly FigureDefinition[] = [claimed, calibrated];
