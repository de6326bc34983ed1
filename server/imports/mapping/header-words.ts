import { MULTIPLIERS } from '../../contract/mapping.js';
import type { Measure } from '../../contract/month-fields.js';
import { dateReadings, monthAlone } from './foreign-dates.js';
import { plainWord } from './month-names.js';

const MEASURES: readonly [Measure, RegExp][] = [
  ['planned', /\b(planned|plan|baseline|budgeted|budget|target|soll|geplant|prevu|pl)\b/],
  ['forecast', /\b(forecast|outlook|estimated?|expected|prognose|prevision|fc|latest estimate|eac)\b/],
  ['realised', /\b(realised|realized|actuals?|achieved|delivered|measured|ist|reel|ac)\b/],
];

/** The measure that a header names, or null. `Plan 2026-01` is planned. */
export const measureOf = (header: string): Measure | null => {
  const text = plainWord(header).replace(/[_]/g, ' ');
  return MEASURES.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
};

/** The month that a header names beside its measure and unit: `Plan Jan 2026 (£k)`. Null where it names none. */
export const headerMonth = (header: string): string | null => {
  const whole = header.trim();
  if (whole === '' || whole.length > 80 || !/\d/.test(whole)) return null;
  const bare = whole
    .replace(/\([^)]*\)|\[[^\]]*\]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const direct = monthOf(bare);
  if (direct !== null) return direct;
  const words = bare.split(/[ _:|]+/);
  const left = words.filter(
    (word) => measureOf(word) === null && !/^(value|amount|cost|benefit|eur|gbp|usd|chf)s?$/i.test(word),
  );
  return left.length === words.length ? null : monthOf(left.join(' ').replace(/^[-–/ ]+|[-–/ ]+$/g, ''));
};

/** A day in a header stands for its month where it is the first one and so only one order reads it as a first day. */
const monthOf = (text: string): string | null => {
  const alone = monthAlone(text);
  if (alone !== null) return alone;
  const { dmy, mdy } = dateReadings(text);
  if (dmy !== null && dmy === mdy) return dmy.slice(0, 7);
  if (dmy === null || mdy === null) return (dmy ?? mdy)?.slice(0, 7) ?? null;
  const first = [dmy, mdy].filter((day) => day.endsWith('-01'));
  return first.length === 1 ? first[0]!.slice(0, 7) : null;
};

const SCALES: readonly [(typeof MULTIPLIERS)[number], RegExp][] = [
  ['1000000000', /\b(bn|billions?|mrd|milliarden)\b|\p{Sc}\s?bn\b/u],
  [
    '1000000',
    /\b(mn|mio|mln|millions?|millionen)\b|\p{Sc}\s?m\b|\bm\s?\p{Sc}|\b(?:eur|gbp|usd|chf)\s?m\b|\bm\s?(?:eur|gbp|usd|chf)\b/u,
  ],
  [
    '1000',
    /\b(thousands?|tsd|teur|tchf|k)\b|'000|\p{Sc}\s?k\b|\bk\s?\p{Sc}|\b(?:eur|gbp|usd|chf)\s?k\b|\bk(?:eur|gbp|usd|chf)\b/u,
  ],
];

/** The scale that a header states: `(£m)` is 1000000, `kEUR` is 1000. '1' where it states none. */
export const scaleOf = (header: string): (typeof MULTIPLIERS)[number] => {
  const text = plainWord(header);
  return SCALES.find(([, pattern]) => pattern.test(text))?.[0] ?? '1';
};

const SIGNS: Readonly<Record<string, string>> = { '£': 'GBP', '€': 'EUR', $: 'USD', '¥': 'JPY' };
const CODES = new Set(Intl.supportedValuesOf('currency'));

export const isCurrencyCode = (text: string): boolean => CODES.has(text);

/** The currency that a header names by its sign or code: `(£m)` is GBP. Null where it names none or two. */
export const currencyOf = (header: string): string | null => {
  const found = new Set<string>();
  for (const sign of header.match(/\p{Sc}/gu) ?? []) if (SIGNS[sign]) found.add(SIGNS[sign]);
  for (const word of header.match(/\b[kKmMT]?(?:EUR|GBP|USD|CHF|JPY|SEK|NOK|DKK|PLN|CZK|CAD|AUD)\b/g) ?? [])
    found.add(word.slice(-3));
  return found.size === 1 ? [...found][0]! : null;
};
