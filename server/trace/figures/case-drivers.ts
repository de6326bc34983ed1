import type { Case, Driver } from '../../case/case.service.js';
import { invalidField } from '../../http/problem.js';
import type { TraceContext } from '../context.js';
import type { FigureDefinition } from '../figure.js';
import { caseAsked, discounted, history, rateInputs, whatIf } from './case.js';

/** What moves an investment's expected NPV: the two ends of one driver. */

const driverAsked = async (context: TraceContext): Promise<{ work: Case; driver: Driver }> => {
  const { driver: id } = context.query;
  if (id === undefined)
    throw invalidField('driver', 'field.required', 'Name the driver, as the investment’s case lists it.');
  const work = await caseAsked(context);
  const driver = context.cases.drivers(work).find((each) => each.id === id);
  if (!driver)
    throw invalidField('driver', 'field.invalid', 'No such driver moves the expected NPV of this investment.');
  return { work, driver };
};

/** Question: what would it be worth if this one thing were otherwise? Unit: reporting currency. */
const end = (side: 'low' | 'high'): FigureDefinition => ({
  id: `case.driver_${side}`,
  formula: {
    text: `The expected net present value with one thing changed, at the ${side === 'low' ? 'worse' : 'better'} end of its range. Values and costs change in the months after the period only; what has happened stays.`,
    expression: 'NPV(expected, one driver changed)',
  },
  forStakeholders: false,
  history,
  async work(context) {
    const { work, driver } = await driverAsked(context);
    const expected = context.cases.outcome(work, 'expected');
    const { code, name } = work.facts;
    const { rate } = context.query;
    return {
      title: `NPV of ${code} ${name}: ${driver.label}, ${driver[side].setting}`,
      unit: context.money,
      value: driver[side].npv,
      inputs: [
        {
          label: 'Expected NPV, nothing changed',
          value: expected.npv.value,
          unit: context.money,
          trace: context.path('case.npv', {
            type: 'investment',
            ref: code,
            kind: 'expected',
            ...(rate !== undefined && { rate }),
          }),
        },
        ...rateInputs(work),
      ],
      quality: [`Range: ${driver.range}.`, ...whatIf(work), ...work.notes],
    };
  },
  async records(context) {
    const { work } = await driverAsked(context);
    const title = 'Net at its present value as expected, nothing changed';
    return { of: 'list', title, unit: context.money, items: discounted(work, 'expected') };
  },
});

export const driverFigures: readonly FigureDefinition[] = [end('low'), end('high')];
