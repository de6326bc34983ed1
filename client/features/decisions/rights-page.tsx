import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { DecisionRights } from '../../../server/contract/decision.js';
import type { AnyRecord } from '../../../server/contract/records.js';
import { count, counted } from '../../../server/contract/format.js';
import { periodLabel } from '../../lib/period';
import { Button } from '../../ui/button';
import { DataTable, type TableColumn } from '../../ui/data-table';
import { PageHeader } from '../../ui/page-header';
import { usePageScope } from '../../ui/page-scope';
import { Empty, QueryState } from '../../ui/query-state';
import { sessionQuery } from '../access/api';
import { forumsQuery, rightsTableQuery } from './api';
import { ForumForm } from './forum-form';
import { only } from './search';
import { KIND_WORDS, levelWord } from './words';
import '../proof/proof.css';
import './decisions.css';

type Row = DecisionRights['items'][number];

/** Who decides what: as the forums are designed, beside what happened in a year. */
export function DecisionRightsPage() {
  const page = usePageScope();
  const query = useQuery(rightsTableQuery(page));
  const { data: session } = useSuspenseQuery(sessionQuery);
  const mayWrite = session.writes.includes('forum');
  const forums = useQuery({ ...forumsQuery, enabled: mayWrite }).data ?? [];
  const [form, setForm] = useState<{ forum: AnyRecord | null } | null>(null);
  const close = () => {
    const opener = form?.forum ? changeId(String(form.forum['code'])) : ADD_ID;
    setForm(null);
    setTimeout(() => document.getElementById(opener)?.focus());
  };
  const change = (code: string): ReactNode => {
    const forum = forums.find((one) => one['code'] === code);
    if (!forum || form !== null) return null;
    return (
      <Button id={changeId(code)} look="plain" onClick={() => setForm({ forum })}>
        Change<span className="visually-hidden"> {String(forum['name'])}</span>
      </Button>
    );
  };
  const label = (period: string) => periodLabel(period, page.fiscalYearStartMonth);
  return (
    <main id="content" className="page decisions-page" tabIndex={-1}>
      <PageHeader
        title="Decision rights"
        question="Who decides what, and does it happen there?"
        message={query.data ? messageOf(query.data.items) : '\u00a0'}
        actions={
          <>
            {mayWrite && form === null && (
              <Button id={ADD_ID} onClick={() => setForm({ forum: null })}>
                Add a forum
              </Button>
            )}
            <Link className="button" to="/decisions">
              The log
            </Link>
          </>
        }
      >
        {page.scopeName}
        {query.data && ` · designed today, decided ${label(query.data.since)} to ${label(query.data.period)}`}
      </PageHeader>
      {form && <ForumForm key={form.forum?.id ?? ''} forum={form.forum} onClose={close} />}
      <QueryState query={query} what="the decision rights" rows={8}>
        {({ items }) =>
          items.length === 0 ? (
            <>
              <Empty action={<Link to="/import">Import forums</Link>}>
                No forum says what it decides, and nothing was decided in these four quarters. Forums with their level
                and what they decide {mayWrite && 'are added here, or '}come with the import table <code>forums</code>.
              </Empty>
              <Idle {...{ forums, items, change }} />
            </>
          ) : (
            <section className="card">
              <DataTable
                caption="Decision rights as designed, beside what happened"
                hideCaption
                label="Decision rights"
                columns={mayWrite && form === null ? [...COLUMNS, changeColumn(items, change)] : COLUMNS}
                rows={items}
                rowKey={keyOf}
              />
              <Idle {...{ forums, items, change }} />
              <p className="caption">
                Two forums overlap where both are there to decide the same kind for the same scope. Above and below: of
                the decisions that state both levels; the others are counted apart. Where nobody stated the forum or the
                kind, nobody can say whether it was decided where it should be.
              </p>
            </section>
          )
        }
      </QueryState>
    </main>
  );
}

const ADD_ID = 'add-forum';
const changeId = (code: string): string => `change-forum-${code}`;
const keyOf = ({ forum, kind }: Row): string => `${forum?.code ?? '-'} ${kind ?? '-'}`;

interface IdleProps {
  forums: readonly AnyRecord[];
  items: readonly Row[];
  change: (code: string) => ReactNode;
}

