import type { Fold } from '../../contract/metric.js';
import type { FrozenRecord } from '../../contract/review-after.js';
import { fractionOf, sumOf } from '../benefit-status.js';
import { divided, equalFractions, type Fraction, minus, negated, whole, ZERO } from '../exact-amounts.js';
import { formatFraction } from '../money.js';
import { bridgeOf } from './bridge.js';
import { folded } from './fold.js';

/** A figure at one time: its value as exact decimal text (null where it has none), and the records behind it. */
export interface Stand {
  readonly value: string | null;
  readonly records: readonly FrozenRecord[];
}

/** What a share or a rate may be divided by. */
export interface Divisor {
  readonly title: string;
  readonly frozen: Stand;
  readonly today: Stand;
}

/** The records of the figure (of a quotient its numerator), or those of what it is divided by. */
export type Part = 'records' | 'divisor';

/** A record that is not what it was when the figure was frozen; null where it was not, or is no longer, behind the figure. */
export interface Change {
  readonly part: Part;
  readonly was: FrozenRecord | null;
  readonly is: FrozenRecord | null;
}

/** Changes with one `group` are told as one step; `at` is when they came about: what is earlier is told first. */
export interface Told {
  readonly group: string;
  readonly at: number;
}

/** One step from the frozen figure to that of today. Amounts are exact decimal text. */
export interface Move {
  readonly part: Part | 'rounding' | 'rest';
  /** Of the part `divisor` what the figure is divided by. */
  readonly divisor: string | null;
  /** Null of rounding and of the rest: no record explains them. */
  readonly group: string | null;
  readonly changes: readonly Change[];
  /** What the changed records add to their part, before and after; null where there were none, and of metrics, whose records do not add up. */
  readonly was: string | null;
  readonly is: string | null;
  /** Null only where the figure has no value at one of the ends. */
  readonly effect: string | null;
}

interface Rules {
  /** Decimals to which the figure's value is rounded. */
  readonly decimals: number;
  /** To what amounts of records are rounded, of which a share is the quotient unrounded: `0.01`; `0` where they are exact. */
  readonly minorUnit: string;
  /** How the records of a metric give its value; null of a figure whose records add up. */
  readonly fold: Fold | null;
  readonly divisors: readonly Divisor[];
  readonly told: (change: Change) => Told;
}

/** What one group of records brings: sums of its amounts, cells of a metric. */
interface Row {
  readonly records: Fraction;
  readonly divisor: Fraction;
  readonly cells: readonly NonNullable<FrozenRecord['cells']>[];
}
type Entry = Readonly<{ part: Part; record: FrozenRecord }>;
/** A way in which records give a figure. */
interface Way {
  readonly divisor: Divisor | null;
  readonly value: (rows: readonly Row[]) => Fraction | null;
}

const amountOf = ({ amount }: FrozenRecord): Fraction => (amount === null ? ZERO : fractionOf(amount));
const totalOf = (records: readonly FrozenRecord[]): Fraction => sumOf(records.map(amountOf));

const rowOf = (entries: readonly Entry[]): Row => {
  const sum = (part: Part): Fraction => totalOf(entries.flatMap((each) => (each.part === part ? each.record : [])));
  const cells = entries.flatMap(({ record }) => (record.cells ? [record.cells] : []));
  return { records: sum('records'), divisor: sum('divisor'), cells };
};
const sumsOf = (rows: readonly Row[], part: Part): Fraction => sumOf(rows.map((row) => row[part]));

const isSameNumber = (a: string, b: string): boolean => equalFractions(fractionOf(a), fractionOf(b));

/** Records of one type, code and day or month are told apart by what stands first in their note (the kind of a cost), then by their order. */
const keyed = (part: Part, records: readonly FrozenRecord[]): Map<string, Entry> => {
  const entries = new Map<string, Entry>();
  for (const record of records) {
    const kind = record.type === 'investment_cost' ? (record.note?.split(' · ')[0] ?? '') : '';
    const name = JSON.stringify([part, record.type, record.code, record.at, kind]);
    let key = name;
    for (let place = 1; entries.has(key); place += 1) key = `${name} ${place}`;
    entries.set(key, { part, record });
  }
  return entries;
};

