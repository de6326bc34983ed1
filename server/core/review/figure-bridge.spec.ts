import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Fold } from '../../contract/metric.js';
import type { FrozenRecord } from '../../contract/review-after.js';
import { fractionOf, sumOf } from '../benefit-status.js';
import { divided, equalFractions, type Fraction, minus, negated, whole } from '../exact-amounts.js';
import { formatFraction } from '../money.js';
import { type Change, type Divisor, figureBridge, type Move, type Stand, type Told } from './figure-bridge.js';
import { folded } from './fold.js';

const record = (code: string, amount: string | null, cells: FrozenRecord['cells'] = null): FrozenRecord => ({
  type: 'benefit_value',
  code,
  name: `Name of ${code}`,
  at: '2026-05',
  note: null,
  entered: amount,
  enteredUnit: 'EUR',
  amount,
  cells,
});

const DECIMALS = 10;
const text = (value: Fraction | null): string | null => value && formatFraction(value.n, value.d, DECIMALS);
const total = (records: readonly FrozenRecord[]): Fraction =>
  sumOf(records.map(({ amount }) => (amount === null ? null : fractionOf(amount))));
const added = (...records: FrozenRecord[]): Stand => ({ value: text(total(records)), records });

const each =
  (told: (change: Change) => Told[]) =>
  (changes: readonly Change[]): Told[][] =>
    changes.map(told);
const codeOf = ({ was, is }: Change): string => (was ?? is)!.code;
const rules = (order: readonly string[], divisors: readonly Divisor[] = [], fold: Fold | null = null) => ({
  decimals: DECIMALS,
  minorUnit: '0.01',
  fold,
  divisors,
  told: each((change) => [{ group: codeOf(change), at: order.indexOf(codeOf(change)), change }]),
});
const isSum = (moves: readonly Move[], { value: from }: Stand, { value: to }: Stand): boolean =>
  equalFractions(sumOf(moves.map(({ effect }) => fractionOf(effect!))), minus(fractionOf(to!), fractionOf(from!)));

