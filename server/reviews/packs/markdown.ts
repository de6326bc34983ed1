import type { ReviewDocument, ReviewSection, ReviewTable } from '../../contract/review.js';
import { coverOf, recommendationsIn, sectionsFromCover } from '../../contract/review-cover.js';
import { isUntold, NOTHING_LISTED, nothingTold } from '../../contract/review-pages.js';
import { toldSection } from '../../contract/review-marks.js';
import { figureNameIn } from '../../contract/named-figure.js';
import { tableOfDrawing } from './drawing-table.js';
import { identityOf, inPart, type PackInput, titleOf } from './pack.js';

/** The review as Markdown (CommonMark with tables): the whole document in plain text. */

/** Text as it was entered, in one line: nothing in it is markup. */
export const escapedText = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_{}[\]<>#|~&]/g, '\\$&')
    .replace(/^[-+=]/, '\\$&')
    .replace(/^(\d+)([.)])(?=\s|$)/, '$1\\$2');

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const tableLines = ({ title, columns, rows, total, note }: ReviewTable): string[] => [
  `### ${escapedText(title)}`,
  '',
  ...(rows.length === 0
    ? [NOTHING_LISTED]
    : [
        row(
          columns.map((column) => escapedText(column.unit === null ? column.title : `${column.title}, ${column.unit}`)),
        ),
        row(columns.map(({ kind }) => (kind === 'number' ? '---:' : '---'))),
        ...rows.map((cells) => row(cells.map(({ text }) => escapedText(text)))),
      ]),
  '',
  ...(note === null ? [] : [escapedText(note), '']),
  ...(rows.length < total && note === null ? [`${rows.length} of ${total} rows.`, ''] : []),
];

const listLines = (facts: readonly (readonly [name: string, text: string | null])[]): string[] => [
  ...facts.flatMap(([name, text]) => (text === null ? [] : [`- ${escapedText(name)}: ${escapedText(text)}`])),
  '',
];

const coverLines = ({ document, sha256 }: PackInput): string[] => {
  const cover = coverOf(document, sha256);
  const items = recommendationsIn(cover, document);
  return [
    `${escapedText(cover.purpose)} · ${escapedText(cover.classification)}`,
    '',
    ...(items.length === 0
      ? []
      : ['### We recommend', '', ...items.map((text, at) => `${at + 1}. ${escapedText(text)}`), '']),
    ...(cover.key === null ? [] : [escapedText(cover.key), '']),
    ...listLines(cover.facts),
  ];
};

const sectionLines = (input: PackInput, section: ReviewSection): string[] => {
  const told = toldSection(section, input.document.figures);
  return [
    // The cover says what the headline says: once as a heading.
    section.id === 'cover' ? `**${escapedText(told.title)}**` : `## ${escapedText(told.title)}`,
    '',
    escapedText(section.about),
    '',
    ...(section.id === 'cover' ? coverLines(input) : []),
    ...(isUntold(section) ? [escapedText(nothingTold(section)), ''] : []),
    ...told.sentences.flatMap((text) => [escapedText(text), '']),
    ...(told.key === null || section.id === 'cover' ? [] : [escapedText(told.key), '']),
    ...section.tables.flatMap(tableLines),
    ...section.drawings.flatMap((drawing) => tableLines(tableOfDrawing(drawing))),
  ];
};

/** Every figure with all its digits and how it is worked out: what the other packs have in notes and sheets. */
const figureLines = (document: ReviewDocument): string[] => [
  '## Figures',
  '',
  row(['Figure', 'As printed', 'In full', 'How it is worked out', 'Version', 'Quality']),
  row(['---', '---:', '---:', '---', '---', '---']),
  ...Object.entries(document.figures).map(([key, { text, full, formula, quality }]) =>
    row([figureNameIn(document)(key), text, full, formula.text, formula.version, quality.join(' ')].map(escapedText)),
  ),
  '',
];

const aboutLines = ({ product, settings }: ReviewDocument): string[] => [
  '## About',
  '',
  ...listLines([
    ['Reporting currency', settings.currency],
    ['Time zone', settings.timeZone],
    ['Made by', `version ${product.version}, formulas ${product.formulas}`],
    ...settings.rates.map(
      ({ currency, month, rate }) => [`${currency}, ${month}`, `${rate} ${settings.currency} for one`] as const,
    ),
  ]),
];

/** The Markdown of a review, UTF-8. @throws PackFailed that names the section */
export const markdownOf = (input: PackInput): Promise<Uint8Array> => {
  const { document, sha256 } = input;
  const lines = [
    `# ${escapedText(titleOf(document))}`,
    '',
    escapedText(identityOf(document, sha256)),
    '',
    ...sectionsFromCover(document).flatMap((section) =>
      inPart(`section “${section.id}”`, () => sectionLines(input, section)),
    ),
    ...inPart('the figures', () => figureLines(document)),
    ...aboutLines(document),
  ];
  return Promise.resolve(Buffer.from(lines.join('\n'), 'utf8'));
};
