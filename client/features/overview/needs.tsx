import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { DecisionLine } from '../../../server/contract/decision.js';
import type { ReviewStandings } from '../../../server/contract/review-standing.js';
import { count, counted } from '../../../server/contract/format.js';
import { keepScope } from '../../lib/address';
import { periodLabel } from '../../lib/period';
import { usePageScope } from '../../ui/page-scope';
import { boardQuery } from '../decisions/api';
import { daysWord, dueWord } from '../decisions/words';
import { gridQuery } from '../entry/api';
import { standingQuery } from '../reviews/standing-api';
import { signsQuery } from '../signs/api';
import { dueValues } from './api';
import { Missing } from './missing';
import './needs.css';

type Published = ReviewStandings['items'][number];

/** As many decisions as are named; the log has all. */
const MOST_DECISIONS = 3;

/** What waits for a decision, which signs of misalignment are there, and how far the data can be relied on. */
export function Needs() {
  return (
    <section
      className="card needs"
      id="overview-row-5"
      tabIndex={-1}
      aria-label="Decisions, signs and data"
      data-present-page="2"
    >
      <Decisions />
      <div className="needs-line">
        <Signs /> <DataHealth />
      </div>
    </section>
  );
}

interface PartProps<Data> {
  title: string;
  /** For the sentence of an error: `the signs`. */
  what: string;
  query: Pick<UseQueryResult<Data>, 'data' | 'error' | 'refetch'>;
  children: (data: Data) => ReactNode;
}

/** One of the answers, which fails for itself. */
function Part<Data>({ title, what, query: { data, error, refetch }, children }: PartProps<Data>) {
  return (
    <div className="needs-part">
      <h2>{title}</h2>{' '}
      {data !== undefined ? children(data) : error ? <Missing what={what} error={error} retry={refetch} /> : null}
    </div>
  );
}

function Decisions() {
  const board = useQuery(boardQuery(usePageScope()));
  return (
    <Part title="For decision" what="the decisions that wait" query={board}>
      {({ open, openCount }) =>
        openCount === 0 ? (
          <span>none is open</span>
        ) : (
          <>
            <ul className="needs-decisions">
              {open.slice(0, MOST_DECISIONS).map((line) => (
                <li key={line.code}>
                  <Decision line={line} />
                </li>
              ))}
            </ul>
            {openCount > MOST_DECISIONS && (
              <Link to="/decisions" search={keepScope}>
                all {count(openCount)}
              </Link>
            )}
          </>
        )
      }
    </Part>
  );
}

function Decision({ line }: { line: DecisionLine }) {
  const { code, title, days, state } = line;
  const isLate = state === 'late';
  return (
    <>
      <Link
        to="/decisions/$ref"
        params={{ ref: code }}
        search={keepScope}
        title={`${code} ${title}: ${dueWord(line)}`}
        className="needs-decision"
      >
        {title}
        <span className="visually-hidden">, {dueWord(line)}</span>
      </Link>{' '}
      <span className={isLate ? 'decision-late nowrap' : 'caption nowrap'} aria-hidden="true">
        {isLate && '▲ '}
        {days === null ? '' : daysWord(days)}
      </span>{' '}
    </>
  );
}

function Signs() {
  const signs = useQuery(signsQuery(usePageScope()));
  return (
    <Part title="Signs" what="the signs" query={signs}>
      {({ items }) => {
        const of = (state: string) => items.filter((sign) => sign.state === state).length;
        const [watch, unknown] = [of('watch'), of('unknown')];
        return (
          <Link to="/signs" search={keepScope}>
            {count(of('present'))} of {count(items.length)} present
            {watch > 0 && `, ${count(watch)} to watch`}
            {unknown > 0 && `, ${count(unknown)} unknown`}
          </Link>
        );
      }}
    </Part>
  );
}

function DataHealth() {
  const page = usePageScope();
  const grid = useQuery(gridQuery(dueValues(page)));
  const standing = useQuery(standingQuery(1));
  return (
    <>
      <Part title="Data" what="the values that are due" query={grid}>
        {({ counts: { due, overdue, earlier } }) => (
          <Link
            to="/enter"
            search={(now: Record<string, unknown>) => ({
              ...keepScope(now),
              show: 'all',
              due: due > 0 ? '1' : undefined,
            })}
          >
            {due === 0 ? 'no value due' : `${count(due)} due`}
            {overdue > 0 && `, ${count(overdue)} overdue`}
            {earlier > 0 && `, ${count(earlier)} older`}
          </Link>
        )}
      </Part>{' '}
      <Part title="Review" what="what was published" query={standing}>
        {({ items: [review] }) =>
          review === undefined ? (
            <Link to="/reviews" search={keepScope}>
              none published
            </Link>
          ) : (
            <Standing review={review} label={periodLabel(review.period, page.fiscalYearStartMonth)} />
          )
        }
      </Part>
    </>
  );
}

/** Whether the headline that was published still holds, leading to what is true today. */
function Standing({ review: { code, headline, restated }, label }: { review: Published; label: string }) {
  const isTrue = restated.length === 0;
  return (
    <Link
      to="/reviews/$id"
      params={{ id: code }}
      search={{ column: isTrue ? undefined : 'today' }}
      title={
        isTrue
          ? `All ${counted(headline, 'figure')} of the headline are as published`
          : restated.map(({ title, frozen, today }) => `${title}: ${frozen}, today ${today}`).join('\n')
      }
    >
      {label}: {isTrue ? 'headline as published' : `${count(restated.length)} of ${count(headline)} restated`}
    </Link>
  );
}
