import type { Restatement, RestatedFigure } from '../../../server/contract/review-after.js';
import { cellsOfSections } from '../../../server/contract/review-cells.js';
import type { ReviewDocument, ReviewSectionId, ReviewState, ReviewSummary } from '../../../server/contract/review.js';
import { instantWords } from '../../../server/contract/review-why.js';
import { ApiError } from '../../lib/http';

/** What things of a review are called. */

export const STATE_WORDS: Record<ReviewState, string> = {
  draft: 'Draft',
  frozen: 'Frozen',
  published: 'Published',
  superseded: 'Superseded',
};

/** Short names, for the way to them; what a section says is its title. */
export const SECTION_WORDS: Record<ReviewSectionId, string> = {
  cover: 'Cover',
  headline: 'Headline',
  benefits: 'Benefits',
  money: 'Money to benefit',
  signals: 'Signals',
  decisions: 'Decisions and flow',
  capabilities: 'Capabilities',
  stakeholders: 'Stakeholders',
  signs: 'Signs',
  actions: 'Actions agreed',
  appendix: 'Appendix',
};

export { shortHash } from '../../../server/contract/review-identity.js';
export { causeWords, instantWords } from '../../../server/contract/review-why.js';

/** `frozen 14 Oct 2026, 16:02 UTC by Olivia Marsh`. */
export const frozenWords = ({ frozenAt, frozenBy }: Pick<ReviewSummary, 'frozenAt' | 'frozenBy'>): string =>
  frozenAt === null
    ? 'not frozen yet'
    : `frozen ${instantWords(frozenAt)}${frozenBy === null ? '' : ` by ${frozenBy}`}`;

export const restatedOf = (restatement: Restatement | undefined): RestatedFigure[] =>
  restatement?.figures.filter(({ isRestated }) => isRestated) ?? [];

/** Those of the headline first, then as tables and drawings name them, then the others. */
export const inOrderOfPages = (
  { headline, sections }: Pick<ReviewDocument, 'headline' | 'sections'>,
  figures: readonly RestatedFigure[],
): RestatedFigure[] => {
  const places = new Map<string, number>();
  for (const key of [...headline, ...cellsOfSections(sections).flatMap(({ figure }) => figure ?? [])])
    if (!places.has(key)) places.set(key, places.size);
  const placeOf = ({ key }: RestatedFigure): number => places.get(key) ?? places.size;
  return [...figures].sort((a, b) => placeOf(a) - placeOf(b));
};

/** Whether the server refused because the content is frozen. */
export const isFrozenRefusal = (error: Error | null): boolean =>
  error instanceof ApiError &&
  error.status === 409 &&
  String((error.body as { type?: unknown } | null)?.type ?? '').endsWith('review-frozen');

/** What to do about a refusal, in a sentence. */
export const refusalWords = (error: Error): string => {
  if (isFrozenRefusal(error))
    return `${error.message} What is frozen never changes: reload to read it, and correct it by a new revision.`;
  if (error instanceof ApiError && error.status === 412)
    return 'Somebody changed the review since you opened it. Close this, read what is there now, then decide again.';
  return error.message;
};
