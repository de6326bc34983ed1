import type { PageHead, PageMeasure } from './page-measure.js';
import { partedTitle } from './parted-text.js';
import { coverOf } from './review-cover.js';
import { type MarkedPart, markedSentence, markedTitle, printedParts, toldSection } from './review-marks.js';
import { checkedTable, citedFigures, drawingRows, isUntold, nothingTold, sectionsOnPages } from './review-pages.js';
import { type Block, by, type Heights, isWithin, Sheet } from './review-sheet.js';
import type { ReviewDocument, ReviewSection } from './review.js';

/** A page of a review: a section, or a part of one that has more than fits. */
export interface ReviewPage {
  readonly section: ReviewSection;
  /** What the section says, of the cover its message: of many lines the beginning, the rest stands first below it. */
  readonly title: readonly MarkedPart[];
  /** Counts from 1. */
  readonly part: number;
  readonly parts: number;
  readonly blocks: readonly Block[];
}

/** Titles that take more of a page than this, with what stands around them, go on as a text below. */
const MOST_TITLE = { cover: 0.45, first: 0.3 };

/**
 * The pages of a review, on the wall and on paper: its cover, then its sections in their order, each with its sentences, drawings and tables, then how
 * the figures are worked out. A table that goes on repeats its header, and says which rows it shows. Follows from the document alone.
 *
 * @param sha256 of the canonical document; null of a draft
 */
export const reviewPages = (document: ReviewDocument, sha256: string | null): ReviewPage[] => {
  const { table, ...said } = citedFigures(document);
  const figures: ReviewSection = { ...said, id: 'appendix', sentences: [], tables: [table], drawings: [] };
  return [...sectionsOnPages(document), figures].flatMap((section) => {
    const { title, blocks } = section.id === 'cover' ? onCover(section, document, sha256) : onPages(section, document);
    return blocks.map((own, at) => ({ section, title, part: at + 1, parts: blocks.length, blocks: own }));
  });
};

interface Filled {
  readonly title: ReviewPage['title'];
  /** Of each of its pages. */
  readonly blocks: readonly (readonly Block[])[];
}

/** @param ask how high what stands above a page is */
const roomBelow = (ask: (measure: PageMeasure) => number): Heights => by((measure) => measure.height - ask(measure));

/** A title that a page has room for. @param head how high it is with what is said above and below it */
const fitting = (
  parts: readonly MarkedPart[],
  { figures }: ReviewDocument,
  which: Exclude<PageHead, 'further'>,
  head: (measure: PageMeasure, title: string) => number,
) => {
  const most = by(({ height }) => height * MOST_TITLE[which]);
  return partedTitle(parts, figures, (printed) =>
    isWithin(
      by((measure) => head(measure, printed)),
      most,
    ),
  );
};

const onCover = (section: ReviewSection, document: ReviewDocument, sha256: string | null): Filled => {
  const { figures } = document;
  const { title: name, message, recommendations, purpose, classification, facts, key } = coverOf(document, sha256);
  const printed = (parts: readonly MarkedPart[]): string => printedParts(parts, figures);
  const head = (measure: PageMeasure, said: string): number => measure.head(name, said, 'cover');
  const { title, rest } = fitting(message, document, 'cover', head);
  const first = roomBelow((measure) => head(measure, printed(title)));
  const sheet = new Sheet(
    first,
    roomBelow((measure) => measure.head(name, '', 'further')),
    figures,
  );
  if (recommendations.length > 0)
    sheet.add(
      { kind: 'recommended', items: recommendations },
      by((measure) => measure.recommended(recommendations.map(printed))),
    );
  addBody(sheet, section, { document, rest, key });
  sheet.addFacts([['Purpose', purpose], ['Classification', classification], ...facts]);
  const checked = checkedTable(document);
  for (const table of [...section.tables, ...(checked === null ? [] : [checked])]) sheet.addTable(table);
  return { title, blocks: sheet.pages() };
};

const onPages = (section: ReviewSection, document: ReviewDocument): Filled => {
  const { figures } = document;
  const head = (measure: PageMeasure, said: string): number => measure.head(said, section.about, 'first');
  const { title, rest } = fitting(markedTitle(section), document, 'first', head);
  const printed = printedParts(title, figures);
  const sheet = new Sheet(
    roomBelow((measure) => head(measure, printed)),
    roomBelow((measure) => measure.head(printed, '', 'further')),
    figures,
  );
  addBody(sheet, section, { document, rest, key: toldSection(section, figures).key });
  for (const table of section.tables) sheet.addTable(table);
  if (isUntold(section)) addNote(sheet, nothingTold(section));
  return { title, blocks: sheet.pages() };
};

interface Told {
  readonly document: ReviewDocument;
  /** Of a title that goes on. */
  readonly rest: readonly MarkedPart[] | null;
  /** What the marks in its texts mean. */
  readonly key: string | null;
}

const addBody = (sheet: Sheet, section: ReviewSection, { document: { figures }, rest, key }: Told): void => {
  const sentences = [...(rest === null ? [] : [rest]), ...section.sentences.map(markedSentence)];
  const { beside, below } = drawingRows(
    section.drawings,
    sentences.map((said) => printedParts(said, figures)),
  );
  const isShown = beside !== null && sheet.addShown(beside, sentences);
  if (!isShown) sheet.addTexts(sentences);
  if (key !== null) addNote(sheet, key);
  for (const row of [...(beside === null || isShown ? [] : [[beside]]), ...below]) sheet.addDrawings(row);
};

const addNote = (sheet: Sheet, text: string): void =>
  sheet.add(
    { kind: 'note', text },
    by((measure) => measure.note(text)),
  );
