import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { DecisionRights } from '../../../server/contract/decision.js';
import { count } from '../../lib/format';
import { periodLabel } from '../../lib/period';
import { DataTable, type TableColumn } from '../../ui/data-table';
import { PageHeader } from '../../ui/page-header';
import { usePageScope } from '../../ui/page-scope';
import { Empty, QueryState } from '../../ui/query-state';
import { rightsTableQuery } from './api';
import { KIND_WORDS, levelWord } from './words';
import './decisions.css';

type Row = DecisionRights['items'][number];

/** Who decides what: as the forums are designed, beside what happened in a year. */
export function DecisionRightsPage() {
  const page = usePageScope();
  const query = useQuery(rightsTableQuery(page));
  const label = (period: string) => periodLabel(period, page.fiscalYearStartMonth);
  return (
    <main id="content" className="page decisions-page" tabIndex={-1}>
      <PageHeader
        title="Decision rights"
        question="Who decides what, and does it happen there?"
        message={query.data ? messageOf(query.data.items) : '\u00a0'}
        actions={
          <Link className="button" to="/decisions">
            The log
          </Link>
        }
      >
        {page.scopeName}
        {query.data && ` · designed today, decided ${label(query.data.since)} to ${label(query.data.period)}`}
      </PageHeader>
      <QueryState query={query} what="the decision rights" rows={8}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty action={<Link to="/import">Import forums</Link>}>
              No forum says what it decides, and nothing was decided in these four quarters. Forums with their level and
              what they decide come with the import table <code>forums</code>.
            </Empty>
          ) : (
            <section className="card">
              <DataTable
                caption="Decision rights as designed, beside what happened"
                hideCaption
                label="Decision rights"
                columns={COLUMNS}
                rows={items}
                rowKey={({ forum, kind }) => `${forum?.code ?? '-'} ${kind ?? '-'}`}
              />
              <p className="caption">
                Two forums overlap where both are there to decide the same kind for the same scope. Above and below: of
                the decisions that state both levels.
              </p>
            </section>
          )
        }
      </QueryState>
    </main>
  );
}

/** By rule: what was decided where nobody meant it to be, above its level, and twice. */
function messageOf(items: readonly Row[]): string {
  const sum = (rows: readonly Row[], of: 'decided' | 'above') => rows.reduce((total, row) => total + row[of], 0);
  const all = sum(items, 'decided');
  const elsewhere = sum(
    items.filter(({ designed }) => !designed),
    'decided',
  );
  const overlapping = new Set(items.filter(({ overlaps }) => overlaps.length > 0).map(({ kind }) => kind)).size;
  const doubled =
    overlapping === 0
      ? 'no two forums decide the same for the same scope'
      : `${overlapping === 1 ? 'one kind is' : `${overlapping} kinds are`} decided by two forums for the same scope`;
  if (all === 0) return `Nothing was decided in these four quarters; ${doubled}.`;
  return `${elsewhere} of ${all} decisions were taken by a forum that is not there for them, ${sum(items, 'above')} above their level; ${doubled}.`;
}

const decidedCell = ({ forum, kind, decided, designed }: Row) =>
  decided === 0 ? (
    <span className="caption">{designed ? 'never' : '0'}</span>
  ) : (
    <Link
      to="/decisions"
      hash="log"
      search={(now: object) => ({
        ...now,
        show: 'year',
        forum: forum?.code ?? '-',
        ...(kind === null ? {} : { kind }),
      })}
    >
      {count(decided)}
    </Link>
  );

const COLUMNS: readonly TableColumn<Row>[] = [
  {
    id: 'forum',
    header: 'Forum',
    rowHeader: true,
    cell: ({ forum }) => (
      <>
        {forum?.name ?? 'No forum stated'}
        {forum && <span className="caption log-line">{forum.scope ?? 'no scope stated'}</span>}
      </>
    ),
  },
  { id: 'level', header: 'Its level', cell: ({ forum }) => (forum ? levelWord(forum.level) : '–') },
  { id: 'kind', header: 'Kind', cell: ({ kind }) => (kind === null ? 'no kind' : KIND_WORDS[kind]) },
  {
    id: 'designed',
    header: 'As designed',
    cell: ({ designed, forum }) =>
      designed ? 'decides' : <span className="rights-overlap">▲ {forum ? 'not there for it' : 'no forum'}</span>,
  },
  { id: 'decided', header: 'Decided', numeric: true, cell: decidedCell },
  {
    id: 'levels',
    header: 'At which level',
    cell: ({ levels }) =>
      levels.length === 0 ? '–' : levels.map(({ level, count: number }) => `${number} at ${level}`).join(', '),
  },
  {
    id: 'above',
    header: 'Above intended',
    numeric: true,
    cell: ({ above }) => (above === 0 ? '0' : <span className="rights-overlap">▲ {count(above)}</span>),
  },
  { id: 'below', header: 'Below', numeric: true, cell: ({ below }) => count(below) },
  {
    id: 'overlaps',
    header: 'Overlaps with',
    cell: ({ overlaps }) =>
      overlaps.length === 0 ? (
        '–'
      ) : (
        <span className="rights-overlap">▲ {overlaps.map(({ name }) => name).join(', ')}</span>
      ),
  },
];
