import type { DataSource } from 'typeorm';
import type { Assessment, CompetencyCount } from '../contract/capability.js';
import { named } from '../database/named.js';

/** One row is one assessment of a capability, the oldest first. */
export const assessmentsOf = (on: DataSource, capabilityId: string): Promise<Assessment[]> =>
  named<Assessment>(
    on,
    'assessments of a capability',
    `select id, version, assessed_on::text as "assessedOn", trim_scale(level)::text as level, assessor_email as assessor, evidence
     from maturity_assessments where capability_id = $1 and archived_at is null order by assessed_on`,
    [capabilityId],
  );

/** One row is one count of a competency of a capability, by code and day. */
export const competenciesOf = (on: DataSource, capabilityId: string): Promise<CompetencyCount[]> =>
  named<CompetencyCount>(
    on,
    'competencies of a capability',
    `select id, version, code, name, as_of::text as "asOf", trim_scale(required_fte)::text as required, trim_scale(available_fte)::text as available
     from competencies where capability_id = $1 and archived_at is null order by lower(code), as_of`,
    [capabilityId],
  );
