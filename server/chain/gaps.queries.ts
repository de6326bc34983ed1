import type { EntityManager } from 'typeorm';
import type { Layer } from '../contract/chain.js';
import { named } from '../database/named.js';
import type { Reading } from '../http/reading.js';

/** What a record of the scope says about itself, as far as gaps ask. Days as text; null where the type has no such field or it is blank. */
export interface GapRow {
  type: Layer;
  id: string;
  code: string;
  name: string;
  owner: string | null;
  /** Of benefits. */
  hasBaseline: boolean | null;
  hasPlan: boolean | null;
  /** Of benefits: the earlier of the approval and the first entry of a planned value, in the reporting time zone. */
  firstPlanOn: string | null;
  /** Of outcomes. */
  hasTarget: boolean | null;
}

/**
 * One row is one record of the scope. Capabilities and outcomes have no portfolio, so in a portfolio's scope only investments,
 * initiatives and benefits that carry it are its records; all five types carry an org unit.
 */
const RECORDS = `
  with first_entry as (
    select benefit_id, min(first_planned_at) as at, bool_or(planned is not null) as planned
    from benefit_values where archived_at is null group by benefit_id
  )
  select 'investment' as type, id, code, name, owner_email as owner, null::boolean as "hasBaseline", null::boolean as "hasPlan",
      null::date as "firstPlanOn", null::boolean as "hasTarget"
    from investments where archived_at is null and ($1::uuid is null or portfolio_id = $1) and ($2::uuid[] is null or org_unit_id = any ($2))
  union all
  select 'initiative', id, code, name, owner_email, null, null, null, null
    from initiatives where archived_at is null and ($1::uuid is null or portfolio_id = $1) and ($2::uuid[] is null or org_unit_id = any ($2))
  union all
  select 'capability', id, code, name, owner_email, null, null, null, null
    from capabilities where archived_at is null and $1::uuid is null and ($2::uuid[] is null or org_unit_id = any ($2))
  union all
  select 'outcome', id, code, name, owner_email, null, null, null, target is not null
    from outcomes where archived_at is null and $1::uuid is null and ($2::uuid[] is null or org_unit_id = any ($2))
  union all
  select 'benefit', b.id, b.code, b.name, b.owner_email, b.baseline is not null, coalesce(f.planned, false),
      least(b.approved_on, (f.at at time zone $3)::date), null
    from benefits b left join first_entry f on f.benefit_id = b.id
    where b.archived_at is null and ($1::uuid is null or b.portfolio_id = $1) and ($2::uuid[] is null or b.org_unit_id = any ($2))`;

/** Records of the scope, in no order. */
export const gapRecords = (manager: EntityManager, { scope, timeZone }: Reading): Promise<GapRow[]> =>
  named<GapRow>(manager, 'records for gaps', RECORDS, [scope.portfolioId, scope.unitIds, timeZone]);

/** One row is one money benefit: it has a currency and is not `non_financial`. Of the whole enterprise, as links lead beyond a scope. */
export const moneyBenefits = (manager: EntityManager): Promise<{ id: string }[]> =>
  named(
    manager,
    'money benefits',
    `select id from benefits where archived_at is null and currency is not null and nature is distinct from 'non_financial'`,
  );

/** One row is one initiative that has a start date. Of the whole enterprise: what leads to a benefit may lie in another scope. */
export const initiativeStarts = (manager: EntityManager): Promise<{ id: string; startDate: string }[]> =>
  named(
    manager,
    'starts of initiatives',
    `select id, start_date as "startDate" from initiatives where archived_at is null and start_date is not null`,
  );
