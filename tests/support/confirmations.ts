import type { Api } from './harness.js';

/** What must hold of confirmations, whatever came before. Each answers the rows that break it. */

/** A value that is confirmed stands as it was confirmed: amount, currency or unit, version, by whom; and the last verdict on it says so. */
const CONFIRMED_AS_SEEN = `
  select b.code, v.month, v.version, 'confirmed otherwise than it stands' as broken
  from benefit_values v join benefits b on b.id = v.benefit_id
    left join benefit_value_revisions seen on seen.benefit_value_id = v.id and seen.version = v.confirmed_version
    left join lateral (select * from confirmations c where c.benefit_value_id = v.id order by c.id desc limit 1) last on true
  where v.archived_at is null and v.confirmed_by is not null and (
    v.realised is null or v.confirmed_amount is distinct from v.realised or v.confirmed_currency is distinct from b.currency
    or v.confirmed_by = v.reported_by or v.confirmed_version > v.version
    or v.confirmed_how = 'person' and seen.realised is distinct from v.confirmed_amount
    or last.verdict not in ('confirmed', 'attested') or last.amount is distinct from v.confirmed_amount
    or last.currency is distinct from v.confirmed_currency or last.unit is distinct from case when b.currency is null then b.unit end
    or last.value_version is distinct from v.confirmed_version
    or last.by_email is distinct from v.confirmed_by)`;

/** A value that is not confirmed is not said to be: its last verdict withdrew or rejected it, or there is none. */
const UNCONFIRMED_IS_SAID = `
  select b.code, v.month, v.version, 'the last verdict confirms what is not confirmed' as broken
  from benefit_values v join benefits b on b.id = v.benefit_id
    join lateral (select * from confirmations c where c.benefit_value_id = v.id order by c.id desc limit 1) last on true
  where v.confirmed_by is null and last.verdict in ('confirmed', 'attested')`;

/** What is archived is confirmed no more: brought back, it is another claim. */
const ARCHIVED_IS_UNCONFIRMED = `
  select b.code, v.month, v.version, 'it is archived, and confirmed' as broken
  from benefit_values v join benefits b on b.id = v.benefit_id where v.archived_at is not null and v.confirmed_by is not null`;

/** Each time that a confirmation came or went in the history of a value, a verdict tells it. */
const HISTORY_IS_COMPLETE = `
  with steps as (
    select r.benefit_value_id, r.version, r.confirmed_by, lag(r.confirmed_by) over w as before, row_number() over w as nth
    from benefit_value_revisions r window w as (partition by r.benefit_value_id order by r.version)
  ), counted as (
    select benefit_value_id, count(*) filter (where confirmed_by is not null and before is null) as came,
      count(*) filter (where confirmed_by is null and before is not null) as went, max(version) as last, count(*) as all from steps group by 1
  )
  select b.code, v.month, v.version, 'verdicts are missing, or too many' as broken
  from counted n join benefit_values v on v.id = n.benefit_value_id join benefits b on b.id = v.benefit_id
  where n.all <> v.version or n.last <> v.version
    or n.went <> (select count(*) from confirmations c where c.benefit_value_id = v.id and c.verdict = 'withdrawn')
    or n.came > (select count(*) from confirmations c where c.benefit_value_id = v.id and c.verdict in ('confirmed', 'attested'))`;

export const brokenConfirmations = async (api: Api): Promise<Record<string, unknown>[]> =>
  (
    await Promise.all(
      [CONFIRMED_AS_SEEN, UNCONFIRMED_IS_SAID, ARCHIVED_IS_UNCONFIRMED, HISTORY_IS_COMPLETE].map((sql) => api.sql(sql)),
    )
  ).flat();

/**
 * Planned, realised and confirmed of all money benefits before a day, in the reporting currency: from the revisions and verdicts alone, which
 * nothing changes, not from the values that the product sums.
 */
export const funnelFromHistory = async (api: Api, before: string): Promise<Record<string, string>> => {
  const [row] = await api.sql<Record<string, string>>(
    `select round(coalesce(sum(r.planned * f.rate), 0), 2)::text as planned, round(coalesce(sum(r.realised * f.rate), 0), 2)::text as realised,
       round(coalesce(sum(case when r.confirmed_by is not null then
         (select c.amount from confirmations c where c.benefit_value_id = v.id order by c.id desc limit 1) end * f.rate), 0), 2)::text as confirmed
     from benefits b join benefit_values v on v.benefit_id = b.id
       join lateral (select * from benefit_value_revisions e where e.benefit_value_id = v.id order by e.version desc limit 1) r on true
       cross join settings s
       cross join lateral (select case when b.currency = s.reporting_currency then 1 else (
         select x.rate from exchange_rates x where x.currency = b.currency and x.month = v.month and x.archived_at is null) end as rate) f
     where b.archived_at is null and not r.archived and b.currency is not null and b.nature is distinct from 'non_financial' and v.month < $1::date`,
    [before],
  );
  return row!;
};
