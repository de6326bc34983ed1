import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { day } from '../../lib/format';
import { lastDay, periodLabel } from '../../lib/period';
import { PageHeader } from '../../ui/page-header';
import { usePageScope } from '../../ui/page-scope';
import { Failure, QueryState } from '../../ui/query-state';
import { readsChain, sessionQuery } from '../access/api';
import { gapCountsQuery } from './api';
import { isNothing, type Figures } from './figures';
import { Gaps } from './gaps';
import { Ledger } from './ledger';
import { Losses } from './losses';
import { OverviewMessage } from './overview-message';
import { Reach } from './reach';
import { StartPanel } from './start-panel';
import { OverviewSkeleton } from './overview-skeleton';
import { Statuses } from './statuses';
import { useFigures } from './use-figures';
import './overview.css';

/** The landing page: what became of the money, and where the line to a benefit breaks. */
export function OverviewPage() {
  const page = usePageScope();
  const { data: session } = useSuspenseQuery(sessionQuery);
  const figures = useFigures(page, readsChain(session));
  const gaps = useQuery({ ...gapCountsQuery(page), enabled: readsChain(session) });
  const about = `${page.scopeName} · money benefits and spend, ${page.currency} · AC to ${day(lastDay(page.period, page.fiscalYearStartMonth))} (${periodLabel(page.period, page.fiscalYearStartMonth)}) vs PL`;
  const isEmpty = figures.data !== undefined && isNothing(figures.data);
  return (
    <main id="content" className="page overview" tabIndex={-1}>
      <PageHeader
        title="Overview"
        question="Did the money we put in turn into benefits the business can see?"
        message={messageOf(figures.data)}
      >
        {!isEmpty && about}
      </PageHeader>
      <QueryState query={figures} what="the overview" skeleton={<OverviewSkeleton />}>
        {(data) =>
          isNothing(data) ? (
            <StartPanel session={session} />
          ) : (
            <div className="overview-grid">
              <div className="overview-column">
                <Ledger figures={data} />
                {data.money && <Reach chain={data.money.chain} figures={data} />}
                {data.moneyFailure && (
                  <Failure error={data.moneyFailure} what="the spend" retry={() => void figures.refetch()} />
                )}
                <Statuses value={data.value} />
              </div>
              <div className="overview-column">
                {data.money && (
                  <section className="card" aria-labelledby="gaps-title">
                    <h2 id="gaps-title">Where the line breaks</h2>
                    <QueryState query={gaps} what="the gaps" rows={6}>
                      {(found) => <Gaps gaps={found} scale={data.scale} />}
                    </QueryState>
                  </section>
                )}
                <Losses figures={data} />
              </div>
            </div>
          )
        }
      </QueryState>
    </main>
  );
}

const messageOf = (figures: Figures | undefined) =>
  figures === undefined ? (
    '\u00a0'
  ) : isNothing(figures) ? (
    'Nothing is recorded here yet.'
  ) : (
    <OverviewMessage figures={figures} />
  );
