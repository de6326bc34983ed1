/**
 * Exact decimals. An amount is text outside and a scaled integer inside; it is a JavaScript number nowhere.
 */

/** The exact value `units / 10^scale`: "-12.50" is { units: -1250n, scale: 2 }. */
export interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

const DECIMAL_TEXT = /^-?\d+(\.\d+)?$/;

/**
 * Reads decimal text exactly: an optional minus, digits, an optional point with digits.
 * Refuses (RangeError) everything else: blanks, a plus, thousands separators, exponents, "1." and ".5".
 */
export function parseDecimal(text: string): Decimal {
  if (!DECIMAL_TEXT.test(text)) throw new RangeError(`Not a decimal number: ${JSON.stringify(text)}`);
  const point = text.indexOf('.');
  if (point < 0) return { units: BigInt(text), scale: 0 };
  return { units: BigInt(text.slice(0, point) + text.slice(point + 1)), scale: text.length - point - 1 };
}

/** Writes a decimal with all of its places, unrounded: { units: -1250n, scale: 2 } is "-12.50". Zero has no sign. */
export function formatDecimal(value: Decimal): string {
  return placePoint(value.units, value.scale);
}

/** The exact sum; its scale is the larger of the two. */
export function addDecimals(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return { units: unitsAtScale(a, scale) + unitsAtScale(b, scale), scale };
}

/** The exact product (an amount times a rate); its scale is the sum of the two. */
export function multiplyDecimals(a: Decimal, b: Decimal): Decimal {
  return { units: a.units * b.units, scale: a.scale + b.scale };
}

/** The units of `value` written with `scale` places. Refuses (RangeError) a scale that would lose places. */
export function unitsAtScale(value: Decimal, scale: number): bigint {
  if (scale < value.scale) throw new RangeError(`${formatDecimal(value)} has more than ${scale} decimals`);
  return scale === value.scale ? value.units : value.units * 10n ** BigInt(scale - value.scale);
}

/**
 * `numerator / denominator` as decimal text with exactly `decimals` places, rounded half away from zero.
 * What rounds to zero has no sign: never "-0.00". Refuses (RangeError) a zero denominator.
 */
export function formatFraction(numerator: bigint, denominator: bigint, decimals: number): string {
  if (denominator === 0n) throw new RangeError('A fraction needs a denominator other than zero');
  const negative = numerator < 0n !== denominator < 0n;
  const n = magnitude(numerator);
  const d = magnitude(denominator);
  // Half of an odd d cut to an integer moves no quotient across an integer, so one division is exact.
  const rounded = (n * 10n ** BigInt(decimals) + d / 2n) / d;
  return placePoint(negative ? -rounded : rounded, decimals);
}

/**
 * `a / b` as a JavaScript number for JSON and screens; null where b is zero (a ratio over nothing is not 0).
 * Accurate to at least 15 digits however large a and b are: the quotient is taken in integers and only then converted.
 * Refuses (RangeError) a quotient beyond the range of a JavaScript number.
 */
export function ratio(a: bigint, b: bigint): number | null {
  if (b === 0n) return null;
  if (a === 0n) return 0;
  const n = magnitude(a);
  const d = magnitude(b);
  const size = n <= SAFE && d <= SAFE ? Number(n) / Number(d) : wideQuotient(n, d);
  if (!Number.isFinite(size)) throw new RangeError('The ratio is beyond the range of a number');
  return a < 0n === b < 0n ? size : -size;
}

const SAFE = BigInt(Number.MAX_SAFE_INTEGER);

/** n / d by an integer quotient of 64 bits or more, so that its conversion loses less than the last bit or two. */
function wideQuotient(n: bigint, d: bigint): number {
  const shift = 68 + 4 * (d.toString(16).length - n.toString(16).length);
  const quotient = shift >= 0 ? (n << BigInt(shift)) / d : n / (d << BigInt(-shift));
  // Two halves: 2 ** -shift alone can leave the range of a number where the product does not.
  const half = Math.trunc(-shift / 2);
  return Number(quotient) * 2 ** half * 2 ** (-shift - half);
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}

/** Integer units with the point put `decimals` places from the right. */
export function placePoint(units: bigint, decimals: number): string {
  if (decimals === 0) return units.toString();
  const negative = units < 0n;
  const size = negative ? -units : units;
  // Printing a small number is several times faster than printing a small BigInt.
  const digits = (size <= SAFE ? String(Number(size)) : size.toString()).padStart(decimals + 1, '0');
  const point = digits.length - decimals;
  return `${negative ? '-' : ''}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/**
 * ISO 4217 codes to which the standard gives a minor unit: the current list, and those withdrawn since 2021
 * (ANG BGN CUC HRK SLL ZWL), in which past months may still be stated. Metals, XDR, test and bond-market
 * codes have no minor unit in the standard, so no amount could be rounded in them: they are left out.
 */
const CURRENCIES: ReadonlySet<string> = new Set(
  (
    'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF ' +
    'CHE CHF CHW CLF CLP CNY COP COU CRC CUC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD ' +
    'GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP ' +
    'LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN ' +
    'PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP STN SVC SYP SZL THB TJS ' +
    'TMT TND TOP TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS VED VES VND VUV WST XAD XAF XCD XCG XOF XPF YER ZAR ' +
    'ZMW ZWG ZWL'
  ).split(' '),
);

/** ISO 4217 codes whose minor unit is not 2 decimals. */
const MINOR_UNITS: ReadonlyMap<string, number> = new Map([
  ...'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' ').map((code) => [code, 0] as const),
  ...'BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code) => [code, 3] as const),
  ...'CLF UYW'.split(' ').map((code) => [code, 4] as const),
]);

/** Whether `code` is an ISO 4217 currency in upper case to which amounts can be rounded. */
export function isCurrency(code: string): boolean {
  return CURRENCIES.has(code);
}

/** The decimals of the currency's minor unit by ISO 4217: 0 for JPY, 3 for KWD, 4 for CLF, 2 where nothing else is stated. */
export function minorUnits(currency: string): number {
  return MINOR_UNITS.get(currency) ?? 2;
}

/**
 * A stored decimal as people write it: no idle zeros, and at least two decimals for money.
 * `1234.5000` → `1234.50` (money), `1234.5` (else); `1.2345` stays.
 */
export const plainDecimal = (stored: string, isMoney: boolean): string => {
  const [whole, decimals = ''] = stored.split('.');
  const kept = decimals.replace(/0+$/, '');
  const shown = isMoney ? kept.padEnd(2, '0') : kept;
  return shown === '' ? whole! : `${whole}.${shown}`;
};

/** Whether two amounts as text are equal by value: `100.5` is `100.50`; nothing is only equal to nothing. */
export const sameAmount = (a: string | null, b: string | null): boolean =>
  a === b || (a !== null && b !== null && unpadded(a) === unpadded(b));
const unpadded = (text: string): string => {
  const trimmed = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  const plain = trimmed.replace(/^(-?)0+(?=\d)/, '$1');
  return plain === '-0' ? '0' : plain;
};

/** An amount as a person typed it in the form in which it is stored and shown: `007.5` is `7.50`. */
export const tidyAmount = (text: string): string => plainDecimal(unpadded(text), true);
