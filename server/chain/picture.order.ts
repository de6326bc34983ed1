import type { Chain } from '../core/shares.js';
import type { NodeRow } from './chain.queries.js';
import { compareCodes } from './codes.js';

/**
 * Where each record stands in its layer, from top to bottom, by node index. It rests on links and codes only, never on amounts or the period, so
 * that a record keeps its place: investments by portfolio and code (those without a portfolio last), later layers in the order in which one first
 * comes upon them walking down, records that nothing leads to last, by code.
 *
 * @param rows in the order of `chain.nodes`: by layer, then by code
 */
export const standingOrder = (rows: readonly NodeRow[], chain: Chain): Int32Array => {
  const place = new Int32Array(chain.nodes.length);
  let order = [...chain.nodesByLayer[0]!].sort((a, b) => {
    const [one, other] = [rows[a]!.portfolio, rows[b]!.portfolio];
    if (one === null || other === null) return Number(one === null) - Number(other === null) || a - b;
    return compareCodes(one, other) || a - b;
  });
  chain.nodesByLayer.forEach((nodes, layer) => {
    if (layer > 0) order = firstSeen(order, childrenOf(chain, layer - 1), nodes);
    order.forEach((node, position) => (place[node] = position));
  });
  return place;
};

const firstSeen = (
  parents: readonly number[],
  children: ReadonlyMap<number, readonly number[]>,
  all: readonly number[],
): number[] => {
  const seen = new Set<number>();
  for (const parent of parents) for (const child of children.get(parent) ?? []) seen.add(child);
  for (const node of all) seen.add(node);
  return [...seen];
};

/** Where the links of a boundary lead from each record, by code. */
const childrenOf = (chain: Chain, boundary: number): Map<number, number[]> => {
  const children = new Map<number, number[]>();
  for (const link of chain.linksByBoundary[boundary]!) {
    const from = chain.from[link]!;
    const known = children.get(from);
    if (known) known.push(chain.to[link]!);
    else children.set(from, [chain.to[link]!]);
  }
  for (const list of children.values()) list.sort((a, b) => a - b);
  return children;
};
