/** What changes would do, on a chain that is worked out by hand; every figure with its trace. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { scenarioEffect, type ScenarioEffect } from '../../server/contract/scenario.js';
import type { ScenarioChange } from '../../server/contract/scenario-words.js';
import { type Api, expectProblem, startApi } from '../support/harness.js';
import { expectTraced, read } from '../support/overviews.js';
import { smallChain } from '../support/small-chain.js';

/**
 * The small chain, with months after June 2026. N1 is due to I1, N2 by halves to I1 and I2, C1 by halves to N1 and N2, O1 to C1, B1 and B3 to O1:
 * so I1 brings 3/4 of B1 and B3, I2 1/4; N1 and N2 a half each. I1 spends 60 % on N1, 30 % on N2; I2 all on N2.
 */
let api: Api;
beforeAll(async () => {
  api = await startApi();
  await smallChain(api);
  const cost = (code: string, month: string, planned: number) =>
    api.sql(
      `insert into investment_costs (investment_id, month, kind, planned) select id, $2, 'opex', $3 from investments where code = $1`,
      [code, `${month}-01`, planned],
    );
  await cost('I1', '2026-07', 30);
  await cost('I1', '2026-08', 30);
  await cost('I2', '2026-08', 40);
  const value = (code: string, month: string, planned: number | null, forecast: number | null) =>
    api.sql(
      `insert into benefit_values (benefit_id, month, planned, forecast, changed_by) select id, $2, $3, $4, 'a@tests.example' from benefits where code = $1`,
      [code, `${month}-01`, planned, forecast],
    );
  await value('B1', '2026-07', 90, 100);
  await value('B1', '2026-08', 90, 100);
  await value('B1', '2026-09', null, 100);
  await value('B1', '2026-10', 100, null);
  await value('B3', '2026-08', 8, null);
  await api.sql(`update data_versions set version = version + 1 where scope = 'enterprise'`);
}, 60_000);
afterAll(() => api.stop());

const effectOf = async (changes: readonly ScenarioChange[], more: object = {}): Promise<ScenarioEffect> => {
  const reply = await api.as('cio').post('/scenarios/effect', { changes, period: '2026-Q2', ...more });
  expect({ status: reply.status, text: reply.status === 200 ? '' : reply.text }).toEqual({ status: 200, text: '' });
  return scenarioEffect.strict().parse(reply.body);
};
const texts = ({ baseline, scenario, difference }: ScenarioEffect['totals']['cost']) => [
  baseline.value,
  scenario.value,
  difference.value,
  difference.impact,
];
const stop = (type: 'investment' | 'initiative', code: string, from: string): ScenarioChange => ({
  kind: 'stop',
  type,
  code,
  from,
});

describe('a stopped investment', () => {
  test('saves its cost, loses what is credited to it, and what is spent stays spent', async () => {
    const effect = await effectOf([stop('investment', 'i1', '2026-08')]);
    expect([effect.firstMonth, effect.horizon, effect.currency]).toEqual(['2026-07', '2026-10', 'USD']);
    expect(effect.changes).toEqual([{ change: stop('investment', 'I1', '2026-08'), name: 'Name of I1' }]);
    expect(texts(effect.totals.cost)).toEqual(['60.00', '30.00', '-30.00', 'favourable']);
    // 3/4 of 400, of which July's 75 still comes.
    expect(texts(effect.totals.benefit)).toEqual(['300.00', '75.00', '-225.00', 'unfavourable']);
    expect(texts(effect.totals.net)).toEqual(['240.00', '45.00', '-195.00', 'unfavourable']);
    expect([effect.totals.sunk.value, effect.totals.delayed.value]).toEqual(['100.00', '0.00']);
  });

  test('by outcome, benefit, investment and quarter', async () => {
    const effect = await effectOf([stop('investment', 'I1', '2026-08')]);
    const [outcome] = effect.outcomes.items;
    expect([outcome!.code, ...texts(outcome!.value), outcome!.share.value]).toEqual([
      'O1',
      '400.00',
      '175.00',
      '-225.00',
      'unfavourable',
      '0.5625',
    ]);
    expect(
      effect.benefits.items.map(({ code, unit, value, share }) => [code, unit, ...texts(value), share.value]),
    ).toEqual([
      // All of B3 falls into August.
      ['B3', 'points', '8', '2', '-6', 'unfavourable', '0.75'],
      ['B1', 'USD', '400.00', '175.00', '-225.00', 'unfavourable', '0.5625'],
    ]);
    expect(effect.benefits.items.map(({ credited }) => credited.value)).toEqual(['0.75', '0.75']);
    expect(effect.investments.items.map(({ code, sunk }) => [code, sunk.value])).toEqual([['I1', '100.00']]);
    expect(
      effect.columns.map(({ period, from, to, value }) => [period, from, to, ...texts(value).slice(0, 3)]),
    ).toEqual([
      ['2026-Q3', '2026-07', '2026-09', '300.00', '150.00', '-150.00'],
      ['2026-Q4', '2026-10', '2026-12', '100.00', '25.00', '-75.00'],
    ]);
  });
});

