import { compare, isZero } from '../../server/contract/decimal.js';

/** The description of a drawing, made from its data: what is drawn, the extremes, and how it moves. What it means is for people to say. */

export interface Point {
  /** `2026 Q3`. */
  label: string;
  value: string | null;
}

const known = (points: readonly Point[]) =>
  points.filter((point): point is Point & { value: string } => point.value !== null);

/** The highest and lowest point; null of none. */
export function extremes(points: readonly Point[]) {
  const [first, ...rest] = known(points);
  if (first === undefined) return null;
  return rest.reduce(
    ({ highest, lowest }, point) => ({
      highest: compare(point.value, highest.value) > 0 ? point : highest,
      lowest: compare(point.value, lowest.value) < 0 ? point : lowest,
    }),
    { highest: first, lowest: first },
  );
}

/** `rises from 1 to 3`, `falls…`, `stays at…` from the first to the last point. */
function movement(points: readonly Point[], printed: (value: string) => string): string {
  const found = known(points);
  const [first, last] = [found[0], found.at(-1)];
  if (first === undefined || last === undefined || first === last) return '';
  const way = compare(last.value, first.value);
  if (way === 0) return `It ends where it began, at ${printed(last.value)}.`;
  return `It ${way > 0 ? 'rises' : 'falls'} from ${printed(first.value)} to ${printed(last.value)}.`;
}

/** A short row of columns, in a sentence or two. */
export function describeSeries(name: string, points: readonly Point[], printed: (value: string) => string): string {
  const span = `${name}, ${points[0]?.label ?? ''} to ${points.at(-1)?.label ?? ''}`;
  const found = extremes(points);
  if (found === null) return `${span}: nothing is recorded.`;
  const { highest, lowest } = found;
  const range =
    compare(highest.value, lowest.value) === 0
      ? `${printed(highest.value)} throughout`
      : `highest ${printed(highest.value)} in ${highest.label}, lowest ${printed(lowest.value)} in ${lowest.label}`;
  const missing = points.length - known(points).length;
  return [
    `${span}: ${range}.`,
    movement(points, printed),
    missing === 0 ? '' : `${missing} of ${points.length} quarters have no record.`,
  ]
    .filter(Boolean)
    .join(' ');
}

export interface DescribedColumn {
  label: string;
  scenario: 'AC' | 'FC';
  value: string | null;
  planned: string | null;
  variance: string | null;
}

/** Columns of scenarios over time: construction, extremes and the largest distance from plan, movement. */
export function describeColumns(
  name: string,
  columns: readonly DescribedColumn[],
  printed: (value: string) => string,
): string {
  const actual = columns.filter(({ scenario }) => scenario === 'AC');
  const forecast = columns.filter(({ scenario }) => scenario === 'FC');
  const span = (part: readonly DescribedColumn[]) =>
    part.length === 1 ? part[0]!.label : `${part[0]!.label} to ${part.at(-1)!.label}`;
  const built = [
    actual.length > 0 ? `actual ${span(actual)}` : '',
    forecast.length > 0 ? `forecast ${span(forecast)}` : '',
  ].filter(Boolean);
  const values = columns.map(({ label, value }) => ({ label, value }));
  const off = extremes(columns.map(({ label, variance }) => ({ label, value: variance })));
  const range = extremes(values);
  return [
    `Columns of ${name}: ${built.join(', ')}, each before its plan, with the difference above.`,
    range === null
      ? 'Nothing is recorded.'
      : `Highest ${printed(range.highest.value)} in ${range.highest.label}, lowest ${printed(range.lowest.value)} in ${range.lowest.label}.`,
    off === null || isZero(off.lowest.value) || compare(off.lowest.value, '0') > 0
      ? ''
      : `Furthest below plan in ${off.lowest.label}, by ${printed(off.lowest.value.replace('-', ''))}.`,
    off === null || compare(off.highest.value, '0') <= 0
      ? ''
      : `Furthest above plan in ${off.highest.label}, by ${printed(off.highest.value)}.`,
    movement(values, printed),
  ]
    .filter(Boolean)
    .join(' ');
}
