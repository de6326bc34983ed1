import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { Metrics } from '../../../server/contract/metric.js';
import { ChartFigure } from '../../charts/chart-figure';
import { ScenarioKey } from '../../charts/scenario';
import { keepScope } from '../../lib/address';
import { periodLabel } from '../../lib/period';
import { PageHeader } from '../../ui/page-header';
import { usePageScope, type PageScope } from '../../ui/page-scope';
import { Empty, QueryState } from '../../ui/query-state';
import { sessionQuery } from '../access/api';
import { hasSignal, useOwnIndicators } from '../indicators/family-indicators';
import { changedWords } from '../indicators/words';
import { scorecardQuery } from './api';
import { NothingMeasured } from './nothing-measured';
import { messageOf } from './message';
import { countSignals, isNothingMeasured, shownFamilies } from './order';
import { pointsOf } from './points';
import { printingOf } from './scale';
import { ScorecardTable } from './scorecard-table';
import './metrics.css';

const QUESTION = 'What has really changed, and what stays as chance has it?';

/** Eight families of metrics in one table: how each stands against its target, and whether it has really changed. */
export function ScorecardPage() {
  const page = usePageScope();
  const found = useQuery(scorecardQuery(page));
  const own = useOwnIndicators();
  const metrics = found.data?.families.flatMap((family) => family.metrics) ?? [];
  return (
    <main id="content" className="page" tabIndex={-1}>
      <PageHeader
        title="Metrics"
        question={QUESTION}
        message={found.data ? messageOf(countSignals(metrics)) + changedWords(own.data?.items ?? []) : '\u00a0'}
        actions={<OwnIndicators />}
      >
        {aboutOf(page, found.data)}
      </PageHeader>
      <QueryState query={found} what="the scorecard" rows={16}>
        {(data) => <Scorecard data={data} />}
      </QueryState>
    </main>
  );
}

/** For those who may read them. */
function OwnIndicators() {
  const { data: session } = useSuspenseQuery(sessionQuery);
  return session.reads.includes('indicator') ? (
    <Link to="/indicators" search={keepScope} className="button">
      Own indicators
    </Link>
  ) : null;
}

const aboutOf = ({ scopeName, period, fiscalYearStartMonth }: PageScope, data: Metrics | undefined): string => {
  const isProvisional = data?.families[0]?.metrics[0]?.provisional === true;
  return `${scopeName} · metrics by family, concern first, then by distance from business impact · AC in ${periodLabel(period, fiscalYearStartMonth)}${isProvisional ? ' (p: provisional, the period is not over)' : ''} vs PL, the target in force`;
};

function Scorecard({ data }: { data: Metrics }) {
  const page = usePageScope();
  const { show } = useSearch({ strict: false }) as { show?: string };
  const navigate = useNavigate();
  const onlySignals = show === 'signals';
  const metrics = data.families.flatMap((family) => family.metrics);
  const own = useOwnIndicators();
  const indicators = (own.data?.items ?? []).filter((item) => !onlySignals || hasSignal(item));
  const families = shownFamilies(data.families, onlySignals, new Set(indicators.map(({ family }) => family)));
  const periods = metrics[0]?.trend.map(({ period }) => periodLabel(period, page.fiscalYearStartMonth)) ?? [];
  useFamilyInView();
  if (isNothingMeasured(metrics)) return <NothingMeasured families={data.families} />;
  const shown = families.reduce((sum, family) => sum + family.metrics.length, 0);
  return (
    <ChartFigure
      message={
        onlySignals ? `The ${shown} that have really changed` : 'Where each metric stands, and how it came there'
      }
      about={`${page.scopeName} · each metric with mean and limits · ${periods.length} quarters, ${periods[0] ?? ''} to ${periods.at(-1) ?? ''}`}
      name="scorecard"
      twin={pointsOf(families, page)}
      legend={
        <>
          <ScenarioKey scenarios={['AC', 'PL']} words={{ PL: 'target' }} />
          <span className="legend-item">— mean</span>
          <span className="legend-item">– – limits</span>
          <span className="legend-item">··· trial limits, fewer than 12 points</span>
          <span className="legend-item">c kept back</span>
          <span className="legend-item">z not of this scope</span>
          <span className="legend-item">x not known</span>
        </>
      }
      controls={
        <label className="scorecard-filter">
          <input
            type="checkbox"
            data-page-filter
            checked={onlySignals}
            onChange={({ target }) =>
              void navigate({
                to: '.',
                search: (current: Record<string, unknown>) => ({
                  ...current,
                  show: target.checked ? 'signals' : undefined,
                }),
                replace: true,
                resetScroll: false,
              })
            }
          />
          Signals only
        </label>
      }
    >
      <p className="visually-hidden" role="status">
        {shown} metrics{onlySignals ? ', signals only' : ''}
      </p>
      {own.error && (
        <QueryState query={own} what="the own indicators">
          {() => null}
        </QueryState>
      )}
      {shown === 0 && indicators.length === 0 ? (
        <Empty>No metric has really changed: all of them move as chance has it, or have too few points to tell.</Empty>
      ) : (
        <ScorecardTable families={families} indicators={indicators} printing={printingOf(metrics, data.currency)} />
      )}
    </ChartFigure>
  );
}

/** `/metrics#flow` shows the family of that name, once its rows are there. */
function useFamilyInView(): void {
  useEffect(() => {
    const name = location.hash.slice(1);
    if (name !== '') document.getElementById(name)?.scrollIntoView({ block: 'start' });
  }, []);
}
