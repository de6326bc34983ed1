import type { LedgerRow, Overview } from '../../../server/contract/overview.js';
import { describeSeries } from '../../charts/describe';
import { domainOf, type Domain } from '../../charts/geometry';
import { SparkColumns } from '../../charts/spark-columns';
import { VarianceBar, VariancePin } from '../../charts/variance';
import { decimalsOf, unitOf } from '../../../server/contract/format.js';
import { nullWords } from '../../../server/contract/null-words.js';
import { periodLabel } from '../../lib/period';
import { DataTable, type TableColumn } from '../../ui/data-table';
import { usePageScope, type PageScope } from '../../ui/page-scope';
import { VariationMark } from '../../ui/variation';
import { printFigure, scaleOf } from './printing';
import { Rates } from './rates';
import { Traced, TracedVariance } from './traced';

interface RowWords {
  label: string;
  spoken?: string;
  isPart?: true;
  isLanding?: true;
  /** Why the row has no difference from plan, and why no history: not applicable, which is not the same as not recorded. */
  noVariance?: string;
  noHistory?: string;
}

const WORDS: Record<LedgerRow['id'], RowWords> = {
  invested: { label: 'Invested' },
  reached: { label: 'reaches a benefit', isPart: true },
  realised: { label: 'Benefit realised' },
  evidenced: { label: 'of which evidenced', isPart: true, noVariance: 'a part is not planned by itself' },
  expected: {
    label: 'Benefit, whole life',
    isLanding: true,
    noHistory: 'what is expected of the whole life is of no one quarter',
  },
  calibrated: {
    label: 'calibrated',
    spoken: 'Benefit, whole life, calibrated by past forecasts',
    isPart: true,
    isLanding: true,
    noHistory: 'what is expected of the whole life is of no one quarter',
  },
  non_financial: {
    label: 'Non-financial on track',
    spoken: 'Non-financial benefits on track',
    noVariance: 'they are counted out of those that are due, which is not a plan',
  },
};

/** What stands under PL where that is not a plan. */
const PLANNED: Partial<Record<LedgerRow['id'], string>> = {
  reached: 'Spend, of which a part reaches a benefit,',
  calibrated: 'Whole life as the same benefits claim it,',
  non_financial: 'Non-financial benefits due',
};

/** The row in full, for the names of its numbers. */
const spoken = (id: LedgerRow['id']): string => WORDS[id].spoken ?? WORDS[id].label;

/** Ledger rows by unit: what is drawn or aligned together is of one unit. */
interface Unit {
  bars: Domain;
  sparks: Domain;
  decimals: { amount: number; variance: number; share: number; change: number };
}

/** The value ledger: the founding questions as rows, each with its plan, its distance from plan, and the last twelve quarters. */
export function Ledger({ overview }: { overview: Overview }) {
  const page = usePageScope();
  return (
    <div className="card ledger">
      <DataTable
        label="Value ledger"
        hideCaption
        caption="Value ledger: what was invested and what became of it, actual against plan, to date"
        columns={columnsOf(overview, page)}
        rows={overview.ledger}
        rowKey={({ id }) => id}
      />
      <Rates overview={overview} scale={scaleOf(overview)} />
    </div>
  );
}

function unitsOf({ ledger }: Overview, printing: Parameters<typeof printFigure>[1]): Record<LedgerRow['unit'], Unit> {
  const unit = (form: LedgerRow['unit']): Unit => {
    const rows = ledger.filter((row) => row.unit === form);
    const most = (values: readonly (string | null | undefined)[], as: Partial<typeof printing>) =>
      Math.max(
        0,
        ...values
          .filter((value) => typeof value === 'string')
          .map((value) => decimalsOf(printFigure(value, { ...printing, form, ...as }).text.replace(/\s*%$/, ''))),
      );
    return {
      bars: domainOf(rows.map(({ variance }) => variance?.value)),
      sparks: domainOf(rows.flatMap(({ series }) => series.map(({ value }) => value))),
      decimals: {
        amount: most(
          rows.flatMap(({ actual, plan }) => [actual.value, plan?.value]),
          {},
        ),
        variance: most(
          rows.map(({ variance }) => variance?.value),
          { isSigned: true },
        ),
        share: 0,
        change: most(
          rows.map(({ change }) => change?.value),
          { isSigned: true },
        ),
      },
    };
  };
  return { money: unit('money'), count: unit('count') };
}

