import type { ReviewDocument, ReviewDrawing, ReviewSection, ReviewTable } from '../../contract/review.js';
import { toldSection } from '../../contract/review-marks.js';
import { chipsOf } from '../../core/review/narrative.js';
import { tableOfDrawing } from './drawing-table.js';
import { inPart } from './pack.js';
import { heightOfRows, laidOut, rowsThatFit, type TableLayout } from './slide-tables.js';
import { asSentence, continued, heightOf, linesOf, oneLine, told } from './slide-text.js';

/** Which slide holds what: one message a slide, and never more than it holds. Lengths are inches on a slide of 13.33 × 7.5. */

const WIDTH = 13.333;
export const MARGIN = 0.5;
export const BODY = { x: MARGIN, y: 1.72, width: WIDTH - 2 * MARGIN, bottom: 6.9 } as const;
const BODY_HEIGHT = BODY.bottom - BODY.y;
const GAP = 0.18;
/** Of a row: what needs more is told in several. */
const ROW_MOST = BODY_HEIGHT - 1.5;
export const CAPTION = { points: 12, height: 0.32 } as const;
export const TEXT = { points: 16, after: 0.1 } as const;
/** What the marks in a text mean, in one line below it. */
export const NOTE = { sizes: [11, 10, 9, 8], height: 0.22 } as const;
/** Beside a picture, where its table fits there. */
const BESIDE_PICTURE = 5.2;
const BESIDE_SIZES = [11, 10, 9] as const;
/** Sentences that stand above a picture, and no more. */
const LEAD_MOST = 1.1;

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
export type Block =
  | { readonly kind: 'text'; readonly paragraphs: readonly string[]; readonly box: Box }
  | { readonly kind: 'note'; readonly text: string; readonly box: Box }
  | { readonly kind: 'caption'; readonly text: string; readonly box: Box }
  | { readonly kind: 'picture'; readonly drawing: ReviewDrawing; readonly box: Box }
  | {
      readonly kind: 'table';
      readonly name: string;
      readonly caption: string | null;
      readonly layout: TableLayout;
      readonly from: number;
      readonly count: number;
      readonly box: Box;
    };
export interface Slide {
  readonly title: string;
  /** Who, what, when. */
  readonly about: string;
  readonly blocks: readonly Block[];
  /** Keys of figures that stand on it. */
  readonly figures: readonly string[];
}

/** Slides of one section, filled from the top. */
class Flow {
  readonly slides: Slide[] = [];
  private blocks: Block[] = [];
  private figures: string[] = [];
  private y: number = BODY.y;

  constructor(
    private readonly title: string,
    private readonly about: string,
  ) {}

  get left(): number {
    return BODY.bottom - this.y;
  }
  get isEmpty(): boolean {
    return this.blocks.length === 0;
  }

  add(block: Block, figures: readonly string[]): void {
    this.blocks.push(block);
    this.figures.push(...figures);
    this.y = block.box.y + block.box.height + GAP;
  }
  /** A place over the whole width, below what is there. */
  place(height: number): Box {
    return { x: BODY.x, y: this.y, width: BODY.width, height };
  }
  /** Ends the slide; what follows stands on a further one. */
  turn(): void {
    if (this.isEmpty) return;
    const title = this.slides.length === 0 ? this.title : continued(this.title);
    this.slides.push({ title, about: this.about, blocks: this.blocks, figures: [...new Set(this.figures)] });
    [this.blocks, this.figures, this.y] = [[], [], BODY.y];
  }
}

const figuresIn = (layout: TableLayout, from: number, count: number): string[] =>
  layout.rows.slice(from, from + count).flatMap(({ cells }) => cells.flatMap(({ figure }) => figure ?? []));

/** The sentences of a section, and what the marks in them mean. */
function addSentences(flow: Flow, section: ReviewSection, { figures: known }: ReviewDocument): void {
  const { sentences, key } = toldSection(section, known);
  let [paragraphs, figures, height] = [[] as string[], [] as string[], 0];
  const put = () => {
    if (paragraphs.length > 0) flow.add({ kind: 'text', paragraphs, box: flow.place(height) }, figures);
    [paragraphs, figures, height] = [[], [], 0];
  };
  for (const [at, text] of sentences.entries()) {
    const paragraph = oneLine(text);
    const own = heightOf(linesOf(paragraph, BODY.width - 0.2, TEXT.points).length, TEXT.points) + TEXT.after;
    if (height + own > flow.left) {
      put();
      flow.turn();
    }
    paragraphs.push(paragraph);
    figures.push(...chipsOf(section.sentences[at]!.text));
    height += own;
  }
  put();
  if (key === null) return;
  if (NOTE.height > flow.left) flow.turn();
  flow.add({ kind: 'note', text: key, box: flow.place(NOTE.height) }, []);
}

const shown = ({ rows, total, note }: ReviewTable): string | null =>
  note ?? (total > rows.length ? `${rows.length} of ${total} rows` : rows.length === 0 ? 'none' : null);

