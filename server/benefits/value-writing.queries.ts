import type { EntityManager } from 'typeorm';
import type { Principal } from '../access/principal.js';
import { writeCondition } from '../access/scope.js';
import { plainDecimal } from '../core/money.js';
import { named } from '../database/named.js';

/** A benefit that is locked for writing until the transaction ends. */
export interface LockedBenefit {
  id: string;
  code: string;
  currency: string | null;
  isMoney: boolean;
  /** Whether whoever writes may write it. */
  isOwn: boolean;
  portfolioId: string | null;
}

/** What a month says; amounts as exact decimals. */
export interface MonthValues {
  planned: string | null;
  forecast: string | null;
  realised: string | null;
  evidence: string | null;
}

/** A month as it is stored, archived or not. */
export interface StoredValue extends MonthValues {
  id: string;
  benefitId: string;
  month: string;
  version: number;
  archived: boolean;
  reportedBy: string | null;
  firstPlannedAt: string | null;
  changedBy: string;
  changedAt: string;
}

/** Key of a month among those of many benefits. */
export const keyOf = (row: { benefitId: string; month: string }): string => `${row.benefitId} ${row.month}`;

/**
 * Locks live benefits in the order of their ids, so that two writers never wait for each other in a circle, and nobody archives one meanwhile.
 * What is archived or unknown is not among the rows.
 */
export const lockBenefits = async (
  manager: EntityManager,
  principal: Principal,
  ids: readonly string[],
): Promise<Map<string, LockedBenefit>> => {
  const scope = writeCondition(principal, 'benefit');
  await named(
    manager,
    'lock benefits to write',
    'select 1 from benefits where id = any ($1::uuid[]) and archived_at is null order by id for no key update',
    [ids],
  );
  // Again, because who waited for the lock was given what was stored before.
  const rows = (await manager.query(
    `select t.id, t.code, t.currency, t.currency is not null and t.nature is distinct from 'non_financial' as "isMoney",
       coalesce(${scope.text(2)}, false) as "isOwn", t.portfolio_id as "portfolioId"
     from benefits t where t.id = any ($1::uuid[]) and t.archived_at is null`,
    [ids, ...scope.values],
  )) as LockedBenefit[];
  return new Map(rows.map((row) => [row.id, row]));
};

const amount = (stored: string | null): string | null => (stored === null ? null : plainDecimal(stored, true));

/** The stored ones of the months that are named by benefit and month, by `keyOf`. */
export const storedValues = async (
  manager: EntityManager,
  months: readonly { benefitId: string; month: string }[],
): Promise<Map<string, StoredValue>> => {
  const rows = await named<StoredValue>(
    manager,
    'stored values of months',
    `select v.id, v.benefit_id as "benefitId", to_char(v.month, 'YYYY-MM') as month, v.version, v.archived_at is not null as archived,
       v.planned, v.forecast, v.realised, v.evidence, v.reported_by as "reportedBy", v.first_planned_at as "firstPlannedAt",
       v.changed_by as "changedBy", v.updated_at as "changedAt"
     from unnest($1::uuid[], $2::date[]) as wanted (benefit_id, month)
       join benefit_values v on v.benefit_id = wanted.benefit_id and v.month = wanted.month`,
    [months.map((row) => row.benefitId), months.map((row) => `${row.month}-01`)],
  );
  return new Map(
    rows.map((row) => [
      keyOf(row),
      { ...row, planned: amount(row.planned), forecast: amount(row.forecast), realised: amount(row.realised) },
    ]),
  );
};

/** What decides whether a change needs a reason: the last locked month, and the benefits whose plan is fixed at `now`. */
export interface ReasonRules {
  lockedThrough: string | null;
  planFixed: ReadonlySet<string>;
}

/** Holds the settings until the transaction ends, so that no month is locked while it is written. */
export const reasonRules = async (
  manager: EntityManager,
  benefitIds: readonly string[],
  now: string,
): Promise<ReasonRules> => {
  const [settings] = await named<{ lockedThrough: string | null }>(
    manager,
    'locked months, held',
    `select to_char(locked_through, 'YYYY-MM') as "lockedThrough" from settings for share`,
  );
  const fixed = await named<{ id: string }>(
    manager,
    'benefits whose plan is fixed',
    `select b.id from benefits b join plan_starts s on s.benefit_id = b.id
     where b.id = any ($1::uuid[]) and b.baseline_at <= $2::timestamptz and s.at < $2::timestamptz`,
    [benefitIds, now],
  );
  return { lockedThrough: settings?.lockedThrough ?? null, planFixed: new Set(fixed.map((row) => row.id)) };
};

/** The months, of those that will hold an amount, for which the benefit's currency has no rate. */
export const monthsWithoutRate = (
  manager: EntityManager,
  months: readonly { benefitId: string; month: string }[],
): Promise<{ benefitId: string; month: string; currency: string }[]> =>
  named(
    manager,
    'months without a rate',
    `select b.id as "benefitId", to_char(wanted.month, 'YYYY-MM') as month, b.currency
     from unnest($1::uuid[], $2::date[]) as wanted (benefit_id, month) join benefits b on b.id = wanted.benefit_id cross join settings s
     where b.currency <> s.reporting_currency and b.nature is distinct from 'non_financial'
       and not exists (select 1 from exchange_rates r where r.currency = b.currency and r.month = wanted.month and r.archived_at is null)`,
    [months.map((row) => row.benefitId), months.map((row) => `${row.month}-01`)],
  );

