import pdfmake from 'pdfmake';
import type { Column, Content, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import type { Impact } from '../../contract/overview.js';
import {
  columnWidths,
  decimalShifts,
  BESIDE,
  CELL,
  CONTENT,
  GUTTER,
  MEASURE,
  SHEET,
  TABLE_FONT,
} from '../../contract/paper-sheet.js';
import { svgOf } from '../../core/review/drawings/drawing.js';
import { COLOUR } from '../../core/review/drawings/svg.js';
import { inPart } from './pack.js';
import { COVER_ABOVE, PAPER_GAP, TYPE } from '../../contract/paper-heights.js';
import { type Block, type Chapter, furtherTitle, type Paper, type Placed } from './paper.js';
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
const SPACING = 1.2;
const SMALL = { fontSize: pt(TYPE.small.size), color: COLOUR.ink2 } as const;
const HEADING = { bold: true, fontSize: pt(TYPE.heading.size), lineHeight: 1.1 } as const;

const heading = (text: string, parent: string): Content => ({
  text: inFont(text),
  ...HEADING,
  outline: true,
  outlineText: inFont(text),
  outlineParentId: parent,
});
/** The title of what goes on is no bookmark. */
const goesOn = (text: string): Content => ({ text: inFont(text), ...HEADING });

const figure = ({ drawing, width, height }: Placed, parent: string): Column => ({
  stack: [
    heading(drawing.message, parent),
    { text: inFont(drawing.about), ...SMALL, margin: [0, pt(2), 0, pt(8)] },
    { svg: inFont(svgOf(drawing, { width, height })), width: pt(width), height: pt(height) },
  ],
  width: pt(width),
});

const paragraphs = (texts: readonly string[]): Content[] =>
  texts.map((text, at) => ({ text: inFont(text), margin: [0, at === 0 ? 0 : pt(8), 0, 0] }));

const tableOf = ({ table, whole, isFirst, limit }: Extract<Block, { kind: 'table' }>, parent: string): Content => {
  const shifts = table.columns.map((_, column) => decimalShifts(table, column));
  const head: TableCell[] = table.columns.map(({ title, kind, unit }) => ({
    text: [
      { text: inFont(title), bold: true },
      ...(unit === null ? [] : [{ text: ` ${inFont(unit).replaceAll(' ', '\u00a0')}`, color: COLOUR.ink2 }]),
    ],
    alignment: kind === 'number' ? 'right' : 'left',
  }));
  const body = table.rows.map((cells, at): TableCell[] =>
    cells.map(({ text, impact }, column) => ({
      text: inFont(text),
      alignment: table.columns[column]!.kind === 'number' ? 'right' : 'left',
      color: (impact && TONES[impact]) ?? undefined,
      margin: [0, 0, pt(shifts[column]![at]! * TABLE_FONT), 0],
    })),
  );
  return {
    stack: [
      isFirst ? heading(table.title, parent) : goesOn(table.title),
      {
        table: {
          headerRows: 1,
          dontBreakRows: true,
          widths: columnWidths(whole).map((width) => pt(width - 2 * CELL.x)),
          body: [head, ...body],
        },
        fontSize: pt(TABLE_FONT),
        lineHeight: 1.1,
        margin: [0, pt(6), 0, 0],
        layout: {
          hLineWidth: (line) => (line === 0 ? 0 : 0.75),
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
  };
};

const withRoom = (content: Content, above: number): Content => ({ stack: [content], margin: [0, pt(above), 0, 0] });

const contentOf = (block: Block, parent: string): Content => {
  switch (block.kind) {
    case 'texts':
      return {
        columns: block.columns.map((texts) => ({
          stack: paragraphs(texts),
          width: pt(block.columns.length === 1 ? MEASURE : (CONTENT - GUTTER) / 2),
        })),
        columnGap: pt(GUTTER),
      };
    case 'note':
      return { text: inFont(block.text), ...SMALL };
    case 'list':
      return {
        columns: [
          {
            stack: [
              heading(block.title, parent),
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
      };
    case 'shown':
      return {
        columns: [{ stack: paragraphs(block.texts), width: pt(BESIDE) }, figure(block.drawing, parent)],
        columnGap: pt(GUTTER),
      };
    case 'drawings':
      return { columns: block.drawings.map((drawing) => figure(drawing, parent)), columnGap: pt(GUTTER) };
    case 'table':
      return tableOf(block, parent);
  }
};

const headOf = (chapter: Chapter, at: number, isCover: boolean): Content[] => {
  const { id, question, title, about } = chapter;
  if (at > 0) return [{ ...HEADING, text: inFont(furtherTitle(chapter, at + 1)), pageBreak: 'before' }];
  return [
    {
      text: inFont(question),
      ...SMALL,
      ...(isCover ? {} : { pageBreak: 'before' }),
      margin: [0, isCover ? pt(COVER_ABOVE) : 0, 0, 0],
    },
    {
      text: inFont(title),
      id,
      bold: true,
      fontSize: pt((isCover ? TYPE.cover : TYPE.title).size),
      lineHeight: 1.05,
      outline: true,
      outlineText: inFont(title),
      outlineExpanded: true,
    },
    {
      text: inFont(about),
      ...(isCover ? { fontSize: pt(TYPE.message.size) } : SMALL),
      margin: [0, pt(isCover ? 6 : 2), 0, pt(8)],
    },
    { canvas: [{ type: 'line', x1: 0, y1: 0, x2: pt(CONTENT), y2: 0, lineWidth: 0.75, lineColor: COLOUR.ac }] },
  ];
};

const chapterOf = (chapter: Chapter, at: number): Content[] =>
  chapter.pages.flatMap((blocks, part) => [
    ...headOf(chapter, part, at === 0),
    ...blocks.map((block) =>
      inPart(`section “${chapter.title}”`, () =>
        withRoom(contentOf(block, chapter.id), block.kind === 'note' ? 8 : PAPER_GAP),
      ),
    ),
  ]);

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
    fontSize: pt(TYPE.text.size),
    lineHeight: SPACING,
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
});

/** @param at the instant that the file tells as its own */
export const pdfmakePdf = async (paper: Paper, at: Date): Promise<Uint8Array> =>
  new Uint8Array(await pdfmake.createPdf(definitionOf(paper, at)).getBuffer());
