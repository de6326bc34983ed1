import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { WINDOWS, type Flow } from '../../../server/contract/flow.js';
import { keepScope } from '../../lib/address';
import { periodLabel } from '../../lib/period';
import { PageHeader } from '../../ui/page-header';
import { usePageScope } from '../../ui/page-scope';
import { Empty, QueryState } from '../../ui/query-state';
import { sessionQuery } from '../access/api';
import { flowQuery, windowOf, type FlowSearch } from './api';
import { FlowMessage } from './flow-message';
import { AgeingPanel, CumulativePanel, CyclePanel } from './panels';
import { HandoffsPanel, OldestPanel, TimePanel } from './where-panels';
import { agesDay, windowText } from './words';
import '../../ui/filters.css';
import './flow.css';

const QUESTION = 'Where does work wait, and what is stuck now?';

/** How work moves: how long it takes, where it waits, who passes it on, and what is old. */
export function FlowPage() {
  const { data: session } = useSuspenseQuery(sessionQuery);
  if (session.reads.includes('work_item')) return <Readable />;
  return (
    <main id="content" className="page" tabIndex={-1}>
      <PageHeader title="Flow" question={QUESTION} message="Not for your role." />
      <Empty action={<Link to="/metrics">See the metrics</Link>}>
        Your role does not read work items. How your services and benefits stand is on their own pages.
      </Empty>
    </main>
  );
}

function Readable() {
  const page = usePageScope();
  const search: FlowSearch = useSearch({ strict: false });
  const query = useQuery(flowQuery(page, search));
  return (
    <main id="content" className="page" tabIndex={-1}>
      <PageHeader
        title="Flow"
        question={QUESTION}
        message={query.data ? <FlowMessage flow={query.data} search={search} /> : '\u00a0'}
        actions={
          <Link to="/stages" search={keepScope}>
            Stages of work
          </Link>
        }
      >
        {page.scopeName} · {periodLabel(page.period, page.fiscalYearStartMonth)}
        {query.data && ` · work in progress as of ${agesDay(query.data)}`}
      </PageHeader>
      <Filters search={search} flow={query.data} />
      <QueryState query={query} what="the flow of work" rows={12}>
        {(flow) => (isEmpty(flow) ? <NoWork search={search} /> : <Panels flow={flow} search={search} />)}
      </QueryState>
    </main>
  );
}

/** Told up to an instant at which a day begins: the day before is the last that counts. */

const isEmpty = ({ finished, ageing, cumulative }: Flow): boolean =>
  finished.count === 0 && ageing.count === 0 && cumulative.bands.length === 0;

function NoWork({ search }: { search: FlowSearch }) {
  const isFiltered = search.type !== undefined || search.team !== undefined;
  return isFiltered ? (
    <Empty>No work of this kind and team moved in this time. Choose all kinds and all teams.</Empty>
  ) : (
    <Empty action={<Link to="/import">Import a log of work</Link>}>
      No work item moved in this time and scope, and none was open. Choose another period, or import a log of work:
      changes of Jira or ServiceNow come in as they are.
    </Empty>
  );
}

function Panels({ flow, search }: { flow: Flow; search: FlowSearch }) {
  return (
    <div className="flow-panels">
      <CyclePanel flow={flow} search={search} />
      <AgeingPanel flow={flow} search={search} />
      <CumulativePanel flow={flow} search={search} />
      <TimePanel flow={flow} search={search} />
      <HandoffsPanel flow={flow} search={search} />
      <OldestPanel flow={flow} search={search} />
    </div>
  );
}

function Filters({ search, flow }: { search: FlowSearch; flow: Flow | undefined }) {
  const navigate = useNavigate();
  const set = (name: keyof FlowSearch, value: string) =>
    void navigate({
      to: '.',
      search: (current: Record<string, unknown>) => ({ ...current, [name]: value === '' ? undefined : value }),
      replace: true,
      resetScroll: false,
    });
  // What is chosen stays among the choices, though nothing of it may be there.
  const among = (all: readonly string[] | undefined, chosen: string | undefined): string[] =>
    [...new Set([...(all ?? []), ...(chosen === undefined ? [] : [chosen])])].sort();
  return (
    <div className="filter-bar" role="search" aria-label="Filter the work">
      <label className="filter">
        Time
        <select className="input" value={windowOf(search)} onChange={({ target }) => set('window', target.value)}>
          {WINDOWS.map((window) => (
            <option key={window} value={window}>
              {windowText(window)}
            </option>
          ))}
        </select>
      </label>
      <label className="filter">
        Kind of work
        <select className="input" value={search.type ?? ''} onChange={({ target }) => set('type', target.value)}>
          <option value="">All kinds</option>
          {among(flow?.types, search.type).map((type) => (
            <option key={type} value={type}>
              {type}
            </option>
          ))}
        </select>
      </label>
      <label className="filter">
        Team
        <select className="input" value={search.team ?? ''} onChange={({ target }) => set('team', target.value)}>
          <option value="">All teams</option>
          {among(flow?.teams, search.team).map((team) => (
            <option key={team} value={team}>
              {team}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
