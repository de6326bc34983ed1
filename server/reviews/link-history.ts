import type { EntityManager } from 'typeorm';
import { chainStructure } from '../chain/chain.facts.js';
import type { NodeRow } from '../chain/chain.queries.js';
import type { FrozenRecord } from '../contract/review-after.js';
import { attribute, byKind } from '../core/attribution.js';
import { type Around, backwards, type LinkEvent, type WrittenLink } from '../core/review/link-states.js';
import type { Chain, ChainLink } from '../core/shares.js';
import type { Weights } from '../core/weights.js';
import { Breather } from './breather.js';
import { type Cause, type Causes, type Done, type LinkCause, ownerTypeOf } from './causes.js';
import type { Reads } from './figure-reads.js';
import { askedOf, type Ground, groundsOf, weightsIn } from './figures.js';
import { holdersIn, type ImportedLink, type LinkEnds, linksOf, linksOfImports } from './link-history.queries.js';
import { inWeight, isExact, LinkMoves, type Moves } from './link-moves.js';
import { orGone } from './today.js';

/** So much work goes into what links were: of more events than it suffices for, the earlier are named to all that lie on the ways of their links. */
const MOST_WORK = 1_000_000;
/** What was done to links that made more or less of a record count, the earliest first. */
type LinksOf = (record: FrozenRecord) => readonly Cause[];
const NO_AMOUNTS: ReadonlyMap<string, string> = new Map();
type Asked = ReturnType<typeof askedOf>;
const NONE: LinksOf = () => [];

/** What was done to the links of the chain since a review was frozen, and which records it made count for more or less. */
export class LinkHistory {
  private readonly ids: ReadonlyMap<string, string>;
  private readonly told = new Map<string, Promise<LinksOf>>();
  private readonly holders = new Map<string, Promise<ReadonlySet<string>>>();
  /** What each event did, as it is told. */
  private readonly done: readonly (readonly Done[])[];
  private readonly moves: LinkMoves;
  /** By chain: what weights are read from besides is read once for all figures. */
  private readonly grounds = new WeakMap<Chain, Ground>();
  private groundWith: ReturnType<typeof groundsOf> | undefined;

  private constructor(
    causes: Causes,
    private readonly nodes: readonly NodeRow[],
    /** The earliest first. */
    private readonly events: readonly Around[],
    /** What links are called, by the ids of their ends. */
    names: ReadonlyMap<string, string>,
    /** Of so many, the last, it is worked out what each moved. */
    private readonly most: number,
  ) {
    this.ids = new Map(nodes.map(({ type, code, id }) => [nameOf(type, code), id]));
    this.moves = new LinkMoves(nodes, events);
    this.done = events.map(({ event: { seq, links } }) => {
      const [link] = links;
      // Of an import, which writes many, its record is told alone.
      const of = links.length === 1 && link ? names.get(`${link.from} ${link.to}`) : undefined;
      return causes.ofLinks(seq).map((done) => ({ ...done, cause: { ...done.cause, of: of ?? done.of } }));
    });
  }

  static async since(manager: EntityManager, causes: Causes): Promise<LinkHistory> {
    const imported = await linksOfImports(
      manager,
      causes.linkCauses.flatMap(({ importId }) => importId ?? []),
    );
    const ids = [...causes.linkCauses.flatMap(({ id }) => id ?? []), ...imported.map(({ id }) => id)];
    if (ids.length === 0) return new LinkHistory(causes, [], [], new Map(), 0);
    const ends = new Map((await linksOf(manager, ids)).map((link) => [link.id, link]));
    const { rows, chain } = await chainStructure(manager);
    const known = new Set(rows.map(({ id }) => id));
    // A record that is archived since had links before.
    const gone = [...ends.values()].flatMap(nodesOf).filter(({ id }) => !known.has(id) && known.add(id));
    const events = causes.linkCauses.flatMap((cause) => eventOf(cause, imported, ends));
    const nodes = [...rows, ...gone];
    const most = Math.floor(MOST_WORK / (nodes.length + chain.links.length));
    const breather = new Breather();
    const worked: Around[] = [];
    for (const each of backwards(nodes, chain.links, events, most)) {
      worked.push(each);
      await breather.pause();
    }
    return new LinkHistory(
      causes,
      nodes,
      worked.reverse(),
      new Map([...ends.values()].map(({ from, to, fromCode, toCode }) => [`${from} ${to}`, `${fromCode} → ${toCode}`])),
      most,
    );
  }

