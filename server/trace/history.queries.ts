import type { EntityManager } from 'typeorm';
import { named } from '../database/named.js';

/** An audit event that touched what a figure rests on. */
export interface HistoryRow {
  at: string;
  actor: string;
  action: string;
  object: string;
  seq: number;
}

/** As many as a person reads. */
const LATEST = 5;

/**
 * One row is one audit event, the latest first. With a scope only events on the benefits of its units: who sees own units only must not
 * learn from a history that others exist; imports touch many, so they are left out there. With a record only events on it and on its actions and
 * measurements, entries that wrote its months, and imports; with a month only those that wrote it, with an action or a day only those on it.
 */
const HISTORY = `
  select e.at, e.actor, e.action, trim(e.object_type || ' ' || coalesce(e.canonical::jsonb ->> 'objectCode', '')) as object, e.seq
  from audit_events e
  where e.object_type = any ($1::text[])
    and ($2::uuid[] is null or e.object_id in (
      select b.id::text from benefits b where b.org_unit_id = any ($2)
      union all select v.id::text from benefit_values v join benefits b on b.id = v.benefit_id where b.org_unit_id = any ($2)))
    and ($3::text is null or e.object_type = 'import'
      or e.object_id = $3 and ($4::jsonb is null or e.object_type <> 'benefit_value'
        or e.canonical::jsonb -> 'after' -> 'items' @> $4 or e.canonical::jsonb -> 'before' -> 'items' @> $4)
      or e.object_type = 'value_entry' and case when e.object_type = 'value_entry' then exists (
        select 1 from value_entries v where v.id = e.object_id::uuid
          and v.cells @> jsonb_build_array(jsonb_build_object('benefitId', $3::text) || coalesce($4::jsonb -> 0, '{}'))) end
      or e.object_id in (
        select id::text from links where from_id = $3::uuid or to_id = $3::uuid
        union all select id::text from corrective_actions where benefit_id = $3::uuid and ($5::text is null or lower(code) = lower($5))
        union all select id::text from maturity_assessments where capability_id = $3::uuid
        union all select id::text from outcome_measurements where outcome_id = $3::uuid and ($6::date is null or measured_on = $6)))
  order by e.seq desc limit ${LATEST}`;

/**
 * The last audit events on records of some types.
 *
 * @param ownUnits the units of a reader who sees nothing else; null for all others
 * @param recordId the one record that is asked about, if it is one
 * @param asked of a benefit's values the month, of its actions the code of one, of an outcome's measurements the day: null for all
 */
export const historyOf = (
  manager: EntityManager,
  types: readonly string[],
  ownUnits: readonly string[] | null,
  recordId: string | null,
  { month, action, on }: Readonly<Record<'month' | 'action' | 'on', string | null>>,
): Promise<HistoryRow[]> =>
  named<HistoryRow>(manager, 'history of a figure', HISTORY, [
    types,
    ownUnits,
    recordId,
    month === null ? null : JSON.stringify([{ month }]),
    action,
    on,
  ]);
