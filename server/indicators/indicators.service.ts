import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { IndicatorTrend, IndicatorTrends } from '../contract/indicator.js';
import { comparePeriods, lastPeriods } from '../core/period.js';
import { signalOfPeriod } from '../core/signal.js';
import { type Reading, readingOf } from '../http/reading.js';
import {
  type IndicatorRow,
  indicatorRows,
  indicatorTargets,
  type PeriodValue,
  periodValues,
  type TargetRow,
} from './indicators.queries.js';

const TREND = 12;

/** Own indicators over the periods of a trend, with target and signal as metrics have them. */
@Injectable()
export class IndicatorsService {
  /** As JSON text. */
  async trends(manager: EntityManager, reading: Reading): Promise<string> {
    const periods = lastPeriods(reading.period, TREND);
    const starts = periods.map((period) => readingOf(reading, period).start);
    const rows = await indicatorRows(manager, reading);
    const values = await periodValues(manager, [...starts, reading.end]);
    const targets = await indicatorTargets(manager);
    const items = rows.map((row) =>
      trendOf(
        row,
        periods,
        values.filter(({ indicatorId }) => indicatorId === row.id),
        targets,
      ),
    );
    return JSON.stringify({ period: reading.period, items } satisfies IndicatorTrends);
  }
}

const trendOf = (
  { better: way, ...row }: IndicatorRow,
  periods: readonly string[],
  values: readonly PeriodValue[],
  targets: readonly TargetRow[],
): IndicatorTrend => {
  const better = way ?? 'none';
  const trend = periods.map((period, index) => ({
    period,
    value: values.find(({ at }) => at === index + 1)?.value ?? null,
  }));
  const latest = values.find(({ at }) => at === periods.length) ?? null;
  const target = targetIn(targets, row.code, periods.at(-1)!);
  return {
    ...row,
    better,
    isActivity: row.serves === null,
    value: latest?.value ?? null,
    month: latest?.month ?? null,
    previous: trend.at(-2)!.value,
    target: target?.target ?? null,
    amber: target?.amber ?? null,
    status: statusOf(latest === null ? null : Number(latest.value), target, better),
    signal: signalOfPeriod(
      trend.map(({ value }) => (value === null ? null : Number(value))),
      better,
    ),
    trend,
  };
};

/** The target in force: the latest that begins no later than the period. */
const targetIn = (targets: readonly TargetRow[], code: string, period: string): TargetRow | null =>
  targets
    .filter((each) => each.code === code.toLowerCase() && comparePeriods(each.from, period) <= 0)
    .sort((a, b) => comparePeriods(a.from, b.from))
    .at(-1) ?? null;

const statusOf = (
  value: number | null,
  target: TargetRow | null,
  better: IndicatorTrend['better'],
): IndicatorTrend['status'] => {
  if (value === null || target === null || target.target === null || better === 'none') return null;
  const reaches = (line: number): boolean => (better === 'higher' ? value >= line : value <= line);
  if (reaches(target.target)) return 'met';
  return target.amber !== null && reaches(target.amber) ? 'near' : 'missed';
};
