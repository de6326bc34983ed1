import { isNegative, isZero } from '../../contract/decimal.js';
import type { BenefitStatus } from '../../contract/status.js';
import {
  brief,
  inFull,
  money,
  percent,
  percentInFull,
  plainInFull,
  points,
  pointsInFull,
  scaled,
  type Scale,
  scaleFor,
  unitOf,
  withPlus,
} from '../../contract/format.js';
import { amountApart } from '../../contract/told-apart.js';

/** How reviews print figures: in English, whoever reads, so that screen and packs show the same signs. */
const LOCALE = 'en';
/** What stands where there is no value. */
export const NOTHING = '–';

interface Form {
  /** Of a column of money: then without the unit, which its header has. */
  readonly scale?: Scale | undefined;
  /** A difference, with its sign always. */
  readonly isSigned?: boolean | undefined;
}

/** Whether a unit of a figure is money. */
export const isCurrency = (unit: string): boolean => /^[A-Z]{3}$/.test(unit);
/** Units that people know by the number. */
const BARE = ['count', 'level', 'score', 'number', 'points'];
/** Whether values of a unit are printed without it. */
export const isBare = (unit: string): boolean => BARE.includes(unit);

const withSign = (text: string, value: string, isSigned: boolean | undefined): string =>
  !isSigned || isZero(value) || isNegative(value) ? text : withPlus(text);

const plain = (value: string, unit: string): string => {
  if (unit === 'share') return percent(value, LOCALE);
  if (unit === 'net_share') return points(value, LOCALE);
  if (unit === 'count') return plainInFull(value, LOCALE);
  return isBare(unit) ? brief(value, LOCALE) : `${brief(value, LOCALE)} ${unit}`;
};

/** A value as pages print it: `12.4 m EUR`, `71.0 %`, `9`, `3.2 days`; `–` of none. */
export const printedValue = (value: string | null, unit: string, { scale, isSigned }: Form = {}): string => {
  if (value === null) return NOTHING;
  if (!isCurrency(unit)) return withSign(plain(value, unit), value, isSigned);
  const text = scale ? scaled(value, scale, LOCALE) : money(value, unit, undefined, LOCALE);
  return withSign(text, value, isSigned);
};

/** A value with every digit: `12,400,000.00 EUR`. */
export const printedInFull = (value: string | null, unit: string, isSigned = false): string => {
  if (value === null) return NOTHING;
  const text = ((): string => {
    if (isCurrency(unit)) return inFull(value, unit, LOCALE);
    if (unit === 'share') return percentInFull(value, LOCALE);
    if (unit === 'net_share') return pointsInFull(value, LOCALE);
    return isBare(unit) ? plainInFull(value, LOCALE) : `${plainInFull(value, LOCALE)} ${unit}`;
  })();
  return withSign(text, value, isSigned);
};

/**
 * A value beside another of its unit that prints alike, at the scale of that one: `37.874 m EUR` where 37.9 m EUR stood, with the fewest decimals
 * that tell them apart.
 */
export const printedApart = (value: string, other: string, unit: string, isSigned = false): string => {
  const scale = isCurrency(unit) ? scaleFor([other]) : null;
  const alone = printedValue(value, unit, scale ? { scale } : {});
  const decimals = /\.(\d+)/.exec(alone)?.[1]!.length ?? 0;
  const exponent = scale?.exponent ?? (unit === 'share' || unit === 'net_share' ? -2 : 0);
  const text = amountApart(value, other, { exponent, decimals }, LOCALE);
  const name = scale ? unitOf(scale, unit) : unit === 'share' ? '%' : unit === 'net_share' || isBare(unit) ? '' : unit;
  return withSign(name === '' ? text : `${text} ${name}`, value, isSigned);
};

export { periodName } from '../../contract/period-name.js';

/** Status of a benefit in words. */
export const STATUS_WORDS = {
  on_track: 'On track',
  at_risk: 'At risk',
  off_track: 'Off track',
  unmeasured: 'Not measured',
  not_due: 'Not due',
} as const satisfies Record<BenefitStatus, string>;
