import { z } from 'zod';
import { CLASSIFICATIONS, numberAt, REVIEW_PURPOSES, sectionId } from './review.js';

/** What somebody may write in the draft of a review. */

/** Id of the sentence of a section that is its message. */
export const MESSAGE = 'message';

const sentenceText = z.string().trim().min(1).max(2000);
const recommended = z.string().trim().min(1).max(300);
const whatWasSeen = {
  /** Numbers that somebody looked at and leaves as they are; those that do not stand in the text at their place count for nothing. */
  confirmed: z.array(numberAt).max(50).default([]),
  /** Its figures have changed, and it is true with what they show now; left out, an unchanged sentence stays marked. */
  holds: z.boolean().default(false),
  /** What its chips showed to whoever wrote it, by key: by this it is told whether they have changed since. Left out, what they show now. */
  shown: z.record(z.string().max(300), z.string().max(120)).default({}),
};
export const changedReview = z.strictObject({
  purpose: z.enum(REVIEW_PURPOSES).optional(),
  classification: z.enum(CLASSIFICATIONS).optional(),
  recommendations: z
    .array(z.union([recommended, z.strictObject({ text: recommended, ...whatWasSeen })]))
    .max(3, 'Give at most three recommendations.')
    .optional(),
  /**
   * All sentences of the sections that are named, in their order; `null` gives a section back to the rules. One whose text is the rule's stays the
   * rule's; one that is left out is not said any more. The one called `message` is the message of the section, in place of its rule's; left out,
   * that is its rule's.
   */
  narrative: z
    .partialRecord(
      sectionId,
      z
        .array(
          z.strictObject({
            id: z.string().min(1).max(80),
            text: sentenceText,
            /** `rule`: nobody touched it, and it goes on as its rule writes it, whatever `text` was when it was read. */
            by: z.enum(['rule', 'hand']).default('hand'),
            ...whatWasSeen,
          }),
        )
        .max(30)
        .nullable(),
    )
    .optional(),
});
export type ChangedReview = z.infer<typeof changedReview>;
/** As it is sent. */
export type ReviewChange = z.input<typeof changedReview>;
