import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { ApiError } from '../../lib/http';
import { Empty, Failure, Skeleton } from '../../ui/query-state';
import { ImportersOnly } from '../imports/importers-only';
import { sourceQuery } from './api';
import { stepOf, type WizardSearch } from './address';
import { SheetWizard } from './sheet-wizard';
import { SourceStep } from './source-step';
import { Steps } from './steps';
import { WizardHeader } from './wizard-header';
import '../imports/imports.css';
import './mapping.css';

/** Bring your own spreadsheet, in five steps: source, match, check, confirm, receipt. */
export const ImportPage = () => (
  <ImportersOnly title="Import">
    <Wizard />
  </ImportersOnly>
);

function Wizard() {
  const search = useSearch({ strict: false }) as WizardSearch;
  return stepOf(search) === 'source' ? <SourceStep /> : <SentFiles key={search.source} id={search.source!} />;
}

/** The files of the address, as the server still keeps them. */
function SentFiles({ id }: { id: string }) {
  const search = useSearch({ strict: false }) as WizardSearch;
  const query = useQuery(sourceQuery(id));
  const step = stepOf(search);
  const source = query.data;
  const sheet = source?.sheets.find((one) => one.sheet === search.sheet) ?? source?.sheets[0];
  if (source && sheet) return <SheetWizard key={sheet.sheet} source={source} sheet={sheet} step={step} />;
  return (
    <main id="content" className="page" tabIndex={-1}>
      <WizardHeader>Files are kept for a day while they are matched</WizardHeader>
      <Steps current={step} reachable={['source']} />
      <section className="card import-form" aria-label="The files">
        {source ? (
          <Empty action={<Again />}>There is no sheet with rows in these files.</Empty>
        ) : query.error instanceof ApiError && query.error.status === 404 ? (
          <Empty action={<Again />}>
            These files are not kept any more. What was imported from them stays; choose them again to go on.
          </Empty>
        ) : query.error ? (
          <Failure error={query.error} what="what the files hold" retry={() => void query.refetch()} />
        ) : (
          <Skeleton rows={8} />
        )}
      </section>
    </main>
  );
}

const Again = () => (
  <Link to="/import" className="button button-primary">
    Choose the files again
  </Link>
);
