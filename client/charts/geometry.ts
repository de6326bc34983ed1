import { toGeometry } from '../../server/contract/decimal.js';

/** Where marks lie. Pure: amounts in, places out; every bar starts at zero. */

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

/** Left edge and width in percent of the cell; what is not zero is at least visible. */
export function extent(from: number, to: number, domain: Domain): { x: string; width: string } {
  const [left, right] = [place(Math.min(from, to), domain), place(Math.max(from, to), domain)];
  return { x: `${left}%`, width: `${from === to ? 0 : Math.max(right - left, 0.6)}%` };
}

export interface Pin {
  /** −1 … 1: the end of the pin as a share of half the cell. */
  at: number;
  /** The share lies beyond ±100 %: the pin ends in an arrow at the edge. */
  isOffScale: boolean;
}

/** A relative variance, drawn to ±100 % and no further: an outlier must not flatten all others. */
export function pinOf(share: string): Pin {
  const value = toGeometry(share);
  return { at: Math.max(-1, Math.min(1, value)), isOffScale: Math.abs(value) > 1 };
}

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
