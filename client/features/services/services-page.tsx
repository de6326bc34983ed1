import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Fragment, useState } from 'react';
import type { ServiceLevels } from '../../../server/contract/service-level.js';
import { keepScope } from '../../lib/address';
import { counted, day, toldApart } from '../../../server/contract/format.js';
import { periodLabel } from '../../lib/period';
import { Button } from '../../ui/button';
import { MetricNum } from '../../ui/metric-num';
import { PageHeader } from '../../ui/page-header';
import { usePageScope, type PageScope } from '../../ui/page-scope';
import { Empty, QueryState } from '../../ui/query-state';
import { may, sessionQuery } from '../access/api';
import { serviceLevelsQuery } from './api';
import { againstTarget, serviceWords } from './message';
import { QualityTable } from './quality-table';
import { ServiceForm } from './service-form';
import { ServiceTable } from './service-table';
import './services.css';

const QUESTION = 'Do our services run as the business needs them to?';

/** Services with their figures, below the metrics of quality over all of them. */
export function ServicesPage() {
  const page = usePageScope();
  const found = useQuery(serviceLevelsQuery(page));
  return (
    <main id="content" className="page services-page" tabIndex={-1}>
      <PageHeader
        title="Services"
        question={QUESTION}
        message={found.data ? <Message levels={found.data} /> : '\u00a0'}
      >
        {page.scopeName} · {found.data ? counted(found.data.items.length, 'service') : 'services'} ·{' '}
        {periodLabel(page.period, page.fiscalYearStartMonth)}, and the quarters before it
      </PageHeader>
      <QueryState query={found} what="the services" rows={12}>
        {(levels) => (
          <>
            <section className="card" aria-labelledby="services-head">
              <h2 id="services-head">Service by service</h2>
              <Impossible months={levels.impossible} />
              {levels.items.length === 0 ? <NoServices page={page} /> : <ServiceTable items={levels.items} />}
              {page.portfolio === undefined && <AddService area={page.orgUnit} />}
            </section>
            {isMeasured(levels) && (
              <section className="card" aria-labelledby="quality-head">
                <h2 id="quality-head">How reliable is what we run and deliver?</h2>
                <QualityTable metrics={levels.metrics} />
              </section>
            )}
          </>
        )}
      </QueryState>
    </main>
  );
}

function AddService({ area }: { area: string | undefined }) {
  const { data: session } = useSuspenseQuery(sessionQuery);
  const [isOpen, setOpen] = useState(false);
  if (!session.writes.includes('service')) return null;
  if (isOpen) return <ServiceForm of={null} area={area} onClose={() => setOpen(false)} />;
  return (
    <p className="actions">
      <Button onClick={() => setOpen(true)}>Add a service</Button>
    </p>
  );
}

function Message({ levels: { metrics, items } }: { levels: ServiceLevels }) {
  const availability = metrics.find(({ id }) => id === 'quality.availability');
  if (items.length === 0) return <>No service of this scope is recorded.</>;
  if (availability === undefined || availability.value === null)
    return <>Nothing is recorded of how the services ran in this quarter.</>;
  return (
    <>
      Services were available{' '}
      <MetricNum metric={availability} withUnit as={toldApart(availability.value, availability.target)[0]} /> of the
      agreed time
      {againstTarget(availability)} {serviceWords(items)}
    </>
  );
}

/** Months that came before such ones were refused: their figures cannot be right. */
function Impossible({ months }: { months: ServiceLevels['impossible'] }) {
  if (months.length === 0) return null;
  return (
    <p className="gap-flag" data-impossible>
      ▲ {counted(months.length, 'month')} cannot be as recorded, with more of a part than of its whole (downtime,
      requests within target, failed changes):{' '}
      {months.slice(0, 5).map(({ code, name, month }, index) => (
        <Fragment key={`${code} ${month}`}>
          {index > 0 && ', '}
          <Link to="/services/$ref" params={{ ref: code }} search={keepScope} hash="months">
            {name} in {day(month)}
          </Link>
        </Fragment>
      ))}
      {months.length > 5 && ` and ${months.length - 5} more`}. Until they are put right, availability, performance and
      change failures of these months are wrong.
    </p>
  );
}

/** Whether any quarter shows anything: a table of nothing but `x` says nothing. */
const isMeasured = ({ metrics, items }: ServiceLevels): boolean =>
  items.length > 0 || metrics.some(({ trend }) => trend.some(({ value }) => value !== null));

function NoServices({ page }: { page: PageScope }) {
  const { data: session } = useSuspenseQuery(sessionQuery);
  if (page.portfolio !== undefined)
    return (
      <Empty>
        Services belong to business areas, not to portfolios. Choose all IT or a business area as the scope to see them.
      </Empty>
    );
  return (
    <Empty
      action={
        may(session, 'import') ? (
          <Link to="/import" className="button button-primary">
            Import services
          </Link>
        ) : null
      }
    >
      No service is recorded here yet. Import a list of services, and a list of how they ran each month.
    </Empty>
  );
}
