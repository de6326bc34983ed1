import { z } from 'zod';
import { METRIC_IDS, METRIC_NULLS, signal } from './metric.js';
import { FIGURES } from './figures.js';
import * as p from './primitives.js';

/** Eight signs of misalignment: tests on figures, each with its threshold, and the records that say so (`model.md` §6). */

export const SIGN_IDS = [
  'strategy_execution',
  'fragmented_ownership',
  'decision_bottlenecks',
  'flow_breakdown',
  'misaligned_capabilities',
  'weak_engagement',
  'activity_measurement',
  'governance_friction',
] as const;
export type SignId = (typeof SIGN_IDS)[number];

/** In the order of their signs. */
export const SIGN_TEST_IDS = [
  'priority_stability',
  'strategic_spend_share',
  'strategic_spend_worsening',
  'unowned_share',
  'shared_capabilities',
  'reopened_share',
  'time_to_decide',
  'at_intended_level',
  'overdue_open',
  'waiting_share',
  'handoffs',
  'cycle_time_worsening',
  'maturity_gap',
  'widest_gap_spend',
  'competency_coverage',
  'satisfaction',
  'strategic_involvement',
  'unexplained_priorities',
  'unserving_indicators',
  'traced_spend',
  'unmeasured_benefits',
  'escalations',
  'above_level_share',
  'forum_overlaps',
] as const;
export type SignTestId = (typeof SIGN_TEST_IDS)[number];

/** Tests with a threshold that people set; the others are read from the signal, or against an equal part. */
export const THRESHOLD_IDS = [
  'priority_stability',
  'strategic_spend_share',
  'unowned_share',
  'shared_capabilities',
  'reopened_share',
  'time_to_decide',
  'at_intended_level',
  'overdue_open',
  'waiting_share',
  'handoffs',
  'maturity_gap',
  'competency_coverage',
  'satisfaction',
  'strategic_involvement',
  'unexplained_priorities',
  'unserving_indicators',
  'traced_spend',
  'unmeasured_benefits',
  'escalations',
  'above_level_share',
  'forum_overlaps',
] as const satisfies readonly SignTestId[];
export type ThresholdId = (typeof THRESHOLD_IDS)[number];

/** `present`: two or more tests hold; `watch`: one; `unknown`: none holds and fewer than two can be computed; else `clear`. */
export const SIGN_STATES = ['present', 'watch', 'clear', 'unknown'] as const;
export type SignState = (typeof SIGN_STATES)[number];

export const TEST_STATES = ['holds', 'clear', 'unknown'] as const;
export type TestState = (typeof TEST_STATES)[number];

/** How a figure is held against its threshold. `above_twice`: in this period and the one before; `worsening`: by the signal. */
export const TEST_RULES = ['below', 'above', 'at_least', 'above_twice', 'any', 'worsening'] as const;
export type TestRule = (typeof TEST_RULES)[number];

/** Units of figures; of thresholds `org_units`, too. */
export const SIGN_UNITS = ['share', 'days', 'number', 'level', 'score', 'count'] as const;
export type SignUnit = (typeof SIGN_UNITS)[number];

/** No figure of the unit can lie beyond it. */
const MOST: Readonly<Record<SignUnit, number>> = {
  share: 1,
  days: 10_000,
  number: 10_000,
  level: 5,
  score: 5,
  count: 10_000,
};

/** Where a threshold lies with which a test can hold and can fail; a bound that is left out would hold always, or never. */
export interface ThresholdRange {
  readonly least: number;
  readonly most: number;
  readonly without: 'least' | 'most' | null;
}

/** Of `any` the threshold is how many of what is counted, whatever the unit of the figure: with one of them everything would count. */
export const thresholdRange = ({ rule, unit }: { rule: TestRule; unit: SignUnit }): ThresholdRange => {
  if (rule === 'any') return { least: 2, most: MOST.count, without: null };
  if (rule === 'below') return { least: unit === 'score' ? 1 : 0, most: MOST[unit], without: 'least' };
  return { least: 0, most: MOST[unit], without: rule === 'at_least' ? 'least' : 'most' };
};

export const isInRange = (value: number, { least, most, without }: ThresholdRange): boolean =>
  value >= least && value <= most && !(without !== null && value === { least, most }[without]);

/**
 * `above 0, up to 100`.
 * @param factor of the figures, 100 for percentages
 * @param write as the reader writes numbers
 */
export const rangeWords = (
  { least, most, without }: ThresholdRange,
  factor = 1,
  write = (bound: number): string => bound.toLocaleString('en-GB'),
): string => {
  const [from, to] = [least, most].map((bound) => write(bound * factor));
  if (without === 'least') return `above ${from}, up to ${to}`;
  return without === 'most' ? `from ${from} to below ${to}` : `from ${from} to ${to}`;
};

/** Why a test cannot be computed. */
export const SIGN_NULLS = [...METRIC_NULLS, 'too_few_points', 'not_assessed', 'not_computed'] as const;
export type SignNull = (typeof SIGN_NULLS)[number];

