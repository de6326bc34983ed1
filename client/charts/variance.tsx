import type { Impact } from '../../server/contract/overview.js';
import { toGeometry } from '../../server/contract/decimal.js';
import { extent, pinOf, place, type Domain } from './geometry';
import { toneOf, VarianceMark } from './scenario';

/** Differences inside a cell. The figures stand beside them as text, so the drawings are for the eye only. */

interface DrawnVariance {
  amount: string;
  impact: Impact;
}

const HEIGHT = 14;

interface VarianceBarProps {
  /** Null where there is no such difference, and a line alone. */
  amount: string | null;
  impact: Impact;
  domain: Domain;
  /** The same difference from an earlier plan: a line that ends where it does. */
  earlier?: string | null;
}

/** An absolute difference: a bar from zero. All bars of a column share the domain. */
export function VarianceBar({ amount, impact, domain, earlier = null }: VarianceBarProps) {
  const zero = `${place(0, domain)}%`;
  return (
    <svg className="bar" width="100%" height={HEIGHT} aria-hidden="true" focusable="false">
      {earlier !== null && <Whisker to={`${place(toGeometry(earlier), domain)}%`} from={zero} />}
      {amount !== null && (
        <VarianceMark impact={impact} y={2} height={HEIGHT - 4} {...extent(0, toGeometry(amount), domain)} />
      )}
      <line className="mark-zero" x1={zero} x2={zero} y1="0" y2={HEIGHT} />
    </svg>
  );
}

const Whisker = ({ from, to }: { from: string; to: string }) => (
  <g className="variance-earlier" data-variance-earlier>
    <line x1={from} x2={to} y1={HEIGHT / 2} y2={HEIGHT / 2} />
    <line x1={to} x2={to} y1="2" y2={HEIGHT - 2} />
  </g>
);

const HALF = 16;
const HEAD = 3;

/** A relative difference: a pin from zero, to ±100 %; beyond that an arrow at the edge. */
export function VariancePin({ amount, impact }: DrawnVariance) {
  const { at, isOffScale } = pinOf(amount);
  const middle = HALF + HEAD + 1;
  const end = middle + at * HALF;
  const y = HEIGHT / 2;
  const tone = toneOf(impact);
  const tip = at < 0 ? -1 : 1;
  return (
    <svg
      className="pin"
      width={2 * middle}
      height={HEIGHT}
      viewBox={`0 0 ${2 * middle} ${HEIGHT}`}
      aria-hidden="true"
      focusable="false"
    >
      <line className="mark-zero" x1={middle} x2={middle} y1="0" y2={HEIGHT} />
      <g data-impact={impact} data-variance>
        <line className={`pin-line ${tone}`} x1={middle} x2={end} y1={y} y2={y} />
        {isOffScale ? (
          <path
            className={tone}
            data-off-scale
            d={`M${end + tip * HEAD} ${y}L${end - tip * HEAD} ${y - 5}V${y + 5}Z`}
          />
        ) : (
          <rect className={tone} x={end - HEAD} y={y - HEAD} width={2 * HEAD} height={2 * HEAD} />
        )}
      </g>
    </svg>
  );
}
