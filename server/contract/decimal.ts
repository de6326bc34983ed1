/**
 * Exact arithmetic on decimal text (`"-1234.50"`), as money crosses the wire. Nothing here passes through a float:
 * an amount of 471 billion with its cents does not fit one safely once it is summed.
 */

interface Parts {
  /** The digits without the point, signed. */
  units: bigint;
  /** How many of them stand after the point. */
  scale: number;
}

const DECIMAL = /^([-−+])?(\d+)(?:\.(\d+))?$/;

/** @throws RangeError for text that is not a plain decimal */
function parts(text: string): Parts {
  const match = DECIMAL.exec(text.trim());
  if (!match) throw new RangeError(`Not a decimal: ${text}`);
  const [, sign, whole = '0', fraction = ''] = match;
  const magnitude = BigInt(whole + fraction);
  return { units: sign === '-' || sign === '−' ? -magnitude : magnitude, scale: fraction.length };
}

function textOf({ units, scale }: Parts): string {
  const negative = units < 0n;
  const digits = (negative ? -units : units).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = scale === 0 ? '' : `.${digits.slice(digits.length - scale)}`;
  return `${negative ? '-' : ''}${whole}${fraction}`;
}

const widened = (value: Parts, scale: number): bigint => value.units * 10n ** BigInt(scale - value.scale);

/** a + b, at the finer scale of the two. */
export function add(a: string, b: string): string {
  const [left, right] = [parts(a), parts(b)];
  const scale = Math.max(left.scale, right.scale);
  return textOf({ units: widened(left, scale) + widened(right, scale), scale });
}

/** a − b, at the finer scale of the two. */
export function subtract(a: string, b: string): string {
  return add(a, negate(b));
}

export function negate(a: string): string {
  const value = parts(a);
  return textOf({ units: -value.units, scale: value.scale });
}

export function absolute(a: string): string {
  return isNegative(a) ? negate(a) : textOf(parts(a));
}

export const isZero = (a: string): boolean => parts(a).units === 0n;
export const isNegative = (a: string): boolean => parts(a).units < 0n;

/** Negative, 0 or positive as a is below, equal to or above b; for sorting. */
export function compare(a: string, b: string): number {
  const difference = parts(subtract(a, b)).units;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** Largest absolute value; `"0"` of none. */
export function largest(values: readonly string[]): string {
  return values.map(absolute).reduce((most, value) => (compare(value, most) > 0 ? value : most), '0');
}

/** Moves the point: `shift("1234.5", 3)` is `"1.2345"`; a negative `places` multiplies. */
export function shift(a: string, places: number): string {
  const value = parts(a);
  const scale = value.scale + places;
  return scale >= 0
    ? textOf({ units: value.units, scale })
    : textOf({ units: value.units * 10n ** BigInt(-scale), scale: 0 });
}

/** Rounded half away from zero to so many decimals. */
export function round(a: string, decimals: number): string {
  const value = parts(a);
  if (value.scale <= decimals) return textOf({ units: widened(value, decimals), scale: decimals });
  const divisor = 10n ** BigInt(value.scale - decimals);
  const negative = value.units < 0n;
  const magnitude = negative ? -value.units : value.units;
  const rounded = (magnitude * 2n + divisor) / (divisor * 2n);
  return textOf({ units: negative ? -rounded : rounded, scale: decimals });
}

/** For the length of a bar only, never for a printed figure. */
export const toGeometry = (a: string): number => Number(a);
