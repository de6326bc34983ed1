import type { PageMeasure } from './page-measure.js';
import { PAPER, partedTable } from './paper-heights.js';
import { partedText } from './parted-text.js';
import { type MarkedPart, printedParts } from './review-marks.js';
import { limitOf } from './review-pages.js';
import type { ReviewDocument, ReviewDrawing, ReviewTable } from './review.js';
import { WALL } from './wall-heights.js';

/** How high the marks of drawings are, in units of the wall and in pixels of the paper. */
export interface Drawn {
  readonly wall: number;
  readonly paper: number;
}

/** What a cover tells; without a name what goes on. */
export type Fact = readonly [name: string, text: string];

/** A sentence, or a part of one that no page holds. */
type Said = readonly MarkedPart[];

/** What stands on a page below its title. */
export type Block =
  | { readonly kind: 'recommended'; readonly items: readonly Said[] }
  | { readonly kind: 'facts'; readonly facts: readonly Fact[] }
  | { readonly kind: 'texts'; readonly sentences: readonly Said[] }
  | {
      readonly kind: 'shown';
      readonly sentences: readonly Said[];
      readonly drawings: readonly [ReviewDrawing];
      readonly drawn: Drawn;
    }
  | { readonly kind: 'drawings'; readonly drawings: readonly ReviewDrawing[]; readonly drawn: Drawn }
  /** What the marks on the page mean, or that there is nothing to tell. */
  | { readonly kind: 'note'; readonly text: string }
  /** Rows of a table, or all of it. `whole` has all: columns are as wide on each page. */
  | { readonly kind: 'table'; readonly table: ReviewTable; readonly whole: ReviewTable; readonly isFirst: boolean };

/** A page is a wall and a sheet of paper at once: it holds what both hold. */
export type Heights = readonly [wall: number, paper: number];
export const by = (ask: (measure: PageMeasure, at: 0 | 1) => number): Heights => [ask(WALL, 0), ask(PAPER, 1)];
export const isWithin = (heights: Heights, room: Heights): boolean =>
  heights.every((height, at) => height <= room[at]!);
const plus = (one: Heights, other: Heights): Heights => by((_, at) => one[at] + other[at]);
const minus = (one: Heights, other: Heights): Heights => by((_, at) => one[at] - other[at]);
const sumOf = (all: readonly Heights[]): Heights => all.reduce(plus, [0, 0]);
const drawnOf = ([wall, paper]: Heights): Drawn => ({ wall, paper });

/** Fewer rows than these are no beginning and no end of a table. */
const LEAST = 4;
/** Of a page, that is left empty for a table to stand whole on the next one: where it is more, the table is parted. */
const MOST_EMPTY = 0.4;
/** Of a page, that one fact takes at most before it is parted. */
const MOST_FACT = 0.3;

interface Page {
  readonly blocks: readonly Block[];
  readonly left: Heights;
}

/** Drawings that can be higher share what is left of their page. */
const grown = ({ blocks, left }: Page): Page => {
  const elastic = by((measure) => blocks.filter((block) => isElastic(block, measure)).length);
  const spare = by((_, at) => Math.floor(Math.max(0, left[at]) / Math.max(1, elastic[at])));
  let remaining = left;
  const drawn = blocks.map((block) => {
    if (!('drawings' in block)) return block;
    const own: Heights = [block.drawn.wall, block.drawn.paper];
    const now = by((measure, at) =>
      isElastic(block, measure) ? Math.max(own[at], Math.min(own[at] + spare[at], measure.mostDrawn)) : own[at],
    );
    remaining = minus(remaining, minus(now, own));
    return { ...block, drawn: drawnOf(now) };
  });
  return { blocks: drawn, left: remaining };
};
const isElastic = (block: Block, measure: PageMeasure): boolean =>
  'drawings' in block && block.drawings.some(measure.isElastic);

/** The pages of a section while they are filled. */
export class Sheet {
  #pages: { blocks: Block[]; left: Heights }[];

  /** @param first room on its first page @param further on those that go on @param figures of chips in texts */
  constructor(
    first: Heights,
    private readonly further: Heights,
    private readonly figures: ReviewDocument['figures'],
  ) {
    this.#pages = [{ blocks: [], left: first }];
  }

