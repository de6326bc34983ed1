import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { PriorityOrder } from '../../../server/contract/priority.js';
import { BumpLines } from '../../charts/bump-lines';
import { ChartFigure } from '../../charts/chart-figure';
import { periodLabel } from '../../lib/period';
import { MetricNum } from '../../ui/metric-num';
import { PageHeader } from '../../ui/page-header';
import { usePageScope } from '../../ui/page-scope';
import { Empty, QueryState } from '../../ui/query-state';
import { sessionQuery } from '../access/api';
import { metricQuery } from '../metrics/api';
import { priorityOrderQuery } from './priorities-api';
import { steadyCount } from './ranking';
import { RankingForm } from './ranking-form';
import '../records/records.css';
import './decisions.css';

const QUESTION = 'What comes first this quarter, and why did that change?';

/** The ranking of the quarter, and how steady it was over two years. */
export function PrioritiesPage() {
  const { data: session } = useSuspenseQuery(sessionQuery);
  const page = usePageScope();
  const mayRead = session.reads.includes('priority_ranking');
  const query = useQuery({ ...priorityOrderQuery(page.period), enabled: mayRead });
  if (!mayRead)
    return (
      <main id="content" className="page" tabIndex={-1}>
        <PageHeader title="Priorities" question={QUESTION} message="Not for your role." />
        <Empty action={<Link to="/benefits">See benefits</Link>}>
          Your role does not read the ranking of priorities.
        </Empty>
      </main>
    );
  return (
    <main id="content" className="page decisions-page" tabIndex={-1}>
      <PageHeader
        title="Priorities"
        question={QUESTION}
        message={query.data ? <Message order={query.data} /> : '\u00a0'}
        actions={
          <Link className="button" to="/decisions">
            Decisions
          </Link>
        }
      >
        The whole enterprise · {periodLabel(page.period, page.fiscalYearStartMonth)}
      </PageHeader>
      <QueryState query={query} what="the ranking" rows={8}>
        {(order) =>
          order.items.length === 0 ? (
            <Empty action={<Link to="/import">Import priorities</Link>}>
              No priority is recorded. Without one, money can only follow history.
            </Empty>
          ) : (
            <>
              <RankingForm key={order.period} order={order} />
              <Stability order={order} />
            </>
          )
        }
      </QueryState>
    </main>
  );
}

/** Priority stability is the enterprise's, whatever the scope of the page. */
function Message({ order }: { order: PriorityOrder }) {
  const page = usePageScope();
  const stability = useQuery(
    metricQuery('alignment.priority_stability', { ...page, portfolio: undefined, orgUnit: undefined }),
  ).data;
  if (!order.isRanked) return 'The priorities of this quarter are not ranked yet.';
  const before = periodLabel(order.previousPeriod, page.fiscalYearStartMonth);
  const changed = order.items.filter(({ rank, previousRank }) => order.wasRanked && rank !== previousRank).length;
  const unsaid = order.items.filter(
    ({ rank, previousRank, rationale }) =>
      order.wasRanked && rank !== null && rank !== previousRank && rationale === null,
  ).length;
  return (
    <>
      {!order.wasRanked
        ? 'The first ranking'
        : changed === 0
          ? `No rank changed since ${before}`
          : `${changed} of ${order.items.length} ranks changed since ${before}${unsaid > 0 ? `, ${unsaid} without a reason` : ''}`}
      {stability && stability.value !== null && (
        <>
          ; <MetricNum metric={stability} /> of the top five stayed in it
        </>
      )}
      .
    </>
  );
}

/** More lines than these may leave no room for each name. */
const MANY = 12;

function Stability({ order: { quarters, items, period } }: { order: PriorityOrder }) {
  const page = usePageScope();
  const label = (of: string) => periodLabel(of, page.fiscalYearStartMonth);
  const ranked = quarters.filter(({ ranks }) => ranks.length > 0);
  if (ranked.length < 2)
    return (
      <section className="card" aria-labelledby="stability-head">
        <h2 id="stability-head">Ranks over the quarters</h2>
        <Empty>At least two ranked quarters are needed to see what moved.</Empty>
      </section>
    );
  const ranksOf = quarters.map(({ ranks }) => new Map(ranks.map(({ code, rank }) => [code, rank])));
  const lines = items.map(({ code, name }) => {
    const ranks = ranksOf.map((of) => of.get(code) ?? null);
    return { key: code, name, ranks, isMoved: ranks.at(-1) !== ranks.at(-2) };
  });
  const steady = steadyCount(lines.map(({ ranks }) => ranks));
  const message =
    steady === lines.length
      ? 'No priority changed its rank in these quarters'
      : steady === 0
        ? 'No priority kept one rank through these quarters'
        : `${steady} of ${lines.length} priorities kept one rank through these quarters`;
  return (
    <ChartFigure
      name="priority-ranks"
      message={message}
      about={`Ranks of priorities · the whole enterprise · ${label(quarters[0]!.period)} to ${label(period)}`}
      legend={`1 is the highest. Strong: another rank than in the quarter before.${lines.length > MANY ? ' Names where there is room; the table has all.' : ''}`}
      twin={{
        columns: ['Priority', ...quarters.map(({ period: of }) => label(of))],
        rows: lines.map(({ name, ranks }) => [
          { text: name },
          ...ranks.map((rank) => (rank === null ? null : { number: String(rank), printed: String(rank) })),
        ]),
      }}
    >
      <BumpLines lines={lines} labels={quarters.map(({ period: of }) => label(of))} description={`${message}.`} />
    </ChartFigure>
  );
}
