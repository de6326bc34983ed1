import { type Family, METRIC_IDS, type MetricId } from '../../contract/metric.js';
import { alignmentMetrics } from './alignment.js';
import { capabilityMetrics } from './capability.js';
import { decisionMetrics } from './decision.js';
import { efficiencyMetrics } from './efficiency.js';
import { flowMetrics } from './flow.js';
import { familyOf, type Metric } from './metric.js';
import { outcomeMetrics } from './outcome.js';
import { qualityMetrics } from './quality.js';
import { stakeholderMetrics } from './stakeholder.js';

const DEFINED: ReadonlyMap<MetricId, Metric> = new Map(
  [
    ...alignmentMetrics,
    ...decisionMetrics,
    ...flowMetrics,
    ...capabilityMetrics,
    ...outcomeMetrics,
    ...efficiencyMetrics,
    ...qualityMetrics,
    ...stakeholderMetrics,
  ].map((metric) => [metric.id, metric]),
);

/** Every metric, in the order of the contract. */
export const METRICS: readonly Metric[] = METRIC_IDS.flatMap((id) => DEFINED.get(id) ?? []);
export const metricOf = (id: MetricId): Metric | undefined => DEFINED.get(id);
/** The metric of an id in any letters. */
export const knownMetric = (text: string): Metric | undefined => DEFINED.get(text.toLowerCase() as MetricId);

/** What business stakeholders read of a scorecard: not what money is spent on, nor how IT works inside. */
const FOR_STAKEHOLDERS: readonly Family[] = ['outcome', 'quality', 'stakeholder'];

/** Metrics that a reader may see: all, or those of a business stakeholder. */
export const metricsSeenBy = (isStakeholder: boolean): readonly Metric[] =>
  isStakeholder ? METRICS.filter(({ id }) => FOR_STAKEHOLDERS.includes(familyOf(id))) : METRICS;
