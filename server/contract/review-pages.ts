import { figureNameIn } from './named-figure.js';
import { chipsOf } from './narrative.js';
import { nullSentence } from './null-words.js';
import { sectionsFromCover } from './review-cover.js';
import type { ReviewCell, ReviewDocument, ReviewDrawing, ReviewSection, ReviewTable } from './review.js';

/** What of a review stands on pages, and how: the same on paper and on the wall. */

/** A table as a page prints it; where that leaves rows out, its note says how many and where they are. */
export const tableOnPage = (table: ReviewTable): ReviewTable => {
  const { listed, rows, total, note } = table;
  if (listed === undefined || rows.length <= listed) return table;
  const limit = `${listed} of ${total} rows; the other ${total - listed} stand in the workbook of this review.`;
  return { ...table, rows: rows.slice(0, listed), note: note === null ? limit : `${limit} ${note}` };
};

export const sectionOnPage = (section: ReviewSection): ReviewSection => ({
  ...section,
  tables: section.tables.map(tableOnPage),
});

/** The sections in the order of the pages, the cover first. */
export const sectionsOnPages = (document: ReviewDocument): ReviewSection[] =>
  sectionsFromCover(document).map(sectionOnPage);

/** What stands in the place of a table's rows where it has none. */
export const NOTHING_LISTED = 'Nothing to list.';

/** Whether a section has neither sentences nor drawings nor tables: it is not left out, and says so. The cover has its facts. */
export const isUntold = ({ id, sentences, drawings, tables }: ReviewSection): boolean =>
  id !== 'cover' && sentences.length + drawings.length + tables.length === 0;

/** What a page says of a section without sentences, drawings and tables: it is not left out, and is no title alone. */
export const nothingTold = ({ id }: Pick<ReviewSection, 'id'>): string =>
  id === 'actions'
    ? 'No decision or action was recorded. What this review decides and agrees is followed up here in the next one.'
    : 'Nothing is recorded of it.';

/** More text than this is no column beside a drawing. */
const MOST_BESIDE = 1100;

/** Drawings as they follow the sentences of a section. */
export interface DrawingRows {
  /** Stands beside the sentences; null where they are too many, or none, or the drawings go in pairs. */
  readonly beside: ReviewDrawing | null;
  /** Below them, at most two side by side. */
  readonly below: readonly (readonly ReviewDrawing[])[];
}

/** @param sentences as printed */
export const drawingRows = (drawings: readonly ReviewDrawing[], sentences: readonly string[]): DrawingRows => {
  // Where all go in pairs, none is left alone on a page.
  const isBeside = drawings.length % 2 === 1 && sentences.length > 0 && sentences.join('').length <= MOST_BESIDE;
  const beside = isBeside ? (drawings[0] ?? null) : null;
  const others = drawings.slice(beside === null ? 0 : 1);
  return { beside, below: others.flatMap((_, at) => (at % 2 === 0 ? [others.slice(at, at + 2)] : [])) };
};

/** A cell of words. */
export const words = (text: string): ReviewCell => ({ text, value: null, unit: null, figure: null, impact: null });

/** How many rows of how many, unless the note says so itself; null of a complete table of which nothing is to be said. */
export const limitOf = ({ rows, total, note }: ReviewTable): string | null => {
  const limit = `${rows.length} of ${total}`;
  if (rows.length >= total || note?.includes(limit)) return note;
  return note === null ? `${limit} rows.` : `${limit} rows. ${note}`;
};

const wordTable = (
  id: string,
  title: string,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): ReviewTable => ({
  ...{ id, title, total: rows.length, note: null },
  columns: columns.map((column) => ({ title: column, kind: column === 'Records' ? 'number' : 'text', unit: null })),
  rows: rows.map((row) => row.map(words)),
});

/** What was looked at before freezing; null where nothing was. */
export const checkedTable = ({ checklist }: ReviewDocument): ReviewTable | null =>
  checklist.length === 0
    ? null
    : wordTable(
        'checklist',
        'Checked before freezing',
        ['Check', 'Found', 'State'],
        checklist.map(({ title, text, isOpen }) => [title, text, isOpen ? 'Open' : 'In order']),
      );

/** The last chapter: the figures of the ledger and those that texts cite, with how each was worked out. */
export const citedFigures = (
  document: ReviewDocument,
): Pick<ReviewSection, 'title' | 'about'> & { readonly table: ReviewTable } => {
  const { headline, sections, figures, product, settings } = document;
  const nameOf = figureNameIn(document);
  const texts = sections.flatMap(({ title, sentences }) => [title, ...sentences.map(({ text }) => text)]);
  const cited = [...new Set([...headline, ...texts.flatMap(chipsOf)])].filter((key) => Object.hasOwn(figures, key));
  return {
    title: 'The figures that this review cites, and how they are worked out',
    about: [
      `Throughline ${product.version}, formulas ${product.formulas}`,
      `amounts in ${settings.currency}`,
      `days of ${settings.timeZone}`,
    ].join(' · '),
    table: wordTable(
      'figures-cited',
      'Figures',
      ['Figure', 'Printed', 'In full', 'Worked out', 'Records'],
      cited.map((key) => {
        const { text, full, nullReason, formula, quality, records } = figures[key]!;
        return [
          nameOf(key),
          text,
          full,
          [
            `${formula.text} (${formula.version})`,
            ...(nullReason === null ? [] : [nullSentence(nullReason)]),
            ...quality,
          ].join(' '),
          String(records.count),
        ];
      }),
    ),
  };
};
