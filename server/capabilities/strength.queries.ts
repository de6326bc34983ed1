import type { DataSource } from 'typeorm';
import type { Assessment, CompetencyCount } from '../contract/capability.js';
import { named } from '../database/named.js';

/** One row is one assessment of a capability, the oldest first. */
export const assessmentsOf = (on: DataSource, capabilityId: string): Promise<Assessment[]> =>
  named<Assessment>(
    on,
    'assessments of a capability',
    `select id, version, assessed_on::text as "assessedOn", trim_scale(level)::text as level, assessor_email as assessor, evidence, note
     from maturity_assessments where capability_id = $1 and archived_at is null order by assessed_on`,
    [capabilityId],
  );

/** One row is one count of a competency of a capability, by code and day, with the capability that the next count is for where that is another. */
export const competenciesOf = (on: DataSource, capabilityId: string): Promise<CompetencyCount[]> =>
  named<CompetencyCount>(
    on,
    'competencies of a capability',
    `select t.id, t.version, t.code, t.name, t.as_of::text as "asOf", trim_scale(t.required_fte)::text as required,
       trim_scale(t.available_fte)::text as available, m.to as "movedTo"
     from competencies t
       left join lateral (
         select case when c.id <> $1 then json_build_object('code', c.code, 'name', c.name, 'on', o.as_of) end as to
         from competencies o join capabilities c on c.id = o.capability_id
         where lower(o.code) = lower(t.code) and o.as_of > t.as_of and o.archived_at is null order by o.as_of limit 1) m on true
     where t.capability_id = $1 and t.archived_at is null order by lower(t.code), t.as_of`,
    [capabilityId],
  );
