import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { DecisionLine } from '../../../server/contract/decision.js';
import type { Query } from '../../lib/http';
import { brief, count, counted, day } from '../../../server/contract/format.js';
import { isRegistered, recordPath } from '../../lib/registers';
import { Button } from '../../ui/button';
import { DataTable, type TableColumn } from '../../ui/data-table';
import { usePageScope } from '../../ui/page-scope';
import { Empty, QueryState } from '../../ui/query-state';
import { useShownPages } from '../../ui/shown-rows';
import { forumsQuery, LOG_STEP, logQuery } from './api';
import { DecisionLink } from './decision-link';
import { LogFilters } from './log-filters';
import { FILTERS, NO_FILTERS, orderOf, sortOf, type LogFilter, type LogSearch } from './search';
import { KIND_WORDS, OUTCOME_WORDS } from './words';

const none = <span className="caption">–</span>;

/** Level intended, and where it was decided otherwise. */
function Levels({ line: { intendedLevel, decidedLevel, state } }: { line: DecisionLine }) {
  if (state !== 'decided' || decidedLevel === null || intendedLevel === decidedLevel)
    return <>{intendedLevel ?? decidedLevel ?? none}</>;
  const above = intendedLevel !== null && decidedLevel > intendedLevel;
  return (
    <span className="nowrap">
      {intendedLevel ?? 'not stated'} → {decidedLevel}
      {above && (
        <span className="decision-late">
          <span aria-hidden="true"> ▲</span>
          <span className="visually-hidden"> above the intended level</span>
        </span>
      )}
    </span>
  );
}

const COLUMNS: readonly TableColumn<DecisionLine>[] = [
  {
    id: 'code',
    header: 'Question',
    sortable: true,
    rowHeader: true,
    className: 'log-question',
    cell: ({ code, title, about, tradeOff }) => (
      <>
        <DecisionLink code={code}>{title}</DecisionLink>
        <span className="caption log-line">
          <span className="code">{code}</span>
          {about && isRegistered(about.type) && (
            <>
              {' · about '}
              <Link to={recordPath(about.type, about.code)}>{about.name}</Link>
            </>
          )}
        </span>
        {tradeOff && <span className="caption log-line">{tradeOff}</span>}
      </>
    ),
  },
  {
    id: 'kind',
    header: 'Kind and forum',
    cell: ({ kind, forum }) => (
      <>
        {kind === null ? 'no kind' : KIND_WORDS[kind]}
        <span className="caption log-line">{forum?.name ?? 'no forum'}</span>
      </>
    ),
  },
  { id: 'level', header: 'Level', cell: (line) => <Levels line={line} /> },
  {
    id: 'escalations',
    header: 'Escalated',
    numeric: true,
    cell: ({ escalations }) => (escalations === 0 ? none : `${count(escalations)} ×`),
  },
  {
    id: 'raised',
    header: 'Raised',
    sortable: true,
    className: 'nowrap',
    cell: ({ raisedAt }) => (raisedAt === null ? 'x' : day(raisedAt)),
  },
  {
    id: 'needed',
    header: 'Needed by',
    sortable: true,
    className: 'nowrap',
    cell: ({ neededBy, daysLate, state }) => (
      <>
        {neededBy === null ? none : day(neededBy)}
        {state === 'late' && (
          <span className="caption log-line decision-late">
            <span aria-hidden="true">▲ </span>
            {daysLate === null || daysLate === 0 ? 'late' : `${counted(daysLate, 'day')} late`}
          </span>
        )}
      </>
    ),
  },
  {
    id: 'decided',
    header: 'Decided',
    sortable: true,
    className: 'nowrap',
    cell: ({ decidedAt, outcome, state }) =>
      decidedAt === null ? (
        'open'
      ) : (
        <>
          {day(decidedAt)}
          <span className="caption log-line">
            {state === 'decided' ? (outcome === null ? 'no outcome' : OUTCOME_WORDS[outcome]) : 'after the quarter'}
          </span>
        </>
      ),
  },
  {
    id: 'days',
    header: 'Days',
    sortable: true,
    numeric: true,
    cell: ({ days }) => (days === null ? 'x' : brief(days)),
  },
  {
    id: 'reopened',
    header: 'Reopened',
    cell: ({ reopened, reversed }) =>
      reopened === 0 ? (
        none
      ) : (
        <>
          {count(reopened)} ×{reversed && <span className="caption log-line decision-late">reversed</span>}
        </>
      ),
  },
  {
    id: 'revisit',
    header: 'Look again',
    className: 'nowrap',
    cell: ({ revisitOn }) => (revisitOn === null ? none : day(revisitOn)),
  },
];

/** Every decision of the scope, narrowed and sorted by the address. */
export function Log({ search, mayWrite }: { search: LogSearch; mayWrite: boolean }) {
  const page = usePageScope();
  const navigate = useNavigate();
  const { rows: _rows, ...filters } = search;
  const query = useInfiniteQuery(logQuery(page, filters as Query));
  const forums = useQuery(forumsQuery).data ?? [];
  const { rows, hasMore, isFetchingMore, showMore } = useShownPages(query, LOG_STEP);
  const change = (name: LogFilter | 'sort', value: string | undefined) =>
    void navigate({
      to: '.',
      search: (now: Record<string, unknown>) => ({ ...now, [name]: value === '' ? undefined : value, rows: undefined }),
      replace: true,
      resetScroll: false,
    });
  const clear = () =>
    void navigate({
      to: '.',
      search: (now: Record<string, unknown>) => ({
        ...now,
        ...NO_FILTERS,
      }),
      replace: true,
      resetScroll: false,
    });
  const total = query.data?.pages[0]?.total ?? 0;
  const isFiltered = FILTERS.some((name) => search[name] !== undefined);
  return (
    <section className="card" id="log" aria-labelledby="log-head">
      <h2 id="log-head">The log</h2>
      <LogFilters search={search} forums={forums} onChange={change} />
      <p className="caption" role="status">
        {query.data && `${counted(total, 'decision')}${isFiltered ? ' pass the filters' : ''}`}
        {rows.length > 0 && rows.length < total && `, ${count(rows.length)} shown`}
      </p>
      <QueryState query={{ ...query, data: query.data }} what="the log" rows={8}>
        {() =>
          rows.length === 0 ? (
            isFiltered ? (
              <Empty action={<Button onClick={clear}>Clear the filters</Button>}>No decision passes the filters.</Empty>
            ) : (
              <Empty action={mayWrite ? <Link to="/decisions/new">Add a decision</Link> : undefined}>
                No decisions are logged. Governance shows up as friction when it is invisible.
              </Empty>
            )
          ) : (
            <>
              <DataTable
                caption="Decisions"
                hideCaption
                label="Decisions"
                className="log-table"
                columns={COLUMNS}
                rows={rows}
                rowKey={({ code }) => code}
                order={orderOf(search.sort)}
                onOrder={(order) => change('sort', sortOf(order))}
              />
              {hasMore && (
                <Button busy={isFetchingMore} onClick={showMore}>
                  Show more
                </Button>
              )}
            </>
          )
        }
      </QueryState>
    </section>
  );
}
