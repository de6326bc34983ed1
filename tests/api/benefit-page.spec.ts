import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { z } from 'zod';
import {
  benefitCredits,
  benefitMeasurements,
  benefitMeasures,
  type BenefitProfile,
  benefitProfile,
  benefitSummary,
} from '../../server/contract/benefit-page.js';
import { type Api, expectProblem, type Person, startApi } from '../support/harness.js';

/** What one benefit's page says, on the golden tables: the figures of the whole, and of their own traces. */

const PERIOD = '2026-Q4';
const golden = JSON.parse(readFileSync(new URL('../golden/data/expected.json', import.meta.url), 'utf8'))[PERIOD];
const CODES = Array.from({ length: 16 }, (_, index) => `BEN-${index + 1}`);

let api: Api;
beforeAll(async () => {
  api = await startApi({ golden: true });
}, 60_000);
afterAll(() => api.stop());

const get = async (path: string, person: Person = 'cio') => {
  const reply = await api.as(person).get(path);
  expect([path, reply.status, reply.status === 200 ? '' : reply.text]).toEqual([path, 200, '']);
  return reply.body;
};
const read = async <Schema extends z.ZodType>(schema: Schema, path: string, person: Person = 'cio') =>
  schema.parse(await get(path, person)) as z.infer<Schema>;
const profileOf = (code: string, by: 'quarter' | 'month', period = PERIOD): Promise<BenefitProfile> =>
  read(benefitProfile, `/benefits/${code}/profile?period=${period}&by=${by}`);

/** Every figure in a body, with the path of its trace. */
const figuresIn = (body: unknown): { value: string | null; trace: string }[] => {
  if (body === null || typeof body !== 'object') return [];
  const found = body as { value?: unknown; trace?: unknown };
  const own =
    typeof found.trace === 'string' && 'value' in found ? [found as { value: string | null; trace: string }] : [];
  return [...own, ...Object.values(body).flatMap(figuresIn)];
};

/** What is not recorded is null where its trace adds up nothing to 0. */
const expectTraced = async (body: unknown): Promise<number> => {
  const figures = [...new Map(figuresIn(body).map((figure) => [figure.trace, figure])).values()];
  for (const { value, trace } of figures) {
    const found = await get(trace);
    if (value === null) {
      const isNothing = found.value === null || (Number(found.value) === 0 && found.records.count === 0);
      expect([trace, found.value, isNothing || /variance|rate/.test(trace)]).toEqual([trace, found.value, true]);
    } else expect([trace, found.value]).toEqual([trace, value]);
  }
  return figures.length;
};

test.each(['2025-Q2', '2025-Q3', '2026-Q4'])(
  'at %s nothing was planned anew: the rate is that of the baseline plan',
  async (at) => {
    const { realisationRate, baselineRealisationRate, baseline, funnel } = await get(`/value?period=${at}`);
    expect([baselineRealisationRate, baseline.planned]).toEqual([realisationRate, funnel.planned]);
    expect(Number(funnel.planned)).not.toBe(0);
  },
);

describe('the profile of a benefit', () => {
  test('ends, at the end of the period, with the figures of the whole', async () => {
    // A quarter that is over: of one under way the months to come are drawn as expected.
    const period = '2026-Q3';
    const { benefits } = await get(`/value?period=${period}`);
    for (const by of ['quarter', 'month'] as const)
      for (const benefit of benefits.filter((each: { money: boolean }) => each.money)) {
        const { columns } = await profileOf(benefit.code, by, period);
        const last = columns.findLast(({ scenario }) => scenario === 'AC')!.cumulative!;
        const shown = [last.planned.value ?? '0.00', last.value.value ?? '0.00', last.variance.value];
        expect([benefit.code, by, ...shown]).toEqual([
          benefit.code,
          by,
          benefit.planned,
          benefit.realised,
          benefit.variance,
        ]);
      }
  });

  test('adds up over all money benefits to the golden funnel', async () => {
    const sums = { planned: 0, realised: 0 };
    for (const code of CODES) {
      const { columns, isMoney } = await profileOf(code, 'quarter');
      if (!isMoney) continue;
      const last = columns.findLast(({ scenario }) => scenario === 'AC')!.cumulative!;
      sums.planned += Number(last.planned.value ?? 0);
      sums.realised += Number(last.value.value ?? 0);
    }
    expect(sums.planned).toBeCloseTo(golden.overview.funnel.planned, 1);
    expect(sums.realised).toBeCloseTo(golden.overview.funnel.realised, 1);
  });

  test.each([
    ['BEN-4', 'quarter', PERIOD],
    ['BEN-4', 'quarter', '2026-Q2'],
    ['BEN-4', 'month', '2026-Q2'],
    ['BEN-3', 'month', '2026-Q2'],
    ['BEN-16', 'quarter', '2026-Q2'],
    ['BEN-1', 'quarter', '2025-Q3'],
    ['BEN-7', 'quarter', '2027-Q2'],
  ] as const)(
    'of %s by %s at %s: each figure is what its trace says',
    async (code, by, period) => {
      const body = await profileOf(code, by, period);
      expect(await expectTraced(body)).toBeGreaterThan(10);
    },
    120_000,
  );

  test('what is not money has no sum over time unless its months add up', async () => {
    expect((await profileOf('BEN-16', 'quarter')).columns.every(({ cumulative }) => cumulative === null)).toBe(true);
    expect((await profileOf('BEN-3', 'quarter')).columns.every(({ cumulative }) => cumulative !== null)).toBe(true);
    expect(await profileOf('BEN-16', 'quarter')).toMatchObject({
      unit: 'points',
      aggregation: 'latest',
      isMoney: false,
    });
  });
});

