import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Scenario, Scenarios } from '../../../server/contract/scenario.js';
import { keepScope } from '../../app/places';
import { counted, instant } from '../../../server/contract/format.js';
import { DataTable, type TableColumn } from '../../ui/data-table';
import { PageHeader } from '../../ui/page-header';
import { Empty, QueryState } from '../../ui/query-state';
import { readsChain, sessionQuery } from '../access/api';
import { scenariosQuery } from './api';
import { NotPermitted } from './scenario-page';
import { summaryOf } from './words';
import './scenarios.css';

const NewLink = () => (
  <Link to="/scenarios/new" search={keepScope} className="button button-primary">
    New what-if
  </Link>
);

/** What was wondered before: one's own scenarios, and those that others share. */
export function ScenariosPage() {
  const { data: session } = useSuspenseQuery(sessionQuery);
  const isPermitted = readsChain(session);
  const query = useQuery({ ...scenariosQuery, enabled: isPermitted });
  if (!isPermitted) return <NotPermitted />;
  return (
    <main id="content" className="page" tabIndex={-1}>
      <PageHeader
        title="What-if"
        question="What would it cost us to stop, delay or fund something otherwise?"
        message={query.data ? messageOf(query.data) : '\u00a0'}
        actions={<NewLink />}
      >
        A scenario is computed with and never touches a record
      </PageHeader>
      <QueryState query={query} what="the scenarios" rows={4}>
        {({ items, total }) => (
          <>
            {items.length === 0 && (
              <section className="card">
                <Empty action={<NewLink />}>
                  No scenarios yet. Choose an investment or an initiative and see what would be saved and what would be
                  lost.
                </Empty>
              </section>
            )}
            <List id="mine" title="Mine" items={items.filter(({ isMine }) => isMine)} />
            <List id="others" title="Shared by others" items={items.filter(({ isMine }) => !isMine)} />
            {total > items.length && (
              <p className="about">
                {items.length} of {total} shown, the last changed first.
              </p>
            )}
          </>
        )}
      </QueryState>
    </main>
  );
}

function messageOf({ items, total }: Scenarios): string {
  const mine = items.filter(({ isMine }) => isMine).length;
  if (total === 0) return 'Nobody has saved a scenario yet';
  return `${counted(mine, 'scenario')} of your own, ${total - mine} shared by others`;
}

const COLUMNS: readonly TableColumn<Scenario>[] = [
  {
    id: 'name',
    header: 'Scenario',
    rowHeader: true,
    className: 'wide',
    cell: ({ id, name }) => (
      <Link to="/scenarios/$id" params={{ id }} search={keepScope}>
        {name}
      </Link>
    ),
  },
  { id: 'changes', header: 'What is changed', className: 'wide', cell: ({ changes }) => summaryOf(changes) },
  { id: 'owner', header: 'Owner', cell: ({ owner }) => owner },
  { id: 'shared', header: 'Seen by', cell: ({ shared }) => (shared ? 'all who read the chain' : 'only me') },
  { id: 'updated', header: 'Last changed', className: 'nowrap', cell: ({ updatedAt }) => instant(updatedAt) },
];

function List({ id, title, items }: { id: string; title: string; items: readonly Scenario[] }) {
  if (items.length === 0) return null;
  const columns =
    id === 'mine'
      ? COLUMNS.filter((column) => column.id !== 'owner')
      : COLUMNS.filter((column) => column.id !== 'shared');
  return (
    <section className="card" aria-labelledby={`scenarios-${id}`}>
      <h2 id={`scenarios-${id}`}>{title}</h2>
      <DataTable
        label={title}
        caption={`Scenarios: ${title.toLowerCase()}`}
        hideCaption
        columns={columns}
        rows={items}
        rowKey={({ id: key }) => key}
      />
    </section>
  );
}
