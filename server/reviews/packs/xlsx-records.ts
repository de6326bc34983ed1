import type { Row } from 'write-excel-file/node';
import { add } from '../../contract/decimal.js';
import type { ReviewFigure } from '../../contract/review.js';
import { figureNameIn } from '../../contract/named-figure.js';
import type { FrozenRecord, PackInput } from './pack.js';
import {
  bold,
  type Cell,
  exact,
  isKeptAsText,
  listSheet,
  numberOrWords,
  type PackSheet,
  said,
  unitName,
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
  { header: 'Figure', width: 34 },
  { header: 'Key of the figure', width: 30 },
  { header: 'Kind', width: 18 },
  { header: 'Code', width: 16 },
  { header: 'Name', width: 40 },
  { header: 'At', width: 12 },
  { header: 'Note', width: 40 },
  { header: 'As entered (unit beside it)', width: 18 },
  { header: 'Unit as entered', width: 14 },
  { header: 'Amount (unit beside it)', width: 20 },
  { header: 'Unit of the amount', width: 24 },
];
/** Letter of the amounts' column. */
const AMOUNT = 'J';
const kindOf = (type: string): string => type.replaceAll('_', ' ');

/** Amounts of the records of a figure are in its unit; of a share they add up to what is divided. */
const amountUnit = ({ unit }: ReviewFigure): string | null => (unit === 'share' ? null : unit);

/** @param called what tells the figure from others of its title */
const rowOf = (key: string, called: string, figure: ReviewFigure, record: FrozenRecord): Row => {
  const unit = amountUnit(figure);
  return [
    ...[called, key, kindOf(record.type), record.code, record.name, record.at, record.note].map(said),
    exact(record.entered, record.enteredUnit),
    said(record.enteredUnit && unitName(record.enteredUnit)),
    exact(record.amount, unit),
    said(unit === null ? `part of: ${figure.records.title}` : unitName(unit)),
  ];
};

const metricSheet = (
  name: string,
  title: string,
  figure: ReviewFigure,
  records: readonly FrozenRecord[],
): PackSheet => {
  const fields = [...new Set(records.flatMap(({ cells }) => Object.keys(cells ?? {})))];
  return {
    sheet: name,
    columns: [{ width: 18 }, { width: 16 }, { width: 40 }, ...fields.map(() => ({ width: 18 }))],
    data: [
      [bold(title)],
      [said(figure.formula.text)],
      [],
      ['Kind', 'Code', 'Name', ...fields.map(kindOf)].map(bold),
      ...records.map(({ type, code, name: called, cells }): Row => [
        ...[kindOf(type), code, called].map(said),
        ...fields.map((field) => numberOrWords(cells?.[field] ?? null)),
      ]),
    ],
  };
};

/** All records in sheets, and for each figure what its records add up to, as a formula over them. */
export const recordSheets = (
  { document, records }: PackInput,
  nameFor: (wanted: string) => string,
): { sheets: PackSheet[]; added: ReadonlyMap<string, Added> } => {
  const rows: Row[] = [];
  const added = new Map<string, Added>();
  const metrics: PackSheet[] = [];
  const name = nameFor(RECORDS);
  const nameOf = figureNameIn(document);
  for (const [key, figure] of Object.entries(document.figures)) {
    const behind = records.get(key) ?? [];
    if (behind.length === 0) continue;
    if (behind.some(({ cells }) => cells)) {
      const sheet = nameFor(`Records ${key.replace(/^metric\./, '')}`);
      metrics.push(metricSheet(sheet, nameOf(key), figure, behind));
      added.set(key, { cell: null, sheet });
      continue;
    }
    // The first row of the sheet has the headers, and rows are counted from one.
    const [first, last] = [rows.length + 2, rows.length + behind.length + 1];
    for (const record of behind) rows.push(rowOf(key, nameOf(key), figure, record));
    const sum = behind.map(({ amount }) => amount ?? '0').reduce(add);
    const isText = isKeptAsText(sum) || behind.some(({ amount }) => isKeptAsText(amount));
    const unit = amountUnit(figure);
    added.set(key, {
      cell: isText ? exact(sum, unit) : worked(`SUM(${name}!${AMOUNT}${first}:${AMOUNT}${last})`, sum, unit),
      sheet: name,
    });
  }
  return { sheets: [...(rows.length === 0 ? [] : [listSheet(name, COLUMNS, rows)]), ...metrics], added };
};
