import type { EntityManager } from 'typeorm';
import { IS_MISSING } from '../../benefits/due.service.js';
import { outcomeAt } from '../../core/metrics/outcomes.js';
import { previousPeriod } from '../../core/period.js';
import { named } from '../../database/named.js';
import type { Reading } from '../../http/reading.js';
import { boundsOf } from '../../metrics/bounds.js';
import { readOutcomes } from '../../metrics/facts/measurements.js';
import { rankingRows } from '../../metrics/facts/money.queries.js';
import type { Named, Reached, Shortfall } from './told.js';

/** Initiatives that were delivered in the quarter, the latest first. */
export const deliveredIn = (manager: EntityManager, { start, end }: Reading): Promise<Named[]> =>
  named<Named>(
    manager,
    'initiatives delivered in the quarter of a review',
    `select code, name from initiatives
     where archived_at is null and status = 'delivered' and end_date >= $1 and end_date < $2 order by end_date desc, code`,
    [start, end],
  );

const ASKED = 2;

/** Outcomes of which a measurement of the quarter is the first that met the target, and the latest meets it still; by code. */
export const reachedIn = async (manager: EntityManager, reading: Reading): Promise<Reached[]> => {
  const periods = [boundsOf(reading, previousPeriod(reading.period)), boundsOf(reading)];
  const reached = (await readOutcomes(manager, reading, periods)).filter((outcome) => {
    const { isMet, firstMet } = outcomeAt(outcome, ASKED, reading.end);
    return isMet && firstMet;
  });
  const rows = await named<{ id: string; priority: string }>(
    manager,
    'priorities of outcomes of a review',
    `select o.id, p.name as priority from outcomes o join priorities p on p.id = o.priority_id and p.archived_at is null
     where o.id = any ($1::uuid[])`,
    [reached.map(({ id }) => id)],
  );
  const priorities = new Map(rows.map(({ id, priority }) => [id, priority]));
  return reached
    .map(({ id, code, name }) => ({ code, name, priority: priorities.get(id) ?? null }))
    .sort((a, b) => (a.code < b.code ? -1 : 1));
};

/** The three highest priorities of the quarter, in their order. */
export const topPriorities = async (manager: EntityManager, reading: Reading): Promise<Named[]> =>
  (await rankingRows(manager, [boundsOf(reading)])).filter(({ rank }) => rank <= 3);

/** One row is one benefit of $1. $2 day after the period, $3 first day of the month under way, $4 today. */
const SHORTFALLS = `
  select b.code, b.name, b.declared_note as note,
    exists (select 1 from benefit_values v where v.benefit_id = b.id and ${IS_MISSING} and v.month < least($2::date, $3::date)) as "isLate",
    exists (select 1 from values_with_evidence v where v.benefit_id = b.id and v.realised is not null and v.month < $2::date
      and v.confirmed_amount is null and coalesce(v.evidenced_until < $4::date, true)) as "isUnproven",
    exists (select 1 from decisions d where d.archived_at is null and d.decided_at is null and d.needed_by < least($2::date, $4::date)
      and d.about_id = b.id) as "isUndecided"
  from benefits b where b.code = any ($1::text[]) and b.archived_at is null`;

/** What is recorded of benefits that fell short, by code. */
export const shortfallsOf = async (
  manager: EntityManager,
  { end, underWay, today }: Reading,
  codes: readonly string[],
): Promise<ReadonlyMap<string, Shortfall>> => {
  const rows = await named<Shortfall>(manager, 'shortfalls of a review', SHORTFALLS, [codes, end, underWay, today]);
  return new Map(rows.map((row) => [row.code, row]));
};
