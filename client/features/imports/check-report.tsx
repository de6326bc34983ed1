import type { ImportReport } from '../../../server/contract/import.js';
import { counted } from '../../../server/contract/format.js';
import { Button } from '../../ui/button';
import { ReasonField } from '../../ui/reason-field';
import type { ImportChoice } from './api';
import { Earlier } from './earlier';
import { ProblemGroups } from './problem-groups';
import { TableCounts } from './table-counts';
import { totalsOf } from './totals';

interface CheckReportProps {
  report: ImportReport;
  onProblem: ImportChoice['onProblem'];
  reason: string;
  onReason: (reason: string) => void;
  onConfirm: () => void;
  onSkip: () => void;
}

/** What the import would do, and everything that is wrong; then one decision. */
export function CheckReport({ report, onProblem, reason, onReason, onConfirm, onSkip }: CheckReportProps) {
  const totals = totalsOf(report.tables);
  const writes = totals.created + totals.updated;
  const isBlocked = report.problemCount > 0 && onProblem === 'reject';
  return (
    <div className="import-form">
      <p className="panel-message">{verdict(report, onProblem, writes)}</p>
      <Earlier report={report} />
      <TableCounts report={report} />
      {report.problems.length > 0 && <ProblemGroups report={report} />}
      <h2>Confirm</h2>
      {totals.rows === 0 ? (
        <p>There is nothing to import. Choose other files.</p>
      ) : isBlocked ? (
        <p className="actions">
          <Button onClick={onSkip}>Check again, skipping rows with problems</Button>
          <span className="caption">Or mend the file and choose it again.</span>
        </p>
      ) : writes === 0 ? (
        <p>
          There is nothing to import
          {report.problemCount > 0 ? ' without a problem' : ': every row is there already, unchanged'}.
        </p>
      ) : (
        <>
          <ReasonField value={reason} onChange={onReason} />
          <p className="actions">
            <Button look="primary" onClick={onConfirm}>
              Import {counted(writes, 'row')}
            </Button>
            <span className="caption">
              In one step: all of it or, if anything fails, none of it. It can be reverted afterwards.
            </span>
          </p>
        </>
      )}
    </div>
  );
}

function verdict({ problemCount }: ImportReport, onProblem: ImportChoice['onProblem'], writes: number): string {
  if (problemCount === 0)
    return writes === 0 ? 'Nothing would change.' : `No problem found. ${counted(writes, 'row')} would be written.`;
  const problems = counted(problemCount, 'problem');
  if (onProblem === 'reject') return `${problems} found. As it is, nothing would be imported.`;
  return `${problems} found. ${counted(writes, 'row')} would be written, the rows with problems left out.`;
}
