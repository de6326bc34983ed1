import { describe, expect, test } from '@jest/globals';
import { itemOf, needsReason, replans, type MonthField } from './month-values';

const FIELDS: MonthField[] = [
  { name: 'month', label: 'Month', kind: 'month', isKey: true },
  { name: 'planned', label: 'Planned', kind: 'amount' },
  { name: 'realised', label: 'Realised', kind: 'amount' },
  { name: 'evidence', label: 'Evidence', kind: 'text' },
  { name: 'reason', label: 'Reason', kind: 'text', isRequired: needsReason },
];
const ROW = { month: '2026-07', version: 3, planned: '10.00', realised: '8.00', evidence: null };
const TYPED = { month: '2026-07', planned: '10.00', realised: '8.00', evidence: '', reason: '' };

describe('A month to send', () => {
  test('holds only the cells that differ, and the version that they were read at', () => {
    expect(itemOf(FIELDS, { ...TYPED, planned: '1,200.5', evidence: 'Ledger' }, ROW)).toEqual({
      item: { month: '2026-07', version: 3, planned: '1200.5', evidence: 'Ledger' },
      problems: [],
    });
  });

  test('of a new month holds what is filled in', () => {
    expect(itemOf(FIELDS, { ...TYPED, realised: '', planned: '5' }, null)).toEqual({
      item: { month: '2026-07', planned: '5' },
      problems: [],
    });
  });

  test('empties a cell with null', () => {
    expect(itemOf(FIELDS, { ...TYPED, planned: '' }, ROW).item).toEqual({
      month: '2026-07',
      version: 3,
      planned: null,
    });
  });

  test('asks for a reason where a realised value changes, and only there', () => {
    expect(needsReason(TYPED, ROW)).toBe(false);
    expect(needsReason({ ...TYPED, realised: '9' }, ROW)).toBe(true);
    expect(needsReason({ ...TYPED, realised: '9' }, { ...ROW, realised: null })).toBe(false);
    expect(itemOf(FIELDS, { ...TYPED, realised: '9' }, ROW).problems.map(({ name }) => name)).toEqual(['reason']);
    expect(itemOf(FIELDS, { ...TYPED, realised: '9', reason: 'Late invoice' }, ROW)).toEqual({
      item: { month: '2026-07', version: 3, realised: '9', reason: 'Late invoice' },
      problems: [],
    });
  });

  test('asks for a reason where an approved plan changes, in a new month too', () => {
    const fields = FIELDS.map((field) => (field.name === 'reason' ? { ...field, isRequired: replans } : field));
    const asked = (typed: Partial<typeof TYPED>, row: typeof ROW | null) =>
      itemOf(fields, { ...TYPED, ...typed }, row).problems.map(({ message }) => message);
    const sentence = 'Reason: The plan is approved. Say why it changes.';
    expect(asked({ planned: '9' }, ROW)).toEqual([sentence]);
    expect(asked({ planned: '' }, ROW)).toEqual([sentence]);
    expect(asked({ planned: '9', realised: '' }, null)).toEqual([sentence]);
    expect(asked({ planned: '9', reason: 'Late' }, ROW)).toEqual([]);
    expect(asked({ planned: '', evidence: 'Ledger' }, { ...ROW, planned: null as unknown as string })).toEqual([]);
  });

  test('says what cannot be read, what is too fine, and that nothing is filled in', () => {
    const messages = (typed: Record<string, string>) =>
      itemOf(FIELDS, { ...TYPED, realised: '', ...typed }, null).problems.map(({ message }) => message);
    expect(messages({ planned: 'NA', month: '' })).toEqual([
      'Choose a month.',
      'Planned: “NA” cannot be read as a number. Write it like 1,234.50.',
    ]);
    expect(messages({ planned: '0.00001' })).toEqual(['Planned: At most 4 decimals are kept. Round it first.']);
    expect(messages({ planned: '' })).toEqual(['Nothing is filled in yet. Enter a value to save.']);
  });
});
