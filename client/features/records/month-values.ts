import { readNumber, typedNumber } from '../../lib/read-number';
import { localised } from '../../../server/contract/locale-number.js';

/** One month of a grid, as it is read. */
export type MonthRow = { month: string; version: number } & Readonly<Record<string, unknown>>;

export interface MonthField {
  name: string;
  label: string;
  kind: 'month' | 'amount' | 'text';
  help?: string;
  choices?: readonly string[];
  /** Says which row it is. */
  isKey?: boolean;
  /** Of a reason: whether what is typed needs one. */
  isRequired?: (typed: Readonly<Record<string, string>>, row: MonthRow | null) => boolean;
}

export interface MonthProblem {
  name: string | null;
  message: string;
}

/** Whether an amount was typed that differs from the stored one; nothing typed counts only where the row was opened to be changed. */
const isOther = (typed: string, stored: unknown): boolean => {
  const was = stored === null || stored === undefined ? '' : typedNumber(String(stored));
  return typed.trim() !== was;
};

/** A reported value is not overwritten without a word. */
export const needsReason = (typed: Readonly<Record<string, string>>, row: MonthRow | null): boolean =>
  row !== null &&
  row['realised'] !== null &&
  row['realised'] !== undefined &&
  isOther(typed['realised'] ?? '', row['realised']);

/** Nor is an approved plan, in a month that is there or in a new one. */
export const replans = (typed: Readonly<Record<string, string>>, row: MonthRow | null): boolean =>
  isOther(typed['planned'] ?? '', row?.['planned']);

/**
 * The item to send: the keys, the version of the row that it changes, and only the cells that differ from it.
 * @param row as it is stored; null where there is none
 */
export function itemOf(
  fields: readonly MonthField[],
  typed: Readonly<Record<string, string>>,
  row: MonthRow | null,
): { item: Record<string, unknown>; problems: MonthProblem[] } {
  const item: Record<string, unknown> = row ? { version: row.version } : {};
  const problems: MonthProblem[] = [];
  for (const { name, label, kind, isKey = false, isRequired } of fields) {
    const text = (typed[name] ?? '').trim();
    if (isKey) {
      if (kind === 'month' && !/^\d{4}-\d\d$/.test(text))
        problems.push({ name, message: text === '' ? 'Choose a month.' : 'Write the month as YYYY-MM, like 2026-07.' });
      item[name] = text;
    } else if (name === 'reason') {
      if (isRequired?.(typed, row) && text === '')
        problems.push({
          name,
          message: needsReason(typed, row)
            ? `${label}: A realised value is there already. Say why it changes.`
            : `${label}: The plan is approved. Say why it changes.`,
        });
      else if (text !== '') item[name] = text;
    } else if (kind === 'amount') {
      if (!isOther(text, row?.[name])) continue;
      const value = text === '' ? null : readNumber(text);
      if (text !== '' && value === null)
        problems.push({
          name,
          message: `${label}: “${text}” cannot be read as a number. Write it like ${localised('1234.50')}.`,
        });
      else if (value !== null && /\.\d{5,}$/.test(value))
        problems.push({ name, message: `${label}: At most 4 decimals are kept. Round it first.` });
      else item[name] = value;
    } else if (text !== String(row?.[name] ?? '')) item[name] = text === '' ? null : text;
  }
  const states = fields.some(({ name, isKey = false }) => !isKey && name !== 'reason' && name in item);
  if (problems.length === 0 && !states)
    problems.push({ name: null, message: 'Nothing is filled in yet. Enter a value to save.' });
  return { item, problems };
}
