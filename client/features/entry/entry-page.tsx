import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import type { EntryGrid as Grid } from '../../../server/contract/entry.js';
import { counted, day } from '../../../server/contract/format.js';
import { periodLabel } from '../../lib/period';
import { PageHeader } from '../../ui/page-header';
import { scopeQuery, usePageScope } from '../../ui/page-scope';
import { Empty, QueryState } from '../../ui/query-state';
import { sessionQuery } from '../access/api';
import { gridQuery } from './api';
import { Controls, fieldOf, type EntrySearch } from './controls';
import { EarlierEntries } from './earlier-entries';
import { EntrySheet } from './entry-sheet';
import { Sheet } from './sheet';
import { dueMessage, shortDay } from './words';
import '../../ui/filters.css';
import './entry.css';
import './entry-sheet.css';
import './entry-sheet-narrow.css';

/** What is due, and a sheet to enter it in: from the keyboard, or pasted as it stands in a spreadsheet. */
export function EntryPage() {
  const { data: session } = useSuspenseQuery(sessionQuery);
  const scope = usePageScope();
  const search = useSearch({ strict: false }) as EntrySearch;
  const query = useQuery(
    gridQuery({
      ...scopeQuery(scope),
      from: search.from,
      to: search.to,
      q: search.q,
      ...(search.show === 'all' ? {} : { mine: 'true' }),
      ...(search.due === '1' ? { due: 'true' } : {}),
    }),
  );
  const userId = session.user.id;
  // Above the filters, so that what was entered outlives each of them.
  const sheet = useMemo(() => new Sheet(userId), [userId]);
  useEffect(() => {
    addEventListener('pagehide', sheet.flush);
    return () => {
      removeEventListener('pagehide', sheet.flush);
      sheet.flush();
    };
  }, [sheet]);
  const [message, setMessage] = useState('');
  const grid = query.data;
  return (
    <main id="content" className="page entry-page" tabIndex={-1}>
      <PageHeader
        title="Enter data"
        question="What do I owe, and can I enter it in a few minutes?"
        message={grid ? dueMessage(grid) : '\u00a0'}
        actions={<EarlierEntries />}
      >
        {search.show === 'all' ? 'All measures' : 'My measures'} · {scope.scopeName}
        {grid && ` · ${day(grid.from)} to ${day(grid.to)}`} · around{' '}
        {periodLabel(scope.period, scope.fiscalYearStartMonth)}
        {grid && <Earlier grid={grid} />}
      </PageHeader>
      <Controls search={search} from={grid?.from} to={grid?.to} />
      <QueryState query={query} what="the values" rows={10}>
        {(found) => (
          <EntrySheet
            grid={found}
            search={search}
            field={fieldOf(search)}
            sheet={sheet}
            reread={async () => (await query.refetch()).data}
            say={setMessage}
            empty={<NoRows search={search} grid={found} />}
          />
        )}
      </QueryState>
      <p className="visually-hidden" role="status" data-testid="entry-live">
        {message}
      </p>
    </main>
  );
}

function Earlier({ grid: { counts, from, today, lockedThrough, dueDay } }: { grid: Grid }) {
  return (
    <>
      {' '}
      · due on the {dueDay}
      {ordinal(dueDay)} of the next month
      {lockedThrough !== null && ` · locked through ${day(lockedThrough)}`}
      {counts.earlier > 0 && counts.earliest !== null && (
        <>
          {' '}
          ·{' '}
          <Link to="." search={(current: EntrySearch) => ({ ...current, from: counts.earliest!.slice(0, 7) })}>
            {counted(counts.earlier, 'value is', 'values are')} due before {shortDay(from, today)}
          </Link>
        </>
      )}
    </>
  );
}

const ordinal = (of: number): string =>
  of % 10 === 1 && of !== 11 ? 'st' : of % 10 === 2 && of !== 12 ? 'nd' : of % 10 === 3 && of !== 13 ? 'rd' : 'th';

/** Nothing is there, nothing is yours, or the filters leave nothing: each with its way out. */
function NoRows({ search, grid }: { search: EntrySearch; grid: Grid }) {
  const all = (
    <Link to="." search={(current: EntrySearch) => ({ ...current, show: 'all' })} className="button">
      See all
    </Link>
  );
  if (search.q !== undefined || search.due === '1')
    return (
      <Empty
        action={
          <>
            <Link
              to="."
              search={(current: EntrySearch) => ({ ...current, q: undefined, due: undefined })}
              className="button"
            >
              Clear filters
            </Link>
            {search.show !== 'all' && all}
          </>
        }
      >
        No measure of yours or of this scope passes these filters.
      </Empty>
    );
  if (search.show !== 'all') return <Empty action={all}>Nothing due for you: no measure is yours to report.</Empty>;
  return (
    <Empty
      action={
        <Link to="/benefits" className="button">
          See benefits
        </Link>
      }
    >
      There is no benefit in this scope between {day(grid.from)} and {day(grid.to)}. Values are entered for benefits.
    </Empty>
  );
}
