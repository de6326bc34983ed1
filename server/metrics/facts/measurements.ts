import type { EntityManager } from 'typeorm';
import { fractionOf } from '../../core/benefit-status.js';
import type { Fraction } from '../../core/exact-amounts.js';
import type { MeasurementFacts } from '../../core/metrics/outcome.js';
import { type MeasuredOutcome, type Measurements, outcomeAt } from '../../core/metrics/outcomes.js';
import { named } from '../../database/named.js';
import type { Reading } from '../../http/reading.js';
import type { Bounds } from '../bounds.js';

/**
 * One row is one outcome of the scope in one bucket of time in which it was measured (0 is before the first period, then one a period);
 * one that was never measured has a row with no bucket. $1 org units (null for all), $2 first days of the periods, $3 the day after the last.
 */
const OUTCOMES = `
  select o.id, o.code, o.name, o.type, o.unit, trim_scale(o.baseline) as baseline, trim_scale(o.target) as target,
    o.target_date::text as "targetDate", o.better, width_bucket(m.measured_on, $2::date[]) as bucket,
    trim_scale((array_agg(m.value order by m.measured_on desc))[1]) as latest, max(m.measured_on)::text as "measuredOn",
    trim_scale(min(m.value)) as lowest, trim_scale(max(m.value)) as highest
  from outcomes o
    left join outcome_measurements m on m.outcome_id = o.id and m.archived_at is null and m.value is not null and m.measured_on < $3
  where o.archived_at is null and ($1::uuid[] is null or o.org_unit_id = any ($1))
  group by o.id, bucket`;

interface Row {
  id: string;
  code: string;
  name: string;
  type: string | null;
  unit: string | null;
  baseline: string | null;
  target: string | null;
  targetDate: string | null;
  better: 'higher' | 'lower' | null;
  bucket: number | null;
  latest: string | null;
  measuredOn: string | null;
  lowest: string | null;
  highest: string | null;
}

/** An outcome of the scope, as it is recorded and as it was measured. */
export interface OutcomeRecord extends MeasuredOutcome {
  readonly code: string;
  readonly name: string;
  readonly unit: string | null;
  /** Day of the latest measurement. */
  readonly measuredOn: string | null;
}

const amountOf = (text: string | null): Fraction | null => (text === null ? null : fractionOf(text));

/** Outcomes of the scope with their measurements before the end of the last period. */
export const readOutcomes = async (
  manager: EntityManager,
  { scope }: Reading,
  periods: readonly Bounds[],
): Promise<OutcomeRecord[]> => {
  const rows = await named<Row>(manager, 'outcomes of metrics', OUTCOMES, [
    scope.unitIds,
    periods.map(({ start }) => start),
    periods.at(-1)!.end,
  ]);
  const byOutcome = new Map<string, Row[]>();
  for (const row of rows) byOutcome.set(row.id, [...(byOutcome.get(row.id) ?? []), row]);
  return [...byOutcome.values()].map(outcomeOf);
};

const outcomeOf = (rows: readonly Row[]): OutcomeRecord => {
  const { id, code, name, type, unit, baseline, target, targetDate, better } = rows[0]!;
  const measured = rows.flatMap(({ bucket, latest, lowest, highest }): [number, Measurements][] =>
    bucket === null || latest === null || lowest === null || highest === null
      ? []
      : [[bucket, { latest: fractionOf(latest), lowest: fractionOf(lowest), highest: fractionOf(highest) }]],
  );
  const measuredOn =
    rows
      .flatMap((row) => row.measuredOn ?? [])
      .sort()
      .at(-1) ?? null;
  const amounts = { baseline: amountOf(baseline), target: amountOf(target) };
  return { id, code, name, type, unit, ...amounts, targetDate, better, measurements: new Map(measured), measuredOn };
};

/** Facts of the scope by period, in the order of `periods`. */
export const readMeasurementFacts = async (
  manager: EntityManager,
  reading: Reading,
  periods: readonly Bounds[],
): Promise<MeasurementFacts[]> => {
  const outcomes = await readOutcomes(manager, reading, periods);
  return periods.map(({ period, end }, index) => ({
    period,
    outcomes: outcomes.map((outcome) => outcomeAt(outcome, index + 1, end)),
  }));
};
