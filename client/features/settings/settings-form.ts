import type { ChangeSettings, Settings } from '../../../server/contract/access.js';
import { compare, shift } from '../../../server/contract/decimal.js';
import { readNumber, typedNumber } from '../../lib/read-number';

/** The settings as people write them, and what of it is to be saved. */

export const EDITABLE = ['lockedThrough', 'valuesDueDay', 'onTrackFrom', 'atRiskFrom', 'discountRate'] as const;
export type Editable = (typeof EDITABLE)[number];
export type Typed = Readonly<Record<Editable, string>>;
export interface FieldProblem {
  field: Editable;
  message: string;
}

const trimmed = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);
/** `0.95` → `95`. */
const percentOf = (share: string): string => typedNumber(trimmed(shift(share, -2)));

export const typedOf = (settings: Settings): Typed => ({
  lockedThrough: settings.lockedThrough ?? '',
  valuesDueDay: String(settings.valuesDueDay),
  onTrackFrom: percentOf(settings.onTrackFrom),
  atRiskFrom: percentOf(settings.atRiskFrom),
  discountRate: percentOf(settings.discountRate),
});

/** Percent as typed → the share as text; null where it is none, or out of bounds. */
const shareOf = (typed: string, least: string, most: string): string | null => {
  const percent = readNumber(typed.replace(/%\s*$/, ''));
  if (percent === null || (percent.split('.')[1]?.length ?? 0) > 2) return null;
  return compare(percent, least) < 0 || compare(percent, most) > 0 ? null : trimmed(shift(percent, 2));
};

/** What differs from the settings as they were read, and what cannot be saved. */
export function changesOf(settings: Settings, typed: Typed): { changes: ChangeSettings; problems: FieldProblem[] } {
  const was = typedOf(settings);
  const changes: ChangeSettings = {};
  const problems: FieldProblem[] = [];
  const refuse = (field: Editable, message: string) => problems.push({ field, message });
  if (typed.lockedThrough !== was.lockedThrough) {
    const month = typed.lockedThrough.trim();
    if (month === '' || /^(19|2[01])\d\d-(0[1-9]|1[0-2])$/.test(month))
      changes.lockedThrough = month === '' ? null : month;
    else refuse('lockedThrough', 'Write the last locked month as YYYY-MM, for example 2026-07, or leave it empty.');
  }
  if (typed.valuesDueDay.trim() !== was.valuesDueDay) {
    const day = typed.valuesDueDay.trim();
    if (/^([1-9]|1\d|2[0-8])$/.test(day)) changes.valuesDueDay = Number(day);
    else refuse('valuesDueDay', 'Write a day from 1 to 28, which every month has.');
  }
  for (const [field, name] of [
    ['onTrackFrom', 'on track'],
    ['atRiskFrom', 'at risk'],
  ] as const) {
    if (typed[field] === was[field]) continue;
    const share = shareOf(typed[field], '0', '1000');
    if (share === null)
      refuse(field, `Write from which percentage of the plan a benefit is ${name}, 0 to 1000, at most two decimals.`);
    else changes[field] = share;
  }
  const [onTrack, atRisk] = [changes.onTrackFrom ?? settings.onTrackFrom, changes.atRiskFrom ?? settings.atRiskFrom];
  const isTouched = changes.onTrackFrom !== undefined || changes.atRiskFrom !== undefined;
  if (problems.length === 0 && isTouched && compare(atRisk, onTrack) > 0)
    refuse('atRiskFrom', 'At risk must not begin above on track: nothing could be at risk.');
  if (typed.discountRate !== was.discountRate) {
    const rate = shareOf(typed.discountRate, '-99', '1000');
    if (rate === null)
      refuse('discountRate', 'Write a percentage from −99 to 1000 with at most two decimals, for example 8.');
    else changes.discountRate = rate;
  }
  return { changes, problems };
}
