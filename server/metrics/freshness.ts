import type { EntityManager } from 'typeorm';
import { RECORDS } from '../contract/records.js';
import type { MetricFacts } from '../core/metrics/facts.js';
import { named } from '../database/named.js';
import type { Reading } from '../http/reading.js';
import { eventsBehind, recordsBehind } from './writers.js';

/**
 * One row is one type of record and the day ($5: time zone) on which one was written last, in the whole enterprise. $1: types of audit events, each
 * looked up by the end of its index; $2 and $3: tables of imports with their types, which a revert writes once more. With `=` the planner would walk the whole trail backwards for a type
 * that was never written: only the order by type and number keeps it in the index of both.
 *
 * Of a survey ($4) no write says anything: that a round was closed, or a survey came by an import, is known to all; when somebody answered is not.
 */
const WRITTEN = `
  select type, to_char(max(at) at time zone $5, 'YYYY-MM-DD') as "on" from (
    select t.type, e.at::timestamptz as at
    from unnest($1::text[]) t (type) cross join lateral (
      select at from audit_events where object_type between t.type and t.type order by object_type desc, seq desc limit 1) e
    union all
    select t.type, greatest(i.finished_at, i.reverted_at)
    from imports i cross join lateral jsonb_array_elements(i.tables) e
      join unnest($2::text[], $3::text[]) t (name, type) on t.name = e ->> 'table'
    where i.status in ('committed', 'reverted') and (e ->> 'created')::int + (e ->> 'updated')::int > 0
    union all
    select $4, max(r.closed_at) from survey_rounds r join surveys s on s.id = r.survey_id and s.archived_at is null) w
  where at is not null group by type`;

const SURVEY = 'survey';
/** What comes with a survey is part of it. */
const IMPORTED_WITH_SURVEY = [RECORDS.survey.table, RECORDS.survey_response.table];

/** The day on which a record of some facts was written last; null before the first. */
type LastWritten = (needs: readonly (keyof MetricFacts)[]) => string | null;

/** When the records that metrics are computed from were written last: one statement, whatever the number of metrics. */
export const lastWritten = async (
  manager: EntityManager,
  { timeZone }: Reading,
  needed: readonly (keyof MetricFacts)[],
): Promise<LastWritten> => {
  const types = recordsBehind(needed).filter((type) => type !== SURVEY);
  const tables = [
    ...types.map((type) => [RECORDS[type].table, type] as const),
    ...IMPORTED_WITH_SURVEY.map((table) => [table, SURVEY] as const),
  ];
  const rows = await named<{ type: string; on: string }>(manager, 'records written last', WRITTEN, [
    eventsBehind(needed).filter((type) => type !== SURVEY),
    tables.map(([table]) => table),
    tables.map(([, type]) => type),
    SURVEY,
    timeZone,
  ]);
  const days = new Map(rows.map(({ type, on }) => [type, on]));
  return (needs) =>
    eventsBehind(needs)
      .flatMap((type) => days.get(type) ?? [])
      .reduce<string | null>((latest, on) => (latest === null || on > latest ? on : latest), null);
};
