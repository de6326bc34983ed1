import type { Row } from 'write-excel-file/node';
import type { ReviewDocument, ReviewSection } from '../../contract/review.js';
import { figureNameIn } from '../../contract/named-figure.js';
import { nullSentence } from '../../contract/null-words.js';
import { chipsOf, printed } from '../../core/review/narrative.js';
import { coverOf, recommendationsIn, sectionsFromCover } from '../../contract/review-cover.js';
import { toldSection } from '../../contract/review-marks.js';
import { tableOfDrawing } from './drawing-table.js';
import { identityOf, inPart, type PackInput, packInstant, SECTION_NAMES, titleOf } from './pack.js';
import { aboutSheet, definitionsSheet } from './xlsx-about.js';
import { type Added, recordSheets } from './xlsx-records.js';
import {
  bold,
  COLUMN,
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
  unitName,
  wrapped,
} from './sheet.js';
import { type SheetLink, workbookBytes } from './workbook-bytes.js';

/** The review as a workbook: a sheet a section, then the narrative, definitions, figures and records. */

const HEADLINE = ['Figure', 'Value (unit beside it)', 'Unit', 'As printed', 'Formula', 'Version', 'Note'];

/** The figures of the ledger, each in full. */
const headlineRows = (document: ReviewDocument): Row[] => [
  [bold('Headline figures')],
  HEADLINE.map(header),
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
        wrapped(figureNameIn(document)(key)),
        exact(figure.value, figure.unit),
        said(unitName(figure.unit)),
        printedCell(figure.text),
        wrapped(figure.formula.text),
        said(figure.formula.version),
        notes.length === 0 ? null : wrapped(notes.join(' ')),
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
    ...recommendationsIn(cover, document).map((text, at): Row => [said(`Recommendation ${at + 1}`), wrapped(text)]),
    ...cover.facts.map(([name, text]): Row => [said(name), wrapped(text)]),
    ...(cover.key === null ? [] : [[said('Marks'), said(cover.key)]]),
    [],
  ];
};

/** The cover has names and what they say: a hash of 64 digits on one line. */
const COVER = [{ width: 36 }, { width: 80 }];
const COLUMNS = [{ width: 36 }, ...Array.from({ length: 9 }, () => ({ width: COLUMN }))];

/** The headline says a formula and notes of each figure. */
const HEADLINE_COLUMNS = COLUMNS.map((column, at) => (at === 4 || at === 6 ? { width: 56 } : column));
const columnsOf = (id: ReviewSection['id']): { width: number }[] =>
  id === 'cover' ? COVER : id === 'headline' ? HEADLINE_COLUMNS : COLUMNS;

const sectionSheet = (input: PackInput, section: ReviewSection, name: string): PackSheet => ({
  sheet: name,
  columns: columnsOf(section.id),
  data: [
    [bold(toldSection(section, input.document.figures).title)],
    [said(section.about)],
    [said(identityOf(input.document, input.sha256))],
    [],
    ...(section.id === 'cover' ? coverRows(input) : []),
    ...(section.id === 'headline' ? headlineRows(input.document) : []),
    ...section.tables.flatMap(rowsOfTable),
    ...section.drawings.flatMap((drawing) => rowsOfTable(tableOfDrawing(drawing))),
  ],
});

const NARRATIVE = [
  ...[
    { header: 'Section', width: 16 },
    { header: 'Sentence', width: 90 },
    { header: 'Written', width: 12 },
  ],
  ...['Figures cited', 'Numbers not cited', 'Numbers confirmed', 'Figures changed since'].map((header) => ({
    header,
    width: 36,
  })),
];

const narrativeSheet = (document: ReviewDocument, name: string): PackSheet => {
  const { sections, figures } = document;
  const nameOf = figureNameIn(document);
  return listSheet(
    name,
    NARRATIVE,
    sections.flatMap(({ id, title, message, sentences }): Row[] => [
      [
        ...[said(SECTION_NAMES[id]), { ...bold(printed(title, figures)), wrap: true }],
        ...[said(message === undefined ? 'title' : 'title, by hand'), cited(title, document)],
        ...[
          said(message?.uncited.join('; ') ?? null),
          said(message?.confirmed.map(({ text }) => text).join('; ') ?? null),
        ],
      ],
      ...sentences.map(({ text, by, uncited, confirmed, stale }): Row => [
        said(SECTION_NAMES[id]),
        wrapped(printed(text, figures)),
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
  ...[
    { header: 'Key', width: 36 },
    { header: 'Figure', width: 36 },
    { header: 'Value (unit beside it)', width: 22 },
    { header: 'Unit', width: 18 },
    { header: 'As printed', width: 18 },
    { header: 'In full', width: 26 },
    { header: 'Why there is no value', width: 24 },
    { header: 'Formula', width: 50 },
    { header: 'Expression', width: 36 },
    { header: 'Version', width: 10 },
    { header: 'Worked out from', width: 60 },
    { header: 'Quality', width: 50 },
    { header: 'Records (number)', width: 12 },
    { header: 'Records stand in', width: 18 },
    { header: 'Records add up to (unit of their sheet)', width: 24 },
    { header: 'SHA-256 of the records', width: 66 },
  ],
];

const figuresSheet = (document: ReviewDocument, added: ReadonlyMap<string, Added>, name: string): PackSheet =>
  listSheet(
    name,
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
  const rows = others.map((sheet): Row => [linkCell(sheet.sheet!), headOf(sheet)]);
  return {
    sheet: { ...first, data: [...data, [bold('Sheets of this workbook')], ...rows] },
    links: others.map((sheet, at) => ({ sheet: first.sheet!, cell: `A${begin + at}`, to: sheet.sheet! })),
  };
};

/** What a sheet that is no list has for its heading. */
const headOf = ({ data, stickyRowsCount }: PackSheet): Row[number] => {
  const head = (data as Row[])[0]?.[0];
  const isHead = stickyRowsCount === undefined && typeof head === 'object' && head !== null && 'value' in head;
  return isHead ? { value: String(head.value), type: String, wrap: true } : null;
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
  const [narrative, definitions, figures] = ['Narrative', 'Definitions', 'Figures'].map(nameFor) as [
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
