import { useSuspenseQuery } from '@tanstack/react-query';
import { Link, Outlet, useRouter, useRouterState, useSearch } from '@tanstack/react-router';
import { Suspense, useEffect, useMemo, useState } from 'react';
import { may, readsChain, sessionQuery, settingsQuery } from '../features/access/api';
import { ExampleChip } from '../features/example/example-chip';
import { lastingAddress, type PageSearch } from '../lib/address';
import { copyText } from '../lib/clipboard';
import { keepTyped } from '../lib/typed-ahead';
import { PageScopeProvider, type PageScope } from '../ui/page-scope';
import { TracePanel } from '../ui/trace-panel';
import { useActions } from './actions';
import { DataState } from './data-state';
import { useFrameKeys } from './frame-keys';
import { HelpButton, SearchButton } from './bar-buttons';
import { DisplayMenu, UserMenu } from './menus';
import { PeriodPicker } from './period-picker';
import { keepScope } from './places';
import { PresentMode, presentPage } from './present';
import { Rail } from './rail';
import { ScopePicker } from './scope-picker';
import { SkipLinks } from './skip-links';
import { useLoaded } from './use-loaded';
import { useScopeName } from './use-scope';
import '../ui/overlays.css';
import './frame.css';
import './frame-narrow.css';

const loadDialogs = () => import('./dialogs');

/** What surrounds every page: bar with scope and period, rail, the page, and the trace of the number that is open. */
export function Frame() {
  const { data: session } = useSuspenseQuery(sessionQuery);
  const { data: settings } = useSuspenseQuery(settingsQuery);
  const search = useSearch({ strict: false }) as PageSearch & { figure?: string };
  const readsPortfolios = session.reads.includes('portfolio');
  const readsOrgUnits = session.reads.includes('org_unit');
  const widest = readsChain(session) ? 'All IT' : 'Own units';
  const scopeName = useScopeName(search, widest, readsPortfolios, readsOrgUnits);
  const { reportingCurrency: currency, fiscalYearStartMonth, currentPeriod, openPeriod, isExample } = settings;
  const period = search.period ?? openPeriod;
  const readsAudit = may(session, 'audit');
  const scope = useMemo<PageScope>(
    () => ({
      ...{ period, portfolio: search.portfolio, orgUnit: search.orgUnit },
      ...{ scopeName, currency, fiscalYearStartMonth, readsAudit, isExample },
    }),
    [period, search.portfolio, search.orgUnit, scopeName, currency, fiscalYearStartMonth, readsAudit, isExample],
  );
  const [opened, setOpened] = useState<'palette' | 'help' | null>(null);
  const [notice, say] = useNotice();
  const dialogs = useLoaded(loadDialogs);
  const presented = presentPage(search.present);
  // A figure of a review opens beside the page, too.
  const isOfReview = useRouterState({ select: ({ location: { pathname } }) => pathname.startsWith('/reviews/') });
  const isTracing = search.trace !== undefined || (isOfReview && search.figure !== undefined);
  const actions = useActions({
    session,
    period,
    openPeriod,
    currentPeriod,
    fiscalYearStartMonth,
    isPresenting: presented !== null,
    openHelp: () => setOpened('help'),
    copyLink: () =>
      void copyText(lastingAddress(location.href, period)).then((copied) =>
        say(copied ? 'Link copied' : 'The link could not be copied'),
      ),
  });
  const openPalette = () => {
    // Its parts may still be on their way, and whoever knows the key goes on typing.
    keepTyped();
    setOpened('palette');
  };
  useFrameKeys({ session, actions, openPalette });
  useFocusOnPageChange();
  const close = () => setOpened(null);
  return (
    <PageScopeProvider value={scope}>
      <div className={`frame ${isTracing ? 'frame-tracing' : ''}`}>
        <Turning />
        <SkipLinks isTracing={isTracing} />
        <header className="topbar">
          <Link to="/" search={keepScope} className="product" activeProps={{}} aria-label="Throughline, overview">
            <img src="/favicon.svg" width="20" height="20" alt="" />
            <span className="product-name">Throughline</span>
          </Link>
          <div className="filters" id="filters" role="group" aria-label="Scope and period" tabIndex={-1}>
            {isOfReview ? (
              <span className="filters-fixed caption">Scope and quarter are those of the review</span>
            ) : (
              <>
                <ScopePicker
                  {...{ widest, readsPortfolios, readsOrgUnits }}
                  portfolio={search.portfolio}
                  orgUnit={search.orgUnit}
                />
                <PeriodPicker {...{ period, currentPeriod, openPeriod, fiscalYearStartMonth }} />
              </>
            )}
          </div>
          <div className="bar-chips">
            {isExample && <ExampleChip session={session} />}
            <DataState session={session} />
          </div>
          <div className="bar-end">
            <SearchButton onOpen={openPalette} />
            <HelpButton onOpen={() => setOpened('help')} />
            <DisplayMenu />
            <UserMenu session={session} />
          </div>
        </header>
        <Rail session={session} />
        <Suspense>
          <Outlet />
        </Suspense>
        {search.trace !== undefined && (
          <TracePanel
            path={search.trace}
            actions={dialogs && ((trace, step) => <dialogs.PinToReview trace={trace} step={step} />)}
          />
        )}
        {presented !== null && <PresentMode at={presented} say={say} />}
        <p className="frame-notice" role="status">
          {notice}
        </p>
      </div>
      {dialogs && opened === 'palette' && <dialogs.Palette session={session} actions={actions} onClose={close} />}
      {dialogs && opened === 'help' && <dialogs.HelpDialog settings={settings} onClose={close} />}
    </PageScopeProvider>
  );
}