test('the statuses are the golden ones, and confirmed values add up to the funnel', async () => {
  let confirmed = 0;
  for (const code of CODES) {
    const body = await read(benefitSummary, `/benefits/${code}/summary?period=${PERIOD}`);
    expect([code, body.status]).toEqual([code, golden.overview.benefitStatus[code]]);
    if (body.isMoney) confirmed += Number(body.confirmed.value ?? 0);
  }
  expect(confirmed).toBeCloseTo(golden.overview.funnel.confirmed, 1);
});

test.each(['BEN-4', 'BEN-16', 'BEN-1'])('each figure on how %s stands is what its trace says', async (code) => {
  const body = await read(benefitSummary, `/benefits/${code}/summary?period=2026-Q2`);
  expect(await expectTraced(body)).toBeGreaterThan(8);
});

test('what is credited to the investments and what is not add up to the benefit', async () => {
  for (const code of CODES) {
    const body = await read(benefitCredits, `/benefits/${code}/credits?period=${PERIOD}`);
    const shares = [...body.investments, body.uncredited].reduce((sum, { share }) => sum + Number(share.value), 0);
    expect(shares).toBeCloseTo(1, 8);
    expect(body.total.share.value).toBe('1');
    if (!body.isMoney) {
      expect(body.uncredited.planned.value).toBeNull();
      continue;
    }
    for (const kind of ['planned', 'realised'] as const) {
      const parts = [...body.investments, body.uncredited].reduce((sum, row) => sum + Number(row[kind].value ?? 0), 0);
      expect(Math.abs(parts - Number(body.total[kind].value ?? 0))).toBeLessThan(0.005 * (body.investments.length + 2));
    }
    if (code === 'BEN-2') expect(await expectTraced(body)).toBeGreaterThan(6);
  }
});

test('a part of what nobody measured is not zero', async () => {
  const { investments, uncredited, total } = await read(benefitCredits, `/benefits/BEN-1/credits?period=${PERIOD}`);
  expect(total.realised.value).toBeNull();
  expect(investments.length).toBeGreaterThan(0);
  for (const { realised, planned } of [...investments, uncredited]) {
    expect(realised.value).toBeNull();
    expect(planned.value).not.toBeNull();
  }
});

test('the measures are the outcomes that lead to it, to the end of the period', async () => {
  const late = await read(benefitMeasures, `/benefits/BEN-2/measures?period=${PERIOD}`);
  const early = await read(benefitMeasures, `/benefits/BEN-2/measures?period=2025-Q3`);
  expect(late.items.length + late.lacking.length).toBeGreaterThan(0);
  for (const { measured } of early.items) expect(measured.every(({ on }) => on < '2025-10-01')).toBe(true);
  const own = await read(benefitMeasures, `/benefits/BEN-3/measures?period=2026-Q2`);
  expect(own.items[0]).toMatchObject({ kind: 'benefit', unit: 'points', baseline: null });
  expect(own.lacking).toContainEqual({ type: 'benefit', code: 'BEN-3', name: 'Benefit 3', lacks: 'baseline' });
  expect(await expectTraced(own)).toBeGreaterThan(3);
});

test('who sees what: a foreign benefit does not exist, and what it is due to is for readers of the chain', async () => {
  const parts = ['summary', 'profile', 'measures', 'measurements'];
  for (const part of parts) {
    expectProblem(await api.as('stakeholder-bu1').get(`/benefits/BEN-1/${part}`), 404, 'not-found');
    expectProblem(await api.as('cio').get(`/benefits/NONE/${part}`), 404, 'not-found');
    expectProblem(await api.as('nobody').get(`/benefits/BEN-4/${part}`), 403, 'forbidden');
    await get(`/benefits/BEN-4/${part}`, 'stakeholder-bu1');
  }
  expectProblem(await api.as('stakeholder-bu1').get('/benefits/BEN-4/credits'), 403, 'forbidden');
  expectProblem(await api.as('cio').get('/benefits/NONE/credits'), 404, 'not-found');
  // The answer that is kept for one reader is not given to another.
  const own = await get('/benefits/BEN-4/summary?period=2026-Q2', 'stakeholder-bu1');
  expect(own.realised).toEqual((await get('/benefits/BEN-4/summary?period=2026-Q2')).realised);
  for (const { trace } of figuresIn(own)) await get(trace, 'stakeholder-bu1');
});

