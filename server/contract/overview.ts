import { z } from 'zod';
import { signal } from './metric.js';
import * as p from './primitives.js';
import { BENEFIT_STATUSES } from './status.js';
import { MONEY_NATURES } from './trace.js';

/** What the landing page says: the ledger from money to proof, the profile of benefits by quarter, and who lies furthest from plan. */

/** A figure with the path of its trace (`/trace/spend?period=…`); null where nothing is recorded, which is not 0. */
export const tracedFigure = z.object({ value: z.string().nullable(), trace: z.string() });
export type TracedFigure = z.infer<typeof tracedFigure>;

export const IMPACTS = ['favourable', 'unfavourable', 'neutral'] as const;
export type Impact = (typeof IMPACTS)[number];

/** A difference, and what it means for the business: a desired fall in cost is favourable, what may only be missing is neutral. */
export const variance = tracedFigure.extend({ impact: z.enum(IMPACTS) });
export type VarianceFigure = z.infer<typeof variance>;

/** In the order of the founding questions. Who does not read the chain has no `invested` and `reached`. */
export const LEDGER_ROWS = [
  'invested',
  'reached',
  'realised',
  'evidenced',
  'expected',
  'calibrated',
  'non_financial',
] as const;

export const ledgerRow = z
  .object({
    id: z.enum(LEDGER_ROWS),
    /** Money in the reporting currency, or a number of benefits. */
    unit: z.enum(['money', 'count']),
    actual: tracedFigure,
    /** Why `actual` has no value, where more is known than that nothing is recorded. */
    nullReason: z.string().nullable(),
    /** Of `calibrated`: what the same benefits are expected to bring as they claim; then the variance is from that. */
    plan: tracedFigure.nullable(),
    /** actual − plan, and the same ÷ |plan| as a share; no value where either is not recorded. */
    variance: variance.nullable(),
    varianceShare: variance.nullable(),
    /** What this period added to `actual`; of a count, its change since the period before. */
    change: tracedFigure.nullable(),
    /** Twelve periods up to this one: what each added; of a count, where it stood. Null where nothing is recorded; empty of `expected` and `calibrated`. */
    series: z.array(z.object({ period: z.string(), value: z.string().nullable() })),
    /** Whether the last of the series is more than noise, and which of them was judged: of money in a period under way the one before. Null without a series. */
    signal: signal.nullable(),
    judgedTo: z.string().nullable(),
  })
  .meta({ id: 'LedgerRow' });
export type LedgerRow = z.infer<typeof ledgerRow>;

export const FUNNEL_STEPS = ['planned', 'realised', 'confirmed', 'traced'] as const;

export const deviation = z
  .object({
    code: z.string(),
    name: z.string(),
    owner: z.string().nullable(),
    status: z.enum(BENEFIT_STATUSES),
    planned: tracedFigure,
    realised: tracedFigure,
    /** Against the current plan; no value where nothing is planned to date any more. */
    variance,
    varianceShare: variance,
    /** Against the baseline plan; of a benefit that is not approved against the current one. */
    baselinePlanned: tracedFigure,
    baselineVariance: variance,
    /** The plan to date is another than the one that was approved. */
    isReplanned: z.boolean(),
    /** The plan by which it stands in the list: against the other it lies no worse. */
    against: z.enum(['current', 'baseline']),
  })
  .meta({ id: 'Deviation' });
export type Deviation = z.infer<typeof deviation>;

export const overviewQuery = z.strictObject({
  period: p.period.optional(),
  portfolio: p.ref.optional(),
  orgUnit: p.ref.optional(),
});
export type OverviewQuery = z.infer<typeof overviewQuery>;

export const overview = z
  .object({
    period: z.string(),
    /** Whether all months of the period are over, some of them, or none: months to come count as planned and cannot be measured yet. */
    progress: z.enum(['over', 'under_way', 'ahead']),
    currency: z.string(),
    /** Whether the scope holds any record of the chain (of the benefits, for who reads no chain). */
    isEmpty: z.boolean(),
    ledger: z.array(ledgerRow),
    /** planned → realised → confirmed → traced, money benefits to date; `lost` is what the step before had more. */
    funnel: z.array(
      z.object({
        step: z.enum(FUNNEL_STEPS),
        amount: tracedFigure,
        /** Benefits with a value in this step. */
        benefits: z.number().int(),
        lost: tracedFigure.nullable(),
      }),
    ),
    /** Σ expected ÷ Σ planned over the whole life, and the last period that has a plan or forecast. */
    expectedShare: tracedFigure,
    lastPeriod: z.string().nullable(),
    /** Spend that reaches no benefit, and its share of all spend; null for who reads no chain. */
    untracedSpend: tracedFigure.nullable(),
    untracedSpendShare: tracedFigure.nullable(),
    /** Planned costs without an actual: where there are any, less spent than planned is neither good nor bad. Null for who reads no chain. */
    unreportedCosts: tracedFigure.nullable(),
    /**
     * How much of the plan came, of money benefits to date: against the current plan, against the baseline plan, over the measured months
     * alone, and what part of the planned months is measured. `standIns`: benefits with a plan that are not approved, of which the current plan
     * counts in the baseline, too.
     */
    rates: z.object({
      current: tracedFigure,
      baseline: tracedFigure,
      measured: tracedFigure,
      coverage: tracedFigure,
      fixed: z.number().int(),
      standIns: z.number().int(),
    }),
    /** Benefits with something planned to date, and how many of them have a realised value. */
    due: tracedFigure,
    measured: tracedFigure,
    /**
     * Money benefits that lie off plan to date, furthest first, each by the less favourable of its variances, against the current or the baseline
     * plan; at most four each. Compared are those with a plan and a realised value.
     */
    deviations: z.object({ worst: z.array(deviation), best: z.array(deviation), compared: z.number().int() }),
  })
  .meta({ id: 'Overview' });
export type Overview = z.infer<typeof overview>;

export const profileQuery = overviewQuery.extend({ nature: z.enum(MONEY_NATURES).optional() });
export type ProfileQuery = z.infer<typeof profileQuery>;

const profileValue = z.object({ value: tracedFigure, planned: tracedFigure, variance });

/**
 * Money benefits by quarter: the eight quarters that end four after the period, fewer where less is recorded. Up to the period values are
 * realised (`AC`), after it, and in quarters that have not begun, they are the outlook (`FC`).
 */
export const profile = z
  .object({
    period: z.string(),
    currency: z.string(),
    quarters: z.array(
      z.object({
        period: z.string(),
        scenario: z.enum(['AC', 'FC']),
        /** Only some of the benefits planned in this quarter are measured: provisional. */
        isProvisional: z.boolean(),
        quarter: profileValue,
        /** From the first month recorded to the end of this quarter. */
        cumulative: profileValue,
      }),
    ),
  })
  .meta({ id: 'Profile' });
export type Profile = z.infer<typeof profile>;
