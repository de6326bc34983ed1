import { lazy, Suspense, type ReactNode } from 'react';
import { cellsOf } from '../../../server/contract/review-cells.js';
import { COVERAGE_KEY, coverageSteps } from '../../../server/contract/review-coverage.js';
import { keyOfProvisional, PROVISIONAL } from '../../../server/contract/review-provisional.js';
import type { ReviewCell, ReviewDrawing, ReviewSectionId } from '../../../server/contract/review.js';
import { Bar, domainOf } from '../../charts/bars';
import { ChartFigure } from '../../charts/chart-figure';
import { describeColumns } from '../../charts/describe';
import { ScenarioKey } from '../../charts/scenario';
import type { Column } from '../../charts/scenario-columns';
import type { TwinTable } from '../../charts/twin';
import { VarianceBar } from '../../charts/variance';
import { printerOf, twinCell } from './drawn-cells';
import { DrawingChanges } from './drawing-changes';
import { PrintedCell } from './printed-cell';
import { besideOf, columnWord, useReading, whereWords } from './reading';
import { RestatedReasons } from './restated-reasons';
import { XmrLine } from './xmr-line';

/** recharts is loaded where it draws, and nowhere else. */
const ScenarioColumns = lazy(() => import('../../charts/scenario-columns'));

type Of<Kind> = Extract<ReviewDrawing, { kind: Kind }>;

interface DrawingProps {
  section: ReviewSectionId;
  drawing: ReviewDrawing;
}

/**
 * A drawing of the document: lengths follow from the exact values, each label is the text as printed. In another column it is the drawing that stands
 * in its place there, whole, with its own message; what differs is listed under it.
 */
export function Drawing({ section, drawing }: DrawingProps) {
  const reading = useReading();
  const { column, beside, restated, document } = reading;
  const other = beside === null ? undefined : besideOf(beside.drawings, section, drawing.id);
  const drawn = other?.drawing ?? drawing;
  const word = columnWord(column, document.previous);
  const keys = column === 'today' ? new Set(cellsOf(drawn).flatMap(({ figure }) => figure ?? [])) : [];
  const figures = [...keys].flatMap((key) => restated.get(key) ?? []).filter(({ isRestated }) => isRestated);
  return (
    <div>
      <ChartFigure
        name={`review-${drawing.id}`}
        message={other?.drawing ? `${word}: ${drawn.message}` : drawing.message}
        about={`${drawn.about} · ${drawn.unit}${other && !other.drawing ? ` · as frozen: not drawn ${whereWords(reading)}` : ''}`}
        twin={twinOf(drawn)}
        legend={legendOf(drawn)}
      >
        <Marks drawing={drawn} />
      </ChartFigure>
      {other?.drawing && <DrawingChanges other={other} frozen={drawing} />}
      <RestatedReasons figures={figures} />
    </div>
  );
}

function Marks({ drawing }: { drawing: ReviewDrawing }): ReactNode {
  if (drawing.kind === 'profile') return <Profile drawing={drawing} />;
  if (drawing.kind === 'xmr') return <XmrLine drawing={drawing} />;
  if (drawing.kind === 'ranking') return <Ranking drawing={drawing} />;
  return <Coverage drawing={drawing} />;
}

function legendOf(drawing: ReviewDrawing): ReactNode {
  if (drawing.kind === 'profile') {
    const hasForecast = drawing.columns.some(({ scenario }) => scenario === 'FC');
    return (
      <>
        <ScenarioKey scenarios={hasForecast ? ['AC', 'FC', 'PL'] : ['AC', 'PL']} />
        {drawing.columns.some(({ isProvisional }) => isProvisional) && (
          <span className="legend-item">{keyOfProvisional}</span>
        )}
      </>
    );
  }
  if (drawing.kind === 'coverage')
    return <ScenarioKey scenarios={['AC']} words={{ AC: COVERAGE_KEY.reached }} gap={COVERAGE_KEY.lost} />;
  if (drawing.kind === 'xmr')
    return `● value${drawing.limits === null ? ' · too few points for limits' : ' · – – limits · — mean'} · ◆ has really changed${drawing.target === null ? '' : ' · □ target'}`;
  return undefined;
}