/** Whether a record adds the same: of a metric in the columns that it is folded over. */
const isSameRecord = (was: FrozenRecord, is: FrozenRecord, fold: Fold | null): boolean => {
  if (was.amount !== null && is.amount !== null) return isSameNumber(was.amount, is.amount);
  const cell = (record: FrozenRecord, column: string | null): string | null =>
    column === null ? null : (record.cells?.[column] ?? null);
  return (
    was.amount === is.amount &&
    [fold?.a ?? null, fold?.b ?? null].every((column) => cell(was, column) === cell(is, column))
  );
};

/** A divisor whose records do not add up to it counts as one record. */
const byRecords = ({ title, frozen, today }: Divisor): Divisor => {
  const addsUp = ({ value, records }: Stand): boolean =>
    value === null ? records.length === 0 : equalFractions(totalOf(records), fractionOf(value));
  if (addsUp(frozen) && addsUp(today)) return { title, frozen, today };
  const asOne = ({ value }: Stand): Stand => ({
    value,
    records:
      value === null
        ? []
        : [
            {
              type: 'figure',
              code: '',
              name: title,
              at: null,
              note: null,
              entered: null,
              enteredUnit: null,
              amount: value,
              cells: null,
            },
          ],
  });
  return { title, frozen: asOne(frozen), today: asOne(today) };
};

const waysOf = ({ fold, divisors }: Rules): Way[] => {
  if (fold) {
    const value = (rows: readonly Row[]): Fraction | null =>
      folded(
        fold,
        rows.flatMap(({ cells }) => cells),
      );
    return [{ divisor: null, value }];
  }
  const quotients = divisors.map(byRecords).flatMap((divisor): Way[] => {
    const over = (rows: readonly Row[]): Fraction | null => divided(sumsOf(rows, 'records'), sumsOf(rows, 'divisor'));
    const overSize = (rows: readonly Row[]): Fraction | null => {
      return divided(sumsOf(rows, 'records'), sizeOf(sumsOf(rows, 'divisor')));
    };
    const complement = (rows: readonly Row[]): Fraction | null => {
      const share = over(rows);
      return share && minus(whole(1), share);
    };
    return [over, overSize, complement].map((value) => ({ divisor, value }));
  });
  return [{ divisor: null, value: (rows) => sumsOf(rows, 'records') }, ...quotients];
};

/**
 * From a frozen figure to that of today, one change (or group of changes) at a time, first those of its records, then those of what it is divided
 * by, each in the order in which they came about. A step is what the figure becomes with the change less what it was before, exactly, printed as
 * the difference of rounded values: so the effects add up to the whole difference, to the last digit. What rounding of the records' amounts leaves
 * is the last step. Where records do not give the figure at all (an internal rate of return, a figure whose definition changed) the rest is the only one.
 * A step on which the figure has no value has no effect of its own; it is in that of the next.
 */
export const figureBridge = (frozen: Stand, today: Stand, rules: Rules): Move[] => {
  const way = waysOf(rules).find((each) => gives(each, frozen, 'frozen', rules) && gives(each, today, 'today', rules));
  const [before, after] = [entriesOf(way, frozen, 'frozen'), entriesOf(way, today, 'today')];
  const groups = groupsOf(before, after, rules);
  const difference =
    frozen.value === null || today.value === null ? null : minus(fractionOf(today.value), fractionOf(frozen.value));
  const print = ({ n, d }: Fraction): string => formatFraction(n, d, rules.decimals);
  if (way === undefined) {
    const changes = [...groups.values()].flatMap((group) => group.changes);
    return [
      {
        part: 'rest',
        divisor: null,
        group: null,
        changes,
        was: null,
        is: null,
        effect: difference && print(difference),
      },
    ];
  }
  const rows = rowsOf(before, after, groups);
  const order = [...groups.keys()];
  const steps = bridgeOf(rows.frozen, rows.today, {
    fold: way.value,
    isSame: (was, is) => was === is,
    changedAt: (key) => order.indexOf(key),
  });
  const rounded = (value: Fraction | null): Fraction | null => value && fractionOf(print(value));
  let so = difference && rounded(way.value([...rows.frozen.values()]));
  const moves = steps.map((step): Move => {
    const { part, group, changes } = groups.get(step.key)!;
    const reached = difference && rounded(step.after);
    const effect = difference && (reached && so ? minus(reached, so) : ZERO);
    if (reached) so = reached;
    const sum = (side: 'was' | 'is'): string | null => {
      const amounts = changes.flatMap(({ [side]: record }) => record?.amount ?? []);
      return amounts.length === 0 ? null : exactText(sumOf(amounts.map(fractionOf)));
    };
    const divisor = part === 'divisor' ? (way.divisor?.title ?? null) : null;
    return { part, divisor, group, changes, was: sum('was'), is: sum('is'), effect: effect && print(effect) };
  });
  const left =
    difference && minus(difference, sumOf(moves.map(({ effect }) => (effect === null ? null : fractionOf(effect)))));
  return left === null || left.n === 0n
    ? moves
    : [
        ...moves,
        { part: 'rounding', divisor: null, group: null, changes: [], was: null, is: null, effect: print(left) },
      ];
};

