import { aboutTheScope } from '../access/about.js';
import type { Reading } from '../http/reading.js';
import type { Bounds } from './bounds.js';

/**
 * One row is one decision of the scope. Periods are numbered from 1, in order of time and without a gap between them; $1 holds the instants at
 * which they begin and the one at which the last ends, $2 the same as days.
 * `decidedIn`: the period in which it was decided. It is open past its date at the end of the periods `lateFrom` to `lateTo`.
 * Escalations count up to the end of the period in which it was decided.
 */
export const DECISIONS = `
  select d.id, d.code, coalesce(d.title, d.code) as name, d.kind, d.raised_at, d.needed_by, d.decided_at, d.intended_level, d.decided_level,
    coalesce(d.reopened, 0) as reopened, d.it_involved, p.decided_in,
    extract(epoch from d.decided_at - d.raised_at) / 86400 as days,
    greatest(p.raised_in, p.needed_in, 1) as late_from,
    case when d.raised_at is null or d.needed_by is null then 0 else least(coalesce(p.decided_in, cardinality($1::timestamptz[])), cardinality($1::timestamptz[])) - 1 end as late_to,
    count(e.id) filter (where e.at < ($1::timestamptz[])[p.decided_in + 1])::int as escalations
  from decisions d
    cross join lateral (select width_bucket(d.decided_at, $1::timestamptz[]) as decided_in, width_bucket(d.raised_at, $1::timestamptz[]) as raised_in,
      width_bucket(d.needed_by, $2::date[]) as needed_in) p
    left join decision_escalations e on e.decision_id = d.id and e.archived_at is null
  where d.archived_at is null and ${aboutTheScope('$3', '$4')}
  group by d.id, p.decided_in, p.raised_in, p.needed_in`;

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
