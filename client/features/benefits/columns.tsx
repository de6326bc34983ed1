import { Fragment, type ReactNode } from 'react';
import type { BenefitLine, BenefitSums } from '../../../server/contract/register.js';
import { domainOf } from '../../charts/geometry';
import { VarianceBar, VariancePin } from '../../charts/variance';
import { day, unitOf } from '../../../server/contract/format.js';
import { localised } from '../../../server/contract/locale-number.js';
import { EVIDENCE_FULL, EVIDENCE_WORDS } from '../../ui/evidence';
import { Status, statusWord } from '../../ui/status';
import { gapWord } from '../records/gap-words';
import { OwnerName } from '../records/owner-name';
import { RecordLink } from '../records/record-link';
import { Calibrated } from './calibrated';
import { ClassAmount, impactOf, LineAmount, LineShare, Missing, type AmountKind, type Printing } from './figures';
import type { ChosenColumn, Sort } from './search';
import { classWord, COLUMN_WORDS } from './words';

/** One column of the register of benefits. */
export interface Column {
  id: string;
  header: string;
  /** Where the drawing of the column speaks for itself to those who see it. */
  hideHeader?: boolean;
  /** The name in full, where the header is a code. */
  spoken?: string;
  unit?: string;
  numeric?: boolean;
  sort?: Sort;
  className?: string;
  cell: (line: BenefitLine) => ReactNode;
  /** What stands in the line of a class. */
  sum?: (sums: BenefitSums, of: string) => ReactNode;
}

const CODES: Partial<Record<ChosenColumn, string>> = {
  planned: 'PL',
  realised: 'AC',
  variance: 'ΔPL',
  share: 'ΔPL%',
  approved: 'ΔBL',
  expected: 'FC',
};

/** The code and the name: they stay where the table is scrolled sideways. */
const FIRST: readonly Column[] = [
  { id: 'code', header: 'Code', sort: 'code', className: 'benefit-code', cell: ({ code }) => code },
  {
    id: 'name',
    header: 'Name',
    spoken: 'Benefit',
    sort: 'name',
    className: 'benefit-name',
    cell: ({ code, name, isDisbenefit }) => (
      <>
        <RecordLink type="benefit" code={code}>
          {name}
        </RecordLink>
        {isDisbenefit && <span className="register-second caption">dis-benefit</span>}
      </>
    ),
  },
];

/** The columns that are shown, with one scale for all money of the table. */
export function columnsOf(
  chosen: readonly ChosenColumn[],
  lines: readonly BenefitLine[],
  printing: Printing,
): Column[] {
  const { scale, currency } = printing;
  const bars = domainOf(lines.filter(({ money }) => money).map(({ variance }) => variance));
  const amount = (kind: AmountKind): Omit<Column, 'id' | 'header'> => ({
    unit: unitOf(scale, currency),
    numeric: true,
    sort: kind,
    cell: (line) => <LineAmount {...{ kind, line, printing }} />,
    sum: (found, of) => <ClassAmount {...{ kind, of, printing }} sums={found} />,
  });
  const made: Record<ChosenColumn, readonly Omit<Column, 'header'>[]> = {
    class: [{ id: 'class', className: 'nowrap', cell: (line) => <ClassCell {...{ line }} /> }],
    owner: [{ id: 'owner', sort: 'owner', className: 'nowrap', cell: ({ owner }) => <Owner {...{ owner }} /> }],
    outcome: [{ id: 'outcome', className: 'wide', cell: ({ outcomes }) => <Outcomes {...{ outcomes }} /> }],
    unit: [{ id: 'unit', className: 'nowrap', cell: ({ unit }) => unit ?? <Missing why="no unit stated" /> }],
    baseline: [{ id: 'baseline', numeric: true, cell: (line) => <Baseline {...{ line }} /> }],
    planned: [{ id: 'planned', ...amount('planned') }],
    realised: [{ id: 'realised', ...amount('realised') }],
    variance: [
      {
        id: 'bar',
        hideHeader: true,
        className: 'benefit-bar',
        cell: ({ money, variance, better }) =>
          money &&
          variance !== null && <VarianceBar amount={variance} impact={impactOf(variance, better)} domain={bars} />,
      },
      { id: 'variance', ...amount('variance') },
    ],
    share: [
      {
        id: 'pin',
        hideHeader: true,
        className: 'benefit-pin',
        cell: ({ varianceShare, better }) =>
          varianceShare !== null && <VariancePin amount={varianceShare} impact={impactOf(varianceShare, better)} />,
      },
      { id: 'share', numeric: true, sort: 'share', cell: (line) => <LineShare {...{ line }} /> },
    ],
    approved: [{ id: 'approved', ...amount('approved'), cell: (line) => <Approved {...{ line, printing }} /> }],
    expected: [
      {
        id: 'expected',
        ...amount('expected'),
        cell: (line) => (
          <>
            <LineAmount kind="expected" {...{ line, printing }} />
            <Calibrated {...{ line, printing }} />
          </>
        ),
      },
    ],
    status: [{ id: 'status', sort: 'status', className: 'nowrap', cell: (line) => <StatusCell {...{ line }} /> }],
    evidence: [{ id: 'evidence', sort: 'evidence', className: 'nowrap', cell: (line) => <Evidence {...{ line }} /> }],
    due: [{ id: 'due', sort: 'due', className: 'nowrap', cell: ({ due }) => <Due {...{ due }} /> }],
    gaps: [{ id: 'gaps', cell: ({ gaps }) => <Gaps {...{ gaps }} /> }],
    portfolio: [{ id: 'portfolio', className: 'nowrap', cell: ({ portfolio }) => portfolio }],
  };
  const rest = chosen.flatMap((id) =>
    made[id].map((column): Column => {
      const isDrawing = column.hideHeader === true;
      const code = CODES[id];
      if (isDrawing) return { ...column, header: `${code ?? id}, drawn` };
      return code === undefined
        ? { ...column, header: COLUMN_WORDS[id] }
        : { ...column, header: code, spoken: COLUMN_WORDS[id] };
    }),
  );
  return [...FIRST, ...rest];
}

