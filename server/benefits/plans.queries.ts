import type { DataSource, EntityManager } from 'typeorm';
import { plainDecimal } from '../core/money.js';
import { named } from '../database/named.js';

/** A planned month that a save changed. */
export interface PlanChange {
  at: string;
  by: string;
  reason: string | null;
  importId: string | null;
  month: string;
  /** Null where the month lost its plan. */
  planned: string | null;
  /** Whether it was in force when the plan was fixed. */
  isFixed: boolean;
}

/** One row is one month that a save planned anew, oldest save first. An archived month has no plan. */
const CHANGES = `
  with stated as (
    select r.changed_at, r.changed_by, r.reason, r.import_id, v.month, case when not r.archived then r.planned end as planned,
      lag(case when not r.archived then r.planned end) over (partition by v.id order by r.version) as before,
      r.changed_at <= greatest(b.baseline_at, s.at) and b.baseline_at <= $2 as fixed
    from benefit_values v
      join benefit_value_revisions r on r.benefit_value_id = v.id
      join benefits b on b.id = v.benefit_id
      left join plan_starts s on s.benefit_id = b.id
    where v.benefit_id = $1
  )
  select changed_at as at, changed_by as by, reason, import_id as "importId", to_char(month, 'YYYY-MM') as month, planned, coalesce(fixed, false) as "isFixed"
  from stated where planned is distinct from before order by changed_at, month`;

/** What changed of a benefit's plan, save by save. */
export const planChanges = async (
  on: DataSource | EntityManager,
  benefitId: string,
  now: string,
): Promise<PlanChange[]> =>
  (await named<PlanChange>(on, 'changes of a plan', CHANGES, [benefitId, now])).map((row) => ({
    ...row,
    planned: row.planned === null ? null : plainDecimal(row.planned, true),
  }));

/** Whether a plan is stored and approved, so that it changes only with a reason. The database asks the same. */
export const isPlanFixed = async (on: DataSource | EntityManager, benefitId: string, now: string): Promise<boolean> =>
  (
    await named(
      on,
      'whether a plan is fixed',
      `select 1 from benefits b join plan_starts s on s.benefit_id = b.id where b.id = $1 and b.baseline_at <= $2 and s.at < $2`,
      [benefitId, now],
    )
  ).length > 0;
