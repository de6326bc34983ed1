import { attribute, byKind } from '../attribution.js';
import { equalFractions, type Fraction, ZERO } from '../exact-amounts.js';
import { buildChain, type Chain, ChainError, type ChainLink, type ChainNode, type Layer, LAYERS } from '../shares.js';
import { weightsAt } from '../weights.js';

/** What was done to links: each event with what its links were before it. */

export type Direction = 'allocation' | 'contribution';

/**
 * A link that an event wrote, and its shares before it: one that is not named was as it is after the event. Null where the link was not there, and
 * undefined where nobody knows what it was.
 */
export interface WrittenLink {
  readonly from: string;
  readonly to: string;
  readonly before: Partial<Pick<ChainLink, Direction>> | null | undefined;
}
export interface LinkEvent {
  readonly seq: number;
  readonly links: readonly WrittenLink[];
}

/** An event with the chain before and after it; null where what is known of the links then makes no chain. */
export interface Around {
  readonly event: LinkEvent;
  readonly before: Chain | null;
  readonly after: Chain | null;
}

/**
 * The chain before and after each event, worked backwards from the links of today: the last event comes first.
 * @param events the earliest first
 * @param most so many are worked out; of those before them the chain after them stands for what they were in
 */
export function* backwards(
  nodes: readonly ChainNode[],
  live: readonly ChainLink[],
  events: readonly LinkEvent[],
  most = Infinity,
): Generator<Around, void, undefined> {
  const links = new Map(live.map((link) => [endsOf(link), link]));
  let after = chainOf(nodes, links);
  for (const [at, event] of [...events].reverse().entries()) {
    if (at >= most) {
      yield { event, before: null, after };
      continue;
    }
    for (const { from, to, before: was } of event.links) {
      const ends = endsOf({ from, to });
      if (was === null) links.delete(ends);
      else if (was) links.set(ends, { allocation: null, contribution: null, ...links.get(ends), ...was, from, to });
    }
    const before = chainOf(nodes, links);
    yield { event, before, after };
    after = before;
  }
}

const endsOf = ({ from, to }: Pick<ChainLink, 'from' | 'to'>): string => `${from} ${to}`;

const chainOf = (nodes: readonly ChainNode[], links: ReadonlyMap<string, ChainLink>): Chain | null => {
  const known = new Set(nodes.map(({ id }) => id));
  try {
    return buildChain(
      nodes,
      [...links.values()].filter(({ from, to }) => known.has(from) && known.has(to)),
    );
  } catch (error) {
    if (error instanceof ChainError) return null;
    throw error;
  }
};

/** Shares of a chain's links that some nodes part their cost or value among, by the ends of the links: none of them is like another's. */
const sharesOf = (chain: Chain, direction: Direction, owners: ReadonlySet<string>): Map<string, Fraction> => {
  const { ofLink, denominators } = chain[direction];
  const shares = new Map<string, Fraction>();
  for (const [index, link] of chain.links.entries())
    if (owners.has(ownerIn(link, direction)))
      shares.set(endsOf(link), { n: ofLink[index] ?? 0n, d: denominators[chain.boundaryOf[index]!]! });
  return shares;
};
/** The node whose cost or value a link gets a share of. */
const ownerIn = ({ from, to }: Pick<ChainLink, 'from' | 'to'>, direction: Direction): string =>
  direction === 'allocation' ? from : to;

/** Links whose share is another after the event, as pairs of the ids of their ends; of an event of which that is not known all that it wrote. */
const otherLinks = (
  { event, before, after }: Around,
  direction: Direction,
): (readonly [from: string, to: string])[] => {
  const all = event.links.map(({ from, to }) => [from, to] as const);
  if (!before || !after) return all;
  // What is written of a link moves its share, and those of the others that its node parts the same among.
  const owners = new Set(event.links.map((link) => ownerIn(link, direction)));
  const [was, is] = [sharesOf(before, direction, owners), sharesOf(after, direction, owners)];
  const none: Fraction = { n: 0n, d: 1n };
  const other = [...new Set([...was.keys(), ...is.keys()])]
    .filter((ends) => !equalFractions(was.get(ends) ?? none, is.get(ends) ?? none))
    .map((ends) => ends.split(' ') as [string, string]);
  return [...other, ...all.filter((_, index) => event.links[index]!.before === undefined)];
};

