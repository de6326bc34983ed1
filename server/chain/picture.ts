/**
 * The chain as a picture: boxes in five layers, and links between adjacent ones. Pure.
 *
 * Widths are spend allocated along links, the only quantity that is conserved. Whatever does not reach a layer stands there in a box of its own (a
 * gap), which takes in what stopped before, so that the boxes of each layer add up to what was invested, exactly.
 */
import type { Layer, Picture, PictureNode } from '../contract/chain.js';
import type { Fraction } from '../core/exact-amounts.js';
import { sumOf } from '../core/benefit-status.js';
import { formatFraction } from '../core/money.js';
import { LAYERS } from '../core/shares.js';
import type { NodeRow } from './chain.queries.js';
import { type Boxes, boxesOf } from './picture.boxes.js';
import { standingOrder } from './picture.order.js';
import type { View } from './view.js';

/** Planned and realised of a benefit to date, exact; null where there is none in money. */
export interface BenefitAmounts {
  readonly planned: Fraction | null;
  readonly realised: Fraction | null;
}

/** A box with its exact width, a numerator over the view's denominator. */
export interface Box {
  readonly id: string;
  readonly kind: PictureNode['kind'];
  readonly layer: number;
  /** Indexes of its records, in their order; none of a gap. */
  readonly nodes: readonly number[];
  readonly cost: bigint;
}

/** A link between two boxes, likewise. */
export interface BoxLink {
  readonly from: string;
  readonly to: string;
  readonly cost: bigint;
  readonly isGap: boolean;
}

export interface Drawing {
  readonly boxes: readonly Box[];
  readonly links: readonly BoxLink[];
}

const PLURALS: Record<Layer, string> = {
  investment: 'investments',
  initiative: 'initiatives',
  capability: 'capabilities',
  outcome: 'outcomes',
  benefit: 'benefits',
};

/** Boxes and links in the order in which they stand, exact. */
export const drawingOf = (
  rows: readonly NodeRow[],
  view: View,
  min: Fraction | null,
  expanded: ReadonlySet<Layer>,
): Drawing => {
  const chosen = boxesOf(view, min, expanded);
  const place = standingOrder(rows, view.chain);
  const idOf = (node: number): string => boxIdOf(rows, chosen, node);
  const gaps = gapCosts(view);
  const boxes = LAYERS.flatMap((type, layer) => {
    const nodes = view.chain.nodesByLayer[layer]!.filter((node) => chosen.isDrawn[node]);
    nodes.sort((a, b) => place[a]! - place[b]!);
    const own = nodes.filter((node) => chosen.isOwn[node]);
    const smaller = nodes.filter((node) => !chosen.isOwn[node]);
    const cost = (of: readonly number[]): bigint => of.reduce((sum, node) => sum + view.cost[node]!, 0n);
    return [
      ...own.map((node): Box => ({ id: idOf(node), kind: 'record', layer, nodes: [node], cost: view.cost[node]! })),
      ...(smaller.length > 0
        ? [{ id: `smaller:${type}`, kind: 'smaller', layer, nodes: smaller, cost: cost(smaller) } as const]
        : []),
      ...(gaps[layer] === null
        ? []
        : [{ id: `gap:${type}`, kind: 'gap', layer, nodes: [], cost: gaps[layer]! } as const]),
    ];
  });
  return { boxes, links: linksBetween(view, boxes, gaps, idOf) };
};

const boxIdOf = (rows: readonly NodeRow[], { isOwn }: Boxes, node: number): string => {
  const { type, code } = rows[node]!;
  return isOwn[node] ? `${type}:${code}` : `smaller:${type}`;
};

/** By layer: the spend that ended before it; null where none did. */
const gapCosts = ({ chain, ends }: View): (bigint | null)[] => {
  let sum: bigint | null = null;
  return LAYERS.map((_, layer) => {
    for (const node of chain.nodesByLayer[layer - 1] ?? []) if (ends[node] !== 0n) sum = (sum ?? 0n) + ends[node]!;
    return sum;
  });
};

