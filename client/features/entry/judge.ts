import type { EntryCell, EntryRow } from '../../../server/contract/entry.js';
import { absolute, compare, isNegative, isZero, shift } from '../../../server/contract/decimal.js';
import { count, day } from '../../../server/contract/format.js';
import { localised } from '../../../server/contract/locale-number.js';
import { readEntered, type DecimalSign } from './entered-number';
import type { Edit, Field } from './staged';

/** What an entered text means in its row, what is wrong with it, and what is odd about it. */

export interface Judged {
  value: string | null;
  problem: string | null;
}

const SYMBOLS: Readonly<Record<string, (currency: string) => boolean>> = {
  '€': (currency) => currency === 'EUR',
  '£': (currency) => currency === 'GBP',
  '¥': (currency) => ['JPY', 'CNY'].includes(currency),
  $: (currency) => currency.endsWith('D'),
};

/** `EUR`, `min`, `%`; what a row counts in, without scale. */
export const unitOfRow = ({ benefit }: EntryRow): string => (benefit.isMoney ? benefit.currency : benefit.unit) ?? '';

/**
 * @param exponent of the row's scale: 3 where it stands in thousands. A number that brings its own `k` or `m` is not scaled twice.
 * @param decimalSign for what could be read in two ways
 */
export function judge(text: string, unit: string, exponent: number, decimalSign: DecimalSign): Judged {
  const entered = readEntered(text, decimalSign);
  const short = shortened(text);
  if (entered.kind === 'empty') return { value: null, problem: null };
  if (entered.kind !== 'number') return refused(`'${short}' is not a number. Enter a number or leave empty.`);
  if (entered.unit !== '' && !isUnit(entered.unit, unit))
    return refused(
      `'${short}' is in ${entered.unit}, but the row is in ${unit || 'plain numbers'}. Enter it in ${unit || 'plain numbers'}.`,
    );
  const value = trimmed(entered.isScaled ? entered.value : shift(entered.value, -exponent));
  const [whole = '', fraction = ''] = absolute(value).split('.');
  if (fraction.length > 4) return refused(`'${short}' has more than 4 decimals, and 4 are kept. Round it first.`);
  if (whole.length > 16) return refused(`'${short}' is too large: at most 16 digits are kept.`);
  return { value, problem: null };
}

const refused = (problem: string): Judged => ({ value: null, problem });
const shortened = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text).replace(/\s+/g, ' ');
const trimmed = (value: string): string => (value.includes('.') ? value.replace(/\.?0+$/, '') || '0' : value);

function isUnit(written: string, unit: string): boolean {
  if (written === '%') return /^(%|percent|percentage|per cent)$/i.test(unit);
  const symbol = SYMBOLS[written];
  return symbol ? symbol(unit) : written.toLowerCase() === unit.toLowerCase();
}

/** Against what an entered value is held: the last realised one, else the last stored one before it in the row. */
export function comparedWith(row: EntryRow, month: string, field: Field): { month: string; value: string } | null {
  if (row.last && row.last.month !== month) return { month: row.last.month, value: row.last.realised };
  const stored = row.cells.filter((cell) => cell[field] !== null && cell.month !== month);
  const before = stored.filter((cell) => cell.month < month).at(-1) ?? stored[0];
  return before ? { month: before.month, value: before[field]! } : null;
}

/**
 * What is odd about a readable value: it can be saved all the same.
 * @param today in the reporting time zone
 */
export function warningsOf(edit: Edit, row: EntryRow, today: string): string[] {
  if (edit.problem !== null || edit.value === null) return [];
  const found: string[] = [];
  if (edit.field === 'realised' && edit.month > today.slice(0, 7))
    found.push(`${day(edit.month)} has not begun: nothing can be realised in it yet`);
  const last = comparedWith(row, edit.month, edit.field);
  if (last === null || isZero(last.value) || isZero(edit.value)) return found;
  const of = `the last value, ${localised(trimmed(last.value))} of ${day(last.month)}`;
  const times = magnitude(edit.value, last.value);
  if (times >= 10) found.push(`${count(times)} times ${of}: check the scale`);
  const parts = magnitude(last.value, edit.value);
  if (parts >= 10) found.push(`a ${count(parts)}th of ${of}: check the scale`);
  if (isNegative(edit.value) !== isNegative(last.value)) found.push(`another sign than ${of}`);
  return found;
}

/** 1, 10, 100, 1000 …: the power of ten that a is at least of b. */
function magnitude(a: string, b: string): number {
  let power = 0;
  while (power < 9 && compare(absolute(a), shift(absolute(b), -(power + 1))) >= 0) power += 1;
  return 10 ** power;
}

/** Whether this change needs a reason: what is locked, what was reported, a plan that is fixed. */
export function needsReason(field: Field, row: EntryRow, cell: EntryCell): boolean {
  if (cell.state.locked) return true;
  if (field === 'realised') return cell.realised !== null;
  return field === 'planned' && row.benefit.planFixed;
}
