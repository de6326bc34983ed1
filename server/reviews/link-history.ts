import type { EntityManager } from 'typeorm';
import { chainStructure } from '../chain/chain.facts.js';
import type { NodeRow } from '../chain/chain.queries.js';
import type { FrozenRecord } from '../contract/review-after.js';
import { attribute, byKind } from '../core/attribution.js';
import { equalFractions, type Fraction } from '../core/exact-amounts.js';
import {
  type Around,
  around,
  arriving,
  beside,
  comingThrough,
  type Direction,
  type LinkEvent,
  movedBy,
  otherEnds,
  type Traces,
  type WrittenLink,
} from '../core/review/link-states.js';
import type { Chain, ChainLink, Layer } from '../core/shares.js';
import type { LinksRead } from '../core/review/reads.js';
import { type Cause, type Causes, type Done, type LinkCause, ownerTypeOf } from './causes.js';
import type { Reads } from './figure-reads.js';
import { type Ground, groundWith, weightsIn } from './figures.js';
import { holdersIn, type ImportedLink, type LinkEnds, linksOf, linksOfImports } from './link-history.queries.js';
import { orGone } from './today.js';

/** How much of the entries of each record counts in a figure, by id; null where its records are no entries, or nobody knows the chain. */
type Parts = ReadonlyMap<string, Fraction> | null;

/** Of so many events the chain is worked out before and after each; of more, an event is named to all that lie on the ways of its links. */
const MOST_REPLAYED = 50;
const NONE: Fraction = { n: 0n, d: 1n };
/** Cost runs by the one, value by the other. */
const DIRECTIONS: Readonly<Record<string, readonly Direction[]>> = {
  investment_cost: ['allocation'],
  benefit_value: ['contribution'],
};

/** What was done to links that made more or less of a record count, the earliest first. */
type LinksOf = (record: FrozenRecord) => readonly Cause[];
/** What of its links an event changed so that more or less of a record counts: shares, or that they are there. */
type Moved = Direction | 'there';
/** By the id of a record and the type of what it holds. */
type Moves = (id: string, type: string) => readonly Moved[];
const NO_AMOUNTS: ReadonlyMap<string, string> = new Map();

/** What was done to the links of the chain since a review was frozen, and which records it made count for more or less. */
export class LinkHistory {
  private readonly ids: ReadonlyMap<string, string>;
  private readonly told = new Map<string, Promise<LinksOf>>();
  private readonly layers: ReadonlyMap<string, Layer>;
  private readonly holders = new Map<string, Promise<ReadonlySet<string>>>();
  private readonly traces = new Map<ReadonlySet<string>, Map<Chain, Map<string, Traces>>>();
  /** By chain: what weights are read from besides is read once for all figures. */
  private readonly grounds = new WeakMap<Chain, Ground>();

  private constructor(
    private readonly causes: Causes,
    private readonly nodes: readonly NodeRow[],
    private readonly events: readonly Around[],
    /** What links are called, by the ids of their ends. */
    private readonly names: ReadonlyMap<string, string>,
  ) {
    this.ids = new Map(nodes.map(({ type, code, id }) => [nameOf(type, code), id]));
    this.layers = new Map(nodes.map(({ type, id }) => [id, type]));
  }

  static async since(manager: EntityManager, causes: Causes): Promise<LinkHistory> {
    const imported = await linksOfImports(
      manager,
      causes.linkCauses.flatMap(({ importId }) => importId ?? []),
    );
    const ids = [...causes.linkCauses.flatMap(({ id }) => id ?? []), ...imported.map(({ id }) => id)];
    if (ids.length === 0) return new LinkHistory(causes, [], [], new Map());
    const ends = new Map((await linksOf(manager, ids)).map((link) => [link.id, link]));
    const { rows, chain } = await chainStructure(manager);
    const known = new Set(rows.map(({ id }) => id));
    // A record that is archived since had links before.
    const gone = [...ends.values()].flatMap(nodesOf).filter(({ id }) => !known.has(id) && known.add(id));
    const events = causes.linkCauses.flatMap((cause) => eventOf(cause, imported, ends));
    const nodes = [...rows, ...gone];
    const replayed = events.length <= MOST_REPLAYED;
    return new LinkHistory(
      causes,
      nodes,
      replayed ? around(nodes, chain.links, events) : beside(nodes, chain.links, events),
      new Map([...ends.values()].map(({ from, to, fromCode, toCode }) => [`${from} ${to}`, `${fromCode} → ${toCode}`])),
    );
  }

