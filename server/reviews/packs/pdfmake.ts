import pdfmake from 'pdfmake';
import type { Column, Content, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import type { Impact } from '../../contract/overview.js';
import type { ReviewDrawing, ReviewTable } from '../../contract/review.js';
import { COLOUR } from '../../core/review/drawings/svg.js';
import { inPart } from './pack.js';
import { type Block, type Chapter, type Paper } from './paper.js';
import { BESIDE, CELL, CONTENT, GUTTER, MEASURE, SHEET, TABLE_FONT } from '../../contract/paper-sheet.js';
import { decimalShifts, type PicturePlace, pictureOf, SHORT } from './page-layout.js';
import { figureHeight, isTogether, measured, textHeight } from './paper-heights.js';
import { ROBOTO } from './roboto.js';

/** A review as a PDF where the machine has no browser: the same pages and words, with bookmarks, but without tags for screen readers. */

/** Points of a length in pixels. */
const pt = (pixels: number): number => pixels * 0.75;

pdfmake.setFonts({
  Roboto: {
    normal: ROBOTO.normal,
    bold: ROBOTO.bold,
    italics: ROBOTO.normal,
    bolditalics: ROBOTO.bold,
  },
});
// A text is a text, whatever it looks like: nothing is fetched, and of the machine only the fonts are read.
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((path) => Object.values(ROBOTO).some((file) => file === path));

/** What Roboto has no sign for: it knows Latin, Greek and Cyrillic. */
const UNKNOWN =
  /[^\n\x20-\x7e\u00a0-\u017f\u0192\u0218-\u021b\u02c6\u02c7\u02c9\u02d8-\u02dd\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce\u0400-\u0486\u0488-\u0513\u1e80-\u1e85\u1ea0-\u1ef9\u2000-\u200b\u2010\u2011\u2013-\u2015\u2017-\u201e\u2020-\u2022\u2025-\u2027\u2030\u2032\u2033\u2039\u203a\u203c\u2044\u2070\u2074-\u208e\u20a3\u20a4\u20a6-\u20ac\u20b1\u20b9\u20ba\u20bc\u20bd\u2105\u2113\u2116\u2122\u2126\u212e\u215b-\u215e\u2202\u2206\u220f\u2211\u2212\u221a\u221e\u222b\u2248\u2260\u2264\u2265\u25ca\ufb01-\ufb04\ufffd]/gu;
const ARROWS: Readonly<Record<string, string>> = { '→': '->', '←': '<-', '\t': ' ', '≙': '=' };

/** A text in the signs of the font: of another script each is seen as `�`, so that nobody takes the text for whole. */
export const inFont = (text: string): string => text.replace(UNKNOWN, (sign) => ARROWS[sign] ?? '\u{fffd}');

const TONES: Record<Impact, string | undefined> = {
  favourable: COLOUR.good,
  unfavourable: COLOUR.bad,
  neutral: undefined,
};
const TEXT = { size: 13.5, spacing: 1.2 } as const;
const TITLE = { size: 14.5, spacing: 1.1 } as const;
const SMALL = { fontSize: pt(11.5), color: COLOUR.ink2 } as const;

/** @param room that has to be left on its page for it and what follows, in pixels; left out, other things keep them together */
const heading = (text: string, parent: string, room?: number): Content => ({
  text: inFont(text),
  bold: true,
  fontSize: pt(TITLE.size),
  lineHeight: TITLE.spacing,
  ...(room === undefined ? {} : { headlineLevel: pt(room) }),
  outline: true,
  outlineText: inFont(text),
  outlineParentId: parent,
});

const figure = (drawing: ReviewDrawing, place: PicturePlace, parent: string): Column => {
  const { svg, width, height } = pictureOf(drawing, place);
  return {
    stack: [
      heading(drawing.message, parent),
      { text: inFont(drawing.about), ...SMALL, margin: [0, pt(2), 0, pt(8)] },
      { svg: inFont(svg), width: pt(width), height: pt(height) },
    ],
    unbreakable: isTogether(figureHeight(drawing, place)),
    width: pt(width),
  };
};

const paragraphs = (texts: readonly string[]): Content[] =>
  texts.map((text, at) => ({ text: inFont(text), margin: [0, at === 0 ? 0 : pt(8), 0, 0] }));

const textsHeight = (texts: readonly string[], width: number): number =>
  texts.reduce((sum, text) => sum + textHeight(text, width, TEXT) + 8, 0);

const tableOf = (table: ReviewTable, limit: string | null, parent: string): Content => {
  const shifts = table.columns.map((_, column) => decimalShifts(table, column));
  const head: TableCell[] = table.columns.map(({ title, kind, unit }) => ({
    text: [
      { text: inFont(title), bold: true },
      ...(unit === null ? [] : [{ text: ` ${inFont(unit).replaceAll(' ', '\u00a0')}`, color: COLOUR.ink2 }]),
    ],
    alignment: kind === 'number' ? 'right' : 'left',
  }));
  const { widths, rows, height, start } = measured(table);
  const isWhole =
    table.rows.length <= SHORT &&
    isTogether(height, textHeight(table.title, CONTENT, TITLE), textHeight(limit ?? '', CONTENT, TEXT) + 12);
  const body = rows.map(({ cells, at }): TableCell[] =>
    cells.map(({ text, impact }, column) => ({
      text: inFont(text),
      alignment: table.columns[column]!.kind === 'number' ? 'right' : 'left',
      color: (impact && TONES[impact]) ?? undefined,
      margin: [0, 0, pt(shifts[column]![at]! * TABLE_FONT), 0],
    })),
  );
  return {
    stack: [
      heading(table.title, parent, isWhole ? undefined : textHeight(table.title, CONTENT, TITLE) + start),
      {
        table: {
          headerRows: 1,
          keepWithHeaderRows: 2,
          dontBreakRows: true,
          widths: widths.map((width) => pt(width - 2 * CELL.x)),
          body: [head, ...body],
        },
        fontSize: pt(TABLE_FONT),
        lineHeight: 1.1,
        margin: [0, pt(6), 0, 0],
        layout: {
          // Above the header is none, and none between the parts of one row.
          hLineWidth: (line) => (line === 0 || (line > 1 && rows[line - 2]?.at === rows[line - 1]?.at) ? 0 : 0.75),
          vLineWidth: () => 0,
          hLineColor: (row) => (row === 1 ? COLOUR.ac : COLOUR.rule),
          paddingLeft: () => pt(CELL.x),
          paddingRight: () => pt(CELL.x),
          paddingTop: () => pt(CELL.y),
          paddingBottom: () => pt(CELL.y),
        },
      },
      ...(limit === null ? [] : [{ text: inFont(limit), ...SMALL, margin: [0, pt(6), 0, 0] } as Content]),
    ],
    unbreakable: isWhole,
  };
};

const withRoom = (content: Content, above = 18): Content => ({ stack: [content], margin: [0, pt(above), 0, 0] });

const contentOf = (block: Block, parent: string): Content => {
  switch (block.kind) {
    case 'texts':
      return { columns: [{ stack: paragraphs(block.texts), width: pt(MEASURE) }] };
    case 'note':
      return { text: inFont(block.text), ...SMALL };
    case 'list':
      return {
        columns: [
          {
            stack: [
              heading(block.title, parent, 80),
              { ol: block.items.map((item) => ({ text: inFont(item), margin: [0, pt(8), 0, 0] })) },
            ],
            width: pt(MEASURE),
          },
        ],
      };
    case 'facts':
      return {
        table: {
          widths: ['auto', '*'],
          body: block.facts.map(([name, text]) => [{ text: inFont(name), color: COLOUR.ink2 }, inFont(text)]),
        },
        layout: {
          hLineWidth: () => 0,
          vLineWidth: () => 0,
          paddingLeft: (column) => (column === 0 ? 0 : pt(20)),
          paddingRight: () => 0,
          paddingTop: () => pt(2),
          paddingBottom: () => pt(2),
        },
        unbreakable: isTogether(...block.facts.map(([, text]) => textHeight(text, CONTENT - 200, TEXT) + 4)),
      };
    case 'shown':
      // Sentences that are higher than a page stand above the drawing.
      if (!isTogether(textsHeight(block.texts, BESIDE)))
        return {
          stack: [
            contentOf({ kind: 'texts', texts: block.texts }, parent),
            withRoom(contentOf({ kind: 'drawings', drawings: [block.drawing] }, parent)),
          ],
        };
      return {
        columns: [{ stack: paragraphs(block.texts), width: pt(BESIDE) }, figure(block.drawing, 'beside', parent)],
        columnGap: pt(GUTTER),
        unbreakable: isTogether(figureHeight(block.drawing, 'beside')),
      };
    case 'drawings': {
      const place = block.drawings.length === 1 ? 'alone' : 'pair';
      return {
        columns: block.drawings.map((drawing) => figure(drawing, place, parent)),
        columnGap: pt(GUTTER),
        unbreakable: isTogether(Math.max(...block.drawings.map((drawing) => figureHeight(drawing, place)))),
      };
    }
    case 'table':
      return tableOf(block.table, block.limit, parent);
  }
};

const chapterOf = ({ id, question, title, about, blocks }: Chapter, at: number): Content[] => {
  const isCover = at === 0;
  return [
    {
      text: inFont(question),
      ...SMALL,
      ...(isCover ? {} : { pageBreak: 'before' }),
      margin: [0, isCover ? pt(40) : 0, 0, 0],
    },
    {
      text: inFont(title),
      id,
      bold: true,
      fontSize: pt(isCover ? 32 : 21),
      lineHeight: 1.05,
      outline: true,
      outlineText: inFont(title),
      outlineExpanded: true,
    },
    {
      text: inFont(about),
      ...(isCover ? { fontSize: pt(17) } : SMALL),
      margin: [0, pt(isCover ? 6 : 2), 0, pt(8)],
    },
    { canvas: [{ type: 'line', x1: 0, y1: 0, x2: pt(CONTENT), y2: 0, lineWidth: 0.75, lineColor: COLOUR.ac }] },
    ...blocks.map((block) =>
      inPart(`section “${title}”`, () => withRoom(contentOf(block, id), block.kind === 'note' ? 8 : 18)),
    ),
  ];
};

/** “fi” as two letters, so that it is found as it was written. */
const NO_LIGATURES = { fontFeatures: { liga: false } as unknown as [] };

const { top, right, bottom, left } = SHEET.margin;

const definitionOf = ({ title, language, identity, chapters }: Paper, at: Date): TDocumentDefinitions => ({
  info: { title: inFont(title), creator: 'Throughline', producer: 'pdfmake', creationDate: at, modDate: at },
  language,
  displayTitle: true,
  version: '1.7',
  pageSize: 'A4',
  pageOrientation: 'landscape',
  pageMargins: [pt(left), pt(top), pt(right), pt(bottom)],
  defaultStyle: {
    font: 'Roboto',
    fontSize: pt(TEXT.size),
    lineHeight: TEXT.spacing,
    color: COLOUR.ink,
    ...NO_LIGATURES,
  },
  content: chapters.flatMap(chapterOf),
  footer: (page, pages) => ({
    columns: [
      { text: inFont(identity), width: '*' },
      { text: `page ${page} of ${pages}`, width: 80, alignment: 'right' },
    ],
    fontSize: pt(10.5),
    color: COLOUR.ink2,
    margin: [pt(left), pt(bottom) * 0.4, pt(right), 0],
  }),
  // A heading does not stay behind at the foot of a page.
  pageBreakBefore: ({ headlineLevel: room, startPosition }) =>
    room !== undefined && startPosition.top > pt(top) && startPosition.top + room > pt(SHEET.height - bottom),
});

/** @param at the instant that the file tells as its own */
export const pdfmakePdf = async (paper: Paper, at: Date): Promise<Uint8Array> =>
  new Uint8Array(await pdfmake.createPdf(definitionOf(paper, at)).getBuffer());
