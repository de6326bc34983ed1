import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { newBenefit, save, stored } from '../support/entries.js';
import type { Review } from '../../server/contract/review.js';
import type { Restatement, RestatedFigure } from '../../server/contract/review-after.js';
import { brokenBridges, frozenReview, restatementOf } from '../support/frozen-reviews.js';
import { startApi, type Api, type Reply } from '../support/harness.js';
import { smallChain } from '../support/small-chain.js';

let api: Api;
beforeAll(async () => {
  api = await startApi();
  await smallChain(api);
  for (const month of MONTHS) {
    const made = await api.as('finance').post('/exchange-rates', { currency: 'EUR', month, rate: '1.0937' });
    expect(made.status).toBe(201);
  }
  await refreeze();
});
afterAll(() => api.stop());

const MONTHS = ['2026-04', '2026-05'];
const SEQUENCES = 200;
const MINOR_UNIT = 0.01;
/** Investments by months. */
const COSTS = 6;
/** Figures that are quotients, and metrics. */
const MORE = [
  'variance_share.realised?span=to_date',
  'variance_share.spend?span=to_date',
  'traced_spend_share?span=to_date',
  'expected_share?span=to_date',
  'outcome.realisation_rate',
];
/** After so many sequences the quarter is frozen anew, with three benefits more. */
const FROZEN_FOR = 50;

let review: string;
let frozen: Review['document'];
/** Figures that are asked for after each sequence; all of the review are before it is frozen anew. */
let figures: readonly string[] = [];
/** Benefits that are there, and the one event on each of their months that was last, by code and month. */
const codes = ['B1'];
let last = new Map<string, number>();

const refreeze = async (): Promise<void> => {
  for (const currency of ['EUR', 'EUR', 'USD']) {
    const code = await newBenefit(api, { currency });
    const items = MONTHS.map((month, at) => ({ benefit: code, month, planned: '33.33', realised: `${at + 7}.77` }));
    expect((await save(api, items)).status).toBe(200);
    expect((await api.as('admin').post('/links', { fromCode: 'O1', toCode: code })).status).toBe(201);
    codes.push(code);
  }
  const { id, document } = await frozenReview(api, '2026-Q2');
  [review, frozen] = [id, document];
  const named = [...document.headline, ...MORE];
  // With what shares are divided by, which bounds their rounding.
  figures = [
    ...new Set(named.flatMap((key) => [key, ...(frozen.figures[key]!.unit === 'share' ? inputsOf(key) : [])])),
  ];
  for (const key of figures) expect(document.figures).toHaveProperty([key]);
  last = new Map();
};

