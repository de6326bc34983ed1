import type { EntityManager } from 'typeorm';
import { ENTERPRISE } from '../audit/write.js';
import type { Confirmations, ConfirmationQuery, Verdicts } from '../contract/confirmation.js';
import { named } from '../database/named.js';
import { notFound } from '../http/problem.js';
import type { Scope } from '../http/reading.js';

/** One realised value and all that finance needs to judge it. Amounts are exact text; `reporting` is null where it is not money. */
export interface ClaimRow {
  id: string;
  code: string;
  name: string;
  owner: string | null;
  currency: string | null;
  unit: string | null;
  month: string;
  version: number;
  amount: string;
  reporting: string | null;
  planned: string | null;
  variance: string | null;
  better: 'higher' | 'lower';
  evidence: string | null;
  evidenceItems: number;
  reportedBy: string;
  reportedAt: string;
  state: ConfirmationQuery['state'];
  why: 'new' | 'changed' | 'resubmitted';
  before: Verdict | null;
  rejection: Verdict | null;
  confirmation: Verdict | null;
}

interface Verdict {
  amount: string;
  /** In which it was said; the unit where it was in no currency. */
  currency: string | null;
  unit: string | null;
  by: string;
  at: string;
  note: string | null;
}

/** `changed`: it was confirmed before; `resubmitted`: it was rejected before. */
const WHY = `case when s.former is not null then 'changed' when s.refused is not null then 'resubmitted' else 'new' end`;

const verdict = (of: string): string =>
  `case when ${of}.id is not null then jsonb_build_object('amount', trim_scale(${of}.amount)::text, 'currency', ${of}.currency, 'unit', ${of}.unit, 'by', ${of}.by_email, 'at', ${of}.at, 'note', ${of}.note) end`;

const lastVerdict = (alias: string, verdicts: string, condition = 'true'): string => `
  left join lateral (select c.id, c.amount, c.currency, c.unit, c.by_email, c.at, c.note from confirmations c
    where c.benefit_value_id = v.id and c.verdict in (${verdicts}) and ${condition} order by c.value_version desc, c.at desc limit 1) ${alias} on true`;

/**
 * Realised values with their state. What is claimed is the amount with its evidence, as its reporter gave it: `claimed_from` is the version
 * from which it stands as it is. A rejection holds until the claim changes; a new file or link does not change it by itself, a new amount,
 * text or reporter does.
 *
 * @param only a condition over the values, for questions that need not look at all of them
 */
const claims = (only: string): string => `
  with claim as (
    select v.id, v.version, v.month, v.planned, v.realised, v.evidence, v.reported_by, v.confirmed_by, v.updated_at,
      b.id as benefit_id, b.code, b.name, b.owner_email, b.currency, b.unit, coalesce(b.better, 'higher') as better,
      case when b.currency is null or b.nature is not distinct from 'non_financial' then null
        when b.currency = $1 then v.realised else v.realised * r.rate end as reporting,
      case when v.version = 1 then 1 else coalesce((select max(e.version) from benefit_value_revisions e where e.benefit_value_id = v.id
          and (e.archived or e.realised is distinct from v.realised or e.evidence is distinct from v.evidence
            or e.reported_by is distinct from v.reported_by)), 0) + 1 end as claimed_from
    from benefit_values v join benefits b on b.id = v.benefit_id
      left join exchange_rates r on r.currency = b.currency and r.month = v.month and r.archived_at is null
    where v.archived_at is null and b.archived_at is null and v.realised is not null and ${only}
      and ($2::uuid is null or b.portfolio_id = $2) and ($3::uuid[] is null or b.org_unit_id = any ($3))
  ), stated as (
    select v.*, case when v.confirmed_by is not null then 'confirmed' when n.id is not null then 'rejected' else 'waiting' end as state,
      ${verdict('h')} as confirmation, ${verdict('n')} as held, ${verdict('f')} as former, ${verdict('o')} as refused
    from claim v
      ${lastVerdict('h', `'confirmed', 'attested'`, 'v.confirmed_by is not null')}
      ${lastVerdict('n', `'rejected'`, 'v.confirmed_by is null and c.value_version >= v.claimed_from')}
      ${lastVerdict('f', `'confirmed', 'attested'`, 'v.confirmed_by is null')}
      ${lastVerdict('o', `'rejected'`, 'v.version > 1')}
  )`;
const CLAIMS = claims('true');

const REPORTED_AT = `(select e.changed_at from benefit_value_revisions e where e.benefit_value_id = s.id and e.version >= s.claimed_from
         order by e.version limit 1)`;

export interface ClaimCount {
  state: ConfirmationQuery['state'];
  why: ClaimRow['why'];
  count: number;
  amount: string | null;
  oldest: string | null;
}

/** Months and money by state and reason, and when the oldest value of each was reported. */
export const claimCounts = async (manager: EntityManager, currency: string, scope: Scope): Promise<ClaimCount[]> =>
  named(
    manager,
    'claims by state',
    `${CLAIMS}
     select s.state, ${WHY} as why, count(*)::int as count, trim_scale(sum(s.reporting))::text as amount,
       min(${REPORTED_AT}) as oldest
     from stated s group by 1, 2`,
    [currency, scope.portfolioId, scope.unitIds],
  );