/** From here on a plan that was made for a few rows is the wrong one. */
const MANY = 200;

/**
 * Runs a statement over many rows with plans of its own: triggers keep, for each connection, the plan of their first use, and one that was
 * made for a handful of rows compares each of thousands with each other.
 */
const withFreshPlans = async <T>(manager: EntityManager, rows: number, write: () => Promise<T>): Promise<T> => {
  if (rows < MANY) return write();
  await manager.query('discard plans');
  const done = await write();
  await manager.query('discard plans');
  return done;
};

/** A month as it is to be stored. `version` is that of the row now, 0 where there is none. */
export interface NextValue extends MonthValues {
  id: string;
  benefitId: string;
  month: string;
  version: number;
  reportedBy: string | null;
  reason: string | null;
}

/**
 * Writes all months at once; each becomes one version more. A row that is not at its version any more is left as it is.
 * @returns the keys of what was written
 */
export const writeValues = async (
  manager: EntityManager,
  rows: readonly NextValue[],
  by: string,
  now: string,
): Promise<Set<string>> => {
  const written = await withFreshPlans(manager, rows.length, () =>
    named<{ benefitId: string; month: string }>(
      manager,
      'write values of months',
      `insert into benefit_values as v
       (id, benefit_id, month, version, planned, forecast, realised, evidence, reported_by, reason, changed_by, created_at, updated_at)
     select n.id, n.benefit_id, n.month, n.version + 1, n.planned, n.forecast, n.realised, n.evidence, n.reported_by, n.reason, $11, $12, $12
       from unnest($1::uuid[], $2::uuid[], $3::date[], $4::int[], $5::numeric[], $6::numeric[], $7::numeric[], $8::text[], $9::text[], $10::text[])
         as n (id, benefit_id, month, version, planned, forecast, realised, evidence, reported_by, reason)
       order by n.benefit_id, n.month
     on conflict (benefit_id, month) do update set version = excluded.version, updated_at = excluded.updated_at, archived_at = null,
       import_id = null, planned = excluded.planned, forecast = excluded.forecast, realised = excluded.realised, evidence = excluded.evidence,
       reported_by = excluded.reported_by, changed_by = excluded.changed_by, reason = excluded.reason
       where v.version + 1 = excluded.version
     returning v.benefit_id as "benefitId", to_char(v.month, 'YYYY-MM') as month`,
      [...columns(rows), by, now],
    ),
  );
  return new Set(written.map(keyOf));
};

const columns = (rows: readonly NextValue[]): unknown[] => [
  rows.map((row) => row.id),
  rows.map((row) => row.benefitId),
  rows.map((row) => `${row.month}-01`),
  rows.map((row) => row.version),
  rows.map((row) => row.planned),
  rows.map((row) => row.forecast),
  rows.map((row) => row.realised),
  rows.map((row) => row.evidence),
  rows.map((row) => row.reportedBy),
  rows.map((row) => row.reason),
];

/** A month that becomes again what it was. */
export interface FormerValue extends MonthValues {
  id: string;
  /** The version that it must have now. */
  version: number;
  reportedBy: string | null;
  firstPlannedAt: string | null;
  /** A fixed plan stays the baseline plan, whatever becomes of the current one. */
  keepFirstPlan: boolean;
  /** It was not there. */
  archive: boolean;
}

/** Gives all months their former values as new versions. @returns how many were at their version */
export const restoreValues = async (
  manager: EntityManager,
  rows: readonly FormerValue[],
  change: { by: string; at: string; reason: string },
): Promise<number> => {
  const restored = await withFreshPlans(manager, rows.length, () =>
    named(
      manager,
      'restore values of months',
      `update benefit_values v set version = v.version + 1, updated_at = $10, changed_by = $11, reason = $12, import_id = null,
       archived_at = case when n.archive then $10::timestamptz end,
       planned = case when n.archive then v.planned else n.planned end, forecast = case when n.archive then v.forecast else n.forecast end,
       realised = case when n.archive then v.realised else n.realised end, evidence = case when n.archive then v.evidence else n.evidence end,
       reported_by = case when n.archive then v.reported_by else n.reported_by end,
       first_planned_at = case when n.keep_first_plan then v.first_planned_at else n.first_planned_at end
     from unnest($1::uuid[], $2::int[], $3::numeric[], $4::numeric[], $5::numeric[], $6::text[], $7::text[], $8::timestamptz[], $9::boolean[], $13::boolean[])
       as n (id, version, planned, forecast, realised, evidence, reported_by, first_planned_at, archive, keep_first_plan)
     where v.id = n.id and v.version = n.version returning v.id`,
      [
        rows.map((row) => row.id),
        rows.map((row) => row.version),
        rows.map((row) => row.planned),
        rows.map((row) => row.forecast),
        rows.map((row) => row.realised),
        rows.map((row) => row.evidence),
        rows.map((row) => row.reportedBy),
        rows.map((row) => row.firstPlannedAt),
        rows.map((row) => row.archive),
        change.at,
        change.by,
        change.reason,
        rows.map((row) => row.keepFirstPlan),
      ],
    ),
  );
  return restored.length;
};
