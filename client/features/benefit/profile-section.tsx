import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { BenefitProfile } from '../../../server/contract/benefit-page.js';
import { ChartFigure } from '../../charts/chart-figure';
import { describeColumns } from '../../charts/describe';
import { ProfileColumns, type ProfileColumn } from '../../charts/profile-columns';
import { ScenarioKey, type Scenario } from '../../charts/scenario';
import type { TwinTable } from '../../charts/twin';
import { useAddressChoice } from '../../lib/address-choice';
import { day, scaled } from '../../../server/contract/format.js';
import { periodLabel } from '../../lib/period';
import { usePageScope, type PageScope } from '../../ui/page-scope';
import { Empty, QueryState } from '../../ui/query-state';
import { Choice } from '../overview/choice';
import { profileQuery } from './api';
import { Events } from './events';
import { cellOf, Difference, differenceCell, Figure, measureOf, unitText, type Measure } from './figure';
import { findingOf } from './finding';

const BY = [
  { value: 'quarter', word: 'Quarters' },
  { value: 'month', word: 'Months' },
] as const;
const SPANS = [
  { value: 'part', word: 'Each' },
  { value: 'cumulative', word: 'Cumulative' },
] as const;
type Span = (typeof SPANS)[number]['value'];

/** The address says what is drawn: `?by=month&profile=cumulative`. */
function useChoices() {
  const [by, setBy] = useAddressChoice('by', BY, 'quarter');
  const [span, setSpan] = useAddressChoice('profile', SPANS, 'part');
  return { by, span, setBy, setSpan };
}

type Choices = ReturnType<typeof useChoices>;

/** What came, what is expected, and what was planned, over the whole life of the benefit. */
export function ProfileSection({ code, mayWrite }: { code: string; mayWrite: boolean }) {
  const page = usePageScope();
  const choices = useChoices();
  const profile = useQuery(profileQuery(code, page.period, choices.by));
  return (
    <QueryState query={profile} what="the profile" rows={8}>
      {(data) =>
        data.columns.length === 0 ? (
          <section className="card" aria-labelledby="profile-head">
            <h2 id="profile-head">Profile</h2>
            <Empty
              action={
                mayWrite && (
                  <Link to="/enter" search={{ q: code, show: 'all' }} className="button">
                    Plan its months
                  </Link>
                )
              }
            >
              No month has a planned, forecast or realised value: there is nothing to draw yet.
            </Empty>
          </section>
        ) : (
          <ProfileFigure {...{ data, page, choices }} />
        )
      }
    </QueryState>
  );
}

type Column = BenefitProfile['columns'][number];
/** A benefit whose months do not add up has each column only. */
const partOf = (column: Column, span: Span) => (span === 'cumulative' ? column.cumulative : null) ?? column.part;
const earlierOf = ({ baseline }: Column, span: Span) =>
  baseline && ((span === 'cumulative' ? baseline.cumulative : null) ?? baseline.part);

const HOW: Record<BenefitProfile['aggregation'], string> = { sum: '', average: 'mean of ', latest: 'latest of ' };

interface ProfileFigureProps {
  data: BenefitProfile;
  page: PageScope;
  choices: Choices;
}

function ProfileFigure({ data, page, choices }: ProfileFigureProps) {
  const { columns, by, aggregation, events } = data;
  const span = aggregation === 'sum' ? choices.span : 'part';
  const measure = measureOf(
    data.isMoney,
    data.unit,
    columns.flatMap((column) => [partOf(column, span).value.value, partOf(column, span).planned.value]),
  );
  const label = (at: string) => (by === 'month' ? day(at) : periodLabel(at, page.fiscalYearStartMonth));
  const hasForecast = columns.some(({ scenario }) => scenario === 'FC');
  const hasEarlier = columns.some(({ baseline }) => baseline !== null);
  const what = `${HOW[aggregation]}${span === 'cumulative' ? 'added up by' : 'each'} ${by}`;
  const scenarios: Scenario[] = [
    ...(columns.some(({ scenario }) => scenario === 'AC') ? (['AC'] as const) : []),
    ...(hasForecast ? (['FC'] as const) : []),
    'PL',
    ...(hasEarlier ? (['PL1'] as const) : []),
  ];
  return (
    <>
      <ChartFigure
        name="profile-of-benefit"
        className="benefit-profile"
        message={<Finding {...{ data, span, measure, label }} />}
        about={`${data.code} · ${what}, ${unitText(measure)} · AC to ${periodLabel(page.period, page.fiscalYearStartMonth)}${hasForecast ? ', then FC,' : ''} vs PL${hasEarlier ? ' and the baseline plan' : ''}`}
        twin={twinOf(data, span, page, label)}
        legend={<ScenarioKey scenarios={scenarios} words={{ PL1: 'baseline plan' }} />}
        controls={
          <div className="choices-of-drawing">
            <Choice label="By which time" choices={BY} value={by} onChange={choices.setBy} />
            {aggregation === 'sum' && (
              <Choice label="Each or added up" choices={SPANS} value={span} onChange={choices.setSpan} />
            )}
          </div>
        }
      >
        <ProfileColumns
          columns={columns.map((column) => drawnOf(column, { data, span, measure, label }))}
          todayAt={data.todayAt}
          axisLabel={(amount) => scaled(String(Number(amount.toPrecision(12))), measure.scale)}
          description={describeColumns(
            `${data.code}, ${what}`,
            columns.map((column) => {
              const { value, planned, variance } = partOf(column, span);
              const { scenario } = column;
              return {
                label: label(column.at),
                scenario,
                value: value.value,
                planned: planned.value,
                variance: variance.value,
              };
            }),
            (value) => `${scaled(value, measure.scale)} ${unitText(measure)}`,
          )}
        />
      </ChartFigure>
      <Events events={events} />
    </>
  );
}

