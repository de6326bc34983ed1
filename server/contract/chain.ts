import { z } from 'zod';
import * as p from './primitives.js';
import { BENEFIT_STATUSES } from './status.js';

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
    owner: z.string().nullable(),
    /** Code of its portfolio; null where it has none. */
    portfolio: z.string().nullable(),
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

/**
 * Why nothing in money is at stake, where what is at stake would be planned value: all benefits that the record leads to are counted in units of
 * their own, or it leads to none. Its amount is then 0 and means nothing.
 */
export const NO_STAKES = ['not_money', 'no_benefit'] as const;
const noStake = z.enum(NO_STAKES).nullable();

/** A record is named by its type and its reference; one without the other names none. */
const record = { type: z.enum(LAYERS).optional(), ref: p.ref.optional() };
const namesRecord = ({ type, ref }: { type?: Layer | undefined; ref?: string | undefined }): boolean =>
  (type === undefined) === (ref === undefined);
const NAME_BOTH = { path: ['ref'], message: 'Send type and ref together, or neither.' };

export const gapQuery = z
  .strictObject({
    period: p.period.optional(),
    kind: z.enum(GAP_KINDS).optional(),
    /** Gaps of this record only. */
    ...record,
    limit: p.limit,
    cursor: z.string().max(400).optional(),
    ...scope,
  })
  .refine(namesRecord, NAME_BOTH);
export type GapQuery = z.infer<typeof gapQuery>;

export const gap = z
  .object({
    kind: z.enum(GAP_KINDS),
    type: z.enum(LAYERS),
    code: z.string(),
    name: z.string(),
    owner: z.string().nullable(),
    amountAtStake: z.string(),
    noStake,
    /** Whether the reader may write what repairs it. */
    mayWrite: z.boolean(),
    /** Who manages the portfolio of the record; null where it lies in none, or nobody is named. */
    ask: z.string().nullable(),
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
    /** `amountAtStake` is the sum of money; `noStake` tells that none of the records has any, and why. */
    counts: z.array(z.object({ kind: z.enum(GAP_KINDS), count: z.number().int(), amountAtStake: z.string(), noStake })),
  })
  .meta({ id: 'Gaps' });
export type Gaps = z.infer<typeof gaps>;

/** Which part of the chain a picture or a list of paths shows. */
const view = {
  period: p.period.optional(),
  span: z.enum(SPANS).default('to_date'),
  ...scope,
  /** Only paths through this record. */
  ...record,
  /** Only paths through a record with this gap. */
  gap: z.enum(GAP_KINDS).optional(),
  /** Records that less spend reaches go to the smaller ones, paths that cost less are left out; in the reporting currency. */
  min: p.decimal(4, { min: 0, max: 1e15 }).optional(),
};

export const pictureQuery = z
  .strictObject({
    ...view,
    /** Layers whose smaller items are shown one by one, parted by commas. */
    expand: z
      .string()
      .max(80)
      .regex(new RegExp(`^(${LAYERS.join('|')})(,(${LAYERS.join('|')}))*$`), 'Name layers, parted by commas.')
      .optional(),
    /** A record, as `investment:INV-1`: of each box and link also the spend that goes through it. */
    through: z
      .string()
      .max(100)
      .regex(new RegExp(`^(${LAYERS.join('|')}):.`), 'Name the record by its type, a colon and its code.')
      .optional(),
  })
  .refine(namesRecord, NAME_BOTH);
export type PictureQuery = z.infer<typeof pictureQuery>;

/**
 * A box of the picture: a record, the smaller records of a layer together, or the spend that does not reach a layer (`gap`).
 * Widths are spend, the only quantity that is conserved: in each layer all boxes add up to `invested`.
 */
export const pictureNode = z
  .object({
    /** `investment:INV-1`, `smaller:initiative`, `gap:capability`. */
    id: z.string(),
    kind: z.enum(['record', 'smaller', 'gap']),
    type: z.enum(LAYERS),
    code: z.string().nullable(),
    name: z.string(),
    /** Records in it; 0 of a gap. */
    records: z.number().int(),
    cost: z.string(),
    /** What of `cost` goes through the record that was asked for; null where none was. */
    through: z.string().nullable(),
    /** Of benefits, to date: in the reporting currency; null of those that are no money benefits, and of other layers. */
    planned: z.string().nullable(),
    realised: z.string().nullable(),
  })
  .meta({ id: 'PictureNode' });
export type PictureNode = z.infer<typeof pictureNode>;

export const picture = z
  .object({
    period: z.string(),
    span: z.enum(SPANS),
    currency: z.string(),
    /** Spend of the paths that are shown. */
    invested: z.string(),
    /** In the order in which they stand: by layer, then from top to bottom; a gap is the last of its layer. */
    nodes: z.array(pictureNode),
    links: z.array(
      z.object({
        from: z.string(),
        to: z.string(),
        cost: z.string(),
        through: z.string().nullable(),
        isGap: z.boolean(),
      }),
    ),
    /** Records of the layer in this view, and how many of them have a box of their own. */
    layers: z.array(z.object({ type: z.enum(LAYERS), records: z.number().int(), shown: z.number().int() })),
  })
  .meta({ id: 'ChainPicture' });
export type Picture = z.infer<typeof picture>;

export const pathQuery = z
  .strictObject({
    ...view,
    limit: p.limit,
    cursor: z.string().max(4000).optional(),
    /** So many paths are left out before the first, where no cursor says where to begin. */
    offset: z.coerce.number().int().min(0).max(1e6).optional(),
  })
  .refine(namesRecord, NAME_BOTH);
export type PathQuery = z.infer<typeof pathQuery>;

/** One way of money from its investment to where it ends. The costs of all paths add up to `cost`. */
export const chainPath = z
  .object({
    /** From the first to the last record; a path that does not reach a benefit ends with a gap. */
    nodes: z.array(z.object({ type: z.enum(LAYERS), code: z.string(), name: z.string() })),
    /** Share of the cost that each link passes on, one fewer than nodes. */
    shares: z.array(z.object({ allocation: z.number(), isAssumed: z.boolean() })),
    cost: z.string(),
    /** The layer that is not reached; null of a path that reaches a benefit. */
    missing: z.enum(LAYERS).nullable(),
    /** Of the benefit at its end, as a whole; null where there is none or it is no money benefit. */
    planned: z.string().nullable(),
    realised: z.string().nullable(),
    status: z.enum(BENEFIT_STATUSES).nullable(),
    evidenceLevel: z.number().int().nullable(),
  })
  .meta({ id: 'ChainPath' });
export type ChainPath = z.infer<typeof chainPath>;

export const paths = z
  .object({
    period: z.string(),
    span: z.enum(SPANS),
    currency: z.string(),
    /** Largest cost first; then those that carry none. */
    items: z.array(chainPath),
    total: z.number().int(),
    nextCursor: z.string().nullable(),
    cost: z.string(),
  })
  .meta({ id: 'ChainPaths' });
export type Paths = z.infer<typeof paths>;
