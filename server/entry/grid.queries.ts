import type { EntityManager } from 'typeorm';
import { managedPortfolios, type Principal } from '../access/principal.js';
import { writeCondition } from '../access/scope.js';
import { IS_MISSING, isOwn } from '../benefits/due.service.js';
import { named } from '../database/named.js';
import type { Scope } from '../http/reading.js';

export interface GridQuestion {
  /** Months, both inside. */
  from: string;
  to: string;
  /** First day of the month under way. */
  underWay: string;
  /** A missing value of this month or an earlier one is overdue. */
  lastOverdue: string;
  now: string;
  scope: Scope;
  mine: boolean;
  dueOnly: boolean;
  q: string | null;
  limit: number;
  after: { isDue: boolean; code: string; id: string } | null;
}

export interface FoundBenefit {
  id: string;
  code: string;
  name: string;
  type: string | null;
  nature: string | null;
  owner: string | null;
  currency: string | null;
  unit: string | null;
  aggregation: 'sum' | 'average' | 'latest';
  better: 'higher' | 'lower';
  isMoney: boolean;
  approved: boolean;
  planFixed: boolean;
  mayWrite: boolean;
  due: number;
}

export interface GridTotals {
  total: number;
  due: number;
  overdue: number;
  earlier: number;
  earliest: string | null;
}

/** $1 to $13; the condition of writing, over `t`, takes the values from $14 on. */
const found = (mayWrite: string): string => `
  with found as (
    select t.id, t.code, t.name, t.type, t.nature, t.owner_email as owner, t.currency, t.unit, coalesce(t.aggregation, 'sum') as aggregation,
      coalesce(t.better, 'higher') as better, t.currency is not null and t.nature is distinct from 'non_financial' as "isMoney",
      coalesce(t.baseline_at <= $5, false) as approved, coalesce(t.baseline_at <= $5 and s.at < $5, false) as "planFixed",
      coalesce(${mayWrite}, false) as "mayWrite", n.due, n.overdue, n.earlier, n.earliest
    from benefits t
      left join plan_starts s on s.benefit_id = t.id
      cross join lateral (
        select count(*) filter (where v.month between $1 and $2) as due,
          count(*) filter (where v.month between $1 and $2 and v.month <= $4) as overdue,
          count(*) filter (where v.month < $1) as earlier, min(v.month) as earliest
        from benefit_values v where v.benefit_id = t.id and v.month < $3 and ${IS_MISSING}) n
    where t.archived_at is null and ($6::uuid is null or t.portfolio_id = $6) and ($7::uuid[] is null or t.org_unit_id = any ($7))
      and ($8::text is null or ${isOwn('$8', '$9')})
      and ($10::text is null or strpos(lower(t.code || ' ' || t.name), lower($10)) > 0)
  ), totals as (
    select count(*) filter (where not $11::boolean or due > 0) as total, coalesce(sum(due), 0)::int as all_due,
      coalesce(sum(overdue), 0)::int as all_overdue, coalesce(sum(earlier), 0)::int as all_earlier, to_char(min(earliest), 'YYYY-MM') as earliest
    from found
  ), page as (
    select * from found where (not $11 or due > 0)
      and ($12::jsonb is null or (due = 0, code, id) > (($12->>'isDue')::boolean is false, $12->>'code', ($12->>'id')::uuid))
    order by (due = 0), code, id limit $13
  )
  select p.id, p.code, p.name, p.type, p.nature, p.owner, p.currency, p.unit, p.aggregation, p.better, p."isMoney", p.approved, p."planFixed",
    p."mayWrite", p.due, t.total, t.all_due as "allDue", t.all_overdue as overdue, t.all_earlier as earlier, t.earliest
  from totals t left join page p on true order by (p.due = 0), p.code, p.id`;

type FoundRow = (FoundBenefit | { id: null }) & Omit<GridTotals, 'due'> & { allDue: number };

/** One page of the benefits that are asked for, those with a value due first, and what all of them have due. One row more than `limit`. */
export const findBenefits = async (
  manager: EntityManager,
  who: Principal,
  asked: GridQuestion,
): Promise<{ totals: GridTotals; rows: FoundBenefit[] }> => {
  const own = writeCondition(who, 'benefit');
  const rows = (await manager.query(found(own.text(14)), [
    `${asked.from}-01`,
    `${asked.to}-01`,
    asked.underWay,
    `${asked.lastOverdue}-01`,
    asked.now,
    asked.scope.portfolioId,
    asked.scope.unitIds,
    asked.mine ? who.email : null,
    managedPortfolios(who),
    asked.q,
    asked.dueOnly,
    asked.after === null ? null : JSON.stringify(asked.after),
    asked.limit + 1,
    ...own.values,
  ])) as FoundRow[];
  const { total, allDue, overdue, earlier, earliest } = rows[0]!;
  return {
    totals: { total, due: allDue, overdue, earlier, earliest },
    rows: rows.filter((row): row is FoundRow & FoundBenefit => row.id !== null),
  };
};

export interface StoredCell {
  benefitId: string;
  month: string;
  version: number;
  planned: string | null;
  forecast: string | null;
  realised: string | null;
  evidence: string | null;
  evidenceItems: number;
  reportedBy: string | null;
  confirmedBy: string | null;
  updatedAt: string;
  updatedBy: string;
  rejected: { by: string; at: string; note: string | null } | null;
}

/**
 * The stored months of some benefits between two months, both inside.
 * @param today by which it is judged which evidence has expired
 */
export const cellsOf = (
  manager: EntityManager,
  ids: readonly string[],
  from: string,
  to: string,
  today: string,
): Promise<StoredCell[]> =>
  named<StoredCell>(
    manager,
    'cells of the entry grid',
    `select v.benefit_id as "benefitId", to_char(v.month, 'YYYY-MM') as month, v.version, v.planned, v.forecast, v.realised, v.evidence,
       (select count(*)::int from proving_items i where i.benefit_id = v.benefit_id and v.month between i.from_month and i.to_month
         and i.until >= $4) as "evidenceItems",
       v.reported_by as "reportedBy", v.confirmed_by as "confirmedBy", v.updated_at as "updatedAt", v.changed_by as "updatedBy",
       case when v.realised is not null and v.confirmed_by is null then (
         select jsonb_build_object('by', n.by_email, 'at', n.at, 'note', n.note) from confirmations n
         where n.benefit_value_id = v.id and n.verdict = 'rejected' and not exists (
           select 1 from benefit_value_revisions e where e.benefit_value_id = v.id and e.version >= n.value_version
             and (e.archived or e.realised is distinct from v.realised or e.evidence is distinct from v.evidence
               or e.reported_by is distinct from v.reported_by))
         order by n.value_version desc limit 1) end as rejected
     from benefit_values v
     where v.benefit_id = any ($1::uuid[]) and v.month between $2 and $3 and v.archived_at is null`,
    [ids, `${from}-01`, `${to}-01`, today],
  );

/** The latest month with a realised value of each benefit that has one. */
export const lastValues = (
  manager: EntityManager,
  ids: readonly string[],
): Promise<{ benefitId: string; month: string; realised: string }[]> =>
  named(
    manager,
    'last values of the entry grid',
    `select b.id as "benefitId", to_char(v.month, 'YYYY-MM') as month, v.realised
     from unnest($1::uuid[]) as b (id) cross join lateral (
       select month, realised from benefit_values where benefit_id = b.id and archived_at is null and realised is not null
       order by month desc limit 1) v`,
    [ids],
  );
