import { useState } from 'react';
import type { ImportProblem, ImportReport } from '../../../server/contract/import.js';
import { count, counted } from '../../../server/contract/format.js';
import { Button } from '../../ui/button';
import { DataTable } from '../../ui/data-table';

interface Group {
  key: string;
  table: string;
  column: string | null;
  problems: ImportProblem[];
}

const FIRST = 10;
/** Up to this many rows need no table. */
const FEW = 3;

/** The problems, grouped by what it takes to mend them: the same code in the same column. */
export function ProblemGroups({ report }: { report: ImportReport }) {
  const groups = groupsOf(report.problems);
  const rest = report.problemCount - report.problems.length;
  return (
    <div className="problem-groups">
      <h3>{counted(report.problemCount, 'problem')}</h3>
      {groups.map((group) => (
        <ProblemGroup key={group.key} group={group} />
      ))}
      {rest > 0 && (
        <p className="notice">
          {count(report.problems.length)} of {count(report.problemCount)} problems are listed; {count(rest)} more were
          counted. Mend these, then check again.
        </p>
      )}
    </div>
  );
}

function ProblemGroup({ group: { table, column, problems } }: { group: Group }) {
  const [isAll, setAll] = useState(false);
  const shown = isAll ? problems : problems.slice(0, FIRST);
  const place = column === null ? table : `${table}, column ${column}`;
  // A header or a whole file: the row that is named is where the table starts.
  const isWhole = column === null && problems.every(({ row }) => row <= 1);
  const isSame = problems.every(({ message }) => message === problems[0]!.message);
  return (
    <div className="problem-group">
      <h4>
        <span aria-hidden="true" className="variance-bad">
          ▲{' '}
        </span>
        {isWhole ? counted(problems.length, 'problem') : counted(problems.length, 'row')} in {place}
      </h4>
      {isSame && <p>{problems[0]!.message}</p>}
      {isWhole && isSame ? null : isSame && problems.length <= FEW ? (
        <ul>
          {problems.map(({ row, value }, index) => (
            <li key={`${row} ${index}`}>
              Row {count(row)}:{' '}
              {value === null || value === '' ? <span className="caption">empty</span> : <q>{value}</q>}
            </li>
          ))}
        </ul>
      ) : (
        <DataTable
          label={`Problems in ${place}`}
          caption={`${count(shown.length)} of ${counted(problems.length, 'row')} shown`}
          hideCaption={shown.length === problems.length}
          scrolls={isAll && problems.length > 20}
          rows={shown}
          rowKey={({ row }, index) => `${row} ${index}`}
          columns={[
            {
              id: 'row',
              header: 'Row',
              numeric: true,
              rowHeader: true,
              className: 'problem-row',
              cell: ({ row }) => count(row),
              sortBy: ({ row }) => row,
            },
            {
              id: 'value',
              header: 'Value',
              className: 'problem-value',
              cell: ({ value }) => (value === null || value === '' ? <span className="caption">empty</span> : value),
            },
            ...(isSame
              ? []
              : [
                  {
                    id: 'message',
                    header: 'What to do',
                    className: 'wide',
                    cell: ({ message }: ImportProblem) => message,
                  },
                ]),
          ]}
        />
      )}
      {shown.length < problems.length && (
        <Button look="plain" onClick={() => setAll(true)}>
          Show all {count(problems.length)}
        </Button>
      )}
    </div>
  );
}

function groupsOf(problems: readonly ImportProblem[]): Group[] {
  const groups = new Map<string, Group>();
  for (const problem of problems) {
    const key = [problem.table, problem.column ?? '', problem.code].join('\n');
    const group = groups.get(key) ?? { key, table: problem.table, column: problem.column, problems: [] };
    group.problems.push(problem);
    groups.set(key, group);
  }
  return [...groups.values()].sort((a, b) => b.problems.length - a.problems.length);
}
