import { Link } from '@tanstack/react-router';
import type { DecisionPage } from '../../../server/contract/decision.js';
import { keepScope } from '../../lib/address';
import { day } from '../../../server/contract/format.js';
import { periodLabel } from '../../lib/period';
import { usePageScope } from '../../ui/page-scope';
import { Empty } from '../../ui/query-state';

/** What people put down to the decision: annotations of metrics, and comments on signs that it answers. */
export function Noted({ page: { noted } }: { page: DecisionPage }) {
  const { fiscalYearStartMonth } = usePageScope();
  const { metrics, signs } = noted;
  return (
    <section className="card decision-wide" aria-labelledby="noted-head">
      <h2 id="noted-head">Noted on metrics and signs</h2>
      {metrics.length === 0 && signs.length === 0 ? (
        <Empty>No annotation of a metric and no comment on a sign names this decision.</Empty>
      ) : (
        <ul className="decision-history">
          {metrics.map(({ id, metric, name, on, text }) => (
            <li key={id}>
              <p>
                <Link to="/metrics/$id" params={{ id: metric }} search={keepScope}>
                  {name}
                </Link>{' '}
                · <time dateTime={on}>{day(on)}</time>
              </p>
              <p className="caption">{text}</p>
            </li>
          ))}
          {signs.map(({ sign, name, period, text }) => (
            <li key={`${sign} ${period}`}>
              <p>
                <Link to="/signs" search={(now) => ({ ...keepScope(now), period })} hash={`sign-${sign}`}>
                  {name}
                </Link>{' '}
                · sign, {periodLabel(period, fiscalYearStartMonth)}
              </p>
              {text !== null && <p className="caption">{text}</p>}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