function ClassCell({ line: { class: name, type } }: { line: BenefitLine }) {
  return (
    <>
      {classWord(name)}
      {type !== null && <span className="unit">, {type}</span>}
    </>
  );
}

const Owner = ({ owner }: { owner: string | null }) =>
  owner === null ? <span className="gap-flag">▲ none</span> : <OwnerName address={owner} />;

/** As many names as a line holds. */
const SHOWN = 2;

function Outcomes({ outcomes }: Pick<BenefitLine, 'outcomes'>) {
  if (outcomes.length === 0) return <Missing why="no outcome leads to it" />;
  return (
    <>
      {outcomes.slice(0, SHOWN).map(({ code, name }, at) => (
        <Fragment key={code}>
          {at > 0 && ', '}
          <RecordLink type="outcome" code={code}>
            {name}
          </RecordLink>
        </Fragment>
      ))}
      {outcomes.length > SHOWN && <span className="caption"> and {outcomes.length - SHOWN} more</span>}
    </>
  );
}

function Baseline({ line: { baseline, baselineUnit } }: { line: BenefitLine }) {
  if (baseline === null) return <Missing why="no baseline: a change cannot be shown without one" />;
  return (
    <>
      {localised(baseline)}
      <span className="caption"> {baselineUnit}</span>
    </>
  );
}

/** Below it what the baseline plan is, where it is not the current plan. */
function Approved({ line, printing }: { line: BenefitLine; printing: Printing }) {
  const plan = line.isReplanned ? 're-planned' : line.isPlanFixed ? null : 'not approved';
  return (
    <>
      <LineAmount kind="approved" {...{ line, printing }} />
      {plan !== null && line.baselineVariance !== null && (
        <span className="register-second caption nowrap">{plan}</span>
      )}
    </>
  );
}

function StatusCell({ line: { status, declaredStatus, declaredNote, isDeclaredBetter } }: { line: BenefitLine }) {
  return (
    <>
      <Status {...{ status }} />
      {declaredStatus !== null && (
        <span
          className={`register-second caption ${isDeclaredBetter ? 'declared-better' : ''}`}
          title={declaredNote ?? undefined}
        >
          {isDeclaredBetter && <span aria-hidden="true">▲ </span>}
          {declaredStatus === status ? 'declared the same' : `declared ${statusWord(declaredStatus).toLowerCase()}`}
          {isDeclaredBetter && <span className="visually-hidden">, better than computed</span>}
        </span>
      )}
    </>
  );
}

function Evidence({ line: { evidenceLevel } }: { line: BenefitLine }) {
  return (
    <span title={EVIDENCE_FULL[evidenceLevel]}>
      {evidenceLevel} <span className="unit">{EVIDENCE_WORDS[evidenceLevel]}</span>
    </span>
  );
}

function Due({ due }: Pick<BenefitLine, 'due'>) {
  if (due === null) return <span className="caption">nothing due</span>;
  return (
    <>
      {day(due.month)}
      <span className={`register-second caption ${due.isOverdue ? 'due-late' : ''}`}>
        {due.isOverdue && (
          <>
            <span aria-hidden="true">▲ </span>
            <span className="visually-hidden">overdue </span>
          </>
        )}
        {due.isOverdue ? `since ${day(due.on)}` : `by ${day(due.on)}`}
      </span>
    </>
  );
}

function Gaps({ gaps }: Pick<BenefitLine, 'gaps'>) {
  if (gaps === null || gaps.length === 0) return null;
  return (
    <span className="gap-flag">
      <span aria-hidden="true">▲ </span>
      {gaps.map(gapWord).join(', ')}
    </span>
  );
}
