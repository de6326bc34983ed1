import type { Better, MetricId } from '../contract/metric.js';
import type { SignId, SignTestId, SignUnit, TestRule } from '../contract/sign.js';
import type { BesideFigureId } from './sign-beside.js';

/** The eight signs as `model.md` §6 lists them, in words, with their tests and the thresholds they begin with. */

/** A figure of the signs that is no metric. */
export type OwnFigureId =
  | 'sign.unowned_share'
  | 'sign.shared_capabilities'
  | 'sign.widest_gap_spend_share'
  | 'sign.unexplained_priorities'
  | 'sign.unserving_share'
  | 'sign.unmeasured_share'
  | 'sign.above_level_share'
  | 'sign.forum_overlaps'
  | BesideFigureId;

export interface SignTestDefinition {
  readonly id: SignTestId;
  /** What is measured, in sentence case. */
  readonly name: string;
  readonly figure: MetricId | OwnFigureId;
  readonly rule: TestRule;
  readonly unit: SignUnit;
  /** Decimal text; null where the signal or an equal part decides. */
  readonly standard: string | null;
  /** Of `worsening`. */
  readonly better: Better;
  /** The rule in words; `{}` stands for the threshold. */
  readonly words: string;
}

export interface SignDefinition {
  readonly id: SignId;
  readonly name: string;
  readonly symptom: string;
  readonly advice: string;
  readonly tests: readonly SignTestDefinition[];
}

const test = (
  id: SignTestId,
  name: string,
  figure: SignTestDefinition['figure'],
  [rule, unit, standard]: readonly [TestRule, SignUnit, string | null],
  words: string,
  better: Better = 'none',
): SignTestDefinition => ({ id, name, figure, rule, unit, standard, words, better });

