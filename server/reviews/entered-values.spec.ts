import { expect, test } from '@jest/globals';
import type { FrozenRecord } from '../contract/review-after.js';
import { Causes, type Event } from './causes.js';
import { relevant } from './telling.js';

const event = (seq: number, objectId: string, action = 'imported'): Event => ({
  ...{ seq, at: '2026-10-20T08:00:00.000Z', actor: 'tom.keller@tests.example', action, objectType: 'import' },
  ...{ objectId, objectCode: null, before: null, after: null },
});
const month = (entered: string): FrozenRecord => ({
  ...{ type: 'benefit_value', code: 'B1', name: 'Benefit', at: '2026-05', note: null },
  ...{ entered, enteredUnit: 'EUR', amount: entered, cells: null },
});
/** What an import stored of the month before it. */
const row = (importId: string, amounts: { planned: string; realised: string } | null) => ({
  ...{ importId, type: 'benefit_value', code: 'B1', month: '2026-05', kind: null },
  before: amounts,
});
const told = (events: readonly Event[], written: readonly ReturnType<typeof row>[]) => {
  const beside = { reasons: [], rates: [], owners: [], holders: [], links: [], units: [] };
  const causes = Causes.told(events, { ...beside, written });
  const [was, is] = [month('5.00'), month('7.00')];
  return relevant(causes.of(is), was, is).map(({ cause: { seq, action, from, to } }) => [seq, action, from, to]);
};
const TWO = [event(6, 'first'), event(7, 'second')];

test('imports in a row tell each what it made of a record, by what the next one found', () => {
  const found = row('first', { planned: '1', realised: '5' });
  expect(told(TWO, [found, row('second', { planned: '2', realised: '6.5' })])).toEqual([
    [6, 'imported', '5.00', '6.5'],
    [7, 'imported', '6.5', '7.00'],
  ]);
  // The first wrote the plan alone: of the value it made nothing.
  expect(told(TWO, [found, row('second', { planned: '2', realised: '5' })])).toEqual([[7, 'imported', '5', '7.00']]);
});

test('an import that was reverted before the next one tells what it was reverted to', () => {
  const events = [event(6, 'first'), event(7, 'first', 'reverted'), event(8, 'second')];
  const rows = [row('first', { planned: '1', realised: '5' }), row('second', { planned: '1', realised: '5' })];
  expect(told(events, rows).at(-1)).toEqual([8, 'imported', '5', '7.00']);
});

test('the last of several tells what they did together where nobody knows what was between them', () => {
  expect(told(TWO, [row('first', null), row('second', null)])).toEqual([
    [7, 'imported, with 1 import before it', '5.00', '7.00'],
  ]);
  // Plan and value were the same: which of them the record shows is not known.
  const both = row('first', { planned: '5', realised: '5' });
  expect(told(TWO, [both, row('second', { planned: '6', realised: '5.5' })])).toEqual([
    [7, 'imported, with 1 import before it', '5.00', '7.00'],
  ]);
});
