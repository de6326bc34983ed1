import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { attribute, byKind } from './attribution.js';
import { equalFractions, type Fraction } from './exact-amounts.js';
import { parseDecimal } from './money.js';
import { buildChain, type ChainLink, LAYERS } from './shares.js';
import { leftOverOf, weighted, weightsAt, wholeLayer, wholeNodes } from './weights.js';

const WIDTH = 3;
const nodes = LAYERS.flatMap((type) => Array.from({ length: WIDTH }, (_, index) => ({ type, id: `${type}${index}` })));

/** Shares of at most 33 %, so that no sum is over the whole; blanks among them. */
const share = fc.option(
  fc.integer({ min: 0, max: 3333 }).map((hundredths) => (hundredths / 100).toFixed(2)),
  { nil: null },
);
const links = fc
  .array(fc.tuple(fc.nat(3), fc.nat(WIDTH - 1), fc.nat(WIDTH - 1), share, share), { maxLength: 30 })
  .map((found) => {
    const byEnds = new Map<string, ChainLink>();
    for (const [boundary, from, to, allocation, contribution] of found) {
      const ends = { from: `${LAYERS[boundary]}${from}`, to: `${LAYERS[boundary + 1]}${to}` };
      byEnds.set(`${ends.from} ${ends.to}`, { ...ends, allocation, contribution });
    }
    return [...byEnds.values()];
  });
const amounts = fc.array(fc.integer({ min: -1_000_000, max: 1_000_000 }), { minLength: WIDTH, maxLength: WIDTH });
const asText = (cents: number): string => (cents / 100).toFixed(2);
const fraction = (text: string): Fraction => {
  const { units, scale } = parseDecimal(text);
  return { n: units, d: 10n ** BigInt(scale) };
};

describe('weights', () => {
  test('of a place give its figure as a sum over the sources, exactly: any node, any layer, and what is left over', () => {
    fc.assert(
      fc.property(links, amounts, amounts, (given, cost, value) => {
        const chain = buildChain(nodes, given);
        const costs = new Map(cost.map((cents, index) => [`investment${index}`, asText(cents)]));
        const values = new Map(value.map((cents, index) => [`benefit${index}`, asText(cents)]));
        const whole = attribute(chain, { cost: costs, values: byKind(() => values) });
        const source = (of: Map<string, string>) =>
          [...of].map(([id, text]) => [chain.indexOf.get(id)!, fraction(text)] as const);
        const expectSame = (found: Fraction, wanted: Fraction): void =>
          expect(equalFractions(found, wanted)).toBe(true);
        LAYERS.forEach((_, layer) => {
          const members = chain.nodesByLayer[layer]!;
          expectSame(
            weighted(weightsAt(chain, 'allocation', wholeLayer(chain, layer)), source(costs)),
            whole.cost.total(layer),
          );
          expectSame(
            weighted(weightsAt(chain, 'contribution', wholeLayer(chain, layer)), source(values)),
            whole.values.realised.total(layer),
          );
          for (const node of members) {
            const at = wholeNodes(layer, [node]);
            expectSame(weighted(weightsAt(chain, 'allocation', at), source(costs)), whole.cost.at(node)!);
            expectSame(weighted(weightsAt(chain, 'contribution', at), source(values)), whole.values.planned.at(node)!);
          }
          if (layer < 4)
            expectSame(
              weighted(weightsAt(chain, 'allocation', leftOverOf(chain, 'allocation', layer, members)), source(costs)),
              whole.unallocated.total(layer),
            );
          if (layer > 0)
            expectSame(
              weighted(
                weightsAt(chain, 'contribution', leftOverOf(chain, 'contribution', layer, members)),
                source(values),
              ),
              whole.otherCauses.confirmed.total(layer),
            );
        });
      }),
      { numRuns: 60 },
    );
  });

  test('of a layer that has nothing left over are refused', () => {
    const chain = buildChain(nodes, []);
    expect(() => leftOverOf(chain, 'allocation', 4, [])).toThrow(/Nothing is left over of a benefit/);
    expect(() => leftOverOf(chain, 'contribution', 0, [])).toThrow(/Nothing is left over of a investment/);
  });
});
