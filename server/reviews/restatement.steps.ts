import { LAYERS } from '../contract/chain.js';
import type { BridgeStep, FrozenRecord } from '../contract/review-after.js';
import { fractionOf } from '../core/benefit-status.js';
import { type Fraction, minus, sizeOf } from '../core/exact-amounts.js';
import type { Change, Move, Told } from '../core/review/figure-bridge.js';
import { isCurrency } from '../core/review/printing.js';
import { enteredRatio, leavesMore, passing, rateRatio, type Ratio } from '../core/review/passing.js';
import { type Cause, type Causes, type Done, ownerTypeOf } from './causes.js';
import { isSame } from './event-changes.js';
import type { PossibleCauses } from './possible-causes.js';
import { asCauses, explains, inOrder, MOST_TOLD, mostTold, relevant, type ToldCauses, toldLinks } from './telling.js';

/** What a step of a bridge is called, and who did what. */
export interface Explained extends ToldCauses {
  readonly record: BridgeStep['record'];
}

/** What was done to links that changed the share of a record that counts in the figure, the earliest first. */
export type LinksBehind = (change: Change) => readonly Cause[];
/** What can have moved the figure; of what it is divided by, that. */
export type PossibleBehind = (divisor: string | null) => PossibleCauses;

/** One of what made a record another: where its group stands, and by how much it multiplied the amount; null where that is not known. */
interface Factor extends Pick<Told, 'group' | 'at'> {
  readonly ratio: Ratio;
}

/** Of more records behind a figure that one event changed at once one step is told: nobody reads a thousand. */
const MANY = 100;
/** Told after what has a place in the audit. */
const LAST = Number.MAX_SAFE_INTEGER;
/** Records that others flow into: cost comes down to them, value up; a priority's share hangs on the spend of all. */
const MADE_OF_OTHERS: readonly string[] = [...LAYERS, 'priority', 'none', 'figure'];

/**
 * Puts each change down to what it comes from: to events on the very record, to the exchange rate of its month, to the links that carry it, each by as
 * much as it did, in the order in which they came about; of a record that others flow into, to what was done to those. Where nothing did, to rounding
 * (printed amounts add up, so one may move by a minor unit when another changes). One book is for one figure.
 */
export class Explanations {
  private readonly known = new Map<string, Explained>();
  /** How many records behind the figure an event changed last, by its number. */
  private readonly crowds = new Map<number, number>();

  /** @param minorUnit the smallest difference of printed amounts, as decimal text; `0` where they are exact */
  constructor(
    private readonly causes: Causes,
    private readonly links: LinksBehind,
    private readonly minorUnit: string,
    private readonly possible: PossibleBehind,
  ) {}

  /** Of each change of the figure the steps in which it is told. */
  told(changes: readonly Change[]): readonly (readonly Told[])[] {
    for (const change of changes) {
      const last = this.ownOf(change).at(-1)?.cause;
      if (last) this.crowds.set(last.seq, (this.crowds.get(last.seq) ?? 0) + 1);
    }
    return changes.map((change) => this.toldOf(change));
  }

  private toldOf(change: Change): readonly Told[] {
    const { was, is } = change;
    const factors = was && is && this.factorsOf(change, was, is);
    const [first, ...more] = factors?.sort((a, b) => a.at - b.at) ?? [];
    if (!first) return [{ ...this.unfactored(change), change }];
    if (more.length === 0) return [{ ...first, change }];
    const isSplit = factors!.filter(({ ratio }) => ratio === null).length <= 1 && this.isRounded(was!, is!);
    if (!isSplit) return [{ ...this.together(factors!), change }];
    const ratios = factors!.map(({ ratio }) => ratio);
    const amounts = [was!.amount!, ...passing(was!.amount!, is!.amount!, ratios, this.minorUnit), is!.amount!];
    return factors!.map(({ group, at }, place): Told => {
      // What lies between counts once on either side, as it was entered last.
      const entered = place === 0 ? was!.entered : is!.entered;
      const part = { was: { ...was!, entered, amount: amounts[place]! }, is: { ...is!, amount: amounts[place + 1]! } };
      return { group, at, change: { ...change, ...part } };
    });
  }

