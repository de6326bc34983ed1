import type { ReviewDocument, ReviewSection } from './review.js';
import { classificationOf, frozenOf, titleOf } from './review-identity.js';
import {
  keyOfMarks,
  markedRecommendations,
  markedSentence,
  markedTitle,
  type MarkedPart,
  MARKS,
  printedParts,
} from './review-marks.js';

/** What a review says of itself before anything else: made here alone, so that screen, wall, link and every pack begin with the same. */

export const PURPOSE_WORDS: Readonly<Record<ReviewDocument['cover']['purpose'], string>> = {
  decision: 'For decision',
  assurance: 'For assurance',
  information: 'For information',
};

export interface ReviewCover {
  /** `2026 Q3 value review`. */
  readonly title: string;
  readonly organisation: string;
  /** Its message: that of the headline, where it has none of its own. */
  readonly message: readonly MarkedPart[];
  readonly purpose: string;
  readonly classification: string;
  readonly recommendations: readonly (readonly MarkedPart[])[];
  /** Which review it is, in whose hands, and how it was written: `State`, `Frozen 14 Oct 2026, 16:02 UTC, by Olivia Marsh`. */
  readonly facts: readonly (readonly [name: string, text: string])[];
  /** What the marks in all its texts mean; null without any. */
  readonly key: string | null;
}

/** The cover as a section: that of the document, or one with the message of the headline and nothing else. */
const coverSection = (document: ReviewDocument): ReviewSection => {
  const { review, sections } = document;
  const headline = sections.find(({ id }) => id === 'headline');
  return (
    sections.find(({ id }) => id === 'cover') ?? {
      id: 'cover',
      title: headline?.title ?? `What ${review.periodName} brought.`,
      ...(headline?.message && { message: headline.message }),
      about: `${review.organisation} · ${review.scope} · ${review.periodName}`,
      ...{ sentences: [], tables: [], drawings: [] },
    }
  );
};

/** The sections in the order of the pages, the cover first. */
export const sectionsFromCover = (document: ReviewDocument): ReviewSection[] => [
  coverSection(document),
  ...document.sections.filter(({ id }) => id !== 'cover'),
];

/** How much of it people wrote, and what of that nobody vouched for. */
const howWritten = ({ sections, cover }: ReviewDocument): [string, string][] => {
  const sentences = sections.flatMap((section) => section.sentences);
  const byHand = sentences.filter(({ by }) => by === 'hand').length;
  const messages = sections.flatMap(({ message }) => message ?? []);
  const open = [...sentences, ...messages, ...cover.written].reduce((sum, { uncited }) => sum + uncited.length, 0);
  const byRule = `${sentences.length - byHand} by rule from the figures`;
  return [
    ['Sentences', byHand === 0 ? byRule : `${byRule}, ${byHand} by hand (marked ${MARKS.hand.sign})`],
    ...(messages.length === 0
      ? []
      : [['Messages', `${messages.length} by hand (marked ${MARKS.message.sign})`] as [string, string]]),
    ...(open === 0
      ? []
      : [['Numbers neither cited nor confirmed', `${open} (marked ${MARKS.uncited.sign})`] as [string, string]]),
  ];
};

/**
 * The cover of a review.
 *
 * @param sha256 of its canonical document; told of a frozen review alone, as that of a draft identifies nothing
 */
export const coverOf = (document: ReviewDocument, sha256: string | null): ReviewCover => {
  const { review, frozen, cover } = document;
  const state = frozenOf(document);
  const section = coverSection(document);
  const message = markedTitle(section);
  const recommendations = markedRecommendations(cover);
  return {
    title: titleOf(document),
    organisation: review.organisation,
    message,
    purpose: PURPOSE_WORDS[cover.purpose],
    classification: classificationOf(document),
    recommendations,
    facts: [
      [
        'Review',
        `${review.code}, version ${review.revision}${review.supersedes === null ? '' : `; corrects ${review.supersedes}`}`,
      ],
      ['State', frozen === null ? state : `${state[0]!.toUpperCase()}${state.slice(1)}, by ${frozen.by}`],
      ...(frozen?.reason ? [['Frozen with open points', frozen.reason] as const] : []),
      ...howWritten(document),
      ...(frozen === null || sha256 === null ? [] : [['SHA-256', sha256] as const]),
    ],
    key: keyOfMarks([message, ...recommendations, ...section.sentences.map(markedSentence)]),
  };
};

/** The recommendations of a cover as plain text, with their marks. */
export const recommendationsIn = ({ recommendations }: ReviewCover, { figures }: ReviewDocument): string[] =>
  recommendations.map((parts) => printedParts(parts, figures));
