import {
  REVIEW_SECTIONS,
  type ReviewDocument,
  type ReviewDrawing,
  type ReviewSection,
  type ReviewTable,
} from '../../contract/review.js';
import { coverOf, recommendationsIn } from '../../contract/review-cover.js';
import { printedParts, type ToldSection, toldSection } from '../../contract/review-marks.js';
import { checkedTable, citedFigures, drawingRows, sectionsOnPages } from '../../contract/review-pages.js';
import { shownTable } from './empty-table.js';
import { identityOf, titleOf } from './pack.js';

/** What stands on the pages of a review on paper, in its order: both ways to a PDF print this and nothing else, so that they say the same. */

export type Block =
  | { readonly kind: 'texts'; readonly texts: readonly string[] }
  /** Small, of what stands above it: what the marks in it mean. */
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'list'; readonly title: string; readonly items: readonly string[] }
  | { readonly kind: 'facts'; readonly facts: readonly (readonly [name: string, text: string])[] }
  /** Side by side, at most two. */
  | { readonly kind: 'drawings'; readonly drawings: readonly ReviewDrawing[] }
  /** A few sentences with the drawing that shows what they say. */
  | { readonly kind: 'shown'; readonly texts: readonly string[]; readonly drawing: ReviewDrawing }
  /** `limit` says that rows are left out, and where they are. */
  | { readonly kind: 'table'; readonly table: ReviewTable; readonly limit: string | null };

/** A chapter: it begins on a page of its own. */
export interface Chapter {
  readonly id: string;
  /** What it answers. */
  readonly question: string;
  /** The sentence that it says. */
  readonly title: string;
  readonly about: string;
  readonly blocks: readonly Block[];
}

export interface Paper {
  readonly title: string;
  readonly language: 'en';
  /** Printed on each page, with its number. */
  readonly identity: string;
  readonly chapters: readonly Chapter[];
}

/** How many rows of how many, unless the note says so itself; null of a complete table of which nothing is to be said. */
const limitOf = ({ rows, total, note }: ReviewTable): string | null => {
  const limit = `${rows.length} of ${total}`;
  if (rows.length >= total || note?.includes(limit)) return note;
  return note === null ? `${limit} rows.` : `${limit} rows. ${note}`;
};

const tableBlock = (table: ReviewTable): Block => {
  const limit = limitOf(table);
  return { kind: 'table', table: shownTable(table), limit };
};

const bodyOf = (section: ReviewSection, { sentences: texts, key }: ToldSection): Block[] => {
  const { beside, below } = drawingRows(section.drawings, texts);
  return [
    ...(beside === null ? [] : [{ kind: 'shown', texts, drawing: beside } as const]),
    ...(beside === null && texts.length > 0 ? [{ kind: 'texts', texts } as const] : []),
    ...(key === null ? [] : [{ kind: 'note', text: key } as const]),
    ...below.map((drawings) => ({ kind: 'drawings', drawings }) as const),
    ...section.tables.map(tableBlock),
  ];
};

const coverPage = (document: ReviewDocument, section: ReviewSection, sha256: string): Chapter => {
  const cover = coverOf(document, sha256);
  const items = recommendationsIn(cover, document);
  const checked = checkedTable(document);
  return {
    id: 'cover',
    question: cover.organisation,
    title: cover.title,
    about: printedParts(cover.message, document.figures),
    blocks: [
      ...(items.length === 0 ? [] : [{ kind: 'list', title: 'We recommend', items } as const]),
      ...bodyOf(section, { ...toldSection(section, document.figures), key: cover.key }),
      {
        kind: 'facts',
        facts: [['Purpose', cover.purpose], ['Classification', cover.classification], ...cover.facts],
      },
      ...(checked === null ? [] : [tableBlock(checked)]),
    ],
  };
};

const questionOf = (id: ReviewSection['id']): string => REVIEW_SECTIONS.find((section) => section.id === id)!.question;

const figuresOf = (document: ReviewDocument): Chapter => {
  const { table, ...said } = citedFigures(document);
  return { id: 'figures', question: 'How was each figure worked out?', ...said, blocks: [tableBlock(table)] };
};

/** The pages of a review. @param sha256 of its canonical document */
export const paperOf = (document: ReviewDocument, sha256: string): Paper => ({
  title: [titleOf(document), document.review.organisation].filter((text) => text.trim() !== '').join(' · '),
  language: 'en',
  identity: identityOf(document, sha256),
  chapters: [
    ...sectionsOnPages(document).map((section) => {
      if (section.id === 'cover') return coverPage(document, section, sha256);
      const told = toldSection(section, document.figures);
      const { id, about } = section;
      return { id, question: questionOf(id), title: told.title, about, blocks: bodyOf(section, told) };
    }),
    figuresOf(document),
  ],
});
