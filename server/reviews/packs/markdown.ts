import type { ReviewDocument, ReviewSection, ReviewTable } from '../../contract/review.js';
import { printed } from '../../core/review/narrative.js';
import { tableOfDrawing } from './drawing-table.js';
import { classificationOf, identityOf, inPart, type PackInput, titleOf } from './pack.js';

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
    ? ['None.']
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

const sectionLines = ({ figures, cover }: ReviewDocument, section: ReviewSection): string[] => [
  `## ${escapedText(printed(section.title, figures))}`,
  '',
  escapedText(section.about),
  '',
  ...(section.id === 'cover'
    ? [`Purpose: ${cover.purpose}.`, '', ...cover.recommendations.map((text) => `- ${escapedText(text)}`), '']
    : []),
  ...section.sentences.flatMap(({ text }) => [escapedText(printed(text, figures)), '']),
  ...section.tables.flatMap(tableLines),
  ...section.drawings.flatMap((drawing) => tableLines(tableOfDrawing(drawing))),
];

/** Every figure with all its digits and how it is worked out: what the other packs have in notes and sheets. */
const figureLines = ({ figures }: ReviewDocument): string[] => [
  '## Figures',
  '',
  row(['Figure', 'As printed', 'In full', 'How it is worked out', 'Version', 'Quality']),
  row(['---', '---:', '---:', '---', '---', '---']),
  ...Object.values(figures).map(({ title, text, full, formula, quality }) =>
    row([title, text, full, formula.text, formula.version, quality.join(' ')].map(escapedText)),
  ),
  '',
];

const aboutLines = ({ document, sha256 }: PackInput): string[] => {
  const { review, frozen, product, settings } = document;
  const lines: (readonly [string, string | null])[] = [
    ['Review', `${review.code}, v${review.revision}`],
    ['Corrects', review.supersedes],
    ['Organisation', review.organisation],
    ['Frozen by', frozen?.by ?? null],
    ['Frozen although something was open', frozen?.reason ?? null],
    ['SHA-256 of the document', frozen === null ? null : sha256],
    ['Classification', classificationOf(document)],
    ['Reporting currency', settings.currency],
    ['Time zone', settings.timeZone],
    ['Made by', `version ${product.version}, formulas ${product.formulas}`],
    ...settings.rates.map(
      ({ currency, month, rate }) => [`${currency}, ${month}`, `${rate} ${settings.currency} for one`] as const,
    ),
  ];
  return [
    '## About',
    '',
    ...lines.flatMap(([what, value]) => (value === null ? [] : [`- ${escapedText(what)}: ${escapedText(value)}`])),
    '',
  ];
};

/** The Markdown of a review, UTF-8. @throws PackFailed that names the section */
export const markdownOf = (input: PackInput): Promise<Uint8Array> => {
  const { document, sha256 } = input;
  const lines = [
    `# ${escapedText(titleOf(document))}`,
    '',
    escapedText(identityOf(document, sha256)),
    '',
    ...document.sections.flatMap((section) => inPart(`section “${section.id}”`, () => sectionLines(document, section))),
    ...inPart('the figures', () => figureLines(document)),
    ...aboutLines(input),
  ];
  return Promise.resolve(Buffer.from(lines.join('\n'), 'utf8'));
};
