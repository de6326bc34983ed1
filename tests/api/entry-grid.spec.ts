import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { lockThrough, newBenefit, save } from '../support/entries.js';
import { emailOf, expectProblem, startApi, type Api, type Person } from '../support/harness.js';

let api: Api;
let one: string;
let two: string;
let core: string;

beforeAll(async () => {
  api = await startApi();
  one = await newBenefit(api, { name: 'Claims handled', ownerEmail: 'kim@tests.example' });
  two = await newBenefit(api, {
    name: 'Time to pay',
    currency: null,
    nature: 'non_financial',
    unit: 'min',
    better: 'lower',
    aggregation: 'average',
  });
  core = await newBenefit(api, {
    name: 'Licences',
    portfolioCode: 'CORE',
    orgUnitCode: 'BU2',
    ownerEmail: emailOf('pm-dig'),
  });
  await save(api, [
    { benefit: two, month: '2024-01', planned: '5' },
    { benefit: two, month: '2026-09', forecast: '5' },
    { benefit: two, month: '2026-10', planned: '5' },
    { benefit: two, month: '2026-11', planned: '5' },
    { benefit: one, month: '2026-08', planned: '12000', realised: '11000' },
    { benefit: one, month: '2026-10', planned: '12000', realised: '0', evidence: 'ledger' },
  ]);
  await save(api, [{ benefit: core, month: '2026-10', realised: '3' }], {}, 'pm-core');
  await api.as('finance').post(`/benefits/${one}/values/2026-08/confirm`, { version: 1, amount: '11000' });
});
afterAll(() => api.stop());
beforeEach(() => api.clock.set('2026-11-10T12:00:00Z'));
afterEach(() => lockThrough(api, null));

const grid = async (query = '', person: Person = 'pm-dig') => (await api.as(person).get(`/entry${query}`)).body;
const codes = async (query: string, person: Person = 'pm-dig'): Promise<string[]> =>
  (await grid(query, person)).rows.map((row: { benefit: { code: string } }) => row.benefit.code);

test('shows 25 months around the end of the period, rows with something due first', async () => {
  const sheet = await grid('?period=2026-Q3');
  expect(sheet).toMatchObject({
    from: '2025-09',
    to: '2027-09',
    today: '2026-11-10',
    lockedThrough: null,
    dueDay: 15,
    total: 3,
    nextCursor: null,
  });
  expect(sheet.months).toHaveLength(25);
  expect(sheet.months[13]).toEqual({ month: '2026-10', locked: false, dueOn: '2026-11-15', over: true });
  expect(sheet.months[14]).toEqual({ month: '2026-11', locked: false, dueOn: '2026-12-15', over: false });
  expect(sheet.rows.map((row: { benefit: { code: string } }) => row.benefit.code)).toEqual([two, one, core]);
  expect(sheet.rows[1]).toMatchObject({
    benefit: {
      code: one,
      name: 'Claims handled',
      nature: 'cashable',
      owner: 'kim@tests.example',
      currency: 'USD',
      unit: null,
      aggregation: 'sum',
      better: 'higher',
      isMoney: true,
      approved: false,
      planFixed: false,
    },
    scaleHint: 'k',
    last: { month: '2026-10', realised: '0.00' },
    mayWrite: true,
  });
  expect(sheet.rows[0]).toMatchObject({
    benefit: { unit: 'min', better: 'lower', aggregation: 'average', isMoney: false },
    scaleHint: null,
    last: null,
  });
  expect(sheet.rows[2].mayWrite).toBe(false);
  expect(sheet.rows.map((row: { cells: unknown[] }) => row.cells.length)).toEqual([25, 25, 25]);
  expect(sheet.rows[1].cells[13]).toEqual({
    month: '2026-10',
    version: 1,
    planned: '12000.00',
    forecast: null,
    realised: '0.00',
    evidence: 'ledger',
    evidenceItems: 0,
    reportedBy: emailOf('pm-dig'),
    confirmedBy: null,
    updatedAt: '2026-11-21T12:00:00.000Z',
    updatedBy: emailOf('pm-dig'),
    rejected: null,
    state: { locked: false, due: false, overdue: false, provisional: true },
  });
  expect(sheet.rows[1].cells[11]).toMatchObject({ confirmedBy: emailOf('finance'), state: { provisional: false } });
  expect(sheet.rows[1].cells[0]).toMatchObject({ version: null, realised: null, updatedBy: null });
});

test('a value is due once its month is over and overdue after its day, in the reporting time zone', async () => {
  const states = async (): Promise<unknown[]> => {
    const sheet = await grid('?from=2026-09&to=2026-11');
    return [
      sheet.counts,
      ...sheet.rows.map((row: { cells: { state: { due: boolean; overdue: boolean } }[] }) =>
        row.cells.map(({ state }) => (state.overdue ? 'overdue' : state.due ? 'due' : '-')).join(' '),
      ),
    ];
  };
  const counts = { earlier: 1, earliest: '2024-01', lockedMonths: 0 };
  const nothing = '- - -';
  expect(await states()).toEqual([
    { ...counts, due: 2, overdue: 1, nextDueOn: '2026-11-15' },
    'overdue due -',
    nothing,
    nothing,
  ]);
  api.clock.set('2026-11-15T23:59:00Z');
  expect((await states())[0]).toMatchObject({ overdue: 1 });
  api.clock.set('2026-11-16T00:00:00Z');
  expect(await states()).toEqual([
    { ...counts, due: 2, overdue: 2, nextDueOn: null },
    'overdue overdue -',
    nothing,
    nothing,
  ]);
  api.clock.set('2026-11-15T23:30:00Z');
  const admin = api.as('admin');
  const set = async (change: Record<string, unknown>): Promise<void> => {
    const etag = (await admin.get('/settings')).headers.get('etag')!;
    expect((await admin.patch('/settings', change, { 'if-match': etag })).status).toBe(200);
  };
  await set({ reportingTimeZone: 'Europe/Zurich' });
  expect((await states())[0]).toMatchObject({ overdue: 2 });
  await set({ reportingTimeZone: 'UTC', valuesDueDay: 10 });
  expect(await states()).toEqual([
    { ...counts, due: 2, overdue: 2, nextDueOn: null },
    'overdue overdue -',
    nothing,
    nothing,
  ]);
  await set({ valuesDueDay: 15 });
});