  get #page() {
    return this.#pages.at(-1)!;
  }
  get isEmpty(): boolean {
    return this.#pages.every(({ blocks }) => blocks.length === 0);
  }
  /** Turns to the next page for what this one does not hold; under a title of many lines also where nothing stands yet. */
  #turnFor(heights: Heights): void {
    if (isWithin(heights, this.#page.left)) return;
    if (this.#page.blocks.length > 0 || isWithin(heights, this.further)) this.#turn();
  }
  #turn(): void {
    this.#pages.push({ blocks: [], left: this.further });
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
    this.#turnFor(heights);
    this.#place(block, heights);
  }

  /** @returns whether a page holds them side by side */
  addShown(drawing: ReviewDrawing, sentences: readonly Said[]): boolean {
    const printed = sentences.map((said) => printedParts(said, this.figures));
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

  /** Facts go on where they are more than a page holds, and the text of one that is. */
  addFacts(facts: readonly Fact[]): void {
    const heightsOf = (some: readonly Fact[]): Heights => by((measure) => measure.facts(some));
    const most = this.further.map((height) => height * MOST_FACT) as [number, number];
    const parts = facts.flatMap(([name, whole]): Fact[] => {
      const texts: string[] = [];
      for (let text = whole; text !== '' || texts.length === 0;) {
        const [part, rest] = partedText([{ text }], {}, (printed) => isWithin(heightsOf([[name, printed]]), most));
        texts.push(printedParts(part, {}));
        text = printedParts(rest, {});
      }
      return texts.map((text, at) => [at === 0 ? name : '', text]);
    });
    let here: Fact[] = [];
    for (const fact of parts) {
      if (here.length > 0 && !isWithin(heightsOf([...here, fact]), this.#page.left)) {
        this.add({ kind: 'facts', facts: here }, heightsOf(here));
        here = [];
      }
      if (here.length === 0) this.#turnFor(heightsOf([fact]));
      here.push(fact);
    }
    this.add({ kind: 'facts', facts: here }, heightsOf(here));
  }

  /** Sentences go on where they are more than a page holds; so does one that no page holds. */
  addTexts(sentences: readonly Said[]): void {
    const waiting = [...sentences];
    let here: { readonly said: Said; readonly printed: string }[] = [];
    const heightsOf = (...printed: string[]): Heights => by((measure) => measure.prose(printed));
    const isHeld = (printed: string): boolean =>
      isWithin(heightsOf(...here.map((each) => each.printed), printed), this.#page.left);
    const place = (): void => {
      if (here.length === 0) return;
      const heights = heightsOf(...here.map(({ printed }) => printed));
      this.#place({ kind: 'texts', sentences: here.map(({ said }) => said) }, heights);
      here = [];
    };
    for (let said = waiting.shift(); said !== undefined; said = waiting.shift()) {
      const printed = printedParts(said, this.figures);
      const isTall = !isWithin(heightsOf(printed), this.further);
      const [part, rest] = isTall && !isHeld(printed) ? partedText(said, this.figures, isHeld) : [said, []];
      if (isHeld(printed)) here.push({ said, printed });
      else if (isTall && part.length > 0) {
        here.push({ said: part, printed: printedParts(part, this.figures) });
        waiting.unshift(rest);
      } else {
        place();
        this.#turn();
        waiting.unshift(said);
      }
    }
    place();
  }

  /** What fits on a page of its own is parted only where it would leave much of this one empty; of what is, no part is a stub. */
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
    const isWhole = isWithin(heightOf(0, length), this.further) && (length < 2 * LEAST || !this.#leavesMuch());
    this.#turnFor(heightOf(0, isWhole ? length : Math.min(LEAST, length)));
    this.#turnFor(heightOf(0, Math.min(1, length)));
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

  /** Whether much of the page stays empty if nothing more comes on it. */
  #leavesMuch(): boolean {
    const { left } = grown(this.#page);
    return by(({ height }, at) => left[at] / height).some((empty) => empty > MOST_EMPTY);
  }

  pages(): (readonly Block[])[] {
    return this.#pages.map((page) => grown(page).blocks);
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