/** Forums that are there to decide nothing, and decided nothing: no row of the table is theirs. */
function Idle({ forums, items, change }: IdleProps) {
  const idle = forums.filter(({ code }) => !items.some(({ forum }) => forum?.code === code));
  if (idle.length === 0) return null;
  return (
    <>
      <p>Forums without a kind that they decide:</p>
      <ul className="rights-idle">
        {idle.map(({ id, code, name }) => (
          <li key={id}>
            {String(name)} {change(String(code))}
          </li>
        ))}
      </ul>
    </>
  );
}

/** The way to change a forum, in the first of its rows. */
const changeColumn = (items: readonly Row[], change: IdleProps['change']): TableColumn<Row> => ({
  id: 'change',
  header: 'Change',
  cell: (row) =>
    row.forum && row === items.find(({ forum }) => forum?.code === row.forum?.code) ? change(row.forum.code) : null,
});

/** By rule: what was decided where nobody meant it to be, above its level, and twice. */
function messageOf(items: readonly Row[]): string {
  const sum = (rows: readonly Row[], of: 'decided' | 'above' | 'unstated') =>
    rows.reduce((total, row) => total + row[of], 0);
  const all = sum(items, 'decided');
  const of = (wanted: boolean | null) =>
    sum(
      items.filter(({ designed }) => designed === wanted),
      'decided',
    );
  const unstated = of(null);
  const overlapping = new Set(items.filter(({ overlaps }) => overlaps.length > 0).map(({ kind }) => kind)).size;
  const doubled =
    overlapping === 0
      ? 'no two forums decide the same for the same scope'
      : `${overlapping === 1 ? 'one kind is' : `${overlapping} kinds are`} decided by two forums for the same scope`;
  if (all === 0) return `Nothing was decided in these four quarters; ${doubled}.`;
  const known = all - unstated;
  const where =
    known === 0
      ? `None of ${counted(all, 'decision')} states both forum and kind`
      : `${of(false)} of ${counted(known, 'decision')} ${of(false) === 1 ? 'was' : 'were'} taken by a forum that is not there for ${of(false) === 1 ? 'it' : 'them'}`;
  const both = all - sum(items, 'unstated');
  const level = both === 0 ? 'none states both levels' : `${sum(items, 'above')} of ${both} above their level`;
  return `${where}, ${level}${unstated > 0 && known > 0 ? `; ${unstated} more without forum or kind` : ''}; ${doubled}.`;
}

const decidedCell = ({ forum, kind, decided, designed }: Row) =>
  decided === 0 ? (
    <span className="caption">{designed ? 'never' : '0'}</span>
  ) : (
    <Link to="/decisions" hash="log" search={only({ show: 'year', forum: forum?.code ?? '-', kind: kind ?? '-' })}>
      {count(decided)}
    </Link>
  );

const untold = <span className="caption">–</span>;

/** None of its decisions states both levels: neither above nor below can be told. */
const isUntold = ({ decided, unstated }: Pick<Row, 'decided' | 'unstated'>): boolean => decided === unstated;

const COLUMNS: readonly TableColumn<Row>[] = [
  {
    id: 'forum',
    header: 'Forum',
    rowHeader: true,
    cell: ({ forum }) => (
      <>
        {forum?.name ?? 'No forum stated'}
        {forum && (
          <span className="caption log-line">{forum.isArchived ? 'archived' : (forum.scope ?? 'no scope stated')}</span>
        )}
      </>
    ),
  },
  { id: 'level', header: 'Its level', cell: ({ forum }) => (forum ? levelWord(forum.level) : '–') },
  { id: 'kind', header: 'Kind', cell: ({ kind }) => (kind === null ? 'no kind' : KIND_WORDS[kind]) },
  {
    id: 'designed',
    header: 'As designed',
    cell: ({ designed, forum }) =>
      designed ? (
        'decides'
      ) : designed === null ? (
        <span className="caption">not stated</span>
      ) : (
        <span className="rights-overlap">▲ {forum?.isArchived ? 'no longer there' : 'not there for it'}</span>
      ),
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
    cell: ({ above, ...row }) =>
      isUntold(row) ? untold : above === 0 ? '0' : <span className="rights-overlap">▲ {count(above)}</span>,
  },
  { id: 'below', header: 'Below', numeric: true, cell: ({ below, ...row }) => (isUntold(row) ? untold : count(below)) },
  {
    id: 'unstated',
    header: 'Level not stated',
    numeric: true,
    cell: ({ unstated }) => (unstated === 0 ? untold : count(unstated)),
  },
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
