import type { Figure } from '../contract/trace.js';
import { sumOf } from '../core/benefit-status.js';
import { divided, type Fraction, whole } from '../core/exact-amounts.js';
import { formatFraction } from '../core/money.js';
import type { CostColumn, ValueColumn } from './records.queries.js';
import type { Weights } from '../core/weights.js';
import type { TraceContext } from './context.js';

/** What a figure is counted in, and with how many decimals it is written. */
export interface Unit {
  /** A currency code, `share`, `count` or a benefit's own unit. */
  readonly name: string;
  readonly decimals: number;
  /** Zeros at the end are left out: shares and own units have no fixed number of decimals. */
  readonly trimmed: boolean;
}

export const COUNT: Unit = { name: 'count', decimals: 0, trimmed: false };
export const SHARE: Unit = { name: 'share', decimals: 10, trimmed: true };

/** An exact value as text. */
export const textOf = ({ n, d }: Fraction, unit: Unit): string => {
  const text = formatFraction(n, d, unit.decimals);
  return unit.trimmed && unit.decimals > 0 ? text.replace(/\.?0+$/, '') : text;
};

/** One thing that a figure is made of. */
export interface Input {
  readonly label: string;
  readonly value: Fraction | null;
  readonly unit: Unit;
  /** Path of its own trace; null where it is a record's own value. */
  readonly trace: string | null;
}

/** A figure worked out. */
export interface Worked {
  readonly title: string;
  readonly unit: Unit;
  /** Null where there is no value, with a reason. */
  readonly value: Fraction | null;
  readonly nullReason?: string;
  /** No record stands behind the value: where it reads 0, nothing is known. */
  readonly isNone?: boolean;
  readonly inputs: readonly Input[];
  /** Sentences on what the figure rests on. */
  readonly quality: readonly string[];
}

/** Kinds of value that are added up over money benefits. */
export type SumKind =
  | 'planned'
  | 'realised'
  | 'confirmed'
  | 'evidenced'
  | 'forecast'
  | 'outlook'
  | 'coveredPlanned'
  | 'coveredRealised'
  | 'baseline';

/** One record that is listed as a whole. */
export interface Listed {
  readonly type: string;
  readonly code: string;
  readonly name: string;
  readonly at?: string | null;
  readonly note: string | null;
  readonly entered?: string | null;
  readonly enteredUnit?: string | null;
  readonly amount: Fraction;
}

/**
 * The records behind a figure: cost rows or value cells of the scope, each times the weight of its investment or benefit (null: 1), or a list.
 * They add up to the figure; of a share to its numerator, and `title` says so.
 */
export type Records =
  | {
      readonly of: 'costs';
      readonly title: string;
      readonly unit: Unit;
      readonly column: CostColumn;
      readonly weights: Weights | null;
      readonly months?: undefined;
    }
  | {
      readonly of: 'values';
      readonly title: string;
      readonly unit: Unit;
      readonly column: ValueColumn;
      readonly weights: Weights | null;
      /** First day that counts and the day after the last, where they are not those of the question. */
      readonly months?: { readonly from: string; readonly to: string };
    }
  | { readonly of: 'list'; readonly title: string; readonly unit: Unit; readonly items: readonly Listed[] };

/** A figure: what people read and what the machine runs, side by side. */
export interface FigureDefinition {
  readonly id: Figure;
  /** In words, and as an expression. */
  readonly formula: { readonly text: string; readonly expression: string };
  /** Whether a stakeholder may ask for it: only figures of benefits in own units. */
  readonly forStakeholders: boolean;
  /** Whether it is the same whatever the scope of the page. */
  readonly isOfEnterprise?: true;
  /** Types of the audit events that can have changed it. */
  readonly history: readonly string[];
  work(context: TraceContext): Promise<Worked>;
  records(context: TraceContext): Promise<Records>;
}

export { divided, whole };

/** A rate as it is said: not where there is nothing to divide by (`nullReason`), nor where nothing is measured, because 0 % would be a finding. */
export const saidRate = (
  part: Fraction,
  all: Fraction,
  nullReason: string,
  isMeasured: boolean,
): Pick<Worked, 'value' | 'nullReason'> => {
  const value = divided(part, all);
  if (value === null) return { value, nullReason };
  return isMeasured ? { value } : { value: null, nullReason: 'nothing_measured' };
};

/** More inputs than these are not read; the others stand together in one line. */
const LISTED_INPUTS = 20;

const magnitude = (value: bigint): bigint => (value < 0n ? -value : value);

/** The largest inputs one by one, and the rest together, so that they add up to the figure. */
export function largestInputs(inputs: readonly (Input & { value: Fraction })[]): Input[] {
  const sorted = [...inputs].sort((a, b) => {
    const left = magnitude(a.value.n) * b.value.d;
    const right = magnitude(b.value.n) * a.value.d;
    return left === right ? 0 : left > right ? -1 : 1;
  });
  const rest = sorted.slice(LISTED_INPUTS);
  const shown: Input[] = sorted.slice(0, LISTED_INPUTS);
  if (rest.length > 0)
    shown.push({
      label: `${rest.length} others`,
      value: sumOf(rest.map((input) => input.value)),
      unit: rest[0]!.unit,
      trace: null,
    });
  return shown;
}
