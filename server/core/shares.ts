/**
 * The chain and its effective shares (model §2): who is linked to whom, and the exact part that each link carries.
 *
 * Shares stay integers. All links between two neighbouring layers share one denominator, 10 000 × the least common
 * multiple of what blank shares divide by, so a third is a third and no fraction is ever reduced while computing.
 */
import { ratio } from './money.js';

/** The layers from investment to benefit; a link joins one to the next. */
export const LAYERS = ['investment', 'initiative', 'capability', 'outcome', 'benefit'] as const;
export type Layer = (typeof LAYERS)[number];

/** A record of the chain; `id` is unique over all layers. */
export interface ChainNode {
  readonly type: Layer;
  readonly id: string;
}

/** A link from a node of one layer to a node of the next; shares are percent text with up to two decimals, null where left blank. */
export interface ChainLink {
  readonly from: string;
  readonly to: string;
  /** The part of `from`'s cost spent for `to`. */
  readonly allocation: string | null;
  /** The part of `to`'s value due to `from`. */
  readonly contribution: string | null;
}

/** The chain is refused: what is wrong, and the node at which it is. */
export class ChainError extends Error {
  override readonly name = 'ChainError';
  constructor(
    message: string,
    readonly nodeId: string,
  ) {
    super(message);
  }
}

/** One kind of share over all links. Numerators are over the denominator of the link's boundary. */
export interface Shares {
  /** By link. */
  readonly ofLink: readonly bigint[];
  /** By node: what its links leave over of the whole (all of it where it has none). */
  readonly leftOver: readonly bigint[];
  /** By boundary: 0 lies between investments and initiatives, 3 between outcomes and benefits. */
  readonly denominators: readonly bigint[];
}

/** A checked chain. Nodes and links keep the order in which they were given: results refer to them by index. */
export interface Chain {
  readonly nodes: readonly ChainNode[];
  readonly links: readonly ChainLink[];
  readonly indexOf: ReadonlyMap<string, number>;
  /** By node: 0 investment to 4 benefit. */
  readonly layerOf: Uint8Array;
  /** By link: node indexes of its ends, and its boundary (the layer of `from`). */
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly boundaryOf: Uint8Array;
  readonly linksByBoundary: readonly (readonly number[])[];
  readonly nodesByLayer: readonly (readonly number[])[];
  readonly allocation: Shares;
  readonly contribution: Shares;
  /** Links with a blank share ÷ links; null where there is no link. */
  readonly assumedShare: number | null;
}

/**
 * Checks nodes and links and works out the effective shares.
 * Refuses (ChainError, naming the node): an id given twice, an end that is no node, a link that does not join a layer
 * to the next, a share that is no percentage from 0 to 100 with up to two decimals, stated shares that sum over 100 %.
 */
export function buildChain(nodes: readonly ChainNode[], links: readonly ChainLink[]): Chain {
  const indexOf = new Map<string, number>();
  const layerOf = new Uint8Array(nodes.length);
  const nodesByLayer: number[][] = LAYERS.map(() => []);
  nodes.forEach((node, index) => {
    if (indexOf.has(node.id)) throw new ChainError(`${node.type} ${node.id} is given twice`, node.id);
    indexOf.set(node.id, index);
    layerOf[index] = LAYERS.indexOf(node.type);
    nodesByLayer[LAYERS.indexOf(node.type)]?.push(index);
  });
  const from = new Int32Array(links.length);
  const to = new Int32Array(links.length);
  const boundaryOf = new Uint8Array(links.length);
  const linksByBoundary: number[][] = LAYERS.slice(1).map(() => []);
  let assumed = 0;
  links.forEach((link, index) => {
    const source = endOf(indexOf, link.from);
    const target = endOf(indexOf, link.to);
    const boundary = layerOf[source] ?? 0;
    if (layerOf[target] !== boundary + 1) {
      throw new ChainError(
        `A link from ${label(nodes, source)} to ${label(nodes, target)} joins no neighbouring layers`,
        link.from,
      );
    }
    from[index] = source;
    to[index] = target;
    boundaryOf[index] = boundary;
    linksByBoundary[boundary]?.push(index);
    if (isAssumed(link)) assumed += 1;
  });
  const allocation = sharesOf(
    'allocation',
    nodes,
    links,
    from,
    linksByBoundary,
    (boundary) => nodesByLayer[boundary] ?? [],
  );
  const contribution = sharesOf(
    'contribution',
    nodes,
    links,
    to,
    linksByBoundary,
    (boundary) => nodesByLayer[boundary + 1] ?? [],
  );
  const assumedShare = ratio(BigInt(assumed), BigInt(links.length));
  return {
    nodes,
    links,
    indexOf,
    layerOf,
    from,
    to,
    boundaryOf,
    linksByBoundary,
    nodesByLayer,
    allocation,
    contribution,
    assumedShare,
  };
}

