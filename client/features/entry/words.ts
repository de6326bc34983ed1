import type { EntryCell, EntryGrid } from '../../../server/contract/entry.js';
import { counted, day, scaleFor, signed, unitOf } from '../../../server/contract/format.js';
import { localised } from '../../../server/contract/locale-number.js';
import { shift } from '../../../server/contract/decimal.js';
import type { Edit, Field } from './staged';
import type { ChangeTotal } from './totals';

/** Sentences of the entry grid. */

export const CODES: Record<Field, string> = { realised: 'AC', forecast: 'FC', planned: 'PL' };
export const FIELD_WORDS: Record<Field, string> = { realised: 'Realised', forecast: 'Forecast', planned: 'Planned' };

/** `15 Jan`: the year only where it is not this one. */
export const shortDay = (date: string, today: string): string =>
  date.slice(0, 4) === today.slice(0, 4) ? day(date).replace(/ \d{4}$/, '') : day(date);

const LONG_MONTH = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
/** `August 2026`. */
export const longMonth = (month: string): string => LONG_MONTH.format(new Date(`${month}-01T00:00:00Z`));

/** `14 values due by 15 Jan; 3 overdue. 2 periods are locked.` */
export function dueMessage({ counts, today }: Pick<EntryGrid, 'counts' | 'today'>): string {
  const { due, overdue, nextDueOn, lockedMonths } = counts;
  const locked = lockedMonths === 0 ? '' : ` ${counted(lockedMonths, 'period is', 'periods are')} locked.`;
  if (due === 0) return `No value is due in these months.${locked}`;
  if (nextDueOn === null) return `${counted(overdue, 'value is', 'values are')} overdue.${locked}`;
  const late = overdue === 0 ? '' : `; ${overdue} overdue`;
  return `${counted(due, 'value')} due by ${shortDay(nextDueOn, today)}${late}.${locked}`;
}

/** Every digit, without noughts behind the decimals, at the scale of the row. */
export const shownValue = (value: string, exponent: number, locale?: string): string =>
  localised(trimmed(shift(value, exponent)), locale);

/** For the clipboard and the editor: as one would type it, without groups. */
export const typedValue = (value: string, exponent: number, decimal: string): string =>
  trimmed(shift(value, exponent)).replace('.', decimal);

const trimmed = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);

/** `Row 7 (BEN-014), Aug 2026`; without its number where the row is not on the screen. */
export const placeOf = ({ benefit, month }: Pick<Edit, 'benefit' | 'month'>, row: number | undefined): string =>
  `${row === undefined ? benefit : `Row ${row} (${benefit})`}, ${day(month)}`;

/** `12 changes in 4 rows · total +120 k EUR · 1 problem · 2 warnings`. */
export function changeWords(
  changes: number,
  rows: number,
  totals: readonly ChangeTotal[],
  problems: number,
  warnings: number,
): string {
  const fields = new Set(totals.map(({ field }) => field));
  return [
    `${counted(changes, 'change')} in ${counted(rows, 'row')}`,
    ...totals.map((total) => `total ${fields.size > 1 ? `${CODES[total.field]} ` : ''}${totalText(total)}`),
    ...(problems > 0 ? [counted(problems, 'problem')] : []),
    ...(warnings > 0 ? [counted(warnings, 'warning')] : []),
  ].join(' · ');
}

function totalText({ amount, currency }: ChangeTotal): string {
  const scale = scaleFor([amount]);
  return `${signed(amount, scale)} ${unitOf(scale, currency)}`;
}

/** What a paste did, for everyone and for the live region: `12 cells pasted, 1 problem, 4 did not fit`. */
export function pasteWords(pasted: number, problems: number, overflow: number, skipped: number): string {
  return [
    `${counted(pasted, 'cell')} pasted`,
    ...(problems > 0 ? [counted(problems, 'problem')] : []),
    ...(overflow > 0 ? [`${overflow} did not fit`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ].join(', ');
}

/** What a cell is beside its number; each word has a mark on the screen. */
export function stateWords(cell: EntryCell, field: Field, isClosed: boolean): string[] {
  const { locked, due, overdue, provisional } = cell.state;
  return [
    ...(field === 'realised' && overdue ? ['overdue'] : field === 'realised' && due ? ['due'] : []),
    ...(field === 'realised' && provisional ? ['provisional'] : []),
    ...(locked ? ['locked'] : []),
    ...(isClosed && !locked ? ['read only'] : []),
  ];
}
