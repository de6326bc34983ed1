import type { EntityManager } from 'typeorm';
import { IS_MISSING, lastOverdueOn } from '../../benefits/due.service.js';
import { outcomeAt } from '../../core/metrics/outcomes.js';
import { previousPeriod } from '../../core/period.js';
import { named } from '../../database/named.js';
import type { Reading } from '../../http/reading.js';
import { boundsOf } from '../../metrics/bounds.js';
import { readOutcomes } from '../../metrics/facts/measurements.js';
import { rankingRows } from '../../metrics/facts/money.queries.js';
import type { Named, Serving, Shortfall } from './told.js';

/** Records of one kind ($1, by id) with the names of the priorities that they lead to, in their order; $2 is the quarter of their ranks. */
const PRIORITIES = `
  with served as (
    select o.id, o.priority_id from outcomes o where o.archived_at is null
    union all select l.to_id, o.priority_id from links l join outcomes o on o.id = l.from_id and o.archived_at is null
      where l.archived_at is null and l.to_type = 'benefit'
    union all select l.from_id, c.priority_id from links l join capabilities c on c.id = l.to_id and c.archived_at is null
      where l.archived_at is null and l.from_type = 'initiative'
    union all select l.from_id, o.priority_id from links l join capabilities c on c.id = l.to_id and c.archived_at is null
        join links m on m.from_id = c.id and m.archived_at is null join outcomes o on o.id = m.to_id and o.archived_at is null
      where l.archived_at is null and l.from_type = 'initiative')
  select s.id, p.name as priority from served s join priorities p on p.id = s.priority_id and p.archived_at is null
    left join priority_rankings k on k.priority_id = p.id and k.period = $2 and k.archived_at is null
  where s.id = any ($1::uuid[]) group by s.id, p.name, p.code, k.rank order by s.id, k.rank nulls last, p.code`;

/** Records with the priorities that they are for: their own, and those of the capabilities and outcomes that they lead to or come from. */
const serving = async <Row extends Named & { readonly id: string }>(
  manager: EntityManager,
  { period }: Reading,
  records: readonly Row[],
): Promise<(Omit<Row, 'id'> & Serving)[]> => {
  const ids = records.map(({ id }) => id);
  const rows =
    ids.length === 0
      ? []
      : await named<{ id: string; priority: string }>(manager, 'priorities behind records of a review', PRIORITIES, [
          ids,
          period,
        ]);
  return records.map(({ id, ...record }) => ({
    ...record,
    priorities: rows.flatMap((row) => (row.id === id ? row.priority : [])),
  }));
};

/** Initiatives that were delivered in the quarter, the latest first. */
export const deliveredIn = async (manager: EntityManager, reading: Reading): Promise<Serving[]> =>
  serving(
    manager,
    reading,
    await named<Named & { id: string }>(
      manager,
      'initiatives delivered in the quarter of a review',
      `select id, code, name from initiatives
       where archived_at is null and status = 'delivered' and end_date >= $1 and end_date < $2 order by end_date desc, code`,
      [reading.start, reading.end],
    ),
  );

/** Whether initiatives and outcomes are recorded at all. */
export const recordedKinds = async (manager: EntityManager): Promise<{ initiatives: boolean; outcomes: boolean }> =>
  (
    await named<{ initiatives: boolean; outcomes: boolean }>(
      manager,
      'kinds of records of a review',
      `select exists (select 1 from initiatives where archived_at is null) as initiatives,
         exists (select 1 from outcomes where archived_at is null) as outcomes`,
      [],
    )
  )[0]!;

/** An outcome with the priority that it is for. */
export interface OutcomeFor extends Named {
  readonly id: string;
  readonly priority: Named;
}

/** Outcomes that are for a priority, by code. */
export const outcomesForPriorities = async (manager: EntityManager): Promise<OutcomeFor[]> =>
  named<OutcomeFor>(
    manager,
    'outcomes for priorities of a review',
    `select o.id, o.code, o.name, json_build_object('code', p.code, 'name', p.name) as priority
     from outcomes o join priorities p on p.id = o.priority_id and p.archived_at is null where o.archived_at is null order by o.code`,
  );

const ASKED = 2;

/** Outcomes of which a measurement of the quarter is the first that met the target, and the latest meets it still; by code. */
export const reachedIn = async (manager: EntityManager, reading: Reading): Promise<Serving[]> => {
  const periods = [boundsOf(reading, previousPeriod(reading.period)), boundsOf(reading)];
  const reached = (await readOutcomes(manager, reading, periods)).filter((outcome) => {
    const { isMet, firstMet } = outcomeAt(outcome, ASKED, reading.end);
    return isMet && firstMet;
  });
  const found = reached.map(({ id, code, name }) => ({ id, code, name })).sort((a, b) => (a.code < b.code ? -1 : 1));
  return serving(manager, reading, found);
};

/** The three highest priorities of the quarter, in their order. */
export const topPriorities = async (manager: EntityManager, reading: Reading): Promise<Named[]> =>
  (await rankingRows(manager, [boundsOf(reading)])).filter(({ rank }) => rank <= 3);

/** One row is one benefit of $1. $2 day after the period, $3 the last month whose missing values are overdue, $4 today. */
const SHORTFALLS = `
  select b.id, b.code, b.name, b.declared_note as note, btrim(coalesce(b.owner_email, '')) <> '' as "isOwned",
    exists (select 1 from benefit_values v where v.benefit_id = b.id and ${IS_MISSING} and v.month < $2::date and v.month <= $3::date) as "isLate",
    exists (select 1 from values_with_evidence v where v.benefit_id = b.id and v.realised is not null and v.month < $2::date
      and v.confirmed_amount is null and coalesce(v.evidenced_until < $4::date, true)) as "isUnproven",
    exists (select 1 from decisions d where d.archived_at is null and d.decided_at is null and d.needed_by < least($2::date, $4::date)
      and d.about_id = b.id) as "isUndecided"
  from benefits b where b.code = any ($1::text[]) and b.archived_at is null`;

/** What is recorded of benefits that fell short, by code. */
export const shortfallsOf = async (
  manager: EntityManager,
  reading: Reading,
  codes: readonly string[],
): Promise<ReadonlyMap<string, Shortfall>> => {
  const { end, today } = reading;
  const rows = await named<Omit<Shortfall, 'priorities'> & { id: string }>(
    manager,
    'shortfalls of a review',
    SHORTFALLS,
    [codes, end, `${await lastOverdueOn(manager, today)}-01`, today],
  );
  return new Map((await serving(manager, reading, rows)).map((row) => [row.code, row]));
};