export const SIGNS: readonly SignDefinition[] = [
  {
    id: 'strategy_execution',
    name: 'Strategy–execution disconnect',
    symptom: 'Priorities say one thing; money and work do another.',
    advice:
      'Put the ranking of priorities beside the spend by priority, and decide which investments to stop, shrink or move until the money follows the strategy.',
    tests: [
      test(
        'priority_stability',
        'Priority stability',
        'alignment.priority_stability',
        ['below', 'share', '0.6'],
        'priority stability below {}',
      ),
      test(
        'strategic_spend_share',
        'Spend on strategic capabilities',
        'alignment.strategic_spend_share',
        ['below', 'share', '0.5'],
        'less than {} of spend reaches strategic capabilities',
      ),
      test(
        'strategic_spend_worsening',
        'Spend on strategic capabilities, over time',
        'alignment.strategic_spend_share',
        ['worsening', 'share', null],
        'the share of spend on strategic capabilities is worsening',
        'higher',
      ),
    ],
  },
  {
    id: 'fragmented_ownership',
    name: 'Fragmented ownership',
    symptom: 'Many take part, nobody answers for the result.',
    advice:
      'Name one owner for each record that has none, and one accountable unit for each capability that several units change at once.',
    tests: [
      test(
        'unowned_share',
        'Chain records without an owner',
        'sign.unowned_share',
        ['above', 'share', '0.1'],
        'more than {} of the records of the chain have no owner',
      ),
      test(
        'shared_capabilities',
        'Capabilities changed by several units',
        'sign.shared_capabilities',
        ['any', 'count', '3'],
        'a capability has initiatives from {} or more org units',
      ),
      test(
        'reopened_share',
        'Decisions reopened',
        'decision.reopened_share',
        ['above', 'share', '0.15'],
        'more than {} of decisions were reopened',
      ),
    ],
  },
  {
    id: 'decision_bottlenecks',
    name: 'Decision bottlenecks',
    symptom: 'Work waits for decisions, and decisions wait for the top.',
    advice:
      'Look at the oldest open decisions and at what waits for them; give each kind of decision one forum and one level, and let that level decide.',
    tests: [
      test(
        'time_to_decide',
        'Time to decide',
        'decision.time_to_decide',
        ['above', 'days', '30'],
        'time to decide above {}',
      ),
      test(
        'at_intended_level',
        'Decided at the intended level',
        'decision.at_intended_level_share',
        ['below', 'share', '0.8'],
        'less than {} decided at the intended level',
      ),
      test(
        'overdue_open',
        'Decisions open past their date',
        'decision.overdue_open',
        ['above_twice', 'count', '0'],
        'more than {} decisions open past their date, two periods in a row',
      ),
    ],
  },
  {
    id: 'flow_breakdown',
    name: 'Flow breakdown across teams',
    symptom: 'Work moves from queue to queue instead of from idea to delivery.',
    advice:
      'Find the stage where work waits longest and the pair of teams that hand over most, and mend that one place before any other.',
    tests: [
      test(
        'waiting_share',
        'Time spent waiting',
        'flow.waiting_share',
        ['above', 'share', '0.5'],
        'more than {} of the time is waiting',
      ),
      test('handoffs', 'Handoffs', 'flow.handoffs', ['above', 'number', '4'], 'more than {} handoffs an item'),
      test(
        'cycle_time_worsening',
        'Cycle time, over time',
        'flow.cycle_time',
        ['worsening', 'days', null],
        'cycle time is worsening',
        'lower',
      ),
    ],
  },
  {
    id: 'misaligned_capabilities',
    name: 'Misaligned capabilities',
    symptom: 'Strong where it does not matter, weak where it does.',
    advice:
      'Compare the gap of each strategic capability with its part of the money, and fund the widest gaps first; check whether the people for it are there.',
    tests: [
      test(
        'maturity_gap',
        'Maturity gap of strategic capabilities',
        'capability.maturity_gap',
        ['at_least', 'level', '1'],
        'maturity gap of {} or more',
      ),
      test(
        'widest_gap_spend',
        'Spend on the widest gaps',
        'sign.widest_gap_spend_share',
        ['below', 'share', null],
        'the strategic capabilities with the widest gaps receive less than their equal part of spend',
      ),
      test(
        'competency_coverage',
        'Competency coverage',
        'capability.competency_coverage',
        ['below', 'share', '0.8'],
        'competency coverage below {}',
      ),
    ],
  },
  {
    id: 'weak_engagement',
    name: 'Weak engagement with the business',
    symptom: 'IT is told late, and the business is not heard.',
    advice:
      'Ask the units with the lowest answers what they waited for, bring IT to strategic decisions before options are set, and write down why a priority moved.',
    tests: [
      test(
        'satisfaction',
        'Satisfaction',
        'stakeholder.satisfaction',
        ['below', 'score', '3.5'],
        'satisfaction below {}',
      ),
      test(
        'strategic_involvement',
        'IT involved before strategic decisions',
        'stakeholder.strategic_involvement',
        ['below', 'share', '0.5'],
        'IT involved beforehand in less than {} of strategic decisions',
      ),
      test(
        'unexplained_priorities',
        'Priority changes without a rationale',
        'sign.unexplained_priorities',
        ['above', 'count', '0'],
        'more than {} priority changes without a rationale',
      ),
    ],
  },
  {
    id: 'activity_measurement',
    name: 'Activity-based measurement',
    symptom: 'Effort is counted, value is assumed.',
    advice:
      'Link each indicator to the outcome or capability that it serves or drop it, close the breaks through which spend is lost, and measure the benefits that are due.',
    tests: [
      test(
        'unserving_indicators',
        'Own indicators that serve nothing',
        'sign.unserving_share',
        ['above', 'share', '0.25'],
        'more than {} of own indicators serve no outcome or capability',
      ),
      test(
        'traced_spend',
        'Spend traced to a benefit',
        'alignment.traced_spend_share',
        ['below', 'share', '0.6'],
        'less than {} of spend is traced to a benefit',
      ),
      test(
        'unmeasured_benefits',
        'Benefits due and not measured',
        'sign.unmeasured_share',
        ['above', 'share', '0.2'],
        'more than {} of the benefits that are due have no measurement',
      ),
    ],
  },
  {
    id: 'governance_friction',
    name: 'Governance as friction',
    symptom: 'Rules slow decisions down without making them better.',
    advice:
      'Take the kinds that two forums decide away from one of them, and let decisions that were pulled upwards be taken where they were meant to be.',
    tests: [
      test(
        'escalations',
        'Escalations a decision',
        'decision.escalation_levels',
        ['above', 'number', '1'],
        'more than {} escalation a decision',
      ),
      test(
        'above_level_share',
        'Decided above the intended level',
        'sign.above_level_share',
        ['above', 'share', '0.2'],
        'more than {} decided above the intended level',
      ),
      test(
        'forum_overlaps',
        'Kinds that several forums decide',
        'sign.forum_overlaps',
        ['above', 'count', '0'],
        'more than {} kinds of decision with two or more forums for the same scope',
      ),
    ],
  },
];

export const SIGN_TESTS: readonly SignTestDefinition[] = SIGNS.flatMap(({ tests }) => tests);
