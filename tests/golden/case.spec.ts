/**
 * Investment cases over the golden tables, against figures of a second implementation: a Python program that reads the CSV tables with
 * `fractions.Fraction`, credits values up the links recursively, and discounts with mpmath at 50 digits. Its rates are the sign changes of the NPV on a
 * grid of 6400 points of log(1 + r) from −16 to 16, each refined to 40 digits: another method than the product's, so that they check each other.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { investmentCase, type InvestmentCase } from '../../server/contract/case.js';
import { type Api, startApi } from '../support/harness.js';
import { expectTraced, read } from '../support/overviews.js';

let api: Api;
beforeAll(async () => {
  api = await startApi({ golden: true });
}, 60_000);
afterAll(() => api.stop());

const caseAt = async (path: string): Promise<InvestmentCase> =>
  investmentCase.strict().parse(await read(api, `/investments/${path}`));

const figuresOf = (body: InvestmentCase): Record<string, readonly (string | null)[]> =>
  Object.fromEntries(
    body.cases.map(({ id, value, cost, npv, irr, payback, roi }) => [
      id,
      [value.value, cost.value, npv.value, irr.value, irr.nullReason, payback.nullReason, roi.value],
    ]),
  );

describe('at the end of 2025, with half of the case ahead', () => {
  test('INV-2, in the reporting currency', async () => {
    const body = await caseAt('INV-2/case?period=2025-Q4');
    expect([body.code, body.rate, body.settingsRate, body.firstCostMonth]).toEqual([
      'INV-2',
      '0.08',
      '0.08',
      '2025-04',
    ]);
    expect(figuresOf(body)).toEqual({
      planned: ['9187.53', '134990.23', '-120919.54', '-0.9913211665', null, 'never', '-0.9319392785'],
      expected: ['7689.17', '109710.42', '-98392.21', '-0.9904585623', null, 'never', '-0.9299139597'],
      realised: ['1092.44', '76921.64', '-73946.43', null, 'no_sign_change', 'never', '-0.9857979945'],
    });
  });

  test('INV-4, in pounds, with benefits in two other currencies', async () => {
    const body = await caseAt('inv-4/case?period=2025-Q4');
    expect(body.firstCostMonth).toBe('2025-10');
    expect(figuresOf(body)).toEqual({
      planned: ['78647.84', '215235.31', '-131616.70', null, 'multiple', 'never', '-0.6345960109'],
      expected: ['63511.79', '230171.18', '-161239.23', null, 'multiple', 'never', '-0.7240671456'],
      realised: ['1682.68', '71299.25', '-69137.16', '343088.8516951931', null, 'never', '-0.9763997464'],
    });
    // Some of its value came before the first cost: the sign changes twice, and a second rate is out of all proportion. None is told as the one.
    const roots = [[-0.99868504338294, 14984.443877782], [-0.99946504745518, 356183.70660892], [343088.85169519]];
    body.cases.forEach(({ irr }, at) => {
      expect(irr.roots.length).toBe(roots[at]!.length);
      irr.roots.forEach((root, of) => expect(Number(root) / roots[at]![of]!).toBeCloseTo(1, 9));
    });
    expect(body.notes.join()).toContain('before the first cost');
    expect(body.notes.at(-1)).toMatch(
      /^Amounts in .*GBP.* are converted to USD at the exchange rate of their month\.$/,
    );
  });

  test('what moves the expected NPV of INV-4, the widest swing first', async () => {
    const { drivers } = await caseAt('INV-4/case?period=2025-Q4');
    const ends = Object.fromEntries(drivers.map(({ id, low, high }) => [id, [low.value, high.value]]));
    const base = '-161239.23';
    expect(ends).toMatchObject({
      rate: ['-162530.01', '-159987.78'],
      costs_20: ['-191410.18', '-131068.29'],
      delay_6: ['-163457.12', base],
      delay_3: ['-162358.84', base],
      'benefit.BEN-9': ['-171610.37', '-150868.10'],
      // Its months to come are a loss: less of it is better.
      'benefit.BEN-2': ['-161757.63', '-160720.84'],
      'benefit.BEN-1': ['-161708.94', '-160769.53'],
      shares_even: [base, '-100955.10'],
      shares_stated: ['-217047.22', base],
    });
    const swings = drivers.map(({ low, high }) => Number(high.value) - Number(low.value));
    expect(swings).toEqual([...swings].sort((a, b) => b - a));
    expect(drivers.map(({ id }) => id).slice(0, 3)).toEqual(['costs_20', 'shares_even', 'shares_stated']);
  });

  test('another rate changes the NPV alone, and says so', async () => {
    const [base, other] = [
      await caseAt('INV-4/case?period=2025-Q4'),
      await caseAt('INV-4/case?period=2025-Q4&rate=0.10'),
    ];
    expect([other.rate, other.settingsRate]).toEqual(['0.1', '0.08']);
    expect(other.cases[1]!.npv.value).toBe('-159987.78');
    const rest = (body: InvestmentCase) =>
      body.cases.map(({ irr, payback, roi, value, cost }) => ({ irr, payback, roi, value, cost }));
    expect(rest(other)).toEqual(rest(base));
  });
});

test.each(['INV-2', 'INV-4'])(
  'every figure of %s is what its trace says',
  async (code) => {
    for (const query of ['period=2025-Q4', 'period=2026-Q2&rate=0.05&portfolio=DIG'])
      expect(await expectTraced(api, await caseAt(`${code}/case?${query}`))).toBeGreaterThan(15);
  },
  120_000,
);

test('the records behind each figure add up to it, or to what their title says', async () => {
  const { cases } = await caseAt('INV-4/case?period=2025-Q4');
  const expected = cases[1]!;
  for (const figure of ['npv', 'value', 'cost'] as const) {
    const trace = await read(api, expected[figure].trace);
    const records = await read(api, `${trace.records.url}&limit=500`);
    expect([figure, records.total.amount]).toEqual([figure, trace.value]);
    const cents = records.items.reduce(
      (sum: bigint, { amount }: { amount: string }) => sum + BigInt(amount.replace('.', '')),
      0n,
    );
    expect(cents).toBe(BigInt(trace.value.replace('.', '')));
  }
});

test('in a portfolio that the investment does not lie in, there is no case', async () => {
  const body = await caseAt('INV-1/case?period=2025-Q4&portfolio=DIG');
  expect([body.firstCostMonth, body.months, body.drivers]).toEqual([null, [], []]);
  expect(body.cases.map(({ npv }) => npv)).toEqual(
    body.cases.map(({ npv }) => ({ value: null, nullReason: 'no_cost', trace: npv.trace })),
  );
});
