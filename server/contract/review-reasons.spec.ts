import { expect, test } from '@jest/globals';
import type { BridgeStep } from './review-after.js';
import { deedsOf, ownWords, reasonsOf, runsOf } from './review-reasons.js';

type Cause = BridgeStep['causes'][number];

const imported = (more: Partial<Cause> = {}): Cause => ({
  ...{ seq: 65, at: '2026-11-03T09:12:00.000Z', actor: 'A. Meyer', action: 'imported', reason: 'import costs.csv' },
  ...{ field: null, from: null, to: null },
  ...more,
});
const step = (code: string, at: string | null, effect: string, causes: Cause[], more: object = {}): BridgeStep => ({
  record: { type: 'investment_cost', code, name: 'Upkeep', at, ...more },
  ...{ was: null, is: null, causes },
  effect: { text: effect, value: effect, unit: 'EUR', figure: null, impact: null },
});
const WHEN = 'import costs.csv, A. Meyer, 3 Nov 2026, 09:12 UTC';

test('what was done to many months in one go is one reason, and what moved the figure most stands first', () => {
  const months = ['2026-01', '2026-02', '2026-03'];
  expect(
    reasonsOf({
      bridge: [
        step('INV-1', '2026-01', '5.00', [imported({ field: 'actual', from: '1', to: '6', reason: 'Typed wrong.' })]),
        ...months.map((at) => step('INV-2', at, '-4.00', [imported({ from: '10', to: '6' })])),
        ...[1, 2].map(() => step('INV-3', '2026-01', '0.50', [imported({ from: '1', to: '1.5' })])),
        step('', null, '0.01', [], { type: 'rounding', name: 'Rounding' }),
      ],
    }),
  ).toEqual([
    `INV-2 imported, ${WHEN} (3 months)`,
    'INV-1 2026-01 actual 1 → 6, Typed wrong, A. Meyer, 3 Nov 2026, 09:12 UTC',
    `INV-3 2026-01 imported 1 → 1.5, ${WHEN} (2 changes)`,
    'Rounding',
  ]);
});

test('how many more changes there were than a step names is a reason of its own', () => {
  const causes = [imported({ of: 'INV-2 2026-01', from: '1', to: '2' })];
  expect(reasonsOf({ bridge: [{ ...step('PR-1', null, '9.00', causes, { type: 'priority' }), more: 31 }] })).toEqual([
    `PR-1: INV-2 2026-01, imported 1 → 2, ${WHEN}`,
    'PR-1 and 31 more changes: see the audit trail',
  ]);
});

test('records that one event changed at once are one reason, and so is a line that is told again and again', () => {
  const many = { type: 'event', name: '153 records, imported at once' };
  const of = (record: string) => imported({ of: record, from: '1', to: '2' });
  const again = Array.from({ length: 108 }, () => imported());
  expect(reasonsOf({ bridge: [step('65', null, '9.00', [of('INV-2 2026-01'), of('INV-3 2026-01')], many)] })).toEqual([
    `153 records, imported at once, ${WHEN}`,
  ]);
  expect(reasonsOf({ bridge: [step('INV-11', null, '9.00', again)] })).toEqual([
    `INV-11 imported, ${WHEN} (108 changes)`,
  ]);
  expect(reasonsOf({ bridge: null })).toEqual([]);
});

test('causes of one deed are told apart by what was done to what, and by their values', () => {
  const causes = [
    imported({ of: 'INV-2 2026-01', from: '-10', to: '6' }),
    imported({ of: 'INV-2 2026-02' }),
    imported({ of: 'INV-1 → INI-2', field: 'share', from: '0.4', to: null }),
  ];
  const deeds = deedsOf(causes);
  expect(deeds.map(({ words }) => words)).toEqual([`imported, ${WHEN}`, `share, ${WHEN}`]);
  expect(deeds.flatMap((deed) => deed.causes.map(ownWords))).toEqual([
    'INV-2 2026-01, −10 → 6',
    'INV-2 2026-02',
    'INV-1 → INI-2, 0.4 → nothing',
  ]);
});

test('neighbouring steps of one deed are one run; steps without a cause stand alone', () => {
  const [one, other] = [imported({ from: '1', to: '2' }), imported({ reason: 'Typed wrong.' })];
  const bridge = [
    step('INV-1', '2026-01', '1.00', [one]),
    step('INV-2', '2026-02', '1.00', [imported({ from: '7', to: '9' })]),
    step('INV-2', '2026-03', '1.00', [other]),
    step('INV-2', '2026-04', '1.00', [one]),
    step('', null, '0.01', []),
    step('', null, '0.01', []),
  ];
  expect(runsOf(bridge).map((run) => run.map((each) => bridge.indexOf(each)))).toEqual([[0, 1], [2], [3], [4], [5]]);
});
