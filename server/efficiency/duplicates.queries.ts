import type { EntityManager } from 'typeorm';
import { isoInstant } from '../database/instant.js';
import { named } from '../database/named.js';
import type { Reading } from '../http/reading.js';

/** An initiative that may do what another does. */
export interface EffortRow {
  id: string;
  code: string;
  name: string;
  owner: string | null;
  version: number;
  /** First day, and the last: the one on which it ended, else the planned one. */
  from: string | null;
  to: string | null;
  duplicateOf: string | null;
  /** What it duplicates, archived or not: a mark counts as long as it stands. */
  of: { code: string; name: string; isArchived: boolean } | null;
  isInScope: boolean;
}

/** One row is one initiative that is not archived. $1: portfolio, $2: units, each null for all. */
const EFFORTS = `
  select i.id, i.code, i.name, i.owner_email as owner, i.version, i.start_date::text as "from",
    coalesce(i.end_date, i.planned_end_date)::text as "to", i.duplicate_of_id as "duplicateOf",
    case when d.id is not null then json_build_object('code', d.code, 'name', d.name, 'isArchived', d.archived_at is not null) end as of,
    ($1::uuid is null or i.portfolio_id = $1) and ($2::uuid[] is null or i.org_unit_id = any ($2)) as "isInScope"
  from initiatives i left join initiatives d on d.id = i.duplicate_of_id where i.archived_at is null`;

export interface PairRow {
  a: string;
  b: string;
  capabilities: { code: string; name: string }[];
}

/**
 * One row is one pair of initiatives that build a capability both, in overlapping time, with the capabilities that they share; the one that began
 * first comes first. An end that is not known lies ahead, and what is not delivered goes on past its planned end, until today at least; without a
 * beginning nothing can be said. What is cancelled, marked already, or was judged to be different is left out. $1: today.
 */
const PAIRS = `
  with feeding as (
    select distinct i.id, i.code, i.start_date, l.to_id as capability_id, coalesce(i.end_date,
      case when i.status is distinct from 'delivered' and i.planned_end_date < $1::date then $1::date else i.planned_end_date end,
      'infinity'::date) as ends
    from initiatives i join links l on l.from_id = i.id and l.from_type = 'initiative' and l.archived_at is null
    where i.archived_at is null and i.start_date is not null and i.status is distinct from 'cancelled' and i.duplicate_of_id is null)
  select a.id as a, b.id as b, json_agg(json_build_object('code', c.code, 'name', c.name) order by lower(c.code)) as capabilities
  from feeding a
    join feeding b on b.capability_id = a.capability_id and (a.start_date, lower(a.code)) < (b.start_date, lower(b.code)) and b.start_date <= a.ends
    join capabilities c on c.id = a.capability_id and c.archived_at is null
  where not exists (select 1 from duplicate_verdicts v where v.withdrawn_at is null and v.verdict = 'different'
    and v.initiative_id in (a.id, b.id) and v.other_id in (a.id, b.id))
  group by a.id, b.id`;

export interface VerdictRow {
  id: string;
  initiative: string;
  other: string;
  verdict: 'duplicate' | 'different';
  reason: string;
  by: string;
  at: string;
}

/** One row is one word that stands. */
const VERDICTS = `
  select id, initiative_id as initiative, other_id as other, verdict, reason, said_by as by,
    ${isoInstant('said_at')} as at
  from duplicate_verdicts where withdrawn_at is null order by said_at desc, id`;

export const efforts = (manager: EntityManager, { scope }: Reading): Promise<EffortRow[]> =>
  named<EffortRow>(manager, 'initiatives as efforts', EFFORTS, [scope.portfolioId, scope.unitIds]);

export const pairs = (manager: EntityManager, { today }: Reading): Promise<PairRow[]> =>
  named<PairRow>(manager, 'initiatives that may do the same', PAIRS, [today]);

export const verdicts = (manager: EntityManager): Promise<VerdictRow[]> =>
  named<VerdictRow>(manager, 'verdicts on duplicates', VERDICTS);
