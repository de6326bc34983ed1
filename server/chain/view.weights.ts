/**
 * What one unit of an investment's cost is worth at a place of a view. Pure, exact.
 *
 * Run up the chain from where money is counted, by state (`view.ts`): with these weights an amount of a picture or a list of paths splits into the
 * cost rows behind it, to the last digit.
 */
import type { Attribution } from '../core/attribution.js';
import { LAYERS } from '../core/shares.js';
import type { Weights } from '../core/weights.js';
import type { Path } from './paths.js';
import { denominatorsBelow, promises, type View } from './view.js';

const BENEFIT = LAYERS.length - 1;

/** What of one unit that is at a node, in a state, is counted there; over the product of the denominators of the boundaries below. */
type Counted = (node: number, state: number) => bigint;

/** Weights of what is counted at the nodes of the layers up to `last`, all of it added up. */
const weightsUp = ({ chain, states }: View, last: number, counted: Counted): Weights => {
  const { marks, full } = states;
  const worth = Array.from({ length: full + 1 }, () => new Array<bigint>(chain.nodes.length).fill(0n));
  for (let layer = last; layer >= 0; layer -= 1)
    worth.forEach((of, state) => {
      for (const node of chain.nodesByLayer[layer]!) of[node] = counted(node, state);
      if (layer < last)
        for (const link of chain.linksByBoundary[layer]!) {
          const to = chain.to[link]!;
          const next = worth[state | marks[to]!]![to]!;
          if (next !== 0n) of[chain.from[link]!]! += next * chain.allocation.ofLink[link]!;
        }
    });
  const numerators = new Array<bigint>(chain.nodes.length).fill(0n);
  for (const node of chain.nodesByLayer[0]!) numerators[node] = worth[marks[node]!]![node]!;
  return { numerators, denominator: denominatorsBelow(chain)[0]! };
};

/** What goes through records of one layer. */
export const weightsThrough = (view: View, layer: number, nodes: ReadonlySet<number>): Weights => {
  const promising = promises(view.chain, view.states);
  return weightsUp(view, layer, (node, state) =>
    view.chain.layerOf[node] === layer && nodes.has(node) ? promising[state]![node]! : 0n,
  );
};

/** What goes along links between two layers, the first of which is `layer`. */
export const weightsAlong = (view: View, layer: number, links: Iterable<number>): Weights => {
  const { chain, states } = view;
  const promising = promises(chain, states);
  const from = new Map<number, number[]>();
  for (const link of links) from.set(chain.from[link]!, [...(from.get(chain.from[link]!) ?? []), link]);
  return weightsUp(view, layer, (node, state) =>
    (chain.layerOf[node] === layer ? (from.get(node) ?? []) : []).reduce((sum, link) => {
      const to = chain.to[link]!;
      return sum + chain.allocation.ofLink[link]! * promising[state | states.marks[to]!]![to]!;
    }, 0n),
  );
};

/** What ends at records of the layers up to `last`: at all of them, or at some. */
export const weightsEnding = (view: View, last: number, nodes?: ReadonlySet<number>): Weights => {
  const { chain, states } = view;
  const below = denominatorsBelow(chain);
  return weightsUp(view, last, (node, state) =>
    state === states.full && (nodes === undefined || nodes.has(node))
      ? chain.allocation.leftOver[node]! * below[chain.layerOf[node]! + 1]!
      : 0n,
  );
};

/** What goes along paths. */
export const weightsOfPaths = ({ chain }: Attribution, paths: Iterable<Pick<Path, 'nodes' | 'links'>>): Weights => {
  const below = denominatorsBelow(chain);
  const numerators = new Array<bigint>(chain.nodes.length).fill(0n);
  for (const { nodes, links } of paths) {
    const [first, last] = [nodes[0]!, nodes.at(-1)!];
    if (chain.layerOf[first] !== 0) continue;
    const layer = chain.layerOf[last]!;
    const passed = links.reduce((product, link) => product * chain.allocation.ofLink[link]!, 1n);
    numerators[first]! += layer === BENEFIT ? passed : passed * chain.allocation.leftOver[last]! * below[layer + 1]!;
  }
  return { numerators, denominator: below[0]! };
};
