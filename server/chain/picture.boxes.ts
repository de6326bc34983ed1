import type { Fraction } from '../core/exact-amounts.js';
import type { Layer } from '../contract/chain.js';
import { LAYERS } from '../core/shares.js';
import type { View } from './view.js';

/** Above these the smaller records of a layer share a box. Boxes of spend that does not reach a layer are not counted, nor are their links. */
const MOST_BOXES = 40;
const MOST_LINKS = 60;
/** In one layer: more would make the picture higher than a screen. */
const MOST_IN_LAYER = 12;
/** Even where a layer is shown one by one. */
const MOST_EXPANDED = 200;

/** Which records have a box of their own. */
export interface Boxes {
  /** By node: it is in the picture, because spend goes through it. */
  readonly isDrawn: Uint8Array;
  /** By node: it has a box of its own; a record that is drawn without one is in its layer's box of smaller records. */
  readonly isOwn: Uint8Array;
}

/**
 * Chooses the boxes: all records, or the largest of each layer, as many as the picture holds.
 *
 * @param min records that less spend reaches go to the smaller ones
 * @param expanded layers that are shown one by one all the same
 */
export const boxesOf = (view: View, min: Fraction | null, expanded: ReadonlySet<Layer>): Boxes => {
  const isDrawn = drawn(view);
  const ranked = LAYERS.map((_, layer) => ranking(view, isDrawn, layer));
  const large = ranked.map((nodes) => nodes.filter((node) => min === null || !isBelow(view, node, min)));
  const boxes = { isDrawn, isOwn: new Uint8Array(isDrawn.length) };
  for (let room = MOST_IN_LAYER; room >= 1; room -= 1) {
    const kept = large.map((nodes, layer) => nodes.slice(0, fitting(nodes.length, ranked[layer]!.length, room)));
    const count = kept.reduce((sum, nodes, l) => sum + nodes.length + Number(nodes.length < ranked[l]!.length), 0);
    if (count > MOST_BOXES) continue;
    boxes.isOwn.fill(0);
    for (const node of kept.flat()) boxes.isOwn[node] = 1;
    if (isWithin(view, boxes, MOST_LINKS)) break;
  }
  for (const layer of expanded)
    for (const node of ranked[LAYERS.indexOf(layer)]!.slice(0, MOST_EXPANDED)) boxes.isOwn[node] = 1;
  return boxes;
};

/** How many of the large records of a layer have a box, where the layer has room for so many boxes: all, or one fewer and the rest together. */
const fitting = (large: number, all: number, room: number): number => {
  if (all <= room) return large;
  return Math.min(large, room - 1);
};

/** Records that have cost, or a link that carries some (costs of both signs may cancel out). */
const drawn = ({ chain, cost, linkCost }: View): Uint8Array => {
  const isDrawn = Uint8Array.from(cost, (amount) => Number(amount !== 0n));
  linkCost.forEach((amount, link) => {
    if (amount !== 0n) isDrawn[chain.from[link]!] = isDrawn[chain.to[link]!] = 1;
  });
  return isDrawn;
};

/** The records of a layer that are drawn, the widest first. */
const ranking = ({ chain, cost }: View, isDrawn: Uint8Array, layer: number): number[] => {
  const size = (node: number): bigint => (cost[node]! < 0n ? -cost[node]! : cost[node]!);
  return chain.nodesByLayer[layer]!.filter((node) => isDrawn[node]).sort((a, b) => {
    const [one, other] = [size(a), size(b)];
    return one === other ? a - b : one > other ? -1 : 1;
  });
};

const isBelow = ({ cost, denominator }: View, node: number, min: Fraction): boolean =>
  cost[node]! * min.d < min.n * denominator;

/** Whether the links between boxes, those into one box of smaller records taken as one, are at most so many. */
const isWithin = ({ chain, linkCost }: View, { isOwn }: Boxes, most: number): boolean => {
  const pairs = new Set<number>();
  for (let link = 0; link < linkCost.length; link += 1) {
    if (linkCost[link] === 0n) continue;
    pairs.add(pairOf(chain.from[link]!, chain.to[link]!, isOwn, chain.boundaryOf[link]!));
    if (pairs.size > most) return false;
  }
  return true;
};

/** One number for a pair of boxes; that of smaller records stands for its layer. */
const pairOf = (from: number, to: number, isOwn: Uint8Array, layer: number): number => {
  const one = isOwn[from] ? LAYERS.length + from : layer;
  const other = isOwn[to] ? LAYERS.length + to : layer + 1;
  return one * (isOwn.length + LAYERS.length) + other;
};