/** Nodes on the ways that lead through one of these links: all of whose cost or value it carries a part, or that get one by it. */
export const onWaysThrough = (
  chain: Chain,
  direction: Direction,
  links: readonly (readonly [from: string, to: string])[],
): Set<string> => {
  const up = new Set(links.map(([from]) => from));
  const down = new Set(links.map(([, to]) => to));
  const carries = (link: number): boolean => (chain[direction].ofLink[link] ?? 0n) !== 0n;
  for (const link of [...chain.linksByBoundary].reverse().flat())
    if (carries(link) && up.has(chain.links[link]!.to)) up.add(chain.links[link]!.from);
  for (const link of chain.linksByBoundary.flat())
    if (carries(link) && down.has(chain.links[link]!.from)) down.add(chain.links[link]!.to);
  return new Set([...up, ...down]);
};

/** Nodes whose cost (`allocation`) or value (`contribution`) goes, or comes, another way after the event. */
export const movedBy = (each: Around, direction: Direction): Set<string> => {
  const links = otherLinks(each, direction);
  const chains = [each.before, each.after].filter((chain) => chain !== null);
  return new Set(chains.flatMap((chain) => [...onWaysThrough(chain, direction, links)]));
};

/** Of the links that an event wrote those that came or went by it, by their ends; all where nobody knows what they were. */
export const otherEnds = ({ event, before, after }: Around): readonly Pick<ChainLink, 'from' | 'to'>[] => {
  if (!before || !after) return event.links;
  const written = new Set(event.links.map(endsOf));
  const linked = ({ links }: Chain): Set<string> => new Set(links.map(endsOf).filter((ends) => written.has(ends)));
  const [was, is] = [linked(before), linked(after)];
  return event.links.filter((link) => link.before === undefined || was.has(endsOf(link)) !== is.has(endsOf(link)));
};

/** By index of a node a part of what lies at it, or leads from it, by which two chains are told apart. */
export type Traces = (index: number) => Fraction;
const NOTHING: ReadonlyMap<string, string> = new Map();

/** A number of each node, such that sums of shares of several are the same only where the shares are. */
const markOf = (index: number): bigint => BigInt.asUintN(61, BigInt(index + 1) ** 3n * 0x9e3779b97f4a7c15n) + 1n;

/** What arrives at each node of what its sources hold, whatever the amounts: none of it where nothing is held. */
export const arriving = (chain: Chain, direction: Direction, holders: ReadonlySet<string>): Traces => {
  const layer = direction === 'allocation' ? 0 : LAYERS.length - 1;
  const nodes = (chain.nodesByLayer[layer] ?? []).map((index) => [chain.nodes[index]!.id, index] as const);
  const held = new Map(nodes.flatMap(([id, index]) => (holders.has(id) ? [[id, String(markOf(index))] as const] : [])));
  const [cost, realised] = direction === 'allocation' ? [held, NOTHING] : [NOTHING, held];
  const whole = attribute(chain, { cost, values: byKind((kind) => (kind === 'realised' ? realised : NOTHING)) });
  return (index) => (direction === 'allocation' ? whole.cost : whole.values.realised).at(index) ?? ZERO;
};

/** Where the cost of each investment comes through to in a layer. */
export const comingThrough = (chain: Chain, upTo: Layer): Traces => {
  const layer = LAYERS.indexOf(upTo);
  const parts = new Map((chain.nodesByLayer[layer] ?? []).map((index) => [index, markOf(index)] as const));
  const { numerators, denominator } = weightsAt(chain, 'allocation', { layer, parts, denominator: 1n });
  return (index) => ({ n: numerators[index] ?? 0n, d: denominator });
};
