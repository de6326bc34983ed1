import { describe, expect, test } from '@jest/globals';
import type { FrozenRecord } from '../contract/review-after.js';
import { figureBridge, type Stand } from '../core/review/figure-bridge.js';
import { Causes, type Event } from './causes.js';
import { Explanations } from './restatement.steps.js';

const NOBODY = { reasons: [], written: [], rates: [], owners: [] };
const AT = '2026-10-20T08:00:00.000Z';
const event = (seq: number, more: Partial<Event>): Event => ({
  ...{ seq, at: AT, actor: 'tom.keller@tests.example', action: 'entered', objectType: 'value_entry' },
  ...{ objectId: `entry-${seq}`, objectCode: null, before: null, after: null },
  ...more,
});
const month = (code: string, amount: string): FrozenRecord => ({
  ...{ type: 'benefit_value', code, name: `Name of ${code}`, at: '2026-05', note: null },
  ...{ entered: amount, enteredUnit: 'EUR', amount, cells: null },
});
const listed = (code: string): FrozenRecord => ({
  ...{ type: 'benefit', code, name: `Name of ${code}`, at: null, note: null },
  ...{ entered: null, enteredUnit: null, amount: '1', cells: null },
});
const standing = (value: string, records: readonly FrozenRecord[]): Stand => ({ value, records });

/** The steps of a sum as they are told. */
const told = (causes: Causes, frozen: Stand, today: Stand, minorUnit = '0.01') => {
  const explanations = new Explanations(causes, () => [], minorUnit);
  const rules = { decimals: 2, minorUnit, fold: null, divisors: [] };
  const moves = figureBridge(frozen, today, { ...rules, told: (changes) => explanations.told(changes) });
  return moves.map((move) => ({ ...explanations.of(move), effect: move.effect }));
};
const codes = (count: number): string[] => Array.from({ length: count }, (_, at) => `B${at + 1}`);
const imported = (written: readonly string[]) => ({
  written: written.map((code) => ({ importId: 'import', type: 'benefit_value', code, month: '2026-05', kind: null })),
  reasons: written.map((code) => ({ code, month: '2026-05', at: AT, reason: 'Import of september.csv' })),
});
const IMPORT = { action: 'imported', objectType: 'import', objectId: 'import' };

describe('A step of a bridge', () => {
  test('tells each record of an event on many with what it was and is, and why', () => {
    const items = (amount: string) => codes(30).map((benefit) => ({ benefit, month: '2026-05', realised: amount }));
    const entry = event(7, { before: { items: items('1.00') }, after: { items: items('2.50'), reason: 'Recounted.' } });
    const steps = told(
      Causes.told([entry], NOBODY),
      standing(
        '30.00',
        codes(30).map((code) => month(code, '1.00')),
      ),
      standing(
        '75.00',
        codes(30).map((code) => month(code, '2.50')),
      ),
    );
    expect(steps.map(({ record, effect }) => [record.code, effect])).toEqual(
      codes(30)
        .toSorted()
        .map((code) => [code, '1.50']),
    );
    const { actor } = entry;
    const done = { seq: 7, at: AT, actor, action: 'entered', field: 'Realised', from: '1.00', to: '2.50' };
    for (const { causes } of steps) expect(causes).toEqual([{ ...done, reason: 'Recounted.' }]);
  });

  test('tells of an import what the very record was before it and is after it', () => {
    const causes = Causes.told([event(7, IMPORT)], { ...NOBODY, ...imported(['B1', 'B2']) });
    const steps = told(
      causes,
      standing('5.00', [month('B1', '5.00')]),
      standing('10.00', [month('B1', '7.00'), month('B2', '3.00')]),
    );
    expect(steps.map(({ record, causes: [cause] }) => [record.code, cause!.from, cause!.to, cause!.reason])).toEqual([
      ['B1', '5.00', '7.00', 'Import of september.csv'],
      ['B2', null, '3.00', 'Import of september.csv'],
    ]);
  });

  test('tells of an import that was corrected since what it made of the record, and leaves open what two in a row did', () => {
    const item = (realised: string) => ({ items: [{ benefit: 'B1', month: '2026-05', realised }] });
    const correction = event(8, { before: item('6.00'), after: item('7.00') });
    const ends = [standing('5.00', [month('B1', '5.00')]), standing('7.00', [month('B1', '7.00')])] as const;
    const of = (events: Event[]) =>
      told(Causes.told(events, { ...NOBODY, ...imported(['B1']) }), ...ends)[0]!.causes.map(({ from, to }) => [
        from,
        to,
      ]);
    expect(of([event(7, IMPORT), correction])).toEqual([
      ['5.00', '6.00'],
      ['6.00', '7.00'],
    ]);
    expect(of([event(6, IMPORT), event(7, IMPORT), correction])).toEqual([
      [null, null],
      [null, null],
      ['6.00', '7.00'],
    ]);
  });

  test('is one of more records than anybody reads, and tells those that it moved most', () => {
    const causes = Causes.told([event(7, IMPORT)], { ...NOBODY, ...imported(codes(101)) });
    const [step, ...more] = told(
      causes,
      standing(
        '101.00',
        codes(101).map((code) => month(code, '1.00')),
      ),
      standing(
        '5252.00',
        codes(101).map((code, at) => month(code, `${at + 2}.00`)),
      ),
    );
    expect([more, step!.record.name, step!.effect]).toEqual([[], '101 records, imported at once', '5151.00']);
    expect(step!.causes).toHaveLength(20);
    expect(step!.causes[0]).toMatchObject({ of: 'B101 2026-05', from: '1.00', to: '102.00', seq: 7 });
  });

  test('of a count is each record that came in or went out, whatever made it do so', () => {
    const rate = event(7, { action: 'changed', objectType: 'exchange_rate', objectId: 'rate' });
    const at = { before: { rate: '1.1' }, after: { rate: '1.2' } };
    const causes = Causes.told([{ ...rate, ...at }], NOBODY);
    const [gone, stays, came] = ['B1', 'B2', 'B3'].map(listed) as [FrozenRecord, FrozenRecord, FrozenRecord];
    const more = listed('B4');
    const steps = told(causes, standing('2', [gone, stays]), standing('3', [stays, came, more]), '0');
    expect(steps.map(({ record, effect, causes: [cause] }) => [record.code, Number(effect), cause!.to])).toEqual([
      ['B1', -1, '1.2'],
      ['B3', 1, '1.2'],
      ['B4', 1, '1.2'],
    ]);
  });
});
