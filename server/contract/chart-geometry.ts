import { toGeometry } from './decimal.js';

/** Where marks lie, on screens and in pictures of a review alike. Pure: amounts in, places out; every bar starts at zero. */

export interface Domain {
  min: number;
  max: number;
}

/** The domain that holds zero and all amounts; never empty. */
export function domainOf(amounts: readonly (string | null | undefined)[]): Domain {
  const values = amounts.filter((amount) => amount !== null && amount !== undefined).map(toGeometry);
  const [min, max] = [Math.min(0, ...values), Math.max(0, ...values)];
  return min === max ? { min, max: 1 } : { min, max };
}

/** The place of a value in its domain, in percent from the left. */
export const place = (value: number, { min, max }: Domain): number => ((value - min) / (max - min)) * 100;

export interface ColumnValue {
  value: string | null;
  planned: string | null;
  variance: string | null;
}

/** One tier of a chart of columns, in pixels from the top of the drawing. */
export interface Tier {
  top: number;
  height: number;
  /** Space above and below the marks, for labels. */
  above: number;
  below: number;
  min: number;
  max: number;
}

export interface Tiers {
  variance: Tier;
  value: Tier;
  axis: number;
  /** The same in both tiers, so that a difference is as long as it is. */
  pixelsPerUnit: number;
}

/** Heights where captions have 12 px. */
/** With the gap, far enough apart for a finger: labels are links. */
export const LABEL = 20;
const AXIS = 18;
const GAP = 6;

/** Both tiers share the height by their ranges: one unit is equally long in both. `scale` is 1 where captions have 12 px. */
export function tiersOf(columns: readonly ColumnValue[], height: number, scale = 1, axisLines = 1): Tiers {
  const numbers = (texts: readonly (string | null)[]) => texts.filter((text) => text !== null).map(toGeometry);
  const values = numbers(columns.flatMap(({ value, planned }) => [value, planned]));
  const differences = numbers(columns.map(({ variance }) => variance));
  const range = (found: readonly number[]) => ({ min: Math.min(0, ...found), max: Math.max(0, ...found) });
  const [value, variance] = [range(values), range(differences)];
  const label = LABEL * scale;
  const space = {
    variance: { above: label, below: variance.min < 0 ? label : 0 },
    value: { above: label, below: value.min < 0 ? label : 0 },
  };
  const labels = space.variance.above + space.variance.below + space.value.above + space.value.below;
  const units = value.max - value.min + (variance.max - variance.min);
  const free = Math.max(8, height - labels - (AXIS * axisLines + GAP) * scale);
  const pixelsPerUnit = units === 0 ? 0 : free / units;
  const tier = (
    top: number,
    { min, max }: { min: number; max: number },
    { above, below }: typeof space.value,
  ): Tier => ({
    top,
    height: above + (max - min) * pixelsPerUnit + below,
    above,
    below,
    min,
    max,
  });
  const upper = tier(0, variance, space.variance);
  const lower = tier(upper.height + GAP * scale, value, space.value);
  return { variance: upper, value: lower, axis: lower.top + lower.height, pixelsPerUnit };
}

/** Pixels from the top of the drawing to a value of a tier. */
export const heightOf = (value: number, tier: Tier, pixelsPerUnit: number): number =>
  tier.top + tier.above + (tier.max - value) * pixelsPerUnit;

/** Widths of the solid column and the hollow one behind it, for so wide a place. */
export function columnWidths(band: number, scale = 1): { front: number; back: number } {
  const back = Math.min(band * 0.72, 44 * scale);
  return { front: Math.round(back * 0.64), back: Math.round(back) };
}

/** Limits that a trend is drawn with. */
export interface TrendLimits {
  centre: number;
  lower: number;
  upper: number;
}

/** Places of the points, the mean and the limits of a trend, in a box of pixels. */
export interface TrendBox {
  width: number;
  height: number;
  /** Space on all sides, so that no mark is cut. */
  pad: number;
}

export interface TrendPlaces {
  /** Null where a period has no value. */
  points: readonly ({ x: number; y: number } | null)[];
  /** Runs of points without a gap, as the path of a line. */
  path: string;
  centre: number | null;
  upper: number | null;
  lower: number | null;
}

/** Lowest and highest of what is drawn; never the same. */
export function rangeOf(
  values: readonly (number | null)[],
  limits: TrendLimits | null,
  more: readonly (number | null)[] = [],
): { min: number; max: number } {
  const known = [...values, ...(limits ? [limits.lower, limits.upper] : []), ...more].filter((each) => each !== null);
  if (known.length === 0) return { min: 0, max: 1 };
  const [min, max] = [Math.min(...known), Math.max(...known)];
  const air = min === max ? Math.max(Math.abs(min) * 0.1, 1e-6) : 0;
  return { min: min - air, max: max + air };
}

export function trendPlaces(
  values: readonly (number | null)[],
  limits: TrendLimits | null,
  { width, height, pad }: TrendBox,
  range = rangeOf(values, limits),
): TrendPlaces {
  const step = values.length > 1 ? (width - 2 * pad) / (values.length - 1) : 0;
  const y = (value: number) => pad + ((range.max - value) / (range.max - range.min)) * (height - 2 * pad);
  const points = values.map((value, at) => (value === null ? null : { x: pad + at * step, y: y(value) }));
  const path = points
    .map((point, at) => (point === null ? '' : `${at > 0 && points[at - 1] ? 'L' : 'M'}${point.x} ${point.y}`))
    .join('');
  return {
    points,
    path,
    centre: limits && y(limits.centre),
    upper: limits && y(limits.upper),
    lower: limits && y(limits.lower),
  };
}

/** Labels one below the other, pushed apart where they would lie over each other. */
export function spread<L extends { readonly at: number }>(labels: readonly L[], least: number, bottom: number): L[] {
  const placed: L[] = [];
  for (const each of [...labels].sort((a, b) => a.at - b.at))
    placed.push({ ...each, at: Math.max(each.at, (placed.at(-1)?.at ?? -Infinity) + least) });
  const over = Math.max(0, (placed.at(-1)?.at ?? 0) - bottom);
  return placed.map((each) => ({ ...each, at: each.at - over }));
}
