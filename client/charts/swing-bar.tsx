import { toGeometry } from '../../server/contract/decimal.js';
import { domainOf, extent, place, type Domain } from './geometry';
import { VarianceMark } from './scenario';

/** One row of a tornado: how far a figure moves to either side of where it stands. The figures stand beside it as text, so it is for the eye only. */

/** Distances from the base to both sides; all bars of a table share it. */
export function swingDomain(base: string, ends: readonly (string | null)[]): Domain {
  const from = toGeometry(base);
  const known = ends.filter((end) => end !== null).map((end) => String(toGeometry(end) - from));
  return domainOf(known.map((text) => Number(text).toFixed(6)));
}

interface SwingBarProps {
  base: string;
  low: string | null;
  high: string | null;
  domain: Domain;
}

const HEIGHT = 16;

export function SwingBar({ base, low, high, domain }: SwingBarProps) {
  const zero = `${place(0, domain)}%`;
  const distance = (end: string | null) => (end === null ? 0 : toGeometry(end) - toGeometry(base));
  const [down, up] = [Math.min(0, distance(low)), Math.max(0, distance(high))];
  return (
    <svg className="bar" width="100%" height={HEIGHT} aria-hidden="true" focusable="false">
      <VarianceMark impact="unfavourable" y={3} height={HEIGHT - 6} {...extent(down, 0, domain)} />
      <VarianceMark impact="favourable" y={3} height={HEIGHT - 6} {...extent(0, up, domain)} />
      <line className="mark-zero" x1={zero} x2={zero} y1="0" y2={HEIGHT} />
    </svg>
  );
}
