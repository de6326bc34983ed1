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
/** Signs beside each other on the narrowest wall, at its type; a number takes so many of them, and a column of words has so many at least. */
const SIGNS = 110;
const NUMBER = 12;
const LEAST_SIGNS = 8;
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
    const heights = heightsOf(table);
    const whole = sumOf(heights);
    // What fits on a page of its own is not parted.
    const least = whole <= LINES - HEAD ? whole : Math.min(sumOf(heights.slice(0, LEAST)), LINES - HEAD);
    if (left < HEAD + least) turn();
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

/**
 * How high each row is, about, in lines of a table: columns of words share what those of numbers leave by how much stands in them, as the browser does
 * it, and each line after the first is half as high as a row.
 */
function heightsOf({ columns, rows }: ReviewTable): number[] {
  const words = columns.flatMap(({ kind }, at) => (kind === 'text' ? at : []));
  const longest = words.map((at) => Math.max(1, ...rows.map((row) => row[at]?.text.length ?? 0)));
  const all = longest.reduce((sum, length) => sum + length, 0);
  const room = Math.max(NUMBER, SIGNS - NUMBER * (columns.length - words.length));
  const widths = longest.map((length) => Math.max(LEAST_SIGNS, (room * length) / all));
  return rows.map((row) => {
    const lines = words.map((at, place) => Math.ceil((row[at]?.text.length ?? 0) / widths[place]!));
    return (1 + Math.max(1, ...lines)) / 2;
  });
}

const sumOf = (heights: readonly number[]): number => heights.reduce((sum, height) => sum + height, 0);

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
