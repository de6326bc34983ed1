import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Family } from '../../../server/contract/metric.js';
import { keepScope } from '../../lib/address';
import { day } from '../../lib/format';
import { usePageScope } from '../../ui/page-scope';
import { VariationMark } from '../../ui/variation';
import { sessionQuery } from '../access/api';
import { indicatorsQuery } from './api';
import { Serves } from './serves';
import { valueText } from './words';
import './indicators.css';

/** The own indicators of one family, as the last row below its metrics; nothing where it has none, or the reader may not see them. */
export function FamilyIndicators({ family, columns }: { family: Family; columns: number }) {
  const { data: session } = useSuspenseQuery(sessionQuery);
  const { data } = useQuery({ ...indicatorsQuery(usePageScope()), enabled: session.reads.includes('indicator') });
  const items = data?.items.filter((item) => item.family === family) ?? [];
  if (items.length === 0) return null;
  return (
    <tr className="family-indicators">
      <td colSpan={columns}>
        <ul aria-label="Own indicators">
          {items.map((item) => (
            <li key={item.id}>
              <span className="caption">own indicator</span>{' '}
              <Link to="/indicators" search={(current) => ({ ...keepScope(current), show: item.code })}>
                {item.name}
              </Link>{' '}
              {item.value === null ? (
                <abbr title="no value in this period">x</abbr>
              ) : (
                <>
                  <span className="figures">{valueText(item.value, item.unit)}</span>{' '}
                  <span className="caption">{item.month && day(item.month)}</span>
                </>
              )}{' '}
              <VariationMark trend={item.trend} signal={item.signal} /> <Serves serves={item.serves} />
            </li>
          ))}
        </ul>
      </td>
    </tr>
  );
}