interface Shown {
  data: BenefitProfile;
  span: Span;
  measure: Measure;
  label: (at: string) => string;
}

const nameOf = (column: Column, { span, label }: Pick<Shown, 'span' | 'label'>): string =>
  `${column.scenario === 'AC' ? 'Realised' : 'Expected'} ${span === 'part' ? 'in' : 'to'} ${label(column.at)}`;

function drawnOf(column: Column, shown: Shown): ProfileColumn {
  const { data, span, measure, label } = shown;
  const { value, planned, variance } = partOf(column, span);
  const name = nameOf(column, shown);
  const isProvisional = column.isProvisional && column.scenario === 'AC' && value.value !== null;
  const text = label(column.at);
  // Under months the year stands where it begins.
  const isYear = column.at.endsWith('-01') || column.at === data.columns[0]?.at;
  const [first = '', second = ''] = text.split(/\s/);
  return {
    key: column.at,
    scenario: column.scenario,
    impact: variance.impact,
    value: value.value,
    planned: planned.value,
    variance: variance.value,
    earlierPlan: earlierOf(column, span)?.value ?? null,
    label: text,
    shortLabel: data.by === 'month' ? [first, isYear ? second : '\u00a0'] : [second, first.replace(/^FY20/, 'FY')],
    valueLabel: (
      <>
        <Figure figure={value} name={isProvisional ? `${name}, provisional,` : name} measure={measure} />
        {isProvisional && <abbr title="provisional: not all of it is reported and confirmed"> p</abbr>}
      </>
    ),
    varianceLabel: variance.value !== null && (
      <Difference figure={variance} name={`${name} against plan`} measure={measure} />
    ),
    flags: data.events.flatMap((event, at) => (event.column === column.at ? [at + 1] : [])),
  };
}

/** The furthest distance from plan, or that nothing has come yet. */
function Finding({ data, span, measure, label }: Shown) {
  const found = findingOf(data.columns.map((column) => ({ ...partOf(column, span), column })));
  if (found === 'nothing-due') return 'Nothing has come yet: plan and forecast only';
  if (found === 'not-measured') return 'Nothing is measured yet: plan and forecast only';
  if (found === 'on-plan') return 'It came as planned';
  const { of, isBehind } = found;
  const distance = <Difference figure={of.variance} name="Furthest from plan" withUnit measure={measure} />;
  return isBehind ? (
    <>
      Furthest behind its plan {span === 'part' ? 'in' : 'at the end of'} {label(of.column.at)}: {distance}
    </>
  ) : (
    <>
      Never behind its plan; furthest ahead {span === 'part' ? 'in' : 'at the end of'} {label(of.column.at)}: {distance}
    </>
  );
}

function twinOf(data: BenefitProfile, span: Span, page: PageScope, label: (at: string) => string): TwinTable {
  const unit = data.unit ?? 'unit not stated';
  const hasEarlier = data.columns.some(({ baseline }) => baseline !== null);
  return {
    columns: [
      data.by === 'month' ? 'Month' : 'Quarter',
      `AC or FC, ${unit}`,
      `PL, ${unit}`,
      `ΔPL, ${unit}`,
      ...(hasEarlier ? [`PL1 (baseline plan), ${unit}`] : []),
    ],
    rows: data.columns.map((column) => {
      const { value, planned, variance } = partOf(column, span);
      const earlier = earlierOf(column, span);
      const name = label(column.at);
      return [
        { text: `${name} ${column.scenario}${column.isProvisional && column.scenario === 'AC' ? ' p' : ''}` },
        cellOf(value, nameOf(column, { span, label }), unit, page),
        cellOf(planned, `Planned ${name}`, unit, page),
        differenceCell(variance, `Against plan ${name},`, unit, page),
        ...(hasEarlier ? [earlier && cellOf(earlier, `Baseline plan ${name}`, unit, page)] : []),
      ];
    }),
  };
}
