import { fractionOf } from '../../core/benefit-status.js';
import { ZERO } from '../../core/exact-amounts.js';
import { invalidField } from '../../http/problem.js';
import type { EnteredMonth, OneIndicator } from '../../indicators/indicators.service.js';
import type { TraceContext } from '../context.js';
import type { FigureDefinition, Listed } from '../figure.js';
import { ownUnit } from './verdicts.js';

/** Which indicator is asked about. @throws Problem 404, 422 */
export const askedIndicator = (context: TraceContext): Promise<OneIndicator> => {
  const { indicator, month } = context.query;
  if (indicator === undefined) throw invalidField('indicator', 'field.required', 'Name the indicator by its code.');
  return context.indicator(indicator, month);
};

const entered = ({ by, isImported, on }: EnteredMonth): string =>
  by === null ? `entered on ${on}` : `${isImported ? 'imported' : 'entered'} by ${by} on ${on}`;

const listed = ({ code, name, unit }: OneIndicator, each: EnteredMonth, isLatest: boolean): Listed => ({
  type: 'indicator',
  code,
  name,
  at: each.month,
  note: `${entered(each)}; ${each.evidence ? `evidence: ${each.evidence}` : 'no evidence is stated'}`,
  entered: each.value,
  enteredUnit: ownUnit(unit).name,
  amount: isLatest ? fractionOf(each.value) : ZERO,
});

/** Question: what does an own indicator say in the period, or in one month? In its own unit; null where no month of it has a value. */
export const indicatorValue: FigureDefinition = {
  id: 'indicator.value',
  formula: {
    text: 'The value of the latest month of the period that has one, or of the month that is asked for, as it was entered or imported.',
    expression: 'value(latest month of P)',
  },
  forStakeholders: false,
  history: ['indicator_value', 'indicator', 'import'],
  async work(context) {
    const found = await askedIndicator(context);
    const { code, name, months, target, serves } = found;
    const unit = ownUnit(found.unit);
    const [latest] = months;
    return {
      title: `${code} ${name}${latest === undefined ? '' : `, ${latest.month}`}`,
      unit,
      value: latest === undefined ? null : fractionOf(latest.value),
      nullReason: found.isInScope ? 'nothing_entered' : 'outside_scope',
      inputs: [
        ...months.map((each) => ({ label: each.month, value: fractionOf(each.value), unit, trace: null })),
        ...(target === null || target.target === null
          ? []
          : [{ label: `Target from ${target.from} on`, value: fractionOf(target.target), unit, trace: null }]),
      ],
      quality: [
        ...(latest === undefined
          ? []
          : [
              `${capital(entered(latest))}.`,
              latest.evidence ? `Evidence: ${latest.evidence}` : 'No evidence is stated.',
            ]),
        serves === null
          ? 'It serves no outcome and no capability: activity, not value.'
          : `It serves the ${serves.type} ${serves.code} ${serves.name}.`,
      ],
    };
  },
  async records(context) {
    const found = await askedIndicator(context);
    return {
      of: 'list',
      title: `The latest month of ${found.code}; earlier months of the period add 0`,
      unit: ownUnit(found.unit),
      items: found.months.map((each, index) => listed(found, each, index === 0)),
    };
  },
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
