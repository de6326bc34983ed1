import { describe, expect, test } from '@jest/globals';
import { evidenceLevel, type Months, type Standing, standingOf, sumOf, type ValuesToDate } from './benefit-status.js';
import { ratio } from './money.js';

const THRESHOLDS = { onTrackFrom: '0.9500', atRiskFrom: '0.8000' };
const MONEY = { money: true, aggregation: null, better: null } as const;
const NONE: Months = { count: 0, sum: null, latest: null };

const months = (...values: string[]): Months => {
  if (values.length === 0) return NONE;
  const sum = values.reduce((total, value) => total + BigInt(value), 0n);
  return { count: values.length, sum: sum.toString(), latest: values.at(-1)! };
};

/** Values by month, oldest first; a blank is null. */
const values = (...cells: (readonly [planned: string | null, realised: string | null])[]): ValuesToDate => {
  const both = cells.filter(([planned, realised]) => planned !== null && realised !== null);
  const of = (rows: typeof cells, index: 0 | 1): Months => months(...rows.flatMap((cell) => cell[index] ?? []));
  return { planned: of(cells, 0), realised: of(cells, 1), bothPlanned: of(both, 0), bothRealised: of(both, 1) };
};

const achievementOf = ({ achievement }: Standing): number | null => achievement && ratio(achievement.n, achievement.d);

describe('the status of a benefit', () => {
  test.each([
    ['95', 'on_track', 0.95],
    ['94', 'at_risk', 0.94],
    ['80', 'at_risk', 0.8],
    ['79', 'off_track', 0.79],
    ['130', 'on_track', 1.3],
    ['-20', 'off_track', -0.2],
  ] as const)(
    'planned 100 and realised %s is %s: each threshold belongs to the better side',
    (realised, status, achievement) => {
      const standing = standingOf(values(['100', realised]), MONEY, THRESHOLDS);
      expect(standing.status).toBe(status);
      expect(achievementOf(standing)).toBe(achievement);
    },
  );

  test('thresholds are compared exactly: one unit in 10^19 below is below', () => {
    const standing = standingOf(values(['10000000000000000000', '9499999999999999999']), MONEY, THRESHOLDS);
    expect(standing.status).toBe('at_risk');
    const other = standingOf(values(['100', '90']), MONEY, { onTrackFrom: '0.9000', atRiskFrom: '0.5' });
    expect(other.status).toBe('on_track');
  });

  test('a dis-benefit that turns out smaller than planned is good, a larger one is not', () => {
    expect(standingOf(values(['-100', '-60']), MONEY, THRESHOLDS).status).toBe('on_track');
    expect(standingOf(values(['-100', '-110']), MONEY, THRESHOLDS).status).toBe('at_risk');
    expect(achievementOf(standingOf(values(['-100', '-130']), MONEY, THRESHOLDS))).toBe(0.7);
  });

  test('where lower is better, less than planned is good', () => {
    const lower = { ...MONEY, better: 'lower' } as const;
    expect(achievementOf(standingOf(values(['100', '60']), lower, THRESHOLDS))).toBe(1.4);
    expect(standingOf(values(['100', '121']), lower, THRESHOLDS).status).toBe('off_track');
  });

  test.each([
    ['0', null, 'on_track'],
    ['5', null, 'on_track'],
    ['-5', null, 'off_track'],
    ['-5', 'lower', 'on_track'],
    ['5', 'lower', 'off_track'],
  ] as const)('planned 0 and realised %s, better %s: %s, and there is no achievement', (realised, better, status) => {
    const standing = standingOf(values(['0', realised]), { ...MONEY, better }, THRESHOLDS);
    expect([standing.status, standing.achievement]).toEqual([status, null]);
  });

  test('nothing planned is not due, even where something is realised; planned and nothing realised is unmeasured', () => {
    expect(standingOf(values([null, '7']), MONEY, THRESHOLDS).status).toBe('not_due');
    expect(standingOf(values(), MONEY, THRESHOLDS).status).toBe('not_due');
    expect(standingOf(values(['100', null]), MONEY, THRESHOLDS).status).toBe('unmeasured');
  });

  test('money is summed over all months, planned or not, whatever its aggregation says', () => {
    const rule = { ...MONEY, aggregation: 'latest' } as const;
    const standing = standingOf(values(['100', null], ['100', '150'], [null, '40']), rule, THRESHOLDS);
    expect([standing.planned, standing.realised, standing.status]).toEqual([
      { n: 200n, d: 1n },
      { n: 190n, d: 1n },
      'on_track',
    ]);
  });

  test('an average and a latest value look at the months that have both', () => {
    const cells = values(['10', null], ['20', '18'], ['40', '30'], [null, '99']);
    const average = standingOf(cells, { money: false, aggregation: 'average', better: null }, THRESHOLDS);
    expect([average.planned, average.realised]).toEqual([
      { n: 60n, d: 2n },
      { n: 48n, d: 2n },
    ]);
    expect(achievementOf(average)).toBe(0.8);
    const latest = standingOf(cells, { money: false, aggregation: 'latest', better: null }, THRESHOLDS);
    expect([achievementOf(latest), latest.status]).toEqual([0.75, 'off_track']);
  });

  test('an average or a latest value without a month that has both is unmeasured; a sum is not', () => {
    const cells = values(['10', null], [null, '10']);
    expect(standingOf(cells, { money: false, aggregation: 'average', better: null }, THRESHOLDS).status).toBe(
      'unmeasured',
    );
    expect(standingOf(cells, { money: false, aggregation: null, better: null }, THRESHOLDS).status).toBe('on_track');
  });
});

describe('the level of evidence', () => {
  test.each([
    [{ realised: 0, evidenced: 0, confirmed: 0 }, 0],
    [{ realised: 2, evidenced: 1, confirmed: 1 }, 1],
    [{ realised: 2, evidenced: 2, confirmed: 1 }, 2],
    [{ realised: 2, evidenced: 2, confirmed: 2 }, 3],
  ] as const)('of %j is %s: that of the weakest month', (proof, level) => {
    expect(evidenceLevel(proof)).toBe(level);
  });
});

test('a sum over nothing is 0, and a null adds nothing', () => {
  expect(sumOf([])).toEqual({ n: 0n, d: 1n });
  expect(sumOf([null, { n: 1n, d: 3n }, { n: 2n, d: 3n }])).toEqual({ n: 3n, d: 3n });
});
