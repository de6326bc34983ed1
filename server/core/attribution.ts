/**
 * Attribution over the chain (model §2): cost runs down from investments, value runs up from benefits. Exact.
 *
 *   C(v) = Σ allocation(u→v) · C(u)        unallocated(u) = C(u) − Σ allocation · C(u)      every layer but benefits
 *   V(u) = Σ contribution(u→v) · V(v)      otherCauses(v) = V(v) − Σ contribution · V(v)    every layer but investments
 *
 * so that Σ C(investments) = Σ C(benefits) + Σ unallocated and Σ V(benefits) = Σ V(investments) + Σ otherCauses, to the last digit.
 * Numerators of a layer stand over one denominator, which grows at each boundary by that of its shares: no reduction, no float.
 */
import { ExactAmounts } from './exact-amounts.js';
import { parseDecimal, unitsAtScale } from './money.js';
import { type Chain, type Layer, LAYERS, type Shares } from './shares.js';

export const VALUE_KINDS = ['planned', 'forecast', 'realised', 'confirmed'] as const;
export type ValueKind = (typeof VALUE_KINDS)[number];
export type ByKind<T> = Readonly<Record<ValueKind, T>>;

/** Own amounts by node id as exact decimal text in one currency; a node that is not named has 0. */
export interface Sources {
  /** By investment. */
  readonly cost: ReadonlyMap<string, string>;
  /** By benefit. */
  readonly values: ByKind<ReadonlyMap<string, string>>;
}

/**
 * The figures of a chain. Node figures are indexed as `chain.nodes` and total by layer (0 investment to 4 benefit);
 * link flows are indexed as `chain.links` and total by boundary (0 investment→initiative to 3 outcome→benefit).
 */
export interface Attribution {
  readonly chain: Chain;
  readonly cost: ExactAmounts;
  /** Null for benefits. */
  readonly unallocated: ExactAmounts;
  readonly values: ByKind<ExactAmounts>;
  /** Null for investments. */
  readonly otherCauses: ByKind<ExactAmounts>;
  readonly linkCost: ExactAmounts;
  readonly linkValues: ByKind<ExactAmounts>;
  /** Nodes and links that the figures can reach, in index order: all of them, or those of a trace. */
  readonly reachedNodes: readonly number[];
  readonly reachedLinks: readonly number[];
}

const BENEFIT = LAYERS.length - 1;

/**
 * Runs cost down and the four kinds of value up a chain.
 * Refuses (RangeError) an amount that is no decimal, or that belongs to no investment (cost) or no benefit (value): it would be lost silently.
 */
export function attribute(chain: Chain, sources: Sources): Attribution {
  const values = byKind((kind) => spread(chain, 'up', ownAmounts(chain, sources.values[kind], 'benefit', kind)));
  return assemble(
    chain,
    spread(chain, 'down', ownAmounts(chain, sources.cost, 'investment', 'cost')),
    values,
    [...chain.nodes.keys()],
    [...chain.links.keys()],
  );
}

/**
 * The trace of one node: its attributed cost as the only cost, run down from it, and its attributed values as the only values,
 * run up from it. Same shape as the whole; figures of nodes and links that the trace does not reach are 0.
 * Refuses (RangeError) an id that is no node of the chain.
 */
export function traceOf(whole: Attribution, id: string): Attribution {
  const { chain } = whole;
  const node = chain.indexOf.get(id);
  if (node === undefined) throw new RangeError(`${id} is no node of the chain`);
  const only = (amounts: ExactAmounts): Own => {
    const numerators = new Array<bigint>(chain.nodes.length).fill(0n);
    const own = amounts.at(node);
    numerators[node] = own?.n ?? 0n;
    return { numerators, layer: chain.layerOf[node] ?? 0, denominator: own?.d ?? 1n };
  };
  const values = byKind((kind) => spread(chain, 'up', only(whole.values[kind])));
  const down = reach(chain, node, 'down');
  const up = reach(chain, node, 'up');
  return assemble(
    chain,
    spread(chain, 'down', only(whole.cost)),
    values,
    [...chain.nodes.keys()].filter((index) => index === node || down.nodes.has(index) || up.nodes.has(index)),
    [...chain.links.keys()].filter((index) => down.links.has(index) || up.links.has(index)),
  );
}

/** Amounts of one layer's nodes, over one denominator; 0 elsewhere. */
interface Own {
  readonly numerators: bigint[];
  readonly layer: number;
  readonly denominator: bigint;
}

interface Spread {
  readonly nodes: ExactAmounts;
  readonly leftOver: ExactAmounts;
  readonly links: ExactAmounts;
}

