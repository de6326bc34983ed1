import type { PageHead, PageMeasure } from './page-measure.js';
import { PAPER, partedTable } from './paper-heights.js';
import { coverOf } from './review-cover.js';
import { type MarkedPart, printedParts, type ToldSection, toldSection } from './review-marks.js';
import { checkedTable, citedFigures, drawingRows, limitOf, sectionsOnPages } from './review-pages.js';
import type { ReviewDocument, ReviewDrawing, ReviewSection, ReviewSentence, ReviewTable } from './review.js';
import { WALL } from './wall-heights.js';

/** How high the marks of drawings are, in units of the wall and in pixels of the paper. */
export interface Drawn {
  readonly wall: number;
  readonly paper: number;
}

/** What stands on a page below its title. */
export type Block =
  | { readonly kind: 'recommended'; readonly items: readonly (readonly MarkedPart[])[] }
  | { readonly kind: 'facts'; readonly facts: readonly (readonly [name: string, text: string])[] }
  | { readonly kind: 'texts'; readonly sentences: readonly ReviewSentence[] }
  | {
      readonly kind: 'shown';
      readonly sentences: readonly ReviewSentence[];
      readonly drawings: readonly [ReviewDrawing];
      readonly drawn: Drawn;
    }
  | { readonly kind: 'drawings'; readonly drawings: readonly ReviewDrawing[]; readonly drawn: Drawn }
  /** What the marks on the page mean. */
  | { readonly kind: 'note'; readonly text: string }
  /** Rows of a table, or all of it. `whole` has all: columns are as wide on each page. */
  | { readonly kind: 'table'; readonly table: ReviewTable; readonly whole: ReviewTable; readonly isFirst: boolean };

/** A page of a review: a section, or a part of one that has more than fits. */
export interface ReviewPage {
  readonly section: ReviewSection;
  /** Counts from 1. */
  readonly part: number;
  readonly parts: number;
  readonly blocks: readonly Block[];
}

/** A page is a wall and a sheet of paper at once: it holds what both hold. */
type Heights = readonly [wall: number, paper: number];
const by = (ask: (measure: PageMeasure, at: 0 | 1) => number): Heights => [ask(WALL, 0), ask(PAPER, 1)];
const isWithin = (heights: Heights, room: Heights): boolean => heights.every((height, at) => height <= room[at]!);
const plus = (one: Heights, other: Heights): Heights => by((_, at) => one[at] + other[at]);
const minus = (one: Heights, other: Heights): Heights => by((_, at) => one[at] - other[at]);
const sumOf = (all: readonly Heights[]): Heights => all.reduce(plus, [0, 0]);

/** Fewer rows than these are no beginning and no end of a table. */
const LEAST = 4;

/**
 * The pages of a review, on the wall and on paper: its cover, then its sections in their order, each with its sentences, drawings and tables, then how
 * the figures are worked out. A table that goes on repeats its header, and says which rows it shows. Follows from the document alone.
 *
 * @param sha256 of the canonical document; null of a draft
 */
export const reviewPages = (document: ReviewDocument, sha256: string | null): ReviewPage[] => {
  const { table, ...said } = citedFigures(document);
  const figures: ReviewSection = { ...said, id: 'appendix', sentences: [], tables: [table], drawings: [] };
  const told = (section: ReviewSection) => toldSection(section, document.figures);
  const pagesOf = (section: ReviewSection, pages: Block[][]): ReviewPage[] =>
    pages.map((blocks, at) => ({ section, part: at + 1, parts: pages.length, blocks }));
  return [
    ...sectionsOnPages(document).flatMap((section) =>
      pagesOf(
        section,
        section.id === 'cover' ? coverPages(section, document, sha256) : sectionPages(section, told(section)),
      ),
    ),
    ...pagesOf(figures, sectionPages(figures, told(figures))),
  ];
};

const roomBelow = (title: string, about: string, which: PageHead): Heights =>
  by((measure) => measure.height - measure.head(title, about, which));

