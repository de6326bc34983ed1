import type { ReviewCell, ReviewDocument } from '../../contract/review.js';
import { chipsOf } from '../../core/review/narrative.js';
import { svgOf } from '../../core/review/drawings/drawing.js';
import { COLOUR as TOKENS, toneOf } from '../../core/review/drawings/svg.js';
import { coverOf, recommendationsIn } from '../../contract/review-cover.js';
import { printedParts, toldSection } from '../../contract/review-marks.js';
import { sectionsOnPages } from '../../contract/review-pages.js';
import { identityOf, inPart, type Pack, packInstant, titleOf } from './pack.js';
import { pngOf } from './pictures.js';
import {
  type Deck,
  Presentation,
  type TableCell,
  type TableCellLook,
  type TextLook,
  type Writer,
} from './pptx-library.js';
import { finished } from './pptx-parts.js';
import { ledgerSection } from './slide-ledger.js';
import { describedDrawing, notesOf } from './slide-notes.js';
import { BODY_AFTER, type Cover, COVER_TITLE, coverOn, INDENT, type Placed } from './slide-cover.js';
import { ABOUT_BOX, type Block, BODY, type Box, CAPTION, MARGIN, NOTE, type Slide, TEXT, TITLE } from './slide-flow.js';
import { CELL_MARGIN } from './slide-tables.js';
import { asSentence, type Fitted, oneLine } from './slide-text.js';
import { sectionSlides } from './slides.js';

/** The review as a presentation: a sentence heads each slide, charts are pictures with their values in words, tables are tables. */

const FONT = 'Arial';
const COLOUR = Object.fromEntries(Object.entries(TOKENS).map(([name, value]) => [name, hex(value)])) as Record<
  keyof typeof TOKENS,
  string
>;
function hex(colour: string): string {
  return colour.slice(1).toUpperCase();
}

const POINTS_PER_INCH = 72;
/** Twice what a screen of 96 pixels an inch shows. */
const PIXELS_PER_INCH = 192;

const plain = { fontFace: FONT, margin: 0, valign: 'top', fit: 'none' } as const;

const placeOf = ({ x, y, width, height }: Box) => ({ x, y, w: width, h: height });

const writeTitle = (slide: Writer, { text, points }: Fitted): void =>
  void slide.addText(text, { placeholder: 'title', fontSize: points });

const cellLook = ({ impact }: ReviewCell): TableCellLook =>
  impact === 'favourable' || impact === 'unfavourable' ? { color: hex(toneOf(impact)) } : {};

function writeTable(
  slide: Writer,
  { name, caption, layout, from, count, box }: Extract<Block, { kind: 'table' }>,
): void {
  if (caption !== null)
    slide.addText(caption.text, {
      ...plain,
      ...placeOf({ ...box, height: caption.height }),
      ...{ fontSize: CAPTION.points, bold: true, color: COLOUR.ink },
    });
  const none = { type: 'none' } as const;
  const line = (pt: number, color: string) => ({ type: 'solid', pt, color }) as const;
  const header = layout.columns.map(({ title, isNumber }): TableCell => ({
    text: title,
    options: {
      ...{ bold: true, color: COLOUR.ink2, align: isNumber ? 'right' : 'left', valign: 'bottom' },
      border: [none, none, line(1, COLOUR.ac), none],
    },
  }));
  const rows = layout.rows.slice(from, from + count).map(({ cells }) =>
    cells.map((cell, at): TableCell => ({
      text: cell.text,
      options: {
        ...{ align: layout.columns[at]!.isNumber ? 'right' : 'left', valign: 'top' },
        border: [none, none, line(0.5, COLOUR.rule), none],
        ...cellLook(cell),
      },
    })),
  );
  slide.addTable([header, ...rows], {
    objectName: name,
    ...{ x: box.x, y: box.y + (caption?.height ?? 0) },
    w: layout.columns.reduce((sum, { width }) => sum + width, 0),
    colW: layout.columns.map(({ width }) => width),
    rowH: [layout.headerHeight, ...layout.rows.slice(from, from + count).map(({ height }) => height)],
    ...{ fontFace: FONT, fontSize: layout.points, color: COLOUR.ink, margin: [...CELL_MARGIN] },
    autoPage: false,
  });
}

function writeBlock(slide: Writer, block: Block, document: ReviewDocument): void {
  const { width, height } = block.box;
  const place = placeOf(block.box);
  switch (block.kind) {
    case 'text':
      slide.addText(
        block.paragraphs.map((text) => ({
          text,
          options: { breakLine: true, paraSpaceAfter: TEXT.after * POINTS_PER_INCH },
        })),
        { ...plain, ...place, fontSize: TEXT.points, color: COLOUR.ink },
      );
      return;
    case 'note':
      slide.addText(block.text, { ...plain, ...place, fontSize: NOTE.points, color: COLOUR.ink2 });
      return;
    case 'caption':
      slide.addText(block.text, { ...plain, ...place, fontSize: CAPTION.points, bold: true, color: COLOUR.ink });
      return;
    case 'picture': {
      const svg = svgOf(block.drawing, { width: width * POINTS_PER_INCH, height: height * POINTS_PER_INCH });
      slide.addImage({
        data: `image/png;base64,${pngOf(svg, width * PIXELS_PER_INCH).toString('base64')}`,
        ...place,
        altText: describedDrawing(block.drawing, document),
      });
      return;
    }
    case 'table':
      writeTable(slide, block);
  }
}

