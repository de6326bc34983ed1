import type { DataSource, EntityManager } from 'typeorm';
import { readsOwnUnitsOnly } from '../access/policy.js';
import { representedUnits, type Principal } from '../access/principal.js';
import { minorUnits } from '../core/money.js';
import { currentPeriod, monthOf, periodEnd, periodStart } from '../core/period.js';
import { named } from '../database/named.js';
import { STORY_END, todayOf } from '../database/today.js';
import { notFound } from './problem.js';

/** What a person asks a computed figure for. */
export interface Asked {
  period?: string | undefined;
  portfolio?: string | undefined;
  orgUnit?: string | undefined;
}

/** Whose source facts count: null is everybody's. Units include all that lies below them. */
export interface Scope {
  readonly portfolioId: string | null;
  /** The unit that was asked for; `unitIds` are it and all below it, or a reader's own units. */
  readonly unitId: string | null;
  readonly unitIds: readonly string[] | null;
  /** As people read it: `enterprise`, or the codes asked for. */
  readonly label: string;
}

/** A question with everything settled that the answer depends on. */
export interface Reading {
  readonly period: string;
  /** First day of the period, and the day after its last, which it does not hold. */
  readonly start: string;
  readonly end: string;
  /** First day of the month under way; the example's story stands still. What lies from here on cannot be measured yet. */
  readonly underWay: string;
  /** The day in the reporting time zone by which is judged what is due and what has expired; in the example the day on which its story ends. */
  readonly today: string;
  /** Calendar month in which the fiscal year begins, 1 to 12. */
  readonly startMonth: number;
  readonly currency: string;
  /** Decimals of the reporting currency's minor unit. */
  readonly decimals: number;
  readonly timeZone: string;
  readonly onTrackFrom: string;
  readonly atRiskFrom: string;
  readonly scope: Scope;
  /** What the reader may see; part of every key. `all`, or the units they stand for. */
  readonly visibility: string;
  /** Versions of data and settings, the month under way and the day: the same text means the same answer. */
  readonly state: string;
}

interface StateRow {
  versions: string;
  settings_version: number;
  reporting_currency: string;
  reporting_time_zone: string;
  fiscal_year_start_month: number;
  on_track_from: string;
  at_risk_from: string;
  portfolio_id: string | null;
  portfolio_code: string | null;
  unit_id: string | null;
  unit_code: string | null;
  unit_ids: string[] | null;
  own_unit_ids: string[] | null;
  story_end: string | null;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const asId = (ref: string | undefined): string | null => (ref !== undefined && UUID.test(ref) ? ref : null);

/** One row: the data's versions, the settings, and the portfolio and org unit that were asked for, if they exist. An id goes before a code. */
const STATE = `
  select (select string_agg(scope || ':' || version, ',' order by scope) from data_versions) as versions,
    s.version as settings_version, s.reporting_currency, s.reporting_time_zone, s.fiscal_year_start_month, s.on_track_from, s.at_risk_from,
    ${STORY_END} as story_end,
    p.id as portfolio_id, p.code as portfolio_code, u.id as unit_id, u.code as unit_code,
    case when u.id is not null then (
      with recursive below as (
        select u.id union select o.id from org_units o join below b on o.parent_id = b.id)
      select array_agg(id) from below) end as unit_ids,
    case when $5::uuid[] is not null then (
      with recursive below as (
        select unnest($5::uuid[]) as id union select o.id from org_units o join below b on o.parent_id = b.id)
      select array_agg(id) from below) end as own_unit_ids
  from settings s
    left join lateral (select id, code from portfolios where (id = $1::uuid or lower(code) = lower($2)) and archived_at is null
      order by (id = $1::uuid) desc nulls last limit 1) p on true
    left join lateral (select id, code from org_units where (id = $3::uuid or lower(code) = lower($4)) and archived_at is null
      order by (id = $3::uuid) desc nulls last limit 1) u on true
  where s.id = 1`;

/**
 * Settles a question: the period (default: the one that holds now), its bounds, the scope, and what the reader may see.
 * Who reads own units only gets those: what lies outside does not exist for them.
 *
 * @param now ISO instant, from the clock
 * @throws Problem 404 for a portfolio or org unit that does not exist or is out of the reader's sight
 */
export const settle = async (
  on: DataSource | EntityManager,
  who: Principal,
  asked: Asked,
  now: string,
): Promise<Reading> => {
  const own = readsOwnUnitsOnly(who) ? representedUnits(who) : null;
  const [row] = await named<StateRow>(on, 'state of computed figures', STATE, [
    asId(asked.portfolio),
    asked.portfolio ?? null,
    asId(asked.orgUnit),
    asked.orgUnit ?? null,
    own,
  ]);
  if (!row) throw new Error('The settings are not set.');
  const startMonth = row.fiscal_year_start_month;
  const period = asked.period ?? currentPeriod(now, row.reporting_time_zone, startMonth);
  const today = todayOf(row.story_end, now, row.reporting_time_zone);
  const underWay = `${monthOf(today)}-01`;
  return {
    period,
    start: periodStart(period, startMonth),
    end: periodEnd(period, startMonth),
    underWay,
    today,
    startMonth,
    currency: row.reporting_currency,
    decimals: minorUnits(row.reporting_currency),
    timeZone: row.reporting_time_zone,
    onTrackFrom: row.on_track_from,
    atRiskFrom: row.at_risk_from,
    scope: scopeOf(row, asked, own),
    visibility: own === null ? 'all' : `units ${[...own].sort().join(',')}`,
    state: `${row.versions};settings:${row.settings_version};month:${underWay};day:${today}`,
  };
};

/** The same question of another period. */
export const readingOf = (reading: Reading, period: string): Reading => ({
  ...reading,
  period,
  start: periodStart(period, reading.startMonth),
  end: periodEnd(period, reading.startMonth),
});

/** The same question by another calendar: of the months that its period has in fiscal years that begin with another month. */
export const readingBy = (reading: Reading, startMonth: number): Reading =>
  readingOf({ ...reading, startMonth }, reading.period);

/** The same question of the whole enterprise, for what does not hang on the scope of the page. Only for those who read all of it. */
export const ofEnterprise = (reading: Reading): Reading => ({
  ...reading,
  scope: { portfolioId: null, unitId: null, unitIds: null, label: 'enterprise' },
});

const scopeOf = (row: StateRow, asked: Asked, own: readonly string[] | null): Scope => {
  if (asked.portfolio !== undefined && (row.portfolio_id === null || own !== null)) throw notFound();
  if (asked.orgUnit !== undefined && row.unit_id === null) throw notFound();
  const ownIds = own === null ? null : (row.own_unit_ids ?? []);
  if (ownIds !== null && row.unit_id !== null && !ownIds.includes(row.unit_id)) throw notFound();
  const codes = [row.portfolio_code, row.unit_code].filter((code) => code !== null);
  return {
    portfolioId: row.portfolio_id,
    unitId: row.unit_id,
    unitIds: row.unit_ids ?? ownIds,
    label: codes.length > 0 ? codes.join(' · ') : own === null ? 'enterprise' : 'own units',
  };
};
