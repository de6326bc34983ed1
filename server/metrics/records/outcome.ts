import { fractionOf } from '../../core/benefit-status.js';
import { addFractions, type Fraction, ZERO } from '../../core/exact-amounts.js';
import type { BenefitKind } from '../../core/metrics/money.js';
import { outcomeAt, type OutcomeAt } from '../../core/metrics/outcomes.js';
import { compareCodes } from '../../chain/chain.service.js';
import { type OutcomeRecord, readOutcomes } from '../facts/measurements.js';
import { benefitRows, type BenefitRow } from '../facts/money.queries.js';
import { pageOf, type RecordColumn, type RecordItem, type RecordSource, type RecordSources } from '../records.js';
import { exactText, largestFirst } from './cells.js';

const ASKED = 2;
type Kind = 'planned' | 'realised' | 'confirmed';
const KINDS = { planned: 'Planned', realised: 'Realised', confirmed: 'Confirmed' } as const;

/** A benefit's values over the buckets that count, null where no month states the kind. */
interface Summed {
  readonly code: string;
  readonly name: string;
  readonly values: Readonly<Record<Kind, Fraction | null>>;
}

const summed = (rows: readonly BenefitRow[]): Summed[] => {
  const benefits = new Map<string, Summed>();
  for (const row of rows) {
    const before = benefits.get(row.id)?.values;
    const sum = (kind: Kind): Fraction | null =>
      row[kind] === null ? (before?.[kind] ?? null) : addFractions(before?.[kind] ?? ZERO, fractionOf(row[kind]));
    const values = { planned: sum('planned'), realised: sum('realised'), confirmed: sum('confirmed') };
    benefits.set(row.id, { code: row.code, name: row.name, values });
  }
  return [...benefits.values()].sort((a, b) => compareCodes(a.code, b.code));
};

/** Money benefits that state one of the kinds in the buckets that count, the largest by the last of them first. */
const benefits = (kinds: readonly Kind[], suffix: string, counts: (row: BenefitRow) => boolean): RecordSource => ({
  columns: kinds.map((kind) => ({ id: kind, label: `${KINDS[kind]}${suffix}`, unit: 'money' })),
  async read(manager, reading, periods, page) {
    const rows = (await benefitRows(manager, reading, periods)).filter(counts);
    const stated = summed(rows).filter(({ values }) => kinds.some((kind) => values[kind] !== null));
    const items = largestFirst(stated, ({ values }) => values[kinds.at(-1)!]).map(
      ({ code, name, values }): RecordItem => ({
        type: 'benefit',
        code,
        name,
        cells: kinds.map((kind) => (values[kind] === null ? null : exactText(values[kind]))),
      }),
    );
    return pageOf(items, page);
  },
});

const realised = (type: BenefitKind): RecordSource =>
  benefits(['realised'], '', (row) => row.type === type && row.bucket === ASKED);

/** Outcomes that count, with what the metric says of them. */
const outcomes = (
  columns: readonly RecordColumn[],
  counts: (now: OutcomeAt) => boolean,
  cellsOf: (outcome: OutcomeRecord, now: OutcomeAt) => RecordItem['cells'],
): RecordSource => ({
  columns,
  async read(manager, reading, periods, page) {
    const items = (await readOutcomes(manager, reading, periods))
      .map((outcome) => ({ outcome, now: outcomeAt(outcome, ASKED, periods[1].end) }))
      .filter(({ now }) => counts(now))
      .sort((a, b) => compareCodes(a.outcome.code, b.outcome.code))
      .map(({ outcome, now }) => ({
        type: 'outcome',
        code: outcome.code,
        name: outcome.name,
        cells: cellsOf(outcome, now),
      }));
    return pageOf(items, page);
  },
});

const textOf = (amount: Fraction | null): string | null => (amount === null ? null : exactText(amount));
const MEASURED: readonly RecordColumn[] = [
  { id: 'target', label: 'Target', unit: 'number' },
  { id: 'latest', label: 'Latest', unit: 'number' },
  { id: 'measured', label: 'Measured on', unit: 'date' },
];
const measuredCells = ({ target, measuredOn }: OutcomeRecord, { latest }: OutcomeAt): (string | null)[] => [
  textOf(target),
  textOf(latest),
  measuredOn,
];

/** The records behind the metrics of this family. */
export const outcomeRecords: RecordSources = {
  'outcome.revenue_enabled': realised('revenue'),
  'outcome.cost_saved': realised('cost'),
  'outcome.risk_reduced': realised('risk'),
  'outcome.realisation_rate': benefits(['realised', 'planned'], ' to date', () => true),
  'outcome.confirmed_share': benefits(['confirmed', 'realised'], ' to date', () => true),
  'outcome.experience_improvement': outcomes(
    [
      { id: 'unit', label: 'Unit', unit: 'text' },
      { id: 'baseline', label: 'Baseline', unit: 'number' },
      ...MEASURED,
      { id: 'attainment', label: 'Attainment', unit: 'share' },
    ],
    ({ type, attainment }) => type === 'experience' && attainment !== null,
    (outcome, now) => [outcome.unit, textOf(outcome.baseline), ...measuredCells(outcome, now), textOf(now.attainment)],
  ),
  'outcome.attained_share': outcomes(
    [
      { id: 'due', label: 'Due on', unit: 'date' },
      { id: 'unit', label: 'Unit', unit: 'text' },
      ...MEASURED,
      { id: 'met', label: 'Attained', unit: 'flag' },
    ],
    ({ isDue }) => isDue,
    (outcome, now) => [outcome.targetDate, outcome.unit, ...measuredCells(outcome, now), now.isMet ? '1' : '0'],
  ),
};
