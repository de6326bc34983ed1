import { z } from 'zod';
import * as p from './primitives.js';

/** Eight metric families: what is measured, how it is computed, and whether it has really changed. */

/** In the order of the value system, each with the question that it answers. */
export const FAMILIES = [
  { id: 'alignment', name: 'Alignment', question: 'Are we focused on what matters?' },
  { id: 'decision', name: 'Decision', question: 'How clearly and quickly do we decide?' },
  { id: 'flow', name: 'Flow', question: 'How smoothly does work move?' },
  { id: 'capability', name: 'Capability', question: 'Are we strong where it matters?' },
  { id: 'outcome', name: 'Outcome', question: 'What are we delivering?' },
  { id: 'efficiency', name: 'Efficiency', question: 'How well are resources used?' },
  { id: 'quality', name: 'Quality', question: 'How reliable are outcomes?' },
  { id: 'stakeholder', name: 'Stakeholder', question: 'Do business leaders trust IT?' },
] as const;
export type Family = (typeof FAMILIES)[number]['id'];

export const METRIC_IDS = [
  'alignment.strategic_spend_share',
  'alignment.top_priority_spend_share',
  'alignment.priority_stability',
  'alignment.funding_shift',
  'alignment.traced_spend_share',
  'decision.time_to_decide',
  'decision.escalation_levels',
  'decision.at_intended_level_share',
  'decision.overdue_open',
  'decision.reopened_share',
  'flow.cycle_time',
  'flow.waiting_share',
  'flow.handoffs',
  'flow.dependencies',
  'flow.wip',
  'flow.throughput',
  'flow.delivery_predictability',
  'capability.strategic_maturity',
  'capability.maturity_gap',
  'capability.skills_investment',
  'capability.competency_coverage',
  'outcome.revenue_enabled',
  'outcome.cost_saved',
  'outcome.risk_reduced',
  'outcome.experience_improvement',
  'outcome.realisation_rate',
  'outcome.confirmed_share',
  'outcome.attained_share',
  'efficiency.cost_per_capability',
  'efficiency.cost_per_outcome',
  'efficiency.duplicate_effort_share',
  'efficiency.return_on_spend',
  'quality.availability',
  'quality.performance_attainment',
  'quality.defect_rate',
  'quality.rework_share',
  'quality.change_failure_rate',
  'quality.incidents_per_service_month',
  'stakeholder.satisfaction',
  'stakeholder.responsiveness',
  'stakeholder.effectiveness',
  'stakeholder.trust',
  'stakeholder.enabling',
  'stakeholder.nps',
  'stakeholder.response_rate',
  'stakeholder.strategic_involvement',
] as const;
export type MetricId = (typeof METRIC_IDS)[number];

/** Whether a figure of this name is one of the metrics. */
export const isMetric = (figure: string): figure is MetricId => (METRIC_IDS as readonly string[]).includes(figure);

/**
 * `share`: a fraction, read as percent; `money`: the reporting currency; `days`: elapsed days; `level`: maturity 0 to 5; `score`: answers 1 to 5;
 * `net_share`: a fraction from −1 to 1, read as points; `number`: a plain mean or ratio; `count`: whole records.
 */
export const METRIC_UNITS = ['share', 'money', 'days', 'level', 'score', 'net_share', 'number', 'count'] as const;
export type MetricUnit = (typeof METRIC_UNITS)[number];

/** A unit as a column of units says it; money is said by its currency. */
export const UNIT_NAMES: Readonly<Record<Exclude<MetricUnit, 'money'>, string>> = {
  share: '%',
  days: 'days',
  level: 'level 0–5',
  score: 'score 1–5',
  net_share: 'points',
  number: 'number',
  count: 'number',
};

export const BETTER = ['higher', 'lower', 'none'] as const;
export type Better = (typeof BETTER)[number];

/** Why a metric has no value. `too_few_responses` is known and hidden; the others are not known. */
export const METRIC_NULLS = [
  'no_records',
  'zero_denominator',
  'no_spend',
  'nothing_strategic',
  'no_ranking',
  'not_in_scope',
  'too_few_responses',
] as const;
export type MetricNull = (typeof METRIC_NULLS)[number];

/** A figure of a metric: decimal text of money, a number of all else. */
export const metricValue = z.union([z.string(), z.number()]).nullable();

export const SIGNALS = ['insufficient', 'noise', 'signal'] as const;
export const SIGNAL_RULES = ['outside_limits', 'run_of_eight'] as const;

/** Points that the signal reads, and from which limits hold; those of fewer are trial limits. */
export const SIGNAL_POINTS = 12;

/** `model.md` §5: the trend read as an XmR chart over its last 12 points. */
export const signal = z
  .object({
    state: z.enum(SIGNALS),
    /** Null where the state is no signal, or neither direction is better. */
    direction: z.enum(['improving', 'worsening']).nullable(),
    rule: z.enum(SIGNAL_RULES).nullable(),
    /** How many points were read. */
    points: z.number().int(),
    /** Null with fewer than 6 points. */
    limits: z.object({ centre: z.number(), lower: z.number(), upper: z.number(), meanRange: z.number() }).nullable(),
  })
  .meta({ id: 'Signal' });
export type Signal = z.infer<typeof signal>;

/** By the target in force in the period: `near` lies between target and amber. Null without a target or a value. */
export const METRIC_STATUSES = ['met', 'near', 'missed'] as const;

/** Target against limits, with 12 points: what the process as it is does of itself. */
export const ASSURANCES = ['passes', 'fails', 'hit_or_miss'] as const;
export const METRIC_IMPACTS = ['favourable', 'unfavourable', 'neutral'] as const;

