import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { managedPortfolios, type Principal } from '../access/principal.js';
import { readCondition, writeCondition } from '../access/scope.js';
import { dueOn, lastOverdueMonth } from '../core/due-values.js';
import { named } from '../database/named.js';
import { STORY_END, todayOf } from '../database/today.js';
import { CLOCK, type Clock } from '../http/clock.js';

/** Over a row `v` of benefit_values as it was entered, in whatever currency: a value of this month is to be reported. */
export const IS_EXPECTED = 'coalesce(v.planned, v.forecast) is not null';

/** Over a row `v` of benefit_values: a value that is to be reported and is not. The one definition; when it is due says `core/due-values.ts`. */
export const IS_MISSING = `v.archived_at is null and v.realised is null and ${IS_EXPECTED}`;

/** Over a benefit `t`: whether it is a person's own, as its owner or as the manager of its portfolio. */
export const isOwn = (email: string, portfolios: string): string =>
  `(lower(t.owner_email) = lower(${email}) or t.portfolio_id = any (${portfolios}::uuid[]))`;

/** What decides when values are due. */
export interface DueRules {
  /** In the reporting time zone; the day on which the example's story ends, while it is loaded. */
  today: string;
  /** Day of the next month on which the value of a month is due. */
  dueDay: number;
  /** The last month that is locked, `2026-06`. */
  lockedThrough: string | null;
  /** A missing value of this month or an earlier one is overdue. */
  lastOverdue: string;
  timeZone: string;
}

/** A benefit that a person answers for. */
export interface OwnBenefit {
  id: string;
  code: string;
  name: string;
  mayWrite: boolean;
}

/** The first value of a benefit that is to be reported. */
export interface NextDue {
  month: string;
  dueOn: string;
  overdue: boolean;
}

/** The last month whose missing values are overdue on a day of the reporting time zone: for what is read as of a day. */
export const lastOverdueOn = async (on: DataSource | EntityManager, today: string): Promise<string> => {
  const [row] = await named<{ dueDay: number }>(
    on,
    'day of due values',
    'select values_due_day as "dueDay" from settings',
  );
  if (!row) throw new Error('The settings are not set.');
  return lastOverdueMonth(today, row.dueDay);
};

/** Which values are to be reported, by whom and by when: the same for the entry grid, the register and the reminders. */
@Injectable()
export class DueService {
  constructor(
    private readonly source: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async rules(on: DataSource | EntityManager = this.source): Promise<DueRules> {
    const [row] = await named<Omit<DueRules, 'today' | 'lastOverdue'> & { storyEnd: string | null }>(
      on,
      'rules of due values',
      `select to_char(locked_through, 'YYYY-MM') as "lockedThrough", values_due_day as "dueDay", reporting_time_zone as "timeZone",
         ${STORY_END} as "storyEnd" from settings`,
    );
    if (!row) throw new Error('The settings are not set.');
    const { storyEnd, ...rules } = row;
    const today = todayOf(storyEnd, this.clock.now().toISOString(), rules.timeZone);
    return { ...rules, today, lastOverdue: lastOverdueMonth(today, rules.dueDay) };
  }

  /** The benefits that a person answers for and may read, by code. */
  async own(manager: EntityManager, who: Principal): Promise<OwnBenefit[]> {
    const read = readCondition(who, 'benefit');
    const write = writeCondition(who, 'benefit');
    return (await manager.query(
      `select t.id, t.code, t.name, coalesce(${write.text(3 + read.values.length)}, false) as "mayWrite" from benefits t
       where t.archived_at is null and ${isOwn('$1', '$2')} and ${read.text(3)} order by t.code, t.id`,
      [who.email, managedPortfolios(who), ...read.values, ...write.values],
    )) as OwnBenefit[];
  }

  /** By id of a benefit: its months up to `through` whose value is missing, the earliest first. */
  async missing(
    on: DataSource | EntityManager,
    ids: readonly string[],
    through: string,
  ): Promise<ReadonlyMap<string, string[]>> {
    const rows = await named<{ id: string; months: string[] }>(
      on,
      'missing values of benefits',
      `select v.benefit_id as id, array_agg(to_char(v.month, 'YYYY-MM') order by v.month) as months from benefit_values v
       where v.benefit_id = any ($1::uuid[]) and v.month <= $2 and ${IS_MISSING} group by v.benefit_id`,
      [ids, `${through}-01`],
    );
    return new Map(rows.map(({ id, months }) => [id, months]));
  }

  /** By id of a benefit: the first value that is to be reported, also where its month has yet to come. */
  async next(
    on: DataSource | EntityManager,
    ids: readonly string[],
    rules: Pick<DueRules, 'dueDay' | 'lastOverdue'>,
  ): Promise<ReadonlyMap<string, NextDue>> {
    const rows = await named<{ id: string; month: string }>(
      on,
      'next values due of benefits',
      `select v.benefit_id as id, to_char(min(v.month), 'YYYY-MM') as month from benefit_values v
       where v.benefit_id = any ($1::uuid[]) and ${IS_MISSING} group by v.benefit_id`,
      [ids],
    );
    return new Map(
      rows.map(({ id, month }) => [
        id,
        { month, dueOn: dueOn(month, rules.dueDay), overdue: month <= rules.lastOverdue },
      ]),
    );
  }
}
