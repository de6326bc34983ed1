import { useId } from 'react';
import type { Impact } from '../../server/contract/overview.js';
import './charts.css';

/**
 * The notation of scenarios, in one place: what happened is solid, what was planned is hollow and stands behind (an earlier plan in a thinner frame), what is expected is
 * hatched, what lies a period back is lighter. Nothing is drawn but by these marks, so that nothing can look like what it is not.
 */

export const SCENARIOS = ['AC', 'PL', 'FC', 'PQ', 'PL1'] as const;
export type Scenario = (typeof SCENARIOS)[number];

const WORDS: Record<Scenario, string> = {
  AC: 'actual',
  PL: 'planned',
  FC: 'forecast',
  PQ: 'period before',
  PL1: 'earlier plan',
};

interface Box {
  x: number | string;
  y: number | string;
  width: number | string;
  height: number | string;
}

/** A bar or column of one scenario. */
export function ScenarioMark({ scenario, ...box }: Box & { scenario: Scenario }) {
  if (scenario === 'FC') return <Hatched {...box} />;
  return <rect {...box} className={`mark-${scenario.toLowerCase()}`} data-scenario={scenario} />;
}

/** Each hatched mark brings its pattern, so that none can point to one that is not there. */
function Hatched(box: Box) {
  const id = `hatch-${useId().replaceAll(/\W/g, '')}`;
  return (
    <>
      <defs>
        <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect className="hatch-ground" width="6" height="6" />
          <rect className="hatch-line" width="2.4" height="6" />
        </pattern>
      </defs>
      <rect {...box} className="mark-fc" data-scenario="FC" fill={`url(#${id})`} />
    </>
  );
}

/** A measured point of a line; a planned one. */
export const SolidDot = ({ x, y }: { x: number; y: number }) => (
  <circle cx={x} cy={y} r="3" className="mark-ac" data-scenario="AC" />
);
export const HollowSquare = ({ x, y }: { x: number; y: number }) => (
  <rect x={x - 3.5} y={y - 3.5} width="7" height="7" className="mark-pl" data-scenario="PL" />
);

const TONES: Record<Impact, string> = { favourable: 'mark-good', unfavourable: 'mark-bad', neutral: 'mark-neutral' };
export const toneOf = (impact: Impact): string => TONES[impact];

/** A difference, from zero, in the tone of what it means for the business. */
export const VarianceMark = ({ impact, ...box }: Box & { impact: Impact }) => (
  <rect {...box} className={TONES[impact]} data-impact={impact} data-variance />
);

/** What does not reach the next step: drawn, and named beside it. */
export const GapMark = (box: Box) => <rect {...box} className="mark-gap" data-gap />;

interface KeyProps {
  scenarios: readonly Scenario[];
  /** What the scenario is here, where the plain word is not enough. */
  words?: Partial<Record<Scenario, string>>;
  gap?: string;
}

/** How the marks are to be read, drawn with the marks themselves. */
export const ScenarioKey = ({ scenarios, words = {}, gap }: KeyProps) => (
  <>
    {scenarios.map((scenario) => (
      <span key={scenario} className="legend-item">
        <svg className="legend-key" aria-hidden="true">
          <ScenarioMark scenario={scenario} x="0.5" y="0.5" width="17" height="9" />
        </svg>
        {scenario} {words[scenario] ?? WORDS[scenario]}
      </span>
    ))}
    {gap && (
      <span className="legend-item">
        <svg className="legend-key" aria-hidden="true">
          <GapMark x="0.5" y="0.5" width="17" height="9" />
        </svg>
        ▼ {gap}
      </span>
    )}
  </>
);
