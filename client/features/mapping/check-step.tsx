import { useEffect, useRef } from 'react';
import type { SourceSheet } from '../../../server/contract/mapping.js';
import { ApiError } from '../../lib/http';
import { count, counted } from '../../../server/contract/format.js';
import { Button } from '../../ui/button';
import { Failure } from '../../ui/query-state';
import { rejectsPath } from '../imports/api';
import { ImportProgress } from '../imports/import-progress';
import { TableCounts } from '../imports/table-counts';
import { ProblemRows } from './problem-rows';
import type { SheetDraft } from './drafts';
import { RepairGroup } from './repair-group';
import { leaveRows } from './repairs';
import type { Check } from './use-check';

interface CheckStepProps {
  sheet: SourceSheet;
  draft: SheetDraft;
  check: Check;
  onChange: (draft: SheetDraft) => void;
  onBack: () => void;
  onDone: () => void;
}

/** What is wrong, by what mends it; what can be mended here is checked again. Nothing is written. */
export function CheckStep({ sheet, draft, check, onChange, onBack, onDone }: CheckStepProps) {
  const { run, report, isStale, start } = check;
  const hasBegun = useRef(false);
  useEffect(() => {
    // Opened by its address, or after a reload: what was found is not kept.
    if (hasBegun.current || report !== null || run.state !== 'idle') return;
    hasBegun.current = true;
    void start();
  }, [report, run.state, start]);
  if (run.state === 'running') return <ImportProgress run={run} onCancel={check.cancel} />;
  if (run.state === 'failed') return <NotChecked error={run.error} onBack={onBack} retry={() => void start()} />;
  if (report === null)
    return (
      <section className="card import-form" aria-label="Check">
        <p>The rows are not checked yet.</p>
        <p className="actions">
          <Button look="primary" onClick={() => void start()}>
            Check {counted(sheet.rows, 'row')}
          </Button>
        </p>
      </section>
    );
  const { preview } = report;
  const rows = preview?.rows ?? { total: 0, ok: 0, bad: report.problemCount };
  return (
    <>
      <section className="card import-form" aria-label="Result of the check">
        <p className="panel-message" role="status">
          {rows.bad === 0
            ? `${counted(rows.ok, 'row')}, no error.`
            : `${counted(rows.total, 'row')}: ${count(rows.ok)} without an error, ${count(rows.bad)} with errors.`}
        </p>
        <ul className="check-counts">
          <li>
            <span aria-hidden="true">✓ </span>
            {count(rows.ok)} ok
          </li>
          <li className={rows.bad > 0 ? 'variance-bad' : ''}>
            <span aria-hidden="true">▲ </span>
            {counted(rows.bad, 'error row')}
          </li>
          {draft.leaveOut.length > 0 && (
            <li className="file-warning">
              <span aria-hidden="true">⚠ </span>
              {counted(draft.leaveOut.length, 'row')} left out by you{' '}
              <Button look="plain" onClick={() => onChange(leaveRows(draft, draft.leaveOut, false))}>
                Take them in again
              </Button>
            </li>
          )}
          {draft.fixes.length > 0 && <li>{counted(draft.fixes.length, 'cell')} corrected by you</li>}
        </ul>
        {rows.bad > 0 && (
          <>
            <TableCounts report={report} />
            <p className="actions">
              <a className="button" href={rejectsPath(report.id)} download>
                Download the {counted(rows.bad, 'row')} with errors
              </a>
              <span className="caption">
                As {rows.bad === 1 ? 'it stands' : 'they stand'} in the file, with an Error column: to be corrected
                there and brought again.
              </span>
            </p>
          </>
        )}
      </section>
      {preview !== null && preview.groups.length > 0 && (
        <section className="card import-form" aria-labelledby="groups-title">
          <h2 id="groups-title">Errors by what mends them</h2>
          <div className="problem-groups">
            {preview.groups.map((group) => (
              <RepairGroup
                key={`${group.table} ${group.column ?? ''} ${group.code}`}
                {...{ group, draft, onChange }}
                problems={report.problems}
              />
            ))}
          </div>
        </section>
      )}
      {report.problems.length > 0 && (
        <section className="card import-form" aria-labelledby="rows-title">
          <h2 id="rows-title">Row by row</h2>
          <ProblemRows {...{ sheet, report, draft, onChange }} />
        </section>
      )}
      <div className="actions wizard-foot">
        {isStale ? (
          <>
            <Button look="primary" onClick={() => void start()}>
              Check again
            </Button>
            <span className="caption" role="status">
              You changed something since the check.
            </span>
          </>
        ) : (
          rows.ok > 0 && (
            <>
              <Button look="primary" onClick={onDone}>
                {rows.bad === 0 ? 'Go on' : `Go on with ${counted(rows.ok, 'row')}`}
              </Button>
              {rows.bad > 0 && (
                <span className="caption">{counted(rows.bad, 'row')} with errors would be left out.</span>
              )}
            </>
          )
        )}
        <Button onClick={onBack}>Back to matching</Button>
      </div>
    </>
  );
}

/** The file could not be checked as it is matched: what to say first. */
function NotChecked({ error, onBack, retry }: { error: Error; onBack: () => void; retry: () => void }) {
  const reasons = error instanceof ApiError ? error.errors : [];
  const isAboutMatching = error instanceof ApiError && (error.status === 422 || error.status === 400);
  if (!isAboutMatching) return <Failure error={error} what="the result of the check" retry={retry} />;
  return (
    <section className="card import-form" aria-label="Check" role="alert">
      <p>
        <span aria-hidden="true">▲ </span>
        {error.message}
      </p>
      <ul className="reasons">
        {reasons.map(({ pointer, message }) => (
          <li key={pointer}>{message}</li>
        ))}
      </ul>
      <p className="actions">
        <Button look="primary" onClick={onBack}>
          Back to matching
        </Button>
        <Button onClick={retry}>Check again</Button>
      </p>
    </section>
  );
}
