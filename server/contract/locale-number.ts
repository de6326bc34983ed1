/** How the reader's locale writes numbers. The words on screen are English; separators follow the reader. */

export interface NumberSigns {
  decimal: string;
  group: string;
}

const known = new Map<string, NumberSigns>();

/** The locale of the browser; English where there is none (tests). */
export function userLocale(): string {
  return (globalThis as { navigator?: { language?: string } }).navigator?.language || 'en';
}

/** Decimal and grouping sign of a locale. */
export function numberSigns(locale: string = userLocale()): NumberSigns {
  const cached = known.get(locale);
  if (cached) return cached;
  const written = new Intl.NumberFormat(locale, { useGrouping: 'always' }).formatToParts(1234567.8);
  const sign = (type: string, otherwise: string) => written.find((part) => part.type === type)?.value ?? otherwise;
  const signs = { decimal: sign('decimal', '.'), group: sign('group', ',') };
  known.set(locale, signs);
  return signs;
}

/** U+2212: the same width as a plus, and never mistaken for a hyphen. */
export const MINUS = '−';

/** Writes plain decimal text in the locale's signs: `"-1234567.50"` → `"−1,234,567.50"`. No digit is lost or added. */
export function localised(decimalText: string, locale?: string): string {
  const signs = numberSigns(locale);
  const negative = decimalText.startsWith('-');
  const [whole = '0', fraction] = decimalText.replace(/^[-+]/, '').split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, signs.group);
  return `${negative ? MINUS : ''}${grouped}${fraction === undefined ? '' : signs.decimal + fraction}`;
}
