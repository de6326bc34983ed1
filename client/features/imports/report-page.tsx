import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import type { ImportReport } from '../../../server/contract/import.js';
import { count, counted, instant } from '../../../server/contract/format.js';
import { PageHeader } from '../../ui/page-header';
import { QueryState } from '../../ui/query-state';
import { may, sessionQuery } from '../access/api';
import type { WizardSearch } from '../mapping/address';
import { Steps } from '../mapping/steps';
import { importQuery, rejectsPath } from './api';
import { ProblemGroups } from './problem-groups';
import { RevertButton } from './revert';
import { filesOf, statusWord } from './words';
import { TableCounts } from './table-counts';
import { totalsOf } from './totals';
import { ImportersOnly } from './importers-only';
import './imports.css';
import '../mapping/mapping.css';

/** The receipt of an import: what it did, and how to undo it. */
export const ReportPage = () => (
  <ImportersOnly title="Import report">
    <OneReport />
  </ImportersOnly>
);

function OneReport() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { source } = useSearch({ strict: false }) as WizardSearch;
  const query = useQuery(importQuery(id));
  return (
    <main id="content" className="page" tabIndex={-1}>
      <PageHeader
        title="Import report"
        question="What did this import do?"
        message={query.data ? messageOf(query.data) : '\u00a0'}
        actions={
          <>
            <Link to="/import/history" className="button">
              History
            </Link>
            {source === undefined ? (
              <Link to="/import" className="button">
                Import more
              </Link>
            ) : (
              <Link to="/import" search={{ step: 'match', source }} className="button">
                Back to these files
              </Link>
            )}
          </>
        }
      >
        {query.data && `${filesOf(query.data.fileNames)} · ${query.data.by} · ${instant(query.data.createdAt)}`}
      </PageHeader>
      {query.data?.mapping && query.data.status === 'committed' && <Steps current="receipt" reachable={[]} />}
      <QueryState query={query} what="the report of the import" rows={8}>
        {(report) => <Report report={report} />}
      </QueryState>
    </main>
  );
}

function Report({ report }: { report: ImportReport }) {
  const { data: session } = useSuspenseQuery(sessionQuery);
  const totals = totalsOf(report.tables);
  return (
    <section className="card import-form" aria-labelledby="report-title">
      <h2 id="report-title" className="visually-hidden">
        Report
      </h2>
      <TableCounts report={report} />
      {totals.skipped > 0 && (
        <p className="actions">
          <a className="button" href={rejectsPath(report.id)} download>
            Download the {counted(totals.skipped, 'row')} left out
          </a>
          <span className="caption">As tables with an Error column: mend the rows and import the file again.</span>
        </p>
      )}
      {report.problems.length > 0 && <ProblemGroups report={report} />}
      <dl className="facts">
        <div>
          <dt>State</dt>
          <dd>{statusWord(report)}</dd>
        </div>
        {report.reason !== null && (
          <div>
            <dt>Reason</dt>
            <dd>{report.reason}</dd>
          </div>
        )}
        <div>
          <dt>Import id</dt>
          <dd>
            <code>{report.id}</code>
          </dd>
        </div>
        {report.mapping && (
          <div>
            <dt>Mapping</dt>
            <dd>
              {report.mapping.name === null ? 'Not saved' : `“${report.mapping.name}”`}, sheet {report.mapping.sheet}
            </dd>
          </div>
        )}
        {may(session, 'audit') && (
          <div>
            <dt>Audit</dt>
            <dd>
              <Link to="/audit" search={{ objectType: 'import', objectId: report.id }}>
                What the audit says of it
              </Link>
            </dd>
          </div>
        )}
        <div>
          <dt>Content hash</dt>
          <dd>
            <code className="hash">{report.fileHash}</code>
          </dd>
        </div>
        {report.finishedAt !== null && (
          <div>
            <dt>Finished</dt>
            <dd>{instant(report.finishedAt)}</dd>
          </div>
        )}
      </dl>
      {report.status === 'committed' && (
        <div className="actions">
          <Link to="/" className="button button-primary">
            See the overview
          </Link>
          <RevertButton report={report} />
        </div>
      )}
    </section>
  );
}

function messageOf(report: ImportReport): string {
  const { created, updated, unchanged, skipped } = totalsOf(report.tables);
  const parts: [number, string][] = [
    [created, 'new'],
    [updated, 'changed'],
    [unchanged, 'unchanged'],
    [skipped, 'left out'],
  ];
  const done =
    parts
      .filter(([rows]) => rows > 0)
      .map(([rows, what], at) => `${at === 0 ? counted(rows, 'row') : count(rows)} ${what}`)
      .join(', ') || 'no row';
  switch (report.status) {
    case 'committed':
      return `Imported: ${done}.`;
    case 'reverted':
      return `Reverted${report.revertedAt === null ? '' : ` on ${instant(report.revertedAt)}`}: everything is as it was before this import.`;
    case 'rejected':
      return `Rejected: ${counted(report.problemCount, 'problem')}. Nothing was written.`;
    case 'dry_run':
      return `Checked only: ${done}. Nothing was written.`;
    case 'cancelled':
      return 'Cancelled. Nothing was written.';
    case 'failed':
      return 'It failed. Nothing was written.';
    case 'running':
      return 'It is still running.';
  }
}
