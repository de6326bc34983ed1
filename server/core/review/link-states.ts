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
 * The chain before and after each event, worked backwards from the links of today.
 * @param events the earliest first
 */
export const around = (
  nodes: readonly ChainNode[],
  live: readonly ChainLink[],
  events: readonly LinkEvent[],
): Around[] => {
  const links = new Map(live.map((link) => [endsOf(link), link]));
  let after = chainOf(nodes, links);
  const found: Around[] = [];
  for (const event of [...events].reverse()) {
    for (const { from, to, before: was } of event.links) {
      const ends = endsOf({ from, to });
      if (was === null) links.delete(ends);
      else if (was) links.set(ends, { allocation: null, contribution: null, ...links.get(ends), ...was, from, to });
    }
    const before = chainOf(nodes, links);
    found.unshift({ event, before, after });
    after = before;
  }
  return found;
};

/** The same without what was before each: its links in the chain of today. For more events than anybody replays. */
export const beside = (
  nodes: readonly ChainNode[],
  live: readonly ChainLink[],
  events: readonly LinkEvent[],
): Around[] => {
  const after = chainOf(nodes, new Map(live.map((link) => [endsOf(link), link])));
  return events.map((event) => ({ event, before: null, after }));
};

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

/** Shares of a chain by the ends of their links. */
const sharesOf = (chain: Chain, direction: Direction): Map<string, Fraction> =>
  new Map(
    chain.links.map((link, index) => [
      endsOf(link),
      { n: chain[direction].ofLink[index] ?? 0n, d: chain[direction].denominators[chain.boundaryOf[index]!]! },
    ]),
  );

/** Links whose share is another after the event, as pairs of the ids of their ends; of an event of which that is not known all that it wrote. */
const otherLinks = (
  { event, before, after }: Around,
  direction: Direction,
): (readonly [from: string, to: string])[] => {
  const all = event.links.map(({ from, to }) => [from, to] as const);
  if (!before || !after) return all;
  const [was, is] = [sharesOf(before, direction), sharesOf(after, direction)];
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
  const [was, is] = [before, after].map(({ links }) => new Set(links.map(endsOf))) as [Set<string>, Set<string>];
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
