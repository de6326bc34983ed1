/**
 * A column of exact amounts that share denominators by group (a layer of nodes, or a boundary of links):
 * the form in which attribution keeps its figures, so that thousands of them cost one division each to print.
 */
import { placePoint } from './money.js';

/** The exact value n ÷ d, d > 0, not reduced. */
export interface Fraction {
  readonly n: bigint;
  readonly d: bigint;
}

/** How a group prints with some number of decimals: round(size × factor ÷ divisor), half away from zero. */
interface Rounding {
  readonly factor: bigint;
  readonly divisor: bigint;
  readonly half: bigint;
}

/** Amounts by index, each `numerators[index] / denominators[groupOf[index]]`. A null denominator: the group has no such figure. */
export class ExactAmounts {
  private readonly roundings = new Map<number, (Rounding | null)[]>();

  constructor(
    private readonly numerators: readonly bigint[],
    private readonly groupOf: Uint8Array,
    private readonly denominators: readonly (bigint | null)[],
  ) {}

  /** The exact amount at an index, or null where its group has no such figure (a benefit's unallocated cost). */
  at(index: number): Fraction | null {
    const n = this.numerators[index];
    const d = this.denominators[this.groupOf[index] ?? -1];
    if (n === undefined || d === undefined) throw new RangeError(`No amount at ${index}`);
    return d === null ? null : { n, d };
  }

  /** The amount at an index with exactly `decimals` places, rounded half away from zero, never "-0.00"; null as for `at`. */
  text(index: number, decimals: number): string | null {
    const n = this.numerators[index];
    if (n === undefined) throw new RangeError(`No amount at ${index}`);
    const rounding = this.roundingsFor(decimals)[this.groupOf[index] ?? -1];
    if (!rounding) return null;
    if (n === 0n) return placePoint(0n, decimals);
    const negative = n < 0n;
    const size = negative ? -n : n;
    const rounded = (size * rounding.factor + rounding.half) / rounding.divisor;
    return placePoint(negative ? -rounded : rounded, decimals);
  }

  /** The exact sum over a group; zero where the group is empty or has no such figure. */
  total(group: number): Fraction {
    let n = 0n;
    for (let index = 0; index < this.numerators.length; index += 1) {
      if (this.groupOf[index] === group) n += this.numerators[index] ?? 0n;
    }
    return { n, d: this.denominators[group] ?? 1n };
  }

  /** The exact sum over all groups. */
  sum(): Fraction {
    let sum: Fraction = { n: 0n, d: 1n };
    this.denominators.forEach((_, group) => (sum = addFractions(sum, this.total(group))));
    return sum;
  }

  private roundingsFor(decimals: number): (Rounding | null)[] {
    let roundings = this.roundings.get(decimals);
    if (!roundings) {
      roundings = this.denominators.map((divisor) => (divisor === null ? null : roundingOf(divisor, decimals)));
      this.roundings.set(decimals, roundings);
    }
    return roundings;
  }
}

/** The exact sum; the denominators are multiplied, not reduced, unless one divides the other. */
export function addFractions(a: Fraction, b: Fraction): Fraction {
  if (a.d === b.d) return { n: a.n + b.n, d: a.d };
  if (b.d % a.d === 0n) return { n: a.n * (b.d / a.d) + b.n, d: b.d };
  if (a.d % b.d === 0n) return { n: a.n + b.n * (a.d / b.d), d: a.d };
  return { n: a.n * b.d + b.n * a.d, d: a.d * b.d };
}

/** Whether two fractions are the same number, by cross-multiplication. */
export function equalFractions(a: Fraction, b: Fraction): boolean {
  return a.n * b.d === b.n * a.d;
}

function roundingOf(denominator: bigint, decimals: number): Rounding {
  let factor = 10n ** BigInt(decimals);
  let divisor = denominator;
  // Amounts come with more decimals than are printed, so the powers of ten mostly cancel: once a group, not once a figure.
  while (factor > 1n && divisor % 10n === 0n) {
    factor /= 10n;
    divisor /= 10n;
  }
  // Half of an odd divisor cut to an integer moves no quotient across an integer.
  return { factor, divisor, half: divisor / 2n };
}

export const ZERO: Fraction = { n: 0n, d: 1n };
export const negated = ({ n, d }: Fraction): Fraction => ({ n: -n, d });
/** a − b, exactly. */
export const minus = (a: Fraction, b: Fraction): Fraction => addFractions(a, negated(b));
/** a · b, exactly. */
export const times = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.n, d: a.d * b.d });
/** Without its sign. */
export const sizeOf = (value: Fraction): Fraction => (value.n < 0n ? negated(value) : value);
/** a ÷ b, exactly; null where b is 0. */
export const divided = (a: Fraction, b: Fraction): Fraction | null =>
  b.n === 0n ? null : b.n > 0n ? { n: a.n * b.d, d: a.d * b.n } : { n: -a.n * b.d, d: a.d * -b.n };
export const whole = (count: number): Fraction => ({ n: BigInt(count), d: 1n });
