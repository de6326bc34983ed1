import { z } from 'zod';
import * as p from './primitives.js';
import { ACTION_KINDS, ACTION_OUTCOMES, CLASSIFICATIONS, REVIEW_STATES, reviewCell, reviewDocument } from './review.js';
import { namedReview } from './review-named.js';

/** What happens to a review after it is frozen: what is true now, whether it is still what was frozen, what was agreed, who else may read it. */

/** Who did what to a record since the review was frozen. */
const cause = z.object({
  seq: z.number().int(),
  at: z.string(),
  /** By name; the address of somebody who has none. The event has the address. */
  actor: z.string(),
  action: z.string(),
  /** What changed, in words; null of a record that was made or archived as a whole. */
  field: z.string().nullable(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  /** Of numbers: the currency or unit of both, empty where they have none. Left out of what is no number. */
  unit: z.string().optional(),
  reason: z.string().nullable(),
  /** What it was done to, where that is not the record of the step: `INV-1 → INI-2` of a link. */
  of: z.string().optional(),
});

/** One step of a bridge: what the figure becomes with the record as it is now, less what it was with the record as frozen. */
export const bridgeStep = z
  .object({
    /** A record behind the figure; of a change that is no record's (a share of a link, a rate, what a share is divided by) `type` says what. */
    record: z.object({ type: z.string(), code: z.string(), name: z.string(), at: z.string().nullable() }),
    /** What the record adds to the figure, as frozen and now; null where it was not, or is no longer, behind it. */
    was: reviewCell.nullable(),
    is: reviewCell.nullable(),
    effect: reviewCell,
    causes: z.array(cause),
    /** How many more things were done than `causes` tells; left out where it tells all. */
    more: z.number().int().optional(),
  })
  .meta({ id: 'BridgeStep' });
export type BridgeStep = z.infer<typeof bridgeStep>;

/** A figure in its three columns. */
export const restatedFigure = z
  .object({
    key: z.string(),
    /** What the document calls it where several are listed. */
    title: z.string(),
    unit: z.string(),
    frozen: reviewCell,
    /** As the review of an earlier quarter froze what stands in its place there; null where there is none, or it does not hold it. */
    previous: reviewCell.nullable(),
    /** The quarter that `previous` is of, `2026 Q1`; null where there is no earlier review. */
    previousPeriod: z.string().nullable(),
    /** As the records of today give it. */
    today: reviewCell,
    /** today − frozen, and frozen − previous; null where either has no value. */
    restatement: reviewCell.nullable(),
    sincePrevious: reviewCell.nullable(),
    isRestated: z.boolean(),
    /** What the difference comes from: the effects add up to `restatement`, exactly. Null where nothing is restated. */
    bridge: z.array(bridgeStep).nullable(),
  })
  .meta({ id: 'RestatedFigure' });
export type RestatedFigure = z.infer<typeof restatedFigure>;

export const restatement = z
  .object({
    review: z.object({ id: z.uuid(), code: z.string(), revision: z.number().int(), frozenAt: z.string() }),
    /** The one that the document names: what was frozen after it changes nothing. */
    previous: namedReview.nullable(),
    /** When it was worked out. */
    at: z.string(),
    restated: z.number().int(),
    /** That fiscal years begin with another month today, and which months are compared; null where they begin as they did. */
    calendar: z.string().nullable(),
    /** Of how many changes of links it is not worked out what each moved; null where it is of all. */
    links: z.string().nullable(),
    figures: z.array(restatedFigure),
  })
  .meta({ id: 'Restatement' });
export type Restatement = z.infer<typeof restatement>;

/** Keys of the figures that are asked for; all of the document where none is named. */
export const restatementQuery = z.strictObject({
  figure: z
    .union([
      z
        .string()
        .max(1500)
        .transform((key) => [key]),
      z.array(z.string().max(1500)).max(100),
    ])
    .optional(),
});
export type RestatementQuery = z.infer<typeof restatementQuery>;

export const FINDINGS = ['document', 'records', 'state', 'event', 'chain'] as const;
/** Whether the stored review is what was frozen: document, records and event by their hashes, and the audit chain from end to end. */
export const reviewVerification = z
  .object({
    isIntact: z.boolean(),
    sha256: z.string(),
    /** Number of the event of the audit that holds the hash; null where there is none. */
    seq: z.number().int().nullable(),
    findings: z.array(z.object({ about: z.enum(FINDINGS), message: z.string() })),
  })
  .meta({ id: 'ReviewVerification' });
export type ReviewVerification = z.infer<typeof reviewVerification>;

/** A record behind a figure of a frozen review, as it was: what it adds to the figure, or of a metric its cells by column. */
export const frozenRecord = z.object({
  type: z.string(),
  code: z.string(),
  name: z.string(),
  at: z.string().nullable(),
  note: z.string().nullable(),
  entered: z.string().nullable(),
  enteredUnit: z.string().nullable(),
  amount: z.string().nullable(),
  cells: z.record(z.string(), z.string().nullable()).nullable(),
});
export type FrozenRecord = z.infer<typeof frozenRecord>;

export const frozenRecords = z
  .object({
    /** What the amounts add up to. */
    title: z.string(),
    unit: z.string(),
    items: z.array(frozenRecord),
    /** Null of a metric: its records fold as its formula says. */
    total: z.object({ count: z.number().int(), amount: z.string().nullable() }),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'FrozenRecords' });
export type FrozenRecords = z.infer<typeof frozenRecords>;

export const frozenRecordsQuery = z.strictObject({
  /** Key of the figure in the document. */
  figure: z.string().min(1).max(1500),
  limit: p.limit,
  cursor: z.string().max(400).optional(),
});
export type FrozenRecordsQuery = z.infer<typeof frozenRecordsQuery>;

export const reviewAction = z
  .object({
    id: z.uuid(),
    version: z.number().int(),
    /** Quarter of the review that agreed it. */
    period: z.string(),
    kind: z.enum(ACTION_KINDS),
    text: z.string(),
    owner: z.string().nullable(),
    dueOn: z.string().nullable(),
    outcome: z.enum(ACTION_OUTCOMES),
    /** Why it was not kept, or what came of it. */
    note: z.string().nullable(),
    /** Whether it can be taken back: nothing is told of its outcome, and no review that was frozen since can name it. */
    isWithdrawable: z.boolean(),
    createdAt: z.string(),
    createdBy: z.string(),
  })
  .meta({ id: 'ReviewAction' });
export type ReviewAction = z.infer<typeof reviewAction>;
const rewording = z.object({
  action: z.uuid(),
  at: z.string(),
  by: z.string(),
  text: z.string(),
  owner: z.string().nullable(),
  dueOn: z.string().nullable(),
});
export type Rewording = z.infer<typeof rewording>;

export const reviewActions = z.object({
  /** Of the quarter, whichever version of its review they were recorded with. */
  items: z.array(reviewAction),
  /** What the last frozen review of an earlier quarter agreed, and of which quarter that is; and of quarters before what was open since then. */
  previous: z.array(reviewAction),
  previousPeriod: z.string().nullable(),
  /** What was worded otherwise once its review was published: as it stood before, oldest first. */
  rewordings: z.array(rewording),
});
export type ReviewActions = z.infer<typeof reviewActions>;

const actionText = p.text(500).min(1, 'Say what is decided or to be done.');
const actionOwner = p.text(200).min(1, 'Name who does it, or leave it empty.').nullable();
export const newReviewAction = z.strictObject({
  kind: z.enum(ACTION_KINDS),
  text: actionText,
  owner: actionOwner.default(null),
  dueOn: p.date.nullable().default(null),
});
export type NewReviewAction = z.infer<typeof newReviewAction>;
export const changedReviewAction = z.strictObject({
  text: actionText.optional(),
  owner: actionOwner.optional(),
  dueOn: p.date.nullable().optional(),
  outcome: z.enum(ACTION_OUTCOMES).optional(),
  note: p.text(500).min(1, 'Say why, or leave it empty.').nullable().optional(),
});
export type ChangedReviewAction = z.infer<typeof changedReviewAction>;

export const reviewShare = z
  .object({
    id: z.uuid(),
    createdAt: z.string(),
    createdBy: z.string(),
    expiresAt: z.string(),
    hasPassphrase: z.boolean(),
    revokedAt: z.string().nullable(),
    lastReadAt: z.string().nullable(),
  })
  .meta({ id: 'ReviewShare' });
export type ReviewShare = z.infer<typeof reviewShare>;
export const newReviewShare = z.strictObject({
  /** Whole days from now. */
  days: z.number().int().min(1).max(365),
  passphrase: z.string().min(8, 'Use at least 8 characters.').max(200).nullable().default(null),
});
export type NewReviewShare = z.infer<typeof newReviewShare>;
/** The address is told once. */
export const madeReviewShare = reviewShare.extend({ url: z.string() }).meta({ id: 'MadeReviewShare' });

/** What a link shows: exactly the frozen document. */
export const sharedReview = z
  .object({
    /** Names the link, and opens nothing. */
    link: z.uuid(),
    state: z.enum(REVIEW_STATES),
    classification: z.enum(CLASSIFICATIONS),
    sha256: z.string(),
    expiresAt: z.string(),
    document: reviewDocument,
  })
  .meta({ id: 'SharedReview' });
export type SharedReview = z.infer<typeof sharedReview>;
export const reviewShares = z.object({ items: z.array(reviewShare) });
export type MadeReviewShare = z.infer<typeof madeReviewShare>;

/** What a link ends with; null where the browser keeps it already: then `link` says which of those that it keeps. */
export const openSharedReview = z.strictObject({
  token: z.string().min(1).max(200).nullable(),
  link: z.uuid().nullable().default(null),
  passphrase: z.string().max(200).nullable().default(null),
});
export type OpenSharedReview = z.infer<typeof openSharedReview>;
