import { describe, expect, test } from '@jest/globals';
import { formatFraction } from './money.js';
import { buildChain, type ChainLink } from './shares.js';
import { amountUnits, type Cell, type Change, fateOf, type Flow, partsOf, reachedNodes, WhatIf } from './what-if.js';

/**
 * I1 gives half of its money to N1 and N2 each; N1 is due to I1 by 80 %, N2 by 50 % (the rest: others). Both lead to C, by 60 % and 40 %, C to O by 50 %,
 * and to P by 100 %; B is due to O by 40 % and to P by 10 %. So of B's value N1 brings 60 % of (0.5 · 0.4 + 1 · 0.1) = 18 %, N2 12 %.
 */
const LINKS: [from: string, to: string, allocation: string | null, contribution: string | null][] = [
  ['I1', 'N1', '50', '80'],
  ['I1', 'N2', '50', '50'],
  ['N1', 'C', null, '60'],
  ['N2', 'C', null, '40'],
  ['C', 'O', null, '50'],
  ['C', 'P', null, '100'],
  ['O', 'B', null, '40'],
  ['P', 'B', null, '10'],
];
const TYPES = { I: 'investment', N: 'initiative', C: 'capability', O: 'outcome', P: 'outcome', B: 'benefit' } as const;
const nodesOf = (codes: readonly string[]) => codes.map((id) => ({ id, type: TYPES[id[0] as keyof typeof TYPES] }));
const chain = buildChain(
  nodesOf(['I1', 'I2', 'N1', 'N2', 'C', 'O', 'P', 'B']),
  LINKS.map(([from, to, allocation, contribution]): ChainLink => ({ from, to, allocation, contribution })),
);
const at = (id: string): number => chain.indexOf.get(id)!;

const cells = (amounts: Readonly<Record<string, string>>): Cell[] =>
  Object.entries(amounts).map(([month, amount]) => ({ month, units: amountUnits(amount) }));
const VALUES = new Map([[at('B'), cells({ '2027-01': '1000', '2027-02': '1000', '2027-03': '1000' })]]);
const COST = new Map([[at('I1'), cells({ '2027-01': '60', '2027-02': '60', '2027-03': '60' })]]);

const ask = (changes: readonly Change[], horizon: string | null = '2027-03'): WhatIf<Cell> =>
  new WhatIf(chain, partsOf(chain, changes), { cost: COST, values: VALUES }, horizon);
const stop = (id: string, from: string): Change => ({ kind: 'stop', node: at(id), from });
const delay = (id: string, from: string, months: number): Change => ({ kind: 'delay', node: at(id), from, months });
const fund = (id: string, from: string, percent: string): Change => ({ kind: 'funding', node: at(id), from, percent });

const sum = (flows: readonly Flow<Cell>[], side: 'before' | 'after'): bigint =>
  flows.reduce((total, flow) => total + flow[side], 0n);
const difference = (what: WhatIf<Cell>): { value: string; cost: string } => {
  const values = what.valueFlows(at('B'));
  const costs = what.costFlows(at('I1'));
  return {
    value: formatFraction(sum(values, 'after') - sum(values, 'before'), what.valueDenominator, 2),
    cost: formatFraction(sum(costs, 'after') - sum(costs, 'before'), what.costDenominator, 2),
  };
};

