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

/** What fits on a wall, in lines of a table. */
const LINES = 15;
/** Signs beside each other on the narrowest wall, at its type; a number takes this many of them. */
const SIGNS = 110;
const NUMBER = 12;
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
  let left = LINES;
  const turn = () => {
    if (pages.at(-1)!.length === 0) return;
    pages.push([]);
    left = LINES;
  };
  for (const drawing of drawings) {
    if (left < DRAWING) turn();
    pages.at(-1)!.push({ drawing });
    left -= DRAWING;
  }
  for (const table of tables) {
    const heights = table.rows.map((row) => linesOf(table, row));
    const least = heights.slice(0, LEAST).reduce((sum, height) => sum + height, 0);
    if (left < HEAD + Math.min(least, LINES - HEAD)) turn();
    for (let from = 0; from === 0 || from < table.rows.length;) {
      if (from > 0) turn();
      left -= HEAD;
      let to = from;
      // A row that is higher than a page has one to itself.
      while (to < table.rows.length && (to === from || heights[to]! <= left)) left -= heights[to++]!;
      pages.at(-1)!.push({ table: rowsOf(table, from, to) });
      from = to;
      if (to === 0) break;
    }
  }
  return pages;
}

/** How many lines a row takes, about: columns of words share what those of numbers leave. */
function linesOf({ columns }: ReviewTable, row: ReviewTable['rows'][number]): number {
  const words = columns.filter(({ kind }) => kind === 'text').length;
  const width = Math.max(NUMBER, (SIGNS - NUMBER * (columns.length - words)) / Math.max(1, words));
  const lines = row.map(({ text }, at) => (columns[at]?.kind === 'text' ? Math.ceil(text.length / width) : 1));
  return Math.max(1, ...lines);
}

function rowsOf(table: ReviewTable, from: number, to: number): ReviewTable {
  if (from === 0 && to === table.rows.length) return table;
  const which = to - from === 1 ? `Row ${to}` : `Rows ${from + 1} to ${to}`;
  const shown = `${which} of ${table.rows.length}.`;
  const isLast = to === table.rows.length;
  return {
    ...table,
    rows: table.rows.slice(from, to),
    note: isLast && table.note !== null ? `${shown} ${table.note}` : shown,
  };
}
