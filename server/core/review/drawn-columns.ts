import { type Directions, judgedChange, type OtherDrawing, type OtherMark } from '../../contract/review-columns.js';
import { replacedCells } from '../../contract/review-cells.js';
import type { ReviewCell, ReviewDrawing } from '../../contract/review.js';
import { type Beside, changeOf, isOther } from './beside.js';
import { apartFrom, cellOf } from './restated-cells.js';

/** A drawing of a frozen review as it is drawn in another column, and which of its marks differ. */

interface Mark {
  readonly label: string;
  readonly cell: ReviewCell;
}

/** The values that a drawing compares, each by what it is called: of a quarter what is told of that same quarter there. */
const marksOf = (drawing: ReviewDrawing): Mark[] => {
  switch (drawing.kind) {
    case 'profile':
      return drawing.columns.flatMap(({ label, value, planned }) => [
        { label, cell: value },
        { label: `${label}, plan`, cell: planned },
      ]);
    case 'ranking':
    case 'coverage':
      return drawing.bars.map(({ label, value }) => ({ label, cell: value }));
    case 'xmr': {
      const { points, limits, target } = drawing;
      return [
        ...points.map(({ label, value }) => ({ label, cell: value })),
        ...(limits === null
          ? []
          : [
              { label: 'Mean', cell: limits.centre },
              { label: 'Upper limit', cell: limits.upper },
              { label: 'Lower limit', cell: limits.lower },
            ]),
        ...(target === null ? [] : [{ label: 'Target', cell: target }]),
      ];
    }
  }
};

/** Beside a list of words each value names its unit. */
const withUnit = (cell: ReviewCell, frozen: ReviewCell): ReviewCell =>
  cell.value === null || cell.unit === null
    ? { ...cell, figure: null }
    : { ...cellOf(cell.value, { value: frozen.value ?? cell.value, unit: cell.unit }), impact: cell.impact };

/**
 * @param other the drawing of the same id there
 * @param directions which way is good for figures that are judged
 */
export const drawingIn = (
  frozen: ReviewDrawing,
  other: ReviewDrawing | undefined,
  beside: Beside,
  directions: Directions,
): Pick<OtherDrawing, 'drawing' | 'marks' | 'gone' | 'added'> => {
  if (other === undefined || other.kind !== frozen.kind) return { drawing: null, marks: [], gone: [], added: [] };
  const there = new Map(marksOf(other).map(({ label, cell }) => [label, cell]));
  const here = marksOf(frozen);
  const labels = new Set(here.map(({ label }) => label));
  return {
    // Figures of the earlier review are no figures of this one: nothing stands behind them here.
    drawing: beside.later === 0 ? other : replacedCells(other, (cell) => ({ ...cell, figure: null })),
    marks: here.flatMap(({ label, cell }): OtherMark[] => {
      const found = there.get(label);
      if (found === undefined || !isOther(cell, found)) return [];
      const change = judgedChange(changeOf(cell, found, beside), directions[cell.figure ?? '']);
      const own = withUnit(cell, cell);
      return [{ label, frozen: own, other: apartFrom(withUnit(found, cell), own), change }];
    }),
    gone: here.filter(({ label }) => !there.has(label)).map(({ label }) => label),
    added: [...there.keys()].filter((label) => !labels.has(label)),
  };
};