/**
 * How the records behind a metric fold into its value: over their column `a`, or Σ a ÷ Σ b (`complement`: 1 less that).
 * `count` counts the records.
 */
export const fold = z.object({
  of: z.enum(['count', 'sum', 'mean', 'median', 'ratio', 'complement']),
  a: z.string().nullable(),
  b: z.string().nullable(),
});
export type Fold = z.infer<typeof fold>;

const family = z.enum(FAMILIES.map(({ id }) => id));
const nullReason = z.enum(METRIC_NULLS).nullable();

export const metricDefinition = z
  .object({
    id: z.enum(METRIC_IDS),
    family,
    name: z.string(),
    question: z.string(),
    why: z.string(),
    unit: z.enum(METRIC_UNITS),
    better: z.enum(BETTER),
    /** Steps from business impact: 0 is money realised, 4 is how IT aligns and decides. */
    distance: z.number().int(),
    formula: z.object({ text: z.string(), expression: z.string(), version: z.string() }),
    fold,
  })
  .meta({ id: 'MetricDefinition' });
export type MetricDefinition = z.infer<typeof metricDefinition>;

export const trendPoint = z.object({
  /** It may lie before those that can be asked for. */
  period: z.string(),
  value: metricValue,
  n: z.number().int(),
  nullReason,
  /** How far the value lies from the last one known before it in the trend; null of the first, and where there is none. */
  range: z.number().nullable(),
  /** The period is not over: the value may still change. */
  provisional: z.boolean(),
  /** Whether it is a point of the chart: it has a value, and is no zero of a sum or a count from before its first record. */
  isPoint: z.boolean(),
});

export const metric = metricDefinition
  .extend({
    value: metricValue,
    /** Records behind the value. */
    n: z.number().int(),
    nullReason,
    /** Value of the period before. */
    previous: metricValue,
    target: metricValue,
    amber: metricValue,
    /**
     * The value is a sum or a count of a part of the enterprise, and the target is set for the whole: the part is not judged by it,
     * so status, variance and assurance are null.
     */
    isTargetOfEnterprise: z.boolean(),
    status: z.enum(METRIC_STATUSES).nullable(),
    /** (value − target) ÷ |target|, and what that means for the business; `share` null where the target is 0. Null without a target or a value. */
    variance: z.object({ share: z.number().nullable(), impact: z.enum(METRIC_IMPACTS) }).nullable(),
    signal,
    /** The latest period that the signal judges: of a sum that is still adding up the last one that is over. */
    judgedTo: z.string(),
    /** The value is 0 because nothing of its kind is recorded. */
    isBlank: z.boolean(),
    /** Null with fewer than 12 points, without a target, or where nothing is better. */
    assurance: z.enum(ASSURANCES).nullable(),
    provisional: z.boolean(),
    /** 12 periods, the asked one last. */
    trend: z.array(trendPoint),
    detail: z.record(z.string(), z.union([z.number(), z.record(z.string(), z.number().nullable()), z.null()])),
    /** Who answers for the metric; null where nobody is named. */
    owner: z.string().nullable(),
    /**
     * Day, in the reporting time zone, on which a record of a type that feeds the metric was written last, in the whole enterprise whatever the scope;
     * of surveys the day on which a round was closed or a survey imported, never that of an answer. Null before the first; told on the whole scorecard
     * and of one metric, absent where some metrics are asked for.
     */
    lastRecordedOn: z.string().nullable().optional(),
  })
  .meta({ id: 'Metric' });
export type Metric = z.infer<typeof metric>;

export const metricsQuery = z.strictObject({
  period: p.period.optional(),
  portfolio: p.ref.optional(),
  orgUnit: p.ref.optional(),
});
export type MetricsQuery = z.infer<typeof metricsQuery>;

const metricIds = z
  .string()
  .transform((ids) => [...new Set(ids.split(','))])
  .pipe(z.array(z.enum(METRIC_IDS)));
export const scorecardQuery = metricsQuery.extend({
  /** Ids with commas between: only these are computed, from facts that are read once for all of them. Those that the reader may not see are left out. */
  only: metricIds.optional(),
});
export type ScorecardQuery = z.infer<typeof scorecardQuery>;

export const metrics = z
  .object({
    period: p.period,
    currency: z.string(),
    families: z.array(z.object({ id: family, name: z.string(), question: z.string(), metrics: z.array(metric) })),
  })
  .meta({ id: 'Metrics' });
export type Metrics = z.infer<typeof metrics>;

export const metricRecordsQuery = metricsQuery.extend({ limit: p.limit, cursor: z.string().max(400).optional() });
export type MetricRecordsQuery = z.infer<typeof metricRecordsQuery>;

/** The records behind a metric: folded as `fold` says they give `value`. */
export const metricRecords = z
  .object({
    metric: z.enum(METRIC_IDS),
    period: p.period,
    value: metricValue,
    nullReason,
    unit: z.enum(METRIC_UNITS),
    fold,
    columns: z.array(
      z.object({
        id: z.string(),
        label: z.string(),
        /** `text` and `date` are read, the others are numbers of that unit; `flag` is 1 or 0. */
        unit: z.union([z.enum(METRIC_UNITS), z.enum(['text', 'date', 'flag', 'minutes'])]),
      }),
    ),
    items: z.array(
      z.object({
        /** A record type, or `answer` for a count of answers. */
        type: z.string(),
        code: z.string(),
        name: z.string(),
        /** In the order of `columns`; numbers as exact decimal text. */
        cells: z.array(z.string().nullable()),
      }),
    ),
    total: z.number().int(),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'MetricRecords' });
export type MetricRecords = z.infer<typeof metricRecords>;
