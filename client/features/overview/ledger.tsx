import { Bar } from '../../charts/bars';
import { isNegative, isZero, subtract } from '../../lib/decimal';
import { decimalsOf, percent, scaled, signed, unitOf } from '../../lib/format';
import type { TraceStep } from '../../lib/trace-path';
import { Amount, Variance } from '../../ui/amount';
import { DataTable, type TableColumn } from '../../ui/data-table';
import { Num } from '../../ui/num';
import { usePageScope } from '../../ui/page-scope';
import { Rates } from './rates';
import { reachedBy, recorded, type Figures } from './figures';

/** One step from money to proof. An amount that is null is not recorded; one that is undefined does not belong to the step. */
interface LedgerRow {
  id: string;
  label: string;
  isPart?: boolean;
  plan?: string | null;
  planTrace?: TraceStep;
  actual?: string | null;
  actualTrace?: TraceStep;
  /** What is said where the actual is null. */
  absent?: string;
  difference?: string | undefined;
  isCost?: boolean;
  share?: { ratio: number | string; trace: TraceStep; name: string; of: string } | undefined;
}

/** The value ledger: what was invested, what of it reaches a benefit, and what each step from plan to proof loses. */
export function Ledger({ figures }: { figures: Figures }) {
  const { currency } = usePageScope();
  const rows = [...moneyRows(figures), ...benefitRows(figures)];
  return (
    <div className="card ledger">
      <DataTable
        label="Value ledger"
        hideCaption
        caption="From money to proof: planned and actual amounts to date, and what each step loses"
        columns={columnsOf(rows, figures, unitOf(figures.scale, currency))}
        rows={rows}
        rowKey={({ id }) => id}
      />
      <p className="caption ledger-note">
        Δ: {figures.money && 'the investment against its plan, '}each part against the row above it.
      </p>
      <Rates value={figures.value} />
    </div>
  );
}

function moneyRows({ money }: Figures): LedgerRow[] {
  if (money === null) return [];
  const { spend, budget, chain, tracedSpendShare } = money;
  const reached = reachedBy(chain, 'benefit');
  const reaches = spend === null ? null : recorded(reached?.cost ?? '0', reached?.nodes ?? 0);
  return [
    {
      id: 'invested',
      label: 'Invested',
      plan: budget,
      planTrace: { figure: 'budget' },
      actual: spend,
      actualTrace: { figure: 'spend' },
      difference: spend !== null && budget !== null ? subtract(spend, budget) : undefined,
      isCost: true,
    },
    {
      id: 'reached',
      label: 'reaches a benefit',
      isPart: true,
      actual: reaches,
      actualTrace: { figure: 'traced_spend' },
      absent: spend === null ? 'none recorded' : 'no benefit recorded',
      difference: reaches !== null && spend !== null ? subtract(reaches, spend) : undefined,
      share:
        tracedSpendShare.value === null || reaches === null
          ? undefined
          : {
              ratio: tracedSpendShare.value,
              trace: { figure: 'traced_spend_share' },
              name: 'Share of spend that reaches a benefit',
              of: 'of spend',
            },
    },
  ];
}

function benefitRows({ value: { funnel, counts, realisationRate } }: Figures): LedgerRow[] {
  const planned = recorded(funnel.planned, counts.planned);
  const realised = recorded(funnel.realised, counts.realised);
  const confirmed = recorded(funnel.confirmed, counts.confirmed);
  const traced = recorded(funnel.traced, counts.traced);
  const lost = (after: string | null, before: string | null) =>
    after !== null && before !== null ? subtract(after, before) : undefined;
  return [
    { id: 'planned', label: 'Benefit planned', plan: planned, planTrace: { figure: 'planned' } },
    {
      id: 'realised',
      label: 'realised',
      isPart: true,
      actual: realised,
      actualTrace: { figure: 'realised' },
      difference: lost(realised, planned),
      share:
        realisationRate === null || realised === null
          ? undefined
          : { ratio: realisationRate, trace: { figure: 'realisation_rate' }, name: 'Realisation rate', of: 'of plan' },
    },
    {
      id: 'confirmed',
      label: 'confirmed by finance',
      isPart: true,
      actual: confirmed,
      actualTrace: { figure: 'confirmed' },
      difference: lost(confirmed, realised),
    },
    {
      id: 'traced',
      label: 'traced to spend',
      isPart: true,
      actual: traced,
      actualTrace: { figure: 'traced' },
      difference: lost(traced, confirmed),
    },
  ];
}

