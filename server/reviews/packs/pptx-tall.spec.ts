import { describe, expect, test } from '@jest/globals';
import { type Element, Opened } from '../../../tests/support/read-pptx.js';
import { sentence } from '../../../tests/support/review-blocks.js';
import { sampleReview, type SampleReview } from '../../../tests/support/review-document.js';
import { tallReview } from '../../../tests/support/review-tall.js';
import { pptxPack } from './pptx.js';
import { heightOf, linesOf } from './slide-text.js';

/** Nothing on a slide runs over what stands below it, whatever people wrote: places and sizes as they stand in the file. */

const INCH = 914_400;
/** Inches by which boxes may touch: what the file rounds. */
const NEAR = 0.005;

interface Shape {
  readonly name: string;
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
  /** Height of what is written in it. */
  readonly filled: number;
}

const ofKind = (slide: readonly Element[], shape: Element, name: string): Element[] =>
  slide.filter((element) => element.name === name && element.inside.includes(shape));
/** Inches: of a size in 1/100 point. */
const after = (slide: readonly Element[], paragraph: Element): number => {
  const space = slide.find(({ name, inside }) => name === 'a:spcPts' && inside.includes(paragraph));
  return Number(space?.of['val'] ?? 0) / 100 / 72;
};
/** What a paragraph is high in so much room, its letters as large as it says. */
const heightIn = (slide: readonly Element[], paragraph: Element, width: number): number => {
  const look = slide.find(
    ({ name, of, inside }) => name === 'a:rPr' && of['sz'] !== undefined && inside.includes(paragraph),
  );
  const text = paragraph.text;
  if (look === undefined) return 0;
  const points = Number(look.of['sz']) / 100;
  const indent = Number(ofKind(slide, paragraph, 'a:pPr')[0]?.of['marL'] ?? 0) / INCH;
  return heightOf(linesOf(text, width - indent, points).length, points) + after(slide, paragraph);
};
const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

const rowHeights = (slide: readonly Element[], frame: Element): { own: number; filled: number }[] => {
  const widths = ofKind(slide, frame, 'a:gridCol').map(({ of }) => Number(of['w']) / INCH);
  return ofKind(slide, frame, 'a:tr').map((row) => ({
    own: Number(row.of['h']) / INCH,
    filled: Math.max(
      ...ofKind(slide, row, 'a:tc').map((cell, at) => {
        const margin = ofKind(slide, cell, 'a:tcPr')[0]!.of;
        const [beside, above] = [
          ['marL', 'marR'],
          ['marT', 'marB'],
        ].map((names) => sum(names.map((name) => Number(margin[name] ?? 0) / INCH))) as [number, number];
        return (
          sum(ofKind(slide, cell, 'a:p').map((paragraph) => heightIn(slide, paragraph, widths[at]! - beside))) + above
        );
      }),
    ),
  }));
};

const shapesOf = (slide: readonly Element[]): Shape[] =>
  slide
    .filter(({ name }) => ['p:sp', 'p:pic', 'p:graphicFrame'].includes(name))
    .map((shape) => {
      const [off, ext] = ['a:off', 'a:ext'].map(
        (name) => ofKind(slide, shape, name).find(({ inside }) => /xfrm$/.test(inside.at(-1)!.name))!.of,
      ) as [Record<string, string>, Record<string, string>];
      const [left, top, width] = [off['x'], off['y'], ext['cx']].map((length) => Number(length) / INCH) as [
        number,
        number,
        number,
      ];
      const rows = rowHeights(slide, shape);
      const isTable = shape.name === 'p:graphicFrame';
      const height = isTable ? sum(rows.map(({ own }) => own)) : Number(ext['cy']) / INCH;
      const filled = isTable
        ? sum(rows.map((row) => Math.max(row.own, row.filled)))
        : sum(ofKind(slide, shape, 'a:p').map((paragraph) => heightIn(slide, paragraph, width)));
      return {
        name: `${shape.name} “${shape.text.trim().slice(0, 40)}”`,
        ...{ top, bottom: top + height, left, right: left + width, filled },
      };
    });