describe('other changes', () => {
  test('a stopped initiative takes the money that is allocated to it, of whomever, and what is credited to it', async () => {
    const { totals, investments } = await effectOf([stop('initiative', 'N2', '2026-08')]);
    // 30 % of I1's 30 and 30, and I2's 40; half of B1. To date 30 % of 100, and 50.
    expect(texts(totals.cost)).toEqual(['58.00', '9.00', '-49.00', 'favourable']);
    expect(texts(totals.benefit)).toEqual(['200.00', '50.00', '-150.00', 'unfavourable']);
    expect(totals.sunk.value).toBe('80.00');
    expect(
      investments.items.map(({ code, cost, benefit }) => [code, cost.difference.value, benefit.difference.value]),
    ).toEqual([
      ['I2', '-40.00', '-75.00'],
      ['I1', '-9.00', '-75.00'],
    ]);
  });

  test('under a stopped investment it is not counted twice', async () => {
    const { totals } = await effectOf([stop('investment', 'I1', '2026-08'), stop('initiative', 'N2', '2026-08')]);
    // N1 and all of N2: B1 from August on; I1's August, I2's August.
    expect(texts(totals.benefit)).toEqual(['400.00', '100.00', '-300.00', 'unfavourable']);
    expect(texts(totals.cost)).toEqual(['100.00', '30.00', '-70.00', 'favourable']);
    expect(totals.sunk.value).toBe('150.00');
  });

  test('a delay moves, and loses what would come after the last planned month', async () => {
    const effect = await effectOf([{ kind: 'delay', type: 'initiative', code: 'N1', from: '2026-09', months: 1 }]);
    expect(texts(effect.totals.cost)).toEqual(['36.00', '36.00', '0.00', 'neutral']);
    // Half of September comes in October, half of October after it.
    expect(texts(effect.totals.benefit)).toEqual(['200.00', '150.00', '-50.00', 'unfavourable']);
    expect(effect.totals.delayed.value).toBe('50.00');
    expect(effect.columns.map(({ value }) => value.difference.value)).toEqual(['-50.00', '0.00']);
  });

  test('other funding scales both', async () => {
    const funding: ScenarioChange = {
      kind: 'funding',
      type: 'investment',
      code: 'I2',
      from: '2026-08',
      percent: '150',
    };
    const { totals } = await effectOf([funding]);
    expect(texts(totals.cost)).toEqual(['40.00', '60.00', '20.00', 'unfavourable']);
    expect(texts(totals.benefit)).toEqual(['100.00', '137.50', '37.50', 'favourable']);
  });

  test('a delay of no month and funding at 100 % change nothing', async () => {
    const idle: ScenarioChange[] = [
      { kind: 'delay', type: 'investment', code: 'I1', from: '2026-07', months: 0 },
      { kind: 'funding', type: 'initiative', code: 'N1', from: '2026-07', percent: '100.00' },
    ];
    const { totals, benefits } = await effectOf(idle);
    expect([totals.cost, totals.benefit, totals.net].map(({ difference }) => difference.value)).toEqual([
      '0.00',
      '0.00',
      '0.00',
    ]);
    expect(benefits.items.map(({ share }) => share.value)).toEqual(['0', '0']);
  });

  test('from a month that is over it counts from the first month after the period', async () => {
    const effect = await effectOf([stop('investment', 'I1', '2026-01')]);
    expect(texts(effect.totals.benefit)).toEqual(['300.00', '0.00', '-300.00', 'unfavourable']);
    expect(effect.totals.sunk.value).toBe('100.00');
    expect(effect.notes[0]).toBe('I1: from Jan 2026, but all before Jul 2026 has happened. It counts from then on.');
  });

  test('of what is not recorded nothing is known', async () => {
    const effect = await effectOf([stop('investment', 'I3', '2026-08')]);
    expect(Object.values(effect.totals).map((total) => ('value' in total ? total.value : texts(total)))).toEqual([
      [null, null, null, 'neutral'],
      [null, null, null, 'neutral'],
      [null, null, null, 'neutral'],
      null,
      null,
    ]);
    expect(effect.notes).toContain('No benefit is credited to I3: the links lead to none, or carry no contribution.');
    expect(effect.notes).toContain('No cost to come is planned for I3: nothing can be saved there.');
  });

  test('no change has no effect, and says from when one could have', async () => {
    const effect = await effectOf([]);
    // The clock stands in November: what lies before December cannot be changed any more.
    expect([effect.firstMonth, effect.suggestedFrom, effect.investments.total, effect.assumptions]).toEqual([
      '2026-07',
      '2026-12',
      0,
      [],
    ]);
  });
});

