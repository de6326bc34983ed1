import { absolute, compare, subtract } from '../contract/decimal.js';
import type { BridgeStep, FrozenRecord } from '../contract/review-after.js';
import type { Change, Move, Told } from '../core/review/figure-bridge.js';
import type { Cause, Causes } from './causes.js';

/** What a step of a bridge is called, and who did what. */
export interface Explained {
  readonly record: BridgeStep['record'];
  readonly causes: readonly Cause[];
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
 * Puts each change down to what it comes from: to events on the very record; where it was entered as it was, to the exchange rate of its month, to
 * rounding (printed amounts add up, so one may move by a minor unit when another changes), or to shares of links. One book is for one figure.
 */
export class Explanations {
  private readonly known = new Map<string, Explained>();

  /** @param minorUnit the smallest difference of printed amounts, as decimal text */
  constructor(
    private readonly causes: Causes,
    private readonly minorUnit: string,
  ) {}

  /** The step in which a change is told. */
  told(change: Change): Told {
    const { was, is } = change;
    const record = (is ?? was)!;
    const isAsEntered = was !== null && is !== null && was.entered !== null && wasEntered(was, is);
    if (!isAsEntered) {
      const own = relevant(this.causes.of(record), was, is);
      if (own.length > 0) return this.byEvents(record, own);
    }
    const rates = this.ratesOf(was, is);
    if (rates.length > 0) {
      const name = `Exchange rate of ${record.enteredUnit}`;
      const at = record.at?.slice(0, 7) ?? null;
      return this.put(
        `rate ${record.enteredUnit} ${at}`,
        { type: 'exchange_rate', code: record.enteredUnit!, name, at },
        rates,
      );
    }
    if (isAsEntered && was.note === is.note && isWithin(was, is, this.minorUnit))
      return this.put('rounding', ROUNDING, []);
    const whole = this.causes.of(record, 'record');
    if (whole.length > 0) return this.byEvents(record, whole);
    // Also a record that a share of 0 kept away, or keeps away now.
    const links = this.causes.on('link');
    if (links.length > 0)
      return this.put('links', { type: 'link', code: '', name: 'Shares of links', at: null }, links);
    return this.put('rest', REST, this.around());
  }

  /** What a move is called, and what it comes from. */
  of({ part, group, changes, divisor }: Move): Explained {
    if (part === 'rounding') return { record: ROUNDING, causes: [] };
    const found = group === null ? this.rest(changes) : this.known.get(group)!;
    if (divisor === null) return found;
    const { name } = found.record;
    return { ...found, record: { ...found.record, name: name === divisor ? name : `${name} · ${divisor}` } };
  }

  /** Where no record explains the figure, what was done to its records is told with it, and else what was done around them. */
  private rest(changes: readonly Change[]): Explained {
    const own = changes.flatMap(({ was, is }) => this.causes.of((is ?? was)!));
    return { record: REST, causes: own.length > 0 ? latest(own) : this.around() };
  }

  private around(): readonly Cause[] {
    const around = this.causes.on(...AROUND);
    return latest(around.length > 0 ? around : this.causes.everything());
  }

  private ratesOf(was: FrozenRecord | null, is: FrozenRecord | null): readonly Cause[] {
    const { enteredUnit, at } = (is ?? was)!;
    return enteredUnit === null || at === null ? [] : this.causes.rate(enteredUnit, at.slice(0, 7));
  }

  private byEvents(record: FrozenRecord, own: readonly Cause[]): Told {
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

  private put(group: string, record: BridgeStep['record'], causes: readonly Cause[]): Told {
    if (!this.known.has(group)) this.known.set(group, { record, causes });
    return { group, at: group === 'rounding' || group === 'rest' ? LAST : (causes.at(-1)?.seq ?? LAST) };
  }
}

const ROUNDING: BridgeStep['record'] = { type: 'rounding', code: '', name: 'Rounding', at: null };
const REST: BridgeStep['record'] = { type: 'rest', code: '', name: 'What no single record explains', at: null };

const wasEntered = (was: FrozenRecord, is: FrozenRecord): boolean =>
  was.enteredUnit === is.enteredUnit && isSame(was.entered, is.entered);

const isSame = (a: string | null, b: string | null): boolean =>
  a === null || b === null ? a === b : isDecimal(a) && isDecimal(b) ? compare(a, b) === 0 : a === b;
const isDecimal = (text: string): boolean => /^-?\d+(\.\d+)?$/.test(text);

const isWithin = ({ amount: was }: FrozenRecord, { amount: is }: FrozenRecord, unit: string): boolean =>
  was !== null && is !== null && compare(absolute(subtract(is, was)), unit) <= 0;

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

const latest = (causes: readonly Cause[]): Cause[] =>
  [...new Map(causes.map((cause) => [JSON.stringify(cause), cause])).values()]
    .sort((a, b) => a.seq - b.seq)
    .slice(-LATEST);
