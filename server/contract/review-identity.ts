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

/** @param hash null of a draft, whose hash changes with each figure and identifies nothing */
const named = (document: ReviewDocument, hash: string | null): string =>
  [
    document.review.code,
    titleOf(document),
    `v${document.review.revision}`,
    frozenOf(document),
    classificationOf(document),
    ...(document.frozen === null || hash === null ? [] : [hash]),
  ].join(' · ');

/**
 * What each page that is handed out says of itself, in a file, on paper and under a link:
 * `VR-2026-Q3 · 2026 Q3 value review · v1 · frozen 14 Oct 2026, 16:02 UTC · Internal · SHA-256 3f9c2a…`, with all 64 digits.
 * A page that is found by itself leads by its code to the review, and proves by the hash of which document it is.
 * @param sha256 of the document
 */
export const identityOf = (document: ReviewDocument, sha256: string | null): string =>
  named(document, sha256 === null ? null : `SHA-256 ${sha256}`);

/** Enough of a hash to tell two apart, as people read it out. */
export const shortHash = (sha256: string): string => sha256.slice(0, 6);

/** The same on the wall, with the short hash. */
export const shortIdentityOf = (document: ReviewDocument, sha256: string | null): string =>
  named(document, sha256 === null ? null : shortHash(sha256));
