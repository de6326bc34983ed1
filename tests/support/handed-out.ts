import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { parse } from 'pptxtojson/dist/index.js';
import readWorkbook from 'read-excel-file/node';
import { figureNameIn } from '../../server/contract/named-figure.js';
import type { Review, ReviewCell, ReviewDocument, ReviewTable } from '../../server/contract/review.js';
import { pdfOf } from '../../server/reviews/packs/pdf.js';
import type { Api } from './harness.js';
import type { Box, ReadPdf } from './read-pdf.js';

/** A review as it is handed out or shown: what its readers see of it, whatever it was made as. */
export interface Seen {
  /** All of its text, without white space. */
  readonly text: string;
  /** Its lines or rows of a table, each the texts that stand beside one another. */
  readonly rows: readonly (readonly string[])[];
}

const flat = (text: string): string => text.replace(/\s+/g, ' ').trim();
export const squeezed = (text: string): string => text.replace(/\s/g, '');

/** Whether a row stands somewhere, cell by cell: `2.4 m EUR` is not within `12.4 m EUR`. */
export const hasRow = ({ rows }: Seen, row: readonly string[]): boolean => {
  const wanted = row.map(flat).filter((text) => text !== '');
  return rows.some((cells) =>
    cells.some((_, from) => wanted.every((text, at) => flat(cells[from + at] ?? '') === text)),
  );
};

const inLines = (boxes: readonly Box[]): string[][] => {
  const lines = new Map<number, Box[]>();
  for (const box of boxes)
    if (box.text !== null) {
      const line = Math.round(box.bottom);
      lines.set(line, [...(lines.get(line) ?? []), box]);
    }
  return [...lines.values()].map((line) =>
    line.sort((one, other) => one.left - other.left).map(({ text }) => text ?? ''),
  );
};
export const seenInPdf = ({ pages, boxes }: ReadPdf): Seen => ({ text: pages.join(''), rows: boxes.flatMap(inLines) });

