import type { ReviewCell, ReviewDrawing, ReviewSection } from './review.js';

/** The cells of drawings, whatever their kind, and of sections. */

/** Puts another cell in the place of each. */
export function replacedCells(drawing: ReviewDrawing, by: (cell: ReviewCell) => ReviewCell): ReviewDrawing {
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

/** All cells of a drawing, in its order. */
export function cellsOf(drawing: ReviewDrawing): ReviewCell[] {
  const cells: ReviewCell[] = [];
  replacedCells(drawing, (cell) => {
    cells.push(cell);
    return cell;
  });
  return cells;
}

/** All cells of sections in their order: of each those of its tables, then those of its drawings. */
export const cellsOfSections = (sections: readonly Pick<ReviewSection, 'tables' | 'drawings'>[]): ReviewCell[] =>
  sections.flatMap(({ tables, drawings }) => [
    ...tables.flatMap(({ rows }) => rows.flat()),
    ...drawings.flatMap(cellsOf),
  ]);
