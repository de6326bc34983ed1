import type { ReactNode } from 'react';
import type { TraceStep } from '../lib/trace-path';

/** A table twin: the same data as the drawing, as people and spreadsheets read it. */
export interface TwinTable {
  columns: readonly string[];
  rows: readonly (readonly TwinCell[])[];
}
/** Text from people, or a number as plain decimal text; with a trace it is a number of the page, and `label` says which. */
export type TwinCell = TwinText | TwinNumber | null;
export interface TwinText {
  text: string;
  /** The text as the page shows it, where it leads somewhere. */
  shown?: ReactNode;
}
export interface TwinNumber {
  number: string;
  printed: string;
  trace?: TraceStep | null;
  label?: string;
  /** As the page shows it, where it is no number of today with a trace. */
  shown?: ReactNode;
}

/** Raw numbers; text that a spreadsheet would run as a formula is quoted so that it does not. */
export function csvOf(twin: TwinTable): string {
  const field = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const guarded = (text: string) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
  const line = (cells: readonly TwinCell[]) =>
    cells.map((cell) => field(cell === null ? '' : 'number' in cell ? cell.number : guarded(cell.text))).join(',');
  return [line(twin.columns.map((text) => ({ text }))), ...twin.rows.map(line)].join('\r\n');
}

/** The byte order mark makes Excel read UTF-8. */
export const csvAddress = (twin: TwinTable): string =>
  `data:text/csv;charset=utf-8,${encodeURIComponent(`\ufeff${csvOf(twin)}`)}`;
