/**
 * The positive roots of a polynomial with integer coefficients: all of them, with proof that there are no more.
 *
 * Method: Descartes' rule of signs with bisection (Vincent, Collins, Akritas), in integers. The number of sign changes of
 * (1 + x)^n · p(1 ÷ (1 + x)) bounds the roots of p in (0, 1) from above and differs from their number by an even one: 0 proves that there is none,
 * 1 that there is exactly one, and where there are more the interval is halved. For a polynomial without repeated roots that ends. Repeated roots
 * are divided out before. Roots above 1 are those of the reversed polynomial below 1.
 */
import type { Fraction } from './exact-amounts.js';

/** Roots are known to this many binary digits. */
const PRECISION = 110n;

type Polynomial = readonly bigint[];

/**
 * Distinct roots x > 0 of Σ coefficients[i] · x^i, ascending, each to 33 decimal digits (a rational root that bisection meets, exactly).
 * None of a polynomial that is 0 everywhere or has one term only.
 */
export function positiveRoots(coefficients: Polynomial): Fraction[] {
  const polynomial = primitive(withoutZeroRoots(coefficients));
  if (polynomial.length < 2 || signChanges(polynomial) === 0) return [];
  const p = withoutRepeatedRoots(polynomial);
  const below = rootsBelowOne(p);
  const atOne: Fraction[] = p.reduce((sum, c) => sum + c, 0n) === 0n ? [{ n: 1n, d: 1n }] : [];
  const above = rootsBelowOne([...p].reverse()).map(({ n, d }) => ({ n: d, d: n }));
  return [...below, ...atOne, ...above.reverse()];
}

/** How often the sign changes along the coefficients, zeros left out: at least the number of positive roots (Descartes). */
export function signChanges(coefficients: Polynomial): number {
  let changes = 0;
  let before = 0n;
  for (const c of coefficients) {
    if (c === 0n) continue;
    if (before !== 0n && before < 0n !== c < 0n) changes += 1;
    before = c;
  }
  return changes;
}

/** An open interval (c ÷ 2^k, (c + 1) ÷ 2^k) with one root in it, or the point c ÷ 2^k, which is one. */
interface Found {
  readonly c: bigint;
  readonly k: bigint;
  readonly isExact: boolean;
}

/** Roots in the open interval (0, 1), ascending, of a polynomial without repeated roots. */
function rootsBelowOne(p: Polynomial): Fraction[] {
  const found: Found[] = [];
  // The polynomial of each entry is p moved and stretched so that its interval is (0, 1).
  const open: { q: Polynomial; c: bigint; k: bigint }[] = [{ q: p, c: 0n, k: 0n }];
  while (open.length > 0) {
    const { q, c, k } = open.pop()!;
    const changes = changesInUnitInterval(q);
    if (changes === 0) continue;
    if (changes === 1) {
      found.push({ c, k, isExact: false });
      continue;
    }
    const left = q.map((coefficient, at) => coefficient << BigInt(q.length - 1 - at));
    const right = shiftedByOne(left);
    const middle = 2n * c + 1n;
    if (right[0] === 0n) found.push({ c: middle, k: k + 1n, isExact: true });
    open.push({ q: left, c: 2n * c, k: k + 1n });
    open.push({ q: right[0] === 0n ? right.slice(1) : right, c: middle, k: k + 1n });
  }
  return found
    .map((each) => (each.isExact ? { n: each.c, d: 1n << each.k } : refined(p, each)))
    .sort((a, b) => (a.n * b.d < b.n * a.d ? -1 : 1));
}

/** Sign changes of (1 + x)^n · q(1 ÷ (1 + x)): 0, 1, or 2 for "two or more". */
function changesInUnitInterval(q: Polynomial): 0 | 1 | 2 {
  const row = [...q].reverse();
  let changes = 0;
  let before = 0n;
  // One coefficient of the shifted polynomial is known after each pass: most intervals are decided after few.
  for (let at = 0; at < row.length; at += 1) {
    for (let i = row.length - 2; i >= at; i -= 1) row[i]! += row[i + 1]!;
    const c = row[at]!;
    if (c === 0n) continue;
    if (before !== 0n && before < 0n !== c < 0n) changes += 1;
    if (changes > 1) return 2;
    before = c;
  }
  return changes as 0 | 1;
}

/** q(x + 1). */
function shiftedByOne(q: Polynomial): bigint[] {
  const row = [...q];
  for (let at = 0; at < row.length; at += 1) for (let i = row.length - 2; i >= at; i -= 1) row[i]! += row[i + 1]!;
  return row;
}

/** Halves an interval with one root until its ends agree in PRECISION binary digits. */
function refined(p: Polynomial, interval: Found): Fraction {
  let { c, k } = interval;
  const signLeft = signBeside(p, c, k);
  while (c >> PRECISION === 0n) {
    const middle = 2n * c + 1n;
    k += 1n;
    const sign = signAt(p, middle, k);
    if (sign === 0) return { n: middle, d: 1n << k };
    c = sign === signLeft ? middle : 2n * c;
  }
  return { n: 2n * c + 1n, d: 1n << (k + 1n) };
}

