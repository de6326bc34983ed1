import { pictureWidth, proseColumns } from '../../contract/paper-heights.js';
import { REVIEW_SECTIONS, type ReviewDocument, type ReviewDrawing, type ReviewTable } from '../../contract/review.js';
import { coverOf } from '../../contract/review-cover.js';
import { printedParts } from '../../contract/review-marks.js';
import { type ReviewPage, reviewPages } from '../../contract/review-paging.js';
import type { Block as Planned } from '../../contract/review-sheet.js';
import { shownTable } from './empty-table.js';
import { identityOf, titleOf } from './pack.js';

/** What stands on the pages of a review on paper, in its order: both ways to a PDF print this and nothing else, so that they say the same, page by page. */

/** A drawing with the size of its picture. */
export interface Placed {
  readonly drawing: ReviewDrawing;
  readonly width: number;
  readonly height: number;
}

export type Block =
  /** In columns, one or two. */
  | { readonly kind: 'texts'; readonly columns: readonly (readonly string[])[] }
  /** Small, of what stands above it: what the marks in it mean. */
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'list'; readonly title: string; readonly items: readonly string[] }
  | { readonly kind: 'facts'; readonly facts: readonly (readonly [name: string, text: string])[] }
  /** Side by side, at most two. */
  | { readonly kind: 'drawings'; readonly drawings: readonly Placed[] }
  /** A few sentences with the drawing that shows what they say. */
  | { readonly kind: 'shown'; readonly texts: readonly string[]; readonly drawing: Placed }
  /** Rows of a table; `whole` has all of it. `limit` says that rows are left out, and where they are. */
  | {
      readonly kind: 'table';
      readonly table: ReviewTable;
      readonly whole: ReviewTable;
      readonly isFirst: boolean;
      readonly limit: string | null;
    };

/** A chapter: it begins on a page of its own. */
export interface Chapter {
  readonly id: string;
  /** What it answers. */
  readonly question: string;
  /** The sentence that it says. */
  readonly title: string;
  readonly about: string;
  /** Each begins on a sheet of its own, and is no higher than one. */
  readonly pages: readonly (readonly Block[])[];
}

export interface Paper {
  readonly title: string;
  readonly language: 'en';
  /** Printed on each page, with its number. */
  readonly identity: string;
  readonly chapters: readonly Chapter[];
}

/** `Benefits came in 2.7 m EUR below plan (2 of 3)`: the title of a page that goes on. */
export const furtherTitle = ({ title, pages }: Chapter, part: number): string =>
  `${title} (${part} of ${pages.length})`;

const blockOf = (block: Planned, figures: ReviewDocument['figures']): Block => {
  switch (block.kind) {
    case 'recommended':
      return { kind: 'list', title: 'We recommend', items: block.items.map((parts) => printedParts(parts, figures)) };
    case 'texts':
      return { kind: 'texts', columns: proseColumns(printedOf(block.sentences, figures)) };
    case 'shown': {
      const [drawing] = block.drawings;
      const placed = { drawing, width: pictureWidth('beside'), height: block.drawn.paper };
      return { kind: 'shown', texts: printedOf(block.sentences, figures), drawing: placed };
    }
    case 'drawings': {
      const size = { width: pictureWidth(block.drawings.length), height: block.drawn.paper };
      return { kind: 'drawings', drawings: block.drawings.map((drawing) => ({ drawing, ...size })) };
    }
    case 'table': {
      const { table, whole, isFirst } = block;
      return { kind: 'table', table: shownTable(table), whole: shownTable(whole), isFirst, limit: table.note };
    }
    default:
      return block;
  }
};

const printedOf = (
  sentences: Extract<Planned, { kind: 'texts' }>['sentences'],
  figures: ReviewDocument['figures'],
): string[] => sentences.map((parts) => printedParts(parts, figures));

/** What stands above the blocks of a section. @param isLast how the figures are worked out stands as a chapter after all sections */
const headOf = (
  { section, title: said }: ReviewPage,
  document: ReviewDocument,
  sha256: string,
  isLast: boolean,
): Omit<Chapter, 'pages'> => {
  if (section.id === 'cover') {
    const { organisation, title } = coverOf(document, sha256);
    return { id: 'cover', question: organisation, title, about: printedParts(said, document.figures) };
  }
  const title = printedParts(said, document.figures);
  const { question } = REVIEW_SECTIONS.find(({ id }) => id === section.id)!;
  return isLast
    ? { id: 'figures', question: 'How was each figure worked out?', title, about: section.about }
    : { id: section.id, question, title, about: section.about };
};

/** The pages of a review. @param sha256 of its canonical document */
export const paperOf = (document: ReviewDocument, sha256: string): Paper => {
  const pages = reviewPages(document, sha256);
  const sections = [...new Set(pages.map(({ section }) => section))];
  return {
    title: [titleOf(document), document.review.organisation].filter((text) => text.trim() !== '').join(' · '),
    language: 'en',
    identity: identityOf(document, sha256),
    chapters: sections.map((section) => {
      const own = pages.filter((page) => page.section === section);
      return {
        ...headOf(own[0]!, document, sha256, section === sections.at(-1)),
        pages: own.map(({ blocks }) => blocks.map((block) => blockOf(block, document.figures))),
      };
    }),
  };
};
