import type { DataSource, EntityManager } from 'typeorm';
import type { BenefitMonth } from '../contract/benefit.js';
import { named } from '../database/named.js';
import { plainDecimal } from '../core/money.js';

type MonthRow = BenefitMonth;

const amount = (stored: string | null): string | null => (stored === null ? null : plainDecimal(stored, true));

/** Over a row `v` of benefit_values: one month of a benefit. */
const FIELDS = `v.id, v.version, to_char(v.month, 'YYYY-MM') as month, v.planned, v.forecast, v.realised, v.evidence, v.reported_by as "reportedBy",
    v.confirmed_amount as confirmed, v.confirmed_by as "confirmedBy", v.confirmed_at as "confirmedAt", v.confirmed_how as "confirmedHow",
    v.updated_at as "updatedAt"`;

const toMonth = (row: MonthRow): BenefitMonth => ({
  ...row,
  planned: amount(row.planned),
  forecast: amount(row.forecast),
  realised: amount(row.realised),
  confirmed: amount(row.confirmed),
});

/** All months of a benefit that have a value, oldest first. */
export const monthsOf = async (on: DataSource | EntityManager, benefitId: string): Promise<BenefitMonth[]> =>
  (
    await named<MonthRow>(
      on,
      'months of benefit',
      `select ${FIELDS} from benefit_values v where v.benefit_id = $1 and v.archived_at is null order by v.month`,
      [benefitId],
    )
  ).map(toMonth);

/** A month of a benefit. */
export interface MonthOf {
  benefitId: string;
  month: string;
}
export const monthKey = ({ benefitId, month }: MonthOf): string => `${benefitId} ${month}`;

/** Months of benefits by `monthKey`, locked in order until the transaction ends; without those that have no value. */
export const lockMonths = async (
  manager: EntityManager,
  months: readonly MonthOf[],
): Promise<ReadonlyMap<string, BenefitMonth>> => {
  const rows = await named<MonthRow & { benefitId: string }>(
    manager,
    'lock months of benefits',
    `select ${FIELDS}, v.benefit_id as "benefitId" from benefit_values v
       join unnest($1::uuid[], $2::date[]) asked (benefit_id, month) on asked.benefit_id = v.benefit_id and asked.month = v.month
     where v.archived_at is null order by v.benefit_id, v.month for update of v`,
    [months.map(({ benefitId }) => benefitId), months.map(({ month }) => `${month}-01`)],
  );
  return new Map(rows.map(({ benefitId, ...row }) => [monthKey({ benefitId, month: row.month }), toMonth(row)]));
};

/** A verdict of finance on values that are locked. */
export interface GivenVerdict {
  confirms: boolean;
  by: string;
  /** ISO UTC. */
  at: string;
  note: string | null;
}

/**
 * Gives one verdict to values as they stand; the database keeps four eyes, and who confirmed what.
 * @returns the months as they are then, by id
 */
export const judgeMonths = async (
  manager: EntityManager,
  ids: readonly string[],
  { confirms, by, at, note }: GivenVerdict,
): Promise<ReadonlyMap<string, BenefitMonth>> => {
  const [rows] = await manager.query<[MonthRow[], number]>(
    `update benefit_values v set version = v.version + 1, updated_at = $2, changed_by = $3, reason = $4, import_id = null,
       confirmed_by = case when $5 then $3 end, confirmed_at = case when $5 then $2::timestamptz end,
       confirmed_amount = case when $5 then v.realised end, confirmed_currency = case when $5 then b.currency end,
       confirmed_version = case when $5 then v.version end, confirmed_how = case when $5 then 'person' end
     from benefits b where b.id = v.benefit_id and v.id = any ($1::uuid[]) returning ${FIELDS}`,
    [ids, at, by, note, confirms],
  );
  if (!confirms)
    await manager.query(
      `insert into confirmations (benefit_value_id, verdict, amount, currency, unit, value_version, by_email, at, note)
       select v.id, 'rejected', v.realised, b.currency, case when b.currency is null then b.unit end, v.version - 1, $2, $3, $4
       from benefit_values v join benefits b on b.id = v.benefit_id where v.id = any ($1::uuid[])`,
      [ids, by, at, note],
    );
  return new Map(rows.map((row) => [row.id, toMonth(row)]));
};