describe('The bridge of a figure', () => {
  test('of a sum gives each record its own difference, in the order of the changes', () => {
    const moves = figureBridge(
      added(record('A', '10.00'), record('B', '5.50'), record('C', '1')),
      added(record('B', '4.25'), record('C', '1.00'), record('D', '3')),
      rules(['D', 'B', 'A']),
    );
    expect(moves.map(({ group, was, is, effect }) => [group, was, is, Number(effect)])).toEqual([
      ['D', null, '3', 3],
      ['B', '5.50', '4.25', -1.25],
      ['A', '10.00', null, -10],
    ]);
  });

  test('of a quotient steps through its records, then through those of what it is divided by', () => {
    const plan = { title: 'Planned', frozen: added(record('P', '8')), today: added(record('P', '10')) };
    const moves = figureBridge(
      { value: '0.5', records: [record('A', '4')] },
      { value: '0.6', records: [record('A', '6')] },
      rules(['P', 'A'], [plan]),
    );
    expect(moves.map(({ part, group, effect }) => [part, group, Number(effect)])).toEqual([
      ['records', 'A', 0.25],
      ['divisor', 'P', -0.15],
    ]);
  });

  test('tells changes of one group as one step', () => {
    const moves = figureBridge(added(record('A', '1'), record('B', '2')), added(record('A', '2'), record('B', '4')), {
      ...rules([]),
      told: each((change) => [{ group: 'rate of EUR', at: 7, change }]),
    });
    expect(moves).toEqual([
      expect.objectContaining({ group: 'rate of EUR', was: '3', is: '6', effect: '3.0000000000' }),
    ]);
    expect(moves[0]!.changes.map(codeOf)).toEqual(['A', 'B']);
  });

  test('tells one change in the parts that it passes through, each as a step of its own', () => {
    const [was, is] = [record('A', '10.00'), record('A', '18.00')];
    const told = each((change) => [
      { group: 'rate', at: 2, change: { ...change, is: { ...is, amount: '30.00' } } },
      { group: 'links', at: 1, change: { ...change, was: { ...is, amount: '30.00' } } },
    ]);
    const kept = record('B', '2.00');
    const sum = figureBridge(added(was, kept), added(is, kept), { ...rules([]), told });
    expect(sum.map(({ group, was: from, is: to, effect }) => [group, from, to, Number(effect)])).toEqual([
      ['links', '30.00', '18.00', -12],
      ['rate', '10.00', '30.00', 20],
    ]);
    const plan = { title: 'Planned', frozen: added(record('P', '10')), today: added(record('P', '10')) };
    const share = figureBridge(
      { value: '1.2', records: [was, kept] },
      { value: '2', records: [is, kept] },
      { ...rules([], [plan]), told },
    );
    expect(share.map(({ group, effect }) => [group, Number(effect)])).toEqual([
      ['links', -1.2],
      ['rate', 2],
    ]);
  });

  test('names what records do not explain, and never drops it', () => {
    const [rest, ...more] = figureBridge(
      { value: '0.12', records: [record('A', '1')] },
      { value: '0.2', records: [record('A', '2')] },
      rules([]),
    );
    expect(more).toEqual([]);
    expect([rest!.part, rest!.group, Number(rest!.effect), rest!.changes.map(codeOf)]).toEqual([
      'rest',
      null,
      0.08,
      ['A'],
    ]);
  });

  test('has steps without effects where there was no value, or is none', () => {
    const moves = figureBridge({ value: null, records: [] }, added(record('A', '1')), rules(['A']));
    expect(moves.map(({ group, is, effect }) => [group, is, effect])).toEqual([['A', '1', null]]);
  });

  test('gives the effect of a step that leads through no value to the next', () => {
    const plan = { title: 'Planned', frozen: added(record('P', '4')), today: added(record('Q', '2')) };
    const from = { value: '0.25', records: [record('A', '1')] };
    const to = { value: '0.5', records: [record('A', '1')] };
    const moves = figureBridge(from, to, rules(['P', 'Q'], [plan]));
    expect(moves.map(({ group, effect }) => [group, Number(effect)])).toEqual([
      ['P', 0],
      ['Q', 0.25],
    ]);
  });

  test('tells kinds of cost in one month apart, and two records of one name by their order', () => {
    const cost = (kind: string, amount: string): FrozenRecord => ({
      ...record('INV', amount),
      type: 'investment_cost',
      note: `${kind} · 1 EUR = 1.1 USD`,
    });
    const moves = figureBridge(
      added(cost('opex', '2'), record('A', '1'), record('A', '2')),
      added(cost('capex', '5'), cost('opex', '2'), record('A', '1'), record('A', '3')),
      rules([]),
    );
    expect(moves.map(({ was, is }) => [was, is])).toEqual([
      ['2', '3'],
      [null, '5'],
    ]);
  });

  const amount = fc.integer({ min: -99_999, max: 99_999 }).map((units) => (units / 100).toFixed(2));
  const positive = fc.integer({ min: 1, max: 99_999 }).map((units) => (units / 100).toFixed(2));
  const change = fc.record({
    code: fc.nat(9).map((at) => `R${at}`),
    amount: fc.option(amount, { freq: 4 }),
    more: positive,
  });
  const sequence = fc.record({
    first: fc.array(fc.tuple(amount, positive), { maxLength: 7 }),
    changes: fc.array(change, { minLength: 1, maxLength: 20 }),
  });
  type Held = ReadonlyMap<string, readonly [string, string]>;
  const played = ({ first, changes }: typeof sequence extends fc.Arbitrary<infer S> ? S : never) => {
    const frozen = new Map(first.map((pair, at) => [`R${at}`, pair] as const));
    const today = new Map<string, readonly [string, string]>(frozen);
    for (const each of changes)
      if (each.amount === null) today.delete(each.code);
      else today.set(each.code, [each.amount, each.more]);
    return { frozen: frozen as Held, today: today as Held, order: changes.map(({ code }) => code) };
  };
  const amounts = (held: Held, column: 0 | 1): FrozenRecord[] =>
    [...held].map(([code, pair]) => record(code, pair[column]));

  const quotients: Record<string, (a: Fraction, b: Fraction) => Fraction | null> = {
    share: divided,
    'share of the size of a plan': (a, b) => divided(a, b.n < 0n ? negated(b) : b),
    complement: (a, b) => {
      const share = divided(a, b);
      return share && minus(whole(1), share);
    },
  };
  test.each(Object.entries(quotients))('of a %s adds up after any of 200 sequences of changes', (_, valueOf) => {
    let seen = 0;
    fc.assert(
      fc.property(sequence, (drawn) => {
        const { frozen, today, order } = played(drawn);
        const stand = (held: Held): Stand => {
          const records = amounts(held, 0);
          return { value: text(valueOf(total(records), total(amounts(held, 1)))), records };
        };
        const divisor = {
          title: 'Planned',
          frozen: added(...amounts(frozen, 1)),
          today: added(...amounts(today, 1)),
        };
        const [from, to] = [stand(frozen), stand(today)];
        const moves = figureBridge(from, to, rules(order, [divisor]));
        expect(moves.filter(({ part }) => part === 'rest')).toEqual([]);
        if (from.value === null || to.value === null) return;
        seen += moves.length;
        expect(isSum(moves, from, to)).toBe(true);
      }),
      { numRuns: 200 },
    );
    expect(seen).toBeGreaterThan(200);
  });

  test('of a share of amounts that are printed rounded has no rest but rounding, in any of 200 sequences of changes', () => {
    let left = 0;
    fc.assert(
      fc.property(sequence, (drawn) => {
        const { frozen, today, order } = played(drawn);
        // As records are printed: each the rounded sum up to it less the rounded sum before it.
        const third = (units: string): Fraction => ({ n: fractionOf(units).n, d: fractionOf(units).d * 3n });
        const printed = (held: Held, column: 0 | 1): Stand => {
          const exact = sumOf([...held.values()].map((pair) => third(pair[column])));
          let so = 0n;
          const records = [...held].map(([code], at) => {
            const up = sumOf([...held.values()].slice(0, at + 1).map((pair) => third(pair[column])));
            const units = BigInt(formatFraction(up.n, up.d, 2).replace('.', ''));
            const own = formatFraction(units - so, 100n, 2);
            so = units;
            return record(code, own);
          });
          return { value: formatFraction(exact.n, exact.d, 2), records };
        };
        const stand = (held: Held): Stand => {
          const of = (column: 0 | 1) => sumOf([...held.values()].map((pair) => third(pair[column])));
          return { value: text(divided(of(0), of(1))), records: printed(held, 0).records };
        };
        const [from, to] = [stand(frozen), stand(today)];
        const divisor = { title: 'Planned', frozen: printed(frozen, 1), today: printed(today, 1) };
        const moves = figureBridge(from, to, rules(order, [divisor]));
        // A divisor that is printed as nothing gives no quotient: what its records do not show may be named as the rest.
        const isShown = ({ records }: Stand, { value }: Stand) => value === null || total(records).n !== 0n;
        if (isShown(divisor.frozen, from) && isShown(divisor.today, to))
          expect(moves.filter(({ part }) => part === 'rest')).toEqual([]);
        if (from.value === null || to.value === null) return;
        left += moves.filter(({ part }) => part === 'rounding').length;
        expect(isSum(moves, from, to)).toBe(true);
      }),
      { numRuns: 200 },
    );
    expect(left).toBeGreaterThan(0);
  });

  test('of a difference of two sums adds up after any of 200 sequences of changes', () => {
    fc.assert(
      fc.property(sequence, (drawn) => {
        const { frozen, today, order } = played(drawn);
        const stand = (held: Held): Stand =>
          added(...[...held].map(([code, [a, b]]) => record(code, text(minus(fractionOf(a), fractionOf(b))))));
        const [from, to] = [stand(frozen), stand(today)];
        const moves = figureBridge(from, to, rules(order));
        expect(isSum(moves, from, to)).toBe(true);
        for (const { was, is, effect } of moves)
          expect(equalFractions(fractionOf(effect!), minus(fractionOf(is ?? '0'), fractionOf(was ?? '0')))).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  const FOLDS: readonly Fold[] = [
    { of: 'count', a: null, b: null },
    { of: 'sum', a: 'x', b: null },
    { of: 'mean', a: 'x', b: null },
    { of: 'median', a: 'x', b: null },
    { of: 'ratio', a: 'x', b: 'y' },
    { of: 'complement', a: 'x', b: 'y' },
  ];
  test.each(FOLDS)('of a metric that is a $of adds up after any of 200 sequences of changes', (fold) => {
    fc.assert(
      fc.property(sequence, (drawn) => {
        const { frozen, today, order } = played(drawn);
        const stand = (held: Held): Stand => {
          const records = [...held].map(([code, [x, y]]) => record(code, null, { x, y, stage: 'Doing' }));
          return {
            value: text(
              folded(
                fold,
                records.map(({ cells }) => cells!),
              ),
            ),
            records,
          };
        };
        const [from, to] = [stand(frozen), stand(today)];
        const moves = figureBridge(from, to, rules(order, [], fold));
        expect(moves.filter(({ part }) => part === 'rest')).toEqual([]);
        if (from.value === null || to.value === null) return;
        expect(isSum(moves, from, to)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
