import { DELAY_MONTHS } from '../../core/decision-delay.js';
import { addMonths } from '../../core/period.js';
import { perMonthOf } from '../../decisions/delay.service.js';
import { invalidField } from '../../http/problem.js';
import type { TraceContext } from '../context.js';
import { COUNT, type FigureDefinition, largestInputs, whole } from '../figure.js';

const asked = (context: TraceContext): ReturnType<TraceContext['decisions']['delay']> => {
  const { decision } = context.query;
  if (decision === undefined) throw invalidField('decision', 'field.required', 'Name the decision by its code.');
  return context.decisions.delay(context.manager, context.reading, decision);
};

/** Question: what does a month of waiting for this decision hold up? Unit: reporting currency; null where it is decided, or nothing is planned. */
export const delayCost: FigureDefinition = {
  id: 'decision.delay_cost',
  formula: {
    text:
      'Planned value of the twelve months that follow the month in which the decision is needed, of all money benefits that the record which it is about ' +
      'leads to, each times the part of it that is due to that record; divided by twelve. Only while the decision is open.',
    expression: 'Σ planned(12 months after needed by) · contribution ÷ 12',
  },
  forStakeholders: false,
  isOfEnterprise: true,
  history: ['decision', 'decision_reopening', 'benefit_value', 'link', 'exchange_rate', 'import'],
  async work(context) {
    const { line, delay } = await asked(context);
    const { nullReason, planned, months } = delay;
    const title = `What a month of waiting for ${line.code} holds up`;
    const unit = context.money;
    if (nullReason !== null || months === null)
      return { title, unit, value: null, nullReason: nullReason ?? 'about_nothing', inputs: [], quality: [] };
    const benefits = delay.benefits.map(({ code, planned: due }) => ({
      ...{ label: `Planned for ${code}, the part due to ${line.about!.code}`, value: due ?? whole(0) },
      ...{ unit, trace: null },
    }));
    return {
      title,
      unit,
      value: perMonthOf(planned),
      inputs: [
        { label: 'Planned value in twelve months', value: planned, unit, trace: null },
        { label: 'Months', value: whole(DELAY_MONTHS), unit: COUNT, trace: null },
        ...largestInputs(benefits),
      ],
      quality: [
        `Needed by ${line.neededBy}: the months ${months.first} to ${months.last}.`,
        'Value that is planned is not proven; a later decision may move it, and not lose it.',
      ],
    };
  },
  async records(context) {
    const { line, delay } = await asked(context);
    const title = `Planned value, a month’s part of what is due to ${line.about?.code ?? 'nothing'}`;
    const { weights, months } = delay;
    if (weights === null || months === null) return { of: 'list', title, unit: context.money, items: [] };
    const span = { from: `${months.first}-01`, to: `${addMonths(months.last, 1)}-01` };
    const monthly = { ...weights, denominator: weights.denominator * BigInt(DELAY_MONTHS) };
    return { of: 'values', title, unit: context.money, column: 'planned', weights: monthly, months: span };
  },
};