describe('the scope', () => {
  test('filters cost and benefits, and the links stay', async () => {
    const { totals, notes } = await effectOf([stop('initiative', 'N2', '2026-08')], { portfolio: 'DIG' });
    expect(texts(totals.cost)).toEqual(['18.00', '9.00', '-9.00', 'favourable']);
    expect(totals.benefit.baseline.value).toBeNull();
    expect(notes).toContain('The benefits that are credited to it lie outside the scope.');
    expectProblem(await api.as('cio').post('/scenarios/effect', { changes: [], portfolio: 'NONE' }), 404, 'not-found');
  });
});

describe('every figure', () => {
  const CHANGES: ScenarioChange[] = [
    stop('investment', 'I1', '2026-08'),
    { kind: 'delay', type: 'initiative', code: 'N2', from: '2026-07', months: 1 },
    { kind: 'funding', type: 'investment', code: 'I2', from: '2026-09', percent: '33.33' },
  ];

  test('has the value of its trace, whose inputs have theirs', async () => {
    const effect = await effectOf(CHANGES);
    expect(await expectTraced(api, effect)).toBeGreaterThan(40);
    const inner = await read(api, effect.totals.benefit.difference.trace);
    for (const input of inner.inputs) if (input.trace) expect((await read(api, input.trace)).value).toBe(input.value);
    expect(inner.quality[0]).toBe('What if: hypothetical, and nothing of it is recorded.');
  });

  test('is made of months that say what becomes of them', async () => {
    const effect = await effectOf([{ kind: 'delay', type: 'initiative', code: 'N1', from: '2026-09', months: 1 }]);
    const { records } = await read(api, effect.totals.benefit.scenario.trace);
    const { items } = await read(api, `${records.url}&limit=50`);
    expect(
      items.map((item: { code: string; at: string; amount: string; note: string }) => [
        item.code,
        item.at,
        item.amount,
        item.note,
      ]),
    ).toEqual([
      ['B1', '2026-07', '50.00', 'forecast · 50 % of it, credited'],
      ['B1', '2026-08', '50.00', 'forecast · 50 % of it, credited'],
      ['B1', '2026-09', '50.00', 'forecast · 50 % of it, credited · comes in Oct 2026'],
    ]);
  });
});
