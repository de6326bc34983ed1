import type { EntityManager } from 'typeorm';
import { isPermitted } from '../access/policy.js';
import { hasRole, managedPortfolios, type Principal } from '../access/principal.js';
import { readCondition } from '../access/scope.js';
import { named } from '../database/named.js';

/** What is recorded with a day and somebody who answers for it. Days are text; each up to `until`. */

interface OfBenefit {
  id: string;
  code: string;
  name: string;
}

export interface DueRecord {
  id: string;
  code: string;
  text: string | null;
  on: string;
  benefit: OfBenefit | null;
}

const BENEFIT = `case when b.id is not null then jsonb_build_object('id', b.id, 'code', b.code, 'name', b.name) end as benefit`;

/** Corrective actions of a person that are not done. Nothing where the person may not read actions. */
export const openActions = async (manager: EntityManager, who: Principal, until: string): Promise<DueRecord[]> => {
  if (!isPermitted(who, 'records.read:corrective_action')) return [];
  const read = readCondition(who, 'corrective_action');
  return (await manager.query(
    `select t.id, t.code, t.title as text, t.due_on::text as "on", ${BENEFIT} from corrective_actions t left join benefits b on b.id = t.benefit_id
     where t.archived_at is null and b.archived_at is null and t.done_on is null and t.due_on <= $1 and lower(t.owner_email) = lower($2)
       and ${read.text(3)}`,
    [until, who.email, ...read.values],
  )) as DueRecord[];
};

/** Assumptions of a person that are to be looked at again. Nothing where the person may not read assumptions. */
export const assumptionsToReview = async (
  manager: EntityManager,
  who: Principal,
  until: string,
): Promise<DueRecord[]> => {
  if (!isPermitted(who, 'records.read:assumption')) return [];
  const read = readCondition(who, 'assumption');
  return (await manager.query(
    `select t.id, t.code, t.statement as text, t.review_on::text as "on", ${BENEFIT} from assumptions t left join benefits b on b.id = t.benefit_id
     where t.archived_at is null and b.archived_at is null and t.review_on <= $1 and lower(t.owner_email) = lower($2) and ${read.text(3)}`,
    [until, who.email, ...read.values],
  )) as DueRecord[];
};

/** Evidence of some benefits that ends. */
export const endingEvidence = (
  manager: EntityManager,
  benefits: readonly string[],
  until: string,
): Promise<DueRecord[]> =>
  named<DueRecord>(
    manager,
    'evidence that ends',
    `select t.id, b.code, t.title as text, t.expires_on::text as "on", ${BENEFIT} from evidence_items t join benefits b on b.id = t.benefit_id
     where t.archived_at is null and t.expires_on <= $1 and t.benefit_id = any ($2::uuid[])`,
    [until, benefits],
  );

/** Whether any value of some benefits was ever rejected and is not confirmed: only then the list of rejections is worth its price. */
export const hasRejections = async (manager: EntityManager, benefits: readonly string[]): Promise<boolean> => {
  const [row] = await named<{ found: boolean }>(
    manager,
    'rejections of benefits',
    `select exists (select 1 from benefit_values v join confirmations c on c.benefit_value_id = v.id and c.verdict = 'rejected'
       where v.benefit_id = any ($1::uuid[]) and v.archived_at is null and v.confirmed_by is null) as found`,
    [benefits],
  );
  return row!.found;
};

export interface OpenDecision {
  id: string;
  code: string;
  title: string | null;
  on: string;
  about: { type: string; code: string } | null;
}

/** Decisions that are not taken: all of them for the CIO, those about own portfolios for their managers, none for others. */
export const openDecisions = async (manager: EntityManager, who: Principal, until: string): Promise<OpenDecision[]> => {
  const isCio = hasRole(who, 'cio');
  const portfolios = managedPortfolios(who);
  if (!isPermitted(who, 'records.read:decision') || (!isCio && portfolios.length === 0)) return [];
  return named<OpenDecision>(
    manager,
    'decisions to take',
    `select t.id, t.code, t.title, t.needed_by::text as "on",
       case when r.code is not null then jsonb_build_object('type', t.about_type, 'code', r.code) end as about
     from decisions t left join lateral (
       select code from investments where t.about_type = 'investment' and id = t.about_id
       union all select code from initiatives where t.about_type = 'initiative' and id = t.about_id
       union all select code from capabilities where t.about_type = 'capability' and id = t.about_id
       union all select code from outcomes where t.about_type = 'outcome' and id = t.about_id
       union all select code from benefits where t.about_type = 'benefit' and id = t.about_id) r on true
     where t.archived_at is null and t.decided_at is null and t.needed_by <= $1
       and ($2 or portfolios_of(t.about_type, t.about_id) && $3::uuid[])`,
    [until, isCio, portfolios],
  );
};
