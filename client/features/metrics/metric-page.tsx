import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { isMetric, type Metric, type MetricId } from '../../../server/contract/metric.js';
import { metricNull } from '../../../server/contract/null-words.js';
import { keepScope } from '../../lib/address';
import { periodLabel } from '../../lib/period';
import { MetricNum } from '../../ui/metric-num';
import { PageHeader } from '../../ui/page-header';
import { usePageScope } from '../../ui/page-scope';
import { Empty, QueryState } from '../../ui/query-state';
import { AssuranceMark, ruleWords, VariationMark, variationWord } from '../../ui/variation';
import { TargetStatus } from '../../ui/target-status';
import { Annotations } from './annotations';
import { metricNotesQuery, metricQuery } from './api';
import { Beside } from './beside';
import { Definition } from './definition';
import { FromTarget } from './from-target';
import { Inputs } from './inputs';
import { OwnerAndTargets } from './owner-and-targets';
import { targetText } from './scorecard-table';
import { TrendChart } from './trend-chart';
import '../proof/proof.css';
import './metrics.css';

/** One metric: where it stands, whether it has changed, what it means and what it is made of. */
export function MetricPage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  if (isMetric(id)) return <One id={id} />;
  return (
    <main id="content" className="page" tabIndex={-1}>
      <PageHeader title="Metric" question="What does this metric say?" message="There is no such metric">
        <Link to="/metrics">All metrics</Link>
      </PageHeader>
      <Empty>The address names no metric that exists.</Empty>
    </main>
  );
}

function One({ id }: { id: MetricId }) {
  const page = usePageScope();
  const query = useQuery(metricQuery(id, page));
  const notes = useQuery(metricNotesQuery(id));
  const metric = query.data;
  return (
    <main id="content" className="page metric-page" tabIndex={-1}>
      <PageHeader
        title={metric?.name ?? 'Metric'}
        question={metric?.question ?? '\u00a0'}
        message={metric ? <Message metric={metric} /> : '\u00a0'}
        actions={
          <Link to="/metrics/$id/records" params={{ id }} search={keepScope} className="button">
            Records
          </Link>
        }
      >
        {page.scopeName} · {periodLabel(page.period, page.fiscalYearStartMonth)}
        {metric?.provisional === true && ' (p: provisional, the period is not over)'}
      </PageHeader>
      <QueryState query={query} what="the metric" rows={10}>
        {(data) => (
          <>
            <Standing metric={data} />
            <TrendChart metric={data} annotations={notes.data?.annotations ?? []} />
            <div className="metric-made">
              <Inputs metric={data} />
              <Beside metric={data} />
            </div>
            <QueryState query={notes} what="what people say of the metric" rows={3}>
              {(said) => (
                <>
                  <Annotations id={id} notes={said} />
                  <OwnerAndTargets metric={data} notes={said} />
                </>
              )}
            </QueryState>
            <Definition metric={data} />
          </>
        )}
      </QueryState>
    </main>
  );
}

/** `Time to decide: 19.0 days, unchanged but for chance.` */
function Message({ metric }: { metric: Metric }) {
  const { fiscalYearStartMonth } = usePageScope();
  const { judgedTo, trend } = metric;
  const judged = judgedTo === trend.at(-1)?.period ? null : periodLabel(judgedTo, fiscalYearStartMonth);
  return (
    <>
      {metric.name}: <MetricNum metric={metric} withUnit />
      {metric.value === null
        ? `, ${lower(metricNull(metric.nullReason, metric.id))}`
        : `, ${judged === null ? '' : `up to ${judged} `}${SAID[variationWord(metric.signal)]}.`}
    </>
  );
}

const SAID: Record<string, string> = {
  improving: 'improving by more than chance',
  concern: 'getting worse by more than chance',
  changed: 'changed by more than chance',
  'common cause': 'moving as chance has it',
  'no value': 'without a value of its own',
  'too few points': 'with too few points to tell change from chance',
};

const lower = (text: string): string => `${text.charAt(0).toLowerCase()}${text.slice(1)}`;

const targetWords = (metric: Metric, currency: string): string =>
  metric.target === null
    ? 'none is set'
    : `${targetText(metric, currency)}${metric.isTargetOfEnterprise ? ': a part of it is not judged by it' : ''}`;

/** Value, target and markers, each with its rule in words. */
function Standing({ metric }: { metric: Metric }) {
  const { currency } = usePageScope();
  const { target, signal } = metric;
  return (
    <section className="card" aria-label="Where it stands">
      <dl className="metric-facts">
        <div>
          <dt>Actual</dt>
          <dd>
            <MetricNum metric={metric} withUnit />
            {metric.value !== null && metric.provisional && ' p'}
          </dd>
        </div>
        <div>
          <dt>Target</dt>
          <dd>{targetWords(metric, currency)}</dd>
        </div>
        {target !== null && !metric.isTargetOfEnterprise && (
          <div>
            <dt>From target</dt>
            <dd>
              <FromTarget metric={metric} />
            </dd>
          </div>
        )}
        {metric.status !== null && (
          <div>
            <dt>Status</dt>
            <dd>
              <TargetStatus status={metric.status} />
            </dd>
          </div>
        )}
        <div>
          <dt>Variation</dt>
          <dd>
            <VariationMark {...metric} /> <span className="caption">{ruleWords(signal)}</span>
          </dd>
        </div>
        {metric.assurance !== null && (
          <div>
            <dt>Assurance</dt>
            <dd>
              <AssuranceMark {...metric} />
            </dd>
          </div>
        )}
      </dl>
    </section>
  );
}