/** What is wrong with a slide, in words. */
const faultsOf = (slide: readonly Element[]): string[] => {
  const shapes = shapesOf(slide);
  const over = shapes
    .filter(({ top, bottom, filled }) => filled > bottom - top + NEAR)
    .map(({ name, filled, top, bottom }) => `${name} is ${filled.toFixed(2)} high in ${(bottom - top).toFixed(2)}`);
  const pairs = shapes.flatMap((one, at) =>
    shapes
      .slice(at + 1)
      .filter(
        (other) =>
          one.top < other.bottom - NEAR &&
          other.top < one.bottom - NEAR &&
          one.left < other.right - NEAR &&
          other.left < one.right - NEAR,
      )
      .map((other) => `${one.name} lies over ${other.name}`),
  );
  const outside = shapes
    .filter(({ bottom, right }) => bottom > 7.5 || right > 13.334)
    .map(({ name }) => `${name} leaves the slide`);
  return [...over, ...pairs, ...outside];
};

const faultsIn = ({ slides }: Opened): string[] =>
  slides.flatMap((slide, at) => faultsOf(slide).map((fault) => `slide ${at + 1}: ${fault}`));
const marks = (count: number, mark: string): string[] => Array.from({ length: count }, (_, at) => `${mark}${at + 1}`);
const words = (count: number, mark: string): string => marks(count, mark).join(' ');
const lost = (opened: Opened, all: readonly string[]): string[] => {
  const said = new Set(opened.all.split(/[\s“”:·….]+/));
  return all.filter((mark) => !said.has(mark));
};

/** The sample with some texts that people may write as long as they like. */
const written = (more: (document: SampleReview['document']) => Partial<SampleReview['document']>): SampleReview => {
  const sample = sampleReview(1);
  return { ...sample, document: { ...sample.document, ...more(sample.document) } };
};

describe('no text runs over another, and no word is lost', () => {
  test('of the sample', async () => {
    expect(faultsIn(await Opened.of(await pptxPack(sampleReview())))).toEqual([]);
  });

  test('of a review whose texts, rows and tables are taller than a slide', async () => {
    const tall = tallReview();
    const opened = await Opened.of(await pptxPack(tall));
    expect(faultsIn(opened)).toEqual([]);
    expect(lost(opened, tall.marks)).toEqual([]);
    expect(opened.all.match(/x/g)!.length).toBeGreaterThanOrEqual(2500);
  });

  test.each<readonly [string, readonly string[], SampleReview]>([
    [
      'of a cover with the longest reason and recommendations, and sentences',
      [...marks(160, 'r'), ...['a', 'b', 'c', 's'].flatMap((mark) => marks(70, mark))],
      written((document) => ({
        frozen: { ...document.frozen!, reason: words(160, 'r') },
        cover: { ...document.cover, recommendations: ['a', 'b', 'c'].map((mark) => words(70, mark)) },
        sections: document.sections.map((section) =>
          section.id === 'cover' ? { ...section, sentences: [sentence('cover.hand', words(70, 's'))] } : section,
        ),
      })),
    ],
    [
      'of messages, lines of who, what and when, and captions that no place holds',
      ['t', 'w', 'm', 'n', 'd', 'o'].flatMap((mark) => marks(400, mark)),
      written((document) => ({
        review: { ...document.review, organisation: words(60, 'o') },
        sections: document.sections.map((section) => ({
          ...section,
          title: words(400, 't'),
          about: words(400, 'w'),
          drawings: section.drawings.map((drawing) => ({
            ...drawing,
            message: words(400, 'm'),
            about: words(400, 'd'),
          })),
          tables: section.tables.map((table) => ({ ...table, title: words(400, 'n'), note: words(400, 'o') })),
        })),
      })),
    ],
  ])('%s', async (_, all, sample) => {
    const opened = await Opened.of(await pptxPack(sample));
    expect(faultsIn(opened)).toEqual([]);
    expect(lost(opened, all)).toEqual([]);
  });
});
