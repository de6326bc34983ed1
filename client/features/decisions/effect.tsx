import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { DecisionPage } from '../../../server/contract/decision.js';
import type { Metric, MetricId } from '../../../server/contract/metric.js';
import { metricNull } from '../../../server/contract/null-words.js';
import { isRegistered, recordPath } from '../../lib/registers';
import { periodLabel } from '../../lib/period';
import { DataTable } from '../../ui/data-table';
import { letterOf, metricText } from '../../ui/metric-text';
import { Num } from '../../ui/num';
import { usePageScope } from '../../ui/page-scope';
import { Provisional } from '../../ui/provisional';
import { Empty, QueryState } from '../../ui/query-state';
import { metricsOfQuery } from '../metrics/api';
import { changeWord } from './words';

/** What a decision of a kind is meant to move. */
const LINKED: Record<NonNullable<DecisionPage['decision']['kind']> | 'none', readonly MetricId[]> = {
  priority: ['alignment.priority_stability', 'alignment.top_priority_spend_share', 'outcome.realisation_rate'],
  funding: ['efficiency.return_on_spend', 'alignment.strategic_spend_share', 'outcome.realisation_rate'],
  scope: ['flow.cycle_time', 'flow.delivery_predictability', 'outcome.realisation_rate'],
  architecture: ['efficiency.duplicate_effort_share', 'flow.dependencies', 'quality.change_failure_rate'],
  risk: ['outcome.risk_reduced', 'quality.availability', 'quality.change_failure_rate'],
  strategic: ['alignment.strategic_spend_share', 'capability.maturity_gap', 'outcome.realisation_rate'],
  other: ['outcome.realisation_rate', 'flow.cycle_time'],
  none: ['outcome.realisation_rate', 'flow.cycle_time'],
};

/**
 * The quarter before it was decided, as the records of today tell it, and how it stands now: metrics that decisions of its kind are meant to move.
 * What came after is no quarter before the one in which it was decided, whichever the page is of.
 */
export function Effect({ page: { decision, decidedIn, before, period: asked } }: { page: DecisionPage }) {
  const page = usePageScope();
  const ids = LINKED[decision.kind ?? 'none'];
  const period = decidedIn !== null && asked < decidedIn ? decidedIn : asked;
  const isDecided = before !== null;
  const now = useQuery({ ...metricsOfQuery(ids, { ...page, period }), enabled: isDecided });
  const label = (of: string) => periodLabel(of, page.fiscalYearStartMonth);
  // Twelve quarters come with each metric: only of what was decided longer ago the quarter before is asked for.
  const isLongAgo = now.data?.some(({ trend }) => !trend.some((point) => point.period === before)) ?? false;
  const long = useQuery({
    ...metricsOfQuery(ids, { ...page, period: before ?? period }),
    enabled: isDecided && isLongAgo && !now.isPlaceholderData,
  });
  const rows = now.data?.flatMap((is) => {
    const was = isLongAgo
      ? long.data?.find(({ id }) => id === is.id)
      : is.trend.find((point) => point.period === before);
    if (!was) return [];
    const { value, nullReason, provisional } = was;
    return [{ is, was: { ...is, value, nullReason, provisional } }];
  });
  const slower = isLongAgo ? long : now;
  const { about } = decision;
  return (
    <section className="card decision-wide" aria-labelledby="effect-head">
      <h2 id="effect-head">The quarter before, and what came after</h2>
      {before === null ? (
        <Empty>
          It is open. Once it is decided, the figures of the quarter before stand here beside those of today.
        </Empty>
      ) : (
        <QueryState query={{ ...slower, data: slower.data && rows }} what="the linked metrics" rows={3}>
          {(metrics) => (
            <DataTable
              caption="Metrics before the decision and now"
              hideCaption
              label="Metrics before the decision and now"
              rows={metrics}
              rowKey={({ is }) => is.id}
              columns={[
                {
                  id: 'metric',
                  header: 'Metric',
                  rowHeader: true,
                  cell: ({ is }) => (
                    <Link to="/metrics/$id" params={{ id: is.id }}>
                      {is.name}
                    </Link>
                  ),
                },
                {
                  id: 'then',
                  header: `${label(before)}, the quarter before`,
                  numeric: true,
                  cell: ({ was }) => <Figure metric={was} period={before} />,
                },
                {
                  id: 'now',
                  header: label(period),
                  numeric: true,
                  cell: ({ is }) => <Figure metric={is} period={period} />,
                },
                { id: 'change', header: 'Latest quarter', cell: ({ is }) => changeOf(is, label) },
              ]}
            />
          )}
        </QueryState>
      )}
      {before !== null && (
        <p className="caption">
          The quarter before as it is counted today, with what was entered since:{' '}
          <Link to="/" search={(all: object) => ({ ...all, period: before })}>
            the overview of {label(before)}
          </Link>
          {about && isRegistered(about.type) && (
            <>
              {' · '}
              <Link to={recordPath(about.type, about.code)} search={(all: object) => ({ ...all, period: before })}>
                {about.name} in {label(before)}
              </Link>
            </>
          )}
          . What moved since has more causes than one decision.
        </p>
      )}
    </section>
  );
}

/** A change is judged up to the last quarter that is over, where the one shown is still adding up. */
const changeOf = (metric: Metric, label: (period: string) => string): string => {
  const { judgedTo, trend } = metric;
  const change = changeWord(metric);
  if (change === '') return '–';
  return judgedTo === trend.at(-1)?.period ? change : `${change}, up to ${label(judgedTo)}`;
};

type Told = Pick<Metric, 'id' | 'name' | 'value' | 'unit' | 'nullReason' | 'provisional'>;

function Figure({
  metric: { id, name, value, unit, nullReason, provisional },
  period,
}: {
  metric: Told;
  period: string;
}) {
  const { currency } = usePageScope();
  const text = value === null ? letterOf(nullReason) : metricText(value, unit, currency);
  return (
    <>
      <Num trace={{ figure: id, period }} label={`${name}: ${value === null ? metricNull(nullReason) : text}`}>
        {text}
      </Num>
      {value !== null && provisional && <Provisional />}
    </>
  );
}