test('a month that is restated says so, with what stood there before; a locked one is marked', async () => {
  const path = '/benefits/BEN-14/measurements';
  const before = await read(benefitMeasurements, path);
  const found = before.items.find(({ realised }) => realised !== null)!;
  expect(found).toMatchObject({ source: 'import', isLocked: false, revisions: [] });
  api.clock.advance(60_000);
  const changed = await api.as('admin').put('/benefits/BEN-14/values', {
    items: [{ month: found.month, realised: '77.5', version: found.version, reason: 'The invoice was wrong.' }],
  });
  expect(changed.status).toBe(200);
  await api.sql(`update settings set locked_through = $1, version = version + 1`, [`${found.month}-01`]);
  const after = (await read(benefitMeasurements, path)).items;
  const now = after.find(({ month }) => month === found.month)!;
  expect(now).toMatchObject({ realised: '77.50', source: 'person', isLocked: true, changedBy: 'admin@tests.example' });
  expect(now.letters).toEqual(expect.arrayContaining(['p', 'r']));
  expect(now.revisions).toEqual([
    {
      at: now.updatedAt,
      by: 'admin@tests.example',
      reason: 'The invoice was wrong.',
      source: 'person',
      field: 'realised',
      from: found.realised,
      to: '77.50',
    },
  ]);
  expect(after.filter(({ isLocked }) => isLocked).every(({ month }) => month <= found.month)).toBe(true);
  expect(await expectTraced(await get(path))).toBe(5);
  await api.sql(`update settings set locked_through = null, version = version + 1`);
});

test('a plan that was made anew is drawn beside the baseline plan, and each version says by how much it differs', async () => {
  const measurements = await read(benefitMeasurements, '/benefits/BEN-2/measurements');
  const later = measurements.items.findLast(({ planned }) => planned !== null)!;
  api.clock.advance(60_000);
  const reason = 'The board made it smaller.';
  const changed = await api.as('admin').put('/benefits/BEN-2/values', {
    items: [{ month: later.month, planned: '1', version: later.version, reason }],
  });
  expect(changed.status).toBe(200);
  const { items } = await get('/benefits/BEN-2/plan-versions');
  expect(
    items.map(({ isBaseline, isCurrent }: { isBaseline: boolean; isCurrent: boolean }) => [isBaseline, isCurrent]),
  ).toEqual([
    [true, false],
    [false, true],
  ]);
  expect(items[0].change).toBeNull();
  expect(Number(items[1].change)).toBeCloseTo(1 - Number(later.planned), 4);
  for (const { number, total } of items) {
    const found = await get(`/trace/node.plan_version?type=benefit&ref=BEN-2&version=${number}`);
    expect([found.value, found.records.count]).toEqual([total, items[number - 1].months.length]);
  }
  expectProblem(await api.as('cio').get('/trace/node.plan_version?type=benefit&ref=BEN-2&version=9'), 404, 'not-found');
  const { columns, events } = await profileOf('BEN-2', 'month');
  const column = columns.find(({ at }) => at === later.month)!;
  expect(Number(column.part.planned.value)).toBe(1);
  expect(Number(column.baseline!.part.value)).toBeCloseTo(Number(later.planned), 2);
  expect(await get(column.baseline!.part.trace)).toMatchObject({ value: column.baseline!.part.value });
  expect(events).toEqual([
    { kind: 'approval', on: '2025-05-13', column: null, code: null, text: null },
    { kind: 'replan', on: '2026-11-21', column: '2026-11', code: null, text: reason },
  ]);
});

test('outcomes of other org units that feed an own benefit are not shown to a stakeholder, not by their codes either', async () => {
  const everybodys = await read(benefitMeasures, '/benefits/BEN-16/measures');
  const outcome = [...everybodys.items, ...everybodys.lacking.map(({ type, code }) => ({ kind: type, code }))].find(
    ({ kind }) => kind === 'outcome',
  )!;
  const own = async () => [
    await api.as('stakeholder-bu1').get('/benefits/BEN-16/measures'),
    await api.as('stakeholder-bu1').get('/benefits/BEN-16/summary'),
  ];
  const tells = async () => (await own()).some(({ text }) => text.includes(outcome.code));
  const move = async (orgUnitCode: string) => {
    const { version } = (await api.as('admin').get(`/outcomes/${outcome.code}`)).body;
    const moved = await api
      .as('admin')
      .patch(`/outcomes/${outcome.code}`, { orgUnitCode }, { 'if-match': `"v${version}"` });
    expect(moved.status).toBe(200);
  };
  await move('BU1');
  expect((await api.as('stakeholder-bu1').get(`/outcomes/${outcome.code}`)).status).toBe(200);
  expect(await tells()).toBe(true);
  await move('BU2');
  expectProblem(await api.as('stakeholder-bu1').get(`/outcomes/${outcome.code}`), 404, 'not-found');
  for (const { status } of await own()) expect(status).toBe(200);
  expect(await tells()).toBe(false);
  expect((await api.as('cio').get('/benefits/BEN-16/measures')).text).toContain(outcome.code);
});
