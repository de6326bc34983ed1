import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startWith } from '../support/bundles.js';
import type { Api } from '../support/harness.js';

/**
 * Reference figures of the bundles' READMEs that no call answers yet (they belong to metrics): computed here by SQL over what was stored,
 * so that it is known that the import kept what they need.
 */

/** First day of a quarter of calendar or fiscal years that start in `startMonth`, and of the one after it. */
const bounds = (period: string, startMonth = 1): [string, string] => {
  const [year, quarter] = period.split('-Q').map(Number) as [number, number];
  const first = (startMonth === 1 ? year : year - 1) * 12 + (startMonth - 1) + (quarter - 1) * 3;
  const day = (months: number): string => `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}-01`;
  return [day(first), day(first + 3)];
};

describe('Python Enhancement Proposals', () => {
  let api: Api;
  beforeAll(async () => {
    api = await startWith('python-peps-decisions', 'USD', 1);
  });
  afterAll(() => api.stop());

  test.each([
    ['2007-Q2', 496.5, 32, 2177.35],
    ['2013-Q2', 1034, 19, 2169.3],
    ['2019-Q1', 1625, 15, 2106.8],
    ['2022-Q1', 118.5, 12, 441.9],
    ['2025-Q2', 119, 13, 525.8],
  ])('days from raised to decided in %s', async (period, median, n, p85) => {
    const [row] = await api.sql<{ median: number; n: number; p85: number }>(
      `select percentile_cont(0.5) within group (order by days) as median, count(*)::int as n,
         percentile_cont(0.85) within group (order by days) as p85
       from (select extract(epoch from decided_at - raised_at)::float8 / 86400 as days from decisions
             where kind = 'priority' and decided_at >= $1::timestamptz and decided_at < $2::timestamptz) d`,
      bounds(period),
    );
    expect(row!.n).toBe(n);
    expect(row!.median).toBeCloseTo(median, 6);
    expect(row!.p85).toBeCloseTo(p85, 6);
  });

  test('decisions by how they ended, and by whom', async () => {
    const [row] = await api.sql(
      `select count(*)::int as all, count(decided_at)::int as decided, count(*) filter (where decided_at is null)::int as open,
         count(*) filter (where outcome = 'approved')::int as approved, count(*) filter (where outcome = 'declined')::int as declined,
         count(*) filter (where outcome = 'deferred')::int as deferred,
         count(*) filter (where decided_at is not null and f.code = 'PEP-DELEGATE')::int as by_delegate,
         percentile_cont(0.5) within group (order by extract(epoch from decided_at - raised_at) / 86400) as median
       from decisions d left join forums f on f.id = d.forum_id`,
    );
    expect(row).toEqual({
      all: 663,
      decided: 616,
      open: 47,
      approved: 388,
      declined: 167,
      deferred: 61,
      by_delegate: 117,
      median: 212.5,
    });
  });
});

describe('Incidents of an IT service desk', () => {
  let api: Api;
  beforeAll(async () => {
    api = await startWith('servicenow-incidents', 'USD', 1);
  });
  afterAll(() => api.stop());

  /** One row is one item delivered in the period, with its durations in days, handoffs and whether it went back. */
  const DELIVERED = `
    with seen as (
      select t.work_item_id as item, t.at, t.recorded_seq as seq, nullif(t.team, '') as team, s.kind, s.position
      from work_item_transitions t join stages s on s.id = t.stage_id where t.at < $2::timestamptz),
    ordered as (
      select *, row_number() over w as n, count(*) over (partition by item) as last, lead(at) over w as next_at,
        max(position) over (partition by item order by at, seq rows between unbounded preceding and 1 preceding) as furthest
      from seen window w as (partition by item order by at, seq)),
    runs as (select item, max(n) filter (where kind <> 'done') as before_done, max(last) as last, min(at) as first_at from ordered group by item),
    delivered as (
      select r.item, r.first_at, r.before_done, o.at as delivered_at from runs r join ordered o on o.item = r.item and o.n = coalesce(r.before_done, 0) + 1
      where coalesce(r.before_done, 0) < r.last and o.at >= $1::timestamptz and o.at < $2::timestamptz),
    teams as (
      select o.item, o.team, lag(o.team) over (partition by o.item order by o.at, o.seq) as former
      from ordered o join delivered d on d.item = o.item and o.n <= coalesce(d.before_done, 0) + 1 where o.team is not null)
    select d.item, extract(epoch from d.delivered_at - d.first_at)::float8 / 86400 as days,
      coalesce((select sum(extract(epoch from least(o.next_at, d.delivered_at) - o.at))::float8 / 86400 from ordered o
        where o.item = d.item and o.kind = 'waiting' and o.n <= d.before_done), 0) as waiting,
      (select count(*) from teams t where t.item = d.item and t.former is not null and t.former <> t.team)::int as handoffs,
      exists (select 1 from ordered o where o.item = d.item and o.n <= coalesce(d.before_done, 0) + 1 and o.position < o.furthest
        and exists (select 1 from ordered p where p.item = o.item and p.n = o.n - 1 and p.position > o.position)) as reworked
    from delivered d`;

  test.each([
    ['2016-Q1', 856, 1.0972, 9.1859, 0.64117, 0.75467, 0.00818, 106],
    ['2016-Q2', 1843, 0.1958, 8.811, 0.5985, 0.68692, 0.01356, 21],
    ['2016-Q3', 28, 98.9795, 147.321, 0.85472, 1.78571, 0.03571, 11],
  ])('flow in %s', async (period, throughput, cycleTime, p85, waitingShare, handoffs, rework, wip) => {
    const [row] = await api.sql<Record<string, number>>(
      `select count(*)::int as throughput, percentile_cont(0.5) within group (order by days) as cycle,
         percentile_cont(0.85) within group (order by days) as p85, sum(waiting) / sum(days) as waiting, avg(handoffs)::float8 as handoffs,
         avg(reworked::int)::float8 as rework from (${DELIVERED}) d`,
      bounds(period),
    );
    expect(row!['throughput']).toBe(throughput);
    expect(row!['cycle']).toBeCloseTo(cycleTime, 4);
    expect(row!['p85']).toBeCloseTo(p85, 4);
    expect(row!['waiting']).toBeCloseTo(waitingShare, 5);
    expect(row!['handoffs']).toBeCloseTo(handoffs, 5);
    expect(row!['rework']).toBeCloseTo(rework, 5);
    const [open] = await api.sql<{ wip: number }>(
      `with seen as (select t.work_item_id as item, t.at, t.recorded_seq as seq, s.kind from work_item_transitions t
         join stages s on s.id = t.stage_id where t.at < $1::timestamptz)
       select count(*)::int as wip from (select item, bool_or(kind = 'active') as started, (array_agg(kind order by at desc, seq desc))[1] as now
         from seen group by item) i where started and now not in ('done', 'cancelled')`,
      [bounds(period)[1]],
    );
    expect(open!.wip).toBe(wip);
  });
});