/** Says, to whoever waits for the page, that the address is that of the next one while the screen still shows the last; the frame stays as it is. */
function Turning() {
  const isTurning = useRouterState({ select: ({ isLoading }) => isLoading });
  return isTurning ? <span hidden data-turning /> : null;
}

/** A word about what was done, for three seconds. */
function useNotice(): [string, (text: string) => void] {
  const [notice, setNotice] = useState('');
  useEffect(() => {
    if (notice === '') return;
    const timer = setTimeout(() => setNotice(''), 3000);
    return () => clearTimeout(timer);
  }, [notice]);
  return [notice, setNotice];
}

/** After a change of page the focus is at its start, as after loading one. */
function useFocusOnPageChange(): void {
  const router = useRouter();
  useEffect(() => {
    let left: Element | null = null;
    const stops = [
      router.subscribe('onBeforeNavigate', () => (left = document.activeElement)),
      router.subscribe('onRendered', ({ pathChanged, fromLocation, toLocation }) => {
        // Back to an open trace: the number that it belongs to takes the focus.
        const isTracing = (toLocation.search as PageSearch).trace !== undefined;
        if (pathChanged && fromLocation && !isTracing) focusContent(left);
      }),
    ];
    return () => stops.forEach((stop) => stop());
  }, [router]);
}

/**
 * A page may put another element in the place of the first while its data comes: the focus follows for three seconds, unless somebody moved it.
 * @param left what had the focus when the page before was left
 */
function focusContent(left: Element | null): void {
  const until = performance.now() + 3000;
  let focused: Element | null = null;
  const look = () => {
    const content = document.getElementById('content');
    // Who was faster than the page, by a key or a click on what it shows, keeps what they chose.
    const chosen = document.activeElement;
    if (focused === null && chosen !== left && chosen !== content && content?.contains(chosen)) return;
    const isLost = focused?.isConnected === false && document.activeElement === document.body;
    if (content && (focused === null || isLost)) {
      content.focus({ preventScroll: true });
      focused = content;
    }
    if (performance.now() < until) requestAnimationFrame(look);
  };
  look();
}
