import type { Action, Actions } from '../../benefits/actions.service.js';
import { sumOf } from '../../core/benefit-status.js';
import type { TraceContext } from '../context.js';
import { COUNT, type FigureDefinition, type Listed, whole } from '../figure.js';
import { STATUS_WORDS } from './words.js';

const history = ['corrective_action', 'benefit_value', 'benefit', 'import'];

const listedNeed = ({ of: { row, standing }, before }: Actions['needing'][number]): Listed => ({
  type: 'benefit',
  code: row.code,
  name: row.name,
  note: `${STATUS_WORDS[before.standing.status]} before, ${STATUS_WORDS[standing.status]} now${row.owner === null ? ', no owner' : `, ${row.owner}`}`,
  amount: whole(1),
});

/** Question: where must somebody act? A count of benefits. */
const needed: FigureDefinition = {
  id: 'needs_action',
  formula: {
    text: 'Benefits that are off track or not measured at the end of this period and at the end of the one before, and have no corrective action that is still to be done.',
    expression:
      'n(benefits short at the end of two periods in a row) − n(those of them with an open corrective action)',
  },
  forStakeholders: false,
  history,
  async work(context) {
    const { short, needing } = await context.actions();
    return {
      title: 'Benefits that need action',
      unit: COUNT,
      value: whole(needing.length),
      inputs: [
        { label: 'Off track or not measured in both periods', value: whole(short.length), unit: COUNT, trace: null },
        {
          label: 'Of these with an open corrective action',
          value: whole(short.length - needing.length),
          unit: COUNT,
          trace: null,
        },
      ],
      quality: [],
    };
  },
  records: async (context) => ({
    of: 'list',
    title: 'Benefits that need action',
    unit: COUNT,
    items: (await context.actions()).needing.map(listedNeed),
  }),
};

const listedAction = (action: Action, amount: Listed['amount']): Listed => ({
  type: 'corrective_action',
  code: action.code,
  name: action.title ?? '',
  at: action.dueOn,
  note: [action.benefitCode, action.owner ?? 'no owner', action.isOverdue && 'overdue'].filter(Boolean).join(' · '),
  entered: action.effectAmount,
  enteredUnit: action.effectAmount === null ? null : action.unit,
  amount,
});

/** A count of corrective actions that are not done. */
const counted = (
  id: 'open_actions' | 'overdue_actions',
  title: string,
  text: string,
  expression: string,
  counts: (action: Action) => boolean,
): FigureDefinition => {
  const found = async (context: TraceContext): Promise<Action[]> => (await context.actions()).open.filter(counts);
  return {
    id,
    formula: { text, expression },
    forStakeholders: false,
    history: ['corrective_action', 'import'],
    async work(context) {
      const actions = await found(context);
      return { title, unit: COUNT, value: whole(actions.length), inputs: [], quality: withoutOwner(actions) };
    },
    records: async (context) => ({
      of: 'list',
      title,
      unit: COUNT,
      items: (await found(context)).map((action) => listedAction(action, whole(1))),
    }),
  };
};

const withoutOwner = (actions: readonly Action[]): string[] => {
  const nobodys = actions.filter(({ owner }) => owner === null).length;
  return nobodys === 0 ? [] : [`${nobodys} of ${actions.length} have no owner.`];
};

const told = async (context: TraceContext): Promise<Action[]> =>
  (await context.actions()).open.filter(({ inReporting }) => inReporting !== null);

/** Question: what are the open corrective actions to bring? Unit: reporting currency. */
const effect: FigureDefinition = {
  id: 'open_actions_effect',
  formula: {
    text: 'The expected effects of the corrective actions that are not done, as their owners state them: of money benefits, at the latest exchange rate of the period or before.',
    expression: 'Σ expected effect × latest rate(currency), of open corrective actions',
  },
  forStakeholders: false,
  history: ['corrective_action', 'exchange_rate', 'import'],
  async work(context) {
    const [{ open }, actions] = [await context.actions(), await told(context)];
    const silent = open.length - actions.length;
    return {
      title: 'Expected effect of open corrective actions',
      unit: context.money,
      value: sumOf(actions.map(({ inReporting }) => inReporting)),
      isNone: actions.length === 0,
      inputs: context.largest(
        actions.map((action) => ({
          label: `${action.code} ${action.title ?? ''}`.trim(),
          value: action.inReporting!,
          unit: context.money,
          trace: null,
        })),
      ),
      quality:
        silent === 0
          ? []
          : [`${silent} of ${open.length} open actions state no effect in money, or have no exchange rate.`],
    };
  },
  records: async (context) => ({
    of: 'list',
    title: 'Expected effect of open corrective actions',
    unit: context.money,
    items: (await told(context)).map((action) => listedAction(action, action.inReporting!)),
  }),
};

/** Benefits that nobody acts upon, and what is done about the others. */
export const actionFigures: readonly FigureDefinition[] = [
  needed,
  counted(
    'open_actions',
    'Open corrective actions',
    'Corrective actions of benefits that have no day on which they were done.',
    'n(corrective actions not done)',
    () => true,
  ),
  counted(
    'overdue_actions',
    'Overdue corrective actions',
    'Corrective actions of benefits that are not done, although the day on which they were due is over.',
    'n(corrective actions not done, due before today)',
    ({ isOverdue }) => isOverdue,
  ),
  effect,
];
