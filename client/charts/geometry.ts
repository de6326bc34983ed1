import { toGeometry } from '../../server/contract/decimal.js';
import { place, type Domain } from '../../server/contract/chart-geometry.js';

export * from '../../server/contract/chart-geometry.js';

/** Where marks of the screen lie in their cell. Pure. */

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