describe('US federal IT', () => {
  let api: Api;
  beforeAll(async () => {
    api = await startWith('us-federal-it', 'USD', 10);
  });
  afterAll(() => api.stop());

  test('the share of spend without a priority in 2016-Q1', async () => {
    const [row] = await api.sql<{ none: string; all: string }>(
      `select sum(c.actual) filter (where i.priority_id is null) as none, sum(c.actual) as all
       from investment_costs c join investments i on i.id = c.investment_id where c.month >= $1 and c.month < $2`,
      bounds('2016-Q1', 10),
    );
    expect([row!.none, row!.all]).toEqual(['426233400.0000', '39169245503.0000']);
    expect(Number(row!.none) / Number(row!.all)).toBeCloseTo(0.010882, 6);
  });

  /** One row is one outcome with its latest measurement before a day. */
  const LATEST = `select o.*, (select value from outcome_measurements m where m.outcome_id = o.id and m.measured_on < $1 and m.value is not null
      order by measured_on desc limit 1) as latest from outcomes o`;
  const MEETS = `case when coalesce(better, case when target < baseline then 'lower' else 'higher' end) = 'lower' then latest <= target else latest >= target end`;

  test('mean attainment of experience outcomes at 2022-Q4', async () => {
    const [row] = await api.sql<{ mean: number; n: number }>(
      `select avg((latest - baseline) / (target - baseline))::float8 as mean, count(*)::int as n from (${LATEST}) o
       where type = 'experience' and latest is not null and baseline is not null and target is not null and target <> baseline`,
      [bounds('2022-Q4', 10)[1]],
    );
    expect(row!.n).toBe(33);
    expect(row!.mean).toBeCloseTo(0.115493, 6);
  });

  test('outcomes due and met', async () => {
    const due = async (period: string): Promise<unknown> =>
      (
        await api.sql(
          `select count(*)::int as due, count(*) filter (where ${MEETS})::int as met from (${LATEST}) o where target_date < $1 and target is not null`,
          [bounds(period, 10)[1]],
        )
      )[0];
    expect(await due('2022-Q4')).toEqual({ due: 0, met: 0 });
    expect(await due('2023-Q4')).toEqual({ due: 213, met: 60 });
  });

  test('outcomes that first met their target, by quarter', async () => {
    const first = async (period: string): Promise<number> => {
      const [start, end] = bounds(period, 10);
      const [row] = await api.sql<{ n: number }>(
        `select count(*)::int as n from (
           select o.id, min(m.measured_on) as met_on from outcomes o join outcome_measurements m on m.outcome_id = o.id and o.target is not null
           where case when coalesce(o.better, case when o.target < o.baseline then 'lower' else 'higher' end) = 'lower'
             then m.value <= o.target else m.value >= o.target end group by o.id) f where met_on >= $1 and met_on < $2`,
        [start, end],
      );
      return row!.n;
    };
    expect([await first('2022-Q1'), await first('2022-Q2'), await first('2022-Q3'), await first('2022-Q4')]).toEqual([
      11, 11, 10, 31,
    ]);
  });

  test('planned cost of the month 2016-10, with no actual at all', async () => {
    const rows = await api.sql(
      `select sum(planned) as planned, sum(actual) as actual from investment_costs where month = '2016-10-01'`,
    );
    expect(rows).toEqual([{ planned: '38287360588.0000', actual: null }]);
  });
});
