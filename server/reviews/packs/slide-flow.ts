import type { ReviewDrawing } from '../../contract/review.js';
import { BOLD, type TableLayout } from './slide-tables.js';
import { continued, type Fitted, fitted, heightOf, linesIn, linesOf, piecesOf } from './slide-text.js';

/** Slides of one message, filled from the top, and never with more than they hold. Lengths are inches on a slide of 13.33 × 7.5. */

const WIDTH = 13.333;
export const MARGIN = 0.5;
export const BODY = { x: MARGIN, y: 1.72, width: WIDTH - 2 * MARGIN, bottom: 6.9 } as const;
export const BODY_HEIGHT = BODY.bottom - BODY.y;
export const TITLE = { y: 0.35, height: 0.95, sizes: [24, 22, 20, 18, 16, 14] } as const;
/** Who, what, when. */
const ABOUT = { height: 0.3, sizes: [12, 11, 10, 9] } as const;
export const ABOUT_BOX = { x: MARGIN, y: TITLE.y + TITLE.height, width: BODY.width, height: ABOUT.height } as const;
export const GAP = 0.18;
export const CAPTION = { points: 12, after: 0.12, lines: 3 } as const;
export const TEXT = { points: 16, after: 0.1 } as const;
/** What the marks in a text mean, below it. */
export const NOTE = { points: 11 } as const;
/** Readers whose letters are wider than ours. */
const SPARE = 0.2;
export const TEXT_WIDTH = BODY.width - SPARE;
const BOLD_WIDTH = TEXT_WIDTH / BOLD;

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
      /** What heads a slide that shows it alone, as a sentence. */
      readonly message: string;
      /** Above it, in the box, with the height that it takes. */
      readonly caption: { readonly text: string; readonly height: number } | null;
      readonly layout: TableLayout;
      readonly from: number;
      readonly count: number;
      readonly box: Box;
    };
export interface Slide {
  readonly title: Fitted;
  /** Who, what, when. */
  readonly about: Fitted;
  readonly blocks: readonly Block[];
  /** Keys of figures that stand on it. */
  readonly figures: readonly string[];
}
/** A paragraph, and the keys of its figures. */
export interface Said {
  readonly text: string;
  readonly figures: readonly string[];
}

/** A title in its place, which readers know for one however long it is. */
export const titleIn = (title: string, isFurther = false): Fitted =>
  fitted(isFurther ? continued(title) : title, BOLD_WIDTH, TITLE.height, TITLE.sizes, isFurther ? continued('…') : '…');
export const aboutIn = (about: string): Fitted => fitted(about, TEXT_WIDTH, ABOUT.height, ABOUT.sizes);

const captionLines = (text: string): number => linesOf(text, BOLD_WIDTH, CAPTION.points).length;
export const captionHeight = (text: string): number => heightOf(captionLines(text), CAPTION.points) + CAPTION.after;
/** Whether it is a caption still, and no text. */
export const isCaption = (text: string): boolean => captionLines(text) <= CAPTION.lines;
/** The beginning of a caption, in one line. */
export const shortCaption = (text: string): string =>
  fitted(text, BOLD_WIDTH, heightOf(1, CAPTION.points), [CAPTION.points]).text;

const paragraphHeight = (text: string): number =>
  heightOf(linesOf(text, TEXT_WIDTH, TEXT.points).length, TEXT.points) + TEXT.after;

export class Flow {
  readonly slides: Slide[] = [];
  private blocks: Block[] = [];
  private figures: string[] = [];
  private y: number = BODY.y;

  /** @param isFurther that its first slide goes on from one before */
  constructor(
    private readonly title: string,
    private readonly about: string,
    private readonly isFurther = false,
  ) {
    // What its place at the head cannot hold is told in full below it, once.
    if (isFurther) return;
    const cut = [titleIn(title).isCut ? title : null, aboutIn(about).isCut ? about : null];
    this.say(cut.flatMap((text) => (text === null ? [] : [{ text, figures: [] }])));
  }

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
    const title = titleIn(this.title, this.isFurther || this.slides.length > 0);
    const about = aboutIn(this.about);
    this.slides.push({ title, about, blocks: this.blocks, figures: [...new Set(this.figures)] });
    [this.blocks, this.figures, this.y] = [[], [], BODY.y];
  }
  /** Paragraphs below each other, on as many slides as they need; one that is higher than a slide goes on on the next. */
  say(said: readonly Said[]): void {
    let [paragraphs, figures, height] = [[] as string[], [] as string[], 0];
    const put = () => {
      if (paragraphs.length > 0) this.add({ kind: 'text', paragraphs, box: this.place(height) }, figures);
      [paragraphs, figures, height] = [[], [], 0];
    };
    const most = linesIn(BODY_HEIGHT - TEXT.after, TEXT.points);
    for (const each of said)
      for (const part of piecesOf(each.text, TEXT_WIDTH, TEXT.points, most)) {
        const own = paragraphHeight(part);
        if (height + own > this.left) {
          put();
          this.turn();
        }
        paragraphs.push(part);
        figures.push(...each.figures);
        height += own;
      }
    put();
  }
  /** Small, of what stands above it. */
  note(text: string): void {
    const height = heightOf(linesOf(text, TEXT_WIDTH, NOTE.points).length, NOTE.points);
    if (height > this.left) this.turn();
    this.add({ kind: 'note', text, box: this.place(height) }, []);
  }
  /** A line above what follows. */
  caption(text: string): void {
    if (isCaption(text)) this.add({ kind: 'caption', text, box: this.place(captionHeight(text)) }, []);
    else this.say([{ text, figures: [] }]);
  }
}
