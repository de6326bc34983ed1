import type { Overview } from '../../../server/contract/overview.js';
import type { Scale } from '../../../server/contract/format.js';
import { ratesNote } from './message';
import { Sentence } from './traced';
import './rates.css';

/** The rates of realisation side by side, so that re-planning hides no shortfall and what is not measured no gap. */
export function Rates({ overview, scale }: { overview: Overview; scale: Scale }) {
  const parts = ratesNote(overview);
  return (
    parts && (
      <p className="ledger-rates">
        <Sentence parts={parts} scale={scale} />
      </p>
    )
  );
}
