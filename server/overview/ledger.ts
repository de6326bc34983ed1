import { LEDGER_ROWS, type LedgerRow } from '../contract/overview.js';
import type { Better } from '../contract/metric.js';
import type { Figure } from '../contract/trace.js';
import { signalOfPeriod } from '../core/signal.js';
import { type Direction, type Question, type TracedFigures } from './traced-figures.js';

type RowId = (typeof LEDGER_ROWS)[number];
export type Series = LedgerRow['series'];

/** A row of the ledger by the figures that it shows. */
interface RowRule {
  readonly id: RowId;
  readonly unit: LedgerRow['unit'];
  readonly actual: Figure;
  readonly plan: { readonly figure: Figure; readonly question?: Question } | null;
  readonly variance: { readonly figure: Figure; readonly share: Figure | null; readonly direction: Direction } | null;
  readonly change: { readonly figure: Figure; readonly question: Question } | null;
  readonly ofChain: boolean;
  /** Which way of its series is good. */
  readonly better: Better;
}

const IN_PERIOD: Question = { span: 'period' };

const RULES: readonly RowRule[] = [
  {
    id: 'invested',
    unit: 'money',
    actual: 'spend',
    plan: { figure: 'budget' },
    variance: { figure: 'variance.spend', share: 'variance_share.spend', direction: -1n },
    change: { figure: 'spend', question: IN_PERIOD },
    ofChain: true,
    better: 'none',
  },
  {
    id: 'reached',
    unit: 'money',
    actual: 'traced_spend',
    plan: { figure: 'spend' },
    variance: { figure: 'variance.traced_spend', share: 'variance_share.traced_spend', direction: 1n },
    change: { figure: 'traced_spend', question: IN_PERIOD },
    ofChain: true,
    better: 'higher',
  },
  {
    id: 'realised',
    unit: 'money',
    actual: 'realised',
    plan: { figure: 'planned' },
    variance: { figure: 'variance.realised', share: 'variance_share.realised', direction: 1n },
    change: { figure: 'realised', question: IN_PERIOD },
    ofChain: false,
    better: 'higher',
  },
  {
    id: 'evidenced',
    unit: 'money',
    actual: 'evidenced',
    plan: null,
    variance: null,
    change: { figure: 'evidenced', question: IN_PERIOD },
    ofChain: false,
    better: 'higher',
  },
  {
    id: 'expected',
    unit: 'money',
    actual: 'expected',
    plan: { figure: 'planned', question: { span: 'life' } },
    variance: { figure: 'variance.expected', share: 'variance_share.expected', direction: 1n },
    change: null,
    ofChain: false,
    better: 'higher',
  },
  {
    id: 'calibrated',
    unit: 'money',
    actual: 'calibrated_expected',
    plan: { figure: 'expected_of_calibrated' },
    variance: {
      figure: 'variance.calibrated_expected',
      share: 'variance_share.calibrated_expected',
      direction: 1n,
    },
    change: null,
    ofChain: false,
    better: 'higher',
  },
  {
    id: 'non_financial',
    unit: 'count',
    actual: 'non_financial_on_track',
    plan: { figure: 'non_financial' },
    variance: null,
    change: { figure: 'change.non_financial_on_track', question: {} },
    ofChain: false,
    better: 'higher',
  },
];

/**
 * The ledger: from the money put in to what it will have brought. Rows of the chain are for those who read it.
 * @param isOver whether the period is over: what still adds up is not judged
 */
export const ledgerOf = async (
  figures: TracedFigures,
  readsChain: boolean,
  series: ReadonlyMap<RowId, Series>,
  isOver: boolean,
): Promise<LedgerRow[]> => {
  const rows: LedgerRow[] = [];
  for (const { id, unit, actual, plan, variance, change, better } of RULES.filter(
    ({ ofChain }) => readsChain || !ofChain,
  ))
    rows.push({
      id,
      unit,
      actual: await figures.of(actual),
      nullReason: id === 'calibrated' ? await figures.reason(actual) : null,
      plan: plan && (await figures.of(plan.figure, plan.question)),
      variance: variance && (await figures.variance(variance.figure, variance.direction)),
      varianceShare: variance?.share ? await figures.variance(variance.share, variance.direction) : null,
      change: change && (await figures.of(change.figure, change.question)),
      series: series.get(id) ?? [],
      ...judged(series.get(id) ?? [], better, isOver || unit === 'count'),
    });
  return rows;
};

/** Whether the series has really changed, by the rule of the metrics. */
const judged = (series: Series, better: Better, isWhole: boolean): Pick<LedgerRow, 'signal' | 'judgedTo'> => {
  const points = isWhole ? series : series.slice(0, -1);
  const last = points.at(-1);
  if (last === undefined) return { signal: null, judgedTo: null };
  const values = points.map(({ value }) => (value === null ? null : Number(value)));
  return { signal: signalOfPeriod(values, better), judgedTo: last.period };
};
