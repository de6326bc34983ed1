/** The laws of attribution on random chains, by cross-multiplied fractions: no float, no tolerance. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Attribution, attribute, traceOf, VALUE_KINDS } from './attribution.js';
import { addFractions, equalFractions, type ExactAmounts, type Fraction } from './exact-amounts.js';
import { parseDecimal } from './money.js';
import { type Graph, graph } from '../../tests/support/random-chains.js';
import { buildChain, type ChainLink } from './shares.js';

const ZERO: Fraction = { n: 0n, d: 1n };

const RUNS = { numRuns: 1000 };

function solve({ nodes, links, amounts }: Graph): Attribution {
  return attribute(buildChain(nodes, links), amounts);
}

function expectEqual(a: Fraction, b: Fraction): void {
  if (!equalFractions(a, b)) throw new Error(`${a.n}/${a.d} is not ${b.n}/${b.d}`);
}

function sumOf(amounts: Iterable<string>): Fraction {
  let sum = ZERO;
  for (const text of amounts) {
    const { units, scale } = parseDecimal(text);
    sum = addFractions(sum, { n: units, d: 10n ** BigInt(scale) });
  }
  return sum;
}

describe('on any chain', () => {
  test('the cost of investments is the cost of benefits plus all that is unallocated, exactly', () => {
    fc.assert(
      fc.property(graph, (drawn) => {
        const whole = solve(drawn);
        expectEqual(whole.cost.total(0), sumOf(drawn.amounts.cost.values()));
        expectEqual(whole.cost.total(0), addFractions(whole.cost.total(4), whole.unallocated.sum()));
      }),
      RUNS,
    );
  });

  test('the value of benefits is the value of investments plus all that is due to other causes, exactly, in every kind', () => {
    fc.assert(
      fc.property(graph, (drawn) => {
        const whole = solve(drawn);
        for (const kind of VALUE_KINDS) {
          expectEqual(whole.values[kind].total(4), sumOf(drawn.amounts.values[kind].values()));
          expectEqual(
            whole.values[kind].total(4),
            addFractions(whole.values[kind].total(0), whole.otherCauses[kind].sum()),
          );
        }
      }),
      RUNS,
    );
  });

  test('each node conserves: what its links carry away and what is left over are its whole amount', () => {
    fc.assert(
      fc.property(graph, (drawn) => {
        const whole = solve(drawn);
        const { chain } = whole;
        chain.nodes.forEach((node, index) => {
          const carried = (ends: Int32Array, flows: ExactAmounts): Fraction =>
            [...ends].reduce((sum, end, at) => (end === index ? addFractions(sum, flows.at(at) ?? ZERO) : sum), ZERO);
          const out = addFractions(carried(chain.from, whole.linkCost), whole.unallocated.at(index) ?? ZERO);
          if (node.type !== 'benefit') expectEqual(whole.cost.at(index) ?? ZERO, out);
          if (node.type !== 'investment') expectEqual(whole.cost.at(index) ?? ZERO, carried(chain.to, whole.linkCost));
          const up = addFractions(
            carried(chain.to, whole.linkValues.realised),
            whole.otherCauses.realised.at(index) ?? ZERO,
          );
          if (node.type !== 'investment') expectEqual(whole.values.realised.at(index) ?? ZERO, up);
        });
      }),
      { numRuns: 300 },
    );
  });

  test('the figures are those of the sums over all paths, worked out one path at a time', () => {
    fc.assert(
      fc.property(graph, (drawn) => {
        const whole = solve(drawn);
        whole.chain.nodes.forEach((node, index) => {
          expectEqual(whole.cost.at(index) ?? ZERO, costByPaths(drawn, node.id));
          expectEqual(whole.values.planned.at(index) ?? ZERO, plannedByPaths(drawn, node.id));
        });
      }),
      { numRuns: 100 },
    );
  });

  test('the traces of all investments sum to the whole cost, and those of all benefits to the whole value', () => {
    fc.assert(
      fc.property(graph, (drawn) => {
        const whole = solve(drawn);
        const traces = (type: string): Attribution[] =>
          drawn.nodes.filter((node) => node.type === type).map((node) => traceOf(whole, node.id));
        const expectSum = (parts: Attribution[], column: (of: Attribution) => ExactAmounts, length: number): void => {
          for (let index = 0; index < length; index += 1) {
            const sum = parts.reduce((total, part) => addFractions(total, column(part).at(index) ?? ZERO), ZERO);
            expectEqual(sum, column(whole).at(index) ?? ZERO);
          }
        };
        const down = traces('investment');
        expectSum(down, (of) => of.cost, drawn.nodes.length);
        expectSum(down, (of) => of.unallocated, drawn.nodes.length);
        expectSum(down, (of) => of.linkCost, drawn.links.length);
        const up = traces('benefit');
        expectSum(up, (of) => of.values.confirmed, drawn.nodes.length);
        expectSum(up, (of) => of.otherCauses.confirmed, drawn.nodes.length);
        expectSum(up, (of) => of.linkValues.confirmed, drawn.links.length);
      }),
      RUNS,
    );
  });

  test('a trace conserves the amounts of its node, and is zero wherever it does not reach', () => {
    fc.assert(
      fc.property(graph, (drawn) => {
        const whole = solve(drawn);
        drawn.nodes.forEach((node, index) => {
          const trace = traceOf(whole, node.id);
          expectEqual(whole.cost.at(index) ?? ZERO, addFractions(trace.cost.total(4), trace.unallocated.sum()));
          const { forecast } = trace.values;
          expectEqual(
            whole.values.forecast.at(index) ?? ZERO,
            addFractions(forecast.total(0), trace.otherCauses.forecast.sum()),
          );
          const reached = new Set(trace.reachedNodes);
          drawn.nodes.forEach((_, at) => {
            if (!reached.has(at)) expect([trace.cost.at(at)?.n, forecast.at(at)?.n]).toEqual([0n, 0n]);
          });
        });
      }),
      { numRuns: 100 },
    );
  });
});

/** Share by the rule of the model, from the texts alone: stated, or an equal part of what the stated ones leave. */
function shareByRule(links: ChainLink[], of: ChainLink, kind: 'allocation' | 'contribution'): Fraction {
  const own = of[kind];
  const siblings = links
    .filter((other) => (kind === 'allocation' ? other.from === of.from : other.to === of.to))
    .map((other) => other[kind]);
  const percent =
    own === null
      ? addFractions({ n: 100n, d: 1n }, negated(sumOf(siblings.filter((text) => text !== null))))
      : sumOf([own]);
  const parts = own === null ? siblings.filter((text) => text === null).length : 1;
  return { n: percent.n, d: percent.d * 100n * BigInt(parts) };
}

function negated(fraction: Fraction): Fraction {
  return { n: -fraction.n, d: fraction.d };
}

function times(a: Fraction, b: Fraction): Fraction {
  return { n: a.n * b.n, d: a.d * b.d };
}

function costByPaths(drawn: Graph, id: string): Fraction {
  const own = drawn.amounts.cost.get(id);
  return drawn.links
    .filter((incoming) => incoming.to === id)
    .map((incoming) => times(costByPaths(drawn, incoming.from), shareByRule(drawn.links, incoming, 'allocation')))
    .reduce(addFractions, own === undefined ? ZERO : sumOf([own]));
}

function plannedByPaths(drawn: Graph, id: string): Fraction {
  const own = drawn.amounts.values.planned.get(id);
  return drawn.links
    .filter((outgoing) => outgoing.from === id)
    .map((outgoing) => times(plannedByPaths(drawn, outgoing.to), shareByRule(drawn.links, outgoing, 'contribution')))
    .reduce(addFractions, own === undefined ? ZERO : sumOf([own]));
}
