import { coverOf } from './review-cover.js';
import { printedParts, toldSection } from './review-marks.js';
import { checkedTable, citedFigures, drawingRows, sectionsOnPages } from './review-pages.js';
import type { ReviewDocument, ReviewDrawing, ReviewSection, ReviewSentence, ReviewTable } from './review.js';
import {
  besideHeight,
  CAPTION,
  drawingHeight,
  GAP,
  headHeight,
  HEIGHT,
  isElastic,
  LEAST_DRAWN,
  MOST_DRAWN,
  proseHeight,
  tableHeights,
  textHeight,
  WIDTH,
} from './wall-heights.js';

/** What stands on a page below its title. Of drawings, `drawn` is how high their marks are where they fill what height they are given. */
export type Block =
  | { readonly kind: 'cover' }
  | { readonly kind: 'texts'; readonly sentences: readonly ReviewSentence[] }
  | {
      readonly kind: 'shown';
      readonly sentences: readonly ReviewSentence[];
      readonly drawings: readonly [ReviewDrawing];
      readonly drawn: number;
    }
  | { readonly kind: 'drawings'; readonly drawings: readonly ReviewDrawing[]; readonly drawn: number }
  /** What the marks on the page mean. */
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'table'; readonly table: ReviewTable };

/** A page as it is presented: a section, or a part of one that has more than fits. */
export interface PresentedPage {
  readonly section: ReviewSection;
  /** Counts from 1. */
  readonly part: number;
  readonly parts: number;
  readonly blocks: readonly Block[];
}

/** Fewer rows than these are no beginning and no end of a table. */
const LEAST = 4;

/**
 * The pages of a review, as in the packs: its cover, then its sections in their order, each with its sentences, drawings and tables, then how the
 * figures are worked out. A table that goes on repeats its header, and says which rows it shows. What a page holds follows from the document alone.
 */
export const presentedPages = (document: ReviewDocument): PresentedPage[] => {
  const { table, ...said } = citedFigures(document);
  const figures: ReviewSection = { ...said, id: 'appendix', sentences: [], tables: [table], drawings: [] };
  return [...sectionsOnPages(document), figures].flatMap((section) => {
    const pages = filled(section, document);
    return pages.map((blocks, at) => ({ section, part: at + 1, parts: pages.length, blocks }));
  });
};

function filled(section: ReviewSection, document: ReviewDocument): Block[][] {
  const { title, sentences, key } = toldSection(section, document.figures);
  const sheet = new Sheet(
    HEIGHT - headHeight(title, section.about, true),
    HEIGHT - headHeight(title, section.about, false),
  );
  const { beside, below } = drawingRows(section.drawings, sentences);
  if (section.id === 'cover') sheet.add({ kind: 'cover' }, coverHeight(document));
  if (beside !== null) {
    const least = drawingHeight(beside, 'beside');
    const height = Math.max(besideHeight(sentences), least);
    const drawn = LEAST_DRAWN + height - least;
    sheet.add({ kind: 'shown', sentences: section.sentences, drawings: [beside], drawn }, height);
  } else sheet.addTexts(section.sentences, sentences);
  if (key !== null) sheet.add({ kind: 'note', text: key }, textHeight(key, WIDTH, CAPTION));
  for (const drawings of below) {
    const height = Math.max(...drawings.map((drawing) => drawingHeight(drawing, drawings.length)));
    sheet.add({ kind: 'drawings', drawings, drawn: LEAST_DRAWN }, height);
  }
  const checked = section.id === 'cover' ? checkedTable(document) : null;
  for (const table of [...section.tables, ...(checked === null ? [] : [checked])]) sheet.addTable(table);
  return sheet.pages();
}

const coverHeight = (document: ReviewDocument): number => {
  const { recommendations, facts, key } = coverOf(document, '-'.repeat(64));
  const items = recommendations.map((parts) => printedParts(parts, document.figures));
  return [
    ...['Purpose', ...facts.map(([, text]) => text)].map((text) => textHeight(text, WIDTH - 200, CAPTION) + 6),
    ...(items.length === 0 ? [] : [48, ...items.map((text) => textHeight(text, 600, { size: 15, line: 21 }))]),
    key === null ? 0 : textHeight(key, WIDTH, CAPTION),
  ].reduce((sum, height) => sum + height, 0);
};

/** The pages of a section while they are filled. */
class Sheet {
  #pages: { blocks: Block[]; left: number }[];

  /** @param first room on its first page @param further on those that go on */
  constructor(
    first: number,
    private readonly further: number,
  ) {
    this.#pages = [{ blocks: [], left: first }];
  }

  get #page() {
    return this.#pages.at(-1)!;
  }
  #turn(): void {
    if (this.#page.blocks.length > 0) this.#pages.push({ blocks: [], left: this.further });
  }
  #place(block: Block, height: number): void {
    this.#page.blocks.push(block);
    this.#page.left -= height + GAP;
  }

  /** On this page, or whole on the next. */
  add(block: Block, height: number): void {
    if (this.#page.left < height) this.#turn();
    this.#place(block, height);
  }

  /** Sentences go on where they are more than a page holds. @param printed of each what is read */
  addTexts(sentences: readonly ReviewSentence[], printed: readonly string[]): void {
    for (let from = 0; from < sentences.length;) {
      let to = from + 1;
      while (to < sentences.length && proseHeight(printed.slice(from, to + 1)) <= this.#page.left) to += 1;
      this.#place({ kind: 'texts', sentences: sentences.slice(from, to) }, proseHeight(printed.slice(from, to)));
      from = to;
      if (from < sentences.length) this.#turn();
    }
  }

  /** What fits on a page of its own is not parted; of what is, no part is a stub. */
  addTable(table: ReviewTable): void {
    const { head, rows, note, which } = tableHeights(table);
    const { length } = rows;
    const heightOf = (from: number, to: number) =>
      head + (to - from < length ? which : note) + rows.slice(from, to).reduce((sum, row) => sum + row, 0);
    const least = heightOf(0, length) <= this.further ? length : Math.min(LEAST, length);
    if (this.#page.left < heightOf(0, least)) this.#turn();
    let from = 0;
    do {
      let to = Math.min(from + 1, length);
      while (to < length && heightOf(from, to + 1) <= this.#page.left) to += 1;
      // The last rows are not alone: the part before gives some of its own.
      if (to < length && length - to < LEAST && to - from >= 2 * LEAST) to = length - LEAST;
      this.#place({ kind: 'table', table: rowsOf(table, from, to) }, heightOf(from, to));
      from = to;
      if (from < length) this.#turn();
    } while (from < length);
  }

  /** Drawings that can be higher share what is left of their page. */
  pages(): Block[][] {
    return this.#pages.map(({ blocks, left }) => {
      const elastic = blocks.filter((block) => 'drawings' in block && block.drawings.some(isElastic));
      const spare = Math.floor(Math.max(0, left) / Math.max(1, elastic.length));
      return blocks.map((block) =>
        'drawn' in block && elastic.includes(block)
          ? { ...block, drawn: Math.min(block.drawn + spare, MOST_DRAWN) }
          : block,
      );
    });
  }
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