/** Sign of p just above c ÷ 2^k; where p is 0 there, that of its derivative, as no root is repeated. */
function signBeside(p: Polynomial, c: bigint, k: bigint): number {
  const sign = signAt(p, c, k);
  return sign !== 0 ? sign : signAt(derivative(p), c, k);
}

function signAt(p: Polynomial, c: bigint, k: bigint): number {
  let value = 0n;
  for (let i = p.length - 1, power = 0n; i >= 0; i -= 1, power += k) value = value * c + (p[i]! << power);
  return value > 0n ? 1 : value < 0n ? -1 : 0;
}

const derivative = (p: Polynomial): bigint[] => p.slice(1).map((c, at) => c * BigInt(at + 1));

/** Without leading zeros, and without the root 0. */
function withoutZeroRoots(p: Polynomial): bigint[] {
  const first = p.findIndex((c) => c !== 0n);
  if (first < 0) return [];
  return p.slice(first, p.findLastIndex((c) => c !== 0n) + 1);
}

/** Divided by the greatest common divisor of its coefficients. */
function primitive(p: Polynomial): bigint[] {
  let divisor = 0n;
  for (const c of p) divisor = gcd(divisor, c);
  return divisor < 2n ? [...p] : p.map((c) => c / divisor);
}

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** The polynomial with the same roots, each once: p ÷ gcd(p, p′). */
function withoutRepeatedRoots(p: Polynomial): bigint[] {
  if (PRIMES.some((prime) => isSquareFreeModulo(p, prime))) return [...p];
  const common = commonDivisor(p, derivative(p));
  return common.length < 2 ? [...p] : primitive(quotient(p, common));
}

/** The largest primes below 2^26: their products are exact in a JavaScript number. */
const PRIMES = [67108859, 67108837, 67108819];

/** Without a repeated root modulo a prime that does not divide the first coefficient there is none at all: a proof that takes milliseconds. */
function isSquareFreeModulo(p: Polynomial, prime: number): boolean {
  const reduced = (q: Polynomial): number[] => q.map((c) => (Number(c % BigInt(prime)) + prime) % prime);
  let [a, b] = [trimmed(reduced(p)), trimmed(reduced(derivative(p)))];
  if (a.length !== p.length || b.length === 0) return false;
  while (b.length > 0) {
    const inverse = power(b.at(-1)!, prime - 2, prime);
    while (a.length >= b.length) {
      const factor = (a.at(-1)! * inverse) % prime;
      const offset = a.length - b.length;
      for (let i = 0; i < b.length; i += 1) a[i + offset] = (a[i + offset]! + (prime - factor) * b[i]!) % prime;
      a = trimmed(a);
    }
    [a, b] = [b, a];
  }
  return a.length === 1;
}

function power(base: number, exponent: number, prime: number): number {
  let result = 1;
  for (let b = base, e = exponent; e > 0; e = Math.floor(e / 2), b = (b * b) % prime)
    if (e % 2 === 1) result = (result * b) % prime;
  return result;
}

const trimmed = (row: number[]): number[] => row.slice(0, row.findLastIndex((c) => c !== 0) + 1);

/** Greatest common divisor of two polynomials, primitive: Euclid's algorithm with pseudo-remainders. */
function commonDivisor(p: Polynomial, q: Polynomial): bigint[] {
  let [a, b] = [primitive(p), primitive(q)];
  while (b.length > 0) [a, b] = [b, primitive(pseudoRemainder(a, b))];
  return a;
}

function pseudoRemainder(a: Polynomial, b: Polynomial): bigint[] {
  const rest = [...a];
  const lead = b.at(-1)!;
  while (rest.length >= b.length) {
    const factor = rest.at(-1)!;
    const offset = rest.length - b.length;
    for (let i = 0; i < rest.length; i += 1) rest[i]! *= lead;
    for (let i = 0; i < b.length; i += 1) rest[i + offset]! -= factor * b[i]!;
    while (rest.length > 0 && rest.at(-1) === 0n) rest.pop();
  }
  return rest;
}

/** a ÷ b up to a constant, where b divides a. */
function quotient(a: Polynomial, b: Polynomial): bigint[] {
  const steps = a.length - b.length + 1;
  // Times so many powers of the divisor's first coefficient every step divides.
  const rest = a.map((c) => c * b.at(-1)! ** BigInt(steps));
  const found = new Array<bigint>(steps).fill(0n);
  for (let at = steps - 1; at >= 0; at -= 1) {
    const factor = rest[at + b.length - 1]! / b.at(-1)!;
    found[at] = factor;
    for (let i = 0; i < b.length; i += 1) rest[at + i]! -= factor * b[i]!;
  }
  return found;
}
