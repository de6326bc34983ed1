import type { EntityManager } from 'typeorm';
import { named } from '../database/named.js';
import type { Reading } from '../http/reading.js';

/** A capability or outcome that has a target, and the day on which it first reached it. */
export interface ReachedRow {
  id: string;
  code: string;
  name: string;
  owner: string | null;
  reachedOn: string | null;
}

/** One row is one capability of the scope with a target level; reached by an assessment before the period's end ($1). $2: units, or null. */
const CAPABILITIES = `
  select c.id, c.code, c.name, c.owner_email as owner,
    (select min(a.assessed_on) from maturity_assessments a
      where a.capability_id = c.id and a.archived_at is null and a.level >= c.target_maturity and a.assessed_on < $1::date)::text as "reachedOn"
  from capabilities c
  where c.archived_at is null and c.target_maturity is not null and ($2::uuid[] is null or c.org_unit_id = any ($2))`;

/**
 * One row is one outcome of the scope with a target; reached by a measurement before the period's end ($1). Lower is better where it says so,
 * or where it says nothing and the target lies below the baseline. $2: units, or null.
 */
const OUTCOMES = `
  select o.id, o.code, o.name, o.owner_email as owner,
    (select min(m.measured_on) from outcome_measurements m
      where m.outcome_id = o.id and m.archived_at is null and m.measured_on < $1::date
        and case when coalesce(o.better, case when o.target < o.baseline then 'lower' else 'higher' end) = 'lower'
          then m.value <= o.target else m.value >= o.target end)::text as "reachedOn"
  from outcomes o
  where o.archived_at is null and o.target is not null and ($2::uuid[] is null or o.org_unit_id = any ($2))`;

export const capabilitiesWithTarget = (manager: EntityManager, { end, scope }: Reading): Promise<ReachedRow[]> =>
  named<ReachedRow>(manager, 'capabilities with a target', CAPABILITIES, [end, scope.unitIds]);

export const outcomesWithTarget = (manager: EntityManager, { end, scope }: Reading): Promise<ReachedRow[]> =>
  named<ReachedRow>(manager, 'outcomes with a target', OUTCOMES, [end, scope.unitIds]);
