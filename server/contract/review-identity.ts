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
 * What each page says of itself: `VR-2026-Q3 · 2026 Q3 value review · v1 · frozen 14 Oct 2026, 16:02 UTC · 3f9c2a · Internal`.
 * A page that is found by itself leads by its code to the review, and by the digits to the document that it is of; the whole hash is on the cover.
 * @param sha256 of the document; null of a draft, whose hash changes with each figure and identifies nothing
 */
export const identityOf = (document: ReviewDocument, sha256: string | null): string =>
  [
    document.review.code,
    titleOf(document),
    `v${document.review.revision}`,
    frozenOf(document),
    ...(document.frozen === null || sha256 === null ? [] : [sha256.slice(0, 6)]),
    classificationOf(document),
  ].join(' · ');