const sideOf = (way: Way | undefined, stand: Stand, side: 'frozen' | 'today'): [Part, readonly FrozenRecord[]][] => [
  ['records', stand.records],
  ['divisor', way?.divisor?.[side].records ?? []],
];

const entriesOf = (way: Way | undefined, stand: Stand, side: 'frozen' | 'today'): Map<string, Entry> =>
  new Map(sideOf(way, stand, side).flatMap(([part, records]) => [...keyed(part, records)]));

/** Whether records give the value of a figure in some way: exactly, or as near as amounts that are rounded can. */
const gives = (way: Way, stand: Stand, side: 'frozen' | 'today', { decimals, minorUnit }: Rules): boolean => {
  if (stand.value === null) return true;
  const row = rowOf([...entriesOf(way, stand, side).values()]);
  const value = way.value([row]);
  if (value === null) return false;
  if (isSameNumber(formatFraction(value.n, value.d, decimals), stand.value)) return true;
  const told = fractionOf(stand.value);
  // Of N ÷ D with both rounded by at most half a unit u: |N' ÷ D' − N ÷ D| ≤ u · (1 + |N ÷ D|) ÷ |D'|.
  const bound = divided(times(fractionOf(minorUnit), sumOf([whole(1), sizeOf(told)])), sizeOf(row.divisor));
  return bound !== null && minus(sizeOf(minus(value, told)), bound).n <= 0n;
};

const sizeOf = (value: Fraction): Fraction => (value.n < 0n ? negated(value) : value);
const times = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.n, d: a.d * b.d });

interface Group {
  readonly part: Part;
  readonly group: string;
  readonly at: number;
  readonly changes: Change[];
  readonly keys: string[];
}

/** Changes by what tells them, in the order of their steps. */
const groupsOf = (
  before: ReadonlyMap<string, Entry>,
  after: ReadonlyMap<string, Entry>,
  { told, fold }: Rules,
): Map<string, Group> => {
  const groups = new Map<string, Group>();
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const [was, is] = [before.get(key)?.record ?? null, after.get(key)?.record ?? null];
    if (was && is && isSameRecord(was, is, fold)) continue;
    const { part } = (before.get(key) ?? after.get(key))!;
    const change: Change = { part, was, is };
    const { group, at } = told(change);
    const name = `${part} ${group}`;
    const known = groups.get(name);
    known?.changes.push(change);
    known?.keys.push(key);
    if (!known) groups.set(name, { part, group, at, changes: [change], keys: [key] });
  }
  const place = ({ part }: Group): number => (part === 'records' ? 0 : 1);
  return new Map([...groups].sort(([a, x], [b, y]) => place(x) - place(y) || x.at - y.at || (a < b ? -1 : 1)));
};

/** Rows by group; what did not change is one row, the same on both sides. */
const rowsOf = (
  before: ReadonlyMap<string, Entry>,
  after: ReadonlyMap<string, Entry>,
  groups: ReadonlyMap<string, Group>,
): Record<'frozen' | 'today', Map<string, Row>> => {
  const changed = new Set([...groups.values()].flatMap(({ keys }) => keys));
  const kept = rowOf([...before].flatMap(([key, entry]) => (changed.has(key) ? [] : entry)));
  const side = (entries: ReadonlyMap<string, Entry>): Map<string, Row> => {
    const rows = new Map([['', kept]]);
    for (const [name, { keys }] of groups) {
      const own = keys.flatMap((key) => entries.get(key) ?? []);
      if (own.length > 0) rows.set(name, rowOf(own));
    }
    return rows;
  };
  return { frozen: side(before), today: side(after) };
};

/** Sums of decimal texts are decimal again. */
const exactText = ({ n, d }: Fraction): string => formatFraction(n, d, String(d).length - 1);
