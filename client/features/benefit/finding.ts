import type { TracedFigure, VarianceFigure } from '../../../server/contract/overview.js';
import { toGeometry } from '../../../server/contract/decimal.js';

interface Compared {
  value: TracedFigure;
  planned: TracedFigure;
  variance: VarianceFigure;
  column: { scenario: 'AC' | 'FC' };
}

/** What the columns that are over say: which lies furthest from its plan, the unfavourable ones before the favourable. */
export function findingOf<C extends Compared>(
  columns: readonly C[],
): 'nothing-due' | 'not-measured' | 'on-plan' | { of: C; isBehind: boolean } {
  const past = columns.filter(({ column }) => column.scenario === 'AC');
  if (past.every(({ planned, value }) => planned.value === null && value.value === null)) return 'nothing-due';
  if (past.every(({ value }) => value.value === null)) return 'not-measured';
  const furthest = (impact: 'favourable' | 'unfavourable') =>
    past
      .filter(({ variance }) => variance.impact === impact && variance.value !== null)
      .sort((a, b) => size(b) - size(a))[0];
  const behind = furthest('unfavourable');
  const of = behind ?? furthest('favourable');
  return of === undefined ? 'on-plan' : { of, isBehind: behind !== undefined };
}

const size = ({ variance }: Compared): number => Math.abs(toGeometry(variance.value ?? '0'));
