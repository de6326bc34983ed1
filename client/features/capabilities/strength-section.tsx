import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Assessment, CapabilityStrength } from '../../../server/contract/capability.js';
import { criteriaOf } from '../../../server/contract/maturity.js';
import { ChartFigure } from '../../charts/chart-figure';
import { MeasureLines } from '../../charts/measure-lines';
import { toGeometry } from '../../../server/contract/decimal.js';
import { day } from '../../../server/contract/format.js';
import { localised } from '../../../server/contract/locale-number.js';
import { Button } from '../../ui/button';
import { DataTable, type TableColumn } from '../../ui/data-table';
import { Empty, QueryState } from '../../ui/query-state';
import { TakeBack } from '../../ui/take-back';
import { strengthQuery, takeBack } from './api';
import { AssessmentForm } from './assessment-form';
import { Competencies } from './competencies';
import { levelOf } from './words';
import './capabilities.css';

/** How strong the capability was and is, who says so, and whether it has the people that it needs. */
export function StrengthSection({ code }: { code: string }) {
  const strength = useQuery(strengthQuery(code));
  return (
    <QueryState query={strength} what="the assessments" rows={8}>
      {(data) => (
        <div className="record-sections">
          <History data={data} />
          <Assessments data={data} />
          <Competencies data={data} />
        </div>
      )}
    </QueryState>
  );
}

const levels = ({ assessments }: CapabilityStrength): { on: string; level: string }[] =>
  assessments.flatMap(({ assessedOn, level }) => (level === null ? [] : [{ on: assessedOn, level }]));

function History({ data }: { data: CapabilityStrength }) {
  const { code, target } = data;
  const points = levels(data);
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return null;
  return (
    <ChartFigure
      name={`maturity-${code}`}
      className="cap-history"
      message={
        points.length === 1
          ? `Assessed once: level ${levelOf(last.level)} on ${day(last.on)}`
          : `From level ${levelOf(first.level)} in ${day(first.on.slice(0, 7))} to ${levelOf(last.level)} in ${day(last.on.slice(0, 7))}`
      }
      about={`${code} · maturity, level 0 to 5 · AC assessed${target === null ? ', no target' : ' vs target'} · the axis need not start at 0`}
      twin={{
        columns: ['Assessed on', 'Level', 'Target', 'Evidence'],
        rows: data.assessments.map(({ assessedOn, level, evidence }) => [
          { text: day(assessedOn) },
          level === null ? null : { number: level, printed: levelOf(level) },
          // It is drawn at the last level.
          target === null || level === null || assessedOn !== last.on
            ? { text: '' }
            : { number: target, printed: levelOf(target) },
          { text: evidence ?? '' },
        ]),
      }}
      legend={
        <>
          <span className="legend-item">● AC assessed; a level holds until the next assessment</span>
          {target !== null && <span className="legend-item">□ target</span>}
        </>
      }
    >
      <MeasureLines
        isStepped
        measured={points.map(({ on, level }) => ({ on, amount: toGeometry(level) }))}
        planned={[]}
        target={target === null ? null : { on: last.on, amount: toGeometry(target) }}
        baseline={null}
        description={`Maturity of ${code}: ${points.map(({ on, level }) => `${levelOf(level)} on ${day(on)}`).join(', ')}.${target === null ? '' : ` Target ${levelOf(target)}.`}`}
        axisLabel={(amount) => localised(String(Number(amount.toPrecision(6))))}
        lastLabel={levelOf(last.level)}
        targetLabel={target === null ? null : `target ${levelOf(target)}`}
        baselineLabel={null}
      />
    </ChartFigure>
  );
}

/** What the level asks for, and what the assessor says of it. */
function Criteria({ of: { level, note } }: { of: Assessment }) {
  if (level === null) return note ?? null;
  const { name, criteria } = criteriaOf(level);
  return (
    <>
      {name}: <span className="caption">{criteria}</span>
      {note !== null && <p>{note}</p>}
    </>
  );
}

function Assessments({ data }: { data: CapabilityStrength }) {
  const { code, mayWrite, assessments } = data;
  /** `new`, or the assessment that is put right. */
  const [open, setOpen] = useState<'new' | Assessment | null>(null);
  const columns: TableColumn<Assessment>[] = [
    { id: 'on', header: 'Assessed on', rowHeader: true, cell: ({ assessedOn }) => day(assessedOn) },
    {
      id: 'level',
      header: 'Level',
      unit: 'of 5',
      numeric: true,
      cell: ({ level }) => (level === null ? 'x' : levelOf(level)),
    },
    { id: 'criteria', header: 'Criteria met', className: 'cap-criteria', cell: (each) => <Criteria of={each} /> },
    { id: 'by', header: 'By', cell: ({ assessor }) => assessor ?? 'not stated' },
    {
      id: 'evidence',
      header: 'Evidence',
      cell: ({ evidence }) => evidence ?? <span className="gap-flag">▲ none stated</span>,
    },
    ...(mayWrite
      ? [
          {
            id: 'correct',
            header: 'Correct',
            hideHeader: true,
            cell: (each: Assessment) => (
              <span className="cap-row-actions">
                <Button
                  look="plain"
                  onClick={() => setOpen(each)}
                  aria-label={`Correct the assessment of ${day(each.assessedOn)}`}
                >
                  Correct
                </Button>
                <TakeBack
                  what={`the assessment of ${day(each.assessedOn)}`}
                  asksReason
                  takeBack={(reason) => takeBack('assessments', code, each, reason)}
                />
              </span>
            ),
          },
        ]
      : []),
  ];
  return (
    <section className="card" aria-labelledby="assessments-head">
      <h2 id="assessments-head">Assessments</h2>
      {assessments.length === 0 ? (
        <Empty>It was never assessed, so nothing says how strong it is.</Empty>
      ) : (
        <DataTable
          caption="Assessments, the latest first"
          hideCaption
          label="Assessments"
          columns={columns}
          rows={[...assessments].reverse()}
          rowKey={({ id }) => id}
          scrolls
        />
      )}
      {mayWrite &&
        (open === null ? (
          <div className="actions">
            <Button onClick={() => setOpen('new')}>Assess it</Button>
          </div>
        ) : (
          <AssessmentForm
            key={open === 'new' ? 'new' : open.id}
            code={code}
            stored={open === 'new' ? null : open}
            onClose={() => setOpen(null)}
          />
        ))}
    </section>
  );
}
