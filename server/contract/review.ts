import { z } from 'zod';
import { IMPACTS } from './overview.js';
import * as p from './primitives.js';
import { namedReview } from './review-named.js';

/**
 * The quarterly value review. A frozen review is one document; the reader, present mode, a shared link and every pack are made from it alone, and
 * print its texts as they stand: what one shows, all show.
 */

export const REVIEW_STATES = ['draft', 'frozen', 'published', 'superseded'] as const;
export type ReviewState = (typeof REVIEW_STATES)[number];
export const REVIEW_PURPOSES = ['decision', 'assurance', 'information'] as const;
export const CLASSIFICATIONS = ['public', 'internal', 'confidential'] as const;

/** In the order of the pages, each with the question that it answers. */
export const REVIEW_SECTIONS = [
  { id: 'cover', question: 'What is this review for, and what do we recommend?' },
  { id: 'headline', question: 'What did we invest, and what did the business realise?' },
  { id: 'benefits', question: 'Which benefits lie above or below plan, why, and what is done?' },
  { id: 'money', question: 'How much of the money reaches a benefit?' },
  { id: 'signals', question: 'What has really changed?' },
  { id: 'decisions', question: 'What was decided, what waits, and how does work flow?' },
  { id: 'capabilities', question: 'Which capabilities moved?' },
  { id: 'stakeholders', question: 'What does the business say?' },
  { id: 'signs', question: 'Where do activity and value drift apart?' },
  { id: 'actions', question: 'Did we keep what we agreed last time?' },
  { id: 'appendix', question: 'What stands behind the figures?' },
] as const;
export type ReviewSectionId = (typeof REVIEW_SECTIONS)[number]['id'];
export const sectionId = z.enum(REVIEW_SECTIONS.map(({ id }) => id));

/** A figure with all that is said of it. Its key is the path of its trace without the period, so that the quarter before is found by the same. */
export const reviewFigure = z
  .object({
    title: z.string(),
    /** Exact decimal text; null with a reason where there is no value. */
    value: z.string().nullable(),
    nullReason: z.string().nullable(),
    /** A currency code, `share`, `count` or what else a trace names. */
    unit: z.string(),
    /** As every page prints it, with its unit: `12.4 m EUR`. */
    text: z.string(),
    /** With every digit: `12,400,000.00 EUR`. */
    full: z.string(),
    formula: z.object({ text: z.string(), expression: z.string(), version: z.string() }),
    inputs: z.array(z.object({ label: z.string(), text: z.string(), figure: z.string().nullable() })),
    quality: z.array(z.string()),
    /** What the records add up to (of a share its numerator), and the SHA-256 of the records as frozen; null in a draft. */
    records: z.object({ count: z.number().int(), title: z.string(), sha256: z.string().nullable() }),
  })
  .meta({ id: 'ReviewFigure' });
export type ReviewFigure = z.infer<typeof reviewFigure>;

/** One cell of a table or mark of a drawing. */
export const reviewCell = z.object({
  /** As printed; under a column with a scale without its unit. */
  text: z.string(),
  /** Exact decimal text in the unit of the figure (never scaled); null for words, and where nothing is recorded. */
  value: z.string().nullable(),
  unit: z.string().nullable(),
  /** Key of the figure that it is. */
  figure: z.string().nullable(),
  impact: z.enum(IMPACTS).nullable(),
});
export type ReviewCell = z.infer<typeof reviewCell>;

export const reviewTable = z
  .object({
    id: z.string(),
    title: z.string(),
    columns: z.array(
      z.object({
        title: z.string(),
        kind: z.enum(['text', 'number']),
        /** As printed in the header, with its scale: `m EUR`; null where each cell names its own, or words stand there. */
        unit: z.string().nullable(),
      }),
    ),
    rows: z.array(z.array(reviewCell)),
    /** How many rows there are in all: more than are listed where the table is limited; then `note` says where all are. */
    total: z.number().int(),
    /** Present where pages show the first rows only: so many of them. The workbook has all rows. */
    listed: z.number().int().optional(),
    note: z.string().nullable(),
  })
  .meta({ id: 'ReviewTable' });