  /** What a move is called, and what it comes from. */
  of({ part, group, changes, divisor }: Move): Explained {
    if (part === 'rounding') return { record: ROUNDING, causes: [], more: 0 };
    const known = group === null ? this.rest(changes, divisor) : this.known.get(group)!;
    const found = known.record.type === 'event' ? { ...known, ...this.ofMany(known, changes) } : known;
    if (divisor === null) return found;
    const { name } = found.record;
    return { ...found, record: { ...found.record, name: name === divisor ? name : `${name} · ${divisor}` } };
  }

  /** Of a record that was there and is: what made it another. */
  private factorsOf(change: Change, was: FrozenRecord, is: FrozenRecord): Factor[] {
    const factors: Factor[] = [];
    const isEntered = was.enteredUnit !== is.enteredUnit || !isSame(was.entered, is.entered) || was.entered === null;
    const own = isEntered ? this.ownOf(change) : [];
    if (isMadeOfOthers(is) && !(isEnteredIn(was) && own.length > 0 && explains(own, was, is))) return [];
    if (isEntered && (own.length > 0 || was.entered !== null))
      factors.push({
        ...(own.length > 0 ? this.byEvents(change, own) : this.byWhatIsAround(change)),
        ratio: enteredRatio(was, is),
      });
    const [ratio, rates] = [rateRatio(was, is), this.ratesOf(is)];
    if (rates.length > 0 && (ratio === null || ratio.n !== ratio.d)) factors.push({ ...this.byRate(is, rates), ratio });
    // Of a record without an amount nothing tells apart what its links did.
    if (factors.length > 0 && is.amount === null) return factors;
    if (!this.isMoreThan(was, is, factors)) return factors;
    const links = this.linksOf(change);
    return links.length === 0 ? factors : [...factors, { ...this.byLinks(links), ratio: null }];
  }

  /** Whether what is found so far leaves something to be explained. */
  private isMoreThan(was: FrozenRecord, is: FrozenRecord, factors: readonly Factor[]): boolean {
    const ratios = factors.flatMap(({ ratio }): Fraction[] => (ratio === null ? [] : [ratio]));
    if (ratios.length < factors.length || !this.isRounded(was, is)) return true;
    // Without any other, a share may have moved an amount by as little as rounding does.
    return (
      (factors.length === 0 && was.note !== is.note) || leavesMore(was.amount!, is.amount!, ratios, this.minorUnit)
    );
  }

  private isRounded(was: FrozenRecord, is: FrozenRecord): boolean {
    return this.minorUnit !== '0' && was.amount !== null && is.amount !== null;
  }

  /** A record that came or went, that others flow into, or of which nothing is known that made it another. */
  private unfactored(change: Change): Pick<Told, 'group' | 'at'> {
    const { was, is } = change;
    const record = (is ?? was)!;
    const isPrinted = was && is && this.isRounded(was, is);
    if (isPrinted && !isOtherFlow(was, is) && !leavesMore(was.amount!, is.amount!, [], this.minorUnit))
      return this.put('rounding', ROUNDING, []);
    if (isMadeOfOthers(record)) return this.byOthers(change);
    const own = was && is ? [] : this.ownOf(change);
    if (own.length > 0 && explains(own, was, is) && makes(own, change)) return this.byEvents(change, own);
    // Also a record that a share of 0 kept away, or keeps away now.
    const links = was && is ? [] : this.linksOf(change);
    if (links.length > 0 && !this.isOfMonth(own)) return this.byLinks(links);
    if (own.length > 0) return this.byEvents(change, own, links);
    const whole = this.wholeOf(change);
    return whole.length > 0 ? this.byEvents(change, whole) : this.byWhatIsAround(change);
  }

