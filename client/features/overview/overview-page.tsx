import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import type { Overview } from '../../../server/contract/overview.js';
import { scaleFor, unitOf } from '../../../server/contract/format.js';
import { periodLabel } from '../../lib/period';
import { useShortcuts } from '../../lib/shortcuts';
import { PageHeader } from '../../ui/page-header';
import { usePageScope, type PageScope } from '../../ui/page-scope';
import { QueryState } from '../../ui/query-state';
import { readsChain, sessionQuery } from '../access/api';
import { scorecardQuery } from '../metrics/api';
import { PresentButton } from '../reviews/present-button';
import { chainQuery, overviewQuery, valueQuery } from './api';
import { Deviations } from './deviations';
import { Families } from './families';
import { Funnel } from './funnel';
import { Ledger } from './ledger';
import { Missing } from './missing';
import { Needs } from './needs';
import { Measured, OverviewMessage } from './overview-message';
import { ledgerSkeleton, panelSkeleton, reachSkeleton } from './overview-skeleton';
import { scaleOf } from './printing';
import { Profile } from './profile';
import { Reach } from './reach';
import { StartPanel } from './start-panel';
import { Statuses } from './statuses';
import './overview.css';
import './overview-widths.css';
import './overview-present.css';

/** The landing page: what became of the money, what proves it, and where the line to a benefit breaks. */
export function OverviewPage() {
  const page = usePageScope();
  const { data: session } = useSuspenseQuery(sessionQuery);
  const overview = useQuery(overviewQuery(page));
  const isEmpty = overview.data?.isEmpty === true;
  useRowKeys();
  return (
    <main id="content" className="page overview" tabIndex={-1}>
      <div id="overview-row-1" tabIndex={-1} className="overview-message">
        <PageHeader
          title="Overview"
          question="Did the money we put in turn into benefits the business can see?"
          message={overview.data ? <OverviewMessage overview={overview.data} page={page} /> : '\u00a0'}
          actions={!isEmpty && <PresentButton />}
        >
          {!isEmpty && <About page={page} overview={overview.data} withSpend={readsChain(session)} />}
        </PageHeader>
      </div>
      {isEmpty ? <StartPanel session={session} /> : <Rows withChain={readsChain(session)} />}
    </main>
  );
}

interface AboutProps {
  page: PageScope;
  overview: Overview | undefined;
  withSpend: boolean;
}

function About({ page, overview, withSpend }: AboutProps) {
  const { scopeName, currency, period, fiscalYearStartMonth } = page;
  return (
    <>
      <span>
        {scopeName} · {withSpend ? 'benefits and spend' : 'benefits'},{' '}
        {overview ? unitOf(scaleOf(overview), currency) : currency} · AC to {periodLabel(period, fiscalYearStartMonth)}{' '}
        vs PL
        {overview && <Measured overview={overview} />}
      </span>
      <BenefitStatuses />
    </>
  );
}

/** Each panel reads and fails for itself; what has one figure in common has one scale. */
function Rows({ withChain }: { withChain: boolean }) {
  const page = usePageScope();
  const overview = useQuery(overviewQuery(page));
  const scale = overview.data && scaleOf(overview.data);
  return (
    <>
      <div className="overview-row overview-ledger" id="overview-row-2" tabIndex={-1} data-present-page="1">
        <QueryState query={overview} what="the value ledger" skeleton={ledgerSkeleton}>
          {(data) => (
            <div className="overview-split">
              <Ledger overview={data} />
              <Funnel overview={data} scale={scaleOf(data)} readsActions={withChain} />
            </div>
          )}
        </QueryState>
      </div>
      <div className="overview-row overview-profile" id="overview-row-3" tabIndex={-1} data-present-page="1">
        <Profile scale={scale} />
        {!(overview.error && !overview.data) && (
          <QueryState query={overview} what="the deviations" skeleton={panelSkeleton}>
            {(data) => <Deviations overview={data} scale={scaleOf(data)} readsActions={withChain} />}
          </QueryState>
        )}
      </div>
      {withChain && <SpendRow overview={overview.data} />}
    </>
  );
}

function BenefitStatuses() {
  const { data, error, refetch } = useQuery(valueQuery(usePageScope()));
  if (data) return <Statuses value={data} />;
  return error ? <Missing what="the benefits by status" error={error} retry={refetch} /> : null;
}

/** For those who read the chain: where the money stops, what has really changed, and what waits for somebody. */
function SpendRow({ overview }: { overview: Overview | undefined }) {
  const page = usePageScope();
  const chain = useQuery(chainQuery(page));
  const metrics = useQuery(scorecardQuery(page));
  const scale = (overview && scaleOf(overview)) ?? scaleFor(chain.data?.totals.reached.map(({ cost }) => cost) ?? []);
  return (
    <div className="overview-row overview-spend" id="overview-row-4" tabIndex={-1} data-present-page="2">
      <QueryState query={chain} what="the spend by layer" skeleton={reachSkeleton}>
        {(data) => <Reach chain={data} overview={overview} scale={scale} />}
      </QueryState>
      <div className="overview-families">
        <QueryState query={metrics} what="the metrics by family" skeleton={panelSkeleton}>
          {(data) => <Families data={data} />}
        </QueryState>
      </div>
      <Needs />
    </div>
  );
}

const ROWS = [
  'Message',
  'Value ledger and proof',
  'Profile and deviations',
  'Spend and metrics',
  'Decisions, signs and data',
];

/** `1`–`5` jump to the rows. */
function useRowKeys(): void {
  useShortcuts(
    Object.fromEntries(
      ROWS.map((label, at) => [
        String(at + 1),
        {
          label,
          run: () => {
            const row = document.getElementById(`overview-row-${at + 1}`);
            row?.focus({ preventScroll: true });
            row?.scrollIntoView({ block: 'nearest' });
          },
        },
      ]),
    ),
  );
}