/** A table in as many parts as it needs, each with its header. */
function addTable(flow: Flow, table: ReviewTable): void {
  const layout = laidOut(table, BODY.width, ROW_MOST);
  const name = oneLine(table.title);
  const note = shown(table);
  const start = [name, ...(note === null ? [] : [oneLine(note)])];
  let from = 0;
  do {
    let count = rowsThatFit(layout, from, flow.left - CAPTION.height);
    const isStub = from + count < layout.rows.length && count < 3;
    if (!flow.isEmpty && (isStub || flow.left < 1.2)) {
      flow.turn();
      count = rowsThatFit(layout, from, flow.left - CAPTION.height);
    }
    count = Math.max(count, Math.min(1, layout.rows.length));
    const isPart = count < layout.rows.length;
    const caption = [...start, ...(isPart ? [`rows ${from + 1} to ${from + count} of ${layout.rows.length}`] : [])];
    const height = CAPTION.height + heightOfRows(layout, from, count);
    flow.add(
      { kind: 'table', name, caption: caption.join(' · '), layout, from, count, box: flow.place(height) },
      figuresIn(layout, from, count),
    );
    from += count;
    if (from < layout.rows.length) flow.turn();
  } while (from < layout.rows.length);
}

/** Below what a flow already holds: the picture, and its table beside it where that fits, else on the slides after it. */
function addDrawing(flow: Flow, drawing: ReviewDrawing): void {
  const table = tableOfDrawing(drawing);
  const height = flow.left;
  const layouts = BESIDE_SIZES.map((size) => laidOut(table, BESIDE_PICTURE, height, [size]));
  const tallOf = (layout: TableLayout) => heightOfRows(layout, 0, layout.rows.length);
  const fitting = layouts.find((layout) => tallOf(layout) <= height);
  const beside = fitting ?? layouts[0]!;
  const isBeside = fitting !== undefined;
  const { x, y } = flow.place(height);
  const width = BODY.width - (isBeside ? BESIDE_PICTURE + 0.3 : 0);
  const figures = figuresIn(beside, 0, beside.rows.length);
  if (isBeside) {
    const box = { x: x + width + 0.3, y, width: BESIDE_PICTURE, height: tallOf(beside) };
    const part = { name: oneLine(drawing.message), caption: null, layout: beside, from: 0, count: beside.rows.length };
    flow.add({ kind: 'table', ...part, box }, figures);
  }
  flow.add({ kind: 'picture', drawing, box: { x, y, width, height } }, figures);
  flow.turn();
  if (!isBeside) addTable(flow, { ...table, title: 'The values of the picture', note: null });
  flow.turn();
}

/** One message a slide: that of the drawing. */
function drawingSlides(drawing: ReviewDrawing, document: ReviewDocument): readonly Slide[] {
  const flow = new Flow(asSentence(told(drawing.message, document)), told(drawing.about, document));
  addDrawing(flow, drawing);
  return flow.slides;
}

const isWhole = (table: ReviewTable, height: number): boolean => {
  const layout = laidOut(table, BODY.width, ROW_MOST);
  return CAPTION.height + heightOfRows(layout, 0, layout.rows.length) <= height;
};

/**
 * Slides of a section: its sentences with the tables that fit below them, then its drawings, then its other tables. A few words alone make no
 * slide: they stand above the first drawing.
 */
export function sectionSlides(section: ReviewSection, document: ReviewDocument): readonly Slide[] {
  const title = asSentence(oneLine(toldSection(section, document.figures).title));
  const about = told(section.about, document);
  const [first, ...others] = section.drawings;
  const flow = new Flow(title, first === undefined ? about : told(first.about, document));
  const start = new Flow(title, about);
  addSentences(start, section, document);
  const isLead = start.slides.length === 0 && BODY_HEIGHT - start.left <= LEAD_MOST + GAP;
  const tables = [...section.tables];
  const drawn: Slide[] = [];
  if (
    first !== undefined &&
    isLead &&
    (section.sentences.length === 0 || !tables[0] || !isWhole(tables[0], start.left))
  ) {
    addSentences(flow, section, document);
    const caption = asSentence(told(first.message, document));
    if (caption !== title) flow.add({ kind: 'caption', text: caption, box: flow.place(CAPTION.height) }, []);
    inPart(`the drawing “${first.message}”`, () => addDrawing(flow, first));
    drawn.push(...flow.slides);
  } else {
    while (tables[0] && (section.drawings.length === 0 || isWhole(tables[0], start.left)))
      inPart(`the table “${tables[0].title}”`, () => addTable(start, tables.shift()!));
    start.turn();
    drawn.push(...start.slides);
    if (first !== undefined) others.unshift(first);
  }
  for (const drawing of others)
    drawn.push(...inPart(`the drawing “${drawing.message}”`, () => drawingSlides(drawing, document)));
  const rest = new Flow(drawn.length === 0 ? title : continued(title), about);
  for (const table of tables) inPart(`the table “${table.title}”`, () => addTable(rest, table));
  rest.turn();
  const slides = [...drawn, ...rest.slides];
  const cited = chipsOf(section.title);
  if (slides.length === 0) return [{ title, about, blocks: [], figures: cited }];
  return slides.map((slide) => ({ ...slide, figures: [...new Set([...cited, ...slide.figures])] }));
}
