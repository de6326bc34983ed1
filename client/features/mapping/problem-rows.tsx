import { useMemo, useState } from 'react';
import type { ImportProblem, ImportReport } from '../../../server/contract/import.js';
import type { SourceSheet } from '../../../server/contract/mapping.js';
import { count, counted } from '../../../server/contract/format.js';
import { Button } from '../../ui/button';
import { DataTable, type TableColumn } from '../../ui/data-table';
import type { SheetDraft } from './drafts';
import { fieldLabel } from './fields';
import { fixCell, fixOf, leaveRows } from './repairs';

interface ProblemRowsProps {
  sheet: SourceSheet;
  report: ImportReport;
  draft: SheetDraft;
  onChange: (draft: SheetDraft) => void;
}

/** One problem of a row, or a row without one. */
type Line = { row: number; problem: ImportProblem } | { row: number; problem: null; cells: readonly string[] };

const FIRST = 50;

/** Each row with an error as the file counts it: what was found where, what is expected, and the correction. */
export function ProblemRows({ sheet, report, draft, onChange }: ProblemRowsProps) {
  const [isOnlyErrors, setOnlyErrors] = useState(true);
  const [isAll, setAll] = useState(false);
  const { problems, problemCount } = report;
  const lines = useMemo(() => linesOf(problems, isOnlyErrors ? [] : sheet.head), [problems, isOnlyErrors, sheet.head]);
  const shown = isAll ? lines : lines.slice(0, FIRST);
  const columns: TableColumn<Line>[] = [
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
      id: 'field',
      header: 'Field',
      className: 'problem-field',
      cell: ({ problem }) => problem && <FieldOf problem={problem} />,
    },
    {
      id: 'found',
      header: 'Found',
      className: 'problem-value',
      cell: (line) =>
        line.problem === null ? (
          <span className="caption">
            {line.cells
              .filter((cell) => cell !== '')
              .slice(0, 4)
              .join(' · ')}
          </span>
        ) : (
          (foundIn(line.problem) ?? <span className="caption">empty</span>)
        ),
    },
    {
      id: 'expected',
      header: 'Expected',
      className: 'wide',
      cell: ({ problem }) =>
        problem === null ? (
          <>
            <span aria-hidden="true">✓ </span>no error
          </>
        ) : (
          problem.message
        ),
    },
    {
      id: 'fix',
      header: 'Correct it here',
      cell: ({ problem }) => problem && <Fix {...{ problem, draft, onChange }} />,
    },
    {
      id: 'out',
      header: 'Leave out',
      cell: ({ row, problem }) =>
        problem && (
          <input
            type="checkbox"
            className="leave-out"
            aria-label={`Leave row ${row} out`}
            checked={draft.leaveOut.includes(row)}
            onChange={({ target }) => onChange(leaveRows(draft, [row], target.checked))}
          />
        ),
    },
  ];
  return (
    <>
      <label className="choice">
        <input type="checkbox" checked={isOnlyErrors} onChange={({ target }) => setOnlyErrors(target.checked)} />
        Only errors
        {!isOnlyErrors && <span className="caption">The first {count(sheet.head.length)} rows are shown, too.</span>}
      </label>
      <DataTable
        label="Rows with errors"
        caption={`${count(shown.length)} of ${counted(lines.length, 'line')} shown${
          problemCount > problems.length ? `; ${count(problemCount - problems.length)} more errors were counted` : ''
        }`}
        className="problem-lines"
        columns={columns}
        rows={shown}
        rowKey={({ row }, index) => `${row} ${index}`}
      />
      {shown.length < lines.length && (
        <p className="table-more">
          <Button look="plain" onClick={() => setAll(true)}>
            Show all {count(lines.length)}
          </Button>
        </p>
      )}
    </>
  );
}

function linesOf(problems: readonly ImportProblem[], head: SourceSheet['head']): Line[] {
  const bad = new Set(problems.map(({ row }) => row));
  const lines: Line[] = [
    ...problems.map((problem) => ({ row: problem.row, problem })),
    ...head.filter(({ row }) => !bad.has(row)).map(({ row, cells }) => ({ row, problem: null, cells })),
  ];
  return lines.sort((a, b) => a.row - b.row);
}

/** As it stands in the file, where that is known. */
const foundIn = ({ from, value }: ImportProblem): string | null => {
  const found = from ? from.value : value;
  return found === '' ? null : (found ?? null);
};

function FieldOf({ problem: { table, column, from } }: { problem: ImportProblem }) {
  return (
    <>
      {column === null ? 'the row' : fieldLabel(table, column)}
      {from?.header && <span className="caption from-header"> from {from.header}</span>}
    </>
  );
}

function Fix({ problem, draft, onChange }: Omit<ProblemRowsProps, 'sheet' | 'report'> & { problem: ImportProblem }) {
  const column = problem.from?.column;
  if (column === null || column === undefined) return null;
  const { row } = problem;
  const fix = fixOf(draft, row, column);
  const cell = `Row ${row}, ${problem.column === null ? 'cell' : fieldLabel(problem.table, problem.column)}`;
  return (
    <span className="fix">
      <input
        className="input"
        aria-label={`${cell}: write instead`}
        placeholder={fix === '' ? 'blank' : 'Write instead'}
        value={fix ?? ''}
        onChange={({ target }) => onChange(fixCell(draft, row, column, target.value === '' ? null : target.value))}
      />
      <Button
        look="plain"
        aria-pressed={fix === ''}
        aria-label={`${cell}: blank`}
        onClick={() => onChange(fixCell(draft, row, column, fix === '' ? null : ''))}
      >
        {fix === '' ? '✓ Blank' : 'Blank'}
      </Button>
    </span>
  );
}
