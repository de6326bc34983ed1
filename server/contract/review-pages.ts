import type { ReviewDocument, ReviewSection, ReviewTable } from './review.js';
import { sectionsFromCover } from './review-cover.js';

/** What of a review stands on pages: all but the rows of long tables that the workbook and the Markdown alone hold whole. */

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
