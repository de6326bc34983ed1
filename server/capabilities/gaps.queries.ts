import type { EntityManager } from 'typeorm';
import { named } from '../database/named.js';

/** A capability with its latest assessed levels before some days. Levels are decimal text. */
export interface GapRow {
  id: string;
  strategic: boolean | null;
  target: string | null;
  /** In the order of the days. */
  levels: (string | null)[];
  /** Money can reach it: an initiative leads to it, or it has no parts. */
  isReachable: boolean;
}

/** One row is one capability of the scope that is not archived. $1: days, in order of time; $2: ids of the units, or null for all. */
const GAPS = `
  select c.id, c.strategic, trim_scale(c.target_maturity)::text as target, a.levels,
    exists (select 1 from links l where l.to_id = c.id and l.archived_at is null)
      or not exists (select 1 from capabilities x where x.parent_id = c.id and x.archived_at is null) as "isReachable"
  from capabilities c cross join lateral (
    select array_agg((
      select trim_scale(m.level)::text from maturity_assessments m
      where m.capability_id = c.id and m.archived_at is null and m.level is not null and m.assessed_on < e.day
      order by m.assessed_on desc limit 1) order by e.at) as levels
    from unnest($1::date[]) with ordinality as e (day, at)) a
  where c.archived_at is null and ($2::uuid[] is null or c.org_unit_id = any ($2))`;

/** @param ends days after the last ones of the periods */
export const capabilityGaps = (
  manager: EntityManager,
  ends: readonly string[],
  unitIds: readonly string[] | null,
): Promise<GapRow[]> => named<GapRow>(manager, 'capabilities with their gaps', GAPS, [ends, unitIds]);
