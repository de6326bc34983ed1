import type { TraceContext } from '../context.js';
import { type FigureDefinition, type Records } from '../figure.js';
import { fractionOf } from '../../core/benefit-status.js';
import { addFractions, minus } from '../../core/exact-amounts.js';
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
    text: 'What was realised to date, and the forecast of all later months, in a month without a forecast its plan. A month that is over and has no realised value adds nothing; one that is not over counts as a later month until it has one.',
    expression: 'Σ realised to date + Σ (forecast, else planned) of months to come',
  },
  forStakeholders: true,
  history,
  async work(context) {
    const [past, future] = [toDate(context), later(context)];
    const [realised, further] = [await past.sum('realised'), await future.sum('outlook')];
    const pending = await past.pending();
    const coming = fractionOf(pending.amount);
    return {
      title: 'Expected value',
      unit: context.money,
      value: addFractions(realised, addFractions(coming, further)),
      isNone: pending.count === 0 && (await past.hasNone('realised')) && (await future.hasNone('outlook')),
      inputs: [
        { label: 'Realised to date', value: realised, unit: context.money, trace: past.path('realised') },
        ...(pending.count === 0
          ? []
          : [
              {
                label: 'Outlook of months of the period that are not over',
                value: coming,
                unit: context.money,
                trace: null,
              },
            ]),
        { label: 'Outlook of later months', value: further, unit: context.money, trace: future.path('outlook') },
      ],
      quality: [...(await unmeasuredBenefits(past)), ...(await monthsWithoutForecast(future))],
    };
  },
  records: async (context) =>
    values(
      'Realised values, of months to come forecast or else planned values, by benefit and month',
      context,
      'expected',
      overLife(context),
    ),
};

/** Question: how much of the plan will have come in the end? A fraction; null where nothing is planned. */
export const expectedShare: FigureDefinition = quotientOf({
  id: 'expected_share',
  title: 'Expected share of the plan',
  text: 'Expected value divided by planned value over the whole life.',
  expression: 'expected ÷ Σ planned',
  forStakeholders: true,
  history,
  of: { label: 'Expected value', figure: expected },
  by: { label: 'Planned value over the whole life', figure: planned, at: overLife },
  unknown: (context) => context.unmeasuredPast(),
  nullReason: 'nothing_planned',
});
