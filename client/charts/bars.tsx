import { toGeometry } from '../lib/decimal';

/** In-cell bars, drawn by hand: all bars of one page that share a unit share one domain, and every bar starts at zero. */

export interface Domain {
  min: number;
  max: number;
}

/** The domain that holds zero and all amounts. */
export function domainOf(amounts: readonly string[]): Domain {
  const values = amounts.map(toGeometry);
  return { min: Math.min(0, ...values), max: Math.max(0, ...values, Number.MIN_VALUE) };
}

const place = (value: number, { min, max }: Domain): number => ((value - min) / (max - min)) * 100;

/** Left edge and width in percent of the cell; what is not zero is at least visible. */
function extent(from: number, to: number, domain: Domain): { x: string; width: string } {
  const [left, right] = [place(Math.min(from, to), domain), place(Math.max(from, to), domain)];
  return { x: `${left}%`, width: `${from === to ? 0 : Math.max(right - left, 0.3)}%` };
}

interface BarProps {
  domain: Domain;
  actual?: string | null | undefined;
  plan?: string | null | undefined;
  /** What is missing after `actual`, drawn on from its end. */
  shortfall?: string | null | undefined;
  height?: number;
}

/** Plan hollow and behind, actual solid in front, shortfall in the colour of gaps. The figures stand beside it as text. */
export function Bar({ domain, actual, plan, shortfall, height = 16 }: BarProps) {
  const zero = place(0, domain);
  const end = actual ? toGeometry(actual) : 0;
  return (
    <svg className="bar" width="100%" height={height} aria-hidden="true" focusable="false">
      {plan && (
        <rect
          className="mark-pl"
          data-scenario="PL"
          y="1.5"
          height={height - 3}
          {...extent(0, toGeometry(plan), domain)}
        />
      )}
      {actual && (
        <rect
          className="mark-ac"
          data-scenario="AC"
          y={plan ? 4 : 2}
          height={height - (plan ? 8 : 4)}
          {...extent(0, end, domain)}
        />
      )}
      {shortfall && (
        <rect
          className="mark-gap"
          data-gap
          y="2"
          height={height - 4}
          {...extent(end, end + toGeometry(shortfall), domain)}
        />
      )}
      <line className="mark-zero" x1={`${zero}%`} x2={`${zero}%`} y1="0" y2={height} />
    </svg>
  );
}
