import { fractionOf } from '../core/benefit-status.js';
import { type Fraction, minus, sizeOf } from '../core/exact-amounts.js';
import type { BridgeStep, FrozenRecord } from '../contract/review-after.js';
import { compare } from '../contract/decimal.js';
import type { Change, Move, Told } from '../core/review/figure-bridge.js';
import { enteredRatio, leavesMore, passing, rateRatio, type Ratio } from '../core/review/passing.js';
import type { Cause, Causes } from './causes.js';

/** What a step of a bridge is called, and who did what. */
export interface Explained {
  readonly record: BridgeStep['record'];
  readonly causes: readonly Cause[];
}

/** What was done to links that changed the share of a record that counts in the figure, the earliest first. */
export type LinksBehind = (change: Change) => readonly Cause[];

/** One of what made a record another: where its group stands, and by how much it multiplied the amount; null where that is not known. */
interface Factor extends Pick<Told, 'group' | 'at'> {
  readonly ratio: Ratio;
}

/** Of more records behind a figure that one event changed at once one step is told: nobody reads a thousand. */
const MANY = 100;
/** Of such a step as many records are told each by itself, and of what no record explains as many of the last events, as a person reads. */
const MOST_TOLD = 20;
/** Told after what has a place in the audit. */
const LAST = Number.MAX_SAFE_INTEGER;

/** What changes figures and is no record behind them. */
const AROUND = ['exchange_rate', 'link', 'settings', 'import', 'priority_ranking', 'sign_thresholds', 'metric_target'];

/**
 * Puts each change down to what it comes from: to events on the very record, to the exchange rate of its month, to the links that carry it, each by as
 * much as it did, in the order in which they came about. Where nothing did, to rounding (printed amounts add up, so one may move by a minor unit when
 * another changes). One book is for one figure.
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
  ) {}

  /** Of each change of the figure the steps in which it is told. */
  told(changes: readonly Change[]): readonly (readonly Told[])[] {
    for (const { was, is } of changes) {
      const last = relevant(this.ownOf((is ?? was)!), was, is).at(-1);
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
      const side = (amount: string, record: FrozenRecord): FrozenRecord => ({ ...record, amount });
      const part = { was: side(amounts[place]!, was!), is: side(amounts[place + 1]!, is!) };
      return { group, at, change: { ...change, ...part } };
    });
  }

  /** What a move is called, and what it comes from. */
  of({ part, group, changes, divisor }: Move): Explained {
    if (part === 'rounding') return { record: ROUNDING, causes: [] };
    const known = group === null ? this.rest(changes) : this.known.get(group)!;
    const found = known.record.type === 'event' ? { ...known, causes: this.ofMany(known, changes) } : known;
    if (divisor === null) return found;
    const { name } = found.record;
    return { ...found, record: { ...found.record, name: name === divisor ? name : `${name} · ${divisor}` } };
  }

  /** Of a record that was there and is: what made it another. */
  private factorsOf(change: Change, was: FrozenRecord, is: FrozenRecord): Factor[] {
    const factors: Factor[] = [];
    if (was.enteredUnit !== is.enteredUnit || !isSame(was.entered, is.entered) || was.entered === null) {
      const own = relevant(this.ownOf(is), was, is);
      if (own.length > 0 || was.entered !== null)
        factors.push({
          ...(own.length > 0 ? this.byEvents(is, own) : this.byWhatIsAround(is)),
          ratio: enteredRatio(was, is),
        });
    }
    const [ratio, rates] = [rateRatio(was, is), this.ratesOf(is)];
    if (rates.length > 0 && (ratio === null || ratio.n !== ratio.d)) factors.push({ ...this.byRate(is, rates), ratio });
    // Of a record without an amount nothing tells apart what its links did.
    if (factors.length > 0 && is.amount === null) return factors;
    if (!this.isMoreThan(was, is, factors)) return factors;
    const links = this.links(change);
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

  /** A record that came or went, or of which nothing is known that made it another. */
  private unfactored(change: Change): Pick<Told, 'group' | 'at'> {
    const { was, is } = change;
    const record = (is ?? was)!;
    const isPrinted = was && is && this.isRounded(was, is);
    if (isPrinted && !leavesMore(was.amount!, is.amount!, [], this.minorUnit))
      return this.put('rounding', ROUNDING, []);
    const own = was && is ? [] : relevant(this.causes.of(record), was, is);
    if (own.length > 0) return this.byEvents(record, own);
    // Also a record that a share of 0 kept away, or keeps away now.
    const links = was && is ? [] : this.links(change);
    if (links.length > 0) return this.byLinks(links);
    const whole = this.causes.ofWhole(record);
    return whole.length > 0 ? this.byEvents(record, whole) : this.byWhatIsAround(record);
  }

  private ownOf(record: FrozenRecord): readonly Cause[] {
    const own = this.causes.of(record);
    return own.length > 0 ? own : this.causes.ofWhole(record);
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
    );
  }

  /** Where no record explains the figure, what was done to its records is told with it, and else what was done around them. */
  private rest(changes: readonly Change[]): Explained {
    const own = changes.flatMap(({ was, is }) => this.ownOf((is ?? was)!));
    return { record: REST, causes: own.length > 0 ? latest(own) : this.around() };
  }

  private around(): readonly Cause[] {
    const around = this.causes.on(...AROUND);
    return latest(around.length > 0 ? around : this.causes.everything());
  }

  private ratesOf({ enteredUnit, at }: FrozenRecord): readonly Cause[] {
    return enteredUnit === null || at === null ? [] : this.causes.rate(enteredUnit, at.slice(0, 7));
  }

  private byRate({ enteredUnit, at }: FrozenRecord, rates: readonly Cause[]): Pick<Told, 'group' | 'at'> {
    const [code, month] = [enteredUnit!, at!.slice(0, 7)];
    const record = { type: 'exchange_rate', code, name: `Exchange rate of ${code}`, at: month };
    return this.put(`rate ${code} ${month}`, record, rates);
  }

  private byLinks(links: readonly Cause[]): Pick<Told, 'group' | 'at'> {
    const group = `links ${[...new Set(links.map(({ seq }) => seq))].join(' ')}`;
    return this.put(group, { type: 'link', code: '', name: 'Shares of links', at: null }, links);
  }

  /** A record that nothing was done to: what was done around it made it another. */
  private byWhatIsAround(record: FrozenRecord): Pick<Told, 'group' | 'at'> {
    return { ...this.put(`around ${groupOf(record)}`, named(record), this.around()), at: LAST };
  }

  private byEvents(record: FrozenRecord, own: readonly Cause[]): Pick<Told, 'group' | 'at'> {
    const last = own.at(-1)!;
    const count = this.crowds.get(last.seq) ?? 1;
    if (count <= MANY) return this.put(groupOf(record), named(record), own);
    const name = `${count.toLocaleString('en')} records, ${last.action} at once`;
    return this.put(`event ${last.seq}`, { type: 'event', code: String(last.seq), name, at: null }, [last]);
  }

  /** Of an event that changed many records behind the figure: what it did to those that moved most. */
  private ofMany({ causes }: Explained, changes: readonly Change[]): Cause[] {
    const seq = causes[0]!.seq;
    const moved = ({ was, is }: Change): Fraction =>
      sizeOf(minus(fractionOf(is?.amount ?? '0'), fractionOf(was?.amount ?? '0')));
    const most = changes.toSorted((a, b) => (minus(moved(b), moved(a)).n < 0n ? -1 : 1)).slice(0, MOST_TOLD);
    return most.flatMap(({ was, is }) => {
      const record = (is ?? was)!;
      const of = [record.code, record.at].filter(Boolean).join(' ');
      return relevant(this.ownOf(record), was, is).flatMap((cause) => (cause.seq === seq ? { ...cause, of } : []));
    });
  }

  private put(group: string, record: BridgeStep['record'], causes: readonly Cause[]): Pick<Told, 'group' | 'at'> {
    if (!this.known.has(group)) this.known.set(group, { record, causes });
    return { group, at: group === 'rounding' || group === 'rest' ? LAST : (causes.at(-1)?.seq ?? LAST) };
  }
}

