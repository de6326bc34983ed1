import type { RecordType } from '../../contract/columns.js';
import type { Figure } from '../../contract/figures.js';
import type { Better, Family, Fold, MetricId, MetricNull, MetricUnit } from '../../contract/metric.js';
import type { Fraction } from '../exact-amounts.js';
import type { MetricFacts } from './facts.js';

/** A figure as it is worked out: exact where it can be, a number where it comes from percentiles or roots. */
export type Amount = Fraction | number;

/** What a metric comes to in one period. */
export interface Computed {
  /** Null with a reason; never NaN and never a silent 0. */
  readonly value: Amount | null;
  readonly nullReason: MetricNull | null;
  /** Records behind the value, as `model.md` §4 counts them; 0 or more also where the value is null. */
  readonly n: number;
  readonly detail?: Readonly<Record<string, Amount | null | Readonly<Record<string, Amount | null>>>>;
  /** What the value is made of: on its page and in its trace. */
  readonly inputs?: readonly MetricInput[];
  /** Of a sum or a count: it is 0 because nothing of its kind is recorded. Such zeros before the first record are no points of its chart. */
  readonly isBlank?: boolean;
}

export interface MetricInput {
  readonly label: string;
  readonly value: Amount | null;
  readonly unit: MetricUnit;
  /** The traced figure that the input is: in its span, of the same period or the one before. */
  readonly figure?: { readonly id: Figure; readonly span?: 'period' | 'to_date'; readonly isBefore?: boolean };
}

/** What stands beside a value in its `detail`, in words. */
export interface Beside {
  readonly label: string;
  readonly unit: MetricUnit;
  /** Of a table: what its codes are of, and what stands for none of them. */
  readonly of?: { readonly type: RecordType; readonly none: string };
}

/** A metric is one object: what people read and what the machine runs stand side by side. */
export interface Metric {
  readonly id: MetricId;
  /** What people call it, in sentence case: `Time to decide`. */
  readonly name: string;
  /** The question that this metric answers. */
  readonly question: string;
  /** Why it matters, in a sentence. */
  readonly why: string;
  readonly unit: MetricUnit;
  readonly better: Better;
  /** Steps from business impact, 0 to 4 (`model.md` §4). */
  readonly distance: 0 | 1 | 2 | 3 | 4;
  /** In words, then symbols; raise the version when the meaning changes. */
  readonly formula: { readonly text: string; readonly expression: string; readonly version: string };
  /** It adds up over its period: the part of a quarter that is under way says nothing against whole quarters. */
  readonly accumulates?: boolean;
  /** By name in `detail`, in the order in which they are read. */
  readonly beside?: Readonly<Record<string, Beside>>;
  /** How the records listed behind it give the value. */
  readonly fold: Fold;
  /** Where the facts have a path to: elsewhere it is null, `not_in_scope`. */
  readonly scopes: { readonly portfolio: boolean; readonly unit: boolean };
  /** Facts that it reads; only these are loaded. */
  readonly needs: readonly (keyof MetricFacts)[];
  /**
   * @param facts of 13 periods in order of time, so that the first of the trend has one before it
   * @param at index of the period, at least 1
   */
  readonly compute: (facts: MetricFacts, at: number) => Computed;
}

/** The family is the first part of the id. */
export const familyOf = (id: MetricId): Family => id.slice(0, id.indexOf('.')) as Family;

/** Values of parts add up to that of the whole; a share, a mean or a median of a part can be held to what the whole is to reach. */
export const addsUpOverParts = ({ fold, unit }: Pick<Metric, 'fold' | 'unit'>): boolean =>
  (fold.of === 'sum' || fold.of === 'count') && unit !== 'share';

export const none = (nullReason: MetricNull, n = 0, detail?: Computed['detail']): Computed => ({
  value: null,
  nullReason,
  n,
  ...(detail === undefined ? {} : { detail }),
});
export const valued = (
  value: Amount,
  n: number,
  more: Pick<Computed, 'detail' | 'inputs' | 'isBlank'> = {},
): Computed => ({
  value,
  nullReason: null,
  n,
  ...more,
});

/** a ÷ b exactly; null where b is zero. */
export const quotient = (a: Fraction, b: Fraction): Fraction | null =>
  b.n === 0n ? null : b.n < 0n ? { n: -a.n * b.d, d: a.d * -b.n } : { n: a.n * b.d, d: a.d * b.n };
/** A whole number as an exact amount. */
export const whole = (count: number | bigint): Fraction => ({ n: BigInt(count), d: 1n });

/** An input that is a number of records. */
export const counted = (label: string, records: number | bigint, figure?: MetricInput['figure']): MetricInput => ({
  label,
  value: whole(records),
  unit: 'count',
  ...(figure && { figure }),
});
/** An input in the reporting currency. */
export const money = (label: string, value: Fraction, figure?: MetricInput['figure']): MetricInput => ({
  label,
  value,
  unit: 'money',
  ...(figure && { figure }),
});
