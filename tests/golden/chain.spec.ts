/**
 * The API's chain, value and gaps against figures that a second, independent implementation worked out from the same tables.
 * Money to half a cent and one part in a million.
 */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { value as valueSchema, type Value } from '../../server/contract/benefit.js';
import { chain as chainSchema, type Chain, gaps as gapsSchema, type Gaps } from '../../server/contract/chain.js';
import { type Api, startApi } from '../support/harness.js';

interface Golden {
  chain: Record<string, Record<string, number>>;
  overview: { funnel: Record<string, number>; benefitStatus: Record<string, string> };
  gaps?: { kind: string; type: string; code: string; amountAtStake: number }[];
}

const folder = new URL('./data/', import.meta.url);
const golden = (name: string): Record<string, Golden> =>
  JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Record<string, Golden>;

const isClose = (found: string | undefined, wanted: number): boolean =>
  found !== undefined && Math.abs(Number(found) - wanted) <= Math.max(0.005 + 1e-9, Math.abs(wanted) * 1e-6);

const chainDifferences = (found: Chain, wanted: Golden['chain']): string[] => {
  const nodes = new Map(found.nodes.map((node) => [`${node.type}:${node.code}`, node]));
  return Object.entries(wanted).flatMap(([column, byNode]) =>
    Object.entries(byNode).flatMap(([name, amount]) => {
      const node = nodes.get(name) as unknown as Record<string, string> & { otherCauses: Record<string, string> };
      const text = column.startsWith('other_') ? node.otherCauses[column.slice(6)] : node[column];
      return isClose(text, amount) ? [] : [`${column} of ${name}: ${text}, expected ${amount}`];
    }),
  );
};

const funnelDifferences = (found: Value, wanted: Golden['overview']): string[] => {
  const funnel = Object.entries(wanted.funnel).flatMap(([step, amount]) =>
    isClose(found.funnel[step as keyof Value['funnel']], amount)
      ? []
      : [`${step}: ${found.funnel[step as keyof Value['funnel']]}, expected ${amount}`],
  );
  return funnel;
};

const gapDifferences = (found: Gaps, wanted: NonNullable<Golden['gaps']>): string[] => {
  const key = (gap: { kind: string; type: string; code: string }): string => `${gap.kind} ${gap.type}:${gap.code}`;
  // The golden file leaves this kind out.
  const judged = found.items.filter((gap) => gap.kind !== 'value_not_defined_upfront');
  const byKey = new Map(judged.map((gap) => [key(gap), gap.amountAtStake]));
  const missing = wanted.flatMap((gap) =>
    isClose(byKey.get(key(gap)), gap.amountAtStake)
      ? []
      : [`${key(gap)}: ${byKey.get(key(gap))}, expected ${gap.amountAtStake}`],
  );
  const known = new Set(wanted.map(key));
  return [...missing, ...judged.map(key).filter((each) => !known.has(each))];
};

describe('the API over the golden tables', () => {
  let api: Api;
  beforeAll(async () => {
    api = await startApi({ golden: true });
  }, 60_000);
  afterAll(() => api.stop());

  const cases = [
    ['expected.json', '2025-Q2', ''],
    ['expected.json', '2025-Q3', ''],
    ['expected.json', '2026-Q4', ''],
    ['expected-portfolio-DIG.json', '2026-Q4', '&portfolio=DIG'],
    ['expected-unit-BU1.json', '2026-Q4', '&orgUnit=BU1'],
  ] as const;

  test.each(cases)('gives the chain of %s at %s%s', async (file, period, scope) => {
    const reply = await api.as('cio').get(`/chain?period=${period}${scope}`);
    expect(reply.status).toBe(200);
    const found = chainSchema.strict().parse(reply.body);
    expect(chainDifferences(found, golden(file)[period]!.chain)).toEqual([]);
  });

  test.each(cases)('gives the funnel and the status of every benefit of %s at %s%s', async (file, period, scope) => {
    const reply = await api.as('cio').get(`/value?period=${period}${scope}`);
    expect(reply.status).toBe(200);
    const found = valueSchema.strict().parse(reply.body);
    const wanted = golden(file)[period]!.overview;
    expect(funnelDifferences(found, wanted)).toEqual([]);
    expect(Object.fromEntries(found.benefits.map((benefit) => [benefit.code, benefit.status]))).toEqual(
      wanted.benefitStatus,
    );
  });

  test.each(cases.slice(0, 3))('gives the gaps of %s at %s%s', async (file, period, _scope) => {
    const reply = await api.as('cio').get(`/chain/gaps?period=${period}&limit=500`);
    expect(reply.status).toBe(200);
    expect(gapDifferences(gapsSchema.strict().parse(reply.body), golden(file)[period]!.gaps!)).toEqual([]);
  });

  test('covers every period of the golden files', () => {
    const periods = ['expected.json', 'expected-portfolio-DIG.json', 'expected-unit-BU1.json'].flatMap((file) =>
      Object.keys(golden(file)).map((period) => `${file} ${period}`),
    );
    expect(periods).toEqual(cases.map(([file, period]) => `${file} ${period}`));
  });
});
