import { fractionOf } from '../../core/benefit-status.js';
import { type Fraction, minus, negated } from '../../core/exact-amounts.js';
import { invalidField, notFound } from '../../http/problem.js';
import type { TraceContext } from '../context.js';
import { type FigureDefinition, type Input, type Listed, type Unit } from '../figure.js';
import { monthOfBenefit, type BenefitMonthRow } from '../months.queries.js';
import { ownUnit, said, unitOfMoney, unitOfVerdict } from './verdicts.js';

/** One month of one benefit: what was entered, what it is in the reporting currency, and what was said of it. */

interface Asked {
  row: BenefitMonthRow;
  month: string;
  /** The benefit's own currency or unit. */
  unit: Unit;
  name: string;
}

const asked = async (context: TraceContext): Promise<Asked> => {
  const { type, ref } = context.node();
  const { month } = context.query;
  if (type !== 'benefit')
    throw invalidField('type', 'field.invalid', 'Values of months are of benefits: type=benefit.');
  if (month === undefined) throw invalidField('month', 'field.required', 'Name the month, for example month=2026-03.');
  const found = await monthOfBenefit(context.manager, context.reading, ref, month);
  // What is out of a stakeholder's sight does not exist for them; to others it says that it lies elsewhere.
  if (!found || (context.isStakeholder && !found.isInScope)) throw notFound();
  const hidden = {
    planned: null,
    forecast: null,
    baseline: null,
    realised: null,
    confirmed: null,
    rate: null,
    reporting: null,
  };
  const row = found.isInScope ? found : { ...found, ...hidden };
  const unit = row.isMoney ? unitOfMoney(row.currency!) : ownUnit(row.unit ?? row.currency);
  return { row, month, unit, name: `${row.code} ${row.name}, ${month}` };
};

const nullReason = ({ row }: Asked, reason = 'nothing_recorded'): string => (row.isInScope ? reason : 'outside_scope');

const fraction = (text: string | null): Fraction | null => (text === null ? null : fractionOf(text));

/** What finance said, each with the amount of which it said so. */
const verdictInputs = async (context: TraceContext, { row, month }: Asked): Promise<Input[]> =>
  (await context.confirmations.verdictsOn(context.manager, row.benefitId, month)).map((verdict) => ({
    label: said(verdict),
    value: fractionOf(verdict.amount),
    unit: unitOfVerdict(verdict),
    trace: context.path('value.verdict', { type: 'benefit', ref: row.code, month, version: String(verdict.number) }),
  }));

const entry = ({ row, month, unit }: Asked, text: string, amount: Fraction, note: string | null): Listed => ({
  type: 'benefit_value',
  code: row.code,
  name: row.name,
  at: month,
  note,
  entered: text,
  enteredUnit: unit.name,
  amount,
});

const history = ['benefit_value', 'import'];

type Kind = 'realised' | 'planned' | 'forecast' | 'baseline' | 'confirmed';
const KINDS: Record<Kind, string> = {
  realised: 'Realised value',
  planned: 'Planned value',
  forecast: 'Forecast value',
  baseline: 'Baseline plan',
  confirmed: 'Confirmed value',
};

/** Question: what was entered for this month? Unit: the benefit's own currency or unit. */
const own = (kind: Kind, text: string, expression: string): FigureDefinition => ({
  id: `value.${kind}`,
  formula: { text, expression },
  forStakeholders: true,
  history,
  async work(context) {
    const of = await asked(context);
    const isJudged = kind === 'realised' || kind === 'confirmed';
    return {
      title: `${KINDS[kind]} of ${of.name}`,
      unit: of.unit,
      value: fraction(of.row[kind]),
      nullReason: nullReason(of),
      inputs: isJudged && of.row.isInScope ? await verdictInputs(context, of) : [],
      quality:
        kind === 'realised' && of.row.realised !== null && of.row.confirmedBy === null
          ? ['This value is not confirmed.']
          : [],
    };
  },
  async records(context) {
    const of = await asked(context);
    const text = of.row[kind];
    const note = kind === 'realised' ? of.row.evidence && `Evidence: ${of.row.evidence}` : null;
    const items = text === null ? [] : [entry(of, text, fractionOf(text), note)];
    return { of: 'list', title: `Value of ${of.name}, as entered`, unit: of.unit, items };
  },
});

