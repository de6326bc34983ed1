import type { EvidenceItem } from '../../../server/contract/evidence.js';
import { count, day } from '../../../server/contract/format.js';

/** How proof is spoken of on screens. */

/** `Jan 2026`, `Jan to Mar 2026`, `Nov 2025 to Jan 2026`. */
export function monthsWord(fromMonth: string, toMonth: string): string {
  if (fromMonth === toMonth) return day(fromMonth);
  const [from, to] = [day(fromMonth), day(toMonth)];
  const isOneYear = fromMonth.slice(0, 4) === toMonth.slice(0, 4);
  return `${isOneYear ? from.replace(/ \d{4}$/, '') : from} to ${to}`;
}

/** What an item proves, in words. */
export function provesWord({ fromMonth, toMonth }: EvidenceItem): string {
  if (fromMonth === null || toMonth === null) return 'Names no month: background';
  return `Proves ${monthsWord(fromMonth, toMonth)}`;
}

/** The level that an item gives its months today. */
export function levelWord({ level, isExpired }: EvidenceItem): string {
  if (isExpired) return 'Expired: counts no more';
  if (level === 0) return 'Gives no month a level';
  return level === 3 ? 'Level 3: confirmed by finance' : 'Level 2: document';
}

const UNIT = 1024;
/** `812 bytes`, `12 kB`, `3.4 MB`. */
export function sizeWord(bytes: number): string {
  if (bytes < UNIT) return `${count(bytes)} bytes`;
  if (bytes < UNIT * UNIT) return `${count(bytes / UNIT)} kB`;
  return `${count(Math.floor(bytes / UNIT / UNIT))}.${Math.floor(((bytes / UNIT / UNIT) % 1) * 10)} MB`;
}

/** The day of the reader's calendar: what is done is done by that. */
export const today = (): string => {
  const now = new Date();
  const two = (value: number) => String(value).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
};

/** Whether a day is over, on the day by which is judged what is due (`today` of the settings). */
export const isOver = (date: unknown, on: string): boolean => typeof date === 'string' && date < on;

/** The next code in a row: `BEN-1-A3` after `BEN-1-A2`. Codes are made for the person; they can be changed in an import. */
export function nextCode(benefitCode: string, letter: string, taken: readonly string[], skip = 0): string {
  const prefix = `${benefitCode.slice(0, 50)}-${letter}`;
  const numbers = taken.flatMap((code) => {
    const rest = code.toUpperCase().startsWith(prefix.toUpperCase()) ? code.slice(prefix.length) : '';
    return /^\d{1,6}$/.test(rest) ? [Number(rest)] : [];
  });
  return `${prefix}${Math.max(0, ...numbers) + 1 + skip}`;
}