export type ReviewTable = z.infer<typeof reviewTable>;

const drawn = {
  id: z.string(),
  /** What it says, in a sentence; what a picture of it is called. */
  message: z.string(),
  /** Who, what, when. */
  about: z.string(),
  /** As printed beside the marks: `m EUR`. */
  unit: z.string(),
};
export const reviewDrawing = z
  .discriminatedUnion('kind', [
    z.object({
      ...drawn,
      kind: z.literal('profile'),
      /** Realised up to the period (`AC`), the outlook after it (`FC`), the plan behind both, the difference above. */
      columns: z.array(
        z.object({
          label: z.string(),
          scenario: z.enum(['AC', 'FC']),
          value: reviewCell,
          planned: reviewCell,
          variance: reviewCell,
          /** Printed `p` behind its value: only some of the benefits planned in this quarter are measured. Left out where all are. */
          isProvisional: z.literal(true).optional(),
        }),
      ),
    }),
    z.object({
      ...drawn,
      kind: z.literal('ranking'),
      bars: z.array(z.object({ label: z.string(), value: reviewCell, share: reviewCell, note: z.string() })),
    }),
    z.object({
      ...drawn,
      kind: z.literal('coverage'),
      /** Each bar is what reaches the step; `lost` what the one before had more. */
      bars: z.array(z.object({ label: z.string(), value: reviewCell, lost: reviewCell.nullable() })),
    }),
    z.object({
      ...drawn,
      kind: z.literal('xmr'),
      points: z.array(z.object({ label: z.string(), value: reviewCell, isSignal: z.boolean() })),
      limits: z.object({ centre: reviewCell, lower: reviewCell, upper: reviewCell }).nullable(),
      target: reviewCell.nullable(),
    }),
  ])
  .meta({ id: 'ReviewDrawing' });
export type ReviewDrawing = z.infer<typeof reviewDrawing>;

/** A number that somebody typed, where it stands in its text (of UTF-16 units): the same number elsewhere is another. */
export const numberAt = z.strictObject({ at: z.number().int().min(0).max(2000), text: z.string().min(1).max(60) });

/** A sentence of the narrative: words with chips `[[key]]`, each the text of its figure. */
export const reviewSentence = z
  .object({
    id: z.string(),
    text: z.string(),
    by: z.enum(['rule', 'hand']),
    /** Numbers that somebody typed and that are no chip: those still to be cited or confirmed, and those confirmed. */
    uncited: z.array(z.string()),
    confirmed: z.array(numberAt),
    /** Chips whose figure has another value than when the sentence was written. */
    stale: z.array(z.object({ figure: z.string(), was: z.string(), is: z.string() })),
  })
  .meta({ id: 'ReviewSentence' });
export type ReviewSentence = z.infer<typeof reviewSentence>;

export const reviewSection = z
  .object({
    id: sectionId,
    /** A sentence with chips: what the page says. */
    title: z.string(),
    /** Present where somebody wrote that message in place of the rule's: then `title` is its text. */
    message: reviewSentence.optional(),
    /** Who, what, when. */
    about: z.string(),
    sentences: z.array(reviewSentence),
    tables: z.array(reviewTable),
    drawings: z.array(reviewDrawing),
  })
  .meta({ id: 'ReviewSection' });
export type ReviewSection = z.infer<typeof reviewSection>;

export const CHECKS = [
  'nothing_recorded',
  'overdue_values',
  'unevidenced_share',
  'uncited_numbers',
  'stale_sentences',
  'owners_silent',
] as const;
/** What is looked at before freezing; freezing while something is open needs a reason. */
export const reviewCheck = z.object({
  id: z.enum(CHECKS),
  title: z.string(),
  /** `3`, `31.0 %`. */
  text: z.string(),
  isOpen: z.boolean(),
  /** Records that it counts, at most twenty, and where all of them stand in the product. */
  examples: z.array(z.string()),
  link: z.string().nullable(),
});
export type ReviewCheck = z.infer<typeof reviewCheck>;

