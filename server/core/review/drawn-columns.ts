import { type Directions, judgedChange, type OtherDrawing, type OtherMark } from '../../contract/review-columns.js';
import { replacedCells } from '../../contract/review-cells.js';
import type { ReviewCell, ReviewDrawing } from '../../contract/review.js';
import { type Beside, changeOf, isOther } from './beside.js';
import { apartFrom, cellOf } from './restated-cells.js';

/** A drawing of a frozen review as it is drawn in another column, and which of its marks differ. */

interface Mark {
  readonly label: string;
  readonly cell: ReviewCell;
  /** Label of the mark that it tells more of. */
  readonly of?: string;
}

/** The values that a drawing compares, each by what it is called: of a quarter what is told of that same quarter there. */
const marksOf = (drawing: ReviewDrawing): Mark[] => {
  switch (drawing.kind) {
    case 'profile':
      return drawing.columns.flatMap(({ label, value, planned, variance }) => [
        { label, cell: value },
        { label: `${label}, plan`, cell: planned, of: label },
        { label: `${label}, difference from plan`, cell: variance, of: label },
      ]);
    case 'ranking':
      return drawing.bars.map(({ label, value }) => ({ label, cell: value }));
    case 'coverage':
      return drawing.bars.flatMap(({ label, value, lost }) => [
        { label, cell: value },
        ...(lost === null ? [] : [{ label: `Short of ${label}`, cell: lost, of: label }]),
      ]);
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

/** The latest points of two lines that end in different quarters; null of other drawings, and where both end in the same. */
const latestOf = (here: ReviewDrawing, there: ReviewDrawing): { label: string; here: Mark; there: Mark } | null => {
  if (here.kind !== 'xmr' || there.kind !== 'xmr') return null;
  const [own, other] = [here, there].map(({ points }) => points.findLast(({ value }) => value.value !== null));
  if (own === undefined || other === undefined || own.label === other.label) return null;
  const mark = ({ label, value }: typeof own): Mark => ({ label, cell: value });
  return { label: `Latest, ${other.label} and ${own.label}`, here: mark(own), there: mark(other) };
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
  const [here, around] = [marksOf(frozen), marksOf(other)];
  const there = new Map(around.map(({ label, cell }) => [label, cell]));
  const labels = new Set(here.map(({ label }) => label));
  const markOf = (label: string, cell: ReviewCell, found: ReviewCell): OtherMark[] => {
    if (!isOther(cell, found)) return [];
    const change = judgedChange(changeOf(cell, found, beside), directions[cell.figure ?? '']);
    const own = withUnit(cell, cell);
    return [{ label, frozen: own, other: apartFrom(withUnit(found, cell), own), change }];
  };
  const latest = latestOf(frozen, other);
  /** What tells more of a mark that is not there is not named beside it. */
  const lacking = (marks: readonly Mark[], has: (label: string) => boolean): string[] =>
    marks.flatMap(({ label, of }) => (has(label) || (of !== undefined && !has(of)) ? [] : [label]));
  return {
    // Figures of the earlier review are no figures of this one: nothing stands behind them here.
    drawing: beside.later === 0 ? other : replacedCells(other, (cell) => ({ ...cell, figure: null })),
    marks: [
      ...(latest === null ? [] : markOf(latest.label, latest.here.cell, latest.there.cell)),
      ...here.flatMap(({ label, cell }) => {
        const found = there.get(label);
        return found === undefined ? [] : markOf(label, cell, found);
      }),
    ],
    gone: lacking(here, (label) => there.has(label)),
    added: lacking(around, (label) => labels.has(label)),
  };
};
