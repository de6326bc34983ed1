import type { EntityManager } from 'typeorm';
import type { ItemFacts } from '../../core/metrics/flow.js';
import { named } from '../../database/named.js';
import type { Reading } from '../../http/reading.js';
import type { Bounds } from '../bounds.js';
import { DELIVERS, dependencies, itemParameters, stepsOf, TURNS } from '../items.queries.js';

interface Row {
  period: number;
  appeared: number;
  entered: number;
  defects: number;
  delivered: number;
  non_defects: number;
  reworked: number;
  handoffs: string;
  dependencies: string;
  microseconds: string;
  waiting_microseconds: string;
  days: [number, number] | null;
}

/** One row is what happened to work items in a period; period 0 is all that happened before the first. */
const FACTS = `
  with ${stepsOf()}, ${TURNS},
  placed as (select *, width_bucket(at, $4::timestamptz[]) as period from turns),
  told as (select *, (${DELIVERS}) as delivers from placed)
  select period,
    sum(is_in_progress::int - was_in_progress::int)::int as entered,
    (count(*) filter (where is_first))::int as appeared,
    (count(*) filter (where is_first and type = 'defect'))::int as defects,
    (count(*) filter (where delivers))::int as delivered,
    (count(*) filter (where delivers and type is distinct from 'defect'))::int as non_defects,
    (count(*) filter (where delivers and is_reworked))::int as reworked,
    coalesce(sum(handoffs) filter (where delivers), 0)::text as handoffs,
    coalesce(sum(case when delivers then ${dependencies('depends_on')} end), 0)::text as dependencies,
    coalesce(sum(seconds) filter (where delivers) * 1000000, 0)::numeric(30)::text as microseconds,
    coalesce(sum(waiting_seconds) filter (where delivers) * 1000000, 0)::numeric(30)::text as waiting_microseconds,
    percentile_cont(array[0.5, 0.85]) within group (order by (seconds / 86400)::float8) filter (where delivers) as days
  from told group by period order by period`;

/** Facts of the scope by period, in the order of `periods`. */
export const readItemFacts = async (
  manager: EntityManager,
  reading: Reading,
  periods: readonly Bounds[],
): Promise<ItemFacts[]> => {
  const rows = await named<Row>(manager, 'facts of work items', FACTS, itemParameters(reading, periods));
  const upTo = (index: number, of: 'appeared' | 'entered'): number =>
    rows.reduce((sum, each) => (each.period <= index + 1 ? sum + each[of] : sum), 0);
  return periods.map(({ period }, index) => {
    const row = rows.find((each) => each.period === index + 1);
    const [median, p85] = row?.days ?? [];
    return {
      period,
      seen: upTo(index, 'appeared'),
      delivered: row?.delivered ?? 0,
      cycleDays: median === undefined || p85 === undefined ? null : { median, p85 },
      microseconds: BigInt(row?.microseconds ?? 0),
      waitingMicroseconds: BigInt(row?.waiting_microseconds ?? 0),
      handoffs: BigInt(row?.handoffs ?? 0),
      dependencies: BigInt(row?.dependencies ?? 0),
      reworked: row?.reworked ?? 0,
      nonDefects: row?.non_defects ?? 0,
      defects: row?.defects ?? 0,
      inProgress: upTo(index, 'entered'),
    };
  });
};