export const ACTION_KINDS = ['decision', 'action'] as const;
export const ACTION_OUTCOMES = ['open', 'kept', 'not_kept'] as const;

export const reviewDocument = z
  .object({
    format: z.literal(1),
    review: z.object({
      code: z.string(),
      revision: z.number().int(),
      period: z.string(),
      /** `2026 Q3`. */
      periodName: z.string(),
      scope: z.string(),
      organisation: z.string(),
      supersedes: z.string().nullable(),
    }),
    /** The review of an earlier quarter with which this one is compared: the one that stood when this one was frozen. Null of the first. */
    previous: namedReview.nullable(),
    /** Null in a draft. */
    frozen: z
      .object({
        at: z.string(),
        by: z.string(),
        reason: z.string().nullable(),
        /** Last event of the audit that the document knows of, and the head of the chain there. */
        seq: z.number().int(),
        head: z.string(),
      })
      .nullable(),
    product: z.object({ version: z.string(), formulas: z.string(), definitions: z.record(z.string(), z.string()) }),
    settings: z.object({
      currency: z.string(),
      decimals: z.number().int(),
      timeZone: z.string(),
      fiscalYearStart: z.number().int(),
      thresholds: z.record(z.string(), z.string()),
      rates: z.array(z.object({ currency: z.string(), month: z.string(), rate: z.string() })),
    }),
    cover: z.object({
      purpose: z.enum(REVIEW_PURPOSES),
      classification: z.enum(CLASSIFICATIONS),
      /** As printed. */
      recommendations: z.array(z.string()),
      /** The same as they were written, with chips and what is open in them. */
      written: z.array(reviewSentence),
    }),
    sections: z.array(reviewSection),
    figures: z.record(z.string(), reviewFigure),
    /** Keys of the figures of the ledger: what must be the same in all that is handed out. */
    headline: z.array(z.string()),
    checklist: z.array(reviewCheck),
  })
  .meta({ id: 'ReviewDocument' });
export type ReviewDocument = z.infer<typeof reviewDocument>;

export const reviewSummary = z
  .object({
    id: z.uuid(),
    version: z.number().int(),
    code: z.string(),
    revision: z.number().int(),
    period: z.string(),
    state: z.enum(REVIEW_STATES),
    supersedes: z.string().nullable(),
    supersededBy: z.string().nullable(),
    createdAt: z.string(),
    /** Who, by name; by address where there is no account of it. So are the two below. */
    createdBy: z.string(),
    frozenAt: z.string().nullable(),
    frozenBy: z.string().nullable(),
    publishedAt: z.string().nullable(),
    publishedBy: z.string().nullable(),
    sha256: z.string().nullable(),
    /** Frozen while the example was loaded that is removed since; while it is loaded, every page says so. */
    isOfExample: z.boolean(),
  })
  .meta({ id: 'ReviewSummary' });
export type ReviewSummary = z.infer<typeof reviewSummary>;

/** Newest quarter first, of a quarter the newest revision. */
export const reviews = z.object({ items: z.array(reviewSummary) }).meta({ id: 'Reviews' });
export type Reviews = z.infer<typeof reviews>;

/** With the document as frozen; of a draft as it would be frozen now. */
export const review = reviewSummary
  .extend({
    document: reviewDocument,
    /** SHA-256 of the document as it stands here. Freezing names it, so that nothing is frozen that nobody read. */
    contentSha256: z.string(),
  })
  .meta({ id: 'Review' });
export type Review = z.infer<typeof review>;

export const newReview = z.strictObject({ period: p.period });
export type NewReview = z.infer<typeof newReview>;

export const freezing = z.strictObject({
  reason: z.string().trim().min(1).max(1000).nullable().default(null),
  /** Of the draft as it was read. */
  contentSha256: z
    .string('Send the contentSha256 of the draft that you read.')
    .regex(/^[0-9a-f]{64}$/, 'Send the contentSha256 of the draft that you read.'),
});
export type Freezing = z.infer<typeof freezing>;
