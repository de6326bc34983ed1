import type { TraceContext } from '../context.js';
import { type FigureDefinition, minus, type Records } from '../figure.js';
import { addFractions } from '../../core/exact-amounts.js';
import { overLife, quotientOf } from './difference.js';
import { planned } from './funnel.js';
import { monthsWithoutForecast, unmeasuredBenefits } from './sentences.js';

const history = ['benefit_value', 'benefit', 'exchange_rate', 'import'];

const values = (
  title: string,
  context: TraceContext,
  column: Extract<Records, { of: 'values' }>['column'],
  months?: { from: string; to: string },
): Records => ({ of: 'values', title, unit: context.money, column, weights: null, ...(months && { months }) });

/** Question: what do the months of the span look like? Unit: reporting currency; forecast, in a month without one the plan. */
export const outlook: FigureDefinition = {
  id: 'outlook',
  formula: {
    text: 'The forecast of each month of all money benefits, in a month without a forecast the plan, each at its exchange rate, added up.',
    expression: 'Σ (forecast, else planned) × rate(currency, month)',
  },
  forStakeholders: true,
  history,
  async work(context) {
    const [value, forecast] = [await context.sum('outlook'), await context.sum('forecast')];
    return {
      title: 'Outlook',
      unit: context.money,
      value,
      isNone: await context.hasNone('outlook'),
      inputs: [
        { label: 'Forecast value', value: forecast, unit: context.money, trace: context.path('forecast') },
        { label: 'Plan of months without a forecast', value: minus(value, forecast), unit: context.money, trace: null },
      ],
      quality: await monthsWithoutForecast(context),
    };
  },
  records: async (context) => values('Forecast, else planned values, by benefit and month', context, 'outlook'),
};

const toDate = (context: TraceContext): TraceContext => context.within({ span: 'to_date', until: undefined });
const later = (context: TraceContext): TraceContext => context.within({ span: 'later' });

/** Question: what will the benefits have brought in the end? Unit: reporting currency (model: expectedAtCompletion). */
export const expected: FigureDefinition = {
  id: 'expected',
  formula: {
    text: 'What was realised to date and the outlook of all later months, up to the period named by until: the forecast, in a month without one the plan. A month to date without a realised value adds nothing.',
    expression: 'Σ realised to date + Σ (forecast, else planned) of later months',
  },
  forStakeholders: true,
  history,
  async work(context) {
    const [past, future] = [toDate(context), later(context)];
    const [realised, coming] = [await past.sum('realised'), await future.sum('outlook')];
    return {
      title: 'Expected value',
      unit: context.money,
      value: addFractions(realised, coming),
      isNone: (await past.hasNone('realised')) && (await future.hasNone('outlook')),
      inputs: [
        { label: 'Realised to date', value: realised, unit: context.money, trace: past.path('realised') },
        { label: 'Outlook of later months', value: coming, unit: context.money, trace: future.path('outlook') },
      ],
      quality: [...(await unmeasuredBenefits(past)), ...(await monthsWithoutForecast(future))],
    };
  },
  records: async (context) =>
    values(
      'Realised, and after the period forecast, else planned values, by benefit and month',
      context,
      'expected',
      overLife(context),
    ),
};

/** Question: how much of the plan will have come in the end? A fraction; null where nothing is planned. */
export const expectedShare: FigureDefinition = quotientOf({
  id: 'expected_share',
  title: 'Expected share of the plan',
  text: 'Expected value divided by planned value over the whole life, up to the period named by until.',
  expression: 'expected ÷ Σ planned',
  forStakeholders: true,
  history,
  of: { label: 'Expected value', figure: expected },
  by: { label: 'Planned value over the whole life', figure: planned, at: overLife },
  nullReason: 'nothing_planned',
});
