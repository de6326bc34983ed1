import type { Row } from 'write-excel-file/node';
import { add } from '../../contract/decimal.js';
import type { ReviewFigure } from '../../contract/review.js';
import { periodName } from '../../contract/period-name.js';
import { figureNameIn } from '../../contract/named-figure.js';
import type { FrozenRecord, PackInput } from './pack.js';
import {
  type Cell,
  exact,
  fieldName,
  isKeptAsText,
  listSheet,
  numberOrWords,
  type PackSheet,
  said,
  titled,
  unitName,
  wordsOrDay,
  worked,
} from './sheet.js';

/** The records behind the figures: amounts that add up in one sheet, those behind each metric in one of its own. */

/** What the records of a figure add up to, with where they stand. */
export interface Added {
  readonly cell: Cell;
  readonly sheet: string;
}

const RECORDS = 'Records';
const COLUMNS = [
  ...['Figure', 'Key of the figure', 'Kind', 'Code', 'Name', 'At', 'Note'].map((header) => ({ header })),
  { header: 'As entered (unit beside it)', isOfNumbers: true },
  { header: 'Unit as entered' },
  { header: 'Amount (unit beside it)', isOfNumbers: true },
  { header: 'Unit of the amount' },
];
/** Letter of the amounts' column. */
const AMOUNT = 'J';
const kindOf = (type: string): string => type.replaceAll('_', ' ');

/** Amounts of the records of a figure are in its unit; of a share they add up to what is divided. */
const amountUnit = ({ unit }: ReviewFigure): string | null => (unit === 'share' ? null : unit);

/** Cells of texts that many records share are made once. */
const shared = (make: (text: string | null) => Cell): ((text: string | null) => Cell) => {
  const known = new Map<string | null, Cell>();
  return (text) => {
    if (!known.has(text)) known.set(text, make(text));
    return known.get(text)!;
  };
};

/** @param called what tells the figure from others of its title */
const rowsOf = (
  key: string,
  called: string,
  figure: ReviewFigure,
  records: readonly FrozenRecord[],
  told: Told,
): Row[] => {
  const unit = amountUnit(figure);
  const of = told.words(unit === null ? `part of: ${figure.records.title}` : unitName(unit));
  const [name, id] = [told.words(called), told.words(key)];
  return records.map((record) => [
    ...[name, id, told.kind(record.type), told.words(record.code), told.words(record.name)],
    ...[told.day(record.at), told.words(record.note)],
    exact(record.entered, record.enteredUnit),
    told.unit(record.enteredUnit),
    exact(record.amount, unit),
    of,
  ]);
};
type Told = Readonly<Record<'words' | 'kind' | 'day' | 'unit', (text: string | null) => Cell>>;

const isNumber = (text: string | null | undefined): boolean => typeof text === 'string' && /^-?\d/.test(text);

const metricSheet = (
  name: string,
  title: string,
  figure: ReviewFigure,
  records: readonly FrozenRecord[],
): PackSheet => {
  const fields = [...new Set(records.flatMap(({ cells }) => Object.keys(cells ?? {})))];
  return listSheet(
    { sheet: name, about: `Records behind “${title}”.`, said: [titled(title), said(figure.formula.text), null] },
    [
      ...['Kind', 'Code', 'Name'].map((header) => ({ header })),
      ...fields.map((field) => ({
        header: fieldName(field),
        isOfNumbers: records.some(({ cells }) => isNumber(cells?.[field])),
      })),
    ],
    records.map(({ type, code, name: called, cells }): Row => [
      ...[kindOf(type), code, called].map(said),
      ...fields.map((field) => numberOrWords(cells?.[field] ?? null)),
    ]),
  );
};

/** All records in sheets, and for each figure what its records add up to, as a formula over them. */
export const recordSheets = (
  { document, records }: PackInput,
  nameFor: (wanted: string, ending?: string) => string,
): { sheets: PackSheet[]; added: ReadonlyMap<string, Added> } => {
  const rows: Row[] = [];
  const added = new Map<string, Added>();
  const metrics: PackSheet[] = [];
  const name = nameFor(RECORDS);
  const nameOf = figureNameIn(document);
  const { review, settings } = document;
  const quarterOf = (key: string): string =>
    periodName(new URLSearchParams(key.split('?')[1]).get('period') ?? review.period, settings.fiscalYearStart);
  const told: Told = {
    words: shared(said),
    kind: shared((text) => said(text && kindOf(text))),
    day: shared(wordsOrDay),
    unit: shared((text) => said(text && unitName(text))),
  };
  for (const [key, figure] of Object.entries(document.figures)) {
    const behind = records.get(key) ?? [];
    if (behind.length === 0) continue;
    if (behind.some(({ cells }) => cells)) {
      const sheet = nameFor(figure.title, quarterOf(key));
      metrics.push(metricSheet(sheet, nameOf(key), figure, behind));
      added.set(key, { cell: null, sheet });
      continue;
    }
    // The first row of the sheet has the headers, and rows are counted from one.
    const [first, last] = [rows.length + 2, rows.length + behind.length + 1];
    rows.push(...rowsOf(key, nameOf(key), figure, behind, told));
    const sum = behind.map(({ amount }) => amount ?? '0').reduce(add);
    const isText = isKeptAsText(sum) || behind.some(({ amount }) => isKeptAsText(amount));
    const unit = amountUnit(figure);
    added.set(key, {
      cell: isText ? exact(sum, unit) : worked(`SUM(${name}!${AMOUNT}${first}:${AMOUNT}${last})`, sum, unit),
      sheet: name,
    });
  }
  return {
    sheets: [
      ...(rows.length === 0
        ? []
        : [listSheet({ sheet: name, about: 'Records behind the figures that add up or are counted.' }, COLUMNS, rows)]),
      ...metrics,
    ],
    added,
  };
};
