import {
  REVIEW_SECTIONS,
  type ReviewCell,
  type ReviewDocument,
  type ReviewDrawing,
  type ReviewSection,
  type ReviewTable,
} from '../../contract/review.js';
import { chipsOf } from '../../contract/narrative.js';
import { coverOf, recommendationsIn } from '../../contract/review-cover.js';
import { printedParts, type ToldSection, toldSection } from '../../contract/review-marks.js';
import { sectionsOnPages } from '../../contract/review-pages.js';
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

/** More text than this is no column beside a drawing. */
const MOST_BESIDE = 1100;
const NONE = 'Nothing is recorded.';

const words = (text: string): ReviewCell => ({ text, value: null, unit: null, figure: null, impact: null });

const wordTable = (
  id: string,
  title: string,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): Block =>
  tableBlock({
    id,
    title,
    columns: columns.map((column) => ({ title: column, kind: column === 'Records' ? 'number' : 'text', unit: null })),
    rows: rows.map((row) => row.map(words)),
    total: rows.length,
    note: null,
  });

/** How many rows of how many, unless the note says so itself; null of a complete table of which nothing is to be said. */
const limitOf = ({ rows, total, note }: ReviewTable): string | null => {
  const limit = `${rows.length} of ${total}`;
  if (rows.length >= total || note?.includes(limit)) return note;
  return note === null ? `${limit} rows.` : `${limit} rows. ${note}`;
};

const tableBlock = (table: ReviewTable): Block => {
  const limit = limitOf(table);
  if (table.rows.length > 0) return { kind: 'table', table, limit };
  const nothing = table.columns.map((_, at) => words(at === 0 ? NONE : ''));
  return { kind: 'table', table: { ...table, rows: [nothing] }, limit };
};

const inPairs = <Each>(list: readonly Each[]): Each[][] =>
  list.flatMap((_, at) => (at % 2 === 0 ? [list.slice(at, at + 2)] : []));

const bodyOf = (section: ReviewSection, { sentences: texts, key }: ToldSection): Block[] => {
  const [first, ...others] = section.drawings;
  const isBeside = first !== undefined && texts.length > 0 && texts.join('').length <= MOST_BESIDE;
  return [
    ...(isBeside ? [{ kind: 'shown', texts, drawing: first } as const] : []),
    ...(!isBeside && texts.length > 0 ? [{ kind: 'texts', texts } as const] : []),
    ...(key === null ? [] : [{ kind: 'note', text: key } as const]),
    ...inPairs(isBeside ? others : section.drawings).map((pair) => ({ kind: 'drawings', drawings: pair }) as const),
    ...section.tables.map(tableBlock),
  ];
};

const coverPage = (document: ReviewDocument, section: ReviewSection, sha256: string): Chapter => {
  const cover = coverOf(document, sha256);
  const items = recommendationsIn(cover, document);
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
      ...(document.checklist.length === 0
        ? []
        : [
            wordTable(
              'checklist',
              'Checked before freezing',
              ['Check', 'Found', 'State'],
              document.checklist.map(({ title, text, isOpen }) => [title, text, isOpen ? 'Open' : 'In order']),
            ),
          ]),
    ],
  };
};

const questionOf = (id: ReviewSection['id']): string => REVIEW_SECTIONS.find((section) => section.id === id)!.question;

/** The figures of the ledger and those that texts cite, with how each was worked out. */
const figuresOf = ({ headline, sections, figures, product, settings }: ReviewDocument): Chapter => {
  const texts = sections.flatMap(({ title, sentences }) => [title, ...sentences.map(({ text }) => text)]);
  const cited = [...new Set([...headline, ...texts.flatMap(chipsOf)])].filter((key) => Object.hasOwn(figures, key));
  return {
    id: 'figures',
    question: 'How was each figure worked out?',
    title: 'The figures that this review cites, and how they are worked out',
    about: [
      `Throughline ${product.version}, formulas ${product.formulas}`,
      `amounts in ${settings.currency}`,
      `days of ${settings.timeZone}`,
    ].join(' · '),
    blocks: [
      wordTable(
        'figures-cited',
        'Figures',
        ['Figure', 'Printed', 'In full', 'Worked out', 'Records'],
        cited.map((key) => {
          const { title, text, full, nullReason, formula, quality, records } = figures[key]!;
          return [
            title,
            text,
            nullReason ?? full,
            [`${formula.text} (${formula.version})`, ...quality].join(' '),
            String(records.count),
          ];
        }),
      ),
    ],
  };
};

/** The pages of a review. @param sha256 of its canonical document */
export const paperOf = (document: ReviewDocument, sha256: string): Paper => ({
  title: `${titleOf(document)} · ${document.review.organisation}`,
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
