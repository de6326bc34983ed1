import { planVersionsOf, type PlanVersion } from '../../benefits/plan-versions.js';
import { fractionOf } from '../../core/benefit-status.js';
import { minorUnits } from '../../core/money.js';
import { invalidField, notFound } from '../../http/problem.js';
import type { TraceContext } from '../context.js';
import type { FigureDefinition, Listed, Unit } from '../figure.js';
import { askedBenefit } from './losses.js';

interface Found {
  readonly title: string;
  readonly code: string;
  readonly name: string;
  readonly unit: Unit;
  readonly version: PlanVersion;
}

const versionOf = async (context: TraceContext): Promise<Found> => {
  const { id, code, name } = await askedBenefit(context);
  const { version } = context.query;
  if (version === undefined) throw invalidField('version', 'field.required', 'Name the version by its number.');
  const { items, currency, unit, isMoney } = await planVersionsOf(context.manager, id, 'infinity');
  const found = items.find(({ number }) => String(number) === version);
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
