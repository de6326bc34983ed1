import { type BenefitSummary, DOAM_TESTS, type DoamLack, type DoamTest } from '../../contract/benefit-page.js';
import type { BenefitCell } from '../../benefits/cells.queries.js';
import type { MeasuredOutcome } from '../../benefits/measured.queries.js';
import type { BenefitFacts } from './benefit.queries.js';

/** What the four tests of a benefit look at. */
export interface DoamFacts {
  readonly facts: Pick<
    BenefitFacts,
    'type' | 'nature' | 'owner' | 'hasUnit' | 'isMoney' | 'unit' | 'baseline' | 'conversion'
  >;
  readonly cells: readonly Pick<BenefitCell, 'month' | 'isPlanned' | 'isExpected' | 'isReported'>[];
  /** Outcomes that lead to it; without a code where the reader may not see them. */
  readonly outcomes: readonly (Pick<MeasuredOutcome, 'baseline' | 'measured'> & { readonly code: string | null })[];
  /** Links on all ways back to the investments, and how many of them have a blank contribution; and whether a way reaches one. */
  readonly links: { readonly all: number; readonly assumed: number; readonly reachesInvestment: boolean };
  /** A missing value of this month or an earlier one is overdue today, whatever period the page shows. */
  readonly lastOverdue: string;
}

type Test = BenefitSummary['completeness'][number];
type Lack = Test['lacks'][number];

const lack = (id: DoamLack, more: Partial<Omit<Lack, 'id'>> = {}): Lack => ({
  id,
  count: null,
  of: null,
  record: null,
  ...more,
});

/** The first outcome that the reader may see. */
const recordOf = (outcomes: DoamFacts['outcomes']): Lack['record'] => {
  const ref = outcomes.find(({ code }) => code !== null)?.code;
  return ref ? { type: 'outcome', ref } : null;
};

/**
 * The four tests of a benefit, each with what it lacks; a test that lacks nothing is met.
 *
 * Described: its type and class are stated, and who answers for it. Observable: there is a unit and a baseline, and an outcome that leads to it
 * is measured from one. Attributable: links lead from an investment to it, and no share on the way is assumed. Measurable: it is planned by
 * month, how a measure becomes money is stated, and each month that was due is measured.
 */
export const completenessOf = ({ facts, cells, outcomes, links, lastOverdue }: DoamFacts): Test[] => {
  const due = cells.filter(({ month, isExpected }) => isExpected && month <= lastOverdue);
  const overdue = due.filter(({ isReported }) => !isReported);
  const isSeen = outcomes.some(({ baseline, measured }) => baseline !== null && measured.length > 0);
  const lacks: Record<DoamTest, readonly (Lack | false)[]> = {
    described: [
      facts.type === null && lack('type'),
      facts.nature === null && lack('nature'),
      facts.owner === null && lack('owner'),
      !facts.hasUnit && lack('org_unit'),
    ],
    observable: [
      !facts.isMoney && facts.unit === null && lack('unit'),
      facts.baseline === null && lack('baseline'),
      outcomes.length > 0 && !isSeen && facts.isMoney && lack('outcome_measure', { record: recordOf(outcomes) }),
    ],
    attributable:
      links.all === 0
        ? [lack('no_outcome')]
        : [
            !links.reachesInvestment && lack('no_investment'),
            links.assumed > 0 && lack('assumed_shares', { count: links.assumed, of: links.all }),
          ],
    measurable: [
      !cells.some(({ isPlanned }) => isPlanned) && lack('plan'),
      facts.isMoney && facts.conversion === null && lack('conversion'),
      overdue.length > 0 && lack('overdue', { count: overdue.length, of: due.length }),
    ],
  };
  return DOAM_TESTS.map((test) => ({ test, lacks: lacks[test].filter((each) => each !== false) }));
};
