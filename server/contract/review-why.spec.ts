import { describe, expect, test } from '@jest/globals';
import type { BridgeStep } from './review-after.js';
import { reasonsOf } from './review-reasons.js';

const cause = (more: Partial<BridgeStep['causes'][number]>): BridgeStep['causes'][number] => ({
  ...{ seq: 98, at: '2026-11-03T09:12:00.000Z', actor: 'A. Meyer', action: 'changed', reason: null },
  ...{ field: 'Actual', from: '1', to: '2' },
  ...more,
});
const EFFECT = { text: '1', value: '1', unit: 'EUR', figure: null, impact: null };
const linesOf = (type: string, code: string, name: string, causes: BridgeStep['causes'], at: string | null = null) =>
  reasonsOf({ bridge: [{ record: { type, code, name, at }, was: null, is: null, effect: EFFECT, causes }] });
const DONE = 'Actual 1 → 2, A. Meyer, 3 Nov 2026, 09:12 UTC';

describe('A line of why a figure is another', () => {
  test('begins with the record, and with what was done to another where that was it', () => {
    expect(linesOf('investment_cost', 'I2', 'Upkeep', [cause({})], '2026-09')).toEqual([`I2 2026-09 ${DONE}`]);
    expect(linesOf('priority', 'P1', 'Grow', [cause({ of: 'I2 2026-09' })])).toEqual([`P1: I2 2026-09, ${DONE}`]);
    expect(linesOf('investment', 'I2', 'Upkeep', [cause({ of: 'I2 2026-09' })])).toEqual([`I2 2026-09, ${DONE}`]);
    expect(linesOf('link', '', 'Shares of links', [cause({ of: 'A → B' })])).toEqual([`A → B, ${DONE}`]);
  });

  test('tells values as everybody reads them: shares in percent, amounts in groups, instants by day and time, and what was not there', () => {
    const told = (field: string, from: string | null, to: string | null) =>
      linesOf('investment', 'I2', 'Upkeep', [cause({ field, from, to })])[0]!.replace(
        ', A. Meyer, 3 Nov 2026, 09:12 UTC',
        '',
      );
    expect(told('Allocation', '25.00', '7.50')).toBe('I2 Allocation 25 % → 7.5 %');
    expect(told('Contribution', null, '40.00')).toBe('I2 Contribution nothing → 40 %');
    expect(told('Actual', '-134300.00', '91000.00')).toBe('I2 Actual −134,300.00 → 91,000.00');
    expect(told('Decided at', null, '2026-09-25T17:00:00.000Z')).toBe('I2 Decided at nothing → 25 Sep 2026, 17:00 UTC');
    expect(told('Name', '2026', null)).toBe('I2 Name 2026 → nothing');
  });

  test('tells amounts in their currency or unit, whole numbers in groups where they are numbers, and a reason without its full stop', () => {
    const told = (more: Partial<BridgeStep['causes'][number]>) =>
      linesOf('investment', 'I2', 'Upkeep', [cause(more)])[0]!.replace('A. Meyer, 3 Nov 2026, 09:12 UTC', '');
    const amount = { field: 'Actual', from: '134300', to: '-91000.5' };
    expect(told({ ...amount, unit: 'EUR' })).toBe('I2 Actual 134,300 EUR → −91,000.5 EUR, ');
    expect(told({ ...amount, unit: 'claims', from: null })).toBe('I2 Actual nothing → −91,000.5 claims, ');
    expect(told({ ...amount, field: 'Requests', to: null, unit: '' })).toBe('I2 Requests 134,300 → nothing, ');
    expect(told({ field: 'Name', from: '20260', to: '1' })).toBe('I2 Name 20260 → 1, ');
    expect(told({ reason: 'Der Auftrag ist „neu”.' })).toBe('I2 Actual 1 → 2, Der Auftrag ist „neu”, ');
    expect(told({ reason: 'And so on...' })).toBe('I2 Actual 1 → 2, And so on..., ');
  });

  test('never begins with the number of an event, or a code that nobody gave', () => {
    const imported = cause({ of: 'I2 2026-09', field: null, action: 'imported', from: null, to: null });
    expect(linesOf('event', '98', '101 records, imported at once', [imported])).toEqual([
      '101 records, imported at once, A. Meyer, 3 Nov 2026, 09:12 UTC',
    ]);
    expect(linesOf('none', 'none', 'No priority', [cause({ of: 'I2 2026-09' })])).toEqual([
      `No priority: I2 2026-09, ${DONE}`,
    ]);
    expect(linesOf('none', 'none', 'No priority', [])).toEqual(['No priority']);
    expect(linesOf('rounding', '', 'Rounding', [])).toEqual(['Rounding']);
  });
});
