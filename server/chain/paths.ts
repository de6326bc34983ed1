/**
 * Every way of money through a view: from an investment along links to where it ends. Pure, exact.
 *
 * A path ends at a benefit, or at a record that leaves cost over or leads nowhere. Paths without cost are there too: an investment that has spent
 * nothing, or a record that nothing leads to, with all that hangs on it.
 */
import { addFractions, type Fraction } from '../core/exact-amounts.js';
import { roundingTo } from '../core/minor-units.js';
import { formatFraction } from '../core/money.js';
import { type Chain, LAYERS } from '../core/shares.js';
import type { Attribution } from '../core/attribution.js';
import type { NodeRow } from './chain.queries.js';
import { compareCodes } from './codes.js';
import type { View } from './view.js';

/** One way of money. */
export interface Path {
  /** Indexes of its records from the first to the last, and of the links between them. */
  readonly nodes: readonly number[];
  readonly links: readonly number[];
  readonly cost: Fraction;
  /** The cost in minor units, rounded as it is printed: by this the list is sorted. */
  readonly units: number | bigint;
}

/** More paths than the list holds. */
export class TooManyPaths extends Error {
  override readonly name = 'TooManyPaths';
}

interface Walk {
  readonly nodes: number[];
  readonly links: number[];
}

const BENEFIT = LAYERS.length - 1;
const NOTHING = 0n;

/**
 * All paths of a view, the largest cost first, then by their records' codes.
 *
 * @param min paths that cost less are left out
 * @throws TooManyPaths above `most`
 */
export const pathsOf = (
  whole: Attribution,
  view: View,
  min: Fraction | null,
  decimals: number,
  most: number,
): Path[] => {
  const { chain } = whole;
  const { marks, full, hopeful } = view.states;
  const outgoing = linksFrom(chain);
  const hasParent = new Set(chain.to);
  const denominators = endDenominators(whole);
  const units = denominators.map((d) => {
    const rounded = roundingTo(decimals);
    return (n: bigint): number | bigint => rounded({ n, d }) ?? BigInt(formatFraction(n, d, decimals).replace('.', ''));
  });
  const found: Path[] = [];
  const isBelow = (n: bigint, d: bigint): boolean => min !== null && n * min.d < min.n * d;
  // Shares only make an amount smaller, so that nothing below a record can reach what the record itself does not.
  const prunes = min !== null && min.n > 0n;

  const end = (walk: Walk, n: bigint, layer: number): void => {
    const d = denominators[layer]!;
    if (isBelow(n, d)) return;
    if (found.length === most) throw new TooManyPaths();
    found.push({ nodes: [...walk.nodes], links: [...walk.links], cost: { n, d }, units: units[layer]!(n) });
  };
  const visit = (node: number, state: number, amount: bigint, walk: Walk): void => {
    const layer = chain.layerOf[node]!;
    if (prunes && isBelow(amount, arrivalDenominator(denominators, layer, chain))) return;
    walk.nodes.push(node);
    const links = outgoing[node]!;
    if (state === full) {
      const left = chain.allocation.leftOver[node]!;
      if (layer === BENEFIT) end(walk, amount, layer);
      else if (links.length === 0 || (left !== 0n && amount !== 0n)) end(walk, amount * left, layer);
    }
    for (const link of links) {
      const to = chain.to[link]!;
      const next = state | marks[to]!;
      if (!(hopeful[to]! & (1 << next))) continue;
      walk.links.push(link);
      visit(to, next, amount * chain.allocation.ofLink[link]!, walk);
      walk.links.pop();
    }
    walk.nodes.pop();
  };
  for (let node = 0; node < chain.nodes.length; node += 1) {
    if (hasParent.has(node) || !(hopeful[node]! & (1 << marks[node]!))) continue;
    const cost = chain.layerOf[node] === 0 ? whole.cost.at(node)!.n : NOTHING;
    visit(node, marks[node]!, cost, { nodes: [], links: [] });
  }
  // They were found in the order of their codes, and sorting keeps it among equals.
  return found.sort((a, b) => (a.units === b.units ? 0 : a.units > b.units ? -1 : 1));
};

/** The exact sum of the costs. */
export const costOf = (paths: readonly Path[]): Fraction => {
  const sums = new Map<bigint, bigint>();
  for (const { cost } of paths) sums.set(cost.d, (sums.get(cost.d) ?? 0n) + cost.n);
  let sum: Fraction = { n: 0n, d: 1n };
  for (const [d, n] of sums) sum = addFractions(sum, { n, d });
  return sum;
};

/** By the layer in which a path ends: what its cost stands over. */
const endDenominators = ({ chain, cost }: Attribution): bigint[] => {
  let d = cost.total(0).d;
  return LAYERS.map((_, layer) => (d *= chain.allocation.denominators[layer] ?? 1n));
};

const arrivalDenominator = (ends: readonly bigint[], layer: number, { allocation }: Chain): bigint =>
  ends[layer]! / (allocation.denominators[layer] ?? 1n);

/** By node: its outgoing links, by the code of where they lead. */
const linksFrom = ({ nodes, from, to }: Chain): number[][] => {
  const links: number[][] = nodes.map(() => []);
  from.forEach((node, link) => links[node]!.push(link));
  for (const list of links) if (list.length > 1) list.sort((a, b) => to[a]! - to[b]!);
  return links;
};

/** Where a page of paths ended: cost in minor units, then the layer of the first record and the codes of all. */
export type PathPlace = readonly [units: string, layer: number, ...codes: string[]];

export const placeOf = (path: Path, rows: readonly NodeRow[]): PathPlace => [
  String(path.units),
  LAYERS.indexOf(rows[path.nodes[0]!]!.type),
  ...path.nodes.map((node) => rows[node]!.code),
];

/** Whether a path comes after a place, in the order of the list. */
export const isAfter = (path: Path, rows: readonly NodeRow[], [units, layer, ...codes]: PathPlace): boolean => {
  const size = BigInt(units);
  if (BigInt(path.units) !== size) return BigInt(path.units) < size;
  const first = LAYERS.indexOf(rows[path.nodes[0]!]!.type);
  if (first !== layer) return first > layer;
  for (const [index, node] of path.nodes.entries()) {
    if (index === codes.length) return true;
    const order = compareCodes(rows[node]!.code, codes[index]!);
    if (order !== 0) return order > 0;
  }
  return false;
};
