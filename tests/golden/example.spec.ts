import { readFileSync, readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { GAP_KINDS } from '../../server/contract/chain.js';
import type { Column } from '../../server/contract/columns.js';
import { DECLARATIONS, snake } from '../../server/contract/records.js';
import { BENEFIT_STATUSES } from '../../server/contract/status.js';
import { startApi, type Api, type UploadedFile } from '../support/harness.js';

/** The example enterprise as it is written, before the loader moves it in time: its story in counts and headline figures. */

const FOLDER = new URL('../../server/example/tables/', import.meta.url);
const NAMES = readdirSync(FOLDER).filter((name) => name.endsWith('.csv'));
const LAST = '2026-Q3';
const QUARTERS = ['2024-Q4', '2025-Q1', '2025-Q2', '2025-Q3', '2025-Q4', '2026-Q1', '2026-Q2', LAST];

type Row = Record<string, string>;
const rowsOf = (table: string): Row[] => parse(readFileSync(new URL(`${table}.csv`, FOLDER)), { columns: true });
const filesOf = (): UploadedFile[] => NAMES.map((name) => ({ name, content: readFileSync(new URL(name, FOLDER)) }));

/** Every cell of every table, with what its column holds. */
const cells = (kinds: readonly Column['type']['kind'][]): { at: string; text: string }[] =>
  DECLARATIONS.flatMap((declaration) =>
    Object.entries(declaration.columns)
      .filter(([, column]) => kinds.includes(column.type.kind))
      .flatMap(([field]) =>
        rowsOf(declaration.table)
          .map((row, index) => ({
            at: `${declaration.table} ${index + 2} ${snake(field)}`,
            text: row[snake(field)] ?? '',
          }))
          .filter(({ text }) => text !== ''),
      ),
  );

const million = (amount: string): number => Number(amount) / 1e6;

describe('the tables as they are written', () => {
  test('hold every import table once, with UTF-8 and line feeds alone, in less than 1.2 MB', () => {
    expect(NAMES.map((name) => name.replace('.csv', '')).sort()).toEqual(DECLARATIONS.map(({ table }) => table).sort());
    const texts = filesOf().map(({ content }) =>
      new TextDecoder('utf-8', { fatal: true }).decode(content as Uint8Array),
    );
    for (const text of texts) expect(text).not.toMatch(/\r|\uFEFF/);
    expect(texts.reduce((bytes, text) => bytes + Buffer.byteLength(text), 0)).toBeLessThan(1_200_000);
  });

  test('begin every code with EX-', () => {
    const codes = cells(['code', 'ref', 'refs', 'anyRef']);
    expect(codes.length).toBeGreaterThan(5000);
    expect(codes.filter(({ text }) => text.split(';').some((code) => !code.startsWith('EX-')))).toEqual([]);
  });

  test('name no year, quarter or month in free text, which the loader does not move', () => {
    const months = 'January|February|March|April|May|June|July|August|September|October|November|December';
    const dated = new RegExp(`\\b((19|20)\\d\\d|Q[1-4]|${months}|[Ss]pring|[Ss]ummer|[Aa]utumn|[Ww]inter)\\b`);
    for (const text of ['Since 2025.', 'In Q3', 'The March release', 'Last autumn']) expect(text).toMatch(dated);
    const texts = cells(['text']);
    expect(texts.length).toBeGreaterThan(1500);
    expect(texts.filter(({ text }) => dated.test(text))).toEqual([]);
  });

  test('keep names short enough for a chart', () => {
    const names = [
      'portfolios',
      'investments',
      'initiatives',
      'capabilities',
      'outcomes',
      'benefits',
      'org_units',
    ].flatMap((table) => rowsOf(table).map((row) => row['name']!));
    expect(names.filter((name) => name.length > 34 || !/^[A-Z]/.test(name))).toEqual([]);
    expect(new Set(rowsOf('benefits').map((row) => row['name'])).size).toBe(24);
  });

  test('invent their people', () => {
    const people = new Set(cells(['email']).map(({ text }) => text));
    expect([...people].filter((email) => !/^[a-z]+\.[a-z]+@meridian\.example$/.test(email))).toEqual([]);
    for (const name of ['olivia.marsh', 'tom.keller', 'amira.haddad', 'lars.svensson'])
      expect(people).toContain(`${name}@meridian.example`);
  });
});

describe('the story in the product', () => {
  let api: Api;
  beforeAll(async () => {
    api = await startApi({ bare: true, env: { REPORTING_CURRENCY: 'EUR' } });
    const reply = await api.as('admin').upload('/imports', filesOf());
    expect({ status: reply.status, problems: reply.body?.problems }).toEqual({ status: 201, problems: [] });
  });
  afterAll(() => api.stop());

  const get = async (path: string) => {
    const reply = await api.as('admin').get(path);
    expect(reply.status).toBe(200);
    return reply.body;
  };

  test('has the size of the issue', async () => {
    const count = async (table: string): Promise<number> =>
      (await api.sql<{ n: number }>(`select count(*)::int as n from ${table}`))[0]!.n;
    const tables = ['portfolios', 'investments', 'initiatives', 'capabilities', 'outcomes', 'benefits', 'surveys'];
    const counts = await Promise.all(tables.map(async (table) => [table, await count(table)]));
    expect(Object.fromEntries(counts)).toEqual({
      portfolios: 3,
      investments: 12,
      initiatives: 25,
      capabilities: 14,
      outcomes: 16,
      benefits: 24,
      surveys: 8,
    });
    expect(await count('decisions')).toBeGreaterThanOrEqual(45);
    expect(await count('work_items')).toBeGreaterThanOrEqual(220);
  });

  test('has two foreign currencies, dis-benefits, and benefits that are better when lower', async () => {
    const currencies = await api.sql<{ currency: string }>(
      `select distinct currency from (select currency from investments union all select currency from benefits) c
       where currency is not null and currency <> 'EUR' order by 1`,
    );
    expect(currencies.map(({ currency }) => currency)).toEqual(['GBP', 'USD']);
    const negative = await api.sql<{ code: string }>(
      `select distinct b.code from benefits b join benefit_values v on v.benefit_id = b.id where v.planned < 0 order by 1`,
    );
    expect(negative.map(({ code }) => code)).toEqual(['EX-BEN-14', 'EX-BEN-15']);
    const [own] = await api.sql<{ money: number; other: number; lower: number; higher: number }>(
      `select count(*) filter (where nature <> 'non_financial')::int as money, count(*) filter (where nature = 'non_financial')::int as other,
         count(*) filter (where better = 'lower')::int as lower, count(*) filter (where better = 'higher')::int as higher from benefits`,
    );
    expect(own).toEqual({ money: 17, other: 7, lower: 4, higher: 3 });
  });

  test('breaks the chain in every way, but not everywhere', async () => {
    const gaps = await get(`/chain/gaps?period=${LAST}&limit=200`);
    const counts = new Map(gaps.counts.map((row: { kind: string; count: number }) => [row.kind, row.count]));
    for (const kind of GAP_KINDS) {
      expect([kind, (counts.get(kind) as number) >= 1]).toEqual([kind, true]);
      expect([kind, (counts.get(kind) as number) <= 3]).toEqual([kind, true]);
    }
  });

  test('shows the headline figures of its last quarter', async () => {
    const chain = await get(`/chain?period=${LAST}`);
    const { funnel, benefits } = await get(`/value?period=${LAST}`);
    const reached = chain.totals.reached.map(({ cost }: { cost: string }) => million(cost));
    expect(million(chain.totals.cost)).toBeGreaterThan(37);
    expect(million(chain.totals.cost)).toBeLessThan(39);
    expect(reached[4] / reached[0]).toBeGreaterThan(0.65);
    expect(reached[4] / reached[0]).toBeLessThan(0.75);
    expect(million(funnel.planned)).toBeGreaterThan(14.5);
    expect(million(funnel.planned)).toBeLessThan(15.5);
    const rate = million(funnel.realised) / million(funnel.planned);
    expect(rate).toBeGreaterThan(0.8);
    expect(rate).toBeLessThan(0.85);
    expect(million(funnel.confirmed) / million(funnel.realised)).toBeGreaterThan(0.55);
    expect(million(funnel.confirmed) / million(funnel.realised)).toBeLessThan(0.65);
    expect(chain.assumedShare).toBeGreaterThan(0.15);
    expect(chain.assumedShare).toBeLessThan(0.4);
    const statuses = new Set(benefits.map(({ status }: { status: string }) => status));
    expect([...BENEFIT_STATUSES].filter((status) => !statuses.has(status))).toEqual([]);
    const rank = ['on_track', 'at_risk', 'off_track'];
    const rosy = benefits.filter(
      (benefit: { status: string; declaredStatus: string | null }) =>
        rank.includes(benefit.status) &&
        benefit.declaredStatus !== null &&
        rank.indexOf(benefit.declaredStatus) < rank.indexOf(benefit.status),
    );
    expect(rosy.length).toBeGreaterThanOrEqual(3);
  });

  test('lands a little below the plan of its whole life', async () => {
    const [life] = await api.sql<{ planned: number; expected: number }>(
      `select sum(v.planned * rate)::float8 as planned,
         sum(case when v.month < '2026-10-01' then coalesce(v.realised, 0) else coalesce(v.forecast, v.planned, 0) end * rate)::float8 as expected
       from benefit_values v join benefits b on b.id = v.benefit_id
       cross join lateral (select case when b.currency = 'EUR' then 1 else
         (select x.rate from exchange_rates x where x.currency = b.currency and x.month = v.month) end as rate) r
       where b.nature <> 'non_financial'`,
    );
    expect(life!.planned / 1e6).toBeGreaterThan(40);
    expect(life!.expected / life!.planned).toBeGreaterThan(0.94);
    expect(life!.expected / life!.planned).toBeLessThan(0.98);
  });

  test('tells its story by quarter: growth, a bad quarter, a good one, a mixed end', async () => {
    const quarters = new Map<string, { spend: number; traced: number; planned: number; realised: number }>();
    for (const period of QUARTERS) {
      const { totals } = await get(`/chain?period=${period}&span=period`);
      quarters.set(period, {
        spend: million(totals.cost),
        traced: Number(totals.reached[4].cost) / Number(totals.cost),
        planned: million(totals.planned),
        realised: million(totals.realised),
      });
    }
    const of = (period: string) => quarters.get(period)!;
    for (const { spend } of quarters.values()) {
      expect(spend).toBeGreaterThan(4);
      expect(spend).toBeLessThan(6);
    }
    expect(of('2024-Q4').traced).toBeLessThan(0.4);
    expect(of(LAST).traced).toBeGreaterThan(0.8);
    expect(of('2025-Q3').realised).toBeLessThan(of('2025-Q2').realised);
    expect(of('2025-Q3').realised).toBeLessThan(0.5 * of('2025-Q3').planned);
    expect(of('2026-Q1').realised).toBeGreaterThan(of('2026-Q1').planned);
    expect(of(LAST).realised).toBeGreaterThan(of('2026-Q2').realised);
    expect(of(LAST).realised).toBeLessThan(of(LAST).planned);
  });

  test('proves about two thirds of its months, and confirms half', async () => {
    const [months] = await api.sql<{ evidenced: number; confirmed: number }>(
      `select (count(*) filter (where evidence is not null))::float8 / count(*) as evidenced,
         (count(*) filter (where confirmed_by is not null))::float8 / count(*) as confirmed
       from benefit_values where realised is not null`,
    );
    expect(months!.evidenced).toBeGreaterThan(0.55);
    expect(months!.evidenced).toBeLessThan(0.75);
    expect(months!.confirmed).toBeGreaterThan(0.45);
    expect(months!.confirmed).toBeLessThan(0.65);
  });

  test('has one area below five answers in every survey; the last asks IT itself beside the business', async () => {
    const areas = await api.sql<{ survey: string; below: number; areas: number }>(
      `select survey, count(*) filter (where n < 5)::int as below, count(*)::int as areas from (
         select s.code as survey, u.code, count(*) as n from survey_responses r join surveys s on s.id = r.survey_id
         join org_units u on u.id = r.org_unit_id group by 1, 2) a group by 1 order by 1`,
    );
    expect(areas).toHaveLength(8);
    for (const row of areas) expect(row).toMatchObject({ below: 1, areas: row.survey === 'EX-SUR-8' ? 7 : 6 });
    const [it] = await api.sql(
      `select count(*)::int as answers from survey_responses r join org_units u on u.id = r.org_unit_id where u.code = 'EX-BU-IT'`,
    );
    expect(it).toEqual({ answers: 12 });
  });

  test('knows nothing that happens after its last quarter', async () => {
    const [late] = await api.sql(
      `select (select count(*)::int from work_item_transitions where at >= '2026-10-01') as moves,
         (select count(*)::int from decisions where coalesce(decided_at, raised_at) >= '2026-10-01') as decisions,
         (select count(*)::int from benefit_values where realised is not null and month >= '2026-10-01') as values,
         (select count(*)::int from investment_costs where actual is not null and month >= '2026-10-01') as costs,
         (select count(*)::int from survey_responses where answered_at >= '2026-10-01') as answers,
         (select count(*)::int from outcome_measurements where measured_on >= '2026-10-01') as measurements`,
    );
    expect(late).toEqual({ moves: 0, decisions: 0, values: 0, costs: 0, answers: 0, measurements: 0 });
  });

  test('changes nothing when it is imported again', async () => {
    // The import itself leaves a line in the audit log, and nothing else.
    const stored = async () => {
      const { audit_events: _events, audit_head: _head, ...records } = await api.digest();
      return records;
    };
    const before = await stored();
    const reply = await api.as('admin').upload('/imports', filesOf());
    expect(await stored()).toEqual(before);
    expect(reply.status).toBe(201);
    const { tables } = reply.body as {
      tables: { table: string; created: number; updated: number; unchanged: number }[];
    };
    expect(tables).toHaveLength(NAMES.length);
    expect(tables.filter(({ created, updated, unchanged }) => created + updated > 0 || unchanged === 0)).toEqual([]);
  });
});
