import { createContext, use, useMemo, type ReactNode } from 'react';
import type { RestatedFigure, Restatement } from '../../../server/contract/review-after.js';
import type { OtherColumn, OtherTable, ReviewColumns } from '../../../server/contract/review-columns.js';
import { judgedIn } from '../../../server/contract/review-judged.js';
import type { ReviewCell, ReviewDocument, ReviewTable } from '../../../server/contract/review.js';
import type { NamedReview } from '../../../server/contract/review-named.js';
import { judgedFigure } from './judged';
import { underHeader } from './under-header';

/** What is being read: the document, and which of its three columns. */

export const COLUMNS = [
  { value: 'frozen', word: 'As frozen' },
  { value: 'previous', word: 'Previous quarter (as frozen then)' },
  { value: 'today', word: 'Restated today' },
] as const;
export type ReviewColumn = (typeof COLUMNS)[number]['value'];

/** What a column is called: the earlier quarter by its name. */
export const columnWord = (column: ReviewColumn, previous: NamedReview | null): string =>
  column === 'previous' && previous !== null
    ? `${previous.periodName} (as frozen then)`
    : COLUMNS.find(({ value }) => value === column)!.word;

export interface Reading {
  document: ReviewDocument;
  column: ReviewColumn;
  /** By key; of the figures in their three columns. */
  restated: ReadonlyMap<string, RestatedFigure>;
  /** Tables and drawings of the column that is read; null as frozen. */
  beside: OtherColumn | null;
  /** What stands in the place of a row of the document; null where it is not listed there. */
  rows: ReadonlyMap<Row, OtherTable['rows'][number]>;
  /** Whether figures open what stands behind them: not where there is nothing but the document. */
  isLinked: boolean;
}
type Row = readonly ReviewCell[];

const Context = createContext<Reading | null>(null);

interface ReadingProviderProps {
  document: ReviewDocument;
  column?: ReviewColumn;
  restatement?: Restatement | undefined;
  columns?: ReviewColumns | undefined;
  isLinked?: boolean;
  children: ReactNode;
}

export function ReadingProvider(props: ReadingProviderProps) {
  const { document, column: asked = 'frozen', restatement, columns, isLinked = true, children } = props;
  const value = useMemo<Reading>(() => {
    // Until both answers are there, there is one column only, and without an earlier review none of it.
    const beside = restatement && columns && asked !== 'frozen' ? columns[asked] : null;
    const frozen = judgedIn(document);
    const figures = restatement?.figures.map((each) => (columns ? judgedFigure(each, frozen, columns) : each));
    return {
      ...{ document, isLinked, beside },
      column: beside === null ? 'frozen' : asked,
      restated: new Map(figures?.map((figure) => [figure.key, figure])),
      rows: rowsBeside(document, beside),
    };
  }, [document, asked, restatement, columns, isLinked]);
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

/** By the rows themselves: pages show parts of tables. */
const rowsBeside = ({ sections }: ReviewDocument, beside: OtherColumn | null): Reading['rows'] =>
  new Map(
    beside === null
      ? []
      : sections.flatMap((section) =>
          section.tables.flatMap(({ id, rows }) => {
            const other = besideOf(beside.tables, section.id, id);
            return rows.map((row, at) => [row, other?.rows[at] ?? null] as const);
          }),
        ),
  );

/** The one of its section and id. */
export const besideOf = <Each extends { section: string; id: string }>(
  all: readonly Each[],
  section: string,
  id: string,
): Each | undefined => all.find((each) => each.section === section && each.id === id);

/** @throws Error outside a review */
export function useReading(): Reading {
  const reading = use(Context);
  if (reading === null) throw new Error('useReading is for parts of a review');
  return reading;
}

/** A cell in the column that is read. */
export interface ShownCell {
  /** Null where the other column has no such cell. */
  cell: ReviewCell | null;
  /** To the column as frozen; null where nothing is compared. */
  change: ReviewCell | null;
  /** Present where a figure is another today. */
  restated: RestatedFigure | null;
  /** What stood there as frozen, where that is another today. */
  was: string | null;
  /** The cell as frozen, where the column has another in its place. */
  frozen: ReviewCell | null;
  /** Nothing is there to compare it with: it stands as frozen among others that are of the other column. */
  isAsFrozen: boolean;
}

const SAME = { change: null, restated: null, was: null, frozen: null, isAsFrozen: false };

/** The rows in the column that is read, under their headers. @param other what stands in the place of their table there */
export const shownRows = ({ columns, rows }: ReviewTable, reading: Reading, other: OtherTable | undefined) => {
  // A column that judges nothing as frozen, as that of all digits does, judges nothing in another; changes are judged.
  const isJudged = columns.map((_, at) => rows.some((row) => row[at]!.impact !== null));
  return rows.map((row) =>
    unscaledRow(row, reading, other).map((shown, at): ShownCell => {
      if (reading.column === 'frozen') return shown;
      const { unit } = columns[at]!;
      const isOther = shown.change !== null || shown.was !== null;
      const frozen = isOther ? row[at]! : null;
      const cell = underHeader(shown.cell, unit, frozen);
      const isPlain = cell === null || isJudged[at]!;
      return {
        ...shown,
        frozen,
        cell: isPlain ? cell : { ...cell, impact: null },
        change: underHeader(shown.change, unit, null),
      };
    }),
  );
};

const unscaledRow = (row: Row, reading: Reading, table: OtherTable | undefined): ShownCell[] => {
  const other = reading.rows.get(row) ?? null;
  return row.map((cell, at): ShownCell => {
    if (reading.column === 'frozen' || table === undefined) return { ...SAME, cell };
    const figure = cell.figure === null ? undefined : reading.restated.get(cell.figure);
    if (figure !== undefined) return shownFigure(figure, reading.column);
    if (table.names.includes(at)) return { ...SAME, cell };
    if (!table.isThere) return { ...SAME, cell, isAsFrozen: true };
    // A part of a row that no page holds.
    if (!reading.rows.has(row)) return { ...SAME, cell, isAsFrozen: true };
    if (other === null) return { ...SAME, cell: null };
    const found = other[at] ?? null;
    if (found === null) return { ...SAME, cell, isAsFrozen: true };
    const was = found.isOther && reading.column === 'today' ? cell.text : null;
    return { ...SAME, cell: found.cell, change: found.change, was };
  });
};

const shownFigure = (figure: RestatedFigure, column: ReviewColumn): ShownCell =>
  column === 'previous'
    ? { ...SAME, cell: figure.previous, change: figure.sincePrevious }
    : figure.isRestated
      ? { ...SAME, cell: figure.today, change: figure.restatement, restated: figure, was: figure.frozen.text }
      : { ...SAME, cell: figure.today };

/** Where a column is from, in a sentence: `today`, `in the review of 2026 Q2`. */
export const whereWords = ({ column, document: { previous } }: Reading): string =>
  column === 'today' ? 'today' : `in the review of ${previous!.periodName}`;
/** What is compared with it, before a value: `as frozen`, `2026 Q3`. */
export const frozenWord = ({ column, document: { review } }: Pick<Reading, 'column' | 'document'>): string =>
  column === 'today' ? 'as frozen' : review.periodName;
/** What its differences are from. */
export const changeWords = ({ column, document: { review } }: Reading): string =>
  column === 'today' ? 'Δ since frozen' : `Δ to ${review.periodName}`;
