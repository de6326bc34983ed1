import type { Row } from 'write-excel-file/node';
import type { ReviewDocument, ReviewSection } from '../../contract/review.js';
import { figureNameIn } from '../../contract/named-figure.js';
import { nullSentence } from '../../contract/null-words.js';
import { chipsOf, printed } from '../../core/review/narrative.js';
import { coverOf, recommendationsIn, sectionsFromCover } from '../../contract/review-cover.js';
import { isUntold, nothingTold } from '../../contract/review-pages.js';
import { toldSection } from '../../contract/review-marks.js';
import { tableOfDrawing } from './drawing-table.js';
import { identityOf, inPart, type PackInput, packInstant, SECTION_NAMES, titleOf } from './pack.js';
import { aboutSheet, definitionsSheet } from './xlsx-about.js';
import { type Added, recordSheets } from './xlsx-records.js';
import {
  bold,
  exact,
  header,
  isKeptAsText,
  KEPT_AS_TEXT,
  linkCell,
  listSheet,
  type PackSheet,
  printedCell,
  rowsOfTable,
  said,
  sheetNames,
  titled,
  unitName,
} from './sheet.js';
import { type SheetLink, workbookBytes } from './workbook-bytes.js';

/** The review as a workbook: a sheet a section, then the narrative, definitions, figures and records. */

const HEADLINE = ['Figure', 'Value (unit beside it)', 'Unit', 'As printed', 'Version', 'Note'];

/** The figures of the ledger, each in full; how they are worked out stands in the sheets of definitions and figures. */
const headlineRows = (document: ReviewDocument): Row[] => [
  [bold('Headline figures')],
  HEADLINE.map((text, at) => header(text, at === 1)),
  ...document.headline.flatMap((key): Row[] => {
    const figure = document.figures[key];
    if (!figure) return [];
    const notes = [
      ...(figure.value === null ? [figure.full] : []),
      ...(isKeptAsText(figure.value) ? [KEPT_AS_TEXT] : []),
      ...figure.quality,
    ];
    return [
      [
        said(figureNameIn(document)(key)),
        exact(figure.value, figure.unit),
        said(unitName(figure.unit)),
        printedCell(figure.text),
        said(figure.formula.version),
        notes.length === 0 ? null : said(notes.join(' ')),
      ],
    ];
  }),
  [],
];

const coverRows = ({ document, sha256 }: PackInput): Row[] => {
  const cover = coverOf(document, sha256);
  return [
    [said('For'), said(cover.organisation)],
    [said('Purpose'), said(cover.purpose)],
    [said('Classification'), said(cover.classification)],
    ...recommendationsIn(cover, document).map((text, at): Row => [said(`Recommendation ${at + 1}`), said(text)]),
    ...cover.facts.map(([name, text]): Row => [said(name), said(text)]),
    ...(cover.key === null ? [] : [[said('Marks'), said(cover.key)]]),
    [],
  ];
};

const sectionSheet = (input: PackInput, section: ReviewSection, name: string): PackSheet => ({
  sheet: name,
  about: toldSection(section, input.document.figures).title,
  data: [
    [titled(toldSection(section, input.document.figures).title)],
    [said(section.about)],
    [said(identityOf(input.document, input.sha256))],
    [],
    ...(section.id === 'cover' ? coverRows(input) : []),
    ...(section.id === 'headline' ? headlineRows(input.document) : []),
    ...(isUntold(section) ? [[said(nothingTold(section))]] : []),
    ...section.tables.flatMap(rowsOfTable),
    ...section.drawings.flatMap((drawing) => rowsOfTable(tableOfDrawing(drawing))),
  ],
});

const NARRATIVE = [
  ...['Section', 'Sentence', 'Written', 'Figures cited'],
  ...['Numbers not cited', 'Numbers confirmed', 'Figures changed since'],
].map((header) => ({ header }));

const narrativeSheet = (document: ReviewDocument, name: string): PackSheet => {
  const { sections, figures } = document;
  const nameOf = figureNameIn(document);
  return listSheet(
    { sheet: name, about: 'Each sentence with the figures that it cites.' },
    NARRATIVE,
    sections.flatMap(({ id, title, message, sentences }): Row[] => [
      [
        ...[said(SECTION_NAMES[id]), bold(printed(title, figures))],
        ...[said(message === undefined ? 'title' : 'title, by hand'), cited(title, document)],
        ...[
          said(message?.uncited.join('; ') ?? null),
          said(message?.confirmed.map(({ text }) => text).join('; ') ?? null),
        ],
      ],
      ...sentences.map(({ text, by, uncited, confirmed, stale }): Row => [
        said(SECTION_NAMES[id]),
        said(printed(text, figures)),
        said(by === 'rule' ? 'by rule' : 'by hand'),
        cited(text, document),
        said(uncited.join('; ')),
        said(confirmed.map((number) => number.text).join('; ')),
        said(stale.map(({ figure, was, is }) => `${nameOf(figure)}: ${was}, now ${is}`).join('; ')),
      ]),
    ]),
  );
};

