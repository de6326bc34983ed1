import type { EntityManager } from 'typeorm';
import type { DecisionFacts } from '../../core/metrics/decision.js';
import { named } from '../../database/named.js';
import type { Reading } from '../../http/reading.js';
import type { Bounds } from '../bounds.js';
import { DECISIONS, decisionsOf } from '../decisions.queries.js';

type Row = Omit<DecisionFacts, 'period' | 'seen'> & { at: number; appeared: number | null };

/**
 * One row is one period in which something appeared, was decided or open past its date; period 0 is all that lies before the first.
 * `appeared`: decisions that were raised in it, or decided where nobody said when they were raised.
 */
const FACTS = `
  with decision as materialized (${DECISIONS}),
  done as (
    select decided_in as at, count(*)::int as decided,
      count(days) filter (where kind = 'priority')::int as priorities,
      percentile_cont(0.5) within group (order by days::float8) filter (where kind = 'priority') as "priorityMedianDays",
      percentile_cont(0.85) within group (order by days::float8) filter (where kind = 'priority') as "priorityP85Days",
      percentile_cont(0.5) within group (order by days::float8) as "medianDays",
      sum(escalations)::int as escalations,
      count(*) filter (where intended_level is not null and decided_level is not null)::int as "bothLevels",
      count(*) filter (where decided_level = intended_level)::int as "atIntended",
      count(*) filter (where decided_level > intended_level)::int as "aboveIntended",
      count(*) filter (where reopened > 0)::int as reopened,
      count(*) filter (where kind = 'strategic' and it_involved is not null)::int as strategic,
      count(*) filter (where kind = 'strategic' and it_involved = 'before')::int as "involvedBefore"
    from decision where decided_in between 1 and cardinality($1::timestamptz[]) - 1
    group by decided_in),
  late as (
    select at, count(*)::int as "overdueOpen" from decision cross join lateral generate_series(late_from, late_to) as at group by at),
  fresh as (
    select at, count(*)::int as appeared
    from (select min(width_bucket(least(raised_at, decided_at), $1::timestamptz[])) as at from decision group by id) d
    where at is not null group by at)
  select * from done full join late using (at) full join fresh using (at)`;

const NOTHING: Omit<DecisionFacts, 'period' | 'seen'> = {
  decided: 0,
  priorities: 0,
  priorityMedianDays: null,
  priorityP85Days: null,
  medianDays: null,
  escalations: 0,
  bothLevels: 0,
  atIntended: 0,
  aboveIntended: 0,
  reopened: 0,
  overdueOpen: 0,
  strategic: 0,
  involvedBefore: 0,
};

const NO_ROW: Row = { at: 0, appeared: null, ...NOTHING };

/** Facts of the scope by period, in the order of `periods`. */
export const readDecisionFacts = async (
  manager: EntityManager,
  reading: Reading,
  periods: readonly Bounds[],
): Promise<DecisionFacts[]> => {
  const rows = await named<Row>(manager, 'decision facts', FACTS, decisionsOf(reading, periods));
  return periods.map(({ period }, index) => {
    const { at: _at, appeared: _appeared, ...found } = rows.find(({ at }) => at === index + 1) ?? NO_ROW;
    const seen = rows.reduce((sum, { at, appeared }) => (at <= index + 1 ? sum + (appeared ?? 0) : sum), 0);
    // A period of only late decisions has no counts of decided ones, and the other way round.
    const known = Object.fromEntries(Object.entries(found).filter(([, value]) => value !== null));
    return { ...NOTHING, ...known, period, seen };
  });
};
