import { z } from 'zod';
import { CASES, discountRate } from './case-words.js';
import * as p from './primitives.js';
import { tracedFigure } from './overview.js';

export const caseQuery = z.strictObject({
  period: p.period.optional(),
  /** What if money cost this much? Without it the rate of the settings. */
  rate: discountRate.optional(),
  portfolio: p.ref.optional(),
  orgUnit: p.ref.optional(),
});
export type CaseQuery = z.infer<typeof caseQuery>;

/**
 * Why a figure has no value. `no_cost`: no cost of the kind is recorded. `nothing_recorded`: no value. `no_sign_change`: the net has one sign, so no rate
 * makes it worth nothing. `no_root`: the sign changes, and still no rate does. `multiple`: several do, see `roots`. `never`: the sum of net ends below 0.
 */
export const CASE_REASONS = ['no_cost', 'nothing_recorded', 'no_sign_change', 'no_root', 'multiple', 'never'] as const;
export type CaseReason = (typeof CASE_REASONS)[number];

const caseFigure = tracedFigure.extend({ nullReason: z.enum(CASE_REASONS).nullable() });
export type CaseFigure = z.infer<typeof caseFigure>;

/** `too_few_points`: fewer than 8 months. `no_forecast`: nothing is forecast. `unclassified`: a benefit without a type has no like. */
export const FORECAST_REASONS = [
  'not_money',
  'no_forecast',
  'unclassified',
  'too_few_points',
  'zero_forecast',
] as const;
export type ForecastReason = (typeof FORECAST_REASONS)[number];

/** A forecast of later months, the part that is due to the investment. */
const dueForecast = tracedFigure.extend({ nullReason: z.enum(FORECAST_REASONS).nullable() });
export type DueForecastFigure = z.infer<typeof dueForecast>;

/** An NPV with one thing changed. */
const setting = tracedFigure.extend({ setting: z.string() });

export const DRIVER_KINDS = ['rate', 'benefit', 'benefits', 'costs', 'delay', 'shares'] as const;

export const investmentCase = z
  .object({
    code: z.string(),
    period: z.string(),
    scope: z.string(),
    currency: z.string(),
    /** The annual rate that is computed with, and that of the settings. */
    rate: z.string(),
    settingsRate: z.string(),
    /** The month of the first cost, planned or actual: k = 0. Null where no cost is recorded: then there is no case. */
    firstCostMonth: z.string().nullable(),
    cases: z.array(
      z.object({
        id: z.enum(CASES),
        npv: caseFigure,
        irr: caseFigure.extend({ roots: z.array(z.string()) }),
        /** Months after the first cost; `month` is the month itself. */
        payback: caseFigure.extend({ month: z.string().nullable() }),
        roi: caseFigure,
        value: caseFigure,
        cost: caseFigure,
      }),
    ),
    /** Net added up, by month from the first fact to the last; null where the case has no cost. */
    months: z.array(
      z.object({
        month: z.string(),
        /** AC to the period's end, FC after it. */
        scenario: z.enum(['AC', 'FC']),
        planned: tracedFigure,
        expected: tracedFigure,
      }),
    ),
    /** What moves the expected NPV, the widest swing first. What has happened does not vary. */
    drivers: z.array(
      z.object({
        id: z.string(),
        kind: z.enum(DRIVER_KINDS),
        label: z.string(),
        /** The range as people read it. */
        range: z.string(),
        low: setting,
        high: setting,
      }),
    ),
    /**
     * What is forecast of the months after the period by the benefits that it pays for, the part due to it: as claimed, and as earlier forecasts came
     * true. `calibrated` of all is the sum of those that have one; `leftOut` names the others that claim something.
     */
    forecast: z.object({
      claimed: dueForecast,
      calibrated: dueForecast,
      /** What those claim that `calibrated` is the sum of. */
      claimedOfCalibrated: dueForecast,
      leftOut: z.array(z.string()),
      benefits: z.array(
        z.object({ code: z.string(), name: z.string(), claimed: dueForecast, calibrated: dueForecast }),
      ),
    }),
    /** Sentences on what the figures rest on. */
    notes: z.array(z.string()),
  })
  .meta({ id: 'InvestmentCase' });
export type InvestmentCase = z.infer<typeof investmentCase>;

export const forecastQuery = z.strictObject({
  period: p.period.optional(),
  portfolio: p.ref.optional(),
  orgUnit: p.ref.optional(),
});
export type ForecastQuery = z.infer<typeof forecastQuery>;

/** The forecast of the months after the period, as claimed, and times what became of earlier forecasts of benefits of its type and portfolio. */
export const calibratedForecast = z
  .object({
    code: z.string(),
    period: z.string(),
    currency: z.string(),
    claimed: z.string().nullable(),
    calibrated: z.string().nullable(),
    nullReason: z.enum(FORECAST_REASONS).nullable(),
    /** Σ realised ÷ Σ forecast made three months earlier, of the same months; null with fewer than 8 months. */
    ratio: z.number().nullable(),
    /** Values that both were forecast three months earlier and came, and the months that they are of. */
    points: z.number().int(),
    months: z.number().int(),
  })
  .meta({ id: 'CalibratedForecast' });
export type CalibratedForecast = z.infer<typeof calibratedForecast>;
