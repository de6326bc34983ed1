import { isZero, negate, shift } from '../../../server/contract/decimal.js';
import { numberSigns } from '../../../server/contract/locale-number.js';

/** Numbers as people enter and paste them, whatever the notation they come in. */

export type DecimalSign = '.' | ',';

export type Entered =
  | { kind: 'empty' }
  /** Plain decimal text. `unit` is what stood beside it: `%`, `EUR`; empty for nothing. `decimalSign` where the text shows which it is. */
  | { kind: 'number'; value: string; unit: string; isScaled: boolean; decimalSign: DecimalSign | null }
  /** `1.234`: with the decimal point it is one thing, with the decimal comma another. */
  | { kind: 'ambiguous'; readings: Record<DecimalSign, string>; unit: string; isScaled: boolean }
  | { kind: 'text' };

const GAPS = /[\s\u00a0\u202f\u2009'’]/g;
const MINUSES = /[−–]/g;
const SUFFIXES: Readonly<Record<string, number>> = { k: -3, m: -6 };

/**
 * Reads `1 234,5`, `1,234.5`, `(120)`, `−120`, `12 %`, `1.5k`, `20 EUR`. One sign with three digits behind it and one to three before it may
 * group or part decimals: that is ambiguous.
 * @param decimalSign decides what is ambiguous
 */
export function readEntered(text: string, decimalSign?: DecimalSign): Entered {
  const trimmed = text.trim();
  if (trimmed === '') return { kind: 'empty' };
  const match =
    /^([A-Za-z€$£¥%]*)\s*([-+(\d.,\s\u00a0\u202f\u2009'’)−–]*\d[\d.,\s\u00a0\u202f\u2009'’)]*)\s*([\p{L}%€$£¥/]*)$/u.exec(
      trimmed.replace(/^([-+−–(])\s*([€$£¥])/, '$2$1'),
    );
  if (!match) return { kind: 'text' };
  const [, before = '', body = '', after = ''] = match;
  if (before !== '' && after !== '') return { kind: 'text' };
  const scale = SUFFIXES[after.toLowerCase()];
  const unit = scale === undefined ? before || after : '';
  const signed = signOf(body);
  if (signed === null) return { kind: 'text' };
  const digits = digitsOf(signed.digits, signed.hasGaps);
  if (digits === null) return { kind: 'text' };
  const finish = (plain: string): string => {
    const scaled = scale === undefined ? plain : shift(plain, scale);
    return signed.isNegative && !isZero(scaled) ? negate(scaled) : scaled;
  };
  const isScaled = scale !== undefined;
  if (typeof digits.plain === 'string')
    return { kind: 'number', value: finish(digits.plain), unit, isScaled, decimalSign: digits.decimalSign };
  const readings = { '.': finish(digits.plain['.']), ',': finish(digits.plain[',']) };
  return decimalSign === undefined
    ? { kind: 'ambiguous', readings, unit, isScaled }
    : { kind: 'number', value: readings[decimalSign], unit, isScaled, decimalSign: null };
}

/** Which sign parts decimals in this locale; of what a person types, that decides. */
export const localeSign = (locale?: string): DecimalSign => (numberSigns(locale).decimal === ',' ? ',' : '.');

function signOf(body: string): { digits: string; isNegative: boolean; hasGaps: boolean } | null {
  const trimmed = body.trim();
  const bracketed = /^\((.*)\)$/s.exec(trimmed);
  const inner = (bracketed?.[1] ?? trimmed).trim().replace(MINUSES, '-');
  const match = /^([-+]?)\s*(\d.*|[.,]\d.*)$/s.exec(inner);
  if (!match || (bracketed && match[1] !== '')) return null;
  const rest = match[2]!;
  const digits = rest.replace(GAPS, '');
  const hasGaps = digits !== rest;
  // Gaps group by three; `12 5` is two numbers in one cell.
  if (hasGaps && !/^\d{1,3}(?:[\s\u00a0\u202f\u2009'’]\d{3})+(?:[.,]\d+)?$/.test(rest)) return null;
  return { digits, isNegative: Boolean(bracketed) || match[1] === '-', hasGaps };
}

interface Digits {
  plain: string | Record<DecimalSign, string>;
  decimalSign: DecimalSign | null;
}

const GROUPED = /^\d{1,3}(?:[.,]\d{3})+$/;

function digitsOf(text: string, hasGaps: boolean): Digits | null {
  if (!/^[\d.,]+$/.test(text)) return null;
  const signs = [...text.replace(/\d/g, '')] as DecimalSign[];
  const last = signs.at(-1);
  if (last === undefined) return { plain: bareDigits(text), decimalSign: null };
  const kinds = new Set(signs);
  const [whole, fraction] = [text.slice(0, text.lastIndexOf(last)), text.slice(text.lastIndexOf(last) + 1)];
  if (kinds.size === 2) {
    const isOnce = signs.filter((sign) => sign === last).length === 1;
    return isOnce && GROUPED.test(whole) && fraction !== ''
      ? { plain: joined(whole, fraction), decimalSign: last }
      : null;
  }
  if (signs.length > 1) return GROUPED.test(text) ? { plain: bareDigits(text), decimalSign: other(last) } : null;
  if (fraction === '') return null;
  if (!hasGaps && GROUPED.test(text) && !whole.startsWith('0'))
    return {
      plain: { [last]: joined(whole, fraction), [other(last)]: bareDigits(text) } as Record<DecimalSign, string>,
      decimalSign: null,
    };
  return { plain: joined(whole, fraction), decimalSign: last };
}

const other = (sign: DecimalSign): DecimalSign => (sign === '.' ? ',' : '.');
const bareDigits = (text: string): string => text.replace(/[.,]/g, '').replace(/^0+(?=\d)/, '');
const joined = (whole: string, fraction: string): string => `${bareDigits(whole) || '0'}.${fraction}`;

/** What all cells of a paste together say about their decimal sign; null where they say nothing, or contradict each other. */
export function signOfPaste(texts: Iterable<string>): DecimalSign | null {
  const found = new Set<DecimalSign>();
  for (const text of texts) {
    const entered = readEntered(text);
    if (entered.kind === 'number' && entered.decimalSign !== null) found.add(entered.decimalSign);
  }
  return found.size === 1 ? [...found][0]! : null;
}
