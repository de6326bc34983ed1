import { NOTHING_LISTED, words } from '../../contract/review-pages.js';
import type { ReviewTable } from '../../contract/review.js';

/** A table as pages show it: under a header without rows it says so. */
export const shownTable = (table: ReviewTable): ReviewTable =>
  table.rows.length > 0
    ? table
    : { ...table, rows: [table.columns.map((_, at) => words(at === 0 ? NOTHING_LISTED : ''))] };
