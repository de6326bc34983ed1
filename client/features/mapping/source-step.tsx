import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import type { ImportReport } from '../../../server/contract/import.js';
import type { ImportSource } from '../../../server/contract/mapping.js';
import { counted } from '../../../server/contract/format.js';
import { ApiError } from '../../lib/http';
import { Button } from '../../ui/button';
import { ChoiceField } from '../../ui/field';
import { Failure } from '../../ui/query-state';
import { sendImport, type ImportChoice } from '../imports/api';
import { CheckReport } from '../imports/check-report';
import { ChooseFiles, isForeign, isWorkbook } from '../imports/choose-files';
import { DecimalQuestion, needsDecimal } from '../imports/decimal-question';
import { ImportProgress } from '../imports/import-progress';
import { useImportRun } from '../imports/import-run';
import { PasteCells } from '../imports/paste-cells';
import type { WizardSearch } from './address';
import { sendSource, sourceQuery } from './api';
import { MixedSheets } from './mixed-sheets';
import { SavedMappings } from './saved-mappings';
import { useUnderWay } from './step-heading';
import { Steps } from './steps';
import { WizardHeader } from './wizard-header';

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

/** Files in. Tables of ours are checked and imported as they are; the columns of all others are matched first. */
export function SourceStep() {
  const [files, setFiles] = useState<readonly File[]>([]);
  const [onProblem, setOnProblem] = useState<ImportChoice['onProblem']>('reject');
  const [decimal, setDecimal] = useState<ImportChoice['decimal']>();
  const [check, setCheck] = useState<ImportReport | null>(null);
  const [reason, setReason] = useState('');
  const [mixed, setMixed] = useState<ImportSource | null>(null);
  const { source: earlier } = useSearch({ strict: false }) as WizardSearch;
  useUnderWay();
  const run = useImportRun();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const result = useRef<HTMLElement>(null);
  const toMatch = (source: ImportSource, sheet?: string) => {
    queryClient.setQueryData(sourceQuery(source.id).queryKey, source);
    void navigate({
      to: '/import',
      search: (now: WizardSearch) => ({ ...now, step: 'match', source: source.id, sheet }),
    });
  };
  const look = useMutation({ mutationFn: sendSource });
  const isForeignFound = files.some(({ name }) => isForeign(name));
  const failed = run.current.state === 'failed' ? run.current.error : null;
  /** The files changed since the check: only another one can be said yes to. */
  const isOutdated = failed instanceof ApiError && failed.status === 412;
  const isBusy = run.current.state === 'running' || look.isPending;

  useEffect(() => {
    if (check) result.current?.focus();
  }, [check]);

  const choose = (chosen: readonly File[]) => {
    setFiles(chosen);
    setReason('');
    setDecimal(undefined);
    setCheck(null);
    setMixed(null);
    look.reset();
    run.reset();
  };
  const tryOut = async (choice: Partial<ImportChoice> = {}) => {
    setCheck(null);
    setMixed(null);
    const order = { dryRun: true, onProblem, decimal, ...choice };
    const report = await run.start(true, (id, signal) => sendImport(id, files, order, signal));
    if (report && report.status !== 'cancelled') setCheck(report);
  };
  const match = () => look.mutate(files, { onSuccess: (source) => toMatch(source) });
  /** A workbook is looked into first: its sheets say whose tables they are. */
  const begin = () => {
    if (isForeignFound) return match();
    if (!files.some(({ name }) => isWorkbook(name))) return void tryOut();
    look.mutate(files, {
      onSuccess: (source) => {
        const own = source.sheets.filter((sheet) => sheet.own).length;
        if (own === source.sheets.length) void tryOut();
        else if (own === 0) toMatch(source);
        else setMixed(source);
      },
    });
  };
  const commit = async (checked: ImportReport) => {
    const order = { dryRun: false, onProblem, decimal, previewOf: checked.id };
    const report = await run.start(false, (id, signal) => sendImport(id, files, order, signal, reason));
    if (!report) return;
    await queryClient.invalidateQueries();
    if (report.status === 'cancelled') setCheck(null);
    else if (report.status === 'rejected') setCheck(report);
    else await navigate({ to: '/import/$id', params: { id: report.id } });
  };

  return (
    <main id="content" className="page" tabIndex={-1}>
      <WizardHeader>
        Workbooks (.xlsx), CSV files or pasted cells of any shape, and our own tables, also as one .zip
      </WizardHeader>
      <Steps current={check ? 'check' : 'source'} reachable={earlier === undefined ? [] : ['match', 'check']} />

      <section className="card import-form" aria-labelledby="files-title">
        <h2 id="files-title">Source</h2>
        {earlier !== undefined && files.length === 0 && (
          <p className="notice">
            <Link to="/import" search={(now: WizardSearch) => ({ ...now, step: 'match' })}>
              Go on with the files that you sent
            </Link>
            , or choose others.
          </p>
        )}
        <ChooseFiles files={files} onChoose={choose} isDisabled={isBusy} />
        <PasteCells
          pasted={files.filter(({ name }) => name.startsWith('Pasted cells')).length}
          onPaste={(file) => choose([...files, file])}
          isDisabled={isBusy}
        />
        {files.length > 0 && (
          <>
            {!isForeignFound && (
              <ChoiceField
                legend="If some rows have problems"
                choices={ON_PROBLEM}
                value={onProblem}
                onChange={(value) => {
                  setOnProblem(value);
                  setCheck(null);
                }}
              />
            )}
            {check === null && mixed === null && run.current.state !== 'running' && (
              <p className="actions">
                <Button look="primary" onClick={begin} busy={look.isPending}>
                  {isForeignFound ? 'Match the columns' : `Check ${counted(files.length, 'file')}`}
                </Button>
                <span role="status" className="caption">
                  {look.isPending && 'Looking through the columns'}
                </span>
              </p>
            )}
            {look.error && <Failure error={look.error} what="the content of the files" retry={begin} />}
          </>
        )}
      </section>

      {files.length === 0 && <SavedMappings />}

      {run.current.state === 'running' && <ImportProgress run={run.current} onCancel={run.cancel} />}
      {failed && isOutdated && (
        <div className="failure" role="alert">
          <p>
            <span aria-hidden="true">▲ </span>
            {failed.message}
          </p>
          <Button onClick={() => void tryOut()}>Check again</Button>
        </div>
      )}
      {failed && !isOutdated && (
        <Failure error={failed} what="the result of the import" retry={() => void (check ? commit(check) : tryOut())} />
      )}
      {mixed && !isBusy && (
        <MixedSheets source={mixed} onCheck={() => void tryOut()} onMatch={(sheet) => toMatch(mixed, sheet)} />
      )}

      {check && !isBusy && !isOutdated && (
        <section className="card import-form" aria-labelledby="check-title" ref={result} tabIndex={-1}>
          <h2 id="check-title">Check</h2>
          {needsDecimal(check, decimal) ? (
            <DecimalQuestion
              report={check}
              onChoose={(chosen) => {
                setDecimal(chosen);
                void tryOut({ decimal: chosen });
              }}
            />
          ) : (
            <>
              <CheckReport
                report={check}
                onProblem={onProblem}
                {...{ reason }}
                onReason={setReason}
                onConfirm={() => void commit(check)}
                onSkip={() => {
                  setOnProblem('skip');
                  void tryOut({ onProblem: 'skip' });
                }}
              />
              {hasOtherColumns(check) && (
                <p className="actions">
                  <Button onClick={match}>Match the columns instead</Button>
                  <span className="caption">Where the file names its columns in another way than our tables do.</span>
                </p>
              )}
            </>
          )}
        </section>
      )}
    </main>
  );
}

/** Whether something is wrong with a header: then the columns may be somebody else’s. */
const hasOtherColumns = ({ problems }: ImportReport): boolean => problems.some(({ row }) => row <= 1);
