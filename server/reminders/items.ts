import type { OwnBenefit } from '../benefits/due.service.js';
import type { Reminder } from '../contract/reminder.js';
import type { DueRecord, OpenDecision } from './reminders.queries.js';
import { counted, monthsWords, monthWords } from './words.js';

/** One reminder of each kind: what it says, and where it is done. */

/** Before it is known where today lies. */
export type Undated = Omit<Reminder, 'time' | 'overdueDays'>;

const PAGES: Record<string, string> = {
  investment: 'investments',
  initiative: 'initiatives',
  capability: 'capabilities',
  outcome: 'outcomes',
  benefit: 'benefits',
};

const page = (type: string, code: string): string => `/${PAGES[type] ?? type}/${encodeURIComponent(code)}`;

/** The sheet with this one benefit, from its first open month; who may not enter is led to the benefit. */
const entry = ({ code, mayWrite }: OwnBenefit, month: string): string =>
  mayWrite ? `/enter?${new URLSearchParams({ q: code, from: month })}` : page('benefit', code);

const of = ({ code, name }: { code: string; name: string }): Reminder['object'] => ({ type: 'benefit', code, name });

const NONE = { since: null, months: [], count: 0, amount: null };

/** @param months the earliest first, at least one */
export const valuesReminder = (benefit: OwnBenefit, months: readonly string[], dueOn: string): Undated => {
  const what = months.length === 1 ? 'the value' : counted(months.length, 'value');
  const title = benefit.mayWrite
    ? `Enter ${what} of ${benefit.name} for ${monthsWords(months)}`
    : `${benefit.name} lacks ${what} for ${monthsWords(months)}`;
  const link = entry(benefit, months[0]!);
  return {
    ...NONE,
    id: `values-${benefit.id}`,
    kind: 'values',
    title,
    dueOn,
    link,
    object: of(benefit),
    months: [...months],
    count: months.length,
  };
};

export const rejectedReminder = (benefit: OwnBenefit, month: string, note: string | null, dueOn: string): Undated => ({
  ...NONE,
  id: `rejected-${benefit.id}-${month}`,
  kind: 'rejected',
  title: `Put right the value of ${benefit.name} for ${monthWords(month)}${note === null ? '' : `: “${note}”`}`,
  dueOn,
  link: entry(benefit, month),
  object: of(benefit),
  months: [month],
  count: 1,
});

export const confirmationsReminder = (
  count: number,
  amount: { value: string; currency: string },
  since: string | null,
): Undated => ({
  ...NONE,
  id: 'confirmations',
  kind: 'confirmations',
  title: `Confirm or reject ${counted(count, 'value')}`,
  dueOn: null,
  since,
  link: '/confirm',
  count,
  object: null,
  amount,
});

const ofRecord = (
  kind: 'action' | 'assumption' | 'evidence',
  { id, benefit, on, code }: DueRecord,
  title: string,
): Undated => ({
  ...NONE,
  id: `${kind}-${id}`,
  kind,
  title,
  dueOn: on,
  link: benefit === null ? null : page('benefit', benefit.code),
  object: benefit === null ? { type: kind, code, name: title } : of(benefit),
});

export const actionReminder = (record: DueRecord): Undated =>
  ofRecord('action', record, `Finish: ${record.text ?? record.code}`);

export const assumptionReminder = (record: DueRecord): Undated =>
  ofRecord('assumption', record, `Look again whether it holds: ${record.text ?? record.code}`);

export const evidenceReminder = (record: DueRecord): Undated =>
  ofRecord(
    'evidence',
    record,
    `Renew the evidence “${record.text ?? record.code}” of ${record.benefit?.name ?? 'its benefit'}`,
  );

export const decisionReminder = ({ id, code, title, on, about }: OpenDecision): Undated => ({
  ...NONE,
  id: `decision-${id}`,
  kind: 'decision',
  title: `Decide: ${title ?? code}`,
  dueOn: on,
  link: about === null ? null : page(about.type, about.code),
  object: { type: 'decision', code, name: title ?? code },
});
