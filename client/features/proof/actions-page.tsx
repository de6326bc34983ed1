import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { NeedsAction } from '../../../server/contract/action.js';
import { day, scaleFor } from '../../../server/contract/format.js';
import { periodLabel } from '../../lib/period';
import { PageHeader } from '../../ui/page-header';
import { usePageScope } from '../../ui/page-scope';
import { Empty, QueryState } from '../../ui/query-state';
import { sessionQuery } from '../access/api';
import { Traced } from '../overview/traced';
import { ActionTable, NeedTable } from './action-tables';
import { needsActionQuery } from './api';
import '../../ui/filters.css';
import '../records/records.css';
import './proof.css';

interface ActionsSearch {
  /** `needed`, `open`, `done`; without it, all. */
  show?: string;
  /** Words in a benefit, a title or an owner. */
  q?: string;
}

const SHOWN = [
  { value: '', label: 'Everything' },
  { value: 'needed', label: 'Need action' },
  { value: 'open', label: 'Open actions' },
  { value: 'done', label: 'Done lately' },
] as const;

const QUESTION = 'Where must somebody act, and what is being done?';

/** Where somebody must act, what is being done, and what came of it. */
export function ActionsPage() {
  const { data: session } = useSuspenseQuery(sessionQuery);
  return session.reads.includes('corrective_action') ? (
    <Readable />
  ) : (
    <main id="content" className="page" tabIndex={-1}>
      <PageHeader title="Actions" question={QUESTION} message="Not for your role." />
      <Empty action={<Link to="/benefits">See benefits</Link>}>
        Your role does not read corrective actions. How your benefits stand is on the page of each.
      </Empty>
    </main>
  );
}

function Readable() {
  const page = usePageScope();
  const search: ActionsSearch = useSearch({ strict: false });
  const needs = useQuery(needsActionQuery(page));
  return (
    <main id="content" className="page" tabIndex={-1}>
      <PageHeader title="Actions" question={QUESTION} message={needs.data ? <Message needs={needs.data} /> : '\u00a0'}>
        {page.scopeName} · at the end of {periodLabel(page.period, page.fiscalYearStartMonth)} and of the quarter before
        {needs.data && ` · overdue as of ${day(needs.data.today)}`}
      </PageHeader>
      <Filters search={search} />
      <QueryState query={needs} what="the actions" rows={8}>
        {(data) => <Lists needs={data} search={search} />}
      </QueryState>
    </main>
  );
}

function Message({ needs: { needed, open, overdue, effect } }: { needs: NeedsAction }) {
  const scale = scaleFor([effect.value ?? '0']);
  const isOne = needed.value === '1';
  return (
    <>
      <Traced figure={needed} form="count" scale={scale} name="Benefits that need action" />{' '}
      {isOne ? 'benefit needs' : 'benefits need'} action and {isOne ? 'has' : 'have'} none;{' '}
      <Traced figure={open} form="count" scale={scale} name="Open corrective actions" />{' '}
      {open.value === '1' ? 'action is' : 'actions are'} open,{' '}
      <Traced figure={overdue} form="count" scale={scale} name="Overdue corrective actions" /> overdue
      {effect.value !== null && (
        <>
          ; they are to bring{' '}
          <Traced figure={effect} form="money" scale={scale} name="Expected effect of open actions" withUnit />
        </>
      )}
      .
    </>
  );
}

function Filters({ search }: { search: ActionsSearch }) {
  const navigate = useNavigate();
  const set = (name: keyof ActionsSearch, value: string) =>
    void navigate({
      to: '.',
      search: (current: Record<string, unknown>) => ({ ...current, [name]: value === '' ? undefined : value }),
      replace: true,
      resetScroll: false,
    });
  return (
    <div className="filter-bar actions-filters" role="search" aria-label="Filter the actions">
      <label className="filter">
        Benefit, title or owner
        <input
          className="input"
          type="search"
          value={search.q ?? ''}
          onChange={({ target }) => set('q', target.value)}
          autoComplete="off"
        />
      </label>
      <label className="filter">
        Show
        <select
          className="input"
          value={SHOWN.find(({ value }) => value === search.show)?.value ?? ''}
          onChange={({ target }) => set('show', target.value)}
        >
          {SHOWN.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

const holds = (words: string, ...texts: (string | null)[]): boolean =>
  texts.some((text) => text?.toLowerCase().includes(words));

function Lists({ needs, search }: { needs: NeedsAction; search: ActionsSearch }) {
  const words = (search.q ?? '').trim().toLowerCase();
  const benefits = needs.benefits.filter(({ code, name, owner }) => holds(words, code, name, owner));
  const found = (actions: NeedsAction['openActions']) =>
    actions.filter(({ code, benefit, title, owner }) => holds(words, code, benefit.code, benefit.name, title, owner));
  const shows = (which: string) => search.show === undefined || search.show === which || !isShown(search.show);
  const none = (all: readonly unknown[], sentence: string) =>
    all.length > 0 ? `None of these holds “${search.q}”.` : sentence;
  return (
    <div className="record-sections">
      {shows('needed') && (
        <section className="card" aria-labelledby="needed-head">
          <h2 id="needed-head">Need action: off track or not measured in two quarters, and nobody acts</h2>
          {benefits.length > 0 ? (
            <NeedTable benefits={benefits} />
          ) : (
            <Empty>
              {none(
                needs.benefits,
                needs.open.value === '0'
                  ? 'No benefit was off track or not measured at the end of both quarters.'
                  : 'Every benefit that falls short in two quarters has an open action.',
              )}
            </Empty>
          )}
        </section>
      )}
      {shows('open') && (
        <section className="card" aria-labelledby="open-head">
          <h2 id="open-head">Open actions</h2>
          {found(needs.openActions).length > 0 ? (
            <ActionTable actions={found(needs.openActions)} label="Open actions" isDone={false} />
          ) : (
            <Empty>{none(needs.openActions, 'No corrective action is open.')}</Empty>
          )}
        </section>
      )}
      {shows('done') && (
        <section className="card" aria-labelledby="done-head">
          <h2 id="done-head">Done in the last half-year</h2>
          {found(needs.doneActions).length > 0 ? (
            <ActionTable actions={found(needs.doneActions)} label="Done in the last half-year" isDone />
          ) : (
            <Empty>{none(needs.doneActions, 'No corrective action was done in the last half-year.')}</Empty>
          )}
        </section>
      )}
    </div>
  );
}

const isShown = (show: string): boolean => SHOWN.some(({ value }) => value !== '' && value === show);