/** What a program of this machine says of a file; null where the machine has no such program. */
const saidBy = (program: string, args: readonly string[]): string | null => {
  const { error, status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 64e6 });
  if ((error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT') return null;
  if (status !== 0) throw new Error(`${program}: ${stderr}`);
  return stdout;
};

/** The same PDF by the tools of poppler: its text, and what it tells of itself. @returns null where the machine has none */
export const seenByPoppler = (pdf: Uint8Array): (Seen & { readonly info: ReadonlyMap<string, string> }) | null => {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-poppler-'));
  const file = join(folder, 'review.pdf');
  try {
    writeFileSync(file, pdf);
    const [inOrder, laidOut, info] = [
      saidBy('pdftotext', ['-raw', file, '-']),
      saidBy('pdftotext', ['-layout', file, '-']),
      saidBy('pdfinfo', [file]),
    ];
    if (inOrder === null || laidOut === null || info === null) return null;
    return {
      text: squeezed(inOrder),
      rows: laidOut.split('\n').map((line) => line.trim().split(/ {2,}/)),
      info: new Map(info.split('\n').map((line) => [line.split(':')[0]!, line.slice(line.indexOf(':') + 1).trim()])),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const ENTITIES: Readonly<Record<string, string>> = { nbsp: ' ', lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
/** Words of HTML. */
const wordsOf = (html: string): string =>
  html.replace(/<[^>]*>/g, '').replace(/&(\w+);/g, (sign, name: string) => ENTITIES[name] ?? sign);

export const seenOnSlides = async (deck: Uint8Array): Promise<Seen> => {
  const { slides } = await parse(Uint8Array.from(deck).buffer);
  const elements = slides.flatMap((slide) => slide.elements);
  const rows = elements.flatMap((element) =>
    element.type === 'table' ? element.data.map((row) => row.map(({ text }) => wordsOf(text))) : [],
  );
  const texts = elements.flatMap((element) => ('content' in element ? [wordsOf(element.content)] : []));
  return { text: squeezed([...texts, ...rows.flat()].join('')), rows };
};

/** @param text with the signs of Markdown as they stand in it */
export const seenInMarkdown = (text: string): Seen => ({
  text: squeezed(text),
  rows: text
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.slice(2, -2).split(' | ')),
});

const UNITS: Readonly<Record<string, string>> = { count: 'number', share: '%' };

/**
 * What a workbook lacks of the headline of a review: its cells as exact numbers with their units, its figures as numbers and as they are printed,
 * and its texts.
 */
export const lacksInWorkbook = async (
  workbook: Buffer,
  document: ReviewDocument,
  ledger: ReviewTable,
  texts: readonly string[],
): Promise<string[]> => {
  const { headline, figures } = document;
  const read = (await readWorkbook(workbook)) as unknown as { sheet: string; data: unknown[][] }[];
  const sheets = new Map(read.map(({ sheet, data }) => [sheet, data]));
  const sheet = sheets.get('Headline')!;
  const told = new Set(sheets.get('Narrative')!.map(([, text]) => text));
  const numberOf = ({ value, text }: Pick<ReviewCell, 'value' | 'text'>) => (value === null ? text : Number(value));
  const first = sheet.findIndex(([title]) => title === ledger.title) + 1;
  const headers = sheet[first]!.map(String);
  const places = ledger.columns.map(({ title }, at) =>
    at === 0 ? 0 : headers.findIndex((header) => header === title || header.startsWith(`${title} (`)),
  );
  const holds = (row: readonly unknown[], cell: ReviewCell, column: number): boolean => {
    const place = places[column]!;
    const isBeside = cell.value !== null && headers[place]!.endsWith('(unit beside it)');
    return row[place] === numberOf(cell) && (!isBeside || row[place + 1] === (UNITS[cell.unit!] ?? cell.unit));
  };
  return [
    ...ledger.rows.flatMap((cells, at) =>
      cells.filter((cell, column) => !holds(sheet[first + 1 + at]!, cell, column)).map(({ text }) => text),
    ),
    ...headline.filter((key) => {
      const { text, value } = figures[key]!;
      const row = sheet.find((line) => line[0] === figureNameIn(document)(key) && line[3] === text);
      return row === undefined || row[1] !== (value === null ? null : Number(value));
    }),
    ...texts.filter((text) => !told.has(text)),
  ];
};

/** What eyes see of elements, each of itself or of what is directly in it: not what is written for those who listen, nor signs that are drawn. */
const eyesSee = (found: Locator, of: 'itself' | 'children'): Promise<string[][]> =>
  found.evaluateAll(
    (elements, isOfItself) =>
      elements.map((element) =>
        (isOfItself ? [element] : [...element.children]).map((each) => {
          const seen = each.cloneNode(true) as Element;
          for (const unread of seen.querySelectorAll('.visually-hidden, [aria-hidden]')) unread.remove();
          return seen.textContent?.trim() ?? '';
        }),
      ),
    of === 'itself',
  );

/** Cells of the rows of the tables in a part of a page. */
export const shownRows = (part: Locator): Promise<string[][]> => eyesSee(part.locator('tbody tr'), 'children');

/** A part of a page: its headings, sentences and tables. */
export const seenOnScreen = async (part: Locator): Promise<Seen> => ({
  text: squeezed((await eyesSee(part.locator('h1, h2, p'), 'itself')).flat().join('')),
  rows: await shownRows(part),
});

/** A page of the wall: its section, its title with which part it is, its sentences as they are read, its rows by their first cells, and by how many pixels it is higher than its place. */
export interface WallPage {
  readonly section: string;
  readonly title: string;
  readonly said: readonly string[];
  readonly rows: readonly string[];
  readonly over: number;
}
export const wallPage = (page: Page): Promise<WallPage> =>
  page.evaluate(() => {
    const place = document.querySelector('.presented-place')!;
    const sentences = [...place.querySelectorAll<HTMLElement>('.prose p')];
    return {
      section: document.querySelector<HTMLElement>('.presented-page')!.dataset['section']!,
      said: sentences.map(({ textContent }) => textContent),
      title: place.querySelector('h1')!.textContent,
      rows: [...place.querySelectorAll('.review-table tbody tr')].map(
        ({ firstElementChild }) => firstElementChild!.textContent,
      ),
      over: Math.max(place.scrollHeight - place.clientHeight, document.documentElement.scrollHeight - innerHeight),
    };
  });

/** What the pages of a PDF lack of those of the wall, page by page: titles, sentences, rows, numbers of pages; and how many there are, where that differs. */
export const lacksPages = ({ pages }: ReadPdf, wall: readonly WallPage[]): string[] => [
  ...(pages.length === wall.length ? [] : [`${pages.length} pages, not ${wall.length}`]),
  ...wall.flatMap(({ title, said, rows }, at) =>
    [title, ...said, ...rows, `page ${at + 1} of ${wall.length}`]
      .filter((text) => !(pages[at] ?? '').includes(squeezed(text)))
      .map((text) => `${at + 1}: ${text}`),
  ),
];

/** What is seen of a part of a page in smaller type than so many pixels. */
export const textsBelow = (part: Locator, pixels: number): Promise<(string | null)[]> =>
  part.locator('*').evaluateAll(
    (all, least) =>
      all
        .filter(
          (each) =>
            each.checkVisibility() &&
            !each.closest('.visually-hidden') &&
            [...each.childNodes].some((node) => node.nodeType === 3 && node.textContent!.trim() !== ''),
        )
        .filter((each) => Number.parseFloat(getComputedStyle(each).fontSize) < least)
        .map((each) => each.textContent),
    pixels,
  );

/** A pack of a review as the CIO takes it. */
export const packOf = async (api: Api, id: string, kind: string): Promise<Buffer> => {
  const reply = await fetch(`${api.origin}/api/v1/reviews/${id}/pack.${kind}`, {
    headers: { Cookie: await api.cookieOf('cio') },
  });
  if (reply.status !== 200) throw new Error(`${kind}: ${reply.status} ${await reply.text()}`);
  return Buffer.from(await reply.arrayBuffer());
};

/** A review as a PDF, by the browser where the product finds one, and by the library. */
export const printsOf = async (api: Api, { id, document, sha256 }: Review): Promise<Record<string, Uint8Array>> => ({
  browser: await packOf(api, id, 'pdf'),
  library: (await pdfOf({ document, sha256: sha256! }, null)).bytes,
});
