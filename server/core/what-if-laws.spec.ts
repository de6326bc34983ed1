/** The laws of what-if on random chains, in integers over one denominator: no float, no tolerance. */
import { describe, test } from '@jest/globals';
import fc from 'fast-check';
import { graph } from '../../tests/support/random-chains.js';
import { buildChain, type Chain } from './shares.js';
import { amountUnits, type Cell, type Change, type Flow, investmentsOf, partsOf, WhatIf } from './what-if.js';

const sum = (flows: readonly Flow<Cell>[], side: 'before' | 'after'): bigint =>
  flows.reduce((total, flow) => total + flow[side], 0n);

const MONTHS = ['2027-01', '2027-02', '2027-03', '2027-04', '2027-05'];
const HORIZON = '2027-05';

/** A random chain with amounts of either sign in some months, and changes of its investments and initiatives. */
const question = graph.chain(({ nodes, links, amounts }) => {
  const built = buildChain(nodes, links);
  const changeable = [...built.nodesByLayer[0]!, ...built.nodesByLayer[1]!];
  const month = fc.constantFrom(...MONTHS, '2026-06', '2028-01');
  const node = fc.constantFrom(...(changeable.length > 0 ? changeable : [-1]));
  const change: fc.Arbitrary<Change> = fc.oneof(
    fc.record({ kind: fc.constant('stop' as const), node, from: month }),
    fc.record({ kind: fc.constant('delay' as const), node, from: month, months: fc.nat(7) }),
    fc.record({
      kind: fc.constant('funding' as const),
      node,
      from: month,
      percent: fc.constantFrom('0', '33.33', '50', '120.5'),
    }),
  );
  const spread = (amount: string): Cell[] => MONTHS.map((each) => ({ month: each, units: amountUnits(amount) }));
  const series = (source: ReadonlyMap<string, string>) =>
    new Map([...source].map(([id, amount]) => [built.indexOf.get(id)!, spread(amount)]));
  return fc
    .array(change, { maxLength: changeable.length > 0 ? 5 : 0 })
    .map((changes) => ({ built, changes, cost: series(amounts.cost), values: series(amounts.values.planned) }));
});
type Asked = typeof question extends fc.Arbitrary<infer T> ? T : never;

const solve = ({ built, cost, values }: Asked, changes: readonly Change[]): WhatIf<Cell> =>
  new WhatIf(built, partsOf(built, changes), { cost, values }, HORIZON);

/** Σ after − before by benefit and by investment. All answers on one chain have the same denominators. */
const effects = (what: WhatIf<Cell>, built: Chain): Map<string, bigint> => {
  const found = new Map<string, bigint>();
  for (const node of built.nodesByLayer[4]!) {
    const flows = what.valueFlows(node);
    found.set(`value ${node}`, sum(flows, 'after') - sum(flows, 'before'));
  }
  for (const node of built.nodesByLayer[0]!) {
    const flows = what.costFlows(node);
    found.set(`cost ${node}`, sum(flows, 'after') - sum(flows, 'before'));
  }
  return found;
};
const isNothing = (found: ReadonlyMap<string, bigint>): boolean => [...found.values()].every((each) => each === 0n);
const RUNS = { numRuns: 400 };

describe('on any chain', () => {
  test('no change, a delay of 0 months and funding of 100 % change nothing', () => {
    fc.assert(
      fc.property(question, (asked) => {
        const idle = asked.changes.map(({ node, from }, index): Change =>
          index % 2 === 0 ? { kind: 'delay', node, from, months: 0 } : { kind: 'funding', node, from, percent: '100' },
        );
        return [[], idle].every((changes) => isNothing(effects(solve(asked, changes), asked.built)));
      }),
      RUNS,
    );
  });

  test('all initiatives stopped lose all that is credited to any; what is left is due to other causes', () => {
    fc.assert(
      fc.property(question, (asked) => {
        const { built } = asked;
        const what = solve(
          asked,
          built.nodesByLayer[1]!.map((node): Change => ({ kind: 'stop', node, from: '2026-01' })),
        );
        for (const node of built.nodesByLayer[4]!) {
          const flows = what.valueFlows(node);
          const before = sum(flows, 'before');
          const whole = (asked.values.get(node) ?? []).reduce((total, cell) => total + cell.units, 0n);
          if (sum(flows, 'after') !== 0n) return false;
          const rest = sum(what.restFlows(node), 'after');
          if (before + rest !== whole * (what.valueDenominator / 10n ** 14n)) return false;
        }
        return true;
      }),
      RUNS,
    );
  });

  test('the effects on outcomes add up to those on benefits, and what is left to them adds up, too', () => {
    fc.assert(
      fc.property(question, (asked) => {
        const { built } = asked;
        const what = solve(asked, asked.changes);
        return built.nodesByLayer[4]!.every((node) => {
          const through = built.nodesByLayer[3]!.map((outcome) => what.valueFlows(node, outcome));
          return (['before', 'after'] as const).every(
            (side) =>
              through.reduce((total, flows) => total + sum(flows, side), 0n) === sum(what.valueFlows(node), side),
          );
        });
      }),
      RUNS,
    );
  });

  test('effects of changes that share no strand add up', () => {
    fc.assert(
      fc.property(question, (asked) => {
        const { built, changes } = asked;
        // Changes of investments share no strand with those of another investment.
        const ours = changes.filter(({ node }) => built.layerOf[node] === 0);
        const [first] = ours;
        const one = ours.filter(({ node }) => node === first?.node);
        const others = ours.filter(({ node }) => node !== first?.node);
        const all = effects(solve(asked, ours), built);
        const parts = [one, others].map((some) => effects(solve(asked, some), built));
        return [...all].every(([key, effect]) => effect === parts.reduce((total, part) => total + part.get(key)!, 0n));
      }),
      RUNS,
    );
  });

  test('the order of changes does not matter, and nothing is counted twice: no strand loses more than it carries', () => {
    fc.assert(
      fc.property(question, (asked) => {
        const { built } = asked;
        const changes = asked.changes.filter(
          (change, at) =>
            !asked.changes
              .slice(0, at)
              .some((other) => other.kind === change.kind && other.node === change.node && other.from === change.from),
        );
        const [there, back] = [solve(asked, changes), solve(asked, [...changes].reverse())];
        const [left, right] = [effects(there, built), effects(back, built)];
        if ([...left].some(([key, effect]) => effect !== right.get(key))) return false;
        return built.nodesByLayer[4]!.every((node) => {
          const share = there.parts.reduce((total, part) => total + part.benefits.numerators[node]!, 0n);
          return share <= there.valueShares;
        });
      }),
      RUNS,
    );
  });

  test('cost: a stop of all from the start saves all that is changed; a delay saves nothing', () => {
    fc.assert(
      fc.property(question, (asked) => {
        const { built, changes } = asked;
        const as = (kind: 'stop' | 'delay') =>
          solve(
            asked,
            changes.map(({ node }): Change =>
              kind === 'stop' ? { kind, node, from: '2026-01' } : { kind, node, from: '2026-01', months: 9 },
            ),
          );
        const [stopped, delayed] = [as('stop'), as('delay')];
        return investmentsOf(stopped.parts).every((node) => {
          const later = delayed.costFlows(node);
          return (
            sum(stopped.costFlows(node), 'after') === 0n &&
            sum(later, 'after') === sum(later, 'before') &&
            built.layerOf[node] === 0
          );
        });
      }),
      RUNS,
    );
  });
});