test('locked months are counted and marked', async () => {
  await lockThrough(api, '2026-09');
  const sheet = await grid('?from=2026-08&to=2026-10');
  expect([sheet.lockedThrough, sheet.counts.lockedMonths]).toEqual(['2026-09', 2]);
  expect(sheet.rows[0].cells.map((cell: { state: { locked: boolean } }) => cell.state.locked)).toEqual([
    true,
    true,
    false,
  ]);
});

test('adds up the money of the rows it shows, month by month, and nothing where nothing is recorded', async () => {
  const { months, rows: all, sums } = await grid('?period=2026-Q3');
  const rows = all.filter(({ benefit }: { benefit: { isMoney: boolean } }) => benefit.isMoney);
  expect(sums.map(({ currency, rows: count }: { currency: string; rows: number }) => [currency, count])).toEqual([
    ['USD', 2],
  ]);
  const at = (month: string) => months.findIndex((each: { month: string }) => each.month === month);
  expect(sums[0].months[at('2026-10')]).toEqual({ planned: '12000.00', forecast: null, realised: '3.00' });
  expect(sums[0].months[at('2026-12')]).toEqual({ planned: null, forecast: null, realised: null });
  for (const [index, sum] of sums[0].months.entries())
    for (const field of ['planned', 'forecast', 'realised']) {
      const values = rows.flatMap(
        ({ cells }: { cells: Record<string, string | null>[] }) => cells[index]![field] ?? [],
      );
      const expected = values.length === 0 ? null : values.reduce((a: number, b: string) => a + Number(b), 0);
      expect(sum[field] === null ? null : Number(sum[field])).toBe(expected);
    }
  expect((await grid('?q=nothing+of+the+kind')).sums).toEqual([]);
});

test('filters by what is mine, due, named, and by portfolio and unit', async () => {
  expect(await codes('?mine=true')).toEqual([two, one, core]);
  expect(await codes('?mine=true', 'pm-core')).toEqual([core]);
  expect(await codes('?mine=true', 'finance')).toEqual([]);
  expect(await codes('?due=true')).toEqual([two]);
  expect(await codes('?due=true&from=2026-11&to=2026-12')).toEqual([]);
  expect(await codes('?q=LICEN')).toEqual([core]);
  expect(await codes('?q=%25')).toEqual([]);
  expect(await codes(`?q=${one.toLowerCase()}`)).toEqual([one]);
  expect(await codes('?portfolio=CORE')).toEqual([core]);
  expect(await codes('?orgUnit=BU1')).toEqual([two, one]);
});

test('pages go on where the last ended, and count the whole', async () => {
  const first = await grid('?limit=1&period=2026-Q3');
  const second = await grid(`?limit=1&period=2026-Q3&cursor=${first.nextCursor}`);
  const third = await grid(`?limit=1&period=2026-Q3&cursor=${second.nextCursor}`);
  const shown = [first, second, third].map((page) => page.rows[0].benefit.code);
  expect([shown, third.nextCursor]).toEqual([[two, one, core], null]);
  expect([first, second, third].map((page) => [page.total, page.counts.due])).toEqual([
    [3, 2],
    [3, 2],
    [3, 2],
  ]);
  expectProblem(await api.as('pm-dig').get('/entry?cursor=nonsense'), 422, 'validation-failed');
});

test('a stakeholder sees the rows of the own units, and writes none', async () => {
  expect(await codes('', 'stakeholder-bu1')).toEqual([two, one]);
  expect((await grid('', 'stakeholder-bu1')).rows.map((row: { mayWrite: boolean }) => row.mayWrite)).toEqual([
    false,
    false,
  ]);
  expect(await codes('', 'stakeholder-bu2')).toEqual([core]);
  expectProblem(await api.as('stakeholder-bu1').get('/entry?portfolio=DIG'), 404, 'not-found');
  expectProblem(await api.as('stakeholder-bu1').get('/entry?orgUnit=BU2'), 404, 'not-found');
  expectProblem(await api.as('nobody').get('/entry'), 403, 'forbidden');
});

test('months in the wrong order and more than fit are refused; none found is an empty sheet', async () => {
  expectProblem(await api.as('admin').get('/entry?from=2026-09&to=2026-08'), 422, 'validation-failed');
  expectProblem(await api.as('admin').get('/entry?from=2020-01&to=2026-08'), 422, 'validation-failed');
  expect(await grid('?q=nothing+of+the+kind')).toMatchObject({
    rows: [],
    total: 0,
    counts: { due: 0, overdue: 0, earlier: 0, earliest: null, nextDueOn: null },
  });
});
