import { LAYERS } from '../contract/chain.js';
import { put } from '../contract/grouped.js';
import type { FrozenRecord } from '../contract/review-after.js';
import type { ChainWays } from '../core/review/chain-ways.js';
import { type Causes, type Done, ownerOf, ownerTypeOf } from './causes.js';
import type { Reads } from './figure-reads.js';

/** Amounts of months. */
const AMOUNTS = ['benefit_value', 'investment_cost'];
const isLayer = (type: string): boolean => (LAYERS as readonly string[]).includes(type);

/** What was done since a review was frozen that can have moved a figure, or a record behind it. */
export class PossibleCauses {
  private pool: readonly Done[] | undefined;
  /** Of the pool what was done to a record of the chain, by that record. */
  private readonly owned = new Map<string, Done[]>();
  private readonly elsewhere: Done[] = [];
  private readonly rates: Done[] = [];

  constructor(
    private readonly causes: Causes,
    private readonly reads: Reads,
    private readonly ways: ChainWays,
    /** Of benefits, by their owner keys: those of one kind move each other where the figure is mixed. */
    private readonly kinds: ReadonlyMap<string, string> = new Map(),
  ) {}

  get readsLinks(): boolean {
    return this.reads.types.has('link');
  }

  /** Whether it is of a kind that says which records count in the figure, and nothing of their amounts. */
  decides({ type }: Done): boolean {
    return this.reads.deciding.has(type);
  }

  /** What may have made any of the records count that did not, whichever it was done to. */
  deciding(): readonly Done[] {
    return this.all().filter((done) => this.decides(done));
  }

  /** Whether it is of a kind, a field and a month that the figure reads, and not undone since. */
  mayMove(done: Done): boolean {
    return this.isRead(done) && !this.causes.isUndone(done);
  }

  private isRead({ type, code, month, name }: Done): boolean {
    const { types, fields, settings, thresholds, links } = this.reads;
    if (type === 'settings') return name === null || settings.has(name);
    if (!types.has(type)) return false;
    if (type === 'sign_thresholds') return name === null || thresholds.has(name);
    if (type === 'link') return links !== null && (name === null || links.shares.some((share) => share === name));
    if (type === 'exchange_rate')
      return code === null || month === null || (this.isInMonths(month) && this.holders(code, month).length > 0);
    if (AMOUNTS.includes(type))
      return (month === null || this.isInMonths(month)) && (name === null || fields === null || fields.has(name));
    return name === null || !this.reads.unread.has(name);
  }

  /** All that may have moved the figure, the earliest first. */
  all(): readonly Done[] {
    if (this.pool) return this.pool;
    this.pool = this.causes.all.filter((done) => this.mayMove(done));
    for (const done of this.pool) {
      const { type, code } = done;
      const isOwned = code !== null && isLayer(ownerTypeOf(type));
      if (type === 'exchange_rate') this.rates.push(done);
      else if (isOwned) put(this.owned, ownerOf(type, code), done);
      else if (type !== 'link') this.elsewhere.push(done);
    }
    return this.pool;
  }

  /** What was done to no record of the chain, a setting or a ranking: on no way, it may have moved any record. */
  anywhere(): readonly Done[] {
    this.all();
    return this.elsewhere;
  }

  /**
   * What may have moved a record that others flow into: what was done to those that lie on its ways, to rates that convert their amounts, and beside
   * all records. Links tell themselves what they moved. Of what is no record of the chain, a priority or an input as a whole, all.
   */
  beside({ type, code }: FrozenRecord): readonly Done[] {
    const all = this.all();
    if (!isLayer(type)) return all;
    const owner = ownerOf(type, code);
    const through = this.ways.through(owner);
    const owned =
      through.size < this.owned.size
        ? [...through].flatMap((each) => this.owned.get(each) ?? [])
        : [...this.owned].flatMap(([each, done]) => (through.has(each) ? done : []));
    const rates = this.rates.filter(
      ({ code: currency, month }) =>
        currency === null || month === null || this.holders(currency, month).some((each) => through.has(each)),
    );
    return [...new Set([...owned, ...rates, ...this.elsewhere, ...this.ofItsKind(owner)])];
  }

  /** Earlier values of records of the same kind, and what converts them, where these move the record. */
  private ofItsKind(owner: string): Done[] {
    const { mixedTo } = this.reads;
    const kind = this.kinds.get(owner);
    const isOfIt = (each: string): boolean => kind === undefined || this.kinds.get(each) === kind;
    if (mixedTo === null) return [];
    return this.all().filter(({ type, code, month }) => {
      if (month === null || month >= mixedTo || code === null) return false;
      return type === 'exchange_rate' ? this.holders(code, month).some(isOfIt) : isOfIt(ownerOf(type, code));
    });
  }

  private isInMonths(month: string): boolean {
    const { from, to } = this.reads;
    return (from === null || month >= from) && (to === null || month < to);
  }

  /** Owners of amounts that the figure reads and a rate converts. */
  private holders(currency: string, month: string): string[] {
    return this.causes
      .holders(currency, month)
      .flatMap(({ type, code }) => (this.reads.types.has(type) ? ownerOf(type, code) : []));
  }
}
