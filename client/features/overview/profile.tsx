import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import type { Profile as ProfileData } from '../../../server/contract/overview.js';
import { ChartFigure } from '../../charts/chart-figure';
import { describeColumns } from '../../charts/describe';
import { ScenarioKey } from '../../charts/scenario';
import type { Column } from '../../charts/scenario-columns';
import type { TwinTable } from '../../charts/twin';
import { useAddressChoice } from '../../lib/address-choice';
import { scaleFor, unitOf, type Scale } from '../../../server/contract/format.js';
import { periodLabel } from '../../lib/period';
import { Button } from '../../ui/button';
import { usePageScope, type PageScope } from '../../ui/page-scope';
import { Empty, QueryState } from '../../ui/query-state';
import { profileQuery } from './api';
import { Choice } from './choice';
import { profileMessage } from './message';
import { spokenMoney } from './printing';
import { Sentence, Traced, TracedVariance } from './traced';
import { cellOf, varianceCellOf } from './twin-cell';

/** recharts is loaded where it draws, and nowhere else. */
const ScenarioColumns = lazy(() => import('../../charts/scenario-columns'));

const SPANS = [
  { value: 'quarter', word: 'Per quarter' },
  { value: 'cumulative', word: 'Cumulative' },
] as const;
type Span = (typeof SPANS)[number]['value'];
const NATURES = [
  { value: 'all', word: 'All' },
  { value: 'cashable', word: 'Cashable' },
  { value: 'non_cashable', word: 'Non-cashable' },
] as const;

/** The address says what is drawn: `?profile=cumulative&nature=cashable`. */
function useChoices() {
  const [span, setSpan] = useAddressChoice('profile', SPANS, 'quarter');
  const [nature, setNature] = useAddressChoice('nature', NATURES, 'all');
  return { span, nature, setSpan, setNature };
}

type Choices = ReturnType<typeof useChoices>;

/** Benefits by quarter: realised, then the outlook, each against its plan. */
export function Profile({ scale }: { scale: Scale | undefined }) {
  const page = usePageScope();
  const choices = useChoices();
  const profile = useQuery(profileQuery(page, choices.nature === 'all' ? undefined : choices.nature));
  return (
    <QueryState query={profile} what="the benefit profile" skeleton={<ProfileSkeleton />}>
      {(data) => <ProfileFigure {...{ data, page, choices }} scale={scale ?? scaleOfProfile(data)} />}
    </QueryState>
  );
}

const scaleOfProfile = ({ quarters }: ProfileData): Scale =>
  scaleFor(quarters.flatMap(({ cumulative: { value, planned } }) => [value.value ?? '0', planned.value ?? '0']));

export const ProfileSkeleton = () => (
  <div className="card skeleton" role="status">
    <span className="visually-hidden">Loading</span>
    <div className="skeleton-row" aria-hidden="true" />
    <div className="skeleton-drawing" aria-hidden="true" />
  </div>
);

interface ProfileFigureProps {
  data: ProfileData;
  page: PageScope;
  scale: Scale;
  choices: Choices;
}

