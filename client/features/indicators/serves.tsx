import { Link } from '@tanstack/react-router';
import type { IndicatorTrend } from '../../../server/contract/indicator.js';

/** The outcome or capability that an indicator serves; what serves none is said to be activity. */
export function Serves({ serves }: Pick<IndicatorTrend, 'serves'>) {
  if (serves === null) return <span className="indicator-activity">◇ activity, not value</span>;
  return (
    <Link to={serves.type === 'outcome' ? '/outcomes/$ref' : '/capabilities/$ref'} params={{ ref: serves.code }}>
      {serves.name}
    </Link>
  );
}
