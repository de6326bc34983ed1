import type { DecisionBoard, DecisionLine } from '../../../server/contract/decision.js';
import { AgeBar } from '../../charts/age-bar';
import { Link } from '@tanstack/react-router';
import { counted, day } from '../../../server/contract/format.js';
import { usePageScope } from '../../ui/page-scope';
import { DecisionLink } from './decision-link';
import { only } from './search';
import { daysWord, dueWord } from './words';

/** What is open, the oldest first: a bar for its age, and a mark for the day on which it is needed. */
export function OpenBars({ board: { open, openCount, lateCount: late, asOf } }: { board: DecisionBoard }) {
  const page = usePageScope();
  const reach = Math.max(1, ...open.map((line) => Math.max(line.days ?? 0, dueAt(line) ?? 0)));
  return (
    <section className="card" aria-labelledby="open-head">
      <h2 id="open-head" className="panel-message">
        {open.length === 0
          ? 'No decision is open'
          : `${counted(openCount, 'decision')} open${late > 0 ? `, ${late === openCount ? 'all' : late} past ${late === 1 ? 'its' : 'their'} date` : ''}`}
      </h2>
      <p className="about">
        {page.scopeName} · age in days · as of {day(asOf)} · mark: needed by
      </p>
      <ul className="open-list">
        {open.map((line) => (
          <li key={line.code} className="open-row">
            <p className="open-title">
              <DecisionLink code={line.code}>{line.title}</DecisionLink>
            </p>
            <AgeBar age={line.days ?? 0} due={dueAt(line)} reach={reach} isLate={line.state === 'late'} />
            <p className="caption">
              {line.days === null ? 'nobody knows since when' : `open for ${daysWord(line.days)}`} ·{' '}
              <span className={line.state === 'late' ? 'decision-late' : ''}>
                {line.state === 'late' && <span aria-hidden="true">▲ </span>}
                {dueWord(line)}
              </span>
              {line.forum && ` · ${line.forum.name}`}
            </p>
          </li>
        ))}
      </ul>
      {openCount > open.length && (
        <p className="caption">
          {open.length} of {openCount} shown.{' '}
          <Link to="." hash="log" search={only({ show: 'open', sort: 'raised' })}>
            See all in the log
          </Link>
        </p>
      )}
    </section>
  );
}

/** Days from raised to the day on which it is needed. */
const dueAt = ({ days, daysLate }: DecisionLine): number | null =>
  days === null || daysLate === null ? null : Math.max(0, days - daysLate);
