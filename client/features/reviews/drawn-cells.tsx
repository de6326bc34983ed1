import type { ReviewCell } from '../../../server/contract/review.js';
import type { TwinCell } from '../../charts/twin';
import { PrintedCell } from './printed-cell';

/** Prints a value of the drawing as its cell does, for the description of the drawing. */
export function printerOf(cells: readonly ReviewCell[]): (value: string) => string {
  const texts = new Map(cells.map(({ value, text }) => [value, text]));
  // A difference is told without its sign: "by 2.70".
  for (const { value, text } of cells)
    if (value?.startsWith('-') && !texts.has(value.slice(1)))
      texts.set(value.slice(1), text.replace(/^[▲▼\s]*[−-]/, ''));
  return (value) => texts.get(value) ?? value;
}

/** In the table beside the drawing: as printed there, exact in the file. */
export const twinCell = (cell: ReviewCell | null, unit: string): TwinCell =>
  cell === null || cell.value === null
    ? cell === null || cell.text === ''
      ? null
      : { text: cell.text }
    : { number: cell.value, printed: cell.text, shown: <PrintedCell cell={cell} unit={unit} /> };
