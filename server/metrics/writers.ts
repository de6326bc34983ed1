import type { RecordType } from '../contract/columns.js';
import type { MetricFacts } from '../core/metrics/facts.js';
import type { Metric } from '../core/metrics/metric.js';

type Sets = readonly (keyof MetricFacts)[];

/** Types of the records that a set of facts is read from. Who answered a survey is nobody's to follow: answers are left out. */
const RECORDS_OF: Readonly<Record<keyof MetricFacts, readonly RecordType[]>> = {
  money: [
    ...(['investment_cost', 'benefit_value', 'investment', 'initiative', 'capability', 'benefit', 'link'] as const),
    ...(['priority', 'priority_ranking', 'exchange_rate'] as const),
  ],
  decisions: ['decision', 'decision_escalation', 'decision_reopening'],
  items: ['work_item', 'work_item_transition', 'stage', 'initiative'],
  initiatives: ['initiative'],
  capabilities: ['capability', 'maturity_assessment', 'competency'],
  measurements: ['outcome', 'outcome_measurement'],
  services: ['service', 'service_month'],
  surveys: ['survey'],
};

/** Values and costs that were entered in a grid stand in the audit as one entry. */
const ENTERED = { of: 'money', as: ['value_entry'] } as const;

/** Types of the records that a metric is computed from, each once. */
export const recordsBehind = (needs: Sets): RecordType[] => [...new Set(needs.flatMap((set) => RECORDS_OF[set]))];

/** Types of the audit events by which records that a metric is computed from were written one by one; imports stand beside them. */
export const eventsBehind = (needs: Sets): string[] => [
  ...recordsBehind(needs),
  ...(needs.includes(ENTERED.of) ? ENTERED.as : []),
];

/** Types of audit events that can have changed a metric. */
export const writersOf = ({ needs }: Metric): string[] => [
  ...eventsBehind(needs),
  ...(needs.includes('money') ? ['settings'] : []),
  'import',
];
