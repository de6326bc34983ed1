import type { EntityManager } from 'typeorm';
import { named } from '../database/named.js';
import type { Reading } from '../http/reading.js';
import { IS_MISSING } from './due.service.js';

/** What the register says of a benefit beside how it stands: facts of the record, and its whole life. Amounts as in `BenefitRow`. */
export interface LifeRow {
  id: string;
  portfolio: string | null;
  currency: string | null;
  ownUnit: string | null;
  /** As entered. */
  baseline: string | null;
  declaredNote: string | null;
  /** Over all months: what is planned. */
  lifePlanned: string | null;
  /** Realised to the period's end, later the outlook; a month that is not over has its outlook until it is realised. */
  expected: string | null;
  /** The first month that is planned or forecast and has no realised value. */
  openMonth: string | null;
}

/** One row is one benefit of the scope, with or without values. */
const LIVES = `
  with benefit as (
    select b.*, b.currency is not null and b.nature is distinct from 'non_financial' as money from benefits b
    where b.archived_at is null and ($4::uuid is null or b.portfolio_id = $4) and ($5::uuid[] is null or b.org_unit_id = any ($5))
  ), rated as (
    select v.benefit_id, v.month, v.planned, ${IS_MISSING} as is_missing,
      case when v.month < $2 and not (v.month >= $3 and v.realised is null) then v.realised else coalesce(v.forecast, v.planned) end as expected,
      case when not b.money or b.currency = $1 then 1 else r.rate end as rate
    from benefit_values v
      join benefit b on b.id = v.benefit_id
      left join exchange_rates r on b.money and r.currency = b.currency and r.month = v.month and r.archived_at is null
    where v.archived_at is null
  ), life as (
    select benefit_id, trim_scale(sum(planned * rate)) as planned, trim_scale(sum(expected * rate)) as expected,
      min(month) filter (where is_missing) as open_month,
      count(*) filter (where rate is null and coalesce(planned, expected) is not null)::int as unconverted
    from rated group by benefit_id
  )
  select b.id, p.code as portfolio, b.currency, b.unit as "ownUnit", trim_scale(b.baseline)::text as baseline, b.declared_note as "declaredNote",
    l.planned as "lifePlanned", l.expected,
    to_char(l.open_month, 'YYYY-MM') as "openMonth", coalesce(l.unconverted, 0) as unconverted
  from benefit b left join portfolios p on p.id = b.portfolio_id left join life l on l.benefit_id = b.id`;

export const lifeRows = async (manager: EntityManager, reading: Reading): Promise<LifeRow[]> => {
  const { currency, end, underWay, scope } = reading;
  const rows = await named<LifeRow & { unconverted: number }>(manager, 'lives of benefits', LIVES, [
    currency,
    end,
    underWay,
    scope.portfolioId,
    scope.unitIds,
  ]);
  if (rows.some((row) => row.unconverted > 0))
    throw new Error('A benefit value in a foreign currency has no exchange rate for its month.');
  return rows;
};

/** One row is one link of an outcome to a benefit. */
export interface OutcomeRow {
  benefitId: string;
  code: string;
  name: string;
}

/** @param unitIds where the reader sees only these: outcomes of others are not among the rows */
export const outcomesOfBenefits = (manager: EntityManager, unitIds: readonly string[] | null): Promise<OutcomeRow[]> =>
  named<OutcomeRow>(
    manager,
    'outcomes of benefits',
    `select l.to_id as "benefitId", o.code, o.name from links l
       join outcomes o on o.id = l.from_id and o.archived_at is null and ($1::uuid[] is null or o.org_unit_id = any ($1))
     where l.to_type = 'benefit' and l.archived_at is null order by o.code`,
    [unitIds],
  );