const coverPages = (section: ReviewSection, document: ReviewDocument, sha256: string | null): Block[][] => {
  const { title, message, recommendations, purpose, classification, facts, key } = coverOf(document, sha256);
  const printed = (parts: readonly MarkedPart[]): string => printedParts(parts, document.figures);
  const sheet = new Sheet(roomBelow(title, printed(message), 'cover'), roomBelow(title, '', 'further'));
  if (recommendations.length > 0)
    sheet.add(
      { kind: 'recommended', items: recommendations },
      by((measure) => measure.recommended(recommendations.map(printed))),
    );
  addBody(sheet, section, { ...toldSection(section, document.figures), key });
  const all = [['Purpose', purpose], ['Classification', classification], ...facts] as const;
  sheet.add(
    { kind: 'facts', facts: all },
    by((measure) => measure.facts(all)),
  );
  const checked = checkedTable(document);
  for (const table of [...section.tables, ...(checked === null ? [] : [checked])]) sheet.addTable(table);
  return sheet.pages();
};

const sectionPages = (section: ReviewSection, told: ToldSection): Block[][] => {
  const { title } = told;
  const sheet = new Sheet(roomBelow(title, section.about, 'first'), roomBelow(title, '', 'further'));
  addBody(sheet, section, told);
  for (const table of section.tables) sheet.addTable(table);
  return sheet.pages();
};

const addBody = (sheet: Sheet, { drawings, sentences }: ReviewSection, told: ToldSection): void => {
  const { beside, below } = drawingRows(drawings, told.sentences);
  const isShown = beside !== null && sheet.addShown(beside, sentences, told.sentences);
  if (!isShown) sheet.addTexts(sentences, told.sentences);
  const { key } = told;
  if (key !== null)
    sheet.add(
      { kind: 'note', text: key },
      by((measure) => measure.note(key)),
    );
  for (const row of [...(beside === null || isShown ? [] : [[beside]]), ...below]) sheet.addDrawings(row);
};

const drawnOf = ([wall, paper]: Heights): Drawn => ({ wall, paper });

/** The pages of a section while they are filled. */
class Sheet {
  #pages: { blocks: Block[]; left: Heights }[];

  /** @param first room on its first page @param further on those that go on */
  constructor(
    first: Heights,
    private readonly further: Heights,
  ) {
    this.#pages = [{ blocks: [], left: first }];
  }

