/** The rates of a class in the register: ratios of sums over what is listed, as the golden figures and the tables have them, each with its trace. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { benefitList, type BenefitList, type BenefitSums } from '../../server/contract/register.js';
import { type Api, startApi } from '../support/harness.js';
import { GOLDEN_TABLES } from '../support/load-tables.js';
import { read } from '../support/overviews.js';
import { enterReplanned } from '../support/replanned.js';

const list = async (api: Api, query: string): Promise<BenefitList> =>
  benefitList.parse(await read(api, `/value/benefits?${query}`));

const FIGURES = {
  baselineVariance: 'listed.baseline_variance',
  current: 'listed.realisation_rate',
  baseline: 'listed.baseline_realisation_rate',
  measured: 'listed.measured_rate',
  coverage: 'listed.coverage',
} as const;
const said = ({ baselineVariance, rates }: BenefitSums): Record<keyof typeof FIGURES, string | null> => ({
  baselineVariance,
  current: rates.current,
  baseline: rates.baseline,
  measured: rates.measured,
  coverage: rates.coverage,
});

/** Each figure is what its trace says, and the records behind it add up to it, or to its numerator. */
const expectSums = async (api: Api, sums: BenefitSums, question: string): Promise<void> => {
  for (const [name, value] of Object.entries(said(sums))) {
    const figure = FIGURES[name as keyof typeof FIGURES];
    const trace = await read(api, `/trace/${figure}?${question}&among=${encodeURIComponent(sums.among)}`);
    if (name !== 'baselineVariance' || value !== null || trace.records.count > 0)
      expect([name, value]).toEqual([name, trace.value]);
    for (const input of trace.inputs)
      if (input.trace !== null) expect((await read(api, input.trace)).value).toBe(input.value);
    const { items } = await read(api, `${trace.records.url}&limit=500`);
    const sum = items.reduce((total: number, { amount }: { amount: string }) => total + Number(amount), 0);
    const whole = name === 'baselineVariance' ? trace.value : trace.inputs[0].value;
    expect(Math.abs(sum - Number(whole))).toBeLessThan(0.01 * (items.length + 1));
  }
};

describe('over the golden tables', () => {
  interface Golden {
    metrics: { 'outcome.realisation_rate': { value: number } };
  }
  const goldenOf = (file: string): Record<string, Golden> =>
    JSON.parse(readFileSync(new URL(`../golden/data/${file}.json`, import.meta.url), 'utf8'));
  const rowsOf = (table: string): Record<string, string>[] => {
    const [head = '', ...lines] = readFileSync(new URL(`${table}.csv`, GOLDEN_TABLES), 'utf8')
      .trim()
      .split(/\r?\n/);
    const names = head.split(',');
    return lines.map((line) => Object.fromEntries(line.split(',').map((cell, at) => [names[at]!, cell])));
  };

  let api: Api;
  beforeAll(async () => {
    api = await startApi({ golden: true });
  }, 120_000);
  afterAll(() => api.stop());

  test.each([
    ['expected', '2025-Q2', ''],
    ['expected', '2025-Q3', ''],
    ['expected', '2026-Q4', ''],
    ['expected-portfolio-DIG', '2026-Q4', '&portfolio=DIG'],
    ['expected-unit-BU1', '2026-Q4', '&orgUnit=BU1'],
  ])('the rate of all money benefits is that of %s, %s', async (file, period, scope) => {
    const wanted = goldenOf(file)[period]!.metrics['outcome.realisation_rate'].value;
    const { financial } = await list(api, `period=${period}${scope}&class=financial`);
    expect(Number(financial!.rates.current)).toBeCloseTo(wanted, 9);
    // No plan of these tables was made anew.
    expect(financial!.rates.baseline).toBe(financial!.rates.current);
    expect(financial!.baselineVariance).toBe(financial!.variance);
    await expectSums(api, financial!, `period=${period}${scope}`);
  });

  test('coverage counts the planned months of the tables', async () => {
    const natures = new Map(rowsOf('benefits').map((row) => [row['code']!, row['nature']!]));
    const { groups } = await list(api, 'period=2025-Q4');
    const months = rowsOf('benefit_values').filter((row) => row['month']! < '2026-01' && row['planned'] !== '');
    expect(groups.filter(({ sums }) => sums).length).toBeGreaterThan(1);
    for (const { class: name, sums } of groups) {
      if (sums === null) continue;
      const own = months.filter((row) => natures.get(row['benefit_code']!) === name);
      const covered = own.filter((row) => row['realised'] !== '');
      expect(own.length).toBeGreaterThan(0);
      expect(Number(sums.rates.coverage)).toBeCloseTo(covered.length / own.length, 9);
    }
  });

  test('where nothing is due there is no rate', async () => {
    const { groups } = await list(api, 'period=2020-Q1');
    const rates = groups.flatMap(({ sums }) => (sums ? [sums.rates] : []));
    expect(rates.length).toBeGreaterThan(0);
    for (const { current, baseline, measured, coverage } of rates)
      expect([current, baseline, measured, coverage]).toEqual([null, null, null, null]);
  });
});

