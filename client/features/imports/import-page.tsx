import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import type { ImportReport } from '../../../server/contract/import.js';
import { counted } from '../../lib/format';
import { Button } from '../../ui/button';
import { ChoiceField } from '../../ui/field';
import { PageHeader } from '../../ui/page-header';
import { Failure } from '../../ui/query-state';
import type { ImportChoice } from './api';
import { CheckReport } from './check-report';
import { ChooseFiles } from './choose-files';
import { DecimalQuestion, needsDecimal } from './decimal-question';
import { ImportProgress } from './import-progress';
import { useImportRun } from './import-run';
import { ImportersOnly } from './importers-only';
import './imports.css';

const ON_PROBLEM = [
  {
    value: 'reject',
    label: 'Import all of it or nothing',
    help: 'Rows with problems stop the import, so that you can mend the file.',
  },
  {
    value: 'skip',
    label: 'Skip rows with problems',
    help: 'The others are imported; what was left out comes back as a file with the reason in each row.',
  },
] as const;

/** Files in; a check that writes nothing; then the same in earnest. */
export const ImportPage = () => (
  <ImportersOnly title="Import">
    <Import />
  </ImportersOnly>
);

function Import() {
  const [files, setFiles] = useState<readonly File[]>([]);
  const [onProblem, setOnProblem] = useState<ImportChoice['onProblem']>('reject');
  const [decimal, setDecimal] = useState<ImportChoice['decimal']>();
  const [check, setCheck] = useState<ImportReport | null>(null);
  const run = useImportRun();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const result = useRef<HTMLElement>(null);
  const isRunning = run.current.state === 'running';

  useEffect(() => {
    if (check) result.current?.focus();
  }, [check]);

  const choose = (chosen: readonly File[]) => {
    setFiles(chosen);
    setDecimal(undefined);
    setCheck(null);
    run.reset();
  };
  const tryOut = async (choice: Partial<ImportChoice> = {}) => {
    setCheck(null);
    const report = await run.start(files, { dryRun: true, onProblem, decimal, ...choice });
    if (report && report.status !== 'cancelled') setCheck(report);
  };
  const commit = async () => {
    const report = await run.start(files, { dryRun: false, onProblem, decimal });
    if (!report) return;
    await queryClient.invalidateQueries();
    if (report.status === 'cancelled') setCheck(null);
    else if (report.status === 'rejected') setCheck(report);
    else await navigate({ to: '/import/$id', params: { id: report.id } });
  };

  return (
    <main id="content" className="page" tabIndex={-1}>
      <PageHeader
        title="Import"
        question="What do I bring, and is it right?"
        message="Choose the tables. They are checked first; nothing is written before you say so."
        actions={
          <Link to="/import/history" className="button">
            History
          </Link>
        }
      >
        One workbook (.xlsx, a sheet for each table), one .zip of CSV files, or CSV files named after their tables
      </PageHeader>

      <section className="card import-form" aria-labelledby="files-title">
        <h2 id="files-title">1 Files</h2>
        <ChooseFiles files={files} onChoose={choose} isDisabled={isRunning} />
        {files.length > 0 && (
          <>
            <ChoiceField
              legend="If some rows have problems"
              choices={ON_PROBLEM}
              value={onProblem}
              onChange={(value) => {
                setOnProblem(value);
                setCheck(null);
              }}
            />
            {check === null && !isRunning && (
              <p className="actions">
                <Button look="primary" onClick={() => void tryOut()}>
                  Check {counted(files.length, 'file')}
                </Button>
              </p>
            )}
          </>
        )}
      </section>

      {run.current.state === 'running' && <ImportProgress run={run.current} onCancel={run.cancel} />}
      {run.current.state === 'failed' && (
        <Failure
          error={run.current.error}
          what="the result of the import"
          retry={() => void (check ? commit() : tryOut())}
        />
      )}

      {check && !isRunning && (
        <section className="card import-form" aria-labelledby="check-title" ref={result} tabIndex={-1}>
          <h2 id="check-title">2 Check</h2>
          {needsDecimal(check, decimal) ? (
            <DecimalQuestion
              report={check}
              onChoose={(chosen) => {
                setDecimal(chosen);
                void tryOut({ decimal: chosen });
              }}
            />
          ) : (
            <CheckReport
              report={check}
              onProblem={onProblem}
              onConfirm={() => void commit()}
              onSkip={() => {
                setOnProblem('skip');
                void tryOut({ onProblem: 'skip' });
              }}
            />
          )}
        </section>
      )}
    </main>
  );
}
