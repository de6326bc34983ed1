import type { EntityManager } from 'typeorm';
import { aboutTheScope } from '../access/about.js';
import { DECISION_SORTS, type DecisionLine, type DecisionLogQuery } from '../contract/decision.js';
import { addPeriods, periodInstants } from '../core/period.js';
import { isoInstant } from '../database/instant.js';
import { named } from '../database/named.js';
import { asOf, asOfDay, lateBefore } from '../http/as-of.js';
import type { Reading } from '../http/reading.js';

type Sort = (typeof DECISION_SORTS)[number];

/** A line with the id of its record and what it is counted by. */
export interface Line extends DecisionLine {
  readonly id: string;
  readonly version: number;
  readonly aboutId: string | null;
}

/** Quarters that dots, levels and rights look back on, the asked one included. */
export const QUARTERS = 4;

export const sinceOf = ({ period }: Reading): string => addPeriods(period, 1 - QUARTERS);

/**
 * One row is one decision of the scope, those raised after the period's end too: who adds one sees it.
 * $1 end of the period, $2 what is needed before this day is late, $3 portfolio, $4 units, $5 start of the period, $6 start of the four quarters,
 * $7 the day as of which it is told, $8 the instant at which that day ends.
 * What was decided after the period's end is open in it, with no outcome yet; what was opened again after it stands as it had been decided (`k`).
 * How often it was reopened may come as a count alone, or as reopenings with their days alone: the greater one holds (`h`).
 */
const LINES = `
  select d.id, d.version, d.code, coalesce(d.title, d.code) as title, d.kind, d.trade_off as "tradeOff", case when s.is_decided then k.outcome end as outcome,
    case when f.id is not null then jsonb_build_object('code', f.code, 'name', f.name) end as forum,
    ${isoInstant('d.raised_at')} as "raisedAt", ${isoInstant('k.decided_at')} as "decidedAt",
    to_char(d.needed_by, 'YYYY-MM-DD') as "neededBy", to_char(d.revisit_on, 'YYYY-MM-DD') as "revisitOn",
    case when s.is_decided then 'decided' when d.needed_by < $2::date and d.raised_at < $1::timestamptz then 'late' else 'open' end as state,
    (extract(epoch from case when s.is_decided then k.decided_at else greatest(d.raised_at, $8::timestamptz) end - d.raised_at) / 86400)::float8 as days,
    case when not s.is_decided then $7::date - d.needed_by end as "daysLate",
    d.intended_level as "intendedLevel", case when s.is_decided then k.decided_level end as "decidedLevel", greatest(coalesce(d.reopened, 0), h.times) - k.later as reopened,
    (select count(*)::int from decision_escalations e where e.decision_id = d.id and e.archived_at is null and e.at < $1::timestamptz) as escalations,
    s.is_decided and exists (
      select from decision_reopenings o where o.decision_id = d.id and o.archived_at is null and o.at < $1::timestamptz and o.outcome <> k.outcome) as reversed,
    d.about_id as "aboutId",
    case when d.about_id is not null then jsonb_build_object('type', d.about_type, 'code', a.code, 'name', a.name) end as about,
    s.is_decided and k.decided_at >= $5::timestamptz as in_period, s.is_decided and k.decided_at >= $6::timestamptz as in_year,
    d.raised_at < $1::timestamptz as is_known, f.code as forum_code, d.raised_at, d.needed_by, k.decided_at
  from decisions d
    left join (select decision_id, count(*)::int as times from decision_reopenings where archived_at is null group by decision_id) h on h.decision_id = d.id
    left join lateral (
      select at, decided_at, outcome, decided_level, count(*) over () as later from decision_reopenings
      where decision_id = d.id and archived_at is null and at >= $1::timestamptz order by at limit 1) o on true
    cross join lateral (
      select coalesce(o.later, 0)::int as later, case when o.at is null then d.decided_at else o.decided_at end as decided_at,
        case when o.at is null then d.outcome else o.outcome end as outcome,
        case when o.at is null then d.decided_level else o.decided_level end as decided_level) k
    cross join lateral (select coalesce(k.decided_at < $1::timestamptz, false) as is_decided) s
    left join forums f on f.id = d.forum_id
    left join lateral (
      select code, name from investments where d.about_type = 'investment' and id = d.about_id
      union all select code, name from initiatives where d.about_type = 'initiative' and id = d.about_id
      union all select code, name from capabilities where d.about_type = 'capability' and id = d.about_id
      union all select code, name from outcomes where d.about_type = 'outcome' and id = d.about_id
      union all select code, name from benefits where d.about_type = 'benefit' and id = d.about_id) a on true
  where d.archived_at is null and ${aboutTheScope('$3', '$4')}`;

const asked = (reading: Reading): unknown[] => {
  const here = periodInstants(reading.period, reading.startMonth, reading.timeZone);
  const since = periodInstants(sinceOf(reading), reading.startMonth, reading.timeZone);
  const { portfolioId, unitIds } = reading.scope;
  return [
    here.end,
    lateBefore(reading),
    portfolioId,
    unitIds,
    here.start,
    since.start,
    asOfDay(reading),
    asOf(reading, here.end),
  ];
};

