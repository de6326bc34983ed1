import type { EntityManager } from 'typeorm';
import { named } from '../database/named.js';
import type { Reading } from '../http/reading.js';

/** A capability with its latest assessed level before the period's end. Levels are decimal text. */
export interface CapabilityRow {
  id: string;
  code: string;
  name: string;
  /** Code of the capability above; null at the top, and where that is out of the scope. */
  parent: string | null;
  strategic: boolean | null;
  owner: string | null;
  target: string | null;
  level: string | null;
  assessedOn: string | null;
  assessor: string | null;
  evidence: string | null;
  /** Initiatives that lead to it, and outcomes that it leads to. */
  initiatives: number;
  outcomes: number;
  hasParts: boolean;
}

/** One row is one capability of the scope that is not archived. $1: the day after the period's last, $2: ids of the units, or null for all. */
const STATES = `
  select c.id, c.code, c.name, p.code as parent, c.strategic, c.owner_email as owner, trim_scale(c.target_maturity)::text as target,
    trim_scale(a.level)::text as level, a.assessed_on::text as "assessedOn", a.assessor_email as assessor, a.evidence,
    (select count(*)::int from links l where l.to_id = c.id and l.archived_at is null) as initiatives,
    (select count(*)::int from links l where l.from_id = c.id and l.archived_at is null) as outcomes,
    exists (select 1 from capabilities x where x.parent_id = c.id and x.archived_at is null) as "hasParts"
  from capabilities c
    left join capabilities p on p.id = c.parent_id and p.archived_at is null and ($2::uuid[] is null or p.org_unit_id = any ($2))
    left join lateral (
      select level, assessed_on, assessor_email, evidence from maturity_assessments m
      where m.capability_id = c.id and m.archived_at is null and m.level is not null and m.assessed_on < $1::date
      order by m.assessed_on desc limit 1) a on true
  where c.archived_at is null and ($2::uuid[] is null or c.org_unit_id = any ($2))
  order by lower(c.code)`;

export const capabilityStates = (manager: EntityManager, { end, scope }: Reading): Promise<CapabilityRow[]> =>
  named<CapabilityRow>(manager, 'capabilities with their levels', STATES, [end, scope.unitIds]);
