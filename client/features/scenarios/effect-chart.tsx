import { lazy, Suspense } from 'react';
import type { ScenarioEffect } from '../../../server/contract/scenario.js';
import { ChartFigure } from '../../charts/chart-figure';
import { extremes } from '../../charts/describe';
import { ScenarioKey } from '../../charts/scenario';
import type { Column } from '../../charts/scenario-columns';
import type { TwinTable } from '../../charts/twin';
import { isZero } from '../../../server/contract/decimal.js';
import { money, unitOf, type Scale } from '../../../server/contract/format.js';
import { periodLabel } from '../../lib/period';
import { usePageScope, type PageScope } from '../../ui/page-scope';
import { cellOf, varianceCellOf } from '../overview/twin-cell';
import { Figure } from './figure';

/** recharts is loaded where it draws, and nowhere else. */
const ScenarioColumns = lazy(() => import('../../charts/scenario-columns'));

type Drawn = ScenarioEffect['columns'][number];

/** Expected benefit over time: as it is expected now behind, with the changes in front, the difference above. */
export function EffectChart({ effect, scale }: { effect: ScenarioEffect; scale: Scale }) {
  const page = usePageScope();
  const { columns, benefits } = effect;
  const label = ({ period }: Drawn): string => columnLabel(period, page);
  const isYears = columns.every(({ period }) => !period.includes('Q'));
  const count = benefits.items.filter(({ isMoney }) => isMoney).length;
  const worst = extremes(
    columns.map((column) => ({ label: label(column), value: column.value.difference.value })),
  )?.lowest;
  return (
    <ChartFigure
      name="what-if-benefit"
      message={
        worst === undefined || isZero(worst.value)
          ? 'The expected benefit stays as it is'
          : worst.value.startsWith('-')
            ? `Most is missing in ${worst.label}`
            : 'More benefit is expected in every part of the time'
      }
      about={`${page.scopeName} · all expected value of ${count === 1 ? 'the money benefit' : `the ${count} money benefits`} that what is changed contributes to, ${unitOf(scale, page.currency)} per ${isYears ? 'year' : 'quarter'} · what if vs as recorded`}
      twin={twinOf(columns, page, label)}
      legend={
        <ScenarioKey scenarios={['FC', 'PL']} words={{ FC: 'what if', PL: 'as recorded: forecast, else plan' }} />
      }
    >
      <Suspense fallback={<div className="skeleton skeleton-drawing" role="status" aria-label="Loading" />}>
        <ScenarioColumns
          columns={columns.map((column): Column => columnOf(column, scale, label(column)))}
          description={`Columns of expected benefit ${label(columns[0]!)} to ${label(columns.at(-1)!)}, each with the changes before it as recorded, with the difference above. ${
            worst === undefined || !worst.value.startsWith('-')
              ? 'Nothing is lost.'
              : `Most is lost in ${worst.label}, ${money(worst.value.slice(1), page.currency, scale)}.`
          }`}
        />
      </Suspense>
    </ChartFigure>
  );
}

/** `2026-Q4` as everywhere; a fiscal year by its number. */
const columnLabel = (period: string, { fiscalYearStartMonth }: PageScope): string =>
  period.includes('Q')
    ? periodLabel(period, fiscalYearStartMonth)
    : `${fiscalYearStartMonth === 1 ? '' : 'FY'}${period}`;

function columnOf({ period, value }: Drawn, scale: Scale, label: string): Column {
  const [year = '', part = ''] = label.split(/\s/);
  const { baseline, scenario, difference } = value;
  const isSame = difference.value === null || isZero(difference.value);
  return {
    key: period,
    scenario: 'FC',
    impact: difference.impact,
    value: scenario.value,
    planned: baseline.value,
    variance: isSame ? null : difference.value,
    label,
    shortLabel: part === '' ? [year, ''] : [part, year.replace(/^FY20/, 'FY')],
    valueLabel: <Figure figure={scenario} name={`Expected in ${label}, what if,`} scale={scale} />,
    varianceLabel: isSame ? null : (
      <Figure figure={difference} name={`Expected in ${label}, difference`} isSigned hasNoShape scale={scale} />
    ),
  };
}

function twinOf(columns: readonly Drawn[], page: PageScope, label: (column: Drawn) => string): TwinTable {
  const unit = page.currency;
  return {
    columns: ['Months', `What if, ${unit}`, `As recorded, ${unit}`, `Difference, ${unit}`],
    rows: columns.map((column) => {
      const name = label(column);
      const { baseline, scenario, difference } = column.value;
      return [
        { text: name },
        cellOf(scenario, `Expected in ${name}, what if,`, page),
        cellOf(baseline, `Expected in ${name}, as recorded,`, page),
        varianceCellOf(difference, `Expected in ${name}, difference`, page),
      ];
    }),
  };
}