  /** A record that others flow into: all that may have moved it, as nothing tells apart by how much each did. */
  private byOthers(change: Change): Pick<Told, 'group' | 'at'> {
    const record = (change.is ?? change.was)!;
    const possible = this.possible(change.divisor);
    // Whether it counts may hang on others, and by how much it does on what flows into it.
    const isOther = isNothing(change.was?.amount ?? null) !== isNothing(change.is?.amount ?? null);
    const moves = (done: Done): boolean => isOther || !possible.decides(done);
    const own = this.ownOf(change).filter(moves);
    const last = own.at(-1);
    if (last && (this.crowds.get(last.cause.seq) ?? 0) > MANY) return this.byEvents(change, own);
    const links = this.linksOf(change);
    const beside = [...possible.beside(record).filter(moves), ...(isOther ? possible.deciding() : [])];
    if (links.length > 0 && own.length + beside.length === 0) return this.byLinks(links);
    if (own.length + beside.length === 0) return this.byWhatIsAround(change);
    const { causes, more } = mostTold(inOrder([...asCauses([...new Set([...own, ...beside])], record), ...links]));
    const told = this.put(groupOf(change), named(record), causes, more);
    return last ? { ...told, at: last.cause.seq } : told;
  }

  /** What was done to the record; where that does not make it what it is, also what was done to the one that it belongs to. */
  private ownOf(change: Change): readonly Done[] {
    const { was, is, divisor } = change;
    const record = (is ?? was)!;
    const mine = this.causes.of(record).filter((done) => this.possible(divisor).mayMove(done));
    const told = relevant(mine, was, is);
    if (record.at === null || (told.length > 0 && explains(told, was, is))) return told;
    const whole = this.wholeOf(change);
    return told.length === 0 ? relevant(whole, was, is) : [...mine, ...whole];
  }

  private wholeOf({ was, is, divisor }: Change): readonly Done[] {
    return this.causes.ofWhole((is ?? was)!).filter((done) => this.possible(divisor).mayMove(done));
  }

  private linksOf(change: Change): readonly Cause[] {
    return this.possible(change.divisor).readsLinks ? this.links(change) : [];
  }

  private isOfMonth(own: readonly Done[]): boolean {
    return own.some(({ month }) => month !== null);
  }

  /** What cannot be told apart is told at once, with all that was done. */
  private together(factors: readonly Factor[]): Pick<Told, 'group' | 'at'> {
    const found = factors.map(({ group }) => this.known.get(group)!);
    const names = found.map(({ record }) => record.name);
    const record = { ...found[0]!.record, name: names.join(', ') };
    return this.put(
      factors.map(({ group }) => group).join(' and '),
      record,
      inOrder(found.flatMap(({ causes }) => causes)),
      found.reduce((sum, { more }) => sum + more, 0),
    );
  }

  /** Where no record explains the figure: what was done to those that changed and beside them; else all that may have moved it. */
  private rest(changes: readonly Change[], divisor: string | null): Explained {
    const causes = changes.flatMap((change): readonly Cause[] => {
      const record = (change.is ?? change.was)!;
      const possible = this.possible(change.divisor);
      const beside = isMadeOfOthers(record)
        ? possible.beside(record)
        : [...this.ratesOf(record), ...possible.anywhere()];
      return [...asCauses([...new Set([...this.ownOf(change), ...beside])], null), ...this.linksOf(change)];
    });
    const all = causes.length > 0 ? causes : asCauses(this.possible(divisor).all(), null);
    return { record: REST, ...mostTold(inOrder(all)) };
  }

  private ratesOf({ enteredUnit, at }: FrozenRecord): readonly Done[] {
    return enteredUnit === null || at === null ? [] : this.causes.rate(enteredUnit, at.slice(0, 7));
  }

  private byRate(of: FrozenRecord, rates: readonly Done[]): Pick<Told, 'group' | 'at'> {
    const [code, month] = [of.enteredUnit!, of.at!.slice(0, 7)];
    const record = { type: 'exchange_rate', code, name: `Exchange rate of ${code}`, at: month };
    return this.put(`rate ${code} ${month}`, record, asCauses(rates, { ...of, ...record }));
  }

  private byLinks(links: readonly Cause[]): Pick<Told, 'group' | 'at'> {
    const { group, causes, more } = toldLinks(links);
    return this.put(group, { type: 'link', code: '', name: 'Shares of links', at: null }, causes, more);
  }

