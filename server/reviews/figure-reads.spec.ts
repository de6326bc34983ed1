import { describe, expect, test } from '@jest/globals';
import { GAP_KINDS } from '../contract/chain.js';
import { FIGURES } from '../contract/trace.js';
import { metricOf } from '../core/metrics/catalogue.js';
import { linksRead, MONEY_READ, namedFields, thresholdsRead } from '../core/review/reads.js';
import { writersOf } from '../metrics/writers.js';
import { CATALOGUE } from '../trace/catalogue.js';
import { isMetric } from '../contract/metric.js';

/** Types of the events that can have changed a figure, as its own definition says. */
const writtenBy = (figure: (typeof FIGURES)[number]): readonly string[] =>
  isMetric(figure) ? (MONEY_READ[figure]?.types ?? writersOf(metricOf(figure)!)) : CATALOGUE.get(figure)!.history;

describe('What a figure reads', () => {
  test('is said of every metric of money', () => {
    const ofMoney = FIGURES.filter((figure) => isMetric(figure) && metricOf(figure)!.needs.includes('money'));
    expect(ofMoney.filter((figure) => MONEY_READ[figure as keyof typeof MONEY_READ] === undefined)).toEqual([]);
  });

  test('of links is said of every figure that goes by links', () => {
    const byLinks = FIGURES.filter((figure) => writtenBy(figure).includes('link'));
    expect(byLinks.length).toBeGreaterThan(50);
    expect(byLinks.filter((figure) => linksRead(figure) === undefined)).toEqual([]);
  });

  test('of months is said of every figure of values or costs', () => {
    const months = ['benefit_value', 'investment_cost', 'value_entry'];
    const ofMonths = FIGURES.filter((figure) => writtenBy(figure).some((type) => months.includes(type)));
    expect(ofMonths.filter((figure) => namedFields(figure) === undefined)).toEqual([]);
  });

  test('of links is the share by which it goes: cost comes down by allocation, value up by contribution', () => {
    const shares = (figure: string) => linksRead(figure)!.shares.join();
    for (const figure of ['spend', 'traced_spend', 'node.cost', 'lost.outcome', 'path.spend', 'maturity.spend_share'])
      expect([figure, shares(figure)]).toEqual([figure, 'allocation']);
    for (const figure of ['efficiency.return_on_spend', 'traced', 'untraced', 'node.realised', 'node.credited_share'])
      expect([figure, shares(figure)]).toEqual([figure, 'contribution']);
    const there = (kind: (typeof GAP_KINDS)[number]) => linksRead('gap', kind)!.there;
    expect(there('initiative_without_investment')).toEqual(['investment']);
    expect(there('outcome_without_benefit')).toEqual(['outcome']);
    expect([there('no_owner'), there('benefit_without_plan')]).toEqual([[], []]);
  });

  test('of thresholds are those that say what counts in it, and none that it is held against', () => {
    expect([...thresholdsRead('sign.shared_capabilities')]).toEqual(['shared_capabilities']);
    expect([...thresholdsRead('decision.time_to_decide'), ...thresholdsRead('sign.unowned_share')]).toEqual([]);
  });
});