/** Whether a share of the link is blank: it is assumed until someone states it. */
export function isAssumed(link: ChainLink): boolean {
  return link.allocation === null || link.contribution === null;
}

/** A link's effective share as a fraction from 0 to 1 for JSON; the exact one is `chain[kind].ofLink` over the boundary's denominator. */
export function effectiveShare(chain: Chain, kind: 'allocation' | 'contribution', link: number): number {
  const denominator = chain[kind].denominators[chain.boundaryOf[link] ?? -1];
  const numerator = chain[kind].ofLink[link];
  if (denominator === undefined || numerator === undefined) throw new RangeError(`No link ${link}`);
  return ratio(numerator, denominator) ?? 0;
}

const WHOLE = 10_000; // 100.00 % in hundredths of a percent

/** Effective shares of one kind. `owner` holds, by link, the node whose cost or value the share is a part of. */
function sharesOf(
  kind: 'allocation' | 'contribution',
  nodes: readonly ChainNode[],
  links: readonly ChainLink[],
  owner: Int32Array,
  linksByBoundary: readonly (readonly number[])[],
  ownersOf: (boundary: number) => readonly number[],
): Shares {
  const stated = links.map((link) => hundredths(link[kind], kind, link));
  const remaining = new Int32Array(nodes.length).fill(WHOLE);
  const blanks = new Int32Array(nodes.length);
  owner.forEach((node, link) => {
    const share = stated[link];
    if (share === null || share === undefined) blanks[node] = (blanks[node] ?? 0) + 1;
    else remaining[node] = (remaining[node] ?? 0) - share;
  });
  remaining.forEach((rest, node) => {
    if (rest >= 0) return;
    const side = kind === 'allocation' ? 'outgoing allocation' : 'incoming contribution';
    const sum = ((WHOLE - rest) / 100).toFixed(2);
    throw new ChainError(
      `The ${side} shares of ${label(nodes, node)} sum to ${sum} %, over 100 %`,
      nodes[node]?.id ?? '',
    );
  });
  const ofLink: bigint[] = new Array<bigint>(links.length).fill(0n);
  const leftOver: bigint[] = new Array<bigint>(nodes.length).fill(0n);
  const denominators = linksByBoundary.map((members, boundary) => {
    const divisor = commonDivisor(ownersOf(boundary), remaining, blanks);
    for (const node of ownersOf(boundary)) {
      if (!blanks[node]) leftOver[node] = BigInt(remaining[node] ?? 0) * divisor;
    }
    for (const link of members) {
      const node = owner[link] ?? -1;
      const share = stated[link] ?? null;
      ofLink[link] =
        share === null ? (BigInt(remaining[node] ?? 0) * divisor) / BigInt(blanks[node] ?? 1) : BigInt(share) * divisor;
    }
    return BigInt(WHOLE) * divisor;
  });
  return { ofLink, leftOver, denominators };
}

/** The least integer by which every owner's remainder, in hundredths of a percent, splits evenly over its blank shares. */
function commonDivisor(owners: readonly number[], remaining: Int32Array, blanks: Int32Array): bigint {
  const needed = new Set<number>();
  for (const node of owners) {
    const count = blanks[node] ?? 0;
    if (count > 1) needed.add(count / greatestCommonDivisor(count, remaining[node] ?? 0));
  }
  let multiple = 1n;
  for (const count of needed) {
    multiple *= BigInt(count / greatestCommonDivisor(count, Number(multiple % BigInt(count))));
  }
  return multiple;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

const PERCENT_TEXT = /^(\d{1,3})(?:\.(\d{1,2}))?$/;

/** Percent text as hundredths of a percent, exactly; null where blank. */
function hundredths(text: string | null, kind: string, link: ChainLink): number | null {
  if (text === null) return null;
  const match = PERCENT_TEXT.exec(text);
  const value = match ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) : Infinity;
  if (value > WHOLE) {
    const what = `The ${kind} of the link from ${link.from} to ${link.to}`;
    throw new ChainError(
      `${what} is no percentage from 0 to 100 with up to two decimals: ${JSON.stringify(text)}`,
      link.from,
    );
  }
  return value;
}

function endOf(indexOf: ReadonlyMap<string, number>, id: string): number {
  const index = indexOf.get(id);
  if (index === undefined) throw new ChainError(`A link names ${id}, which is no node of the chain`, id);
  return index;
}

function label(nodes: readonly ChainNode[], index: number): string {
  const node = nodes[index];
  return node ? `${node.type} ${node.id}` : `node ${index}`;
}
