import { planVersionsOf, type PlanVersion } from '../../benefits/plan-versions.js';
import { fractionOf } from '../../core/benefit-status.js';
import { minus, ZERO } from '../../core/exact-amounts.js';
import { minorUnits } from '../../core/money.js';
import { invalidField, notFound } from '../../http/problem.js';
import type { TraceContext } from '../context.js';
import type { FigureDefinition, Input, Listed, Unit } from '../figure.js';
import { askedBenefit } from './losses.js';

interface Found {
  readonly title: string;
  readonly code: string;
  readonly name: string;
  readonly unit: Unit;
  readonly version: PlanVersion;
  /** Null of the first. */
  readonly before: PlanVersion | null;
}

const versionOf = async (context: TraceContext): Promise<Found> => {
  const { id, code, name } = await askedBenefit(context);
  const { version } = context.query;
  if (version === undefined) throw invalidField('version', 'field.required', 'Name the version by its number.');
  const { items, currency, unit, isMoney } = await planVersionsOf(context.manager, id, 'infinity');
  const at = items.findIndex(({ number }) => String(number) === version);
  const found = items[at];
  if (!found) throw notFound();
  return {
    title: `Version ${version} of the plan of ${code} ${name}`,
    code,
    name,
    // As it was entered: a plan is approved in the benefit's own currency.
    unit: isMoney
      ? { name: currency!, decimals: minorUnits(currency!), trimmed: false }
      : { name: unit ?? 'unit not stated', decimals: 4, trimmed: true },
    version: found,
    before: items[at - 1] ?? null,
  };
};

/** Question: what did this version of the plan promise over the whole life? In the benefit's own currency or unit; null where months are not added up. */
export const nodePlanVersion: FigureDefinition = {
  id: 'node.plan_version',
  formula: {
    text: 'What the plan of one benefit, as it stood after one save, promises over all its months, in its own currency or unit.',
    expression: 'Σ planned, as of the version',
  },
  forStakeholders: true,
  history: ['benefit_value', 'benefit', 'import'],
  async work(context) {
    const { title, unit, version } = await versionOf(context);
    return {
      title,
      unit,
      value: version.total === null ? null : fractionOf(version.total),
      ...(version.total === null && { nullReason: 'not_added' }),
      inputs: [],
      quality: [],
    };
  },
  async records(context) {
    const { title, unit, code, name, version } = await versionOf(context);
    const items = (version.total === null ? [] : version.months).map(({ month, planned }): Listed => ({
      type: 'benefit_value',
      code,
      name,
      at: month,
      note: null,
      amount: fractionOf(planned),
    }));
    return { of: 'list', title, unit, items };
  },
};

/** Question: by how much did this save change the plan? In the benefit's own currency or unit; null of the first version, and where months are not added up. */
export const nodePlanChange: FigureDefinition = {
  id: 'node.plan_change',
  formula: {
    text: 'What the plan of one benefit promises over all its months as it stood after one save, less what it promised before.',
    expression: 'Σ planned, as of the version − Σ planned, as of the version before',
  },
  forStakeholders: true,
  history: ['benefit_value', 'benefit', 'import'],
  async work(context) {
    const { title, unit, code, version, before } = await versionOf(context);
    const input = ({ number, total }: PlanVersion): Input => ({
      label: `Version ${number}`,
      value: total === null ? null : fractionOf(total),
      unit,
      trace: context.path('node.plan_version', { type: 'benefit', ref: code, version: String(number) }),
    });
    return {
      title: `${title}: change from the version before`,
      unit,
      value: version.change === null ? null : fractionOf(version.change),
      ...(version.change === null && { nullReason: before === null ? 'first_version' : 'not_added' }),
      inputs: before === null ? [] : [input(version), input(before)],
      quality: version.reason === null ? [] : [`Reason: ${version.reason}`],
    };
  },
  async records(context) {
    const { title, unit, code, name, version, before } = await versionOf(context);
    const was = new Map(before?.months.map(({ month, planned }) => [month, planned]));
    const now = new Map(version.months.map(({ month, planned }) => [month, planned]));
    const months = [...new Set([...was.keys(), ...now.keys()])].filter((month) => was.get(month) !== now.get(month));
    const items = (version.change === null ? [] : months.sort()).map((month): Listed => {
      const [from, to] = [was.get(month) ?? null, now.get(month) ?? null];
      const amount = minus(to === null ? ZERO : fractionOf(to), from === null ? ZERO : fractionOf(from));
      const note = from === null ? 'newly planned' : to === null ? 'not planned any more' : `before ${from}`;
      return { type: 'benefit_value', code, name, at: month, note, entered: to, enteredUnit: unit.name, amount };
    });
    return { of: 'list', title: `${title}: months that changed`, unit, items };
  },
};
