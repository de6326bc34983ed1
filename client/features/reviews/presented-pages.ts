import { sectionsOnPages } from '../../../server/contract/review-pages.js';
import type { ReviewDocument, ReviewDrawing, ReviewSection, ReviewTable } from '../../../server/contract/review.js';

/** What stands on a page beside its title. */
export type Block = { readonly drawing: ReviewDrawing } | { readonly table: ReviewTable };

/** A page as it is presented: a section, or a part of one that has more than fits. */
export interface PresentedPage {
  readonly section: ReviewSection;
  /** Counts from 1. */
  readonly part: number;
  readonly parts: number;
  readonly blocks: readonly Block[];
}

/** What fits on a wall, in rows of a table. */
const ROWS = 15;
const DRAWING = 8;
const HEAD = 2;
/** Fewer rows than these are no beginning of a table. */
const LEAST = 3;

/** The pages of a review: its cover, then its sections in their order. A table that goes on repeats its header, and says which rows it shows. */
export const presentedPages = (document: ReviewDocument): PresentedPage[] =>
  sectionsOnPages(document).flatMap((section) => {
    const pages = filled(section);
    return pages.map((blocks, at) => ({ section, part: at + 1, parts: pages.length, blocks }));
  });

function filled({ drawings, tables }: ReviewSection): Block[][] {
  const pages: Block[][] = [[]];
  let left = ROWS;
  const turn = () => {
    if (pages.at(-1)!.length === 0) return;
    pages.push([]);
    left = ROWS;
  };
  for (const drawing of drawings) {
    if (left < DRAWING) turn();
    pages.at(-1)!.push({ drawing });
    left -= DRAWING;
  }
  for (const table of tables) {
    if (left < HEAD + Math.min(LEAST, table.rows.length)) turn();
    for (let from = 0; from === 0 || from < table.rows.length;) {
      if (from > 0) turn();
      const to = Math.min(table.rows.length, from + Math.max(1, left - HEAD));
      pages.at(-1)!.push({ table: rowsOf(table, from, to) });
      left -= HEAD + (to - from);
      from = to;
      if (to === 0) break;
    }
  }
  return pages;
}

function rowsOf(table: ReviewTable, from: number, to: number): ReviewTable {
  if (from === 0 && to === table.rows.length) return table;
  const shown = `Rows ${from + 1} to ${to} of ${table.rows.length}.`;
  const isLast = to === table.rows.length;
  return {
    ...table,
    rows: table.rows.slice(from, to),
    note: isLast && table.note !== null ? `${shown} ${table.note}` : shown,
  };
}
