import { z } from 'zod';
import { chipsOf, partsOf, uncitedOf, type Uncited } from '../../../../server/contract/narrative.js';
import {
  changedReview,
  type ChangedReview,
  type ReviewSection,
  type ReviewSentence,
} from '../../../../server/contract/review.js';

/** What somebody has written in a draft and not saved. It outlives a reload: in the browser, for each person and review apart. */

const cover = changedReview.pick({ purpose: true, classification: true }).extend({
  // As typed: an empty line is no recommendation yet.
  recommendations: z.array(z.string()).optional(),
});
const sentence = z.object({
  id: z.string(),
  text: z.string(),
  confirmed: z.array(z.string()),
  /** Somebody looked at what its figures have become, and it is still true. */
  holds: z.boolean().optional(),
});
const edits = z.object({
  /** Version of the review that they began from. */
  version: z.number().int(),
  cover,
  /** Of each section that is edited all sentences in their order; null gives it back to the rules. */
  narrative: z.record(z.string(), z.array(sentence).nullable()),
});
export type Edits = z.infer<typeof edits>;
export type EditedSentence = z.infer<typeof sentence>;
export type EditedCover = Edits['cover'];

export const noEdits = (version: number): Edits => ({ version, cover: {}, narrative: {} });
export const isEdited = ({ cover: { purpose, classification, recommendations }, narrative }: Edits): boolean =>
  [purpose, classification, recommendations].some((each) => each !== undefined) || Object.keys(narrative).length > 0;

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
const nameOf = (userId: string, reviewId: string): string => `throughline.review.${userId}.${reviewId}`;

/** null where there is none, or none that can be read. */
export function readEdits(store: Store | null, userId: string, reviewId: string): Edits | null {
  try {
    return edits.safeParse(JSON.parse(store?.getItem(nameOf(userId, reviewId)) ?? 'null')).data ?? null;
  } catch {
    return null;
  }
}

/** Keeps them, or forgets them where nothing is left. */
export function writeEdits(store: Store | null, userId: string, reviewId: string, kept: Edits): void {
  try {
    if (isEdited(kept)) store?.setItem(nameOf(userId, reviewId), JSON.stringify(kept));
    else store?.removeItem(nameOf(userId, reviewId));
  } catch {
    // Storage is full or switched off: the edits are still on the page.
  }
}

/** What is sent: recommendations and sentences without empty ones, which nobody meant to keep. */
export const changedOf = ({ cover: { recommendations, ...named }, narrative }: Edits): Partial<ChangedReview> => ({
  ...named,
  ...(recommendations && { recommendations: recommendations.map((text) => text.trim()).filter(Boolean) }),
  ...(Object.keys(narrative).length > 0 && {
    narrative: Object.fromEntries(
      Object.entries(narrative).map(([section, sentences]) => [
        section,
        sentences?.filter(({ text }) => text.trim() !== '') ?? null,
      ]),
    ),
  }),
});

/** The sentences of a section as somebody edits them; null where they go back to the rules. */
export const sentencesIn = (section: ReviewSection, { narrative }: Edits): readonly EditedSentence[] | null => {
  const edited = narrative[section.id];
  return edited === undefined ? section.sentences.map(stripped) : edited;
};

const stripped = ({ id, text, confirmed }: ReviewSentence): EditedSentence => ({ id, text, confirmed });

/** Numbers of a sentence that still ask to be cited or confirmed, with their places. */
export const openNumbers = ({ text, confirmed }: Omit<EditedSentence, 'id'>): Uncited[] =>
  uncitedOf(text).filter((found) => !confirmed.includes(found.text));

/** Puts a chip in the place of what stands from one sign to another. */
export const cited = (text: string, from: number, to: number, figure: string): string =>
  `${text.slice(0, from)}[[${figure}]]${text.slice(to)}`;

export { chipsOf, partsOf };