/** Open at the end of the period: what was raised after it is not, though the log without a view holds it. */
const IS_OPEN = `state <> 'decided' and coalesce(is_known, true)`;

/** Filters of the log: $9 view, $10 kind, $11 outcome, $12 forum, $13 intended, $14 decided level, $15 words. */
const PASSES = `
  ($9::text is null or case $9 when 'quarter' then in_period when 'year' then in_year when 'open' then ${IS_OPEN} when 'late' then state = 'late'
    when 'reopened' then reopened > 0 when 'above' then state = 'decided' and "decidedLevel" > "intendedLevel" end)
  and ($10::text is null or case $10 when '-' then kind is null else kind = $10 end) and ($11::text is null or outcome = $11 and state = 'decided')
  and ($12::text is null or case $12 when '-' then forum_code is null else lower(forum_code) = lower($12) end)
  and ($13::int is null or "intendedLevel" = $13) and ($14::int is null or "decidedLevel" = $14 and state = 'decided')
  and ($15::text is null or concat_ws(' ', code, title, "tradeOff", forum->>'code', forum->>'name', about->>'code', about->>'name') ilike $15)`;

const ORDERS: Record<Sort, string> = {
  raised: 'raised_at',
  needed: 'needed_by',
  decided: "case when state = 'decided' then decided_at end",
  days: 'days',
  code: 'code collate "C"',
};

type Row = Line & { total: number };

const stripped = (row: Row): Line => ({
  id: row.id,
  version: row.version,
  aboutId: row.aboutId,
  code: row.code,
  title: row.title,
  kind: row.kind,
  forum: row.forum,
  raisedAt: row.raisedAt,
  decidedAt: row.decidedAt,
  neededBy: row.neededBy,
  revisitOn: row.revisitOn,
  state: row.state,
  days: row.days,
  daysLate: row.daysLate,
  intendedLevel: row.intendedLevel,
  decidedLevel: row.decidedLevel,
  outcome: row.outcome,
  escalations: row.escalations,
  reopened: row.reopened,
  reversed: row.reversed,
  tradeOff: row.tradeOff,
  about: row.about,
});

export type LogFilter = Pick<
  DecisionLogQuery,
  'show' | 'kind' | 'outcome' | 'forum' | 'intended' | 'decided' | 'q' | 'sort'
>;

/** Signs that `ilike` reads as patterns are meant as they stand. */
const patternOf = (words: string): string => `%${words.trim().replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;

/** One page of the log, and how many pass in all. */
export const logPage = async (
  manager: EntityManager,
  reading: Reading,
  filter: LogFilter,
  { offset, limit }: { offset: number; limit: number },
): Promise<{ lines: Line[]; total: number }> => {
  const isDown = filter.sort.startsWith('-');
  const sort = filter.sort.replace(/^-/, '') as Sort;
  const values = [
    ...asked(reading),
    filter.show ?? null,
    filter.kind ?? null,
    filter.outcome ?? null,
    filter.forum ?? null,
    filter.intended ?? null,
    filter.decided ?? null,
    filter.q === undefined || filter.q.trim() === '' ? null : patternOf(filter.q),
    limit,
    offset,
  ];
  const rows = await named<Row>(
    manager,
    `decision log by ${sort} ${isDown ? 'down' : 'up'}`,
    `with line as (${LINES}) select *, count(*) over ()::int as total from line where ${PASSES}
       order by ${ORDERS[sort]} ${isDown ? 'desc' : 'asc'} nulls last, code collate "C" limit $16 offset $17`,
    values,
  );
  return { lines: rows.map(stripped), total: rows[0]?.total ?? 0 };
};

/** Decisions of the four quarters and whatever is open, with whether each was decided in the period. */
export const boardLines = async (
  manager: EntityManager,
  reading: Reading,
): Promise<(Line & { inPeriod: boolean })[]> => {
  const rows = await named<Row & { in_period: boolean }>(
    manager,
    'decision board',
    `with line as (${LINES}) select * from line where in_year or ${IS_OPEN} order by coalesce(decided_at, raised_at), code collate "C"`,
    asked(reading),
  );
  return rows.map((row) => ({ ...stripped(row), inPeriod: row.in_period }));
};

/** No end lies behind it. */
const NEVER = '9999-12-31T00:00:00.000Z';

/** One decision as it stands today, whatever the period and scope: it is read by all staff. */
export const oneLine = async (manager: EntityManager, reading: Reading, id: string): Promise<Line | null> => {
  const { today } = reading;
  const values = ['infinity', today, null, null, 'infinity', 'infinity', today, asOf(reading, NEVER), id];
  const [row] = await named<Row>(
    manager,
    'one decision',
    `with line as (${LINES} and d.id = $9::uuid) select * from line`,
    values,
  );
  return row ? stripped(row) : null;
};
