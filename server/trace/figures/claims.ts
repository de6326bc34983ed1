import { ZERO } from '../../core/exact-amounts.js';
import type { ClaimRow } from '../../benefits/confirmations.service.js';
import { CONFIRMATION_REASONS, CONFIRMATION_STATES, type ConfirmationQuery } from '../../contract/confirmation.js';
import { fractionOf, sumOf } from '../../core/benefit-status.js';
import { invalidField } from '../../http/problem.js';
import type { TraceContext } from '../context.js';
import { COUNT, type FigureDefinition, type Listed, whole } from '../figure.js';

type Kind = ConfirmationQuery['state'] | NonNullable<ConfirmationQuery['why']>;

const TITLES: Record<Kind, string> = {
  waiting: 'Realised values that wait to be confirmed',
  confirmed: 'Realised values that are confirmed',
  rejected: 'Realised values that are rejected',
  new: 'Realised values that wait, never judged before',
  changed: 'Realised values that wait, changed since they were confirmed',
  resubmitted: 'Realised values that wait, reported anew after a rejection',
};

const claimsAsked = async (context: TraceContext): Promise<{ kind: Kind; rows: ClaimRow[] }> => {
  const { kind } = context.query;
  const why = CONFIRMATION_REASONS.find((each) => each === kind);
  const state = why === undefined ? CONFIRMATION_STATES.find((each) => each === kind) : 'waiting';
  if (state === undefined) {
    const known = [...CONFIRMATION_STATES, ...CONFIRMATION_REASONS].join(', ');
    throw invalidField('kind', 'field.required', `Name the values by kind: ${known}.`);
  }
  return { kind: why ?? state, rows: await context.claims({ state, why }) };
};

const listed = (row: ClaimRow, amount: Listed['amount']): Listed => ({
  type: 'benefit_value',
  code: row.code,
  name: row.name,
  at: row.month,
  note: `Reported by ${row.reportedBy}${row.confirmation === null ? '' : `, confirmed by ${row.confirmation.by}`}${
    row.state === 'rejected' && row.rejection !== null ? `, rejected by ${row.rejection.by}` : ''
  }`,
  entered: row.amount,
  enteredUnit: row.currency ?? row.unit,
  amount,
});

const history = ['benefit_value', 'benefit', 'exchange_rate', 'import'];
const RULE =
  'A realised value waits from the day on which it is reported until finance confirms or rejects it; a new amount, evidence text or reporter lets it wait again. All months count, whatever the period.';

const whyInputs = async (context: TraceContext, kind: Kind) =>
  kind !== 'waiting'
    ? []
    : Promise.all(
        CONFIRMATION_REASONS.map(async (why) => ({
          label: TITLES[why],
          value: whole((await context.claims({ state: 'waiting', why })).length),
          unit: COUNT,
          trace: context.path('claims', { kind: why }),
        })),
      );

/** Question: how many realised values has finance to judge, or has it judged? A count of months of benefits. */
const claims: FigureDefinition = {
  id: 'claims',
  formula: { text: RULE, expression: 'n(months with a realised value in this state)' },
  forStakeholders: false,
  history,
  async work(context) {
    const { kind, rows } = await claimsAsked(context);
    const others = rows.filter((row) => row.reporting === null).length;
    return {
      title: TITLES[kind],
      unit: COUNT,
      value: whole(rows.length),
      inputs: await whyInputs(context, kind),
      quality: others === 0 ? [] : [`${others} of ${rows.length} are of benefits that are not money.`],
    };
  },
  async records(context) {
    const { kind, rows } = await claimsAsked(context);
    return { of: 'list', title: TITLES[kind], unit: COUNT, items: rows.map((row) => listed(row, whole(1))) };
  },
};

/** Question: what do they add up to? Unit: reporting currency, money benefits only. */
const claimsAmount: FigureDefinition = {
  id: 'claims_amount',
  formula: {
    text: `${RULE} Values of money benefits, each at the exchange rate of its month, added up.`,
    expression: 'Σ realised × rate(currency, month)',
  },
  forStakeholders: false,
  history,
  async work(context) {
    const { kind, rows } = await claimsAsked(context);
    const money = rows.flatMap((row) => (row.reporting === null ? [] : [fractionOf(row.reporting)]));
    const others = rows.length - money.length;
    return {
      title: TITLES[kind],
      unit: context.money,
      value: sumOf(money),
      inputs: [
        { label: TITLES[kind], value: whole(rows.length), unit: COUNT, trace: context.path('claims', { kind }) },
      ],
      quality:
        others === 0 ? [] : [`${others} of ${rows.length} are of benefits that are not money and are not in it.`],
    };
  },
  async records(context) {
    const { kind, rows } = await claimsAsked(context);
    const items = rows.map((row) => listed(row, row.reporting === null ? ZERO : fractionOf(row.reporting)));
    return { of: 'list', title: TITLES[kind], unit: context.money, items };
  },
};

export const claimFigures: readonly FigureDefinition[] = [claims, claimsAmount];
