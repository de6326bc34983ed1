import { openNumbersOf, partsOf, type Part } from './narrative.js';
import type { ReviewDocument, ReviewSection, ReviewSentence } from './review.js';

/** How readers of a review see what people wrote in it, and which of their numbers nobody vouched for: the same signs on screen and in all packs. */

/** @property words for the foot @property said for those who do not see the sign */
export const MARKS = {
  /** Behind a number. */
  uncited: { sign: '*', words: 'number neither cited nor confirmed', said: 'neither cited nor confirmed' },
  /** Behind a sentence. */
  hand: {
    sign: '†',
    words: 'sentence written by hand; sentences without this mark follow by rule from the figures',
    said: 'written by hand',
  },
  /** Behind the message of a section. */
  message: { sign: '‡', words: 'message written by hand in place of the rule’s', said: 'message written by hand' },
} as const;
export type Mark = keyof typeof MARKS;

/** A part of a text in its order: words, a chip, or a mark of what stands before it. */
export type MarkedPart = Part | { readonly mark: Mark };

type Texts = Readonly<Record<string, { readonly text: string }>>;
type Written = Pick<ReviewSentence, 'text' | 'uncited' | 'confirmed'>;

const marked = ({ text, uncited, confirmed }: Written, end: Mark | null): MarkedPart[] => {
  const open = uncited.length === 0 ? [] : openNumbersOf(text, confirmed);
  const parts: MarkedPart[] = [];
  let from = 0;
  for (const { at, text: number } of open) {
    const to = at + number.length;
    parts.push(...partsOf(text.slice(from, to)), { mark: 'uncited' });
    from = to;
  }
  return [...parts, ...partsOf(text.slice(from)), ...(end === null ? [] : [{ mark: end }])];
};

/** A sentence of the narrative. */
export const markedSentence = (sentence: ReviewSentence): MarkedPart[] =>
  marked(sentence, sentence.by === 'hand' ? 'hand' : null);

/** The message of a section. */
export const markedTitle = ({ title, message }: Pick<ReviewSection, 'title' | 'message'>): MarkedPart[] =>
  message === undefined ? partsOf(title) : marked(message, 'message');

/**
 * Recommendations, which people write always: only their numbers are marked. Of a review that keeps them as printed alone, as they were printed.
 */
export const markedRecommendations = ({ recommendations, written }: ReviewDocument['cover']): MarkedPart[][] =>
  written.length === recommendations.length
    ? written.map((each) => marked(each, null))
    : recommendations.map((text) => [{ text }]);

/** Marked parts as plain text: chips as their figures, marks as their signs. */
export const printedParts = (parts: readonly MarkedPart[], figures: Texts): string =>
  parts
    .map((part) => {
      if ('mark' in part) return MARKS[part.mark].sign;
      if ('text' in part) return part.text;
      return Object.hasOwn(figures, part.chip) ? figures[part.chip]!.text : `[[${part.chip}]]`;
    })
    .join('');

/** What the marks in some texts mean, for the foot of them; null where there are none. */
export const keyOfMarks = (texts: readonly (readonly MarkedPart[])[]): string | null => {
  const found = new Set(texts.flat().flatMap((part) => ('mark' in part ? [part.mark] : [])));
  const lines = (Object.keys(MARKS) as Mark[]).filter((mark) => found.has(mark));
  return lines.length === 0 ? null : lines.map((mark) => `${MARKS[mark].sign} ${MARKS[mark].words}`).join(' · ');
};

/** What a section says, as plain text. */
export interface ToldSection {
  readonly title: string;
  readonly sentences: readonly string[];
  /** What the marks in title and sentences mean. */
  readonly key: string | null;
}

export const toldSection = (
  section: Pick<ReviewSection, 'title' | 'message' | 'sentences'>,
  figures: Texts,
): ToldSection => {
  const [title, sentences] = [markedTitle(section), section.sentences.map(markedSentence)];
  return {
    title: printedParts(title, figures),
    sentences: sentences.map((parts) => printedParts(parts, figures)),
    key: keyOfMarks([title, ...sentences]),
  };
};
