import type { EntityManager } from 'typeorm';
import type { InitiativeFacts } from '../../core/metrics/flow.js';
import { named } from '../../database/named.js';
import type { Reading } from '../../http/reading.js';
import type { Bounds } from '../bounds.js';

interface Row {
  period: number;
  delivered: number;
  on_time: number;
}

/** Initiatives of the scope ($1 portfolio, $2 units) that are delivered and have both dates; the end date says when. */
export const DELIVERED_INITIATIVES = `
  from initiatives n
  where n.archived_at is null and n.status = 'delivered' and n.end_date is not null and n.planned_end_date is not null
    and ($1::uuid is null or n.portfolio_id = $1) and ($2::uuid[] is null or n.org_unit_id = any ($2))`;

/** One row is what was delivered in a period of the bounds $3. */
const FACTS = `
  select width_bucket(n.end_date, $3::date[]) as period, count(*)::int as delivered,
    (count(*) filter (where n.end_date <= n.planned_end_date))::int as on_time
  ${DELIVERED_INITIATIVES} group by 1`;

/** Facts of the scope by period, in the order of `periods`. */
export const readInitiativeFacts = async (
  manager: EntityManager,
  { scope }: Reading,
  periods: readonly Bounds[],
): Promise<InitiativeFacts[]> => {
  const edges = [...periods.map(({ start }) => start), periods.at(-1)!.end];
  const rows = await named<Row>(manager, 'facts of initiatives', FACTS, [scope.portfolioId, scope.unitIds, edges]);
  return periods.map(({ period }, index) => {
    const row = rows.find((each) => each.period === index + 1);
    return { period, delivered: row?.delivered ?? 0, onTime: row?.on_time ?? 0 };
  });
};