function Profile({ drawing }: { drawing: Of<'profile'> }) {
  const columns = drawing.columns.map(({ label, scenario, value, planned, variance, isProvisional }): Column => {
    const [year = '', part = ''] = label.split(/\s/);
    return {
      ...{ key: label, scenario, label },
      shortLabel: [part, year.replace(/^FY20/, 'FY')],
      value: value.value,
      planned: planned.value,
      variance: variance.value,
      impact: variance.impact ?? 'neutral',
      valueLabel: (
        <>
          <PrintedCell cell={value} unit={drawing.unit} />
          {isProvisional && <abbr title={`${PROVISIONAL.word}: ${PROVISIONAL.why}`}> {PROVISIONAL.sign}</abbr>}
        </>
      ),
      varianceLabel: variance.value !== null && <PrintedCell cell={variance} unit={drawing.unit} />,
    };
  });
  const description = describeColumns(
    `${drawing.about}, ${drawing.unit}`,
    drawing.columns.map(({ label, scenario, value, planned, variance }) => ({
      ...{ label, scenario },
      value: value.value,
      planned: planned.value,
      variance: variance.value,
    })),
    printerOf(cellsOf(drawing)),
  );
  return (
    <Suspense fallback={<div className="skeleton skeleton-drawing" role="status" aria-label="Loading" />}>
      <div className="review-columns">
        <ScenarioColumns columns={columns} description={description} />
      </div>
    </Suspense>
  );
}

/** Bars from zero, each beside its name and its figure; what else is said of it below. */
function Ranking({ drawing: { bars, unit } }: { drawing: Of<'ranking'> }) {
  const domain = domainOf(bars.map(({ value }) => value.value));
  return (
    <ol className="review-bars figures">
      {bars.map(({ label, value, share, note }) => (
        <li key={label}>
          <span className="review-bar-name">{label}</span>
          <span className="review-bar">
            {value.impact === null ? (
              <Bar domain={domain} actual={value.value} height={14} />
            ) : (
              <VarianceBar amount={value.value} impact={value.impact} domain={domain} />
            )}
          </span>
          <span className="numeric">
            <PrintedCell cell={value} unit={unit} />
          </span>
          <span className="numeric">
            <PrintedCell cell={share} />
          </span>
          {note !== '' && <span className="caption review-bar-note">{note}</span>}
        </li>
      ))}
    </ol>
  );
}

function Coverage({ drawing }: { drawing: Of<'coverage'> }) {
  const { bars, unit } = drawing;
  const domain = domainOf(bars.flatMap(({ value }, at) => [value.value, at === 0 ? null : bars[at - 1]!.value.value]));
  return (
    <ol className="review-bars figures">
      {coverageSteps(drawing).map(({ label, value, short, lost, lacks }) => (
        <li key={label}>
          <span className="review-bar-name">{label}</span>
          <span className="review-bar">
            <Bar domain={domain} actual={value.value} shortfall={short} height={14} />
          </span>
          <span className="numeric">
            <PrintedCell cell={value} unit={unit} />
          </span>
          <span className="review-bar-lost">
            {lost !== null && lost.value !== null && (
              <>
                <span className="visually-hidden">{COVERAGE_KEY.lost}: </span>
                <PrintedCell cell={lost} unit={unit} /> {lacks}
              </>
            )}
          </span>
        </li>
      ))}
    </ol>
  );
}

/** As many cells as there are marks. */
function twinOf(drawing: ReviewDrawing): TwinTable {
  const { unit } = drawing;
  const of = (cell: ReviewCell | null) => twinCell(cell, unit);
  switch (drawing.kind) {
    case 'profile':
      return {
        columns: ['Quarter', `AC or FC, ${unit}`, `PL, ${unit}`, `ΔPL, ${unit}`],
        rows: drawing.columns.map(({ label, scenario, value, planned, variance, isProvisional }) => [
          { text: `${label} ${scenario}${isProvisional ? ` ${PROVISIONAL.sign}` : ''}` },
          ...[value, planned, variance].map(of),
        ]),
      };
    case 'ranking':
      return {
        columns: ['What', unit, 'Share', 'Remark'],
        rows: drawing.bars.map(({ label, value, share, note }) => [
          { text: label },
          of(value),
          of(share),
          { text: note },
        ]),
      };
    case 'coverage':
      return {
        columns: ['Step', `Reaches it, ${unit}`, `Goes no further, ${unit}`, 'What is missing'],
        rows: coverageSteps(drawing).map(({ label, value, lost, lacks }) => [
          { text: label },
          of(value),
          lost === null ? NONE : of(lost),
          { text: lacks ?? '' },
        ]),
      };
    case 'xmr': {
      const { points, limits, target } = drawing;
      return {
        columns: ['When', unit, 'Has it really changed?'],
        rows: [
          ...points.map(({ label, value, isSignal }) => [
            { text: label },
            of(value),
            { text: isSignal ? 'yes' : 'no' },
          ]),
          ...(limits === null
            ? []
            : (['upper', 'centre', 'lower'] as const).map((limit) => [
                { text: limit === 'centre' ? 'Mean' : `${limit === 'upper' ? 'Upper' : 'Lower'} limit` },
                of(limits[limit]),
                NONE,
              ])),
          ...(target === null ? [] : [[{ text: 'Target' }, of(target), NONE]]),
        ],
      };
    }
  }
}

const NONE = { text: '' };
