import type { ReviewCell, ReviewDrawing } from '../../../server/contract/review.js';
import type { TwinCell } from '../../charts/twin';
import { PrintedCell } from './printed-cell';

/** The cells of a drawing, whatever its kind. */

/** Puts another cell in the place of each. */
export function replaced(drawing: ReviewDrawing, by: (cell: ReviewCell) => ReviewCell): ReviewDrawing {
  const orNull = (cell: ReviewCell | null) => (cell === null ? null : by(cell));
  switch (drawing.kind) {
    case 'profile':
      return {
        ...drawing,
        columns: drawing.columns.map((column) => ({
          ...column,
          value: by(column.value),
          planned: by(column.planned),
          variance: by(column.variance),
        })),
      };
    case 'ranking':
      return { ...drawing, bars: drawing.bars.map((bar) => ({ ...bar, value: by(bar.value), share: by(bar.share) })) };
    case 'coverage':
      return {
        ...drawing,
        bars: drawing.bars.map((bar) => ({ ...bar, value: by(bar.value), lost: orNull(bar.lost) })),
      };
    case 'xmr': {
      const { points, limits, target } = drawing;
      return {
        ...drawing,
        points: points.map((point) => ({ ...point, value: by(point.value) })),
        limits: limits && { centre: by(limits.centre), lower: by(limits.lower), upper: by(limits.upper) },
        target: orNull(target),
      };
    }
  }
}

export function cellsOf(drawing: ReviewDrawing): ReviewCell[] {
  const cells: ReviewCell[] = [];
  replaced(drawing, (cell) => {
    cells.push(cell);
    return cell;
  });
  return cells;
}

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
