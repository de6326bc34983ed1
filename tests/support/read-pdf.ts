import { getDocument, OPS, type PDFDocumentProxy, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** Where something stands on a page: points from its lower left corner. */
export interface Box {
  /** Of a text; of a line or a surface null. */
  readonly text: string | null;
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

/** What stands in a PDF of our packs, read by the library that Firefox reads it with, without any program of the machine. */
export interface ReadPdf {
  /** Texts in the order in which they are drawn, without any white space: where words break depends on the writer. */
  readonly pages: readonly string[];
  /** Of each page, texts as high as their capitals and descenders. */
  readonly boxes: readonly (readonly Box[])[];
  readonly title: string;
  readonly producer: string;
  readonly created: string;
  readonly language: string | null;
  /** Bookmarks from first to last, those below indented by `> `. */
  readonly bookmarks: readonly string[];
  readonly tagged: boolean;
  /** How often each kind of element was tagged: `H1`, `TH`, `Figure`; one of two pages counts twice. */
  readonly tags: ReadonlyMap<string, number>;
  /** What pictures are called. */
  readonly alternatives: readonly string[];
  /** All actions, links and embedded things that a reader would run or open. */
  readonly active: readonly string[];
}

type Matrix = readonly [number, number, number, number, number, number];
const times = ([a, b, c, d, e, f]: Matrix, [g, h, i, j, k, l]: Matrix): Matrix => [
  ...([a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j] as const),
  ...([a * k + c * l + e, b * k + d * l + f] as const),
];

/** Depth below the line and height of capitals, in parts of the size of Roboto. */
const [BELOW, ABOVE] = [0.2, 0.72];

interface TextItem {
  readonly str: string;
  readonly transform: Matrix;
  readonly width: number;
  readonly height: number;
}
const textBox = ({ str, transform, width, height }: TextItem): Box => {
  const [, , , , left, line] = transform;
  return { text: str, left, right: left + width, bottom: line - BELOW * height, top: line + ABOVE * height };
};

/** Lines, surfaces and pictures, as far as their own ends reach. */
const drawnBoxes = async (page: PDFPageProxy): Promise<Box[]> => {
  const { fnArray, argsArray } = await page.getOperatorList();
  const boxes: Box[] = [];
  const kept: Matrix[] = [];
  let matrix: Matrix = [1, 0, 0, 1, 0, 0];
  const draw = (x0: number, y0: number, x1: number, y1: number): void => {
    const corners = [[x0, y0] as const, [x1, y0] as const, [x0, y1] as const, [x1, y1] as const];
    const placed = corners.map(([x, y]) => times(matrix, [1, 0, 0, 1, x, y]));
    const [xs, ys] = [placed.map((each) => each[4]), placed.map((each) => each[5])];
    const [left, right, bottom, top] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    boxes.push({ text: null, left, right, bottom, top });
  };
  for (const [at, operation] of fnArray.entries()) {
    const given = argsArray[at] as unknown[];
    if (operation === OPS.save) kept.push(matrix);
    else if (operation === OPS.restore) matrix = kept.pop() ?? matrix;
    else if (operation === OPS.transform) matrix = times(matrix, given as unknown as Matrix);
    else if (operation === OPS.paintFormXObjectBegin) {
      kept.push(matrix);
      if (given[0]) matrix = times(matrix, [...(given[0] as number[])] as unknown as Matrix);
    } else if (operation === OPS.paintFormXObjectEnd) matrix = kept.pop() ?? matrix;
    else if (operation === OPS.paintImageXObject || operation === OPS.paintInlineImageXObject) draw(0, 0, 1, 1);
    // A path that is neither filled nor stroked cuts others off.
    else if (operation === OPS.constructPath && given[0] !== OPS.endPath && given[2])
      draw(...([...(given[2] as Float32Array)] as [number, number, number, number]));
  }
  return boxes;
};

interface Tagged {
  readonly role?: string;
  readonly alt?: string;
  readonly children?: readonly Tagged[];
}
const below = (tree: Tagged | null): Tagged[] => (tree === null ? [] : [tree, ...(tree.children ?? []).flatMap(below)]);

interface Bookmark {
  readonly title: string;
  readonly items: readonly Bookmark[];
}
const titlesOf = (bookmarks: readonly Bookmark[] | null, depth = ''): string[] =>
  (bookmarks ?? []).flatMap(({ title, items }) => [depth + title, ...titlesOf(items, `${depth}> `)]);

const activeIn = async (document: PDFDocumentProxy, pages: readonly PDFPageProxy[]): Promise<string[]> => {
  const found: readonly [string, unknown][] = [
    ['script', await document.getJSActions()],
    ['action on opening', await document.getOpenAction()],
    ['file', await document.getAttachments()],
    ['field', await document.getFieldObjects()],
    ...(await Promise.all(
      pages.map(async (page) => ['script of a page', await page.getJSActions()] as [string, unknown]),
    )),
  ];
  const annotations = (await Promise.all(pages.map((page) => page.getAnnotations()))).flat() as { subtype: string }[];
  return [
    ...found.flatMap(([name, value]) => (value === null ? [] : [name])),
    ...annotations.map(({ subtype }) => `annotation ${subtype}`),
  ];
};

export const readPdf = async (bytes: Uint8Array): Promise<ReadPdf> => {
  const task = getDocument({ data: Uint8Array.from(bytes), verbosity: 0 });
  try {
    const document = await task.promise;
    const pages = await Promise.all(Array.from({ length: document.numPages }, (_, at) => document.getPage(at + 1)));
    const info = (await document.getMetadata()).info as Readonly<Record<string, string | undefined>>;
    const texts = await Promise.all(
      pages.map(async (page) => (await page.getTextContent()).items as unknown as TextItem[]),
    );
    const drawn = await Promise.all(pages.map(drawnBoxes));
    const tagged = (await Promise.all(pages.map((page) => page.getStructTree()))).flatMap((tree) =>
      below(tree as Tagged | null),
    );
    const tags = new Map<string, number>();
    for (const { role } of tagged) if (role !== undefined) tags.set(role, (tags.get(role) ?? 0) + 1);
    return {
      pages: texts.map((items) => items.map(({ str }) => str.replace(/\s/g, '')).join('')),
      boxes: texts.map((items, at) => [...items.filter(({ str }) => str.trim() !== '').map(textBox), ...drawn[at]!]),
      title: info['Title'] ?? '',
      producer: info['Producer'] ?? '',
      created: info['CreationDate'] ?? '',
      language: info['Language'] ?? null,
      bookmarks: titlesOf(await document.getOutline()),
      tagged: (await document.getMarkInfo())?.Marked === true && tagged.length > 0,
      tags,
      alternatives: tagged.flatMap(({ alt }) => (alt === undefined ? [] : [alt])),
      active: await activeIn(document, pages),
    };
  } finally {
    await task.destroy();
  }
};
