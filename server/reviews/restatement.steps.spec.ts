import { describe, expect, test } from '@jest/globals';
import type { FrozenRecord } from '../contract/review-after.js';
import { figureBridge, type Stand } from '../core/review/figure-bridge.js';
import { ChainWays, type Ends } from '../core/review/chain-ways.js';
import { fieldsRead } from '../core/review/reads.js';
import { type Cause, Causes, type Event, ownerOf } from './causes.js';
import type { Reads } from './figure-reads.js';
import { PossibleCauses } from './possible-causes.js';
import { Explanations } from './restatement.steps.js';

const NOBODY = { reasons: [], written: [], rates: [], owners: [], holders: [], links: [], units: [] };
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

const ALL: Reads = {
  types: new Set(['benefit_value', 'investment_cost', 'exchange_rate', 'benefit', 'evidence_item', 'priority']),
  ...{ fields: null, settings: new Set(['onTrackFrom']), unread: new Set(), from: null, to: null, mixedTo: null },
  ...{ deciding: new Set(), thresholds: new Set(), links: null },
};

/** The steps of a sum as they are told. */
const told = (
  causes: Causes,
  frozen: Stand,
  today: Stand,
  {
    minorUnit = '0.01',
    reads = {},
    ways = [],
    links = [],
  }: { minorUnit?: string; reads?: Partial<Reads>; ways?: Ends; links?: readonly Cause[] } = {},
) => {
  const possible = new PossibleCauses(causes, { ...ALL, ...reads }, new ChainWays(ways));
  const explanations = new Explanations(
    causes,
    () => links,
    minorUnit,
    () => possible,
  );
  const rules = { decimals: 2, minorUnit, fold: null, divisors: [] };
  const moves = figureBridge(frozen, today, { ...rules, told: (changes) => explanations.told(changes) });
  return moves.map((move) => ({ ...explanations.of(move), effect: move.effect }));
};
const codes = (count: number): string[] => Array.from({ length: count }, (_, at) => `B${at + 1}`);
const imported = (written: readonly string[]) => ({
  written: written.map((code) => ({
    importId: 'import',
    type: 'benefit_value',
    code,
    month: '2026-05',
    kind: null,
    before: null,
  })),
  reasons: written.map((code) => ({ code, month: '2026-05', at: AT, reason: 'Import of september.csv' })),
});
const IMPORT = { action: 'imported', objectType: 'import', objectId: 'import' };

