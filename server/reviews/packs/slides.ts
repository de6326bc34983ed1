import type { ReviewDocument, ReviewDrawing, ReviewSection, ReviewTable } from '../../contract/review.js';
import { sectionsFromCover } from '../../contract/review-cover.js';
import { isUntold, nothingTold } from '../../contract/review-pages.js';
import { toldSection } from '../../contract/review-marks.js';
import { chipsOf } from '../../core/review/narrative.js';
import { tableSentence } from '../../core/review/table-sentences.js';
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
import { asSentence, continued, oneLine, told } from './slide-text.js';

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

/** The sentences of a section from one on, and what the marks in them mean. */
function addSentences(flow: Flow, section: ReviewSection, { figures }: ReviewDocument, from: number): void {
  const { sentences, key } = toldSection(section, figures);
  const said = sentences.map((text, at) => ({ text: oneLine(text), figures: chipsOf(section.sentences[at]!.text) }));
  flow.say(said.slice(from));
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

/** Slides of its own that a table takes from a row on. */
const slidesFor = (layout: TableLayout, from: number, room: number): number => {
  let [slides, at] = [0, from];
  while (at < layout.rows.length) {
    at += Math.max(1, rowsThatFit(layout, at, room));
    slides += 1;
  }
  return slides;
};

/** In the largest letters of those in which it takes the fewest slides. */
const layoutOf = (table: ReviewTable): TableLayout => {
  const layout = laidOut(table, BODY.width, ROW_MOST);
  const room = BODY_HEIGHT - captionHeight(captionOf(table).start);
  const smaller = SMALLER.filter((size) => size < layout.points);
  const layouts = [layout, ...smaller.map((size) => laidOut(table, BODY.width, ROW_MOST, [size]))];
  const counts = layouts.map((each) => slidesFor(each, 0, room));
  return layouts[counts.indexOf(Math.min(...counts))]!;
};

/** So many rows of those that fit that the slides after it are as full as it is: none is left a few rows that the others could give it. */
const evenly = (layout: TableLayout, from: number, most: number, room: number): number => {
  const more = slidesFor(layout, from + most, room);
  if (more === 0) return most;
  let count = Math.min(most, Math.ceil((layout.rows.length - from) / (more + 1)));
  while (count < most && slidesFor(layout, from + count, room) > more) count += 1;
  return count;
};

/** A table in as many parts as it needs, each with its header. */
function addTable(flow: Flow, of: ReviewTable, message = oneLine(tableSentence(of))): void {
  const table = shownTable(of);
  const layout = layoutOf(table);
  const name = oneLine(table.title);
  const { start, isLong, whole } = captionOf(table);
  if (isLong) flow.say([{ text: whole, figures: [] }]);
  const { length } = layout.rows;
  const above = captionHeight(`${start} · ${rowsOf(length, length, length)}`);
  const room = BODY_HEIGHT - above;
  let from = 0;
  do {
    let count = rowsThatFit(layout, from, flow.left - above);
    const isParted = from + count < length;
    const isStub =
      isParted && (count < PART_LEAST || slidesFor(layout, from, room) === slidesFor(layout, from + count, room));
    if (!flow.isEmpty && (isStub || flow.left < 1.2)) {
      flow.turn();
      count = rowsThatFit(layout, from, flow.left - above);
    }
    count = evenly(layout, from, Math.max(count, Math.min(1, length)), room);
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

const isWhole = (of: ReviewTable, height: number): boolean => {
  const table = shownTable(of);
  const layout = layoutOf(table);
  const { start, isLong } = captionOf(table);
  return !isLong && captionHeight(start) + heightOfRows(layout, 0, layout.rows.length) <= height;
};

/**
 * One message a slide: after the first, which says what the section does, one with tables is headed by what these say.
 * @param about the section, and who, what and when
 */
const withOwnTitles = (slides: readonly Slide[], about: string): readonly Slide[] =>
  slides.map((slide, at) => {
    const tables = slide.blocks.flatMap((block) => (block.kind === 'table' ? [block] : []));
    if (at === 0 || tables.length === 0 || slide.blocks.some(({ kind }) => kind === 'picture')) return slide;
    const said = tables.map(({ message, from }) => (from > 0 ? continued(message) : message));
    return { ...slide, title: titleIn(said.join(' ')), about: aboutIn(about) };
  });

/** Whether the cover has said the title of a section: then the first of its sentences heads it. */
const isSaidOnCover = ({ id, title, sentences }: ReviewSection, document: ReviewDocument): boolean =>
  id !== 'cover' && sentences.length > 0 && title === sectionsFromCover(document)[0]!.title;

/**
 * Slides of a section: its sentences with the tables that fit below them, then its drawings, then its other tables. A few words alone make no
 * slide: they stand above the first drawing.
 */
export function sectionSlides(section: ReviewSection, document: ReviewDocument): readonly Slide[] {
  const own = toldSection(section, document.figures);
  const from = isSaidOnCover(section, document) ? 1 : 0;
  const title = asSentence(oneLine(from === 0 ? own.title : own.sentences[0]!));
  const about = told(section.about, document);
  const [first, ...others] = section.drawings;
  const flow = new Flow(title, first === undefined ? about : told(first.about, document));
  const start = new Flow(title, about);
  addSentences(start, section, document, from);
  if (isUntold(section)) start.say([{ text: nothingTold(section), figures: [] }]);
  const isLead = start.slides.length === 0 && BODY_HEIGHT - start.left <= LEAD_MOST + GAP;
  const tables = [...section.tables];
  const drawn: Slide[] = [];
  if (
    first !== undefined &&
    isLead &&
    (section.sentences.length === from || !tables[0] || !isWhole(tables[0], start.left))
  ) {
    addSentences(flow, section, document, from);
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
  const cited = chipsOf(from === 0 ? section.title : section.sentences[0]!.text);
  if (slides.length === 0) return [{ title: titleIn(title), about: aboutIn(about), blocks: [], figures: cited }];
  return withOwnTitles(slides, `${SECTION_NAMES[section.id]} · ${about}`).map((slide) => ({
    ...slide,
    figures: [...new Set([...cited, ...slide.figures])],
  }));
}
