import { expect, test } from '@jest/globals';
import { lastOverdueMonth } from '../../core/due-values.js';
import { completenessOf, type DoamFacts } from './completeness.js';

const WHOLE: DoamFacts = {
  facts: {
    type: 'cost',
    nature: 'cashable',
    owner: 'a@tests.example',
    hasUnit: true,
    isMoney: true,
    unit: null,
    baseline: '0',
    conversion: '1 minute = 4 EUR',
  },
  cells: [
    { month: '2026-08', isPlanned: true, isExpected: true, isReported: true },
    { month: '2026-12', isPlanned: true, isExpected: true, isReported: false },
  ],
  outcomes: [{ code: 'OUT-1', baseline: '5', measured: [{ on: '2026-08-31', value: '4', evidence: null }] }],
  links: { all: 4, assumed: 0, reachesInvestment: true },
  lastOverdue: '2026-10',
};
const lacksOf = (facts: DoamFacts): Record<string, string[]> =>
  Object.fromEntries(completenessOf(facts).map(({ test: of, lacks }) => [of, lacks.map(({ id }) => id)]));

test('a benefit that has everything lacks nothing', () => {
  expect(lacksOf(WHOLE)).toEqual({ described: [], observable: [], attributable: [], measurable: [] });
});

test('each test says what it lacks', () => {
  const bare = {
    ...WHOLE.facts,
    type: null,
    nature: null,
    owner: null,
    hasUnit: false,
    baseline: null,
    conversion: null,
  };
  expect(
    lacksOf({
      ...WHOLE,
      facts: { ...bare, isMoney: false },
      cells: [],
      outcomes: [],
      links: { all: 0, assumed: 0, reachesInvestment: false },
    }),
  ).toEqual({
    described: ['type', 'nature', 'owner', 'org_unit'],
    observable: ['unit', 'baseline'],
    attributable: ['no_outcome'],
    measurable: ['plan'],
  });
  expect(lacksOf({ ...WHOLE, facts: { ...WHOLE.facts, conversion: null } })['measurable']).toEqual(['conversion']);
});

test('shares that nobody stated are counted, and so is a way that reaches no investment', () => {
  const [, , attributable] = completenessOf({ ...WHOLE, links: { all: 5, assumed: 2, reachesInvestment: false } });
  expect(attributable!.lacks).toEqual([
    { id: 'no_investment', count: null, of: null, record: null },
    { id: 'assumed_shares', count: 2, of: 5, record: null },
  ]);
});

test.each([
  ['2026-10-01', []],
  ['2026-10-15', []],
  ['2026-10-16', [['overdue', 1, 2]]],
  ['2026-10-20', [['overdue', 1, 2]]],
])('a month is overdue once its day has passed, not before: on %s', (today, expected) => {
  for (const isPlanned of [true, false]) {
    const cells = [WHOLE.cells[0]!, { month: '2026-09', isPlanned, isExpected: true, isReported: false }];
    const [, , , measurable] = completenessOf({ ...WHOLE, cells, lastOverdue: lastOverdueMonth(today, 15) });
    expect(measurable!.lacks.map(({ id, count, of }) => [id, count, of])).toEqual(expected);
  }
});

test('an outcome that nobody measured from a baseline does not show a change of money', () => {
  const outcomes = [{ code: 'OUT-9', baseline: null, measured: [{ on: '2026-08-31', value: '4', evidence: null }] }];
  expect(completenessOf({ ...WHOLE, outcomes })[1]!.lacks).toEqual([
    { id: 'outcome_measure', count: null, of: null, record: { type: 'outcome', ref: 'OUT-9' } },
  ]);
});
