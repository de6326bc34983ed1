import { z } from 'zod';
import * as p from './primitives.js';

/** The chain, its gaps and its traces. Money is text in the reporting currency, shares are fractions. */

export const LAYERS = ['investment', 'initiative', 'capability', 'outcome', 'benefit'] as const;
export type Layer = (typeof LAYERS)[number];
export const VALUE_KINDS = ['planned', 'forecast', 'realised', 'confirmed'] as const;
export type ValueKind = (typeof VALUE_KINDS)[number];

export const SPANS = ['period', 'to_date'] as const;

const scope = { portfolio: p.ref.optional(), orgUnit: p.ref.optional() };

export const chainQuery = z.strictObject({
  period: p.period.optional(),
  span: z.enum(SPANS).default('to_date'),
  ...scope,
});
export type ChainQuery = z.infer<typeof chainQuery>;

const values = { planned: z.string(), forecast: z.string(), realised: z.string(), confirmed: z.string() };

export const chainNode = z
  .object({
    type: z.enum(LAYERS),
    code: z.string(),
    name: z.string(),
    cost: z.string(),
    unallocated: z.string(),
    ...values,
    otherCauses: z.object(values),
  })
  .meta({ id: 'ChainNode' });
export type ChainNode = z.infer<typeof chainNode>;

const end = z.object({ type: z.enum(LAYERS), code: z.string() });

export const chainLink = z
  .object({
    from: end,
    to: end,
    allocation: z.number(),
    contribution: z.number(),
    allocationAssumed: z.boolean(),
    contributionAssumed: z.boolean(),
    cost: z.string(),
    ...values,
  })
  .meta({ id: 'ChainLink' });
export type ChainLink = z.infer<typeof chainLink>;

export const chain = z
  .object({
    period: z.string(),
    span: z.enum(SPANS),
    currency: z.string(),
    /** Cost over investments, values over benefits, and what each loses on its way. */
    totals: z.object({
      cost: z.string(),
      unallocated: z.string(),
      ...values,
      otherCauses: z.object(values),
      /** Cost that reaches each layer: the sum of C over its nodes, by layer. */
      reached: z.array(
        z.object({ type: z.enum(LAYERS), nodes: z.number().int(), cost: z.string(), unallocated: z.string() }),
      ),
    }),
    assumedShare: z.number().nullable(),
    nodes: z.array(chainNode),
    links: z.array(chainLink),
  })
  .meta({ id: 'Chain' });
export type Chain = z.infer<typeof chain>;

export const GAP_KINDS = [
  'investment_without_initiative',
  'initiative_without_capability',
  'capability_without_outcome',
  'outcome_without_benefit',
  'benefit_without_outcome',
  'outcome_without_capability',
  'capability_without_initiative',
  'initiative_without_investment',
  'no_owner',
  'benefit_without_baseline',
  'benefit_without_plan',
  'benefit_without_measurement',
  'outcome_without_target',
  'value_not_defined_upfront',
] as const;
export type GapKind = (typeof GAP_KINDS)[number];

export const gapQuery = z.strictObject({
  period: p.period.optional(),
  kind: z.enum(GAP_KINDS).optional(),
  limit: p.limit,
  cursor: z.string().max(400).optional(),
  ...scope,
});
export type GapQuery = z.infer<typeof gapQuery>;

export const gap = z
  .object({
    kind: z.enum(GAP_KINDS),
    type: z.enum(LAYERS),
    code: z.string(),
    name: z.string(),
    owner: z.string().nullable(),
    amountAtStake: z.string(),
  })
  .meta({ id: 'Gap' });
export type Gap = z.infer<typeof gap>;

export const gaps = z
  .object({
    period: z.string(),
    currency: z.string(),
    items: z.array(gap),
    total: z.number().int(),
    nextCursor: z.string().nullable(),
    counts: z.array(z.object({ kind: z.enum(GAP_KINDS), count: z.number().int(), amountAtStake: z.string() })),
  })
  .meta({ id: 'Gaps' });
export type Gaps = z.infer<typeof gaps>;
