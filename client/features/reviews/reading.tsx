import { createContext, use, useMemo, type ReactNode } from 'react';
import type { RestatedFigure, Restatement } from '../../../server/contract/review-after.js';
import type { ReviewCell, ReviewDocument } from '../../../server/contract/review.js';
import type { NamedReview } from '../../../server/contract/review-named.js';
import { shiftPeriod } from '../../lib/period';

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
  /** Whether figures open what stands behind them: not where there is nothing but the document. */
  isLinked: boolean;
}

const Context = createContext<Reading | null>(null);

interface ReadingProviderProps {
  document: ReviewDocument;
  column?: ReviewColumn;
  restatement?: Restatement | undefined;
  isLinked?: boolean;
  children: ReactNode;
}

export function ReadingProvider(props: ReadingProviderProps) {
  const { document, column = 'frozen', restatement, isLinked = true, children } = props;
  const value = useMemo<Reading>(
    () => ({
      ...{ document, isLinked },
      column: readable(column, restatement),
      restated: new Map(restatement?.figures.map((figure) => [figure.key, figure])),
    }),
    [document, column, restatement, isLinked],
  );
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

/** Without the answer there is one column only, and without an earlier review none of it. */
const readable = (column: ReviewColumn, restatement: Restatement | undefined): ReviewColumn =>
  restatement === undefined || (column === 'previous' && restatement.previous === null) ? 'frozen' : column;

/** @throws Error outside a review */
export function useReading(): Reading {
  const reading = use(Context);
  if (reading === null) throw new Error('useReading is for parts of a review');
  return reading;
}

/** A cell in the column that is read. */
export interface ShownCell {
  /** Null where the other column has no such figure. */
  cell: ReviewCell | null;
  /** To the column as frozen; null where nothing is compared. */
  change: ReviewCell | null;
  /** Present where the figure is another today. */
  restated: RestatedFigure | null;
}

/** What stands in the place of a cell; cells that are no figure are the same in every column. */
export function shownCell(cell: ReviewCell, { column, restated }: Pick<Reading, 'column' | 'restated'>): ShownCell {
  const figure = cell.figure === null ? undefined : restated.get(cell.figure);
  if (column === 'frozen' || figure === undefined) return { cell, change: null, restated: null };
  if (column === 'previous') return { cell: figure.previous, change: figure.sincePrevious, restated: null };
  const isRestated = figure.isRestated;
  return { cell: figure.today, change: isRestated ? figure.restatement : null, restated: isRestated ? figure : null };
}

/** A text under a header that names the unit, without it: the header has said so. */
export const withoutUnit = (text: string, unit: string | null): string =>
  unit !== null && unit !== '' && text.endsWith(unit) ? text.slice(0, -unit.length).trimEnd() : text;

/** Whether a cell is another in the other columns; those that are no figure are as frozen in all of them. */
export const isCompared = ({ figure }: ReviewCell, { restated }: Pick<Reading, 'restated'>): boolean =>
  figure !== null && restated.has(figure);

/** Words that name quarters, above figures of the column that is read: of the earlier review each names the quarter that it was there. */
export function wordsIn(text: string, { column, document: { review, previous } }: Reading): string {
  if (column !== 'previous' || previous === null) return text;
  const later = quarterOf(previous.period) - quarterOf(review.period);
  return text.replace(/(?<!\d)(\d{4}) (Q[1-4])\b/g, (_, year: string, quarter: string) =>
    shiftPeriod(`${year}-${quarter}`, later).replace('-', ' '),
  );
}

/** Quarters since the year 0. */
const quarterOf = (period: string): number => Number(period.slice(0, 4)) * 4 + Number(period.at(-1));
