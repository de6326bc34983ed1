import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { EfficiencyLists } from '../../../server/contract/efficiency.js';
import type { Metric, MetricId } from '../../../server/contract/metric.js';
import { metricNull } from '../../../server/contract/null-words.js';
import { SparkLine } from '../../charts/spark-line';
import { keepScope } from '../../lib/address';
import { periodLabel } from '../../lib/period';
import { DataTable, type TableColumn } from '../../ui/data-table';
import { MetricNum } from '../../ui/metric-num';
import { metricNumber, metricText } from '../../ui/metric-text';
import { PageHeader } from '../../ui/page-header';
import { usePageScope } from '../../ui/page-scope';
import { Empty, QueryState } from '../../ui/query-state';
import { ruleWords, VariationMark, variationWord } from '../../ui/variation';
import { readsChain, sessionQuery } from '../access/api';
import { metricsOfQuery } from '../metrics/api';
import { efficiencyQuery } from './api';
import { Duplicates } from './duplicates';
import { ReachedCard } from './reached-card';
import '../records/records.css';
import './efficiency.css';

const QUESTION = 'How well are resources used, and is anything done twice?';
const IDS: readonly MetricId[] = [
  'efficiency.return_on_spend',
  'efficiency.cost_per_capability',
  'efficiency.cost_per_outcome',
  'efficiency.duplicate_effort_share',
];

/** What results cost, what came back for the money, and what may be done twice. */
export function EfficiencyPage() {
  const { data: session } = useSuspenseQuery(sessionQuery);
  return (
    <main id="content" className="page efficiency" tabIndex={-1}>
      {readsChain(session) ? (
        <Readable />
      ) : (
        <>
          <PageHeader title="Efficiency" question={QUESTION} message="Not for your role." />
          <Empty action={<Link to="/metrics">See metrics</Link>}>
            Your role does not read what money is spent on. How IT serves your units is on the page of metrics.
          </Empty>
        </>
      )}
    </main>
  );
}

function Readable() {
  const page = usePageScope();
  const metrics = useQuery(metricsOfQuery(IDS, page));
  const lists = useQuery(efficiencyQuery(page));
  return (
    <>
      <PageHeader
        title="Efficiency"
        question={QUESTION}
        message={metrics.data ? <Message metrics={metrics.data} lists={lists.data} /> : '\u00a0'}
      >
        {page.scopeName} · {periodLabel(page.period, page.fiscalYearStartMonth)} · cost to date, {page.currency}
      </PageHeader>
      <div className="record-sections">
        <section className="card" aria-labelledby="efficiency-head">
          <h2 id="efficiency-head">The four metrics</h2>
          <QueryState query={metrics} what="the metrics of efficiency" rows={4}>
            {(data) => <MetricTable metrics={data} />}
          </QueryState>
        </section>
        <QueryState query={lists} what="the lists" rows={10}>
          {(data) => (
            <>
              <Duplicates lists={data} />
              <ReachedCard type="capability" items={data.capabilities} />
              <ReachedCard type="outcome" items={data.outcomes} />
            </>
          )}
        </QueryState>
      </div>
    </>
  );
}

function Message({ metrics, lists }: { metrics: readonly Metric[]; lists: EfficiencyLists | undefined }) {
  const of = (id: MetricId) => metrics.find((metric) => metric.id === id)!;
  const [back, twice] = [of('efficiency.return_on_spend'), of('efficiency.duplicate_effort_share')];
  const open = lists?.candidates.length ?? 0;
  return (
    <>
      {back.value === null ? (
        'No spend is recorded to date, so nothing can have come back for it'
      ) : (
        <>
          Of the money spent to date, <MetricNum metric={back} withUnit /> has come back as realised benefit
        </>
      )}
      {twice.value !== null && (
        <>
          ; <MetricNum metric={twice} withUnit /> of the quarter’s spend on initiatives is marked as duplicate effort
        </>
      )}
      {open > 0 && (
        <>
          ; <a href="#duplicates">{open === 1 ? 'one pair' : `${open} pairs`} of initiatives</a> may do the same
        </>
      )}
      .
    </>
  );
}

function MetricTable({ metrics }: { metrics: readonly Metric[] }) {
  const { currency } = usePageScope();
  const columns: readonly TableColumn<Metric>[] = [
    {
      id: 'name',
      header: 'Metric',
      rowHeader: true,
      cell: ({ id, name }) => (
        <Link to="/metrics/$id" params={{ id }} search={keepScope}>
          {name}
        </Link>
      ),
    },
    { id: 'ac', header: 'AC', numeric: true, cell: (metric) => <MetricNum metric={metric} withUnit /> },
    {
      id: 'target',
      header: 'PL',
      numeric: true,
      cell: ({ target, unit }) =>
        target === null ? (
          <abbr title="no target is set">
            x<span className="visually-hidden"> no target is set</span>
          </abbr>
        ) : (
          metricNumber(target, unit)
        ),
    },
    {
      id: 'trend',
      header: '12 quarters',
      cell: (metric) => (
        <SparkLine trend={metric.trend} signal={metric.signal} description={describe(metric, currency)} />
      ),
    },
    { id: 'variation', header: 'Variation', cell: (metric) => <VariationMark {...metric} /> },
    { id: 'formula', header: 'Formula', className: 'caption', cell: ({ formula }) => formula.expression },
  ];
  return (
    <DataTable
      label="Metrics of efficiency"
      caption="Metrics of efficiency: actual, target, and whether the change is more than chance"
      hideCaption
      columns={columns}
      rows={metrics}
      rowKey={({ id }) => id}
    />
  );
}

const describe = ({ name, value, nullReason, unit, signal }: Metric, currency: string): string =>
  `${name}, ${value === null ? metricNull(nullReason).replace(/\.$/, '') : metricText(value, unit, currency)}, ${variationWord(signal)}: ${ruleWords(signal)}`;