/** Runs the own amounts of one layer through every boundary below (down) or above (up) it. */
function spread(chain: Chain, direction: 'down' | 'up', own: Own): Spread {
  const shares: Shares = direction === 'down' ? chain.allocation : chain.contribution;
  const source = direction === 'down' ? chain.from : chain.to;
  const target = direction === 'down' ? chain.to : chain.from;
  const step = direction === 'down' ? 1 : -1;
  const end = direction === 'down' ? BENEFIT : 0;
  const nodes = own.numerators;
  const leftOver = new Array<bigint>(nodes.length).fill(0n);
  const links = new Array<bigint>(chain.links.length).fill(0n);
  const nodeDenominators = new Array<bigint>(LAYERS.length).fill(1n);
  const leftDenominators: (bigint | null)[] = LAYERS.map((_, layer) => (layer === end ? null : 1n));
  const linkDenominators = new Array<bigint>(BENEFIT).fill(1n);
  let denominator = own.denominator;
  nodeDenominators[own.layer] = denominator;
  for (let layer = own.layer; layer !== end; layer += step) {
    const boundary = direction === 'down' ? layer : layer - 1;
    denominator *= shares.denominators[boundary] ?? 1n;
    nodeDenominators[layer + step] = denominator;
    leftDenominators[layer] = denominator;
    linkDenominators[boundary] = denominator;
    for (const node of chain.nodesByLayer[layer] ?? []) {
      const amount = nodes[node] ?? 0n;
      if (amount !== 0n) leftOver[node] = amount * (shares.leftOver[node] ?? 0n);
    }
    for (const link of chain.linksByBoundary[boundary] ?? []) {
      const amount = nodes[source[link] ?? -1] ?? 0n;
      if (amount === 0n) continue;
      const flow = amount * (shares.ofLink[link] ?? 0n);
      const receiver = target[link] ?? -1;
      links[link] = flow;
      nodes[receiver] = (nodes[receiver] ?? 0n) + flow;
    }
  }
  return {
    nodes: new ExactAmounts(nodes, chain.layerOf, nodeDenominators),
    leftOver: new ExactAmounts(leftOver, chain.layerOf, leftDenominators),
    links: new ExactAmounts(links, chain.boundaryOf, linkDenominators),
  };
}

/** Amounts as integers over the power of ten that holds the longest of them. */
function ownAmounts(chain: Chain, amounts: ReadonlyMap<string, string>, layer: Layer, what: string): Own {
  const decimals = [...amounts].map(([id, text]) => {
    const node = chain.indexOf.get(id);
    if (node === undefined || chain.nodes[node]?.type !== layer)
      throw new RangeError(`${what} of ${id}, which is no ${layer}`);
    return { node, amount: parseDecimal(text) };
  });
  const scale = decimals.reduce((longest, { amount }) => Math.max(longest, amount.scale), 0);
  const numerators = new Array<bigint>(chain.nodes.length).fill(0n);
  for (const { node, amount } of decimals) numerators[node] = unitsAtScale(amount, scale);
  return { numerators, layer: LAYERS.indexOf(layer), denominator: 10n ** BigInt(scale) };
}

/** The nodes and links that can be reached from a node by links of the direction, whatever their shares; without the node. */
function reach(chain: Chain, start: number, direction: 'down' | 'up'): { nodes: Set<number>; links: Set<number> } {
  const source = direction === 'down' ? chain.from : chain.to;
  const target = direction === 'down' ? chain.to : chain.from;
  const boundaries = direction === 'down' ? chain.linksByBoundary : [...chain.linksByBoundary].reverse();
  const nodes = new Set<number>();
  const links = new Set<number>();
  for (const link of boundaries.flat()) {
    const from = source[link] ?? -1;
    if (from !== start && !nodes.has(from)) continue;
    links.add(link);
    nodes.add(target[link] ?? -1);
  }
  return { nodes, links };
}

function assemble(
  chain: Chain,
  cost: Spread,
  values: ByKind<Spread>,
  reachedNodes: readonly number[],
  reachedLinks: readonly number[],
): Attribution {
  return {
    chain,
    cost: cost.nodes,
    unallocated: cost.leftOver,
    values: byKind((kind) => values[kind].nodes),
    otherCauses: byKind((kind) => values[kind].leftOver),
    linkCost: cost.links,
    linkValues: byKind((kind) => values[kind].links),
    reachedNodes,
    reachedLinks,
  };
}

/** One of each for the four kinds of value. */
export function byKind<T>(of: (kind: ValueKind) => T): ByKind<T> {
  return { planned: of('planned'), forecast: of('forecast'), realised: of('realised'), confirmed: of('confirmed') };
}