function writeSlide(writer: Writer, slide: Slide, document: ReviewDocument): void {
  writeTitle(writer, slide.title);
  const { text, points } = slide.about;
  writer.addText(text, { ...plain, ...placeOf(ABOUT_BOX), color: COLOUR.ink2, fontSize: points });
  for (const block of slide.blocks) writeBlock(writer, block, document);
}

/** What the review is for and what it asks, and how it is known: its whole hash, which no footer has room for. */
function coverSlide(document: ReviewDocument, sha256: string): Cover {
  const cover = coverOf(document, sha256);
  const texts = {
    organisation: oneLine(cover.organisation),
    title: oneLine(cover.title),
    purpose: `${cover.purpose} · ${cover.classification}`,
    message: asSentence(oneLine(printedParts(cover.message, document.figures))),
    recommended: recommendationsIn(cover, document).map(oneLine),
    said: toldSection(sectionsOnPages(document)[0]!, document.figures).sentences.map(oneLine),
    known: [...cover.facts.map(([name, fact]) => `${name}: ${fact}`), ...(cover.key === null ? [] : [cover.key])].map(
      oneLine,
    ),
  };
  return coverOn(texts, `${texts.organisation} · ${texts.title}`);
}

const LINES = {
  heading: { bold: true },
  numbered: { bullet: { type: 'number', indent: INDENT * POINTS_PER_INCH } },
  plain: {},
} as const;

function writeCover(writer: Writer, { organisation, title, purpose, message, body, known }: Cover): void {
  const text = ({ text: words, points, box }: Placed, look: TextLook) =>
    writer.addText(words, { ...plain, ...placeOf(box), fontSize: points, color: COLOUR.ink, ...look });
  writeTitle(writer, message);
  text(organisation, { color: COLOUR.ink2 });
  text(title, { bold: true });
  text(purpose, { color: COLOUR.ink2 });
  if (body !== null)
    writer.addText(
      body.lines.map((line) => ({
        text: line.text,
        options: { ...LINES[line.kind], breakLine: true, paraSpaceAfter: BODY_AFTER * POINTS_PER_INCH },
      })),
      { ...plain, ...placeOf(body.box), color: COLOUR.ink, fontSize: body.points },
    );
  writer.addText(
    known.lines.map((line) => ({ text: line, options: { breakLine: true } })),
    { ...plain, ...placeOf(known.box), fontSize: known.points, color: COLOUR.ink2 },
  );
}

/** The place of the title: what is written into it, the library puts there and nowhere else. */
const masterOf = (title: 'Cover' | 'Review'): Parameters<Deck['defineSlideMaster']>[0] => ({
  title,
  background: { color: COLOUR.card },
  objects: [
    {
      placeholder: {
        options: {
          ...{ name: 'title', type: 'title', align: 'left', bold: true, color: COLOUR.ink },
          ...{ x: MARGIN, y: title === 'Cover' ? COVER_TITLE : TITLE.y, w: BODY.width, h: TITLE.height },
          ...plain,
          valign: 'bottom',
        },
        text: '',
      },
    },
  ],
});

/** The cover's own tables and drawings stand after it; its title and sentences on it. */
const afterCover = (section: ReviewDocument['sections'][number]): ReviewDocument['sections'][number][] =>
  section.tables.length + section.drawings.length === 0 ? [] : [{ ...section, sentences: [] }];

/**
 * Makes the presentation of a review: 16:9, in British English, with the place of every figure in the notes.
 *
 * @returns bytes of a `.pptx`, the same for the same review
 * @throws PackFailed that names the section
 */
export const pptxPack: Pack = async ({ document, sha256 }) => {
  const deck = new Presentation();
  const identity = identityOf(document, sha256);
  deck.layout = 'LAYOUT_WIDE';
  deck.theme = { headFontFace: FONT, bodyFontFace: FONT };
  deck.title = oneLine(titleOf(document));
  deck.subject = oneLine(identity);
  deck.author = oneLine(document.frozen?.by ?? document.review.organisation);
  deck.company = oneLine(document.review.organisation);
  deck.revision = String(document.review.revision);
  for (const name of ['Cover', 'Review'] as const) deck.defineSlideMaster(masterOf(name));
  const [cover, ...others] = sectionsOnPages(document);
  const sections = [...afterCover(cover!), ...others, ledgerSection(document)];
  const first = coverSlide(document, sha256);
  const slides = [
    ...first.further,
    ...sections.flatMap((section) => inPart(`section “${section.title}”`, () => sectionSlides(section, document))),
  ];
  const pages = slides.length + 1;
  /** What is written first is read first: the title, and the line of the page last. */
  const add = (at: number, keys: readonly string[], about: string, write: (writer: Writer) => void): void => {
    const writer = deck.addSlide({ masterName: at === 0 ? 'Cover' : 'Review' });
    write(writer);
    writer.addText(`${identity} · page ${at + 1} of ${pages}`, {
      ...plain,
      ...{ x: MARGIN, y: 7.05, w: BODY.width, h: 0.25, fontSize: 9, color: COLOUR.ink2, valign: 'middle' },
    });
    writer.addNotes(notesOf(keys, about, document).join('\n'));
  };
  const coverTexts = [cover!.title, ...cover!.sentences.map(({ text }) => text)];
  add(0, [...new Set(coverTexts.flatMap(chipsOf))], identity, (writer) => writeCover(writer, first));
  for (const [at, slide] of slides.entries())
    inPart(`the slide “${slide.title.text}”`, () =>
      add(at + 1, slide.figures, slide.about.text, (writer) => writeSlide(writer, slide, document)),
    );
  return finished((await deck.write({ outputType: 'nodebuffer' })) as Uint8Array, packInstant(document));
};
