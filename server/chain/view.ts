/**
 * Spend of the paths that meet conditions. Pure, exact.
 *
 * A path of money begins at an investment and ends where its record leaves cost over, or at a benefit. A condition is a set of records, and a path
 * meets it when it holds at least one of them; it is counted once however many it holds. One pass down the chain keeps apart what has met which
 * conditions so far (a state), one pass up gives the part of each state that will have met all of them in the end:
 *
 *   cost of a record in the view = Σ over states of what arrives in it × the part of that which ends with all conditions met
 *
 * so that in the view, too, what enters a record leaves it through its links or stays unallocated, to the last digit.
 */
import type { Attribution } from '../core/attribution.js';
import { type Chain, LAYERS } from '../core/shares.js';

/** Indexes of records of which a path must hold at least one. */
export type Condition = ReadonlySet<number>;

/** The part of the chain's spend that goes along the paths asked for. All amounts stand over one denominator. */
export interface View {
  readonly chain: Chain;
  readonly denominator: bigint;
  /** By node. */
  readonly cost: readonly bigint[];
  /** By node: what of `cost` ends here unallocated; 0 of benefits, in which money arrives. */
  readonly ends: readonly bigint[];
  /** By link. */
  readonly linkCost: readonly bigint[];
  /** Σ cost over investments: the spend of all these paths. */
  readonly invested: bigint;
  readonly states: States;
  /** By node: 1 where a path through it, of money or not, meets all conditions. */
  readonly isInView: Uint8Array;
}

/** Which conditions are met, as bits. */
export interface States {
  /** By node: the conditions that it meets itself. */
  readonly marks: Uint8Array;
  /** All conditions met. */
  readonly full: number;
  /** By node: the states, as bits, from which links lead on to all conditions met. */
  readonly hopeful: Uint8Array;
}

const BENEFIT = LAYERS.length - 1;

/** The view of all paths that meet every condition; without conditions that of all paths. At most three conditions. */
export const viewOf = (whole: Attribution, conditions: readonly Condition[]): View => {
  const { chain } = whole;
  const states = statesOf(chain, conditions);
  const arriving = arrivals(whole, states);
  const promising = promises(chain, states);
  const below = denominatorsBelow(chain);
  const cost = new Array<bigint>(chain.nodes.length).fill(0n);
  const ends = new Array<bigint>(chain.nodes.length).fill(0n);
  const linkCost = new Array<bigint>(chain.links.length).fill(0n);
  const share = chain.allocation;
  arriving.forEach((amounts, state) => {
    const promised = promising[state]!;
    amounts.forEach((amount, node) => {
      if (amount === 0n) return;
      cost[node]! += amount * promised[node]!;
      const layer = chain.layerOf[node]!;
      if (state === states.full && layer < BENEFIT) ends[node] = amount * share.leftOver[node]! * below[layer + 1]!;
    });
    for (let link = 0; link < linkCost.length; link += 1) {
      const amount = amounts[chain.from[link]!]!;
      if (amount === 0n) continue;
      const to = chain.to[link]!;
      linkCost[link]! += amount * share.ofLink[link]! * promising[state | states.marks[to]!]![to]!;
    }
  });
  return {
    chain,
    denominator: ownDenominator(whole) * below[0]!,
    cost,
    ends,
    linkCost,
    invested: chain.nodesByLayer[0]!.reduce((sum, node) => sum + cost[node]!, 0n),
    states,
    isInView: inView(chain, states),
  };
};

const statesOf = (chain: Chain, conditions: readonly Condition[]): States => {
  if (conditions.length > 3) throw new RangeError('A view has at most three conditions.');
  const marks = new Uint8Array(chain.nodes.length);
  conditions.forEach((nodes, bit) => {
    for (const node of nodes) marks[node]! |= 1 << bit;
  });
  const full = (1 << conditions.length) - 1;
  const hopeful = new Uint8Array(chain.nodes.length).fill(1 << full);
  for (const links of [...chain.linksByBoundary].reverse())
    for (const link of links)
      for (let state = 0; state < full; state += 1) {
        const to = chain.to[link]!;
        if (hopeful[to]! & (1 << (state | marks[to]!))) hopeful[chain.from[link]!]! |= 1 << state;
      }
  return { marks, full, hopeful };
};

/** The product of the denominators of all boundaries from a layer on. */
export const denominatorsBelow = (chain: Chain): bigint[] => {
  const products = new Array<bigint>(LAYERS.length).fill(1n);
  for (let layer = BENEFIT - 1; layer >= 0; layer -= 1)
    products[layer] = products[layer + 1]! * chain.allocation.denominators[layer]!;
  return products;
};

const ownDenominator = (whole: Attribution): bigint => whole.cost.total(0).d;

/** By state and node: the cost that arrives there, over the own denominator times those of the boundaries above. */
const arrivals = ({ chain, cost }: Attribution, { marks, full }: States): bigint[][] => {
  const arriving = Array.from({ length: full + 1 }, () => new Array<bigint>(chain.nodes.length).fill(0n));
  for (const node of chain.nodesByLayer[0]!) arriving[marks[node]!]![node] = cost.at(node)!.n;
  for (const links of chain.linksByBoundary)
    for (const amounts of arriving.entries()) {
      const [state, of] = amounts;
      for (const link of links) {
        const amount = of[chain.from[link]!]!;
        if (amount === 0n) continue;
        const to = chain.to[link]!;
        arriving[state | marks[to]!]![to]! += amount * chain.allocation.ofLink[link]!;
      }
    }
  return arriving;
};

/** By state and node: the part of what is there in that state whose path ends with all conditions met, over the denominators of the boundaries below. */
export const promises = (chain: Chain, { marks, full }: States): bigint[][] => {
  const below = denominatorsBelow(chain);
  const promising = Array.from({ length: full + 1 }, () => new Array<bigint>(chain.nodes.length).fill(0n));
  chain.layerOf.forEach((layer, node) => (promising[full]![node] = below[layer]!));
  for (const links of [...chain.linksByBoundary].reverse())
    for (let state = 0; state < full; state += 1)
      for (const link of links) {
        const to = chain.to[link]!;
        const part = promising[state | marks[to]!]![to]!;
        if (part !== 0n) promising[state]![chain.from[link]!]! += part * chain.allocation.ofLink[link]!;
      }
  return promising;
};

/** Whether links, whatever their shares, lead through a node along a path that meets all conditions. */
const inView = (chain: Chain, { marks, hopeful }: States): Uint8Array => {
  const reached = new Uint8Array(chain.nodes.length);
  const hasParent = new Set(chain.to);
  marks.forEach((mark, node) => {
    if (!hasParent.has(node)) reached[node] = 1 << mark;
  });
  for (const links of chain.linksByBoundary)
    for (const link of links) {
      const to = chain.to[link]!;
      const from = reached[chain.from[link]!]!;
      for (let state = 0; state < 8; state += 1) if (from & (1 << state)) reached[to]! |= 1 << (state | marks[to]!);
    }
  return reached.map((states, node) => (states & hopeful[node]! ? 1 : 0));
};