export const signTest = z
  .object({
    id: z.enum(SIGN_TEST_IDS),
    /** The indicator, in words. */
    name: z.string(),
    state: z.enum(TEST_STATES),
    /** The rule with its threshold, in words: `below 60 %`. */
    rule: z.string(),
    /** Why it holds, does not, or cannot be told: a sentence. */
    why: z.string(),
    value: z.number().nullable(),
    nullReason: z.enum(SIGN_NULLS).nullable(),
    unit: z.enum(SIGN_UNITS),
    /** Null where the signal alone decides. */
    threshold: z.number().nullable(),
    /** The figure to trace: a metric, or a figure of the signs. */
    figure: z.enum(FIGURES).nullable(),
    metric: z.enum(METRIC_IDS).nullable(),
    /** Whether it has really changed; null of figures that count what is known as of now alone. */
    signal: signal.nullable(),
    /** Over 12 periods of metrics and of what is read from one, of other figures over 4; the asked one last. */
    trend: z.array(z.object({ period: z.string(), value: z.number().nullable() })),
    /** Records that stand behind the figure, and where they are read; null where there are none to see. */
    records: z.object({ count: z.number().int(), url: z.string() }).nullable(),
  })
  .meta({ id: 'SignTest' });
export type SignTest = z.infer<typeof signTest>;

export const signBeside = z
  .object({
    figure: z.enum(FIGURES),
    name: z.string(),
    value: z.number().nullable(),
    nullReason: z.enum(SIGN_NULLS).nullable(),
    records: z.object({ count: z.number().int(), url: z.string() }).nullable(),
  })
  .meta({ id: 'SignBeside' });
export type SignBeside = z.infer<typeof signBeside>;

export const signComment = z
  .object({
    text: z.string().nullable(),
    /** Code of the decision that is linked to it. */
    decision: z.string().nullable(),
    decisionTitle: z.string().nullable(),
    /** Code of the corrective action that is linked to it, its title, and the benefit that it belongs to. */
    action: z.string().nullable(),
    actionTitle: z.string().nullable(),
    actionBenefit: z.string().nullable(),
    /** What is linked and archived since: it is named and has no page. */
    archived: z.array(z.enum(['decision', 'action'])),
    by: z.string(),
    at: z.string(),
    version: z.number().int(),
  })
  .meta({ id: 'SignComment' });
export type SignComment = z.infer<typeof signComment>;

export const sign = z
  .object({
    id: z.enum(SIGN_IDS),
    name: z.string(),
    /** What people see, in a line. */
    symptom: z.string(),
    state: z.enum(SIGN_STATES),
    /** When it is present, in words with the thresholds of now. */
    rule: z.string(),
    /** What to look at. */
    advice: z.string(),
    tests: z.array(signTest),
    /** Shares that decide nothing and say where to look, each with the records that it is a share of; none of most signs. */
    beside: z.array(signBeside),
    /** Its state in the last four periods, the asked one last. */
    trend: z.array(z.object({ period: z.string(), state: z.enum(SIGN_STATES) })),
    comment: signComment.nullable(),
  })
  .meta({ id: 'Sign' });
export type Sign = z.infer<typeof sign>;

export const signsQuery = z.strictObject({
  period: p.period.optional(),
  portfolio: p.ref.optional(),
  orgUnit: p.ref.optional(),
});
export type SignsQuery = z.infer<typeof signsQuery>;

export const signs = z.object({ period: p.period, items: z.array(sign) }).meta({ id: 'Signs' });
export type Signs = z.infer<typeof signs>;

export const signThresholds = z
  .object({
    version: z.number().int(),
    items: z.array(
      z.object({
        test: z.enum(THRESHOLD_IDS),
        sign: z.enum(SIGN_IDS),
        name: z.string(),
        rule: z.enum(TEST_RULES),
        unit: z.enum(SIGN_UNITS),
        threshold: z.string(),
        standard: z.string(),
      }),
    ),
  })
  .meta({ id: 'SignThresholds' });
export type SignThresholds = z.infer<typeof signThresholds>;

export const changeThresholds = z
  .strictObject({
    items: z
      .array(z.strictObject({ test: z.enum(THRESHOLD_IDS), threshold: p.decimal(4, { min: 0, max: 10000 }) }))
      .min(1)
      .max(THRESHOLD_IDS.length)
      .refine((items) => new Set(items.map(({ test }) => test)).size === items.length, 'Name each test once.'),
  })
  .meta({ id: 'ChangeThresholds' });
export type ChangeThresholds = z.infer<typeof changeThresholds>;

/** What is said of a sign in a period; a null text takes it away, with what it names. `version`: of the comment that was read, null where there was none. */
export const writeComment = z
  .strictObject({
    text: p.text(1000).pipe(z.string().min(1)).nullable(),
    decision: p.ref.nullable().optional(),
    action: p.ref.nullable().optional(),
    version: z.number().int().nullable(),
  })
  .meta({ id: 'WriteSignComment' });
export type WriteComment = z.infer<typeof writeComment>;
export const writtenComment = z.object({ comment: signComment }).meta({ id: 'WrittenSignComment' });
export type WrittenComment = z.infer<typeof writtenComment>;