/** How many values wait, their money, and when the oldest was reported: for every page, so it looks at nothing that is confirmed. */
export const waitingClaims = async (
  manager: EntityManager,
  currency: string,
  scope: Scope,
): Promise<Pick<ClaimCount, 'count' | 'amount' | 'oldest'>> => {
  const [row] = await named<Pick<ClaimCount, 'count' | 'amount' | 'oldest'>>(
    manager,
    'claims that wait',
    `${claims('v.confirmed_by is null')}
     select count(*)::int as count, trim_scale(sum(s.reporting))::text as amount, min(${REPORTED_AT}) as oldest
     from stated s where s.state = 'waiting'`,
    [currency, scope.portfolioId, scope.unitIds],
  );
  return row!;
};

const ORDERS: Record<ConfirmationQuery['sort'], string> = {
  '-amount': 'abs(s.reporting) desc nulls last, s.code, s.month',
  reportedAt: '"reportedAt", s.code, s.month',
  '-reportedAt': '"reportedAt" desc, s.code, s.month',
  code: 's.code, s.month',
};

type Asked = Pick<ConfirmationQuery, 'state' | 'why' | 'q' | 'sort'> & { limit: number | null };

/** A page of values in one state (without `limit` all of them), and how many there are. */
export const claimsOf = async (
  manager: EntityManager,
  currency: string,
  scope: Scope,
  query: Asked,
  offset: number,
  today: string,
): Promise<{ rows: ClaimRow[]; total: number }> => {
  const rows = await named<ClaimRow & { total: number }>(
    manager,
    `claims by ${query.sort}`,
    `${CLAIMS}, asked as (
       select s.*, ${WHY} as why
       from stated s
       where s.state = $4 and ($5::text is null or (s.code || ' ' || s.name || ' ' || coalesce(s.owner_email, '') || ' ' || s.reported_by) ilike $5)
     )
     select s.id, s.code, s.name, s.owner_email as owner, s.currency, s.unit, to_char(s.month, 'YYYY-MM') as month, s.version,
       trim_scale(s.realised)::text as amount, trim_scale(s.reporting)::text as reporting, trim_scale(s.planned)::text as planned,
       trim_scale(s.realised - s.planned)::text as variance, s.better, s.evidence,
       (select count(*)::int from proving_items i where i.benefit_id = s.benefit_id and s.month between i.from_month and i.to_month
         and i.until >= $9) as "evidenceItems",
       s.reported_by as "reportedBy",
       ${REPORTED_AT} as "reportedAt",
       s.state, s.why, s.former as before, coalesce(s.held, s.refused) as rejection, s.confirmation, count(*) over ()::int as total
     from asked s where $6::text is null or s.why = $6
     order by ${ORDERS[query.sort]} limit $7 offset $8`,
    [
      currency,
      scope.portfolioId,
      scope.unitIds,
      query.state,
      query.q === undefined ? null : `%${query.q.replace(/[\\%_]/g, '\\$&')}%`,
      query.why ?? null,
      query.limit,
      offset,
      today,
    ],
  );
  return { rows, total: rows[0]?.total ?? 0 };
};

/** Everything that was ever said of the values of a benefit, newest first. */
export const verdictsOf = async (manager: EntityManager, benefitId: string): Promise<Verdicts['items']> =>
  named(
    manager,
    'verdicts of benefit',
    `select to_char(v.month, 'YYYY-MM') as month, (row_number() over (partition by v.month order by c.at, c.value_version, c.id))::int as number,
       c.verdict, trim_scale(c.amount)::text as amount, c.currency, c.unit,
       c.value_version as version, c.by_email as by, c.at, c.note
     from confirmations c join benefit_values v on v.id = c.benefit_value_id where v.benefit_id = $1
     order by c.at desc, v.month desc, c.value_version desc, c.id desc`,
    [benefitId],
  );

/** A benefit whose values are judged. */
export interface Judged {
  id: string;
  code: string;
  currency: string | null;
  /** Of its data version: its portfolio, or the enterprise. */
  scope: string;
}

/**
 * Locks benefits in order until the transaction ends. What was read of them before may have changed since, what this answers cannot.
 * @throws Problem 404 where one was archived since it was read
 */
export const lockJudged = async (
  manager: EntityManager,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Judged>> => {
  const live = await named(
    manager,
    'lock benefits that are judged',
    'select 1 from benefits where id = any ($1::uuid[]) and archived_at is null order by id for no key update',
    [ids],
  );
  if (live.length < ids.length) throw notFound();
  const rows = await named<Judged>(
    manager,
    'benefits that are judged',
    'select id, code, currency, coalesce(portfolio_id::text, $2) as scope from benefits where id = any ($1::uuid[]) order by id',
    [ids, ENTERPRISE],
  );
  return new Map(rows.map((row) => [row.id, row]));
};

export type CountsByState = Confirmations['counts'];