function ProfileFigure({ data, page, scale, choices }: ProfileFigureProps) {
  const { span, nature, setSpan, setNature } = choices;
  const label = (period: string) => periodLabel(period, page.fiscalYearStartMonth);
  const { quarters } = data;
  const what = `${nature === 'all' ? 'money benefits' : `${nature.replace('_', '-')} benefits`} ${span === 'quarter' ? 'per quarter' : 'added up'}`;
  const isNone = quarters.every(
    (quarter) => quarter[span].value.value === null && quarter[span].planned.value === null,
  );
  const hasForecast = quarters.some(({ scenario }) => scenario === 'FC');
  const columns = quarters.map((quarter) => columnOf(quarter, { span, scale, label }));
  if (isNone && nature === 'all')
    return (
      <section className="card" aria-labelledby="profile-title">
        <h2 id="profile-title">Benefit profile</h2>
        <Empty>No money benefit has a planned, forecast or realised value in these quarters.</Empty>
      </section>
    );
  return (
    <ChartFigure
      name="benefit-profile"
      message={
        isNone ? (
          'No money benefit has a value in these quarters'
        ) : (
          <Sentence parts={profileMessage(quarters, label)} scale={scale} />
        )
      }
      about={`${page.scopeName} · ${what}, ${unitOf(scale, page.currency)} · AC to ${label(page.period)}${hasForecast ? ', then FC,' : ''} vs PL`}
      twin={twinOf(quarters, span, page, label)}
      legend={<ScenarioKey scenarios={hasForecast ? ['AC', 'FC', 'PL'] : ['AC', 'PL']} />}
      controls={
        <div className="choices-of-drawing">
          <Choice label="Which benefits" choices={NATURES} value={nature} onChange={setNature} />
          <Choice label="Over which time" choices={SPANS} value={span} onChange={setSpan} />
        </div>
      }
    >
      {isNone ? (
        <Empty action={<Button onClick={() => setNature('all')}>Show all money benefits</Button>}>
          No {nature.replace('_', '-')} benefit has a value in these quarters.
        </Empty>
      ) : (
        <Suspense fallback={<div className="skeleton skeleton-drawing" role="status" aria-label="Loading" />}>
          <ScenarioColumns
            columns={columns}
            description={describeColumns(
              `${what}, ${page.scopeName}`,
              quarters.map((quarter) => ({
                label: label(quarter.period),
                scenario: quarter.scenario,
                value: quarter[span].value.value,
                planned: quarter[span].planned.value,
                variance: quarter[span].variance.value,
              })),
              spokenMoney(page.currency, scale),
            )}
          />
        </Suspense>
      )}
    </ChartFigure>
  );
}

type Quarter = ProfileData['quarters'][number];

function columnOf(
  quarter: Quarter,
  { span, scale, label }: { span: Span; scale: Scale; label: (period: string) => string },
): Column {
  const { period, scenario, isProvisional } = quarter;
  const { value, planned, variance } = quarter[span];
  const name = `${scenario === 'AC' ? 'Realised' : 'Expected'} ${span === 'quarter' ? 'in' : 'to'} ${label(period)}`;
  const [year = '', part = ''] = label(period).split(/\s/);
  return {
    key: period,
    scenario,
    impact: variance.impact,
    value: value.value,
    planned: planned.value,
    variance: variance.value,
    label: label(period),
    shortLabel: [part, year.replace(/^FY20/, 'FY')],
    valueLabel: (
      <>
        <Traced figure={value} form="money" scale={scale} name={isProvisional ? `${name}, provisional,` : name} />
        {isProvisional && scenario === 'AC' && value.value !== null && (
          <abbr title="provisional: only some of the benefits planned are measured"> p</abbr>
        )}
      </>
    ),
    varianceLabel: variance.value !== null && (
      <TracedVariance figure={variance} form="money" scale={scale} name={`${name} against plan`} />
    ),
  };
}

function twinOf(
  quarters: readonly Quarter[],
  span: Span,
  page: PageScope,
  label: (period: string) => string,
): TwinTable {
  return {
    columns: ['Quarter', `AC or FC, ${page.currency}`, `PL, ${page.currency}`, `ΔPL, ${page.currency}`],
    rows: quarters.map((quarter) => {
      const { value, planned, variance } = quarter[span];
      const name = label(quarter.period);
      return [
        { text: `${name} ${quarter.scenario}${quarter.isProvisional && quarter.scenario === 'AC' ? ' p' : ''}` },
        cellOf(value, `${quarter.scenario === 'AC' ? 'Realised' : 'Expected'} ${name}`, page),
        cellOf(planned, `Planned ${name}`, page),
        varianceCellOf(variance, `Against plan ${name},`, page),
      ];
    }),
  };
}
