import type { DataSource, EntityManager } from 'typeorm';
import type { PlanVersions } from '../contract/plan.js';
import { fractionOf, sumOf } from '../core/benefit-status.js';
import { type Fraction, minus } from '../core/exact-amounts.js';
import { minorUnits } from '../core/money.js';
import { named } from '../database/named.js';
import { amountText, ownUnitText } from './amounts.js';
import { planChanges, type PlanChange } from './plans.queries.js';

/** The versions of a benefit's plan, made from what each save changed. */

export type PlanVersion = PlanVersions['items'][number];

/** What decides how the months of a plan add up. */
export interface PlanRule {
  readonly currency: string | null;
  readonly unit: string | null;
  readonly nature: string | null;
  readonly aggregation: string | null;
}

const isMoneyOf = ({ currency, nature }: PlanRule): boolean => currency !== null && nature !== 'non_financial';

/** Months of money add up in its currency, those of others by their aggregation; null where they do not add up. */
const textOf = (rule: PlanRule): ((sum: Fraction) => string) | null => {
  if (isMoneyOf(rule)) return (sum) => amountText(sum, minorUnits(rule.currency!));
  return rule.aggregation !== null && rule.aggregation !== 'sum' ? null : ownUnitText;
};

/** Why several things were changed at once, each reason once; null where nobody said. */
export const reasonsIn = (changes: readonly { readonly reason: string | null }[]): string | null =>
  [...new Set(changes.flatMap(({ reason }) => reason || []))].join(' · ') || null;

/** One version a save: the plan as it was after it, oldest first. */
export const versionsOf = (changes: readonly PlanChange[], rule: PlanRule): PlanVersion[] => {
  const saves: PlanChange[][] = [];
  for (const change of changes) {
    const last = saves.at(-1);
    if (last && last[0]!.at === change.at) last.push(change);
    else saves.push([change]);
  }
  const text = textOf(rule);
  const baseline = saves.findLastIndex((save) => save[0]!.isFixed);
  const plan = new Map<string, string>();
  let before: Fraction | null = null;
  return saves.map((save, index): PlanVersion => {
    for (const { month, planned } of save)
      if (planned === null) plan.delete(month);
      else plan.set(month, planned);
    const months = [...plan].sort(([a], [b]) => (a < b ? -1 : 1)).map(([month, planned]) => ({ month, planned }));
    const sum = sumOf(months.map(({ planned }) => fractionOf(planned)));
    const change: string | null = before && text ? text(minus(sum, before)) : null;
    before = sum;
    return {
      number: index + 1,
      at: save[0]!.at,
      by: save[0]!.by,
      reason: reasonsIn(save),
      importId: save[0]!.importId,
      isBaseline: index === baseline,
      isCurrent: index === saves.length - 1,
      total: text && text(sum),
      change,
      months,
    };
  });
};

/**
 * The versions of one benefit's plan, with what they are in.
 *
 * @param now ISO instant: an approval that lies after it fixes nothing yet
 */
export const planVersionsOf = async (
  on: DataSource | EntityManager,
  benefitId: string,
  now: string,
): Promise<PlanRule & { isMoney: boolean; items: PlanVersion[] }> => {
  const [rule] = await named<PlanRule>(
    on,
    'rule of a plan',
    'select currency, unit, nature, aggregation from benefits where id = $1',
    [benefitId],
  );
  if (!rule) throw new RangeError(`No benefit has the id ${benefitId}`);
  return { ...rule, isMoney: isMoneyOf(rule), items: versionsOf(await planChanges(on, benefitId, now), rule) };
};