const amount = fc.integer({ min: 0, max: 99_999 }).map((units) => (units / 100).toFixed(2));
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('value' as const),
      benefit: fc.nat(),
      month: fc.constantFrom(...MONTHS),
      field: fc.constantFrom('planned' as const, 'realised' as const, 'forecast' as const),
      amount: fc.option(amount, { freq: 5 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('cost' as const),
      investment: fc.constantFrom('I1', 'I2', 'I3'),
      month: fc.constantFrom(...MONTHS),
      field: fc.constantFrom('planned' as const, 'actual' as const),
      amount: fc.option(amount, { freq: 5 }),
    }),
  },
  fc.record({ kind: fc.constant('link' as const), at: fc.nat(), share: fc.integer({ min: 0, max: 60 }) }),
  fc.record({
    kind: fc.constant('rate' as const),
    month: fc.constantFrom(...MONTHS),
    rate: fc.integer({ min: 5_000, max: 19_999 }).map((units) => (units / 10_000).toFixed(4)),
  }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** Changes a record as it is now; what a rule refuses (a share above 100 %) changes nothing. */
const changed = async (path: string, body: unknown, person: 'admin' | 'finance'): Promise<Reply> => {
  const { headers } = await api.as(person).get(path);
  return api.as(person).patch(path, body, { 'if-match': headers.get('etag')! });
};

const take = async (done: Step): Promise<Reply> => {
  switch (done.kind) {
    case 'value': {
      const code = codes[done.benefit % codes.length]!;
      const row = (await stored(api, code)).find(({ month }) => month === done.month);
      const item = { month: done.month, [done.field]: done.amount, reason: 'Corrected.' };
      const items = [row ? { ...item, version: row['version'] } : item];
      const before = await head();
      const reply = await api.as('admin').put(`/benefits/${code}/values`, { items });
      const after = await head();
      // What was there already is no change, and no event.
      if (after !== before) last.set(`${code} ${done.month} ${done.field}`, after);
      return reply;
    }
    case 'cost': {
      const path = `/investments/${done.investment}/costs`;
      const { body } = await api.as('admin').get(path);
      const row = body.items.find(({ month }: { month: string }) => month === done.month);
      const item = { month: done.month, kind: 'opex', [done.field]: done.amount };
      return api.as('admin').put(path, { items: [row ? { ...item, version: row.version } : item] });
    }
    case 'link': {
      const { items } = (await api.as('admin').get('/links?limit=200')).body;
      const allocation = done.share.toFixed(2);
      return changed(`/links/${items[done.at % items.length].id}`, { allocation }, 'admin');
    }
    case 'rate': {
      const { items } = (await api.as('finance').get('/exchange-rates?limit=200')).body;
      const found = items.find(({ month }: { month: string }) => month === done.month);
      return changed(`/exchange-rates/${found.id}`, { rate: done.rate }, 'finance');
    }
  }
};

/** Figures of the review that a figure of few inputs is made of. */
const inputsOf = (key: string): string[] =>
  frozen.figures[key]!.inputs.flatMap(({ figure }) => (figure !== null && frozen.figures[figure] ? figure : []));

/**
 * What rounding may come to in a bridge. Printed amounts add up, so what stands between two records that changed moves by a minor unit at most: as many
 * units as records changed, which of a step of one record is one, of a rate all values in its currency, of links all costs. A share is bounded by as
 * many, and one for each end, over what it is divided by.
 */
const mostRounding = (of: RestatedFigure, all: Restatement): number => {
  const inEuros = (2 * (codes.length - 1)) / 3;
  const changed = of.bridge!.reduce((sum, { record: { type } }) => {
    if (type === 'rounding') return sum;
    return sum + (type === 'exchange_rate' ? inEuros : type === 'link' ? COSTS : 1);
  }, 0);
  if (of.unit !== 'share') return changed * MINOR_UNIT;
  const ends = [of.frozen.value, of.today.value].map((value) => Math.abs(Number(value ?? 0)));
  const divisors = inputsOf(of.key).flatMap((key) => {
    const input = all.figures.find((each) => each.key === key);
    return [input?.frozen.value, input?.today.value].flatMap((value) =>
      Number(value ?? 0) === 0 ? [] : Math.abs(Number(value)),
    );
  });
  return ((changed + 2) * MINOR_UNIT * (1 + Math.max(...ends))) / Math.min(...divisors);
};

const head = async (): Promise<number> =>
  Number((await api.sql<{ seq: string }>('select seq from audit_head'))[0]!.seq);

test('The bridge of every figure adds up exactly after any of 200 sequences of changes, and tells the event of each changed value', async () => {
  let sequences = 0;
  const seen = { changes: 0, refused: 0, restated: 0, rounded: 0, values: 0, kinds: new Set<string>() };
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 4 }), async (steps) => {
      for (const each of steps) {
        const reply = await take(each);
        if (reply.status < 300) seen.changes += 1;
        else seen.refused += 1;
        expect([200, 409, 422]).toContain(reply.status);
      }
      const asksAll = (sequences + 1) % FROZEN_FOR === 0;
      const restatement = await restatementOf(api, review, asksAll ? [] : figures);
      expect(brokenBridges(restatement)).toEqual([]);
      for (const figure of restatement.figures) {
        const { key, bridge } = figure;
        seen.restated += bridge === null ? 0 : 1;
        const rounding = (bridge ?? []).find(({ record }) => record.type === 'rounding')?.effect.value;
        if (rounding && figures.includes(key) && key.includes('?')) {
          seen.rounded += 1;
          // A step that is lost would hide in it.
          expect([key, rounding, Math.abs(Number(rounding)) <= mostRounding(figure, restatement) + 1e-9]).toEqual([
            ...[key, rounding, true],
          ]);
        }
        for (const { record, causes, effect } of bridge ?? []) {
          seen.kinds.add(record.type);
          // Of counts, and of metrics whose cells are rounded, what changed may be told as one step; of the ledger and its shares never.
          if (figures.includes(key) && key.includes('?')) expect([key, record.type]).not.toEqual([key, 'rest']);
          // Whatever the figure, something that was done explains the step; only a digit of rounding comes of itself.
          if (record.type !== 'rounding')
            expect([key, record, effect.value, causes.length > 0]).toEqual([key, record, effect.value, true]);
          const field = /^(realised|planned)\?/.exec(key)?.[1];
          const event = last.get(`${record.code} ${record.at} ${field}`);
          if (record.type !== 'benefit_value' || event === undefined) continue;
          expect(causes.map(({ seq }) => seq)).toContain(event);
          seen.values += 1;
        }
      }
      sequences += 1;
      if (sequences % FROZEN_FOR === 0) await refreeze();
    }),
    { numRuns: SEQUENCES, endOnFailure: true },
  );
  expect(sequences).toBe(SEQUENCES);
  expect(seen.changes).toBeGreaterThan(200);
  expect(seen.restated).toBeGreaterThan(1000);
  expect(seen.rounded).toBeGreaterThan(50);
  expect(seen.values).toBeGreaterThan(50);
  expect([...seen.kinds]).toEqual(
    expect.arrayContaining(['benefit_value', 'investment_cost', 'exchange_rate', 'link']),
  );
}, 540_000);
