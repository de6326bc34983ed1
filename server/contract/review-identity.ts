import { localInstant } from './format.js';
import type { ReviewDocument } from './review.js';

/** How a review names itself, the same on every page that is shown or handed out. */

/** `2026 Q3 value review`. */
export const titleOf = ({ review }: ReviewDocument): string => `${review.periodName} value review`;

export const CLASSIFICATION_WORDS: Readonly<Record<ReviewDocument['cover']['classification'], string>> = {
  public: 'Public',
  internal: 'Internal',
  confidential: 'Confidential',
};
export const classificationOf = ({ cover }: ReviewDocument): string => CLASSIFICATION_WORDS[cover.classification];

/** `frozen 14 Oct 2026, 16:02 UTC`; of what is not frozen `DRAFT, not frozen`, which nobody takes for the review. */
export const frozenOf = ({ frozen }: ReviewDocument): string =>
  frozen === null ? 'DRAFT, not frozen' : `frozen ${localInstant(new Date(frozen.at).toISOString())} UTC`;

/**
 * What each page says of itself: `2026 Q3 value review · frozen 14 Oct 2026, 16:02 UTC · v1 · 3f9c2a · Internal`.
 * @param sha256 of the document; null of a draft, whose hash changes with each figure and identifies nothing
 */
export const identityOf = (document: ReviewDocument, sha256: string | null): string =>
  [
    titleOf(document),
    frozenOf(document),
    `v${document.review.revision}`,
    ...(document.frozen === null || sha256 === null ? [] : [sha256.slice(0, 6)]),
    classificationOf(document),
  ].join(' · ');