  /** Of how many changes of links it is not worked out what each moved, in words; null where it is of all. */
  get said(): string | null {
    const { length } = this.events;
    const loose = Math.max(0, length - this.most);
    if (loose === 0) return null;
    const [all, earliest] = [length, loose].map((count) => count.toLocaleString('en'));
    const those = loose === 1 ? 'the earliest is' : `the ${earliest} earliest are`;
    return `Of ${all} changes of links since, ${those} named wherever their links lead: what each of them moved is not worked out.`;
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
    const last = this.events.at(-1);
    if (last === undefined || reads.links === null) return NONE;
    const { links } = reads;
    const asked = askedOf(key);
    const now = await this.weightsOf(ground, asked, last.after);
    if (now === 'whole') return NONE;
    const inList = async (): Promise<readonly Moves[]> =>
      this.moves.inList(links, await this.holdersIn(ground.context.manager, reads));
    const moves = now === 'list' ? await inList() : await this.inWeight(ground, asked, now, inList);
    if (moves === 'whole') return NONE;
    const told = new Map<string, readonly Cause[]>();
    return ({ type, code }) => {
      const owner = ownerTypeOf(type);
      const id = this.ids.get(nameOf(owner, code));
      if (id === undefined) return [];
      const known = told.get(`${type} ${id}`) ?? this.toldOf(moves, id, type);
      told.set(`${type} ${id}`, known);
      return known;
    };
  }

  private toldOf(moves: readonly Moves[], id: string, type: string): readonly Cause[] {
    return moves.flatMap((each, at): Cause[] => {
      const moved = each(id, type);
      if (moved.length === 0) return [];
      const isTold = ({ name }: Done): boolean => name === null || moved.some((share) => share === name);
      return this.done[at]!.filter(isTold).map(({ cause }) => cause);
    });
  }

  /**
   * What moved the entries that count in a figure: by their weights where these are known before and after an event.
   * @param otherwise what moved them where they are not
   */
  private async inWeight(
    ground: Ground,
    asked: Asked,
    now: Weights | null,
    otherwise: () => Promise<readonly Moves[]>,
  ): Promise<readonly Moves[] | 'whole'> {
    const moves: (Moves | null)[] = [];
    const breather = new Breather();
    let after = now;
    for (const each of [...this.events].reverse()) {
      const found = await this.weightsOf(ground, asked, each.before);
      if (found === 'whole') return found;
      const before = found === 'list' ? null : found;
      moves.push(isExact(each) && before && after ? inWeight(this.otherIn(before, after)) : null);
      after = before;
      await breather.pause();
    }
    const known = moves.reverse();
    if (known.every((each) => each !== null)) return known;
    const others = await otherwise();
    return known.map((each, at) => each ?? others[at]!);
  }

  private otherIn(was: Weights, is: Weights): ReadonlySet<string> {
    const other = new Set<string>();
    for (const [at, { id }] of this.nodes.entries()) {
      const [then, now] = [was.numerators[at] ?? 0n, is.numerators[at] ?? 0n];
      if (then * is.denominator !== now * was.denominator) other.add(id);
    }
    return other;
  }

  /** Who holds amounts of the months that a figure reads. */
  private holdersIn(manager: EntityManager, { from, to }: Reads): Promise<ReadonlySet<string>> {
    const key = `${from} ${to}`;
    const found = this.holders.get(key) ?? holdersIn(manager, from, to).then((ids) => new Set(ids));
    this.holders.set(key, found);
    return found;
  }

  /** How much of the entries of each record counts; null where nobody knows the chain, or the figure is of nothing in it. */
  private async weightsOf(
    ground: Ground,
    asked: Asked,
    chain: Chain | null,
  ): Promise<Weights | 'whole' | 'list' | null> {
    return chain === null ? null : orGone(weightsIn(this.groundOf(ground, chain), asked), null);
  }

  private groundOf(ground: Ground, chain: Chain): Ground {
    const known = this.grounds.get(chain);
    if (known) return known;
    const whole = attribute(chain, { cost: NO_AMOUNTS, values: byKind(() => NO_AMOUNTS) });
    this.groundWith ??= groundsOf(ground);
    const made = this.groundWith({ rows: this.nodes, whole });
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
