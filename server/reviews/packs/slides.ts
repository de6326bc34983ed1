import type { ReviewDocument, ReviewDrawing, ReviewSection, ReviewTable } from '../../contract/review.js';
import { toldSection } from '../../contract/review-marks.js';
import { chipsOf } from '../../core/review/narrative.js';
import { tableOfDrawing } from './drawing-table.js';
import { shownTable } from './empty-table.js';
import { inPart, SECTION_NAMES } from './pack.js';
import {
  aboutIn,
  BODY,
  BODY_HEIGHT,
  captionHeight,
  Flow,
  GAP,
  isCaption,
  shortCaption,
  type Slide,
  titleIn,
} from './slide-flow.js';
import { heightOfRows, laidOut, rowsThatFit, type TableLayout } from './slide-tables.js';
import { asSentence, oneLine, told } from './slide-text.js';

/** Which slide holds what: one message a slide, and never more than it holds. Lengths are inches. */

/** Of a row: what needs more is told in several. */
const ROW_MOST = BODY_HEIGHT - 1.5;
/** Letters of a table that else would go on on a further slide. */
const SMALLER = [11, 10] as const;
/** Rows of each part of a table that goes on. */
const PART_LEAST = 4;
/** Beside a picture, where its table fits there. */
const BESIDE_PICTURE = 5.2;
const BESIDE_SIZES = [11, 10, 9] as const;
/** A lower picture shows nothing. */
const PICTURE_LEAST = 2.6;
/** Sentences that stand above a picture, and no more. */
const LEAD_MOST = 1.1;

const figuresIn = (layout: TableLayout, from: number, count: number): string[] =>
  layout.rows.slice(from, from + count).flatMap(({ cells }) => cells.flatMap(({ figure }) => figure ?? []));

/** The sentences of a section, and what the marks in them mean. */
function addSentences(flow: Flow, section: ReviewSection, { figures }: ReviewDocument): void {
  const { sentences, key } = toldSection(section, figures);
  flow.say(sentences.map((text, at) => ({ text: oneLine(text), figures: chipsOf(section.sentences[at]!.text) })));
  if (key !== null) flow.note(key);
}

const shown = ({ rows, total, note }: ReviewTable): string | null =>
  note ?? (total > rows.length ? `${rows.length} of ${total} rows` : null);

const rowsOf = (from: number, to: number, of: number): string => `rows ${from} to ${to} of ${of}`;

/** What stands above a table, or above a part of it. A title that is too long for a caption is told as a text, and shortened in the captions. */
const captionOf = (
  table: ReviewTable,
): { readonly start: string; readonly isLong: boolean; readonly whole: string } => {
  const name = oneLine(table.title);
  const note = shown(table);
  const whole = [name, ...(note === null ? [] : [oneLine(note)])].join(' · ');
  const { length } = table.rows;
  const isLong = !isCaption(`${whole} · ${rowsOf(length, length, length)}`);
  return { start: isLong ? shortCaption(name) : whole, isLong, whole };
};

/** With smaller letters where a slide then holds all of it. */
const layoutOf = (table: ReviewTable): TableLayout => {
  const layout = laidOut(table, BODY.width, ROW_MOST);
  const room = BODY_HEIGHT - captionHeight(captionOf(table).start);
  const isOnOne = (each: TableLayout): boolean => heightOfRows(each, 0, each.rows.length) <= room;
  if (isOnOne(layout)) return layout;
  const smaller = SMALLER.filter((size) => size < layout.points);
  return smaller.map((size) => laidOut(table, BODY.width, ROW_MOST, [size])).find(isOnOne) ?? layout;
};

/** `Waiting for a decision: 12 of 18 open decisions.` */
const messageOf = (table: ReviewTable): string => {
  const limit = /^\d+ of \d+ [^.;·]+/.exec(shown(table) ?? '')?.[0];
  return asSentence([oneLine(table.title), ...(limit === undefined ? [] : [oneLine(limit)])].join(': '));
};