describe('A step of a bridge', () => {
  test('tells each record of an event on many with what it was and is, and why', () => {
    const items = (amount: string) => codes(30).map((benefit) => ({ benefit, month: '2026-05', realised: amount }));
    const entry = event(7, { before: { items: items('1.00') }, after: { items: items('2.50'), reason: 'Recounted.' } });
    const units = codes(30).map((code) => ({ type: 'benefit' as const, code, unit: 'EUR' }));
    const steps = told(
      Causes.told([entry], { ...NOBODY, units }),
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
    const done = { seq: 7, at: AT, actor, action: 'entered', field: 'Realised', from: '1.00', to: '2.50', unit: 'EUR' };
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

  test('tells of an import that was corrected since what it made of the record, and of two in a row what they did together', () => {
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
      ['5.00', '6.00'],
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
    expect([step!.causes.length, step!.more]).toEqual([20, 81]);
    expect(step!.causes[0]).toMatchObject({ of: 'B101 2026-05', from: '1.00', to: '102.00', seq: 7 });
  });

  test('of a count is each record that came in or went out, whatever made it do so', () => {
    const rate = event(7, { action: 'changed', objectType: 'exchange_rate', objectId: 'rate' });
    const at = { before: { rate: '1.1' }, after: { rate: '1.2' } };
    const causes = Causes.told([{ ...rate, ...at }], NOBODY);
    const [gone, stays, came] = ['B1', 'B2', 'B3'].map(listed) as [FrozenRecord, FrozenRecord, FrozenRecord];
    const more = listed('B4');
    const steps = told(causes, standing('2', [gone, stays]), standing('3', [stays, came, more]), { minorUnit: '0' });
    expect(steps.map(({ record, effect, causes: [cause] }) => [record.code, Number(effect), cause!.to])).toEqual([
      ['B1', -1, '1.2'],
      ['B3', 1, '1.2'],
      ['B4', 1, '1.2'],
    ]);
  });

  test('names what can have moved the record: no rate of another month, no setting that it does not read, but the cost on its way', () => {
    const cost = (amount: string) => ({ items: [{ month: '2026-09', kind: 'capex', actual: amount }] });
    const events = [
      event(7, { objectType: 'exchange_rate', objectId: 'late', before: { rate: '0.87' }, after: { rate: '0.9' } }),
      event(8, { objectType: 'settings', before: { lockedThrough: null }, after: { lockedThrough: '2026-06' } }),
      event(9, {
        ...{ objectType: 'investment_cost', objectCode: 'I2' },
        ...{ before: cost('5.00'), after: cost('9.00') },
      }),
      event(10, {
        ...{ objectType: 'investment_cost', objectCode: 'I9' },
        ...{ before: cost('5.00'), after: cost('9.00') },
      }),
    ];
    const causes = Causes.told(events, {
      ...NOBODY,
      rates: [{ id: 'late', currency: 'USD', month: '2027-07' }],
      holders: [{ currency: 'USD', month: '2027-07', type: 'investment_cost', code: 'I2' }],
    });
    const initiative = (amount: string): FrozenRecord => ({ ...listed('INI'), type: 'initiative', amount });
    const steps = (type: string) =>
      told(
        causes,
        standing('1.00', [{ ...initiative('1.00'), type }]),
        standing('5.00', [{ ...initiative('5.00'), type }]),
        { reads: { to: '2026-10' }, ways: [[ownerOf('investment', 'I2'), ownerOf('initiative', 'INI')]] },
      ).map(({ causes: told }) => told.map(({ seq, of, field }) => [seq, of, field]));
    expect(steps('initiative')).toEqual([[[9, 'I2 2026-09', 'Actual']]]);
    // The share of a priority hangs on all that is spent.
    expect(steps('priority')).toEqual([
      [
        [9, 'I2 2026-09', 'Actual'],
        [10, 'I9 2026-09', 'Actual'],
      ],
    ]);
  });

  test('names a rate of the window to what it converts', () => {
    const rate = event(7, {
      ...{ objectType: 'exchange_rate', objectId: 'rate' },
      ...{ before: { rate: '0.87' }, after: { rate: '0.9' } },
    });
    const causes = Causes.told([rate], {
      ...NOBODY,
      rates: [{ id: 'rate', currency: 'USD', month: '2026-07' }],
      holders: [{ currency: 'USD', month: '2026-07', type: 'investment_cost', code: 'I2' }],
    });
    const [step] = told(
      causes,
      standing('1.00', [{ ...listed('I2'), type: 'investment', amount: '1.00' }]),
      standing('5.00', [{ ...listed('I2'), type: 'investment', amount: '5.00' }]),
      { reads: { to: '2026-10' } },
    );
    expect(step!.causes).toMatchObject([{ seq: 7, of: 'USD 2026-07', field: 'Exchange rate' }]);
  });

  test('names the evidence that was withdrawn after its value was corrected', () => {
    const item = (content: object) => ({ items: [{ benefit: 'B1', month: '2026-05', ...content }] });
    const events = [
      event(7, { before: item({ realised: '115.00' }), after: item({ realised: '40.00' }) }),
      event(8, { before: item({ planned: '1.00' }), after: item({ planned: '2.00' }) }),
      event(9, { before: item({ evidence: 'List' }), after: item({ evidence: null }) }),
    ];
    const [step] = told(
      Causes.told(events, NOBODY),
      standing('115.00', [month('B1', '115.00')]),
      standing('0.00', []),
      {
        reads: { fields: fieldsRead('evidenced') },
      },
    );
    expect(step!.causes.map(({ seq, field, from, to }) => [seq, field, from, to])).toEqual([
      [7, 'Realised', '115.00', '40.00'],
      [9, 'Evidence', 'List', null],
    ]);
  });

  test('tells why a value was changed, though its event came milliseconds after its revision', () => {
    const item = (realised: string) => ({ items: [{ month: '2026-05', realised }] });
    const changed = (seq: number, at: string, from: string, to: string): Event =>
      event(seq, { at, objectType: 'benefit_value', objectCode: 'B1', before: item(from), after: item(to) });
    const events = [
      changed(7, '2026-10-20T08:00:00.013Z', '1.00', '2.00'),
      changed(8, '2026-10-20T08:00:05.019Z', '2.00', '3.00'),
      changed(9, '2026-10-20T08:00:09.011Z', '3.00', '4.00'),
    ];
    const reasons = [
      { code: 'B1', month: '2026-05', at: '2026-10-20T08:00:00.002Z', reason: 'Recounted.' },
      { code: 'B1', month: '2026-05', at: '2026-10-20T08:00:05.000Z', reason: null },
      { code: 'B1', month: '2026-05', at: '2026-10-20T08:00:09.011Z', reason: 'Invoice came late.' },
    ];
    const [step] = told(
      Causes.told(events, { ...NOBODY, reasons }),
      standing('1.00', [month('B1', '1.00')]),
      standing('4.00', [month('B1', '4.00')]),
    );
    expect(step!.causes.map(({ reason }) => reason)).toEqual(['Recounted.', null, 'Invoice came late.']);
  });

  test('tells an import that wrote many months of a record once', () => {
    const written = ['2026-05', '2026-06', '2026-07'].map((at) => ({
      ...{ importId: 'import', type: 'benefit_value', code: 'B1', month: at, kind: null, before: null },
    }));
    const causes = Causes.told([event(7, IMPORT)], { ...NOBODY, written });
    const [step] = told(causes, standing('1.00', [listed('B1')]), standing('6.00', [{ ...listed('B1'), amount: '6' }]));
    expect(step!.causes).toHaveLength(1);
    expect(step!.causes[0]).not.toHaveProperty('of');
  });

  test('names evidence that was withdrawn as such: the value that it was for is not gone', () => {
    const evidence = { objectType: 'evidence_item', objectCode: 'B1', before: { title: 'List of May' } };
    const [step] = told(
      Causes.told([event(9, { ...evidence, action: 'archived' })], NOBODY),
      standing('5.00', [month('B1', '5.00')]),
      standing('0.00', []),
    );
    expect(step!.causes.map(({ action, field, from, to }) => [action, field, from, to])).toEqual([
      ['Evidence “List of May” withdrawn', null, null, null],
    ]);
  });

  test('names the link beside a cost that was there before: a change of its amount did not bring it', () => {
    const item = (actual: string) => ({ items: [{ month: '2026-05', kind: null, actual }] });
    const lowered = event(7, { objectType: 'investment_cost', objectCode: 'I1', before: item('9'), after: item('4') });
    const cost: FrozenRecord = { ...month('I1', '4'), type: 'investment_cost' };
    const link: Cause = {
      ...{ seq: 8, at: AT, actor: 'ines', action: 'changed', reason: null },
      ...{ field: 'Allocation', from: '100', to: '90', of: 'I1 → N1' },
    };
    const seqs = (from: string) => {
      const causes = Causes.told([{ ...lowered, before: item(from) }], NOBODY);
      const reads = { types: new Set(['investment_cost', 'link']) };
      const [step] = told(causes, standing('0', []), standing('4', [cost]), { reads, links: [link] });
      return step!.causes.map(({ seq }) => seq);
    };
    expect(seqs('9')).toEqual([7, 8]);
    expect(seqs('0')).toEqual([7]);
  });
});
