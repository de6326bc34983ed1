import type { Fraction } from '../core/exact-amounts.js';
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

/** An event that wrote more records than these is one step: nobody reads a thousand. */
const MANY = 20;
/** Of what no record explains as many of the last events are told as a person reads. */
const LATEST = 20;
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

  /** @param minorUnit the smallest difference of printed amounts, as decimal text; `0` where they are exact */
  constructor(
    private readonly causes: Causes,
    private readonly links: LinksBehind,
    private readonly minorUnit: string,
  ) {}

  /** The steps in which a change is told. */
  told(change: Change): readonly Told[] {
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
    const found = group === null ? this.rest(changes) : this.known.get(group)!;
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
        factors.push({ ...(own.length > 0 ? this.byEvents(is, own) : this.byRest()), ratio: enteredRatio(was, is) });
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
    return whole.length > 0 ? this.byEvents(record, whole) : this.byRest();
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

  private byRest(): Pick<Told, 'group' | 'at'> {
    return this.put('rest', REST, this.around());
  }

  private byEvents(record: FrozenRecord, own: readonly Cause[]): Pick<Told, 'group' | 'at'> {
    const last = own.at(-1)!;
    const count = this.causes.sizeOf(last.seq);
    if (count > MANY) {
      const name = `${count.toLocaleString('en')} records, ${last.action} at once`;
      return this.put(`event ${last.seq}`, { type: 'event', code: String(last.seq), name, at: null }, [
        { ...last, field: null, from: null, to: null },
      ]);
    }
    const { type, code, name, at } = record;
    const kind = type === 'investment_cost' ? record.note?.split(' · ')[0] : '';
    return this.put(JSON.stringify([type, code, at, kind]), { type, code, name, at }, own);
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

/** Of what was done to a record the fields that went from what it was, or to what it is; all, where none did. */
const relevant = (causes: readonly Cause[], was: FrozenRecord | null, is: FrozenRecord | null): readonly Cause[] => {
  const fields = new Set(
    causes.flatMap(({ field, from, to }) =>
      field !== null && ((was?.entered && isSame(from, was.entered)) || (is?.entered && isSame(to, is.entered)))
        ? field
        : [],
    ),
  );
  return fields.size === 0 ? causes : causes.filter(({ field }) => field === null || fields.has(field));
};

const inOrder = (causes: readonly Cause[]): Cause[] =>
  [...new Map(causes.map((cause) => [JSON.stringify(cause), cause])).values()].sort((a, b) => a.seq - b.seq);

const latest = (causes: readonly Cause[]): Cause[] => inOrder(causes).slice(-LATEST);
