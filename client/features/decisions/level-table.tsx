import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { DecisionBoard } from '../../../server/contract/decision.js';
import { count, counted } from '../../../server/contract/format.js';
import { periodLabel } from '../../lib/period';
import { MetricNum } from '../../ui/metric-num';
import { usePageScope } from '../../ui/page-scope';
import { decisionMetricsQuery } from './api';
import { only } from './search';
import { LEVELS } from './words';

/** Intended by decided level: the diagonal is as intended. Each cell leads to its decisions in the log. */
export function LevelTable({ board: { levels, since, period } }: { board: DecisionBoard }) {
  const page = usePageScope();
  const metrics = useQuery(decisionMetricsQuery(page)).data;
  const escalations = metrics?.find(({ id }) => id === 'decision.escalation_levels');
  const both = levels.filter(({ intended, decided }) => intended !== null && decided !== null);
  const sum = (cells: typeof levels) => cells.reduce((total, { count: number }) => total + number, 0);
  const above = sum(both.filter(({ intended, decided }) => decided! > intended!));
  const unstated = sum(levels) - sum(both);
  const label = (of: string) => periodLabel(of, page.fiscalYearStartMonth);
  const cell = (intended: number, decided: number) =>
    both.find((each) => each.intended === intended && each.decided === decided)?.count ?? 0;
  return (
    <section className="card" aria-labelledby="level-head">
      <h2 id="level-head" className="panel-message">
        {both.length === 0
          ? 'No decision states both its intended level and the level at which it was taken'
          : `${above} of ${sum(both)} were decided above their level`}
      </h2>
      <p className="about">
        {page.scopeName} · decided {label(since)} to {label(period)} · 1 team, 5 board
      </p>
      {both.length > 0 && (
        <div className="table-region" role="region" aria-label="Intended by decided level" tabIndex={0}>
          <table className="table level-table">
            <caption className="visually-hidden">
              Decisions by the level intended for them (rows) and the level at which they were taken (columns)
            </caption>
            <thead>
              <tr>
                <th scope="col">Intended</th>
                {LEVELS.map((level, at) => (
                  <th key={level} scope="col" className="numeric">
                    <span className="visually-hidden">Decided at level </span>
                    {at + 1}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {LEVELS.map((level, row) => (
                <tr key={level}>
                  <th scope="row">{level}</th>
                  {LEVELS.map((_, column) => {
                    const number = cell(row + 1, column + 1);
                    return (
                      <td
                        key={column}
                        className={`numeric ${row === column ? 'level-as-intended' : ''} ${column > row && number > 0 ? 'level-above' : ''}`}
                      >
                        {number === 0 ? (
                          <span className="level-none">0</span>
                        ) : (
                          <Link
                            to="."
                            hash="log"
                            search={only({
                              show: 'year',
                              intended: String(row + 1),
                              decided: String(column + 1),
                            })}
                            aria-label={`${counted(number, 'decision')} intended for level ${row + 1}, decided at ${column + 1}: show`}
                          >
                            {column > row && <span aria-hidden="true">▲ </span>}
                            {count(number)}
                          </Link>
                        )}
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p className="caption">
        {both.length > 0 && 'Framed: as intended. ▲ above it. '}
        {unstated > 0 &&
          `${counted(unstated, 'decision')} more ${unstated === 1 ? 'states' : 'state'} not both levels. `}
        {escalations && escalations.value !== null && (
          <>
            Escalations per decision in {label(period)}: <MetricNum metric={escalations} />.
          </>
        )}
      </p>
    </section>
  );
}