  /**
   * A record that nothing was done to: what was done to others on its ways (amounts of other months are none of its own), and where nothing was, to
   * records of the kinds that the figure is made of.
   */
  private byWhatIsAround(change: Change): Pick<Told, 'group' | 'at'> {
    const record = (change.is ?? change.was)!;
    const possible = this.possible(change.divisor);
    const onWays = possible.beside({ ...record, type: ownerTypeOf(record.type) }).filter(({ month }) => month === null);
    const { causes, more } = mostTold(asCauses(onWays.length > 0 ? onWays : possible.all(), record));
    return { ...this.put(`around ${groupOf(change)}`, named(record), causes, more), at: LAST };
  }

  private byEvents(change: Change, own: readonly Done[], links: readonly Cause[] = []): Pick<Told, 'group' | 'at'> {
    const record = (change.is ?? change.was)!;
    const { seq, action } = own.at(-1)!.cause;
    const count = this.crowds.get(seq) ?? 1;
    if (count <= MANY) {
      const { causes, more } = toldLinks(links);
      return this.put(groupOf(change), named(record), inOrder([...asCauses(own, record), ...causes]), more);
    }
    const name = `${count.toLocaleString('en')} records, ${action} at once`;
    return this.put(`event ${seq}`, { type: 'event', code: String(seq), name, at: null }, [own.at(-1)!.cause]);
  }

  /** Of an event that changed many records behind the figure: what it did to those that moved most. */
  private ofMany({ causes }: Explained, changes: readonly Change[]): ToldCauses {
    const seq = causes[0]!.seq;
    const moved = ({ was, is }: Change): Fraction =>
      sizeOf(minus(fractionOf(is?.amount ?? '0'), fractionOf(was?.amount ?? '0')));
    const most = changes.toSorted((a, b) => (minus(moved(b), moved(a)).n < 0n ? -1 : 1)).slice(0, MOST_TOLD);
    const told = most.flatMap((change) => {
      const record = (change.is ?? change.was)!;
      const of = [record.code, record.at].filter(Boolean).join(' ');
      return this.ownOf(change).flatMap(({ cause }) => (cause.seq === seq ? { ...cause, of } : []));
    });
    return { causes: told, more: changes.length - most.length };
  }

  private put(
    group: string,
    record: BridgeStep['record'],
    causes: readonly Cause[],
    more = 0,
  ): Pick<Told, 'group' | 'at'> {
    if (!this.known.has(group)) this.known.set(group, { record, causes, more });
    return { group, at: group === 'rounding' || group === 'rest' ? LAST : (causes.at(-1)?.seq ?? LAST) };
  }
}

const ROUNDING: BridgeStep['record'] = { type: 'rounding', code: '', name: 'Rounding', at: null };
const REST: BridgeStep['record'] = { type: 'rest', code: '', name: 'What no single record explains', at: null };

/**
 * Whether what was done to a record can have brought it or taken it away: it came as a whole, or from nothing, or went. A cost that was another
 * before stood behind the figure before, too, if nothing else kept it away.
 */
const makes = (own: readonly Done[], { was }: Change): boolean =>
  own.some(({ cause: { field, from, to } }) => field === null || isNothing(was === null ? from : to));
const isNothing = (text: string | null): boolean => text === null || isSame(text, '0');

const isMadeOfOthers = ({ type }: FrozenRecord): boolean => MADE_OF_OTHERS.includes(type);
/** Money at a record that others flow into was entered at none of it, unlike its level. */
const isEnteredIn = ({ entered, enteredUnit }: FrozenRecord): boolean =>
  entered !== null && !isCurrency(enteredUnit ?? '');
/** Whether what flows into a record is another, though of it as little counts as before. */
const isOtherFlow = (was: FrozenRecord, is: FrozenRecord): boolean =>
  isMadeOfOthers(is) && !isEnteredIn(is) && !isSame(was.entered, is.entered);
const named = ({ type, code, name, at }: FrozenRecord): BridgeStep['record'] => ({ type, code, name, at });
/** What is done to one kind of cost of a month is one step; a figure and what it is divided by may read other fields of it. */
const groupOf = ({ was, is, divisor }: Change): string => {
  const { type, code, at, note } = (is ?? was)!;
  return JSON.stringify([type, code, at, type === 'investment_cost' ? note?.split(' · ')[0] : '', divisor]);
};
