import { type ActionRow, actionRows } from '../../benefits/actions.queries.js';
import { fractionOf } from '../../core/benefit-status.js';
import { invalidField, notFound } from '../../http/problem.js';
import type { TraceContext } from '../context.js';
import type { FigureDefinition, Unit } from '../figure.js';
import { askedBenefit } from './losses.js';
import { ownUnit, unitOfMoney } from './verdicts.js';

const asked = async (context: TraceContext): Promise<{ action: ActionRow; unit: Unit; title: string }> => {
  const benefit = await askedBenefit(context);
  const { action: code } = context.query;
  if (code === undefined) throw invalidField('action', 'field.required', 'Name the action by its code.');
  // Of one benefit, whatever scope the page has.
  const { reading } = context;
  const everywhere = { ...reading, scope: { ...reading.scope, portfolioId: null, unitIds: null } };
  const action = (await actionRows(context.manager, everywhere)).find(
    (row) => row.benefitId === benefit.id && row.code.toLowerCase() === code.toLowerCase(),
  );
  if (!action) throw notFound();
  const title = `Expected effect of ${action.code}${action.title === null ? '' : ` ${action.title}`}`;
  return { action, title, unit: action.money ? unitOfMoney(action.unit!) : ownUnit(action.unit) };
};

/** Question: what is this corrective action to bring? In the benefit's own currency or unit, as its owner states it. */
export const actionEffect: FigureDefinition = {
  id: 'node.action_effect',
  formula: {
    text: 'What the owner of the corrective action expects of it, in the currency or unit of the benefit.',
    expression: 'expected effect',
  },
  forStakeholders: false,
  history: ['corrective_action', 'import'],
  async work(context) {
    const { action, title, unit } = await asked(context);
    const said = [action.effect && `In words: ${action.effect}`, action.result && `What came of it: ${action.result}`];
    return {
      title,
      unit,
      value: action.effectAmount === null ? null : fractionOf(action.effectAmount),
      nullReason: 'nothing_stated',
      inputs: [],
      quality: [...said.flatMap((each) => each || []), ...(action.owner === null ? ['It has no owner.'] : [])],
    };
  },
  async records(context) {
    const { action, title, unit } = await asked(context);
    const { code, effectAmount, benefitCode, owner } = action;
    const item = {
      type: 'corrective_action',
      code,
      name: action.title ?? '',
      at: action.dueOn,
      note: `${benefitCode} · ${owner ?? 'no owner'}`,
      entered: effectAmount,
      enteredUnit: unit.name,
    };
    const items = effectAmount === null ? [] : [{ ...item, amount: fractionOf(effectAmount) }];
    return { of: 'list', title, unit, items };
  },
};
