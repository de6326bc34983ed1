import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { SessionInfo } from '../../../server/contract/access.js';
import type { Sample } from '../../../server/contract/import.js';
import type { PageSearch } from '../../lib/address';
import { monthName } from '../../../server/contract/format.js';
import { periodLabel } from '../../lib/period';
import { Button } from '../../ui/button';
import { usePageScope } from '../../ui/page-scope';
import { Empty, Failure, Skeleton } from '../../ui/query-state';
import { may } from '../access/api';
import { exportPath, loadSample, samplesQuery } from '../imports/api';
import './start-panel.css';

/** What stands where no figure can: how to fill the product, or how to widen the scope. */
export function StartPanel({ session }: { session: SessionInfo }) {
  const { scopeName, portfolio, orgUnit } = usePageScope();
  const mayImport = may(session, 'import');
  const samples = useQuery({ ...samplesQuery, enabled: mayImport });
  if (samples.isLoading) return <Skeleton rows={6} />;
  if (samples.data?.empty) return <Start samples={samples.data.items} />;
  if (portfolio !== undefined || orgUnit !== undefined)
    return (
      <section className="card">
        <Empty
          action={
            <Link
              to="/"
              search={(current: PageSearch) => ({ period: current.period, portfolio: undefined, orgUnit: undefined })}
              className="button"
            >
              Show all IT
            </Link>
          }
        >
          {scopeName} holds no investment and no benefit that you may see.
        </Empty>
      </section>
    );
  return (
    <section className="card">
      <Empty action={mayImport && <ImportLinks />}>
        No investment and no benefit is recorded yet. Import the tables, and this page shows what became of the money.
      </Empty>
    </section>
  );
}

function Start({ samples }: { samples: readonly Sample[] }) {
  return (
    <div className="start">
      <section className="card" aria-labelledby="start-title">
        <h2 id="start-title">Bring your own tables</h2>
        <p>
          Bring what you have of your investments with their costs, your initiatives, capabilities and outcomes, the
          benefits with their planned and realised values by month, and the links between them: CSV files, or one
          workbook.
        </p>
        <ol className="start-steps">
          <li>Download the template, and fill in the tables that you have.</li>
          <li>Import them: all is checked first, and nothing is stored that is not right.</li>
          <li>Read here what became of the money, and where the line to a benefit breaks.</li>
        </ol>
        <ImportLinks />
      </section>
      {samples.length > 0 && (
        <section className="card" aria-labelledby="samples-title">
          <h2 id="samples-title">Or look around with real, public data</h2>
          <div className="start-samples">
            {samples.map((sample) => (
              <SampleCard key={sample.id} sample={sample} />
            ))}
          </div>
        </section>
      )}
    </div>
  );
}

const ImportLinks = () => (
  <p className="actions">
    <Link to="/import" className="button button-primary">
      Import your own data
    </Link>
    <a className="button" href={exportPath('template.xlsx')} download>
      Download the template
    </a>
  </p>
);

function SampleCard({ sample }: { sample: Sample }) {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const load = useMutation({
    mutationFn: () => loadSample(sample.id),
    onSuccess: async (report) => {
      if (report.status !== 'committed') {
        await navigate({ to: '/import/$id', params: { id: report.id } });
        return;
      }
      // The sample brings settings of its own, so everything is read anew.
      await navigate({ to: '/', search: { period: sample.period } });
      await queryClient.invalidateQueries();
    },
  });
  return (
    <article className="start-sample">
      <h3>{sample.name}</h3>
      <p>{sample.description}</p>
      <p className="caption">
        Sets the reporting currency to {sample.reportingCurrency}, the fiscal year to start in{' '}
        {monthName(sample.fiscalYearStartMonth)}, and opens {periodLabel(sample.period, sample.fiscalYearStartMonth)}.
      </p>
      <p className="caption">
        {sample.attribution} Licence: {sample.licence}
      </p>
      {load.error && <Failure error={load.error} what={`the sample “${sample.name}”`} />}
      <Button busy={load.isPending} onClick={() => load.mutate()} aria-label={`Load ${sample.name}`}>
        {load.isPending ? 'Loading' : 'Load this data'}
      </Button>
    </article>
  );
}
