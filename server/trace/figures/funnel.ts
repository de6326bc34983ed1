import { minus } from '../../core/exact-amounts.js';
import { fractionOf } from '../../core/benefit-status.js';
import { weightsAt, wholeLayer } from '../../core/weights.js';
import { type FigureDefinition } from '../figure.js';
import { assumedLinks, monthsWithoutForecast, unmeasuredBenefits, unprovenMonths } from './sentences.js';

/** Planned, forecast, realised and confirmed value. Unit: reporting currency; 0 where none is recorded. Months from the span's first day to the day before its end. */
const step = (
  id: 'planned' | 'forecast' | 'realised' | 'confirmed',
  title: string,
  text: string,
  expression: string,
): FigureDefinition => ({
  id,
  formula: { text, expression },
  forStakeholders: true,
  history: ['benefit_value', 'benefit', 'exchange_rate', 'import'],
  async work(context) {
    const rows = (await context.moneyBenefits()).filter((row) => row[id] !== null);
    const inputs = rows.map((row) => ({
      label: `${row.code} ${row.name}`,
      value: fractionOf(row[id]!),
      unit: context.money,
      trace: context.path(`node.${id}`, { type: 'benefit', ref: row.code }),
    }));
    return {
      title,
      unit: context.money,
      value: await context.sum(id),
      isNone: await context.hasNone(id),
      inputs: context.largest(inputs),
      quality:
        id === 'forecast'
          ? await monthsWithoutForecast(context)
          : [...(await unmeasuredBenefits(context)), ...(id === 'planned' ? [] : await unprovenMonths(context))],
    };
  },
  records: async (context) => ({
    of: 'values',
    title: `${title}, by benefit and month`,
    unit: context.money,
    column: id,
    weights: null,
  }),
});

export const planned = step(
  'planned',
  'Planned value',
  'What the current plans of all money benefits promise: each month at its exchange rate, added up.',
  'Σ planned × rate(currency, month)',
);
export const forecast = step(
  'forecast',
  'Forecast value',
  'The latest estimates for all money benefits: each month at its exchange rate, added up. A month without a forecast adds nothing.',
  'Σ forecast × rate(currency, month)',
);
export const realised = step(
  'realised',
  'Realised value',
  'What was reported as realised for all money benefits: each month at its exchange rate, added up. A month without a report adds nothing.',
  'Σ realised × rate(currency, month)',
);
export const confirmed = step(
  'confirmed',
  'Confirmed value',
  'The realised values that someone other than their reporter confirmed: each month at its exchange rate, added up.',
  'Σ confirmed × rate(currency, month)',
);

/** Question: how much of what was reported can be shown? Unit: reporting currency. */
export const evidenced: FigureDefinition = {
  id: 'evidenced',
  formula: {
    text: 'The realised values that carry evidence or are confirmed: each month at its exchange rate, added up. Evidence is a text with the value, or an item that names the month and has not expired.',
    expression: 'Σ realised × rate(currency, month), where evidence level ≥ 2',
  },
  forStakeholders: true,
  history: ['benefit_value', 'evidence_item', 'benefit', 'exchange_rate', 'import'],
  async work(context) {
    const [all, part] = [await context.sum('realised'), await context.sum('evidenced')];
    return {
      title: 'Realised value with evidence',
      unit: context.money,
      value: part,
      isNone: await context.hasNone('evidenced'),
      inputs: [
        { label: 'Realised value', value: all, unit: context.money, trace: context.path('realised') },
        { label: 'Without evidence or confirmation', value: minus(all, part), unit: context.money, trace: null },
      ],
      quality: await unprovenMonths(context),
    };
  },
  records: async (context) => ({
    of: 'values',
    title: 'Realised values with evidence or confirmation',
    unit: context.money,
    column: 'evidenced',
    weights: null,
  }),
};

/** Question: how much of the confirmed value do the links credit to an investment? Unit: reporting currency. */
export const traced: FigureDefinition = {
  id: 'traced',
  formula: {
    text: 'The part of the confirmed value that the contribution shares credit to investments: confirmed value less what is due to other causes.',
    expression: 'Σ V_confirmed(investments) = confirmed − Σ other causes',
  },
  forStakeholders: true,
  history: ['link', 'benefit_value', 'benefit', 'exchange_rate', 'import'],
  async work(context) {
    const { whole: figures } = await context.chain();
    const value = figures.values.confirmed.total(0);
    const all = await context.sum('confirmed');
    return {
      title: 'Value traced to investments',
      unit: context.money,
      value,
      isNone: await context.hasNone('confirmed'),
      inputs: [
        { label: 'Confirmed value', value: all, unit: context.money, trace: context.path('confirmed') },
        { label: 'Due to other causes, or not linked', value: minus(all, value), unit: context.money, trace: null },
      ],
      quality: context.isStakeholder ? [] : await assumedLinks(context),
    };
  },
  async records(context) {
    const { chain } = (await context.chain()).whole;
    const weights = weightsAt(chain, 'contribution', wholeLayer(chain, 0));
    return {
      of: 'values',
      title: 'Confirmed values, the part credited to investments',
      unit: context.money,
      column: 'confirmed',
      weights,
    };
  },
};