function columnsOf(overview: Overview, page: PageScope): TableColumn<LedgerRow>[] {
  const scale = scaleOf(overview);
  const { currency } = page;
  const units = unitsOf(overview, { form: 'money', scale, currency });
  const label = (period: string) => periodLabel(period, page.fiscalYearStartMonth);
  const common = (row: LedgerRow) => ({ form: row.unit, scale });
  const ofUnit = (row: LedgerRow) => units[row.unit];
  return [
    {
      id: 'what',
      header: 'To date',
      unit: unitOf(scale, currency),
      rowHeader: true,
      className: 'ledger-what',
      cell: ({ id, unit, nullReason }) => (
        <span className={WORDS[id].isPart ? 'ledger-part' : 'ledger-whole'}>
          {WORDS[id].label}
          {WORDS[id].isLanding && <span className="unit"> AC+FC</span>}
          {nullReason !== null && <span className="unit"> {nullWords(nullReason)}</span>}
          {unit === 'count' && <span className="unit"> number</span>}
        </span>
      ),
    },
    {
      id: 'actual',
      header: 'AC',
      numeric: true,
      cell: (row) => (
        <span className={WORDS[row.id].isLanding ? 'landing' : ''}>
          <Traced
            {...common(row)}
            figure={row.actual}
            name={`${spoken(row.id)}, ${WORDS[row.id].isLanding ? 'actual and forecast' : 'actual'}`}
            decimals={ofUnit(row).decimals.amount}
          />
        </span>
      ),
    },
    {
      id: 'plan',
      header: 'PL',
      numeric: true,
      cell: (row) =>
        row.plan === null ? (
          <NotApplicable why={WORDS[row.id].noVariance} />
        ) : (
          <>
            {isPartOf(row) && <span className="unit">of </span>}
            <Traced
              {...common(row)}
              figure={row.plan}
              name={PLANNED[row.id] ?? `${spoken(row.id)}, planned`}
              decimals={ofUnit(row).decimals.amount}
            />
          </>
        ),
    },
    {
      id: 'bar',
      header: 'ΔPL, drawn',
      hideHeader: true,
      className: 'ledger-bar',
      cell: ({ variance, unit }) =>
        variance !== null &&
        variance.value !== null && (
          <VarianceBar amount={variance.value} impact={variance.impact} domain={units[unit].bars} />
        ),
    },
    {
      id: 'variance',
      header: 'ΔPL',
      numeric: true,
      className: 'ledger-variance',
      cell: (row) =>
        row.variance === null ? (
          <NotApplicable why={WORDS[row.id].noVariance} />
        ) : (
          <TracedVariance
            {...common(row)}
            figure={row.variance}
            name={`${spoken(row.id)}, against ${row.id === 'calibrated' ? 'what is claimed' : 'plan'}`}
            decimals={ofUnit(row).decimals.variance}
          />
        ),
    },
    {
      id: 'pin',
      header: 'ΔPL in percent, drawn',
      hideHeader: true,
      className: 'ledger-pin',
      cell: ({ varianceShare }) =>
        varianceShare !== null &&
        varianceShare.value !== null && <VariancePin amount={varianceShare.value} impact={varianceShare.impact} />,
    },
    {
      id: 'share',
      header: 'ΔPL%',
      numeric: true,
      className: 'ledger-share',
      cell: (row) =>
        row.varianceShare === null ? (
          <NotApplicable why={WORDS[row.id].noVariance} />
        ) : (
          <TracedVariance
            figure={row.varianceShare}
            form="share"
            scale={scale}
            name={`${spoken(row.id)}, against ${row.id === 'calibrated' ? 'what is claimed' : 'plan'}`}
          />
        ),
    },
    {
      id: 'change',
      header: 'ΔPQ',
      numeric: true,
      className: 'ledger-change',
      cell: (row) =>
        row.change === null ? (
          <NotApplicable why={WORDS[row.id].noHistory} />
        ) : (
          <Traced
            {...common(row)}
            figure={row.change}
            name={`${spoken(row.id)}, in ${label(overview.period)}`}
            isSigned
            decimals={ofUnit(row).decimals.change}
          />
        ),
    },
    {
      id: 'series',
      header: '12 quarters',
      className: 'ledger-series',
      cell: (row) =>
        row.series.length === 0 ? (
          <NotApplicable why={WORDS[row.id].noHistory} />
        ) : (
          <SparkColumns
            series={row.series}
            domain={ofUnit(row).sparks}
            description={describeSeries(
              `${spoken(row.id)}, by quarter`,
              row.series.map(({ period, value }) => ({ label: label(period), value })),
              (value) => printFigure(value, { form: row.unit, scale, currency }).spoken,
            )}
          />
        ),
    },
    {
      id: 'signal',
      header: 'Signal: whether the last quarter has really changed',
      hideHeader: true,
      className: 'ledger-signal',
      cell: ({ series, signal, judgedTo }) =>
        // Without any point the history beside it says already that nothing is recorded.
        signal !== null &&
        signal.points > 0 &&
        judgedTo !== null && <VariationMark trend={series} signal={signal} judgedTo={judgedTo} isShort />,
    },
  ];
}

/** What stands under PL is no plan, but what the figure is a part of, or is held against. */
const isPartOf = ({ id, plan }: LedgerRow): boolean =>
  PLANNED[id] !== undefined && plan !== null && plan.value !== null;

const NotApplicable = ({ why = 'not applicable' }: { why?: string | undefined }) => (
  <abbr className="ledger-z" title={why}>
    z<span className="visually-hidden"> {why}</span>
  </abbr>
);