  /**
   * Tells of records behind a figure what was done to links that made more or less of them count in it, the earliest first.
   * @param ground in the quarter of the review
   */
  behind(ground: Ground, key: string, reads: Reads): Promise<LinksOf> {
    const known = this.told.get(key) ?? this.tell(ground, key, reads);
    this.told.set(key, known);
    return known;
  }

  private async tell(ground: Ground, key: string, reads: Reads): Promise<LinksOf> {
    const moves: { done: readonly Done[]; moves: Moves }[] = [];
    if (this.events.length === 0 || reads.links === null) return () => [];
    const holders = await this.holdersIn(ground.context.manager, reads);
    let after = await this.partsIn(ground, key, this.events.at(-1)?.after ?? null);
    if (after === 'whole') return () => [];
    for (const each of [...this.events].reverse()) {
      const before = await this.partsIn(ground, key, each.before);
      if (before === 'whole') return () => [];
      moves.unshift({
        done: this.named(each),
        moves: isExact(each) && before && after ? inWeight(before, after) : this.atNodes(each, reads.links, holders),
      });
      after = before;
    }
    return (record) => {
      const id = this.ids.get(nameOf(ownerTypeOf(record.type), record.code));
      if (id === undefined) return [];
      return moves.flatMap((each): Cause[] => {
        const moved = each.moves(id, record.type);
        const isTold = ({ name }: Done): boolean =>
          name === null ? moved.length > 0 : moved.some((share) => share === name);
        return each.done.filter(isTold).map(({ cause, of }) => ({ ...cause, of }));
      });
    };
  }

  /** What the event did, and to which link; of an import, which writes many, its record is told alone. */
  private named({ event: { seq, links } }: Around): Done[] {
    const [link] = links;
    const of = links.length === 1 && link ? this.names.get(`${link.from} ${link.to}`) : undefined;
    return this.causes.ofLinks(seq).map((done) => (of === undefined ? done : { ...done, of }));
  }

  /** What of an event moved the records of a list: what arrives at them, where what they spend comes through to, or that they are linked. */
  private atNodes(each: Around, links: LinksRead, holders: ReadonlySet<string>): Moves {
    const shares = links.shares.map((share) => [share, this.movedIn(each, share, links.upTo, holders)] as const);
    const ends = new Set(
      otherEnds(each).flatMap(({ from, to }) =>
        links.there.some((layer) => layer === this.layers.get(from)) ? [from, to] : [],
      ),
    );
    return (id, type) => [
      ...shares.flatMap(([share, moved]) => {
        // What is entered comes from nowhere: more or less of it counts where its ways are others.
        const isEntered = DIRECTIONS[type]?.includes(share);
        return (isEntered ? movedBy(each, share) : moved).has(id) ? share : [];
      }),
      ...(ends.has(id) ? (['there'] as const) : []),
    ];
  }

  private movedIn(
    each: Around,
    share: Direction,
    upTo: Layer | null,
    holders: ReadonlySet<string>,
  ): ReadonlySet<string> {
    const { before, after } = each;
    // What the links were is known to nobody: all that lies on their ways.
    if (!before || !after || !isExact(each)) return movedBy(each, share);
    const traces = (chain: Chain): Traces =>
      this.known(chain, `${share} ${upTo}`, holders, () =>
        upTo === null ? arriving(chain, share, holders) : comingThrough(chain, upTo),
      );
    const [was, is] = [traces(before), traces(after)];
    return new Set(this.nodes.flatMap(({ id }, at) => (equalFractions(was(at), is(at)) ? [] : id)));
  }

