/** What an attacker can work out from told groups: linear equations over the answers given directly to each unit, solved exactly. */

interface Rational {
  readonly n: bigint;
  readonly d: bigint;
}
const ZERO: Rational = { n: 0n, d: 1n };
const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b));
const rational = (n: bigint, d: bigint): Rational => {
  const by = gcd(n, d) * (d < 0n ? -1n : 1n);
  return { n: n / by, d: d / by };
};
const minusTimes = (a: Rational, b: Rational, c: Rational): Rational =>
  rational(a.n * b.d * c.d - b.n * c.n * a.d, a.d * b.d * c.d);
const over = (a: Rational, b: Rational): Rational => rational(a.n * b.d, a.d * b.n);

type Row = Rational[];

/** Rows without their common part: each has a 1 at its pivot, where all others have 0. */
export class Equations {
  private readonly rows: { pivot: number; row: Row }[] = [];

  /** Takes an equation: the sum of these coefficients times the unknowns is told. */
  add(coefficients: readonly number[]): void {
    const row = this.reduced(coefficients);
    const pivot = row.findIndex(({ n }) => n !== 0n);
    if (pivot < 0) return;
    const scaled = row.map((cell) => over(cell, row[pivot]!));
    for (const each of this.rows)
      each.row = each.row.map((cell, at) => minusTimes(cell, each.row[pivot]!, scaled[at]!));
    this.rows.push({ pivot, row: scaled });
  }

  /** Whether the equations settle the sum of these coefficients times the unknowns. */
  settles(coefficients: readonly number[]): boolean {
    return this.reduced(coefficients).every(({ n }) => n === 0n);
  }

  private reduced(coefficients: readonly number[]): Row {
    let row: Row = coefficients.map((cell) => (cell === 0 ? ZERO : { n: BigInt(cell), d: 1n }));
    for (const { pivot, row: known } of this.rows) {
      const factor = row[pivot]!;
      if (factor.n !== 0n) row = row.map((cell, at) => minusTimes(cell, factor, known[at]!));
    }
    return row;
  }
}

/** Sets of people who answered, each counted once; `size`: how many of them. */
export interface Atom {
  readonly name: string;
  readonly size: number;
}

/**
 * The first group of 1 to `fewest` − 1 answers that the told groups settle, as the names of its atoms; null where there is none.
 * @param told the atoms of each told group
 */
export const exposedGroup = (
  atoms: readonly Atom[],
  told: readonly ReadonlySet<string>[],
  fewest = 5,
): string[] | null => {
  const answered = atoms.filter(({ size }) => size > 0);
  const equations = new Equations();
  for (const group of told) equations.add(answered.map(({ name }) => (group.has(name) ? 1 : 0)));
  const search = (from: number, left: number, chosen: readonly number[]): string[] | null => {
    if (chosen.length > 0 && equations.settles(answered.map((_, at) => (chosen.includes(at) ? 1 : 0))))
      return chosen.map((at) => answered[at]!.name);
    for (let at = from; at < answered.length; at++) {
      if (answered[at]!.size > left) continue;
      const found = search(at + 1, left - answered[at]!.size, [...chosen, at]);
      if (found) return found;
    }
    return null;
  };
  return search(0, fewest - 1, []);
};