const cited = (text: string, document: ReviewDocument) =>
  said(
    chipsOf(text)
      .map((key) => [figureNameIn(document)(key), document.figures[key]?.full ?? []].flat().join(': '))
      .join('; '),
  );

const FIGURES = [
  ...['Key', 'Figure'].map((header) => ({ header })),
  { header: 'Value (unit beside it)', isOfNumbers: true },
  ...['Unit', 'As printed', 'In full', 'Why there is no value', 'Formula', 'Expression', 'Version'].map((header) => ({
    header,
  })),
  ...['Worked out from', 'Quality'].map((header) => ({ header })),
  { header: 'Records (number)', isOfNumbers: true },
  { header: 'Records stand in' },
  { header: 'Records add up to (unit of their sheet)', isOfNumbers: true },
  { header: 'SHA-256 of the records' },
];

const figuresSheet = (document: ReviewDocument, added: ReadonlyMap<string, Added>, name: string): PackSheet =>
  listSheet(
    { sheet: name, about: 'Each figure in full, with its formula, its quality and its records.' },
    FIGURES,
    Object.entries(document.figures).map(([key, figure]): Row => {
      const { formula, records } = figure;
      return [
        ...[
          said(key),
          said(figureNameIn(document)(key)),
          exact(figure.value, figure.unit),
          said(unitName(figure.unit)),
        ],
        ...[
          printedCell(figure.text),
          printedCell(figure.full),
          said(figure.nullReason === null ? null : nullSentence(figure.nullReason)),
        ],
        ...[said(formula.text), said(formula.expression), said(formula.version)],
        said(figure.inputs.map(({ label, text }) => `${label}: ${text}`).join('; ')),
        said(figure.quality.join(' ')),
        ...[exact(String(records.count), 'count'), said(added.get(key)?.sheet ?? null), added.get(key)?.cell ?? null],
        said(records.sha256),
      ];
    }),
  );

/** The first sheet with a list of the others, each a link: there are as many sheets of records as metrics. */
const withIndex = (first: PackSheet, others: readonly PackSheet[]): { sheet: PackSheet; links: SheetLink[] } => {
  const data = first.data as Row[];
  const begin = data.length + 2;
  const rows = others.map((sheet): Row => [linkCell(sheet.sheet!), said(sheet.about ?? null)]);
  return {
    sheet: { ...first, data: [...data, [bold('Sheets of this workbook')], ...rows] },
    links: others.map((sheet, at) => ({ sheet: first.sheet!, cell: `A${begin + at}`, to: sheet.sheet! })),
  };
};

/**
 * The workbook of a review: the same bytes for the same review.
 * @throws PackFailed that names the section
 */
export const workbookOf = async (input: PackInput): Promise<Uint8Array> => {
  const { document } = input;
  const nameFor = sheetNames();
  const sections = sectionsFromCover(document).map((section) =>
    inPart(`section “${SECTION_NAMES[section.id]}”`, () =>
      sectionSheet(input, section, nameFor(SECTION_NAMES[section.id])),
    ),
  );
  const [narrative, definitions, figures] = ['Narrative', 'Definitions', 'Figures'].map((name) => nameFor(name)) as [
    string,
    string,
    string,
  ];
  const about = nameFor('About');
  const { sheets: records, added } = inPart('the records', () => recordSheets(input, nameFor));
  const [cover, ...others] = sections;
  const sheets = [
    ...others,
    inPart('the narrative', () => narrativeSheet(document, narrative)),
    inPart('the definitions', () => definitionsSheet(document, definitions)),
    inPart('the figures', () => figuresSheet(document, added, figures)),
    ...records,
    aboutSheet(input, titleOf(document), about),
  ];
  const { organisation } = document.review;
  const index = withIndex(cover!, sheets);
  return workbookBytes([index.sheet, ...sheets], {
    ...{ title: titleOf(document), author: organisation, at: packInstant(document) },
    identity: identityOf(document, input.sha256),
    links: index.links,
  });
};
