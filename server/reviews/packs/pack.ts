import type { FrozenRecords } from '../../contract/review-after.js';
import type { ReviewDocument, ReviewSectionId } from '../../contract/review.js';

export { classificationOf, frozenOf, identityOf, titleOf } from '../../contract/review-identity.js';

/** What is handed out of a review: each pack is a pure function of the document, so that the same review gives the same bytes. */

/** A record behind a figure, as it was when the review was frozen. */
export type FrozenRecord = FrozenRecords['items'][number];

export interface PackInput {
  readonly document: ReviewDocument;
  /** Of the document as canonical JSON, 64 hexadecimal digits; of a draft, that of what it would be now. */
  readonly sha256: string;
  /** Records by the key of their figure. */
  readonly records: ReadonlyMap<string, readonly FrozenRecord[]>;
}

export type Pack = (input: PackInput) => Promise<Uint8Array>;

export interface MadePack {
  readonly bytes: Uint8Array;
  /** What is true of the file beside its content: `tagged, by Chromium 150`; null where nothing is to be said. */
  readonly note: string | null;
  /** Why it is not what it is to be, for the log: a browser that failed. Such a file is handed out, and made anew for whoever asks next. */
  readonly problem: string | null;
}
export type PackMaker = (input: PackInput) => Promise<MadePack>;

export const PACK_KINDS = ['pdf', 'pptx', 'xlsx', 'md'] as const;
export type PackKind = (typeof PACK_KINDS)[number];
/** What is made in threads: the packs, and the page that the reader's own browser prints. */
export type MadeKind = PackKind | 'html';

export const MEDIA_TYPES: Readonly<Record<MadeKind, string>> = {
  html: 'text/html; charset=utf-8',
  pdf: 'application/pdf',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  md: 'text/markdown; charset=utf-8',
};

/** Sections in a word, for sheets and small headings. */
export const SECTION_NAMES: Readonly<Record<ReviewSectionId, string>> = {
  cover: 'Cover',
  headline: 'Headline',
  benefits: 'Benefits',
  money: 'Money',
  signals: 'Signals',
  decisions: 'Decisions',
  capabilities: 'Capabilities',
  stakeholders: 'Stakeholders',
  signs: 'Signs',
  actions: 'Actions',
  appendix: 'Appendix',
};

/** `value-review-2026-Q3-v1.pdf`; of a draft `value-review-2026-Q3-v1-draft.pdf`. */
export const packFileName = ({ review, frozen }: Pick<ReviewDocument, 'review' | 'frozen'>, kind: MadeKind): string =>
  `value-review-${review.period}-v${review.revision}${frozen === null ? '-draft' : ''}.${kind}`;

/** The one instant that a pack may tell as its own: when the review was frozen; of a draft a day that no review has, so that its bytes, too, depend on nothing else. */
export const packInstant = ({ frozen }: ReviewDocument): Date => new Date(frozen?.at ?? '2000-01-01T00:00:00Z');

/** A pack that could not be made, with the part of it where that was. */
export class PackFailed extends Error {
  constructor(
    /** `section “Benefits”`, `the records of BEN-014`: as a sentence names it. */
    readonly part: string,
    override readonly cause: unknown,
  ) {
    super(`The pack failed at ${part}: ${cause instanceof Error ? cause.message : String(cause)}`);
    this.name = 'PackFailed';
  }
}

/** Runs what makes a part of a pack. @throws PackFailed that names the part */
export const inPart = <Made>(part: string, make: () => Made): Made => {
  try {
    return make();
  } catch (cause) {
    throw cause instanceof PackFailed ? cause : new PackFailed(part, cause);
  }
};