/** Question: how far is this month from its plan? Unit: the benefit's own currency or unit; null without plan or realised value. */
const variance: FigureDefinition = {
  id: 'value.variance',
  formula: { text: 'The realised value of the month less what is planned for it.', expression: 'realised − planned' },
  forStakeholders: true,
  history,
  async work(context) {
    const of = await asked(context);
    const [realised, planned] = [fraction(of.row.realised), fraction(of.row.planned)];
    const step = { type: 'benefit' as const, ref: of.row.code, month: of.month };
    return {
      title: `Realised less planned value of ${of.name}`,
      unit: of.unit,
      value: realised && planned && minus(realised, planned),
      nullReason: nullReason(of, planned === null ? 'nothing_planned' : undefined),
      inputs: [
        { label: 'Realised', value: realised, unit: of.unit, trace: context.path('value.realised', step) },
        { label: 'Planned', value: planned, unit: of.unit, trace: context.path('value.planned', step) },
      ],
      quality: [],
    };
  },
  async records(context) {
    const of = await asked(context);
    const { realised, planned } = of.row;
    const items = [
      ...(realised === null ? [] : [entry(of, realised, fractionOf(realised), 'realised')]),
      ...(planned === null ? [] : [entry(of, planned, negated(fractionOf(planned)), 'planned, taken off')]),
    ];
    return { of: 'list', title: `Realised less planned value of ${of.name}`, unit: of.unit, items };
  },
};

/** Question: what is this month's realised value in the reporting currency? Null for a benefit that is not money. */
const reporting: FigureDefinition = {
  id: 'value.reporting',
  formula: {
    text: 'The realised value of the month at the exchange rate of the month.',
    expression: 'realised × rate(currency, month)',
  },
  forStakeholders: true,
  history: [...history, 'exchange_rate'],
  async work(context) {
    const of = await asked(context);
    const { row, month } = of;
    return {
      title: `Realised value of ${of.name}, in the reporting currency`,
      unit: context.money,
      value: fraction(row.reporting),
      nullReason: nullReason(of, row.isMoney ? undefined : 'not_money'),
      inputs: [
        {
          label: 'Realised, as entered',
          value: fraction(row.realised),
          unit: of.unit,
          trace: context.path('value.realised', { type: 'benefit', ref: row.code, month }),
        },
        ...(row.rate === null
          ? []
          : [
              {
                label: `1 ${row.currency} in ${month}`,
                value: fractionOf(row.rate),
                unit: { name: context.money.name, decimals: 10, trimmed: true },
                trace: null,
              },
            ]),
      ],
      quality: [],
    };
  },
  async records(context) {
    const of = await asked(context);
    const { realised, reporting: amount, rate, currency } = of.row;
    const note = rate === null ? null : `1 ${currency} = ${rate} ${context.money.name}`;
    const items = realised === null || amount === null ? [] : [entry(of, realised, fractionOf(amount), note)];
    return { of: 'list', title: `Realised value of ${of.name}`, unit: context.money, items };
  },
};

export const monthFigures: readonly FigureDefinition[] = [
  own(
    'realised',
    'What was reported as realised for the month, in the benefit’s own currency or unit.',
    'realised(month)',
  ),
  own('planned', 'What the current plan holds for the month, in the benefit’s own currency or unit.', 'planned(month)'),
  own('forecast', 'What is expected for the month now, in the benefit’s own currency or unit.', 'forecast(month)'),
  own(
    'baseline',
    'What the baseline plan holds for the month, in the benefit’s own currency or unit. It is the plan in force at the approval, or the first one where that came later; of a benefit that is not approved the current plan.',
    'baseline planned(month)',
  ),
  own(
    'confirmed',
    'What someone other than its reporter confirmed of the month, in the benefit’s own currency or unit.',
    'confirmed(month)',
  ),
  variance,
  reporting,
];