const ROUNDING: BridgeStep['record'] = { type: 'rounding', code: '', name: 'Rounding', at: null };
const REST: BridgeStep['record'] = { type: 'rest', code: '', name: 'What no single record explains', at: null };

const isSame = (a: string | null, b: string | null): boolean =>
  a === null || b === null ? a === b : isDecimal(a) && isDecimal(b) ? compare(a, b) === 0 : a === b;
const isDecimal = (text: string): boolean => /^-?\d+(\.\d+)?$/.test(text);

const named = ({ type, code, name, at }: FrozenRecord): BridgeStep['record'] => ({ type, code, name, at });
/** What is done to one kind of cost of a month is one step. */
const groupOf = ({ type, code, at, note }: FrozenRecord): string =>
  JSON.stringify([type, code, at, type === 'investment_cost' ? note?.split(' · ')[0] : '']);

/** Of what was done to a record the fields that went from what it was, or to what it is; all, where none did. */
const relevant = (causes: readonly Cause[], was: FrozenRecord | null, is: FrozenRecord | null): readonly Cause[] => {
  const fields = new Set(
    causes.flatMap(({ field, from, to }) =>
      field !== null && ((was?.entered && isSame(from, was.entered)) || (is?.entered && isSame(to, is.entered)))
        ? field
        : [],
    ),
  );
  const told = fields.size === 0 ? causes : causes.filter(({ field }) => field === null || fields.has(field));
  // Of several fields nobody can tell which one the event wrote that does not say it.
  return fields.size === 1 || told.length === 1 ? withEntered(told, was, is) : told;
};

/**
 * An event that does not say what it made of a record (an import wrote many) with what the record was before it and is after it: what was frozen of it,
 * what it is, or what the event beside it says. Of two such events in a row nobody knows what was between them.
 */
const withEntered = (causes: readonly Cause[], was: FrozenRecord | null, is: FrozenRecord | null): readonly Cause[] => {
  const isSilent = ({ field, from, to }: Cause): boolean => field === null && from === null && to === null;
  return causes.map((cause, place): Cause => {
    const [before, after] = [causes[place - 1], causes[place + 1]];
    if (!isSilent(cause) || (before && isSilent(before)) || (after && isSilent(after))) return cause;
    return {
      ...cause,
      from: before ? before.to : (was?.entered ?? null),
      to: after ? after.from : (is?.entered ?? null),
    };
  });
};

const inOrder = (causes: readonly Cause[]): Cause[] =>
  [...new Map(causes.map((cause) => [JSON.stringify(cause), cause])).values()].sort((a, b) => a.seq - b.seq);

const latest = (causes: readonly Cause[]): Cause[] => inOrder(causes).slice(-MOST_TOLD);
