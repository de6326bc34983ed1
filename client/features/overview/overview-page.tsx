import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { day } from '../../lib/format';
import { lastDay, periodLabel } from '../../lib/period';
import { PageHeader } from '../../ui/page-header';
import { usePageScope, type PageScope } from '../../ui/page-scope';
import { QueryState, type Reading } from '../../ui/query-state';
import { traceQuery } from '../../ui/trace-api';
import { readsChain, sessionQuery } from '../access/api';
import { chainQuery, gapCountsQuery, valueQuery } from './api';
import { figuresOf, isNothing, recorded, type Figures, type Money } from './figures';
import { Gaps } from './gaps';
import { Ledger } from './ledger';
import { Losses } from './losses';
import { OverviewMessage } from './overview-message';
import { Reach } from './reach';
import { StartPanel } from './start-panel';
import { Statuses } from './statuses';
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
      <QueryState query={figures} what="the overview" rows={14}>
        {(data) =>
          isNothing(data) ? (
            <StartPanel session={session} />
          ) : (
            <div className="overview-grid">
              <div className="overview-column">
                <Ledger figures={data} />
                {data.money && <Reach chain={data.money.chain} figures={data} />}
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

/** All that the ledger needs is shown together, so that its figures are of one moment and one scale. */
function useFigures(page: PageScope, withChain: boolean): Reading<Figures> {
  const value = useQuery(valueQuery(page));
  const chain = useQuery({ ...chainQuery(page), enabled: withChain });
  const spend = useQuery({ ...traceQuery({ figure: 'spend' }, page), enabled: withChain, placeholderData: keep });
  const budget = useQuery({ ...traceQuery({ figure: 'budget' }, page), enabled: withChain, placeholderData: keep });
  const share = useQuery({
    ...traceQuery({ figure: 'traced_spend_share' }, page),
    enabled: withChain,
    placeholderData: keep,
  });
  const all = withChain ? [value, chain, spend, budget, share] : [value];
  const failed = all.find(({ error }) => error !== null);
  const money: Money | null =
    chain.data && spend.data && budget.data && share.data
      ? {
          chain: chain.data,
          spend: recorded(spend.data.value ?? '0', spend.data.records.count),
          budget: recorded(budget.data.value ?? '0', budget.data.records.count),
          tracedSpendShare: share.data,
        }
      : null;
  const isThere = value.data !== undefined && (!withChain || money !== null);
  return {
    data: isThere ? figuresOf(value.data!, money) : undefined,
    error: failed?.error ?? null,
    dataUpdatedAt: value.dataUpdatedAt,
    isFetching: all.some(({ isFetching }) => isFetching),
    refetch: () => Promise.all(all.filter(({ error }) => error !== null).map(({ refetch }) => refetch())),
  };
}

const keep = <Data,>(previous: Data | undefined): Data | undefined => previous;
