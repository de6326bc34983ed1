import { aboutTheScope } from '../access/about.js';
import type { Reading } from '../http/reading.js';
import type { Bounds } from './bounds.js';

/**
 * One row is one time that a decision of the scope was open and then taken, or is open still: what was opened again counts in the quarter in which
 * it had been taken, as it was known at that quarter's end. Periods are numbered from 1, in order of time and without a gap between them; $1 holds
 * the instants at which they begin and the one at which the last ends, $2 the same as days.
 * `decided_in`: the period at whose end it had been decided in it; null where it was opened again before that end. It is open past its date at the
 * end of the periods `late_from` to `late_to`. Escalations count up to the end of the period in which it was decided. `reopened`: how often before;
 * times of which no day is known count as before.
 */
export const DECISIONS = `
  select d.id, d.code, coalesce(d.title, d.code) as name, d.kind, d.raised_at, d.needed_by, s.decided_at, d.intended_level, s.decided_level,
    greatest(coalesce(d.reopened, 0) - coalesce(cardinality(h.ats), 0), 0) + s.before as reopened, d.it_involved,
    case when s.reopened_at is null or width_bucket(s.reopened_at, $1::timestamptz[]) > p.ended_in then p.ended_in end as decided_in,
    extract(epoch from s.decided_at - d.raised_at) / 86400 as days,
    greatest(p.opened_in, p.needed_in, 1) as late_from,
    case when d.raised_at is null or d.needed_by is null then 0
      else least(coalesce(p.ended_in, cardinality($1::timestamptz[])), cardinality($1::timestamptz[])) - 1 end as late_to,
    count(e.id) filter (where e.at < ($1::timestamptz[])[p.ended_in + 1])::int as escalations
  from decisions d
    left join (
      select decision_id, array_agg(at order by at) as ats, array_agg(decided_at order by at) as days, array_agg(decided_level order by at) as levels
      from decision_reopenings where archived_at is null and decided_at is not null group by decision_id) h on h.decision_id = d.id
    cross join lateral (
      select d.decided_at, d.decided_level, null::timestamptz as reopened_at, h.ats[cardinality(h.ats)] as opened_at, coalesce(cardinality(h.ats), 0) as before
      union all
      select h.days[k], h.levels[k], h.ats[k], h.ats[k - 1], k - 1 from generate_subscripts(h.ats, 1) as k) s
    cross join lateral (
      select width_bucket(s.decided_at, $1::timestamptz[]) as ended_in,
        width_bucket(coalesce(s.opened_at, d.raised_at), $1::timestamptz[]) as opened_in, width_bucket(d.needed_by, $2::date[]) as needed_in) p
    left join decision_escalations e on e.decision_id = d.id and e.archived_at is null
  where d.archived_at is null and ${aboutTheScope('$3', '$4')}
  group by d.id, h.ats, s.decided_at, s.decided_level, s.reopened_at, s.opened_at, s.before, p.ended_in, p.opened_in, p.needed_in`;

/** What `DECISIONS` is asked with. */
export const decisionsOf = ({ scope }: Reading, periods: readonly Bounds[]): unknown[] => {
  const last = periods.at(-1)!;
  return [
    [...periods.map(({ startsAt }) => startsAt), last.endsAt],
    [...periods.map(({ start }) => start), last.end],
    scope.portfolioId,
    scope.unitIds,
  ];
};