const linksBetween = (
  view: View,
  boxes: readonly Box[],
  gaps: readonly (bigint | null)[],
  idOf: (node: number) => string,
): BoxLink[] => {
  const { chain } = view;
  const merged = new Map<string, Map<string, { cost: bigint; isGap: boolean }>>();
  const add = (from: string, to: string, cost: bigint, isGap: boolean): void => {
    if (cost === 0n) return;
    let ways = merged.get(from);
    if (!ways) merged.set(from, (ways = new Map()));
    const known = ways.get(to);
    if (known) known.cost += cost;
    else ways.set(to, { cost, isGap });
  };
  view.linkCost.forEach((cost, link) => {
    if (cost !== 0n) add(idOf(chain.from[link]!), idOf(chain.to[link]!), cost, false);
  });
  view.ends.forEach((cost, node) => {
    if (cost !== 0n) add(idOf(node), `gap:${LAYERS[chain.layerOf[node]! + 1]}`, cost, true);
  });
  gaps.forEach((cost, layer) => {
    if (cost !== null && layer + 1 < LAYERS.length) add(`gap:${LAYERS[layer]}`, `gap:${LAYERS[layer + 1]}`, cost, true);
  });
  const position = new Map(boxes.map((box, index) => [box.id, index]));
  return boxes.flatMap(({ id }) =>
    [...(merged.get(id) ?? [])]
      .sort(([a], [b]) => position.get(a)! - position.get(b)!)
      .map(([to, { cost, isGap }]) => ({ from: id, to, cost, isGap })),
  );
};

/** The same boxes and links with the amounts of a narrower view, by box and by pair of boxes; what is not named has none. */
export interface Part {
  readonly denominator: bigint;
  readonly boxes: ReadonlyMap<string, bigint>;
  readonly links: ReadonlyMap<string, bigint>;
}

const pairOf = ({ from, to }: { from: string; to: string }): string => JSON.stringify([from, to]);

/** What of a drawing a narrower view holds. */
export const partOf = (drawing: Drawing, part: View): Part => {
  const boxOf = new Map(drawing.boxes.flatMap(({ id, nodes }) => nodes.map((node) => [node, id] as const)));
  const gaps = gapCosts(part);
  const boxes = new Map<string, bigint>();
  part.cost.forEach((cost, node) => {
    const id = boxOf.get(node);
    if (id !== undefined && cost !== 0n) boxes.set(id, (boxes.get(id) ?? 0n) + cost);
  });
  gaps.forEach((cost, layer) => cost !== null && boxes.set(`gap:${LAYERS[layer]}`, cost));
  // A record through which nothing goes in the wide view has no box, and nothing in the narrow one.
  const idOf = (node: number): string => boxOf.get(node) ?? '';
  const links = linksBetween(part, drawing.boxes, gaps, idOf);
  return { denominator: part.denominator, boxes, links: new Map(links.map((link) => [pairOf(link), link.cost])) };
};

/** A drawing as the API answers it. Amounts are rounded here and nowhere before. */
export const pictureBody = (
  rows: readonly NodeRow[],
  view: View,
  { boxes, links }: Drawing,
  benefits: ReadonlyMap<string, BenefitAmounts>,
  decimals: number,
  part: Part | null = null,
): Pick<Picture, 'invested' | 'nodes' | 'links' | 'layers'> => {
  const money = (amount: bigint): string => formatFraction(amount, view.denominator, decimals);
  const through = (amount: bigint | undefined): string | null =>
    part === null ? null : formatFraction(amount ?? 0n, part.denominator, decimals);
  return {
    invested: money(view.invested),
    nodes: boxes.map(({ id, kind, layer, nodes, cost }) => ({
      id,
      kind,
      type: LAYERS[layer]!,
      code: kind === 'record' ? rows[nodes[0]!]!.code : null,
      name: kind === 'record' ? rows[nodes[0]!]!.name : nameOf(kind, LAYERS[layer]!, nodes.length),
      records: nodes.length,
      cost: money(cost),
      through: through(part?.boxes.get(id)),
      planned: together('planned', rows, nodes, benefits, decimals),
      realised: together('realised', rows, nodes, benefits, decimals),
    })),
    links: links.map((link) => ({
      ...link,
      cost: money(link.cost),
      through: through(part?.links.get(pairOf(link))),
    })),
    layers: LAYERS.map((type, layer) => ({
      type,
      records: view.chain.nodesByLayer[layer]!.filter((node) => view.isInView[node]).length,
      shown: boxes.filter((box) => box.layer === layer && box.kind === 'record').length,
    })),
  };
};

const nameOf = (kind: 'smaller' | 'gap', type: Layer, count: number): string =>
  kind === 'gap' ? `No ${type}` : `${count} smaller ${count === 1 ? type : PLURALS[type]}`;

/** The sum over the records that have such an amount; null where none has. */
const together = (
  kind: keyof BenefitAmounts,
  rows: readonly NodeRow[],
  nodes: readonly number[],
  benefits: ReadonlyMap<string, BenefitAmounts>,
  decimals: number,
): string | null => {
  const amounts = nodes.flatMap((node) => benefits.get(rows[node]!.id)?.[kind] ?? []);
  if (amounts.length === 0) return null;
  const sum = sumOf(amounts);
  return formatFraction(sum.n, sum.d, decimals);
};
