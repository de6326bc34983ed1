import type { NodeRow } from '../chain/chain.queries.js';
import { equalFractions } from '../core/exact-amounts.js';
import {
  type Around,
  arriving,
  comingThrough,
  type Direction,
  movedBy,
  otherEnds,
  type Traces,
} from '../core/review/link-states.js';
import type { LinksRead } from '../core/review/reads.js';
import type { Chain, Layer } from '../core/shares.js';
import { Breather } from './breather.js';

/** What of its links an event changed so that more or less of a record counts: shares, or that they are there. */
export type Moved = Direction | 'there';
/** By the id of a record and the type of what it holds. */
export type Moves = (id: string, type: string) => readonly Moved[];

/** Cost runs by the one, value by the other. */
const DIRECTIONS: Readonly<Record<string, readonly Direction[]>> = {
  investment_cost: ['allocation'],
  benefit_value: ['contribution'],
};
const NOTHING: readonly Moved[] = [];

/** Whether what the event wrote is known: then weights tell to the last digit what it moved. */
export const isExact = ({ event }: Around): boolean => event.links.every(({ before }) => before !== undefined);

/** What moved entries: all whose weight in the figure is another. */
export const inWeight =
  (other: ReadonlySet<string>): Moves =>
  (id, type) =>
    other.has(id) ? (DIRECTIONS[type] ?? ['allocation', 'contribution']) : NOTHING;

/** Which nodes of the chain each event on links moved. What is worked out for one figure is not worked out again for the next. */
export class LinkMoves {
  private readonly layers: ReadonlyMap<string, Layer>;
  private readonly onWays = new Map<Direction, readonly ReadonlySet<string>[]>();
  private readonly inLists = new Map<ReadonlySet<string>, Map<string, readonly ReadonlySet<string>[]>>();
  private ends: readonly (readonly string[])[] | undefined;

  constructor(
    private readonly nodes: readonly NodeRow[],
    /** The earliest first. */
    private readonly events: readonly Around[],
  ) {
    this.layers = new Map(nodes.map(({ type, id }) => [id, type]));
  }

  /**
   * By event what moved the records of a list: what arrives at them, where what they spend comes through to, or that they are linked.
   * @param holders of amounts of the months that the figure reads
   */
  async inList({ shares, there, upTo }: LinksRead, holders: ReadonlySet<string>): Promise<readonly Moves[]> {
    const entered = new Map<Direction, readonly ReadonlySet<string>[]>();
    const listed = new Map<Direction, readonly ReadonlySet<string>[]>();
    for (const share of shares) {
      entered.set(share, await this.byWays(share));
      listed.set(share, await this.bySums(share, upTo, holders));
    }
    const ends = there.length === 0 ? null : this.byEnds().map((all) => new Set(this.beginningAt(all, there)));
    return this.events.map((_, at): Moves => (id, type) => [
      ...shares.filter((share) => {
        // What is entered comes from nowhere: more or less of it counts where its ways are others.
        const isEntered = DIRECTIONS[type]?.includes(share);
        return (isEntered ? entered : listed).get(share)![at]!.has(id);
      }),
      ...(ends?.[at]!.has(id) ? (['there'] as const) : []),
    ]);
  }

  private async byWays(share: Direction): Promise<readonly ReadonlySet<string>[]> {
    const known = this.onWays.get(share);
    if (known) return known;
    const found = await this.ofEach((each) => movedBy(each, share));
    this.onWays.set(share, found);
    return found;
  }

  private async bySums(
    share: Direction,
    upTo: Layer | null,
    holders: ReadonlySet<string>,
  ): Promise<readonly ReadonlySet<string>[]> {
    const ofHolders = this.inLists.get(holders) ?? new Map<string, readonly ReadonlySet<string>[]>();
    this.inLists.set(holders, ofHolders);
    const known = ofHolders.get(`${share} ${upTo}`);
    if (known) return known;
    const tracesOf = (chain: Chain): Traces =>
      upTo === null ? arriving(chain, share, holders) : comingThrough(chain, upTo);
    const ways = await this.byWays(share);
    // The chain after an event is the one before the next.
    let last: { chain: Chain; traces: Traces } | null = null;
    const found = await this.ofEach((each, at) => {
      const { before, after } = each;
      // What the links were is known to nobody: all that lies on their ways.
      if (!before || !after || !isExact(each)) return ways[at]!;
      const was = last?.chain === before ? last.traces : tracesOf(before);
      last = { chain: after, traces: tracesOf(after) };
      const is = last.traces;
      return new Set(this.nodes.flatMap(({ id }, node) => (equalFractions(was(node), is(node)) ? [] : id)));
    });
    ofHolders.set(`${share} ${upTo}`, found);
    return found;
  }

  /** Ids of both ends of links that came or went, one link after the other. */
  private byEnds(): readonly (readonly string[])[] {
    this.ends ??= this.events.map((each) => otherEnds(each).flatMap(({ from, to }) => [from, to]));
    return this.ends;
  }

  private beginningAt(ends: readonly string[], layers: readonly Layer[]): string[] {
    return ends.filter((_, at) => layers.some((layer) => layer === this.layers.get(ends[at - (at % 2)]!)));
  }

  private async ofEach(
    moved: (each: Around, at: number) => ReadonlySet<string>,
  ): Promise<readonly ReadonlySet<string>[]> {
    const breather = new Breather();
    const found: ReadonlySet<string>[] = [];
    for (const [at, each] of this.events.entries()) {
      found.push(moved(each, at));
      await breather.pause();
    }
    return found;
  }
}