  /** Traces of a chain, which is the one after an event and the one before the next. */
  private known(chain: Chain, name: string, holders: ReadonlySet<string>, make: () => Traces): Traces {
    const ofHolders = this.traces.get(holders) ?? new Map<Chain, Map<string, Traces>>();
    this.traces.set(holders, ofHolders);
    const found = ofHolders.get(chain) ?? new Map<string, Traces>();
    ofHolders.set(chain, found);
    if (!found.has(name)) found.set(name, make());
    return found.get(name)!;
  }

  /** Who holds amounts of the months that a figure reads. */
  private holdersIn(manager: EntityManager, { from, to }: Reads): Promise<ReadonlySet<string>> {
    const key = `${from} ${to}`;
    const found = this.holders.get(key) ?? holdersIn(manager, from, to).then((ids) => new Set(ids));
    this.holders.set(key, found);
    return found;
  }

  /** `whole` of a figure whose entries count as a whole, whatever the links are. */
  private async partsIn(ground: Ground, key: string, chain: Chain | null): Promise<Parts | 'whole'> {
    if (chain === null) return null;
    const weights = await orGone(weightsIn(this.groundOf(ground, chain), key), null);
    if (weights === null || weights === 'whole') return weights;
    return new Map(this.nodes.map(({ id }, at) => [id, { n: weights.numerators[at] ?? 0n, d: weights.denominator }]));
  }

  private groundOf(ground: Ground, chain: Chain): Ground {
    const known = this.grounds.get(chain);
    if (known) return known;
    const whole = attribute(chain, { cost: NO_AMOUNTS, values: byKind(() => NO_AMOUNTS) });
    const made = groundWith(ground, { rows: this.nodes, whole });
    this.grounds.set(chain, made);
    return made;
  }
}

const nameOf = (type: string, code: string): string => `${type} ${code.toLowerCase()}`;

const nodesOf = ({ from, to, fromType, toType, fromCode, toCode }: LinkEnds): NodeRow[] =>
  [
    { id: from, type: fromType, code: fromCode },
    { id: to, type: toType, code: toCode },
  ].map((node) => ({ ...node, name: node.code, owner: null, portfolio: null }));

/** What an event wrote of links, with what they were before it. */
const eventOf = (
  { seq, id, importId, action, before }: LinkCause,
  imported: readonly ImportedLink[],
  ends: ReadonlyMap<string, LinkEnds>,
): LinkEvent[] => {
  const written = ((): { id: string; was: Partial<ChainLink> | null | undefined }[] => {
    // What an import had made of a link is kept nowhere, once it is reverted.
    if (importId !== null)
      return imported
        .filter((link) => link.importId === importId)
        .map((link) => ({ id: link.id, was: action === 'imported' ? link.was : undefined }));
    const isNew = before === null || action === 'restored';
    return id === null ? [] : [{ id, was: isNew ? null : (before as Partial<ChainLink>) }];
  })();
  const links = written.flatMap(({ id: link, was }): WrittenLink[] => {
    const found = ends.get(link);
    if (!found) return [];
    const { from, to } = found;
    const shares = was && (['allocation', 'contribution'] as const).filter((share) => was[share] !== undefined);
    return [
      { from, to, before: shares ? Object.fromEntries(shares.map((share) => [share, was[share]])) : (was as null) },
    ];
  });
  return links.length === 0 ? [] : [{ seq, links }];
};

/** Whether what the event wrote is known: then weights tell to the last digit what it moved. */
const isExact = ({ event }: Around): boolean => event.links.every(({ before }) => before !== undefined);

const inWeight =
  (before: NonNullable<Parts>, after: NonNullable<Parts>): Moves =>
  (id, type) =>
    equalFractions(before.get(id) ?? NONE, after.get(id) ?? NONE)
      ? []
      : (DIRECTIONS[type] ?? ['allocation', 'contribution']);
