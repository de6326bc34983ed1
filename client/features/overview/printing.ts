import type { Overview } from '../../../server/contract/overview.js';
import { absolute, isNegative, isZero } from '../../../server/contract/decimal.js';
import {
  count,
  money,
  percent,
  scaled,
  scaleFor,
  signed,
  unitOf,
  type Scale,
} from '../../../server/contract/format.js';

/** How a figure of the overview is printed: money at the one scale of the page, shares as percent, counts as whole numbers. */
export type Form = 'money' | 'share' | 'count';

export interface Printing {
  form: Form;
  scale: Scale;
  currency: string;
  /** A difference: always with its sign. */
  isSigned?: boolean;
  /** A difference without its sign, where words say on which side it lies. */
  isMagnitude?: boolean;
  /** In a sentence the unit follows; in a column it stands in the row or header. */
  withUnit?: boolean;
}

export interface Printed {
  text: string;
  /** With its unit, for the name of the number. */
  spoken: string;
}

const plus = (value: string, text: string): string =>
  isZero(value) || isNegative(value) || text.startsWith('<') ? text : `+${text}`;

export function printFigure(
  amount: string,
  { form, scale, currency, isSigned = false, isMagnitude = false, withUnit = false }: Printing,
): Printed {
  const value = isMagnitude ? absolute(amount) : amount;
  if (form === 'share') {
    const text = isSigned ? plus(value, percent(value)) : percent(value);
    return { text, spoken: text };
  }
  if (form === 'count') {
    const text = isSigned ? plus(value, count(Number(value))) : count(Number(value));
    return { text, spoken: text };
  }
  const text = isSigned ? signed(value, scale) : scaled(value, scale);
  const spoken = `${text} ${unitOf(scale, currency)}`;
  return { text: withUnit ? spoken : text, spoken };
}

/** An exact amount, for a description. */
export const spokenMoney = (currency: string, scale: Scale) => (value: string) => money(value, currency, scale);

/** The one scale of all money on the page. */
export function scaleOf({ ledger, funnel }: Overview): Scale {
  const amounts = [
    ...ledger.filter(({ unit }) => unit === 'money').flatMap(({ actual, plan }) => [actual.value, plan?.value]),
    ...funnel.map(({ amount }) => amount.value),
  ];
  return scaleFor(amounts.filter((amount) => typeof amount === 'string'));
}
