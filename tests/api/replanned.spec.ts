/** Where plans were made anew, no shortfall of the baseline plan drops out: of the overview's deviations, of the register, of its classes. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Deviation } from '../../server/contract/overview.js';
import { type Api, startApi } from '../support/harness.js';
import { expectTraced, overviewAt } from '../support/overviews.js';
import { enterReplanned } from '../support/replanned.js';

let api: Api;
const PERIOD = 'period=2026-Q1';

beforeAll(async () => {
  api = await startApi();
  await enterReplanned(api);
}, 60_000);
afterAll(() => api.stop());

describe('the largest deviations', () => {
  const shown = (of: readonly Deviation[]) =>
    of.map((each) => [
      each.code,
      each.against,
      each.isReplanned,
      each.variance.value,
      each.baselineVariance.value,
      each.baselineVariance.impact,
    ]);

  test('stand by the less favourable of both plans: what was planned down to what came stays where it was', async () => {
    const { deviations } = await overviewAt(api, PERIOD);
    expect(shown(deviations.worst)).toEqual([
      ['HIDDEN', 'baseline', true, '0.00', '-150.00', 'unfavourable'],
      ['GROWN', 'current', true, '-80.00', '20.00', 'favourable'],
      ['MOVED', 'baseline', true, null, '-60.00', 'unfavourable'],
      ['LOWER', 'baseline', true, '-30.00', '20.00', 'unfavourable'],
    ]);
    expect(shown(deviations.best)).toEqual([['GOOD', 'current', false, '30.00', '30.00', 'favourable']]);
    expect(deviations.compared).toBe(6);
    expect(deviations.worst.map(({ status }) => status)).toEqual(['on_track', 'off_track', 'not_due', 'on_track']);
  });

  test('say nothing that their traces do not say', async () => {
    const { deviations } = await overviewAt(api, PERIOD);
    // Six figures each.
    expect(await expectTraced(api, deviations)).toBe(5 * 6);
  });
});
