import type { BenefitProfile, BenefitProfileQuery } from '../../contract/benefit-page.js';
import type { TracedFigure, VarianceFigure } from '../../contract/overview.js';
import type { Figure } from '../../contract/trace.js';
import type { BenefitCell } from '../../benefits/cells.queries.js';
import { aggregatedOf, comparedOf, expectationOf, isAhead, outlookOf } from '../../benefits/expectation.js';
import { addFractions, type Fraction, minus } from '../../core/exact-amounts.js';
import { addMonths, monthsBetween, periodMonths, periodOf } from '../../core/period.js';
import type { Reading } from '../../http/reading.js';
import { textOf, type Unit } from '../../trace/figure.js';
import { type Direction, impactOf, type Question, type TracedFigures } from '../traced-figures.js';

type Column = BenefitProfile['columns'][number];
type By = BenefitProfileQuery['by'];

/** The benefit that is drawn. */
export interface Drawn {
  readonly code: string;
  readonly how: BenefitProfile['aggregation'];
  readonly direction: Direction;
  readonly unit: Unit;
  readonly cells: readonly BenefitCell[];
}

/** A period or a month of the drawing, with its months. */
interface Place {
  readonly at: string;
  /** Its last month. */
  readonly last: string;
  readonly cells: readonly BenefitCell[];
}

type Settled = Pick<Reading, 'period' | 'end' | 'underWay' | 'startMonth'>;

/** Under which column a month lies. */
export const columnOf = (month: string, by: By, startMonth: number): string =>
  by === 'month' ? month : periodOf(month, startMonth);

/** All columns from the first month that holds anything to the last, without a gap. */
const placesOf = (cells: readonly BenefitCell[], by: By, startMonth: number): Place[] => {
  const [first, last] = [cells[0]?.month, cells.at(-1)?.month];
  if (first === undefined || last === undefined) return [];
  const months = Array.from({ length: monthsBetween(first, last) + 1 }, (_, index) => addMonths(first, index));
  const at = [...new Set(months.map((month) => columnOf(month, by, startMonth)))];
  return at.map((place) => ({
    at: place,
    last: by === 'month' ? place : periodMonths(place, startMonth).last,
    cells: cells.filter(({ month }) => columnOf(month, by, startMonth) === place),
  }));
};

/** Over, or begun and reported on: drawn as actual. */
const isPast = ({ at, last, cells }: Place, by: By, { end, underWay, startMonth }: Settled): boolean => {
  const first = by === 'month' ? at : periodMonths(at, startMonth).first;
  if (`${last}-01` >= end) return false;
  // A quarter that has begun has months that are over; a month is over or it is not.
  if (`${by === 'month' ? last : first}-01` < underWay) return true;
  return cells.some(({ realised }) => realised !== null);
};

/** The columns of one benefit's profile. */
export const columnsOf = (figures: TracedFigures, drawn: Drawn, by: By, reading: Settled): Column[] => {
  const { code, how, direction, unit, cells } = drawn;
  const hasBaseline = isReplanned(cells);
  const one = { type: 'benefit', ref: code } as const;
  const figure = (id: Figure, value: Fraction | null, question: Question): TracedFigure => ({
    value: value && textOf(value, unit),
    trace: figures.path(id, { ...one, ...question }),
  });
  const varianceOf = (id: Figure, value: Fraction | null, question: Question, isPending = false): VarianceFigure => ({
    ...figure(id, value, question),
    impact: impactOf(value, direction, isPending),
  });
  return placesOf(cells, by, reading.startMonth).map((place): Column => {
    const upTo = cells.filter(({ month }) => month <= place.last);
    const past = isPast(place, by, reading);
    const isPending = past && place.cells.some((cell) => isAhead(cell, reading) && outlookOf(cell) !== null);
    const inPlace: Question =
      by === 'month'
        ? { period: reading.period, span: 'period', month: place.at }
        : { period: place.at, span: 'period' };
    const toPlace: Question =
      by === 'month'
        ? { period: reading.period, span: 'to_date', month: place.at }
        : { period: place.at, span: 'to_date' };
    const toLast: Question = { period: reading.period, month: place.last };
    const part = past ? pastPart(place.cells) : aheadPart(place.cells);
    const sum = past ? pastPart(upTo) : expectedPart(upTo);
    const adds = how === 'sum';
    return {
      at: place.at,
      scenario: past ? 'AC' : 'FC',
      isProvisional: past && place.cells.some(isUnsettled),
      part: {
        value: figure(past ? 'node.realised' : 'node.outlook', part.value, inPlace),
        planned: figure('node.planned', part.planned, inPlace),
        variance: varianceOf(past ? 'node.variance' : 'node.variance_outlook', part.variance, inPlace, isPending),
      },
      cumulative: adds
        ? {
            value: past ? figure('node.realised', sum.value, toPlace) : figure('node.expected', sum.value, toLast),
            planned: figure('node.planned', sum.planned, toPlace),
            variance: past
              ? varianceOf('node.variance', sum.variance, toPlace, isPending)
              : varianceOf('node.variance_expected', sum.variance, toLast),
          }
        : null,
      baseline: hasBaseline
        ? {
            part: figure('node.baseline_planned', baselineOf(place.cells), inPlace),
            cumulative: adds ? figure('node.baseline_planned', baselineOf(upTo), toPlace) : null,
          }
        : null,
    };
  });

  function pastPart(of: readonly BenefitCell[]) {
    const { planned, realised, isCompared } = comparedOf(of, how);
    return { value: realised, planned, variance: isCompared ? minus(realised!, planned!) : null };
  }
  function aheadPart(of: readonly BenefitCell[]) {
    const value = aggregatedOf(of.map(outlookOf), how);
    const { planned } = comparedOf(of, how);
    return { value, planned, variance: value && planned && minus(value, planned) };
  }
  function expectedPart(of: readonly BenefitCell[]) {
    const { realised, coming, planned, isNone, isUnmeasured, isUnplanned } = expectationOf(of, reading);
    const value = isNone ? null : addFractions(realised, coming);
    return {
      value,
      planned: isUnplanned ? null : planned,
      variance: value && !isUnplanned && !isUnmeasured ? minus(value, planned) : null,
    };
  }
  function baselineOf(of: readonly BenefitCell[]): Fraction | null {
    const both = of.filter(({ baseline, realised }) => baseline !== null && realised !== null);
    const counted = how !== 'sum' && both.length > 0 ? both : of;
    return aggregatedOf(
      counted.map((cell) => cell.baseline),
      how,
    );
  }
};

/** Planned and not reported, or reported and confirmed by nobody. */
const isUnsettled = ({ planned, realised, confirmed }: BenefitCell): boolean =>
  realised === null ? planned !== null : confirmed === null;

/** Whether any month was planned otherwise when the plan was approved. */
export const isReplanned = (cells: readonly BenefitCell[]): boolean =>
  cells.some(({ planned, baseline }) => planned !== baseline);