function columnsOf(rows: readonly LedgerRow[], { scale, domain }: Figures, unit: string): TableColumn<LedgerRow>[] {
  const most = (texts: readonly string[]) => Math.max(0, ...texts.map((text) => decimalsOf(text)));
  const amounts = rows.flatMap(({ plan, actual }) => [plan, actual]).filter((amount) => typeof amount === 'string');
  const decimals = most(amounts.map((amount) => scaled(amount, scale)));
  const lostDecimals = most(
    rows.flatMap(({ difference }) => (difference === undefined ? [] : [signed(difference, scale)])),
  );
  const planned = rows.find(({ id }) => id === 'planned')?.plan;
  const cell = (row: LedgerRow, amount: string | null | undefined, trace: TraceStep | undefined, word: string) => {
    if (amount === undefined || trace === undefined) return null;
    if (amount === null) return <NotRecorded words={row.absent ?? 'none recorded'} />;
    return (
      <Amount amount={amount} scale={scale} name={`${row.label}, ${word}, to date`} trace={trace} decimals={decimals} />
    );
  };
  return [
    {
      id: 'step',
      header: 'To date',
      rowHeader: true,
      cell: ({ label, isPart }) => <span className={isPart ? 'ledger-part' : 'ledger-whole'}>{label}</span>,
    },
    { id: 'plan', header: 'PL', unit, numeric: true, cell: (row) => cell(row, row.plan, row.planTrace, 'planned') },
    {
      id: 'actual',
      header: 'AC',
      unit,
      numeric: true,
      cell: (row) => cell(row, row.actual, row.actualTrace, 'actual'),
    },
    {
      id: 'bar',
      header: 'Drawn',
      hideHeader: true,
      className: 'ledger-bar',
      cell: (row) =>
        row.actual === null ? (
          <span className="none-recorded">{row.absent ?? 'none recorded'}</span>
        ) : row.plan === null && row.actual === undefined ? (
          <span className="none-recorded">none recorded</span>
        ) : (
          <Bar domain={domain} plan={row.plan ?? (row.id === 'realised' ? planned : undefined)} actual={row.actual} />
        ),
    },
    {
      id: 'difference',
      header: 'Δ',
      unit,
      numeric: true,
      cell: (row) =>
        row.difference === undefined ? null : (
          <Variance amount={row.difference} scale={scale} impact={impactOf(row)} decimals={lostDecimals} />
        ),
    },
    {
      id: 'share',
      header: 'Share',
      className: 'ledger-share',
      numeric: true,
      cell: ({ share }) =>
        share && (
          <>
            <Num trace={share.trace} label={`${share.name} ${percent(share.ratio)}`}>
              {percent(share.ratio)}
            </Num>{' '}
            <span className="caption">{share.of}</span>
          </>
        ),
    },
  ];
}

/** The letter where the words stand in the column of the drawing; the words themselves where that column is not shown. */
const NotRecorded = ({ words }: { words: string }) => (
  <>
    <abbr className="ledger-x" title={words}>
      x
    </abbr>
    <span className="ledger-none none-recorded">{words}</span>
  </>
);

/** More cost than planned and less benefit than the step before are bad for the business. */
function impactOf({ difference, isCost = false }: LedgerRow): 'favourable' | 'unfavourable' | 'neutral' {
  if (difference === undefined || isZero(difference)) return 'neutral';
  return isNegative(difference) === isCost ? 'favourable' : 'unfavourable';
}