/** A table in as many parts as it needs, each with its header. */
function addTable(flow: Flow, table: ReviewTable, message = messageOf(table)): void {
  const layout = layoutOf(table);
  const name = oneLine(table.title);
  const { start, isLong, whole } = captionOf(table);
  if (isLong) flow.say([{ text: whole, figures: [] }]);
  const { length } = layout.rows;
  const above = captionHeight(`${start} · ${rowsOf(length, length, length)}`);
  let from = 0;
  do {
    let count = rowsThatFit(layout, from, flow.left - above);
    const isStub = from + count < length && count < 3;
    if (!flow.isEmpty && (isStub || flow.left < 1.2)) {
      flow.turn();
      count = rowsThatFit(layout, from, flow.left - above);
    }
    count = Math.max(count, Math.min(1, length));
    const rest = length - from - count;
    // No slide for a row or two: the one before gives some of its own.
    if (rest > 0 && rest < PART_LEAST && count >= 2 * PART_LEAST) count -= PART_LEAST - rest;
    const text = count < length ? `${start} · ${rowsOf(from + 1, from + count, length)}` : start;
    const caption = { text, height: captionHeight(text) };
    const box = flow.place(caption.height + heightOfRows(layout, from, count));
    flow.add({ kind: 'table', name, message, caption, layout, from, count, box }, figuresIn(layout, from, count));
    from += count;
    if (from < length) flow.turn();
  } while (from < length);
}

/** Below what a flow already holds: the picture, and its table beside it where that fits, else on the slides after it. */
function addDrawing(flow: Flow, drawing: ReviewDrawing): void {
  const table = tableOfDrawing(drawing);
  if (flow.left < PICTURE_LEAST) flow.turn();
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
    const message = asSentence(oneLine(drawing.message));
    const part = {
      name: oneLine(drawing.message),
      message,
      caption: null,
      layout: beside,
      from: 0,
      count: beside.rows.length,
    };
    flow.add({ kind: 'table', ...part, box }, figures);
  }
  flow.add({ kind: 'picture', drawing, box: { x, y, width, height } }, figures);
  flow.turn();
  if (!isBeside)
    addTable(flow, { ...table, title: 'The values of the picture', note: null }, asSentence(oneLine(drawing.message)));
  flow.turn();
}

/** One message a slide: that of the drawing. */
function drawingSlides(drawing: ReviewDrawing, document: ReviewDocument): readonly Slide[] {
  const flow = new Flow(asSentence(told(drawing.message, document)), told(drawing.about, document));
  addDrawing(flow, drawing);
  return flow.slides;
}

const isWhole = (table: ReviewTable, height: number): boolean => {
  const layout = layoutOf(table);
  const { start, isLong } = captionOf(table);
  return !isLong && captionHeight(start) + heightOfRows(layout, 0, layout.rows.length) <= height;
};

/**
 * One message a slide: after the first, which says what the section does, one that shows a table alone is headed by what that table says.
 * @param about the section, and who, what and when
 */
const withOwnTitles = (slides: readonly Slide[], about: string): readonly Slide[] =>
  slides.map((slide, at) => {
    const [block] = slide.blocks;
    if (at === 0 || slide.blocks.length !== 1 || block?.kind !== 'table') return slide;
    return { ...slide, title: titleIn(block.message, block.from > 0), about: aboutIn(about) };
  });

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
  const tables = section.tables.map(shownTable);
  const drawn: Slide[] = [];
  if (
    first !== undefined &&
    isLead &&
    (section.sentences.length === 0 || !tables[0] || !isWhole(tables[0], start.left))
  ) {
    addSentences(flow, section, document);
    const caption = asSentence(told(first.message, document));
    if (caption !== title) flow.caption(caption);
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
  const rest = new Flow(title, about, drawn.length > 0);
  for (const table of tables) inPart(`the table “${table.title}”`, () => addTable(rest, table));
  rest.turn();
  const slides = [...drawn, ...rest.slides];
  const cited = chipsOf(section.title);
  if (slides.length === 0) return [{ title: titleIn(title), about: aboutIn(about), blocks: [], figures: cited }];
  return withOwnTitles(slides, `${SECTION_NAMES[section.id]} · ${about}`).map((slide) => ({
    ...slide,
    figures: [...new Set([...cited, ...slide.figures])],
  }));
}
