import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Family } from '../../../server/contract/metric.js';
import { keepScope } from '../../lib/address';
import { day } from '../../lib/format';
import { usePageScope } from '../../ui/page-scope';
import { indicatorsQuery } from './api';
import { Serves } from './serves';
import { signalWord, valueText } from './words';
import './indicators.css';

/** The own indicators of one family, to stand below its metrics; nothing where it has none. Who may not read them does not render this. */
export function FamilyIndicators({ family }: { family: Family }) {
  const { data } = useQuery(indicatorsQuery(usePageScope()));
  const items = data?.items.filter((item) => item.family === family) ?? [];
  if (items.length === 0) return null;
  return (
    <ul className="family-indicators" aria-label="Own indicators">
      {items.map((item) => (
        <li key={item.id}>
          <Link to="/indicators" search={(current) => ({ ...keepScope(current), show: item.code })}>
            {item.name}
          </Link>{' '}
          <span className="caption">own indicator</span>{' '}
          {item.value === null ? (
            <abbr title="no value in this period">x</abbr>
          ) : (
            <>
              <span className="figures">{valueText(item.value, item.unit)}</span>{' '}
              <span className="caption">{item.month && day(item.month)}</span>
            </>
          )}{' '}
          · {signalWord(item.signal)} · <Serves serves={item.serves} />
        </li>
      ))}
    </ul>
  );
}
