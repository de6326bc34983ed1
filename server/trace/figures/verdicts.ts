import type { Verdicts } from '../../contract/confirmation.js';
import { fractionOf } from '../../core/benefit-status.js';
import { minorUnits } from '../../core/money.js';
import { invalidField, notFound } from '../../http/problem.js';
import type { TraceContext } from '../context.js';
import type { FigureDefinition, Unit } from '../figure.js';
import { askedBenefit } from './losses.js';

/** What finance said of one month of one benefit. */

type Verdict = Verdicts['items'][number];

export const unitOfMoney = (currency: string): Unit => ({
  name: currency,
  decimals: Math.max(2, minorUnits(currency)),
  trimmed: false,
});
export const ownUnit = (name: string | null): Unit => ({ name: name ?? 'unit not stated', decimals: 4, trimmed: true });

/** The currency or unit in which it was said: the benefit may be in another since. */
export const unitOfVerdict = ({ currency, unit }: Verdict): Unit =>
  currency === null ? ownUnit(unit) : unitOfMoney(currency);

const WORDS: Record<Verdict['verdict'], string> = {
  confirmed: 'Confirmed',
  attested: 'Confirmed, as imported,',
  rejected: 'Rejected',
  withdrawn: 'Confirmation withdrawn',
};

/** `Rejected on 2026-05-04, by finance@example.org` */
export const said = ({ verdict, by, at }: Verdict): string => `${WORDS[verdict]} on ${at.slice(0, 10)}, by ${by}`;

const TITLES: Record<Verdict['verdict'], string> = {
  confirmed: 'Amount that was confirmed',
  attested: 'Amount that was confirmed, as imported',
  rejected: 'Amount that was rejected',
  withdrawn: 'Amount whose confirmation was withdrawn',
};

const asked = async (context: TraceContext) => {
  const { month, version } = context.query;
  if (month === undefined) throw invalidField('month', 'field.required', 'Name the month, for example month=2026-03.');
  if (version === undefined) throw invalidField('version', 'field.required', 'Name the verdict by its number.');
  const benefit = await askedBenefit(context);
  const verdicts = await context.confirmations.verdictsOn(context.manager, benefit.id, month);
  const verdict = verdicts.find(({ number }) => String(number) === version);
  if (!verdict) throw notFound();
  const title = `${TITLES[verdict.verdict]}: ${benefit.code} ${benefit.name}, ${month}`;
  return { benefit, month, verdict, title, unit: unitOfVerdict(verdict) };
};

/** Question: of which amount was this said? In the currency or unit in which it was said. */
export const verdictAmount: FigureDefinition = {
  id: 'value.verdict',
  formula: {
    text: 'The amount of the month that was judged, as it stood then. What was said of it never changes; a later verdict stands beside it.',
    expression: 'realised(month), as of the verdict',
  },
  forStakeholders: true,
  history: ['benefit_value', 'import'],
  async work(context) {
    const { verdict, title, unit } = await asked(context);
    const note = verdict.note === null ? '.' : `: ${verdict.note}`;
    return { title, unit, value: fractionOf(verdict.amount), inputs: [], quality: [`${said(verdict)}${note}`] };
  },
  async records(context) {
    const { benefit, month, verdict, title, unit } = await asked(context);
    const item = {
      type: 'benefit_value',
      code: benefit.code,
      name: benefit.name,
      at: month,
      note: said(verdict),
      entered: verdict.amount,
      enteredUnit: unit.name,
      amount: fractionOf(verdict.amount),
    };
    return { of: 'list', title, unit, items: [item] };
  },
};