  get #page() {
    return this.#pages.at(-1)!;
  }
  #turn(): void {
    if (this.#page.blocks.length > 0) this.#pages.push({ blocks: [], left: this.further });
  }
  #place(block: Block, heights: Heights): void {
    this.#page.blocks.push(block);
    this.#page.left = minus(
      this.#page.left,
      by(({ gap }, at) => heights[at] + gap),
    );
  }

  /** On this page, or whole on the next. */
  add(block: Block, heights: Heights): void {
    if (!isWithin(heights, this.#page.left)) this.#turn();
    this.#place(block, heights);
  }

  /** @returns whether a page holds them side by side */
  addShown(drawing: ReviewDrawing, sentences: readonly ReviewSentence[], printed: readonly string[]): boolean {
    const around = by((measure) => measure.around(drawing, 'beside'));
    const least = by((measure) => measure.marks(drawing, 'beside'));
    const heights = by((measure, at) => Math.max(measure.beside(printed), around[at] + least[at]));
    if (!isWithin(heights, this.#page.left)) return false;
    const drawn = by(({ mostDrawn }, at) => Math.max(least[at], Math.min(heights[at] - around[at], mostDrawn)));
    this.#place({ kind: 'shown', sentences, drawings: [drawing], drawn: drawnOf(drawn) }, heights);
    return true;
  }

  addDrawings(drawings: readonly ReviewDrawing[]): void {
    const most = (ask: (drawing: ReviewDrawing, measure: PageMeasure) => number): Heights =>
      by((measure) => Math.max(...drawings.map((drawing) => ask(drawing, measure))));
    const around = most((drawing, measure) => measure.around(drawing, drawings.length));
    const marks = most((drawing, measure) => measure.marks(drawing, drawings.length));
    this.add({ kind: 'drawings', drawings, drawn: drawnOf(marks) }, plus(around, marks));
  }

  /** Sentences go on where they are more than a page holds. @param printed of each what is read */
  addTexts(sentences: readonly ReviewSentence[], printed: readonly string[]): void {
    const heightsOf = (from: number, to: number) => by((measure) => measure.prose(printed.slice(from, to)));
    for (let from = 0; from < sentences.length;) {
      let to = from + 1;
      while (to < sentences.length && isWithin(heightsOf(from, to + 1), this.#page.left)) to += 1;
      this.#place({ kind: 'texts', sentences: sentences.slice(from, to) }, heightsOf(from, to));
      from = to;
      if (from < sentences.length) this.#turn();
    }
  }

  /** What fits on a page of its own is not parted; of what is, no part is a stub. */
  addTable(table: ReviewTable): void {
    const { whole, places } = partedTable({ ...table, note: limitOf(table) });
    const [wall, paper] = [WALL.table(whole), PAPER.table(whole)];
    const { length } = whole.rows;
    const ends: Heights[] = [[0, 0]];
    for (const [at, row] of wall.rows.entries()) ends.push(plus(ends[at]!, [row, paper.rows[at]!]));
    const heightOf = (from: number, to: number): Heights => {
      const isPart = to - from < length;
      const said: Heights = isPart ? [wall.which, paper.which] : [wall.note, paper.note];
      return sumOf([[wall.head, paper.head], said, minus(ends[to]!, ends[from]!)]);
    };
    const least = isWithin(heightOf(0, length), this.further) ? length : Math.min(LEAST, length);
    if (!isWithin(heightOf(0, least), this.#page.left)) this.#turn();
    let from = 0;
    do {
      let to = Math.min(from + 1, length);
      while (to < length && isWithin(heightOf(from, to + 1), this.#page.left)) to += 1;
      // The last rows are not alone: the part before gives some of its own.
      const lacking = LEAST - (length - to);
      if (to < length && lacking > 0 && to - from - lacking >= LEAST) to -= lacking;
      const part = rowsOf({ whole, places }, from, to, table.rows.length);
      this.#place({ kind: 'table', table: part, whole, isFirst: from === 0 }, heightOf(from, to));
      from = to;
      if (from < length) this.#turn();
    } while (from < length);
  }

  /** Drawings that can be higher share what is left of their page. */
  pages(): Block[][] {
    return this.#pages.map(({ blocks, left }) => {
      const spare = by((measure, at) => {
        const rows = blocks.filter((block) => 'drawings' in block && block.drawings.some(measure.isElastic));
        return Math.floor(Math.max(0, left[at]) / Math.max(1, rows.length));
      });
      return blocks.map((block) => {
        if (!('drawings' in block)) return block;
        const own: Heights = [block.drawn.wall, block.drawn.paper];
        const drawn = by((measure, at) =>
          block.drawings.some(measure.isElastic)
            ? Math.max(own[at], Math.min(own[at] + spare[at], measure.mostDrawn))
            : own[at],
        );
        return { ...block, drawn: drawnOf(drawn) };
      });
    });
  }
}

interface Parted {
  readonly whole: ReviewTable;
  readonly places: readonly number[];
}

/** @param count of the rows of the table, of which one may stand in several */
function rowsOf({ whole, places }: Parted, from: number, to: number, count: number): ReviewTable {
  if (from === 0 && to === whole.rows.length) return whole;
  const [first, last] = [places[from]! + 1, places[to - 1]! + 1];
  const which = first === last ? `Row ${last}` : `Rows ${first} to ${last}`;
  const shown = `${which} of ${count}.`;
  const isLast = to === whole.rows.length;
  return {
    ...whole,
    rows: whole.rows.slice(from, to),
    note: isLast && whole.note !== null ? `${shown} ${whole.note}` : shown,
  };
}
