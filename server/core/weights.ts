/**
 * What one unit of a source is worth at a place in the chain: the same shares as in attribution, multiplied the other way.
 *
 *   cost:  C(v) = Σ over investments i of cost(i) · weight(i), weights running up from v along allocations
 *   value: V(u) = Σ over benefits b of value(b) · weight(b), weights running down from u along contributions
 *
 * With them a figure of any node, or of a set of nodes of one layer, splits into the cost rows or value cells behind it, exactly.
 */
import type { Fraction } from './exact-amounts.js';
import { type Chain, LAYERS } from './shares.js';

/** Weights of the source layer: numerators by node index (0 elsewhere) over one denominator. */
export interface Weights {
  readonly numerators: readonly bigint[];
  readonly denominator: bigint;
}

/** Where the figure is read: nodes of one layer, and what part of each of them counts. */
export interface Place {
  readonly layer: number;
  /** By node index; a node that is not named counts nothing. */
  readonly parts: ReadonlyMap<number, bigint>;
  readonly denominator: bigint;
}

/** Whole nodes of one layer. */
export function wholeNodes(layer: number, nodes: Iterable<number>): Place {
  return { layer, parts: new Map([...nodes].map((node) => [node, 1n])), denominator: 1n };
}

/** All nodes of a layer. */
export function wholeLayer(chain: Chain, layer: number): Place {
  return wholeNodes(layer, chain.nodesByLayer[layer] ?? []);
}

/**
 * The part of each node that its links leave over: unallocated cost (`allocation`, not for benefits), value of other causes
 * (`contribution`, not for investments).
 */
export function leftOverOf(
  chain: Chain,
  kind: 'allocation' | 'contribution',
  layer: number,
  nodes: Iterable<number>,
): Place {
  const boundary = kind === 'allocation' ? layer : layer - 1;
  const denominator = chain[kind].denominators[boundary];
  if (denominator === undefined) throw new RangeError(`Nothing is left over of a ${LAYERS[layer] ?? layer}`);
  return { layer, parts: new Map([...nodes].map((node) => [node, chain[kind].leftOver[node] ?? 0n])), denominator };
}

/** Weights of investments (`allocation`) or benefits (`contribution`) at a place. */
export function weightsAt(chain: Chain, kind: 'allocation' | 'contribution', place: Place): Weights {
  return weightsUpTo(chain, kind, place, kind === 'allocation' ? 0 : LAYERS.length - 1);
}

/** The same of the nodes of a layer on the way: `last` lies above the place for allocations, below it for contributions. */
export function weightsUpTo(chain: Chain, kind: 'allocation' | 'contribution', place: Place, last: number): Weights {
  const up = kind === 'allocation';
  const receiver = up ? chain.from : chain.to;
  const giver = up ? chain.to : chain.from;
  const step = up ? -1 : 1;
  let current = new Array<bigint>(chain.nodes.length).fill(0n);
  for (const [node, part] of place.parts) current[node] = part;
  let denominator = place.denominator;
  for (let layer = place.layer; layer !== last; layer += step) {
    const boundary = up ? layer - 1 : layer;
    const next = new Array<bigint>(chain.nodes.length).fill(0n);
    for (const link of chain.linksByBoundary[boundary] ?? []) {
      const weight = current[giver[link] ?? -1] ?? 0n;
      if (weight === 0n) continue;
      const node = receiver[link] ?? -1;
      next[node] = (next[node] ?? 0n) + weight * (chain[kind].ofLink[link] ?? 0n);
    }
    denominator *= chain[kind].denominators[boundary] ?? 1n;
    current = next;
  }
  return { numerators: current, denominator };
}

/** Σ amount · weight, exactly. */
export function weighted(weights: Weights, amounts: Iterable<readonly [index: number, amount: Fraction]>): Fraction {
  let sum: Fraction = { n: 0n, d: weights.denominator };
  for (const [index, amount] of amounts) {
    const n = amount.n * (weights.numerators[index] ?? 0n);
    const d = amount.d * weights.denominator;
    sum = sum.d === d ? { n: sum.n + n, d } : { n: sum.n * d + n * sum.d, d: sum.d * d };
  }
  return sum;
}
