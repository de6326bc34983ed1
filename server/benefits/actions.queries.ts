import type { EntityManager } from 'typeorm';
import { named } from '../database/named.js';
import type { Reading } from '../http/reading.js';

/** A corrective action of the scope. Dates are days; amounts exact text. */
export interface ActionRow {
  code: string;
  version: number;
  benefitId: string;
  benefitCode: string;
  benefitName: string;
  title: string | null;
  owner: string | null;
  dueOn: string | null;
  doneOn: string | null;
  effect: string | null;
  effectAmount: string | null;
  money: boolean;
  /** The benefit's currency, or its own unit. */
  unit: string | null;
  /** From the benefit's currency into the reporting one, of the latest month of the period or before that has a rate; null where none has, or it is no money. */
  rate: string | null;
  result: string | null;
}

/** One row is one corrective action of a benefit of the scope, done or not. */
export const actionRows = (manager: EntityManager, { currency, end, scope }: Reading): Promise<ActionRow[]> =>
  named<ActionRow>(
    manager,
    'corrective actions of a scope',
    `select a.code, a.version, b.id as "benefitId", b.code as "benefitCode", b.name as "benefitName", a.title, a.owner_email as owner,
       a.due_on::text as "dueOn", a.done_on::text as "doneOn", a.effect, a.effect_amount::text as "effectAmount", x.money,
       case when x.money then b.currency else b.unit end as unit, a.result,
       case when not x.money then null when b.currency = $1 then '1' else (select trim_scale(r.rate)::text from exchange_rates r
         where r.currency = b.currency and r.month < $2 and r.archived_at is null order by r.month desc limit 1) end as rate
     from corrective_actions a join benefits b on b.id = a.benefit_id
       cross join lateral (select b.currency is not null and b.nature is distinct from 'non_financial' as money) x
     where a.archived_at is null and b.archived_at is null
       and ($3::uuid is null or b.portfolio_id = $3) and ($4::uuid[] is null or b.org_unit_id = any ($4))`,
    [currency, end, scope.portfolioId, scope.unitIds],
  );
