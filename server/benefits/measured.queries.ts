import type { EntityManager } from 'typeorm';
import { named } from '../database/named.js';

/** An outcome with what it can be measured by. */
export interface MeasuredOutcome {
  id: string;
  unitId: string | null;
  code: string;
  name: string;
  unit: string | null;
  better: 'higher' | 'lower' | null;
  baseline: string | null;
  target: string | null;
  targetOn: string | null;
  measured: { on: string; value: string; evidence: string | null }[];
}

/** Outcomes by code with their measurements before a day, oldest first. */
export const measuredOutcomes = (
  manager: EntityManager,
  ids: readonly string[],
  before: string,
): Promise<MeasuredOutcome[]> =>
  named<MeasuredOutcome>(
    manager,
    'measured outcomes of one benefit',
    `select o.id, o.org_unit_id as "unitId", o.code, o.name, o.unit, coalesce(o.better, case when o.target < o.baseline then 'lower' when o.target is not null and o.baseline is not null then 'higher' end) as better,
       trim_scale(o.baseline)::text as baseline, trim_scale(o.target)::text as target, o.target_date::text as "targetOn",
       coalesce((select jsonb_agg(jsonb_build_object('on', m.measured_on, 'value', trim_scale(m.value)::text, 'evidence', m.evidence) order by m.measured_on)
         from outcome_measurements m where m.outcome_id = o.id and m.archived_at is null and m.value is not null and m.measured_on < $2), '[]') as measured
     from outcomes o where o.id = any ($1::uuid[]) and o.archived_at is null order by o.code`,
    [ids, before],
  );

/** What one benefit is measured from, in its own unit. */
export const ownBaseline = async (
  manager: EntityManager,
  id: string,
): Promise<{ unit: string | null; baseline: string | null }> =>
  (
    await named<{ unit: string | null; baseline: string | null }>(
      manager,
      'own baseline of a benefit',
      'select unit, trim_scale(baseline)::text as baseline from benefits where id = $1',
      [id],
    )
  )[0]!;
