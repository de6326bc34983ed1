import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { ENTERPRISE, recordChange } from '../audit/write.js';
import type { ChangeSettings, Settings } from '../contract/access.js';
import { comparePeriods, currentPeriod, monthOf, periodOf, previousPeriod } from '../core/period.js';
import { named } from '../database/named.js';
import { STORY_END, todayOf } from '../database/today.js';
import { CLOCK, type Clock } from '../http/clock.js';
import { invalid, type ProblemError } from '../http/problem.js';
import type { Principal } from './principal.js';
import { stale } from '../http/etag.js';

/** Months are stored as their first day. */
const isMonth = (field: string): boolean => field === 'lockedThrough';

const COLUMNS: Record<keyof ChangeSettings, string> = {
  reportingCurrency: 'reporting_currency',
  reportingTimeZone: 'reporting_time_zone',
  fiscalYearStartMonth: 'fiscal_year_start_month',
  discountRate: 'discount_rate',
  onTrackFrom: 'on_track_from',
  atRiskFrom: 'at_risk_from',
  lockedThrough: 'locked_through',
  valuesDueDay: 'values_due_day',
};
const FIELDS = Object.entries(COLUMNS)
  .map(([field, column]) => `${isMonth(field) ? `to_char(${column}, 'YYYY-MM')` : column} as "${field}"`)
  .join(', ');

/** The settings that decide what figures mean. Read at each use: they are one row, and another process may have changed them. */
@Injectable()
export class SettingsService {
  constructor(
    private readonly source: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  private known: { state: string; month: string | null } | null = null;

  /**
   * The settings as they are, with the fiscal quarter of now.
   * @param on a transaction's manager, to read what it sees
   */
  async read(on: DataSource | EntityManager = this.source): Promise<Settings> {
    const [row] = await named<
      Omit<Settings, 'currentPeriod' | 'today' | 'openPeriod' | 'isExample'> & { storyEnd: string | null }
    >(on, 'settings', `select version, ${FIELDS}, ${STORY_END} as "storyEnd" from settings`);
    if (!row) throw new Error('The settings row is missing: ensureFirstRun did not run.');
    const { storyEnd, ...stored } = row;
    const startMonth = row.fiscalYearStartMonth;
    const now = this.clock.now().toISOString();
    const period = currentPeriod(now, row.reportingTimeZone, startMonth);
    // The example stands still while time goes on: its pages open where its story ends.
    const after = storyEnd === null ? period : periodOf(monthOf(storyEnd), startMonth);
    const openPeriod = earlier(previousPeriod(after), await this.lastMonth(on), startMonth);
    const today = todayOf(storyEnd, now, row.reportingTimeZone);
    return { ...stored, currentPeriod: period, today, openPeriod, isExample: storyEnd !== null };
  }

  /** The last month with an actual cost or a realised value, `2026-09`; null where none is recorded. Looked up once for each state of the data. */
  private async lastMonth(on: DataSource | EntityManager): Promise<string | null> {
    // Inside a transaction the state may yet be undone, and its versions given to another.
    if (on !== this.source) return lastMonthOf(on);
    const { state } = (await named<{ state: string }>(on, 'state of the data', STATE))[0]!;
    const known = this.known?.state === state ? this.known : { state, month: await lastMonthOf(on) };
    this.known = known;
    return known.month;
  }

  /**
   * @param version what If-Match named
   * @throws Problem 409 for the reporting currency while rates are stored, 412 with the current settings, 422
   */
  async change(principal: Principal, version: number, given: ChangeSettings): Promise<Settings> {
    refuseUnknown(given);
    return this.source.transaction(async (manager) => {
      const before = await this.read(manager);
      const wanted = (Object.keys(COLUMNS) as (keyof ChangeSettings)[]).filter((field) => given[field] !== undefined);
      const assignments = wanted.map((field, index) => `, ${COLUMNS[field]} = $${index + 3}`).join('');
      const at = this.clock.now().toISOString();
      const [, changed] = (await manager.query(
        `update settings set version = version + 1, updated_at = $2${assignments} where version = $1`,
        [version, at, ...wanted.map((field) => storedOf(field, given[field]))],
      )) as [unknown, number];
      if (changed === 0) throw stale(await this.read(manager)); // again: it may have changed while the update waited
      const after = await this.read(manager);
      const entry = {
        at,
        actor: principal.email,
        action: 'changed',
        objectType: 'settings',
        objectId: null,
        objectCode: null,
      };
      await recordChange(manager, { ...entry, before: { ...before }, after: { ...after } }, [ENTERPRISE]);
      return after;
    });
  }
}

const STATE = `select string_agg(scope || ':' || version, ',' order by scope) as state from data_versions`;
const LAST_MONTH = `
  select to_char(greatest(
    (select max(month) from investment_costs where archived_at is null and actual is not null),
    (select max(month) from benefit_values where archived_at is null and realised is not null)), 'YYYY-MM') as month`;

const lastMonthOf = async (on: DataSource | EntityManager): Promise<string | null> =>
  (await named<{ month: string | null }>(on, 'last month with an actual', LAST_MONTH))[0]!.month;

/** Pages open where there is something to see: at the last period that is over, or earlier where what was recorded ends before it. */
const earlier = (over: string, lastMonth: string | null, startMonth: number): string => {
  const last = lastMonth === null ? over : periodOf(lastMonth, startMonth);
  return comparePeriods(last, over) < 0 ? last : over;
};

const storedOf = (field: string, value: unknown): unknown =>
  isMonth(field) && typeof value === 'string' ? `${value}-01` : value;

/** What the schema cannot know: the currencies and time zones of this runtime. */
const refuseUnknown = ({ reportingCurrency, reportingTimeZone }: ChangeSettings): void => {
  const errors: ProblemError[] = [];
  if (reportingCurrency !== undefined && !Intl.supportedValuesOf('currency').includes(reportingCurrency))
    errors.push({
      pointer: '/reportingCurrency',
      code: 'currency.unknown',
      message: 'Write an ISO 4217 code, for example EUR.',
    });
  if (reportingTimeZone !== undefined && !isTimeZone(reportingTimeZone))
    errors.push({
      pointer: '/reportingTimeZone',
      code: 'time_zone.unknown',
      message: 'Write a time zone name, for example Europe/Zurich.',
    });
  if (errors.length > 0) throw invalid(errors);
};

const isTimeZone = (name: string): boolean => {
  if (!/^[A-Za-z]/.test(name)) return false; // an offset such as +02:00 knows no summer time
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
};
