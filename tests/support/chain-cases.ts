/** Chains with codes and names, questions on them, and what the tests of pictures and paths compare them by. */
import fc from 'fast-check';
import type { NodeRow } from '../../server/chain/chain.queries.js';
import { type Path, pathsOf } from '../../server/chain/paths.js';
import type { Condition, View } from '../../server/chain/view.js';
import type { Layer } from '../../server/contract/chain.js';
import { type Attribution, attribute, byKind } from '../../server/core/attribution.js';
import { addFractions, equalFractions, type Fraction } from '../../server/core/exact-amounts.js';
import { buildChain, LAYERS } from '../../server/core/shares.js';
import { type Graph, graph } from './random-chains.js';

export const RUNS = { numRuns: 300 };
export const PORTFOLIOS = ['ZED', null, 'ACE'];

export interface Case {
  rows: NodeRow[];
  whole: Attribution;
}

export const caseOf = ({ nodes, links, amounts }: Graph): Case => ({
  rows: nodes.map(({ type, id }, index) => ({
    type,
    id,
    code: `C-${id.split('-')[1]}`,
    name: id,
    owner: null,
    portfolio: PORTFOLIOS[index % 3]!,
  })),
  whole: attribute(buildChain(nodes, links), amounts),
});

/** A chain and up to three conditions on its paths. */
export const questions: fc.Arbitrary<Case & { conditions: Condition[] }> = graph.chain((drawn) => {
  const found = caseOf(drawn);
  const set = fc.uniqueArray(fc.nat(Math.max(0, drawn.nodes.length - 1)), { maxLength: 4 });
  return fc
    .array(set, { maxLength: drawn.nodes.length > 0 ? 3 : 0 })
    .map((sets) => ({ ...found, conditions: sets.map((nodes) => new Set(nodes)) }));
});
export const min = fc.option(fc.record({ n: fc.bigInt({ min: 0n, max: 10n ** 12n }), d: fc.constantFrom(1n, 100n) }));
export const layers = fc.subarray([...LAYERS]).map((names): ReadonlySet<Layer> => new Set(names));

export const listed = (whole: Attribution, view: View, least: Fraction | null = null): Path[] =>
  pathsOf(whole, view, least, 2, 100_000).slice(0, 100_000);
/** The exact sum of the costs. */
export const costOf = (paths: readonly Path[]): Fraction =>
  paths.reduce<Fraction>((sum, { cost }) => addFractions(sum, cost), { n: 0n, d: 1n });
export const total = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, amount) => sum + amount, 0n);
export const expectEqual = (a: Fraction, b: Fraction): void => {
  if (!equalFractions(a, b)) throw new Error(`${a.n}/${a.d} is not ${b.n}/${b.d}`);
};
export const meetsAll = (path: Path, conditions: readonly Condition[]): boolean =>
  conditions.every((condition) => path.nodes.some((node) => condition.has(node)));
export const wayOf = (path: Path): string => `${path.nodes.join('>')} ${path.cost.n}/${path.cost.d}`;

/** `size` records a layer, each linked to three of the next, with costs 1, 2, 3 … */
export const large = (size: number, costs = size): Case => {
  const nodes = LAYERS.flatMap((type) => Array.from({ length: size }, (_, i) => ({ type, id: `${type}-${i}` })));
  const links = LAYERS.slice(1).flatMap((to, layer) =>
    Array.from({ length: size }, (_, i) => [0, 1, 4].map((step) => [i, (i * 7 + step) % size] as const))
      .flat()
      .filter(([i, j], index, all) => all.findIndex(([a, b]) => a === i && b === j) === index)
      .map(([i, j]) => ({ from: `${LAYERS[layer]}-${i}`, to: `${to}-${j}`, allocation: null, contribution: null })),
  );
  const cost = new Map(Array.from({ length: costs }, (_, i) => [`investment-${i}`, String(i + 1)]));
  return caseOf({ nodes, links, amounts: { cost, values: byKind(() => new Map()) } });
};
