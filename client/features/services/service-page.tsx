import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import {
  SERVICE_FIGURES,
  type ServiceFigureName,
  type ServiceHistory,
} from '../../../server/contract/service-level.js';
import { useState } from 'react';
import { SparkLine } from '../../charts/spark-line';
import { keepScope } from '../../lib/address';
import { counted } from '../../../server/contract/format.js';
import { periodLabel } from '../../lib/period';
import { Button } from '../../ui/button';
import { DataTable, type TableColumn } from '../../ui/data-table';
import { PageHeader } from '../../ui/page-header';
import { usePageScope } from '../../ui/page-scope';
import { QueryState } from '../../ui/query-state';
import { ruleWords, VariationMark } from '../../ui/variation';
import { sessionQuery } from '../access/api';
import { MONTH_FIELDS, monthColumns, monthsCaption } from './month-columns';
import { MonthsSection } from '../records/months-section';
import { serviceQuery, serviceRecordQuery, writeMonth, type TypedMonth } from './api';
import { FIGURE_WORDS, figureText, figureWords } from './figures';
import { MonthFigure } from './month-figure';
import { ServiceForm } from './service-form';
import { described } from './service-table';
import './services.css';

const QUESTION = 'How does this service run?';

const figureOf = (stated: unknown): ServiceFigureName =>
  SERVICE_FIGURES.find((name) => name === stated) ?? 'availability';

/** One service: its figures of the period, month by month, and what is recorded of each month. */
export function ServicePage() {
  const { ref = '' } = useParams({ strict: false }) as { ref?: string };
  const { figure } = useSearch({ strict: false }) as { figure?: string };
  const page = usePageScope();
  const query = useQuery(serviceQuery(ref, page));
  const service = query.data;
  const period = periodLabel(page.period, page.fiscalYearStartMonth);
  return (
    <main id="content" className="page service-page" tabIndex={-1}>
      <PageHeader
        title={service?.name ?? 'Service'}
        question={QUESTION}
        message={service ? messageOf(service, period) : '\u00a0'}
        actions={
          <Link to="/services" search={keepScope} className="button">
            All services
          </Link>
        }
      >
        {service ? aboutOf(service, period) : '\u00a0'}
      </PageHeader>
      <QueryState query={query} what="the service" rows={12}>
        {(data) => (
          <>
            <ChangeService code={data.code} />
            <MonthFigure service={data} name={figureOf(figure)} />
            <Figures service={data} period={period} />
            <Months service={data} />
          </>
        )}
      </QueryState>
    </main>
  );
}

/** Its name, whom it serves and who answers for it. */
function ChangeService({ code }: { code: string }) {
  const { data: session } = useSuspenseQuery(sessionQuery);
  const [isOpen, setOpen] = useState(false);
  const { data: record } = useQuery({ ...serviceRecordQuery(code), enabled: session.writes.includes('service') });
  if (!record) return null;
  if (isOpen)
    return (
      <section className="card">
        <ServiceForm of={record} onClose={() => setOpen(false)} />
      </section>
    );
  return (
    <p className="actions">
      <Button look="plain" onClick={() => setOpen(true)}>
        Change this service
      </Button>
    </p>
  );
}

function messageOf({ name, figures: { availability } }: ServiceHistory, period: string): string {
  if (availability.value === null) return `${name}: nothing is recorded of its availability in ${period}.`;
  const { signal } = availability;
  const rule = ruleWords(signal);
  const change =
    signal.state === 'insufficient'
      ? `Too few quarters to tell whether that is a change: ${rule}.`
      : signal.state === 'noise'
        ? 'That is within its usual range: no real change.'
        : `That is a real change, ${signal.direction ?? 'neither better nor worse'}: ${rule}.`;
  return `${name} was available ${figureText('availability', availability.value)} of the agreed time in ${period}. ${change}`;
}

const aboutOf = ({ code, orgUnit, ownerEmail }: ServiceHistory, period: string): string =>
  [
    code,
    orgUnit ? `serves ${orgUnit.name}` : 'serves no business area that is named',
    ownerEmail ?? 'no owner is named',
    period,
  ].join(' · ');

interface FigureRow {
  name: ServiceFigureName;
  service: ServiceHistory;
}

const FIGURE_COLUMNS: readonly TableColumn<FigureRow>[] = [
  { id: 'name', header: 'Figure', rowHeader: true, cell: ({ name }) => FIGURE_WORDS[name].name },
  { id: 'unit', header: 'Unit', className: 'caption', cell: ({ name }) => FIGURE_WORDS[name].unit },
  {
    id: 'value',
    header: 'AC',
    numeric: true,
    cell: ({ name, service }) => {
      const { value } = service.figures[name];
      return (
        <a
          className="figures num"
          href="#months"
          aria-label={`${FIGURE_WORDS[name].name}: ${figureWords(name, service.figures[name])} Months behind it`}
        >
          {value === null ? 'x' : figureText(name, value)}
        </a>
      );
    },
  },
  {
    id: 'months',
    header: 'Behind it',
    cell: ({ name, service }) => counted(service.figures[name].n, 'month'),
  },
  {
    id: 'formula',
    header: 'Formula',
    className: 'caption quality-formula',
    cell: ({ name }) => FIGURE_WORDS[name].formula,
  },
  {
    id: 'trend',
    header: '12 quarters',
    cell: ({ name, service }) => {
      const figure = service.figures[name];
      return <SparkLine trend={figure.trend} signal={figure.signal} description={described(name, figure)} />;
    },
  },
  { id: 'variation', header: 'Variation', cell: ({ name, service }) => <VariationMark {...service.figures[name]} /> },
];

function Figures({ service, period }: { service: ServiceHistory; period: string }) {
  return (
    <section className="card" aria-labelledby="figures-head">
      <h2 id="figures-head">In {period}</h2>
      <DataTable
        label={`Figures of ${service.name}`}
        caption="Sums over the months of the quarter that state both sides"
        columns={FIGURE_COLUMNS}
        rows={SERVICE_FIGURES.map((name) => ({ name, service }))}
        rowKey={({ name }) => name}
      />
    </section>
  );
}

function Months({ service }: { service: ServiceHistory }) {
  const page = usePageScope();
  const { data: session } = useSuspenseQuery(sessionQuery);
  const queryClient = useQueryClient();
  const query = useQuery(serviceQuery(service.code, page));
  const inPeriod = new Set(service.months.map(({ month }) => month));
  return (
    <MonthsSection
      id="months"
      heading="Months"
      unit="numbers"
      query={{ ...query, data: service.recorded }}
      columns={monthColumns(inPeriod)}
      fields={MONTH_FIELDS}
      mayWrite={session.writes.includes('service_month')}
      send={(item) =>
        writeMonth(
          service.code,
          item as TypedMonth,
          service.recorded.find(({ month }) => month === item['month']),
        )
      }
      reread={async () =>
        (await queryClient.fetchQuery({ ...serviceQuery(service.code, page), staleTime: 0 })).recorded
      }
      empty="No month is recorded yet. Figures follow from what is entered here, or imported."
      caption={(rows) => monthsCaption(service, rows)}
    />
  );
}