describe('on a chain worked out by hand', () => {
  test('a stopped initiative takes what is credited to it, whoever paid, and what is allocated to it', () => {
    // February and March: 18 % of 2000, and half of 120.
    expect(difference(ask([stop('N1', '2027-02')]))).toEqual({ value: '-360.00', cost: '-60.00' });
  });

  test('a stopped investment takes its part of what its initiatives bring, and all of its cost', () => {
    // 80 % of 18 % and 50 % of 12 % of 2000.
    expect(difference(ask([stop('I1', '2027-02')]))).toEqual({ value: '-408.00', cost: '-120.00' });
  });

  test('an initiative under a stopped investment is not counted twice', () => {
    // N1 whole (360) and half of N2 (120 of 240).
    const both = [stop('I1', '2027-02'), stop('N1', '2027-02')];
    expect(difference(ask(both))).toEqual({ value: '-480.00', cost: '-120.00' });
    expect(difference(ask([...both].reverse()))).toEqual(difference(ask(both)));
  });

  test('through an outcome runs what its paths carry; the outcomes add up to the benefit', () => {
    const what = ask([stop('N1', '2027-02')]);
    const through = (outcome: string): string => {
      const flows = what.valueFlows(at('B'), at(outcome));
      return formatFraction(sum(flows, 'after') - sum(flows, 'before'), what.valueDenominator, 2);
    };
    expect([through('O'), through('P')]).toEqual(['-240.00', '-120.00']);
  });

  test('what comes later is not lost but beyond the horizon; its cost is still to be paid', () => {
    const what = ask([delay('N1', '2027-02', 1)]);
    expect(difference(what)).toEqual({ value: '-180.00', cost: '0.00' });
    const own = what.valueFlows(at('B')).filter(({ part }) => part?.investment === at('I1'));
    expect(own.map(({ lands, why }) => [lands, why])).toEqual([
      ['2027-01', 'as_planned'],
      ['2027-03', 'moved'],
      [null, 'beyond'],
    ]);
    expect(difference(ask([delay('N1', '2027-02', 1)], '2027-12')).value).toBe('0.00');
    expect(difference(ask([delay('N1', '2027-02', 1)], null)).value).toBe('-360.00');
  });

  test('other funding scales cost and credit alike; more money is more', () => {
    expect(difference(ask([fund('N1', '2027-02', '50')]))).toEqual({ value: '-180.00', cost: '-30.00' });
    expect(difference(ask([fund('N1', '2027-01', '150')]))).toEqual({ value: '270.00', cost: '45.00' });
    // Half of a half along I1→N1 (14.4 % of B), half along I1→N2 (6 %) and along what others bring to N1 (3.6 %).
    expect(difference(ask([fund('I1', '2027-02', '50'), fund('N1', '2027-02', '50')])).value).toBe('-312.00');
  });

  test('a stop holds for what a delay moves behind it', () => {
    expect(difference(ask([delay('N1', '2027-01', 2), stop('N1', '2027-03')], '2027-12')).value).toBe('-540.00');
  });

  test('what nobody is credited for stays', () => {
    const what = ask([stop('I1', '2027-01'), stop('N1', '2027-01'), stop('N2', '2027-01')]);
    expect(formatFraction(sum(what.restFlows(at('B')), 'after'), what.valueDenominator, 2)).toBe('2100.00');
    expect(difference(what).value).toBe('-900.00');
    expect(formatFraction(sum(what.restFlows(at('B'), at('O')), 'after'), what.valueDenominator, 2)).toBe('600.00');
  });

  test('an investment without links saves its cost alone, and reaches nothing', () => {
    const parts = partsOf(chain, [stop('I2', '2027-01')]);
    expect(reachedNodes(chain, parts, 'benefit')).toEqual([]);
    const own = new Map([[at('I2'), cells({ '2027-02': '7' })]]);
    const what = new WhatIf(chain, parts, { cost: own, values: VALUES }, '2027-03');
    expect(what.costFlows(at('I2')).map(({ before, after }) => [before / what.costDenominator, after])).toEqual([
      [7n, 0n],
    ]);
  });

  test('other records than investments and initiatives are refused', () => {
    expect(() => partsOf(chain, [stop('C', '2027-01')])).toThrow(RangeError);
  });
});

describe('changes of one record', () => {
  test('of several delays the longest that has begun counts; of several fundings the latest', () => {
    const changes = [
      delay('N1', '2027-01', 6),
      delay('N1', '2027-02', 2),
      fund('N1', '2027-01', '80'),
      fund('N1', '2027-08', '40'),
    ];
    const fate = (month: string) => {
      const { lands, factor } = fateOf(changes, month);
      return [lands, formatFraction(factor, 10_000n * 10_000n, 2)];
    };
    expect([fate('2026-12'), fate('2027-01'), fate('2027-02')]).toEqual([
      ['2026-12', '1.00'],
      ['2027-07', '0.80'],
      ['2027-08', '0.40'],
    ]);
  });
});