describe('where plans were made anew', () => {
  let api: Api;
  const PERIOD = 'period=2026-Q1';
  beforeAll(async () => {
    api = await startApi();
    await enterReplanned(api);
  }, 60_000);
  afterAll(() => api.stop());

  test('each line says its difference from both plans', async () => {
    const { items } = await list(api, PERIOD);
    expect(
      items.map(({ code, variance, baselineVariance, isReplanned, isPlanFixed }) => [
        code,
        variance,
        baselineVariance,
        isReplanned,
        isPlanFixed,
      ]),
    ).toEqual([
      ['GOOD', '30.00', '30.00', false, false],
      ['GROWN', '-80.00', '20.00', true, true],
      ['HIDDEN', '0.00', '-150.00', true, true],
      ['LOWER', '-30.00', '20.00', true, true],
      ['MOVED', null, '-60.00', true, true],
      ['PLAIN', '-10.00', '-10.00', false, true],
    ]);
    for (const { code, baselineVariance } of items) {
      const trace = await read(api, `/trace/node.baseline_variance?${PERIOD}&type=benefit&ref=${code}`);
      expect([code, trace.value]).toEqual([code, baselineVariance]);
    }
  });

  test('the class says both rates, and how many plans stand in', async () => {
    // By hand: realised 130 + 120 + 150 + 120 + 40 + 100; planned 100 + 200 + 150 + 150 + 0 + 110; at the approval 100 + 100 + 300 + 100 + 100 + 110.
    const { groups } = await list(api, PERIOD);
    const sums = groups[0]!.sums!;
    expect([sums.realised, sums.planned, sums.variance, sums.baselineVariance]).toEqual([
      '660.00',
      '710.00',
      '-50.00',
      '-150.00',
    ]);
    expect(Number(sums.rates.current)).toBeCloseTo(660 / 710, 9);
    expect(Number(sums.rates.baseline)).toBeCloseTo(660 / 810, 9);
    // MOVED has no plan left in its month; of the eight planned months PLAIN lacks one.
    expect(Number(sums.rates.measured)).toBeCloseTo(620 / 700, 9);
    expect(Number(sums.rates.coverage)).toBeCloseTo(7 / 8, 9);
    expect([sums.rates.fixed, sums.rates.standIns]).toEqual([5, 1]);
    await expectSums(api, sums, PERIOD);
    const trace = await read(api, `/trace/listed.baseline_realisation_rate?${PERIOD}&among=class%3Dcashable`);
    expect(trace.quality).toContain(
      '1 of 6 money benefits with a plan are not approved: their current plan stands in.',
    );
  });

  test('where nothing is measured no rate against a plan is said, neither in the figures nor in their traces', async () => {
    const silent = { code: 'SILENT', name: 'Silent', portfolioCode: 'CORE', orgUnitCode: 'BU1', nature: 'cashable' };
    expect((await api.as('admin').post('/benefits', { ...silent, currency: 'USD' })).status).toBe(201);
    const items = [{ month: '2026-01', planned: '100' }];
    expect((await api.as('admin').put('/benefits/SILENT/values', { items })).status).toBe(200);
    const scope = `${PERIOD}&portfolio=CORE`;
    const sums = (await list(api, scope)).groups.find((group) => group.sums !== null)!.sums!;
    expect([sums.rates.current, sums.rates.baseline]).toEqual([null, null]);
    const { rates } = await read(api, `/overview?${scope}`);
    expect([rates.current.value, rates.baseline.value]).toEqual([null, null]);
    for (const [figure, of] of [
      ['listed.realisation_rate', `&among=${encodeURIComponent(sums.among)}`],
      ['listed.baseline_realisation_rate', `&among=${encodeURIComponent(sums.among)}`],
      ['realisation_rate', ''],
      ['baseline_realisation_rate', ''],
      ['node.realisation_rate', '&type=benefit&ref=SILENT'],
      ['node.baseline_realisation_rate', '&type=benefit&ref=SILENT'],
    ] as const) {
      const { value, nullReason } = await read(api, `/trace/${figure}?${scope}${of}`);
      expect([figure, value, nullReason]).toEqual([figure, null, 'nothing_measured']);
    }
  });
});
