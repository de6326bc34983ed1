import { describe, expect, test } from '@jest/globals';
import type { OwnUnitQuarter } from './overview.queries.js';
import { joined, onTrackByQuarter } from './series.js';

const THRESHOLDS = { onTrackFrom: '0.95', atRiskFrom: '0.80' };

/** One month with a plan and perhaps a realised value, as a quarter of its own. */
const quarter = (
  id: string,
  ago: number,
  planned: string | null,
  realised: string | null,
  rule: Partial<OwnUnitQuarter> = {},
): OwnUnitQuarter => {
  const both = planned !== null && realised !== null;
  return {
    id,
    aggregation: null,
    better: null,
    ago,
    plannedCount: planned === null ? 0 : 1,
    plannedSum: planned,
    plannedLatest: planned,
    realisedCount: realised === null ? 0 : 1,
    realisedSum: realised,
    realisedLatest: realised,
    bothCount: both ? 1 : 0,
    bothPlannedSum: both ? planned : null,
    bothPlannedLatest: both ? planned : null,
    bothRealisedSum: both ? realised : null,
    bothRealisedLatest: both ? realised : null,
    ...rule,
  };
};

describe('benefits on track by quarter', () => {
  test('none due is not known, and is not 0', () => {
    expect(onTrackByQuarter([], 3, THRESHOLDS)).toEqual([null, null, null]);
    expect(onTrackByQuarter([quarter('a', 0, '10', '1')], 3, THRESHOLDS)).toEqual([null, null, 0]);
  });

  test('quarters add up: a good one makes up for a bad one', () => {
    const rows = [quarter('a', 2, '10', '10'), quarter('a', 1, '10', '5'), quarter('a', 0, '10', '15')];
    expect(onTrackByQuarter(rows, 3, THRESHOLDS)).toEqual([1, 0, 1]);
  });

  test('what is older than the first quarter counts in it', () => {
    const rows = [quarter('a', 3, '10', '0'), quarter('a', 1, '10', '10')];
    expect(onTrackByQuarter(rows, 3, THRESHOLDS)).toEqual([0, 0, 0]);
    expect(onTrackByQuarter([quarter('a', 3, '10', '10')], 3, THRESHOLDS)).toEqual([1, 1, 1]);
  });

  test('of a latest value only the last counts, and less can be better', () => {
    const rule = { aggregation: 'latest', better: 'lower' } as const;
    const rows = [quarter('a', 1, '10', '20', rule), quarter('a', 0, '10', '9', rule)];
    expect(onTrackByQuarter(rows, 2, THRESHOLDS)).toEqual([0, 1]);
  });

  test('each benefit is judged by itself', () => {
    const rows = [quarter('a', 1, '10', '10'), quarter('b', 1, '10', null), quarter('b', 0, null, '10')];
    expect(onTrackByQuarter(rows, 2, THRESHOLDS)).toEqual([1, 2]);
  });
});

test('months join exactly; the later latest value holds', () => {
  const none = { count: 0, sum: null, latest: null };
  const early = { count: 2, sum: '0.1', latest: '0.1' };
  const late = { count: 1, sum: '0.2', latest: '0.2' };
  expect(joined(none, none)).toEqual(none);
  expect(joined(none, early)).toEqual(early);
  expect(joined(early, none)).toEqual(early);
  expect(joined(early, late)).toEqual({ count: 3, sum: '0.3000', latest: '0.2' });
});
