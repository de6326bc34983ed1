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

const BENEFIT = LAYERS.length - 1;
/** First record, number of links, links. */
const STEPS = 2 + BENEFIT;

/** Paths, the largest cost first, then by their records' codes. There may be very many, so each is kept as a few integers until it is asked for. */
export class PathList {
  private readonly steps: number[] = [];
  private readonly units: (number | bigint)[] = [];
  private readonly sums = LAYERS.map(() => 0n);
  private readonly roundings: ((n: bigint) => number | bigint)[];
  private order = new Uint32Array(0);

  constructor(
    private readonly whole: Attribution,
    /** By the layer in which a path ends: what its cost stands over. */
    private readonly denominators: readonly bigint[],
    private readonly decimals: number,
  ) {
    this.roundings = denominators.map((d) => {
      const rounded = roundingTo(decimals);
      return (n) => rounded({ n, d }) ?? BigInt(formatFraction(n, d, decimals).replace('.', ''));
    });
  }

  get total(): number {
    return this.units.length;
  }

  /** The exact sum of the costs. */
  get cost(): Fraction {
    let sum: Fraction = { n: 0n, d: 1n };
    this.sums.forEach((n, layer) => (sum = addFractions(sum, { n, d: this.denominators[layer]! })));
    return sum;
  }

  /** Takes a path in; they must come in the order of their codes. */
  add(first: number, links: readonly number[], n: bigint, layer: number): void {
    this.steps.push(first, links.length);
    for (let index = 0; index < BENEFIT; index += 1) this.steps.push(links[index] ?? -1);
    this.units.push(this.roundings[layer]!(n));
    this.sums[layer]! += n;
  }

  /** To be called once, when all are in. */
  sorted(): this {
    const { units } = this;
    this.order = Uint32Array.from(units.keys()).sort((a, b) => {
      const [one, other] = [units[a]!, units[b]!];
      return one > other ? -1 : one < other ? 1 : a - b;
    });
    return this;
  }

  /** Paths from one position up to another, which is not included. */
  slice(start: number, end: number): Path[] {
    return Array.from(this.order.subarray(start, end), (index) => this.path(index));
  }

  /** The position of the first path after a place where a page ended; `total` where there is none. */
  positionAfter(place: PathPlace, rows: readonly NodeRow[]): number {
    let [low, high] = [0, this.total];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isAfter(this.path(this.order[middle]!), rows, place)) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  private path(index: number): Path {
    const { chain, cost } = this.whole;
    const [first, count] = [this.steps[index * STEPS]!, this.steps[index * STEPS + 1]!];
    const links = this.steps.slice(index * STEPS + 2, index * STEPS + 2 + count);
    const nodes = [first, ...links.map((link) => chain.to[link]!)];
    const layer = chain.layerOf[nodes.at(-1)!]!;
    let n = chain.layerOf[first] === 0 ? cost.at(first)!.n : 0n;
    for (const link of links) n *= chain.allocation.ofLink[link]!;
    if (layer < BENEFIT) n *= chain.allocation.leftOver[nodes.at(-1)!]!;
    return { nodes, links, cost: { n, d: this.denominators[layer]! }, units: this.units[index]! };
  }
}

/**
 * All paths of a view.
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
): PathList => {
  const { chain } = whole;
  const { marks, full, hopeful } = view.states;
  const outgoing = linksFrom(chain);
  const hasParent = new Set(chain.to);
  const denominators = endDenominators(whole);
  const arrivals = denominators.map((d, layer) => d / (chain.allocation.denominators[layer] ?? 1n));
  const found = new PathList(whole, denominators, decimals);
  const isBelow = (n: bigint, d: bigint): boolean => min !== null && n * min.d < min.n * d;
  // Shares only make an amount smaller, so that nothing below a record can reach what the record itself does not.
  const prunes = min !== null && min.n > 0n;
  const links: number[] = [];

  const end = (first: number, n: bigint, layer: number): void => {
    if (isBelow(n, denominators[layer]!)) return;
    if (found.total === most) throw new TooManyPaths();
    found.add(first, links, n, layer);
  };
  const visit = (first: number, node: number, state: number, amount: bigint): void => {
    const layer = chain.layerOf[node]!;
    if (prunes && isBelow(amount, arrivals[layer]!)) return;
    const next = outgoing[node]!;
    if (state === full) {
      const left = chain.allocation.leftOver[node]!;
      if (layer === BENEFIT) end(first, amount, layer);
      else if (next.length === 0 || (left !== 0n && amount !== 0n)) end(first, amount * left, layer);
    }
    for (const link of next) {
      const to = chain.to[link]!;
      const then = state | marks[to]!;
      if (!(hopeful[to]! & (1 << then))) continue;
      links.push(link);
      visit(first, to, then, amount * chain.allocation.ofLink[link]!);
      links.pop();
    }
  };
  for (let node = 0; node < chain.nodes.length; node += 1) {
    if (hasParent.has(node) || !(hopeful[node]! & (1 << marks[node]!))) continue;
    visit(node, node, marks[node]!, chain.layerOf[node] === 0 ? whole.cost.at(node)!.n : 0n);
  }
  return found.sorted();
};

const endDenominators = ({ chain, cost }: Attribution): bigint[] => {
  let d = cost.total(0).d;
  return LAYERS.map((_, layer) => (d *= chain.allocation.denominators[layer] ?? 1n));
};

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
const isAfter = (path: Path, rows: readonly NodeRow[], [units, layer, ...codes]: PathPlace): boolean => {
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
