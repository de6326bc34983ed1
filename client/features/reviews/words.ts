import { localInstant } from '../../../server/contract/format.js';
import type { Restatement, RestatedFigure, BridgeStep } from '../../../server/contract/review-after.js';
import type { ReviewSectionId, ReviewState, ReviewSummary } from '../../../server/contract/review.js';
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

/** Enough of a hash to tell two apart on paper. */
export const shortHash = (sha256: string): string => sha256.slice(0, 6);

/** The instant of a review as everybody reads it, whatever their time zone: `14 Oct 2026, 16:02 UTC`. */
export const instantWords = (iso: string): string => `${localInstant(new Date(iso).toISOString())} UTC`;

/** `frozen 14 Oct 2026, 16:02 UTC by Olivia Marsh`. */
export const frozenWords = ({ frozenAt, frozenBy }: Pick<ReviewSummary, 'frozenAt' | 'frozenBy'>): string =>
  frozenAt === null
    ? 'not frozen yet'
    : `frozen ${instantWords(frozenAt)}${frozenBy === null ? '' : ` by ${frozenBy}`}`;

const of = (from: string | null, to: string | null): string =>
  from === null ? (to ?? 'nothing') : `${from} → ${to ?? 'nothing'}`;

type Cause = BridgeStep['causes'][number];

/** `realised value 12.4 → 11.9, evidence withdrawn, A. Meyer, 3 Nov 2026, 09:12 UTC`. */
export const causeWords = ({ field, action, from, to, reason, actor, at }: Cause): string =>
  [
    field === null ? action.replaceAll(/[._]/g, ' ') : `${field.replaceAll('_', ' ')} ${of(from, to)}`,
    reason,
    actor,
    instantWords(at),
  ]
    .filter(Boolean)
    .join(', ');

/** Why a figure is another today, its largest step first as the bridge has them. */
export const whyRestated = ({ bridge }: RestatedFigure): string[] =>
  (bridge ?? []).flatMap(({ record, causes }) =>
    causes.length === 0
      ? [`${record.code} ${record.name}`]
      : causes.map((cause) => [record.code, record.at, causeWords(cause)].filter(Boolean).join(' ')),
  );

export const restatedOf = (restatement: Restatement | undefined): RestatedFigure[] =>
  restatement?.figures.filter(({ isRestated }) => isRestated) ?? [];

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
