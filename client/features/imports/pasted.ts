import { parseTsv, writeTsv } from '../entry/tsv';

/** Cells from the clipboard, as a file like any other. */
export interface Pasted {
  file: File;
  rows: number;
  columns: number;
}

/**
 * Takes a range of cells with its header row. A line of blanks at the end is none.
 * @param number to tell several pastes apart
 * @returns null where there is no header row with at least one row below
 */
export function pastedFile(text: string, number = 1): Pasted | null {
  const cells = parseTsv(text);
  while (cells.length > 0 && cells.at(-1)!.every((cell) => cell.trim() === '')) cells.pop();
  if (cells.length < 2) return null;
  const columns = Math.max(...cells.map((row) => row.length));
  const even = cells.map((row) => [...row, ...Array.from({ length: columns - row.length }, () => '')]);
  const name = number === 1 ? 'Pasted cells.csv' : `Pasted cells ${number}.csv`;
  return { file: new File([writeTsv(even)], name, { type: 'text/csv' }), rows: cells.length - 1, columns };
}
