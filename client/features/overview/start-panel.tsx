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
        <h2 id="start-title">Four steps to the first figure</h2>
        <ol className="start-steps">
          <li>
            <Link to="/investments/new">Record investments</Link> with their costs, or import all you have at once.
          </li>
          <li>
            Link them to <Link to="/initiatives/new">initiatives</Link>, and these to the capabilities and outcomes that
            they build.
          </li>
          <li>
            <Link to="/benefits/new">Define benefits</Link>, each with an owner and a measure.
          </li>
          <li>
            <Link to="/enter">Enter the first measured value</Link>, and read here what became of the money.
          </li>
        </ol>
        <p>
          The template has a table for each of them: CSV files, or one workbook. All is checked first, and nothing is
          stored that is not right.
        </p>
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
      <Outlines />
    </div>
  );
}

/** The rows of the page, each where its figures will stand. */
const OUTLINES = [
  ['Value ledger: invested, realised, evidenced, expected', 'Where proof is lost'],
  ['Benefits by quarter: realised, forecast and planned', 'Benefits furthest from plan'],
  ['How much of the spend reaches a benefit', 'Eight families of metrics'],
  ['What waits for a decision', 'Signs, data, review'],
] as const;

const Outlines = () => (
  <section aria-label="What this page will show">
    <ul className="start-outlines">
      {OUTLINES.flat().map((label) => (
        <li key={label}>{label}</li>
      ))}
    </ul>
  </section>
);

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
