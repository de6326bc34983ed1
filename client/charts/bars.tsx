import { toGeometry } from '../../server/contract/decimal.js';
import { extent, place, type Domain } from './geometry';
import { GapMark, ScenarioMark } from './scenario';

export { domainOf, type Domain } from './geometry';

/** In-cell bars, drawn by hand: all bars of one page that share a unit share one domain, and every bar starts at zero. */

interface BarProps {
  domain: Domain;
  actual?: string | null | undefined;
  plan?: string | null | undefined;
  /** What is missing after `actual`, drawn on from its end. */
  shortfall?: string | null | undefined;
  height?: number;
}

/** Plan hollow and behind, actual solid in front, shortfall thinner and in the colour of gaps. The figures stand beside it as text. */
export function Bar({ domain, actual, plan, shortfall, height = 16 }: BarProps) {
  const zero = `${place(0, domain)}%`;
  const end = actual ? toGeometry(actual) : 0;
  return (
    <svg className="bar" width="100%" height={height} aria-hidden="true" focusable="false">
      {plan && <ScenarioMark scenario="PL" y={1.5} height={height - 3} {...extent(0, toGeometry(plan), domain)} />}
      {actual && (
        <ScenarioMark scenario="AC" y={plan ? 4 : 2} height={height - (plan ? 8 : 4)} {...extent(0, end, domain)} />
      )}
      {shortfall && (
        <GapMark y={4.5} height={height - 9} {...extent(end, end + Math.max(0, toGeometry(shortfall)), domain)} />
      )}
      <line className="mark-zero" x1={zero} x2={zero} y1="0" y2={height} />
    </svg>
  );
}
