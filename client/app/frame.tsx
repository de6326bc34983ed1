import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link, Outlet, useRouter, useSearch } from '@tanstack/react-router';
import { Suspense, useEffect, useMemo, useState } from 'react';
import type { SessionInfo } from '../../server/contract/access.js';
import { may, readsChain, sessionQuery, settingsQuery } from '../features/access/api';
import type { PageSearch } from '../lib/address';
import { instant } from '../lib/format';
import { PageScopeProvider, type PageScope } from '../ui/page-scope';
import { TracePanel } from '../ui/trace-panel';
import { DisplayMenu, UserMenu } from './menus';
import { PeriodPicker } from './period-picker';
import { lastChangeQuery, orgUnitsQuery, portfoliosQuery } from './scope-api';
import { ScopePicker } from './scope-picker';
import '../ui/overlays.css';
import './frame.css';

/** What surrounds every page: bar with scope and period, rail, the page, and the trace of the number that is open. */
export function Frame() {
  const { data: session } = useSuspenseQuery(sessionQuery);
  const { data: settings } = useSuspenseQuery(settingsQuery);
  const search = useSearch({ strict: false }) as PageSearch;
  const readsPortfolios = session.reads.includes('portfolio');
  const readsOrgUnits = session.reads.includes('org_unit');
  const widest = readsChain(session) ? 'All IT' : 'Own units';
  const scopeName = useScopeName(search, widest, readsPortfolios, readsOrgUnits);
  const { reportingCurrency: currency, fiscalYearStartMonth, currentPeriod, openPeriod } = settings;
  const period = search.period ?? openPeriod;
  const scope = useMemo<PageScope>(
    () => ({ period, portfolio: search.portfolio, orgUnit: search.orgUnit, scopeName, currency, fiscalYearStartMonth }),
    [period, search.portfolio, search.orgUnit, scopeName, currency, fiscalYearStartMonth],
  );
  useFocusOnPageChange();
  return (
    <PageScopeProvider value={scope}>
      <div className={`frame ${search.trace === undefined ? '' : 'frame-tracing'}`}>
        <nav className="skip-links" aria-label="Skip">
          <a href="#content" onClick={jump('content')}>
            Skip to content
          </a>
          <a href="#filters" onClick={jump('filters')}>
            Skip to scope and period
          </a>
          {search.trace !== undefined && (
            <a href="#trace-panel" onClick={jump('trace-panel')}>
              Skip to the trace
            </a>
          )}
        </nav>
        <header className="topbar">
          <Link to="/" search={keepScope} className="product" activeProps={{}}>
            <img src="/favicon.svg" width="20" height="20" alt="" />
            <span>Throughline</span>
          </Link>
          <div className="filters" id="filters" role="group" aria-label="Scope and period" tabIndex={-1}>
            <ScopePicker
              {...{ widest, readsPortfolios, readsOrgUnits }}
              portfolio={search.portfolio}
              orgUnit={search.orgUnit}
            />
            <PeriodPicker {...{ period, currentPeriod, fiscalYearStartMonth }} />
          </div>
          <DataState session={session} />
          <div className="bar-end">
            <DisplayMenu />
            <UserMenu session={session} />
          </div>
        </header>
        <Rail session={session} />
        <Suspense>
          <Outlet />
        </Suspense>
        {search.trace !== undefined && <TracePanel path={search.trace} />}
      </div>
    </PageScopeProvider>
  );
}

/** The place in the page without touching the address, which the router owns. */
const jump = (id: string) => (event: { preventDefault: () => void }) => {
  event.preventDefault();
  const target = document.getElementById(id);
  const inner = target?.querySelector<HTMLElement>('select, h2[tabindex]');
  (id === 'content' ? target : (inner ?? target))?.focus();
};

/** Links of the rail keep scope and period, and close the trace. */
const keepScope = ({ period, portfolio, orgUnit }: PageSearch): PageSearch => ({
  ...(period === undefined ? {} : { period }),
  ...(portfolio === undefined ? {} : { portfolio }),
  ...(orgUnit === undefined ? {} : { orgUnit }),
});

function useScopeName(
  { portfolio, orgUnit }: PageSearch,
  widest: string,
  readsPortfolios: boolean,
  readsOrgUnits: boolean,
): string {
  const portfolios = useQuery({ ...portfoliosQuery, enabled: readsPortfolios && portfolio !== undefined });
  const orgUnits = useQuery({ ...orgUnitsQuery, enabled: readsOrgUnits && orgUnit !== undefined });
  const chosen = portfolio ?? orgUnit;
  if (chosen === undefined) return widest;
  const items = portfolio === undefined ? orgUnits.data?.items : portfolios.data?.items;
  return items?.find(({ code }) => code.toLowerCase() === chosen.toLowerCase())?.name ?? chosen;
}

/** After a change of page the focus is at its start, as after loading one. */
function useFocusOnPageChange(): void {
  const router = useRouter();
  useEffect(
    () =>
      router.subscribe('onRendered', ({ pathChanged, fromLocation, toLocation }) => {
        // Back to an open trace: the number that it belongs to takes the focus.
        const isTracing = (toLocation.search as PageSearch).trace !== undefined;
        if (pathChanged && fromLocation && !isTracing)
          document.getElementById('content')?.focus({ preventScroll: true });
      }),
    [router],
  );
}

/** Whether the figures move, and when they last did. */
function DataState({ session }: { session: SessionInfo }) {
  const { data: at } = useQuery({ ...lastChangeQuery, enabled: may(session, 'audit') });
  return (
    <p className="data-state" title="Figures follow the records as they are now.">
      <span className="live-mark" aria-hidden="true" />
      Live{at ? <span className="data-state-when"> · last change {instant(at)}</span> : null}
    </p>
  );
}

function Rail({ session }: { session: SessionInfo }) {
  const [isOpen, setOpen] = useState(false);
  const items = [
    { to: '/', label: 'Overview', isShown: true },
    { to: '/import', label: 'Import', isShown: may(session, 'import') },
    { to: '/export', label: 'Export', isShown: may(session, 'export') },
  ] as const;
  return (
    <nav className={`rail ${isOpen ? 'rail-open' : ''}`} aria-label="Pages">
      <button
        type="button"
        className="button rail-button"
        aria-expanded={isOpen}
        aria-controls="rail-items"
        onClick={() => setOpen(!isOpen)}
      >
        <span aria-hidden="true">☰ </span>Menu
      </button>
      <ul id="rail-items" onClick={() => setOpen(false)}>
        {items
          .filter(({ isShown }) => isShown)
          .map(({ to, label }) => (
            <li key={to}>
              <Link
                to={to}
                search={keepScope}
                activeOptions={{ exact: to === '/', includeSearch: false }}
                className="rail-link"
              >
                {label}
              </Link>
            </li>
          ))}
      </ul>
    </nav>
  );
}
