import type { ReviewDrawing, ReviewTable } from './review.js';

/** How high things stand on a kind of page, before it is laid out: of a wall, and of a sheet of paper. Rather too much than too little. */

/** Which title a page has: that of the review, that of a section, or a smaller one where a section goes on. */
export type PageHead = 'cover' | 'first' | 'further';

/** Of a table: its title with the header, each of its rows, and what is said below it. */
export interface TableHeights {
  readonly head: number;
  readonly rows: readonly number[];
  readonly note: number;
  /** In the place of the note: what a part of it says. */
  readonly which: number;
}

export interface PageMeasure {
  /** For a title and what follows it. */
  readonly height: number;
  /** Between what stands on a page. */
  readonly gap: number;
  /** Of the marks of a drawing, at most, where room is left for more. */
  readonly mostDrawn: number;
  /** Of a title with what is said above and below it, and the gap that follows. */
  head(title: string, about: string, which: PageHead): number;
  /** Of sentences over the whole width. */
  prose(sentences: readonly string[]): number;
  /** Of sentences beside a drawing. */
  beside(sentences: readonly string[]): number;
  note(text: string): number;
  recommended(items: readonly string[]): number;
  facts(facts: readonly (readonly [name: string, text: string])[]): number;
  /** Of what stands around the marks of a drawing. @param room `beside` of sentences, or below them: how many stand side by side */
  around(drawing: ReviewDrawing, room: 'beside' | number): number;
  /** Of its marks, at least. */
  marks(drawing: ReviewDrawing, room: 'beside' | number): number;
  /** Whether its marks fill what height they are given. */
  isElastic(drawing: ReviewDrawing): boolean;
  table(table: ReviewTable): TableHeights;
}

/** One thing under another. */
export const stacked = (heights: readonly number[], gap = 8): number =>
  heights.reduce((sum, height) => sum + height, 0) + Math.max(0, heights.length - 1) * gap;

/** How many of some texts stand in the first of two columns, for both to be low. */
export const firstColumn = (heights: readonly number[]): number => {
  const ways = heights.map((_, at) => Math.max(stacked(heights.slice(0, at + 1)), stacked(heights.slice(at + 1))));
  return ways.indexOf(Math.min(...ways)) + 1;
};
export const inTwoColumns = (heights: readonly number[]): number => {
  const first = firstColumn(heights);
  return Math.max(stacked(heights.slice(0, first)), stacked(heights.slice(first)));
};
