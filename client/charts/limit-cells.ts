import type { Signal } from '../../server/contract/metric.js';
import type { TwinCell } from './twin';

/** The lines that a trend is judged by, as cells of its table: a spreadsheet can draw them again. */
export const LIMIT_COLUMNS = ['Mean', 'Lower limit', 'Upper limit'] as const;

const BLANK: TwinCell = { text: '' };

/** One number that is drawn; blank where it is not. */
export const drawnCell = (value: number | null, print: (value: number) => string): TwinCell =>
  value === null ? BLANK : { number: String(value), printed: print(value) };

/** In the order of the columns; blank with too few points for limits. */
export const limitCells = ({ limits }: Signal, print: (value: number) => string): TwinCell[] =>
  [limits?.centre, limits?.lower, limits?.upper].map((value) => drawnCell(value ?? null, print));
