import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { IndicatorTrend } from '../../../server/contract/indicator.js';
import type { Family } from '../../../server/contract/metric.js';
import { keepScope } from '../../lib/address';
import { day } from '../../../server/contract/format.js';
import { localised } from '../../../server/contract/locale-number.js';
import { usePageScope } from '../../ui/page-scope';
import { Provisional } from '../../ui/provisional';
import { TargetStatus } from '../../ui/target-status';
import { VariationMark } from '../../ui/variation';
import { sessionQuery } from '../access/api';
import { indicatorsQuery } from './api';
import { IndicatorNum } from './indicator-num';
import { Serves } from './serves';
import './indicators.css';

/** The own indicators of the scope of the page, for those who may read them. */
export function useOwnIndicators() {
  const { data: session } = useSuspenseQuery(sessionQuery);
  return useQuery({ ...indicatorsQuery(usePageScope()), enabled: session.reads.includes('indicator') });
}

export const hasSignal = ({ signal }: IndicatorTrend): boolean => signal.state === 'signal';

interface FamilyIndicatorsProps {
  /** Null: those that belong to no family. */
  family: Family | null;
  items: readonly IndicatorTrend[];
  columns: number;
}

/** The own indicators of one family, as the last row below its metrics; nothing where it has none. */
export function FamilyIndicators({ family, items, columns }: FamilyIndicatorsProps) {
  const own = items.filter((item) => item.family === family);
  if (own.length === 0) return null;
  return (
    <tr className="family-indicators">
      <td colSpan={columns}>
        <ul aria-label="Own indicators">
          {own.map((item) => (
            <li key={item.id} data-indicator={item.code}>
              <span className="caption">own indicator</span>{' '}
              <Link to="/indicators" search={(current) => ({ ...keepScope(current), show: item.code })}>
                {item.name}
              </Link>{' '}
              <span className="figures">
                <IndicatorNum indicator={item} value={item.value} withUnit />
                {item.value !== null && item.provisional && <Provisional />}
              </span>{' '}
              {item.month !== null && <span className="caption">{day(item.month)}</span>}{' '}
              {item.target !== null && (
                <span className="caption">
                  target {localised(String(item.target))} {item.status && <TargetStatus status={item.status} />}
                </span>
              )}{' '}
              <VariationMark trend={item.trend} signal={item.signal} /> <Serves serves={item.serves} />
            </li>
          ))}
        </ul>
      </td>
    </tr>
  );
}
