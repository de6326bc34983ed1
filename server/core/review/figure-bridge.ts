import type { Fold } from '../../contract/metric.js';
import type { FrozenRecord } from '../../contract/review-after.js';
import { fractionOf, sumOf } from '../benefit-status.js';
import { type Fraction, minus, ZERO } from '../exact-amounts.js';
import { formatFraction } from '../money.js';
import { bridgeOf } from './bridge.js';
export type { Divisor, Stand } from './figure-ways.js';
import {
  entriesOf,
  type Entry,
  isSameNumber,
  type Making,
  type Part,
  type Row,
  rowOf,
  type Stand,
  type Way,
  wayOf,
} from './figure-ways.js';

/** A record that is not what it was when the figure was frozen; null where it was not, or is no longer, behind the figure. */
export interface Change {
  readonly part: Part;
  /** Of the part `divisor` what the figure is divided by. */
  readonly divisor: string | null;
  readonly was: FrozenRecord | null;
  readonly is: FrozenRecord | null;
}

/**
 * A change as it is told, or one of the parts that it is told in: the first begins with the record as frozen, each of the others with what the one
 * before it ended with, and the last ends with the record of today. What has one `group` is one step; `at` is when it came about.
 */
export interface Told {
  readonly group: string;
  readonly at: number;
  readonly change: Change;
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

interface Rules extends Making {
  /** Of each change, in their order, the parts that it is told in. */
  readonly told: (changes: readonly Change[]) => readonly (readonly Told[])[];
}

/**
 * Records of one type, code and day or month are told apart by what stands first in their note (the kind of a cost), then by their order. The day of a
 * capability is that of its latest assessment: with another one it is the same record.
 */
const keyed = (records: readonly Entry[]): Map<string, Entry> => {
  const entries = new Map<string, Entry>();
  for (const { part, record } of records) {
    const kind = record.type === 'investment_cost' ? (record.note?.split(' · ')[0] ?? '') : '';
    const at = record.type === 'capability' ? null : record.at;
    const name = JSON.stringify([part, record.type, record.code, at, kind]);
    let key = name;
    for (let place = 1; entries.has(key); place += 1) key = `${name} ${place}`;
    entries.set(key, { part, record });
  }
  return entries;
};

/** Whether a record adds the same: of a metric in the columns that it is folded over, of a part of what was entered also to the whole of it. */
const isSameRecord = (was: FrozenRecord, is: FrozenRecord, fold: Fold | null, of: Way['of']): boolean => {
  if (of === 'entered' && !isSameNumber(was.entered!, is.entered!)) return false;
  if (was.amount !== null && is.amount !== null) return isSameNumber(was.amount, is.amount);
  const cell = (record: FrozenRecord, column: string | null): string | null =>
    column === null ? null : (record.cells?.[column] ?? null);
  return (
    was.amount === is.amount &&
    [fold?.a ?? null, fold?.b ?? null].every((column) => cell(was, column) === cell(is, column))
  );
};

/**
 * From a frozen figure to that of today, one change (or group of changes) at a time, first those of its records, then those of what it is divided
 * by, each in the order in which they came about. A step is what the figure becomes with the change less what it was before, exactly, printed as
 * the difference of rounded values: so the effects add up to the whole difference, to the last digit. What rounding of the records' amounts leaves
 * is the last step. Where records do not give the figure at all (an internal rate of return, a figure whose definition changed) the rest is the only one.
 * A step on which the figure has no value has no effect of its own; it is in that of the next. What moves the figure by exactly nothing is no step.
 */
export const figureBridge = (frozen: Stand, today: Stand, rules: Rules): Move[] => {
  const way = wayOf(frozen, today, rules);
  const before = keyed(entriesOf(way, frozen, 'frozen'));
  const after = keyed(entriesOf(way, today, 'today'));
  const { groups, kept } = groupsOf(before, after, rules, way);
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
  const stays = rowOf(kept, way.of);
  const rows = { frozen: rowsOf('was', stays, groups, way.of), today: rowsOf('is', stays, groups, way.of) };
  const order = [...groups.keys()];
  const steps = bridgeOf(rows.frozen, rows.today, {
    fold: way.value,
    isSame: (was, is) => was === is,
    changedAt: (key) => order.indexOf(key),
  });
  const rounded = (value: Fraction | null): Fraction | null => value && fractionOf(print(value));
  let so = difference && rounded(way.value([...rows.frozen.values()]));
  const moves = steps.flatMap((step): Move[] => {
    const { part, group, changes } = groups.get(step.key)!;
    const reached = difference && rounded(step.after);
    const effect = difference && (reached && so ? minus(reached, so) : ZERO);
    // What moves nothing is no step; what leaves the figure without a value does.
    if (reached && so && minus(reached, so).n === 0n) return [];
    if (reached) so = reached;
    const sum = (side: 'was' | 'is'): string | null => {
      const amounts = changes.flatMap(({ [side]: record }) => record?.amount ?? []);
      return amounts.length === 0 ? null : exactText(sumOf(amounts.map(fractionOf)));
    };
    const divisor = part === 'divisor' ? (way.divisor?.title ?? null) : null;
    return [{ part, divisor, group, changes, was: sum('was'), is: sum('is'), effect: effect && print(effect) }];
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

interface Group {
  readonly part: Part;
  readonly group: string;
  readonly at: number;
  readonly changes: Change[];
}

/**
 * Changes by what tells them, in the order of their steps, and what stays: records that did not change, and less what a change that is told in parts
 * passes through, which stands on both sides of its steps.
 */
const groupsOf = (
  before: ReadonlyMap<string, Entry>,
  after: ReadonlyMap<string, Entry>,
  { told, fold }: Rules,
  way: Way | undefined,
): { groups: Map<string, Group>; kept: readonly Entry[] } => {
  const groups = new Map<string, Group>();
  const kept: Entry[] = [];
  const changes: Change[] = [];
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const [was, is] = [before.get(key)?.record ?? null, after.get(key)?.record ?? null];
    const { part } = (before.get(key) ?? after.get(key))!;
    if (was && is && isSameRecord(was, is, fold, way?.of)) kept.push({ part, record: was });
    else changes.push({ part, divisor: part === 'divisor' ? (way?.divisor?.title ?? null) : null, was, is });
  }
  for (const parts of told(changes))
    parts.forEach(({ group, at, change }, place) => {
      const { part } = change;
      const name = `${part} ${group}`;
      const known = groups.get(name);
      known?.changes.push(change);
      if (!known) groups.set(name, { part, group, at, changes: [change] });
      if (place > 0) kept.push({ part, record: change.was!, isTaken: true });
    });
  const place = ({ part }: Group): number => (part === 'records' ? 0 : 1);
  const sorted = [...groups].sort(([a, x], [b, y]) => place(x) - place(y) || x.at - y.at || (a < b ? -1 : 1));
  return { groups: new Map(sorted), kept };
};

/** Rows by group; what stays is one row, the same on both sides. */
const rowsOf = (
  side: 'was' | 'is',
  stays: Row,
  groups: ReadonlyMap<string, Group>,
  of: Way['of'],
): Map<string, Row> => {
  const rows = new Map([['', stays]]);
  for (const [name, { part, changes }] of groups) {
    const own = changes.flatMap(({ [side]: record }): Entry[] => (record ? [{ part, record }] : []));
    if (own.length > 0) rows.set(name, rowOf(own, of));
  }
  return rows;
};

/** Sums of decimal texts are decimal again. */
const exactText = ({ n, d }: Fraction): string => formatFraction(n, d, String(d).length - 1);
