import { expect, test } from '@jest/globals';
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
    { month: '2026-08', planned: '10', realised: '9' },
    { month: '2026-12', planned: '10', realised: null },
  ],
  outcomes: [{ code: 'OUT-1', baseline: '5', measured: [{ on: '2026-08-31', value: '4', evidence: null }] }],
  links: { all: 4, assumed: 0, reachesInvestment: true },
  dueDay: 15,
  end: '2027-01-01',
  underWay: '2026-11-01',
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

test('a month is overdue once its day has passed, not before', () => {
  const missing = { month: '2026-09', planned: '10', realised: null };
  const of = (underWay: string) =>
    completenessOf({ ...WHOLE, cells: [WHOLE.cells[0]!, missing], underWay })[3]!.lacks.map(
      ({ id, count, of: all }) => [id, count, all],
    );
  expect(of('2026-10-01')).toEqual([]);
  expect(of('2026-11-01')).toEqual([['overdue', 1, 2]]);
  // A period that ended before it asks for nothing of later months.
  const [, , , measurable] = completenessOf({ ...WHOLE, cells: [missing], end: '2026-07-01', underWay: '2026-11-01' });
  expect(measurable!.lacks).toEqual([]);
});

test('an outcome that nobody measured from a baseline does not show a change of money', () => {
  const outcomes = [{ code: 'OUT-9', baseline: null, measured: [{ on: '2026-08-31', value: '4', evidence: null }] }];
  expect(completenessOf({ ...WHOLE, outcomes })[1]!.lacks).toEqual([
    { id: 'outcome_measure', count: null, of: null, record: { type: 'outcome', ref: 'OUT-9' } },
  ]);
});
